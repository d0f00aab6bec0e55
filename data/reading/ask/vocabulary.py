"""The words that questions on asylum figures are made of: those that say what is asked, and harmless ones."""

from __future__ import annotations

import csv
import re
from enum import StrEnum
from functools import cache
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.reading.places import NOT_MISSPELT
from data.reading.words import Mention, split

if TYPE_CHECKING:
    from collections.abc import Collection

MAX_LENGTH, MAX_WORDS = 1000, 150
"""Characters and words that a question may have."""

SHORTEST_MISSPELT, TWO_SLIPS = 5, 8
MAX_CORRECTED = 40


class Intent(StrEnum):
    """What a question is after, or what helps to tell."""

    HOW_MANY = "how many"
    TOP = "top"
    RECORD = "record"
    SHARE = "share"
    COMPARE = "compare"
    TREND = "trend"
    LOG = "log"
    OUTCOMES = "outcomes"
    FIRST_INSTANCE = "first instance"
    PERIOD = "period"
    TOTAL = "total"
    HISTORY = "history"
    CHANGES = "changes"
    DEFINE = "define"
    MAP = "map"
    EXPORT = "export"
    WORLDWIDE = "worldwide"
    NOW = "now"
    ARRIVING = "arriving"
    ORIGINS = "origins"
    ASYLUMS = "asylums"


def find_intents(text: str) -> tuple[Mention[Intent], ...]:
    """Return every word or phrase that says what is asked; they may overlap."""
    return tuple(
        Mention(match.start(), match.end(), Intent(name))
        for name, pattern in _read_patterns("intents.csv", "intent")
        for match in pattern.finditer(text)
    )


def find_topics(text: str) -> tuple[Mention[str], ...]:
    """Return every word or phrase that asks for what the figures do not tell, with a sentence on it."""
    reasons = _read_reasons()
    return tuple(
        Mention(match.start(), match.end(), reasons[topic])
        for topic, pattern in _read_patterns("topics.csv", "topic")
        for match in pattern.finditer(text)
    )


def is_harmless(key: str) -> bool:
    """Say whether a folded word may stand in a question without changing what is asked."""
    return key in _read_harmless()


def correct(text: str, taken: Collection[Mention[object]]) -> str:
    """Mend misspelt words of ours, where one word is nearest; what is `taken` for a name stays."""
    words = _known_words()
    pieces, end = [], 0
    for word in split(text)[:MAX_CORRECTED]:
        here = Mention(word.start, word.end, None)
        if len(word.key) < SHORTEST_MISSPELT or word.key in words or not word.key.isascii():
            continue
        if word.key.isalpha() and not any(here.overlaps(other) for other in taken):
            slips = 2 if len(word.key) >= TWO_SLIPS else 1
            if found := _nearest(word.key, slips):
                pieces += [text[end : word.start], found]
                end = word.end
    return "".join([*pieces, text[end:]])


def _nearest(key: str, slips: int) -> str | None:
    alike = process.extract(key, _meaningful_words(), scorer=OSA.distance, score_cutoff=slips, limit=3)
    near = [(distance, word) for word, distance, _ in alike if word[0] == key[0] or distance == 1]
    fewest = [word for distance, word in near if distance == min(near)[0]]
    stems = {word.rstrip("s") for word in fewest}
    return min(fewest, key=len) if len(stems) == 1 else None


@cache
def _read_harmless() -> frozenset[str]:
    return frozenset(files(__package__).joinpath("harmless.txt").read_text(encoding="utf-8").split())


@cache
def _known_words() -> frozenset[str]:
    return _read_harmless() | NOT_MISSPELT | frozenset(_meaningful_words())


@cache
def _meaningful_words() -> tuple[str, ...]:
    """Return the words that are worth mending, of all that may stand in a question."""
    return tuple(files(__package__).joinpath("meaningful.txt").read_text(encoding="utf-8").split())


@cache
def _read_reasons() -> dict[str, str]:
    return {row["topic"]: row["sentence"] for row in _rows("reasons.csv")}


@cache
def _read_patterns(file: str, column: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Read one pattern for each name in the table, of all its wordings."""
    rows = sorted(_rows(file), key=lambda row: row[column])
    return tuple(
        (name, _compile([row["wording"] for row in alike]))
        for name, alike in groupby(rows, key=lambda row: row[column])
    )


def _compile(wordings: list[str]) -> re.Pattern[str]:
    """Make one pattern; a blank stands for up to three, or a hyphen, “~” for one that may be missing."""
    joined = rf"(?<!\w)(?:{'|'.join(wordings)})(?!\w)"
    return re.compile(joined.replace(" ", r"[\s-]{1,3}").replace("~", r"[\s-]{0,3}"), re.IGNORECASE)


def _rows(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader(files(__package__).joinpath(file).read_text(encoding="utf-8").splitlines()))
