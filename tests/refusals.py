"""What is expected to be refused, and the sentence in which it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.sentences import say
from data.errors import AsylumBotError


@contextmanager
def refuses(kind: type[AsylumBotError], words: str) -> Iterator[pytest.ExceptionInfo[AsylumBotError]]:
    """Expect a failure of this kind, in whose sentence the pattern is found."""
    with pytest.raises(kind) as caught:
        yield caught
    assert re.search(words, say(caught.value)), say(caught.value)
