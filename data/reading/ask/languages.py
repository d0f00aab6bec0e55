"""Which language a sentence is in, by the words that every sentence of it has."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from data.countries.letters import fold, join
from data.model import Measure
from data.reading.words import Mention, split

if TYPE_CHECKING:
    from collections.abc import Iterable

ENGLISH = "en"
_MIN_WORDS = 2
_SURE = 0.3
_SCRIPTS = (
    ("ar", "\u0600", "\u06ff"),
    ("ru", "\u0400", "\u04ff"),
    ("el", "\u0370", "\u03ff"),
    ("hi", "\u0900", "\u097f"),
    ("ja", "\u3040", "\u30ff"),
    ("zh", "\u4e00", "\u9fff"),
    ("ko", "\uac00", "\ud7af"),
)
"""Languages for letters, where no word is known."""
_WORLD = re.compile(
    r"monde|welt|mundo|mondo|wereld|värld|verden|maailma|dünya|swiat|świat|svět|világ|lume[ai]?\b|global"
    r"|мир|світ|العالم|جهان|世界|세계|κόσμο|दुनिया",
    re.IGNORECASE,
)


def recognise(text: str, names: Iterable[Mention[object]] = ()) -> str:
    """Return the code of the language that most words of a sentence are of; English where none is.

    `names` of countries are of no language.
    """
    taken = list(names)
    keys = [
        word.key
        for word in split(text)
        if not any(each.start <= word.start and word.end <= each.end for each in taken)
    ]
    tables = _read()
    found = {code: sum(key in words for key in keys) for code, words in tables.items()}
    best = max(found, key=lambda code: (found[code], code == ENGLISH))
    if found[best] >= _MIN_WORDS and found[best] > found[ENGLISH] and found[best] >= _SURE * len(keys):
        return best
    return _by_script("".join(keys)) if not found[ENGLISH] else ENGLISH


def _by_script(letters: str) -> str:
    """Return the language whose letters most of a text is written in; English for Latin ones."""
    for code, first, last in _SCRIPTS:
        if letters and sum(first <= letter <= last for letter in letters) * 2 > len(letters):
            return code
    return ENGLISH


def asks_of_the_world(text: str) -> bool:
    """Say whether a sentence in another language names the world."""
    return _WORLD.search(text) is not None


def read_measure(text: str, language: str) -> Measure | None:
    """Return what a sentence in this language counts: refugees, claims, or None where it says neither."""
    folded = join(fold(text))
    for column, measure in (("refugees", Measure.REFUGEES), ("claims", Measure.APPLICATIONS)):
        if any(join(fold(stem)) in folded for stem in _read_rows()[language][column].split()):
            return measure
    return None


@cache
def _read_rows() -> dict[str, dict[str, str]]:
    table = files(__package__).joinpath("languages.csv").read_text(encoding="utf-8")
    return {row["language"]: row for row in csv.DictReader(table.splitlines())}


@cache
def _read() -> dict[str, frozenset[str]]:
    return {
        language: frozenset(join(fold(word)) for word in row["words"].split())
        for language, row in _read_rows().items()
    }
