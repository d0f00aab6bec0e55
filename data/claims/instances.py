"""Decisions at first instance, apart from appeals: of which numbers a text speaks of them. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.claims.sayings import is_in_clause
from data.model import Level
from data.text.mentions import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

_FIRST = re.compile(
    r"\b(?:first[- ]instances?|first[- ]level|initial (?:asylum )?decisions?|erstinstan\w{1,10}"
    r"|première instance|primera instancia)\b",
    re.IGNORECASE,
)
_OTHERS = re.compile(
    r"\b(?:(?:all|both|second|higher|later) (?:levels?|instances?)|appeals?|appealed|court|courts)\b",
    re.IGNORECASE,
)


def speaks_of_first_instance(text: str) -> bool:
    """Say whether a text names first instance at all."""
    return _FIRST.search(text) is not None


def choose_levels(
    text: str,
    number: tuple[int, int],
    sentence: tuple[int, int],
    others: Sequence[tuple[int, int]],
    *,
    spoken: bool,
) -> tuple[Level, ...]:
    """Choose at which levels a number is looked up, the likeliest first.

    At first instance where its clause says so, or the sentence before it: “At first instance, Germany …”.
    Where only the rest of the text speaks of it (`spoken`), after all levels together.
    """
    found = [
        Mention(hit.start(), hit.end(), level)
        for pattern, level in ((_FIRST, Level.FIRST), (_OTHERS, Level.ALL))
        for hit in pattern.finditer(text, *sentence)
    ]
    beside = [each for each in found if is_in_clause(text, number, each, others)]
    heading = [
        each
        for each in found
        if each.end <= number[0] and not any(each.end <= start < number[0] for start, _ in others)
    ]
    near = sorted(beside or heading, key=lambda each: max(each.start - number[1], number[0] - each.end))
    if near and near[0].value is Level.FIRST:
        return (Level.FIRST, Level.ALL)
    return (Level.ALL, Level.FIRST) if spoken else (Level.ALL,)
