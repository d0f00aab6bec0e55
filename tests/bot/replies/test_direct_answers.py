"""The first words of an answer: yes or no, a difference, a sum, a share."""

from __future__ import annotations

import pytest

from bot.replies.direct_answers import say_verdict
from data.model import Extent, Measure, Place
from data.reading.ask import Aim, AimKind
from data.reading.ask.aim_result import AimResult, Figured
from tests.data.countries.atlases import atlas

GERMANY, FRANCE = (Place(None, atlas().find(name)) for name in ("Germany", "France"))

ANSWER = "**5,000** people applied."


def say(aim: Aim, holds: bool | None, *values: int, value: float | None = None, crossed: bool = False) -> str:
    moved = aim.point in (AimKind.CHANGED, AimKind.PERCENT, AimKind.TIMES) or aim.back
    years = (2022, 2025) if moved else (2025, 2025)
    figures = tuple(
        Figured(place, each, year)
        for place, each, year in zip((GERMANY, FRANCE), values, years, strict=False)
    )
    return say_verdict(AimResult(aim, Measure.APPLICATIONS, holds, figures, value, crossed), ANSWER)[0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (say(Aim(AimKind.SOME, True), True, 5_000), f"**Yes**. {ANSWER}"),
        (
            say(Aim(AimKind.CHANGED, True, 1, 2.0), False, 1_000, 1_500, value=1.5),
            "**No**: 50% more (1,000 in 2022, 1,500 in 2025).",
        ),
        (
            say(Aim(AimKind.CHANGED, True, 1, 2.0), True, 1_000, 2_500, value=2.5),
            "**Yes**: 2.5 times as many (1,000 in 2022, 2,500 in 2025).",
        ),
        (
            say(Aim(AimKind.CHANGED, True), False, 1_500, 1_000, value=0.67, crossed=True),
            "**No**: 1,500 in 2022, 1,000 in 2025: 33% fewer, but across a break in the series.",
        ),
        (
            say(Aim(AimKind.PERCENT), None, 1_000, 2_750, value=2.75),
            "**175% more**: 1,000 in 2022, 2,750 in 2025.",
        ),
        (
            say(Aim(AimKind.CHANGED, True, back=True), True, 3_000, 1_000, value=3.0),
            "**Yes**: 3.0 times as many (3,000 in 2022, 1,000 in 2025).",
        ),
        (
            say(Aim(AimKind.DIFFERENCE, back=True), None, 3_000, 1_000, value=3.0),
            "**2,000 more**: 3,000 in 2022, 1,000 in 2025.",
        ),
        (
            say(Aim(AimKind.TIMES), None, 1_000, 2_750, value=2.75, crossed=True),
            "**2.8 times as many** across a break in the series: 1,000 in 2022, 2,750 in 2025.",
        ),
        (
            say(Aim(AimKind.PASSED, value=500), None, 900, value=500),
            "**First above 500 in 2025**, with 900; years above 500: 2025.",
        ),
        (say(Aim(AimKind.PASSED, True, value=500), False, value=500), "**No**: in no year above 500."),
        (
            say(Aim(AimKind.RECORD, sign=-1), None),
            "Which year was lowest cannot be told: several are alike, or counted in part.",
        ),
        (
            say(Aim(AimKind.WITHOUT), None, 400, 100, value=300),
            "**300 without them** in 2025: 400 less France 100.",
        ),
        (
            say(Aim(AimKind.TOP_SHARE, value=2), None, 400, 100, value=0.5),
            "**50.0%** together: Germany 400, France 100.",
        ),
        (
            say(Aim(AimKind.MORE, True), False, 100, 300, value=-200),
            "**No**: Germany 100, France 300 (200 fewer), in 2025.",
        ),
        (
            say(Aim(AimKind.DIFFERENCE), None, 300, 100, value=200),
            "**200 more** in 2025: Germany 300, France 100.",
        ),
        (say(Aim(AimKind.RECORD), None, 900), "**2025**, with 900."),
        (say(Aim(AimKind.RECORD, True), False, 900), "**No**: the highest was 900 in 2025."),
        (say(Aim(AimKind.RECORD, True), True, 900), f"**Yes**. {ANSWER}"),
        (say(Aim(AimKind.AVERAGE), None, 450, value=450), "**450 a year** on average."),
        (
            say(Aim(AimKind.TOGETHER), None, 300, 100, value=400),
            "**400** together in 2025: Germany 300, France 100.",
        ),
        (
            say(Aim(AimKind.SHARE), None, 400, 100, value=0.25),
            "**25.0%** in 2025: France 100, of 400.",
        ),
    ],
)
def test_what_was_asked_is_said_before_the_figures(said: str, expected: str) -> None:
    assert said == expected


def test_half_a_year_beside_a_whole_one_is_neither_yes_nor_no() -> None:
    figures = (Figured(GERMANY, 1_176_051, 2023), Figured(GERMANY, 729_105, 2024, Extent(2024, Extent.HALF)))
    for aim in (Aim(AimKind.CHANGED, True, -1), Aim(AimKind.PERCENT)):
        verdict = AimResult(aim, Measure.APPLICATIONS, None, figures, 0.62, True, compared=False)
        assert say_verdict(verdict, ANSWER) == (
            "1,176,051 in 2023, 729,105 in January–June 2024: these do not compare.",
            ANSWER,
        )
