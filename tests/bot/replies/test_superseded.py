"""The line that an old message gets."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.replies.alert import mark
from data.alerts.news import Superseded
from data.model import Measure, Place, ReferencePeriod, Release, RevisionKind, Unit
from data.statistics import Changed

TOLD = "**Completed: decisions in Canada in 2025, 85,000 → 199,610.** Global Trends 2025, 12 June 2026."


def release(month: int, day: int) -> Release:
    at = datetime(2026, month, day, tzinfo=UTC)
    return Release(int(at.timestamp()), at, "Global Trends 2025", 2025, ReferencePeriod.YEAR_END)


def superseded(
    before: int | None,
    after: int | None,
    kind: RevisionKind = RevisionKind.CORRECTED,
    unit: Unit = Unit.PERSONS,
) -> Superseded:
    changed = Changed(Measure.DECISIONS, Place(), 2025, unit, before, after, kind)
    return Superseded(1, 2, 3, release(6, 12), release(6, 25), changed, 1)


@pytest.mark.parametrize(
    ("message", "line"),
    [
        (superseded(199_610, 96_789), "Superseded on 25 June 2026: now 96,789 instead of 199,610."),
        (
            superseded(9_307, 25_210, RevisionKind.COMPLETED),
            "Completed on 25 June 2026: now 25,210 for the whole period instead of 9,307.",
        ),
        (
            superseded(40, None, RevisionKind.WITHDRAWN),
            "Withdrawn on 25 June 2026: 40 is no longer published.",
        ),
        (
            superseded(120, 130, unit=Unit.CASES),
            "Superseded on 25 June 2026: now 130 cases instead of 120 cases.",
        ),
        (
            superseded(None, 7),
            "Superseded on 25 June 2026: now fewer than 10 instead of no figure.",
        ),
    ],
)
def test_one_line_is_added_below(message: Superseded, line: str) -> None:
    assert mark(TOLD, message) == f"{TOLD}\n-# {line}"


def test_marking_again_replaces_the_line_and_never_adds_a_second() -> None:
    once = mark(TOLD, superseded(199_610, 96_789))
    assert mark(once, superseded(199_610, 96_789)) == once
    assert mark(once, superseded(96_789, 96_800)) == (
        f"{TOLD}\n-# Superseded on 25 June 2026: now 96,800 instead of 96,789."
    )


def test_a_ping_below_the_headline_stays_where_it_is() -> None:
    assert mark(f"{TOLD}\n<@&5>", superseded(1, 2)).splitlines()[:2] == [TOLD, "<@&5>"]


def test_a_text_that_would_become_too_long_stays_as_it_is() -> None:
    assert mark("x" * 1990, superseded(1, 2)) == "x" * 1990


def test_the_line_goes_when_what_it_says_is_withdrawn() -> None:
    once = mark(TOLD, superseded(199_610, 96_789))
    assert mark(once, superseded(199_610, 199_610)) == TOLD
    assert mark(TOLD, superseded(199_610, 199_610)) == TOLD
