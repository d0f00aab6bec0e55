"""The words of a text, folded, and where each stands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.countries.letters import fold, join

LONGEST = 6000
"""Characters of a text that are read; Discord takes no more in an option."""

_FLAG = "[\U0001f1e6-\U0001f1ff]{2}"
_DOTTED = r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?"
_PUNCTUATION = r"\s!-%(-/:-@\[-`{-¿×÷\u2000-\u2018\u201a-\u206f\u3000-\u303f\uff01-\uff0f\uff1a-\uff20"
_WORD = re.compile(f"{_FLAG}|{_DOTTED}|&|[^{_PUNCTUATION}\U0001f1e6-\U0001f1ff&]+")
_JOINING = re.compile(r"[ \t\n\u00a0,()\-\u2010-\u2013/]{1,3}|\. ?")
_ABBREVIATED = frozenset({"st", "dem", "rep", "fed", "n", "s"})


@dataclass(frozen=True, slots=True)
class Word:
    """One word: where it stands, folded without blanks, and whether a name may run on into it."""

    start: int
    end: int
    key: str
    runs_on: bool


def split(text: str) -> tuple[Word, ...]:
    """The words of the first 6,000 characters; a hyphen parts them, an apostrophe does not."""
    words: list[Word] = []
    for found in _WORD.finditer(text[:LONGEST]):
        key = "and" if found[0] == "&" else join(fold(found[0]))
        if key:
            runs_on = bool(words) and _runs_on(text[words[-1].end : found.start()], words[-1].key)
            words.append(Word(found.start(), found.end(), key, runs_on))
    return tuple(words)


def _runs_on(between: str, before: str) -> bool:
    if not _JOINING.fullmatch(between):
        return not between
    return not between.startswith(".") or before in _ABBREVIATED
