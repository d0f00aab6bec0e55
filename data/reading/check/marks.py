"""What makes a number no figure of UNHCR's, or one that cannot be checked here. Pure."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.claim import Mark
from data.reading.years import MONTHS_ABROAD

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.reading.check.lists import Span

_MONTH = (
    "(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
_SMALL = "(?:[2-57-9]|1[01]|two|three|four|five|seven|eight|nine|ten|eleven)"

_ABROAD = "|".join(name for name, month in MONTHS_ABROAD.items() if month not in (6, 12))

_NAMED = {"<month>": _MONTH, "<number>": _SMALL, "<abroad>": f"(?:{_ABROAD})\\b"}


@cache
def _read_patterns() -> Mapping[Mark, re.Pattern[str]]:
    """Read the table that lies beside this module: one pattern for each mark."""
    table = files(__package__).joinpath("marks.csv").read_text(encoding="utf-8")
    rows = [(row["mark"], row["wording"]) for row in csv.DictReader(table.splitlines())]
    patterns = {}
    for mark in dict.fromkeys(mark for mark, _ in rows):
        words = "|".join(wording for each, wording in rows if each == mark)
        for name, meaning in _NAMED.items():
            words = words.replace(name, meaning)
        patterns[Mark(mark)] = re.compile(rf"(?<!\w)(?:{words})", re.IGNORECASE)
    return patterns


_THRESHOLD = re.compile(
    r"(?: [\w-]+){1,4} each\b|(?: [\w-]+){0,3} (?:or more|or fewer|or less)\b|\+? or (?:more|fewer)",
    re.IGNORECASE,
)
_PER = re.compile(
    r"\b(?:per|for every|out of every|in every|(?:one|1) in|out of(?= (?:\d|10+|ten|a hundred)\b)) ?$",
    re.IGNORECASE,
)
_PER_AFTER = re.compile(
    r"(?: [\w'-]+){0,4} (?:per|for every|for each)"
    r" (?:[0-9]|capita|head|million|thousand|inhabitant|citizen|resident|person)",
    re.IGNORECASE,
)
_MAX_PER = 16
_PASSED = re.compile(
    r"\b(?:(?:passed|surpassed|topped|crossed)(?: the)?(?: mark of)?"
    r"|(?:countries|nations|states) with (?:more than|over|at least|fewer than|less than)) $",
    re.IGNORECASE,
)
_MAX_PASSED = 60
_SAME_PART = re.compile(
    r"\b(?:(?:same|comparable|corresponding|equivalent) (?:period|months?|time|quarter)"
    rf"|{say_abroad('same part')})\b",
    re.IGNORECASE,
)
"""What is said of a part of a year is said of the same part of another."""
_COLON = re.compile(r"[ ,\d]{0,7}:")
_OF_ALL = frozenset({Mark.MONTHS, Mark.FISCAL})
_OF_THEM = re.compile(r" (?:\w+ )?of (?:them|whom|these|those|which)\b", re.IGNORECASE)
_COUNTED = re.compile(r" (?:internally displaced|refugees|asylum[- ]seekers|stateless)\b", re.IGNORECASE)
"""Whom a number counts, said right behind it, parts it from what stands before."""
_PARTING = re.compile(r"[,;:()–—]|\b(?:while|whereas|but)\b", re.IGNORECASE)


def find_marks(
    text: str, number: Span, sentence: Span, others: Sequence[Span], *, dated: bool = False
) -> frozenset[Mark]:
    """Find what the sentence of a number says of it that these figures do not know.

    Of two numbers each has what stands nearer to it; what stands nearer to neither is said of both. A month
    that a sentence begins with is that of all its numbers but those with a time of their own (`dated`).
    """
    found: set[Mark] = set()
    dated = dated and not _SAME_PART.search(text, *sentence)
    first = min([number[0], *(start for start, _ in others)])
    for mark, hits in _list_said(text, sentence).items():
        if dated and mark is Mark.SO_FAR:
            continue  # “over the years: 101 in 2023 and 105 in 2024”
        for hit in hits:
            begins = hit[0] <= first and hit[1] <= number[0]  # its own number too: “on 31 May”
            leads = begins or _COLON.match(text, hit[1], number[0])
            heading = mark in _OF_ALL and leads and not dated
            if heading or _is_said_of(text, number, hit, others, alone=mark is Mark.REGION):
                found.add(mark)
                break
    if _PASSED.search(text, max(sentence[0], number[0] - _MAX_PASSED), number[0]):
        found.add(Mark.THRESHOLD)
    if _THRESHOLD.match(text, number[1], sentence[1]):
        found.add(Mark.THRESHOLD)
    before = text[max(sentence[0], number[0] - _MAX_PER) : number[0]]
    if _PER.search(before) or _PER_AFTER.match(text, number[1], sentence[1]) or _is_one_in(text, number):
        found.add(Mark.PER_HEAD)
    return frozenset(found)


@lru_cache(maxsize=64)
def _list_said(text: str, sentence: Span) -> dict[Mark, tuple[Span, ...]]:
    """List where a sentence says each mark: the same for all its numbers, and found once."""
    found = {mark: pattern.finditer(text, *sentence) for mark, pattern in _read_patterns().items()}
    return {mark: tuple(hit.span() for hit in hits) for mark, hits in found.items()}


def find_source(text: str, sentence: Span) -> frozenset[Mark]:
    """Find whether a sentence says that a European body counted."""
    found = _OF_EUROPE.search(text, *sentence)
    return frozenset({Mark.SOURCE}) if found else frozenset()


_OF_EUROPE = re.compile(r"\b(?:eurostat|euaa|easo|eu(?:ropean union)? agency for asylum)\b", re.IGNORECASE)
"""They count the same as UNHCR does, in their own way."""


def _is_one_in(text: str, number: Span) -> bool:
    """Say whether it is the one of “1 in 14”."""
    return text[number[0] : number[1]].lower() in ("1", "one") and _IN.match(text, number[1]) is not None


_IN = re.compile(r" (?:in|out of) (?:every )?\d", re.IGNORECASE)


def _is_said_of(text: str, number: Span, said: Span, others: Sequence[Span], *, alone: bool) -> bool:
    """Say whether no other number stands between, and nothing parts the two where one stands beyond."""
    first, last = min(number[1], said[1]), max(number[0], said[0])
    if any(first <= start < last for start, _ in others):
        return False
    if (
        said[1] <= number[0]
        and (_PARTING.search(text, said[1], number[0]) or _COUNTED.match(text, number[1]))
        and not _OF_THEM.match(text, number[1])
    ):
        before = max((end for _, end in others if end <= said[0]), default=None)
        if before is not None and not _PARTING.search(text, before, said[0]):
            return False  # “5.4 million under UNRWA's mandate, 40.0 million internally displaced”
    if said[0] > number[1] and _ACCORDING.search(text, first, last):
        return True
    return not ((others or alone) and said[0] > number[1] and _PARTING.search(text, first, last))


_ACCORDING = re.compile(r"\b(?:according to|as reported by)\b[^,;:()\d]*$", re.IGNORECASE)
"""“3.8 million came from Ukraine, according to the border service”."""


_WORLDWIDE = re.compile(
    r"\b(?:world-?wide|globally|global|(?:around|across|all over) the (?:world|globe)|in the world"
    r"|the world (?:as a whole|over|counted|had)"
    rf"|{say_abroad('worldwide')})\b",
    re.IGNORECASE,
)
_OF_A_RANK = re.compile(
    r"\b(?:top|largest|biggest|leading|main)(?:[ -][\w-]+){0,3}?[ -]"
    r"(?:country|countries|nations?|states?|hosts?|recipients?|destinations?) $",
    re.IGNORECASE,
)
"""“The top hosting country worldwide” says nothing of how many people the world has."""


@lru_cache(maxsize=64)
def names_world(text: str, start: int, end: int) -> bool:
    """Say whether a sentence speaks of the world, which is asked of each of its numbers."""
    hits = _WORLDWIDE.finditer(text, start, end)
    return any(not _OF_A_RANK.search(text, start, hit.start()) for hit in hits)
