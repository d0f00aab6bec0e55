"""The words that questions are made of, each in a table beside this module that one can read and compare.

`phrases.csv`: what fills a slot. `topics.csv`: what the figures do not tell. `parts.csv`: places inside a
country. `free.txt`: words that change nothing. `light.txt`: words that hardly could, which are said to be
passed over; `restricting.txt`: words in their place that do. `mended.txt`: words worth mending where they are
misspelt.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.countries.letters import fold
from data.reading.places import NOT_MISSPELT
from data.reading.words import Mention, split

if TYPE_CHECKING:
    from collections.abc import Collection

WHETHER = re.compile(
    r"\s*(?:(?:so|and|but|hi|hello|hey|please)[,!]?\s+)?(?:in (?:19|20)\d\d,?\s+)?"
    r"(?:is it true that\s+|(?:is|are|was|were|do|does|did|has|have|had)\b(?!\s+(?:you|we|i)\b))",
    re.IGNORECASE,
)
"""How a question begins that is answered with yes or no."""
MAX_LENGTH, MAX_WORDS = 1000, 150
"""Characters and words that a question may have."""

SHORTEST_SWAPPED, SHORTEST_MISSPELT, TWO_SLIPS = 4, 5, 8
MAX_CORRECTED = 40


class Slot(StrEnum):
    """What a word or phrase fills; the codes stand in `phrases.csv`."""

    HOW_MANY = "how many"
    WHO = "who"
    WHERE = "where"
    COUNTRIES = "countries"
    WHICH_YEAR = "which year"
    ORIGINS = "origins"
    ASYLUMS = "asylums"
    MOST = "most"
    LEAST = "least"
    NTH = "nth"
    RANK = "rank"
    SHARE = "share"
    MAJORITY = "majority"
    COMPARE = "compare"
    DIFFERENCE = "difference"
    CHANGE = "change"
    UP = "up"
    DOWN = "down"
    FACTOR = "factor"
    TREND = "trend"
    EACH_YEAR = "each year"
    EACH_DAY = "each day"
    RECORD = "record"
    PASSED = "passed"
    LEFT_OUT = "left out"
    INCLUDED = "included"
    PERIOD = "period"
    TOTAL = "total"
    TOGETHER = "together"
    HEAD = "head"
    LOG = "log"
    OUTCOMES = "outcomes"
    FIRST_INSTANCE = "first instance"
    HISTORY = "history"
    CHANGES = "changes"
    DEFINE = "define"
    MAP = "map"
    EXPORT = "export"
    WORLDWIDE = "worldwide"
    NOW = "now"
    CAME = "came"
    GOT = "got"
    FLED = "fled"
    HOSTED = "hosted"
    TOOK = "took"
    LIVING = "living"


class Way(StrEnum):
    """What is done about a topic that the figures do not tell."""

    REFUSE = "refuse"
    OFFER = "offer"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Topic:
    """What the figures do not tell: refused, refused with the nearest figure offered, or told beside it."""

    code: str
    way: Way


def find_slots(text: str) -> tuple[Mention[Slot], ...]:
    """Return every word or phrase that fills a slot; they may overlap."""
    return tuple(
        Mention(match.start(), match.end(), Slot(name))
        for (name,), pattern in _read_patterns("phrases.csv", ("slot",))
        for match in pattern.finditer(text)
    )


def find_topics(text: str) -> tuple[Mention[Topic], ...]:
    """Return every word or phrase that asks for what the figures do not tell."""
    return tuple(
        Mention(match.start(), match.end(), Topic(code, Way(way)))
        for (code, way), pattern in _read_patterns("topics.csv", ("topic", "answer"))
        for match in pattern.finditer(text)
    )


def find_parts(text: str) -> tuple[Mention[str], ...]:
    """Return cities, states and camps, each with the UNHCR code of its country."""
    pattern, codes = _read_parts()
    return tuple(
        Mention(match.start(), match.end(), codes[fold(match[0])]) for match in pattern.finditer(text)
    )


def is_free(key: str) -> bool:
    """Say whether a folded word may stand in a question without changing what is asked."""
    return key in _read_words("free.txt")


def is_light(key: str) -> bool:
    """Say whether a word hardly restricts what is counted: an opinion, a manner of speaking."""
    return key in _read_words("light.txt")


def restricts(key: str) -> bool:
    """Say whether a word that looks like a manner of speaking changes what is counted: “net”, “illegally”."""
    return key in _read_words("restricting.txt")


def correct(text: str, taken: Collection[Mention[object]]) -> str:
    """Mend misspelt words of ours, where one word is nearest; what is `taken` for a name stays."""
    words = _known_words()
    pieces, end = [], 0
    for word in split(text)[:MAX_CORRECTED]:
        here = Mention(word.start, word.end, None)
        if len(word.key) < SHORTEST_SWAPPED or word.key in words or not word.key.isascii():
            continue
        if word.key.isalpha() and not any(here.overlaps(other) for other in taken):
            slips = 2 if len(word.key) >= TWO_SLIPS else 1
            if found := _nearest(word.key, slips):
                pieces += [text[end : word.start], found]
                end = word.end
    return "".join([*pieces, text[end:]])


def _nearest(key: str, slips: int) -> str | None:
    alike = process.extract(key, _in_order("mended.txt"), scorer=OSA.distance, score_cutoff=slips, limit=3)
    near = [(distance, word) for word, distance, _ in alike if word[0] == key[0] or distance == 1]
    if len(key) < SHORTEST_MISSPELT:  # only two letters changed places: “mnay”
        near = [(distance, word) for distance, word in near if sorted(word) == sorted(key)]
    fewest = [word for distance, word in near if distance == min(near)[0]]
    stems = {word.rstrip("s") for word in fewest}
    return min(fewest, key=len) if len(stems) == 1 else None


@cache
def _known_words() -> frozenset[str]:
    return _read_words("free.txt") | _read_words("light.txt") | NOT_MISSPELT | _read_words("mended.txt")


@cache
def _read_words(file: str) -> frozenset[str]:
    return frozenset(_in_order(file))


@cache
def _in_order(file: str) -> tuple[str, ...]:
    return tuple(files(__package__).joinpath(file).read_text(encoding="utf-8").split())


@cache
def _read_parts() -> tuple[re.Pattern[str], dict[str, str]]:
    rows = _rows("parts.csv")
    pattern = _compile([re.escape(row["part"]).replace(r"\ ", " ") for row in rows])
    return pattern, {fold(row["part"]): row["code"] for row in rows}


@cache
def _read_patterns(
    file: str, columns: tuple[str, ...]
) -> tuple[tuple[tuple[str, ...], re.Pattern[str]], ...]:
    """Read one pattern for each name in the table, of all its wordings."""

    def name(row: dict[str, str]) -> tuple[str, ...]:
        return tuple(row[column] for column in columns)

    return tuple(
        (names, _compile([row["wording"] for row in alike]))
        for names, alike in groupby(sorted(_rows(file), key=name), key=name)
    )


def _compile(wordings: list[str]) -> re.Pattern[str]:
    """Make one pattern; a blank stands for up to three, or a hyphen, “~” for one that may be missing."""
    joined = rf"(?<!\w)(?=^|[\w%])(?:{'|'.join(wordings)})(?!\w)"
    return re.compile(joined.replace(" ", r"[\s-]{1,3}").replace("~", r"[\s-]{0,3}"), re.IGNORECASE)


def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()))
