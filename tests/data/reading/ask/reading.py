"""Questions read as they are in the tests: against three releases, on one day of 2026."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

from data.countries import Atlas
from data.glossary import Glossary
from data.model import ReferencePeriod, Release
from data.questions.codec import write_command, write_permalink
from data.reading.ask import Doubtful, Explained, Outcome, Refused, Understood, understand

TODAY = date(2026, 11, 25)
ASKS_BACK, REFUSES = "asks back", "refuses"
"""Each with its code after it: “refuses: months”."""
_TABLE = Path(__file__).parents[3] / "questions.csv"


def _release(day: date, label: str, period: ReferencePeriod) -> Release:
    at = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    return Release(int(at.timestamp()), at, label, 2025, period)


RELEASES = (
    _release(date(2025, 11, 10), "Mid-Year Trends 2025", ReferencePeriod.MID_YEAR),
    _release(date(2026, 6, 12), "Global Trends 2025", ReferencePeriod.YEAR_END),
    _release(date(2026, 6, 25), "Global Trends 2025, corrected", ReferencePeriod.YEAR_END),
)


@dataclass(frozen=True)
class Row:
    """A question and what is to come of it: commands or permalinks, a question back, or a refusal."""

    question: str
    expected: str
    held_out: bool


@cache
def rows() -> tuple[Row, ...]:
    with _TABLE.open(encoding="utf-8", newline="") as table:
        return tuple(Row(r["question"], r["expected"], r["held_out"] == "yes") for r in csv.DictReader(table))


@cache
def _glossary() -> Glossary:
    return Glossary.load()


def read(text: str, atlas: Atlas) -> Outcome:
    return understand(text, atlas, _glossary(), RELEASES, TODAY)


def say(outcome: Outcome) -> str:
    """The outcome as it is written in the table."""
    if isinstance(outcome, Refused):
        return f"{REFUSES}: {outcome.reason}"
    if isinstance(outcome, Explained):
        return f"/asylum define word:{', '.join(dict.fromkeys(entry.name for entry in outcome.entries))}"
    if isinstance(outcome, Doubtful):
        return f"{ASKS_BACK}: {outcome.doubt}"
    questions = [answer.question for answer in outcome.answers]
    return " + ".join(write_command(question) or write_permalink(question) for question in questions)


def say_aims(outcome: Outcome) -> list[str]:
    """The points that the answers begin with, “yes or no” before those that say so."""
    if not isinstance(outcome, Understood):
        return []
    aims = [answer.aim for answer in outcome.answers if answer.aim]
    return [f"{'yes or no: ' if aim.whether else ''}{aim.point.name.lower()}" for aim in aims]
