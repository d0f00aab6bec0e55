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

    from data.countries import Atlas
    from data.model import Area

ENGLISH = "en"
MIN_STEM, MAX_ENDING, MAX_SIGNS = 4, 3, 9
"""So many letters of a name are left when it lost an ending of so many; signs of a name without blanks."""
FIRST_UNSPACED = "\u2e80"
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


def find_declined(text: str, atlas: Atlas) -> tuple[Area, ...]:
    """Return the countries whose names stand in a text with an ending, or between other signs: “Германии”."""
    found: dict[Area, None] = {}
    for place, word in enumerate(split(text)):
        begun = place > 0 or "'" in text[word.start : word.end + 1]  # “Türkiye'de”
        noun = not word.key.isascii() or (begun and text[word.start].isupper())  # “Polsce”, not “monta”
        area = (_find_begun(word.key, atlas) if noun else None) or _find_within(word.key, atlas)
        if area:
            found[area] = None
    return tuple(found)


def _find_begun(key: str, atlas: Atlas) -> Area | None:
    """Return the one country whose name begins as a word does that lost its ending."""
    for cut in range(MAX_ENDING + 1):
        stem = key[: len(key) - cut]
        if len(stem) < MIN_STEM:
            break
        codes = set(atlas.lookup.codes_of(atlas.lookup.everywhere.beginning(stem)))
        if len(codes) == 1:
            return atlas.by_code(codes.pop())
    return None


def _find_within(key: str, atlas: Atlas) -> Area | None:
    """Return the country whose name is the longest in a text that is written without blanks."""
    if not key or key[0] < FIRST_UNSPACED:
        return None
    for length in range(min(len(key), MAX_SIGNS), 1, -1):
        for place in range(len(key) - length + 1):
            part = key[place : place + length]
            codes = {*atlas.lookup.codes_of(atlas.lookup.everywhere.meaning(part))}
            if len(codes) == 1:
                return atlas.by_code(codes.pop())
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
