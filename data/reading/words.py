"""The words of a text, where each stands, and what a reader of texts returns."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

from data.countries.letters import fold, join

if TYPE_CHECKING:
    from collections.abc import Iterable


MAX_LENGTH = 6000
"""Characters of a text that are read; Discord takes no more in an option."""

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
_PUNCTUATION = r"\s!-%(-/:-@\[-`{-¿×÷\u2000-\u2018\u201a-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
_WORD = re.compile(f"{_FLAG}|{_DOTTED}|&|[^{_PUNCTUATION}\U0001f1e6-\U0001f1ff&]+")
_JOINING = re.compile(r"[ \t\n\u00a0,()\-\u2010-\u2013/]{1,3}|\. ?")
_ABBREVIATED = frozenset({"st", "dem", "rep", "fed", "n", "s", "ee"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, folded without blanks, and whether a name may run on into it."""

    start: int
    end: int
    key: str
    runs_on: bool


@lru_cache(maxsize=16)
def split(text: str) -> tuple[Word, ...]:
    """The words of the first 6,000 characters; a hyphen parts them, an apostrophe does not."""
    words: list[Word] = []
    for found in _WORD.finditer(text[:MAX_LENGTH]):
        key = _fold_word(found[0])
        if key:
            runs_on = bool(words) and _runs_on(text[words[-1].end : found.start()], words[-1].key)
            words.append(Word(found.start(), found.end(), key, runs_on))
    return tuple(words)


@lru_cache(maxsize=4096)
def _fold_word(word: str) -> str:
    """Most words of a text are those of any other."""
    return "and" if word == "&" else join(fold(word))


def _runs_on(between: str, before: str) -> bool:
    if not _JOINING.fullmatch(between):
        return not between
    return not between.startswith(".") or before in _ABBREVIATED


Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a mention is only read


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value]):
    """Something that a text names at `text[start:end]`, and what is meant by it."""

    start: int
    end: int
    value: Value

    def overlaps(self, other: Mention[object]) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


def keep_longest(mentions: Iterable[Mention[Value]]) -> tuple[Mention[Value], ...]:
    """Leave out what a longer mention covers, the earlier of equals staying; in the order of the text."""
    kept: list[Mention[Value]] = []  # in the order of the text, none overlapping another
    for mention in sorted(mentions, key=lambda each: (each.start - each.end, each.start)):
        place = bisect_left(kept, mention.start, key=lambda each: each.start)
        if not any(mention.overlaps(other) for other in kept[max(place - 1, 0) : place + 1]):
            kept.insert(place, mention)
    return tuple(kept)
