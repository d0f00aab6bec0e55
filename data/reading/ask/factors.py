"""How far figures are said to have moved: “doubled”, “five times as many”, “by more than half”."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.reading.ask.vocabulary import Slot
from data.reading.numbers import Bound
from data.reading.years import count

if TYPE_CHECKING:
    from data.reading.ask.clues import Clues

_FACTORS = {"doubl": 2.0, "twice": 2.0, "tripl": 3.0, "quadrupl": 4.0, "halv": 0.5, "half as": 0.5}
_TIMES = re.compile(
    r"(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)[ -]?(?:times|fold)", re.IGNORECASE
)
_PART = re.compile(
    r"\bby (?P<bound>more than |over |at least )?"
    r"(?:(?P<percent>\d[\d.]*) ?(?:%|per ?cent)|(?:a |one )?(?P<part>half|third|quarter)\b)"
    r"|\d[\d.,]* ?(?:%|per ?cent) [a-z]",
    re.IGNORECASE,
)
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4}
_BESIDE = re.compile(r"\bas\b|\bwhat\b|\bhow\b", re.IGNORECASE)
"""Words in a factor that set one figure beside another: “twice as many”, “three times what”."""


def read_factor(clues: Clues) -> float | None:
    """Read “doubled”, “twice as many”, “five times as many”, “tenfold”."""
    said = _read_said(clues)
    if times := _TIMES.search(said):
        return float(count(times[1]))
    return next((value for stem, value in _FACTORS.items() if stem in said), None)


_BOUNDS = (
    (Bound.UNDER, re.compile(r"\b(?:less than|fewer than|under|not even)\b")),
    (Bound.OVER, re.compile(r"\b(?:more than|over|at least)\b")),
    (Bound.ABOUT, re.compile(r"\b(?:nearly|almost|about|around|roughly)\b")),
)
_EXACTLY = re.compile(r"\b(?:exactly|precisely) $")


def read_bound(clues: Clues) -> Bound:
    """Read what is said of a factor: “more than doubled”, “nearly twice as many”."""
    said = _read_said(clues)
    return next((bound for bound, words in _BOUNDS if words.search(said)), Bound.PLAIN)


def is_exact(clues: Clues) -> bool:
    """Say whether “exactly” stands before a factor."""
    begins = (each.start for each in clues.slots if each.value is Slot.FACTOR)
    return any(_EXACTLY.search(clues.text[:begin].casefold()) for begin in begins)


def find_part(clues: Clues) -> re.Match[str] | None:
    """Find a part of what there was: “by more than half”, “by 30%”."""
    return _PART.search(clues.text)


def read_part(part: re.Match[str], *, falling: bool) -> float | None:
    """Read the factor that a part makes, 1.5 of “by half”; None where there is none: “30% more”."""
    if not part["percent"] and not part["part"]:
        return None
    share = float(part["percent"]) / 100 if part["percent"] else _PARTS[part["part"].casefold()]
    return 1 + (-share if falling else share)


def read_move(clues: Clues) -> float | None:
    """Read by what factor each country's own figures moved: “which countries' claims doubled”."""
    if not clues.has(Slot.FACTOR) or _BESIDE.search(_read_said(clues)):
        return None
    part = find_part(clues)
    return read_part(part, falling=clues.has(Slot.DOWN)) if part else read_factor(clues)


def _read_said(clues: Clues) -> str:
    return " ".join(
        clues.text[each.start : each.end].casefold() for each in clues.slots if each.value is Slot.FACTOR
    )
