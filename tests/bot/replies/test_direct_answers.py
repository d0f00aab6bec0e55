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
        for place, each, year in zip((GERMANY, GERMANY if moved else FRANCE), values, years, strict=False)
    )
    return say_verdict(AimResult(aim, Measure.APPLICATIONS, holds, figures, value, crossed), ANSWER)[0]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (say(Aim(AimKind.SOME, True), True, 5_000), f"**Yes**. {ANSWER}"),
        (
            say(Aim(AimKind.CHANGED, True, 1, 2.0), False, 1_000, 1_500, value=1.5),
            "**No**: new asylum applications in Germany numbered **1,500** in 2025, 50% more than in 2022 (1,000).",
        ),
        (
            say(Aim(AimKind.CHANGED, True, 1, 2.0), True, 1_000, 2_500, value=2.5),
            (
                "**Yes**: new asylum applications in Germany numbered **2,500** in 2025, 2.5 times as many as in 2022"
                " (1,000)."
            ),
        ),
        (
            say(Aim(AimKind.CHANGED, True), False, 1_500, 1_000, value=0.67, crossed=True),
            (
                "**No**: new asylum applications in Germany numbered **1,000** in 2025, 33% fewer than in 2022 (1,500),"
                " but across a break in the series."
            ),
        ),
        (
            say(Aim(AimKind.PERCENT), None, 1_000, 2_750, value=2.75),
            "**175% more**: new asylum applications in Germany numbered 1,000 in 2022 and 2,750 in 2025.",
        ),
        (
            say(Aim(AimKind.CHANGED, True, back=True), True, 3_000, 1_000, value=3.0),
            (
                "**Yes**: new asylum applications in Germany numbered **3,000** in 2022, 3.0 times as many as in 2025"
                " (1,000)."
            ),
        ),
        (
            say(Aim(AimKind.DIFFERENCE, back=True), None, 3_000, 1_000, value=3.0),
            "**2,000 more**: new asylum applications in Germany numbered 3,000 in 2022 and 1,000 in 2025.",
        ),
        (
            say(Aim(AimKind.TIMES), None, 1_000, 2_750, value=2.75, crossed=True),
            (
                "**2.8 times as many**, but across a break in the series: new asylum applications in Germany numbered"
                " 1,000 in 2022 and 2,750 in 2025."
            ),
        ),
        (
            say(Aim(AimKind.PASSED, value=500), None, 900, value=500),
            "**Above 500 in 2025**, with 900.",
        ),
        (say(Aim(AimKind.PASSED, True, value=500), False, value=500), "**No**: in no year above 500."),
        (
            say(Aim(AimKind.RECORD, sign=-1), None),
            "Which year was lowest cannot be told: several are alike, or counted in part.",
        ),
        (
            say(Aim(AimKind.WITHOUT), None, 400, 100, value=300),
            "**300** without them, 75.0% of all: new asylum applications in Germany numbered 400 in 2025, among them 100 in France.",
        ),
        (
            say(Aim(AimKind.WHICH), None, 400, 100),
            "**Germany**: in 2025 new asylum applications numbered 400 in Germany and 100 in France.",
        ),
        (
            say(Aim(AimKind.MOVED_MORE), None, 400, 100),
            "**Germany** changed more, by +400 against +100.",
        ),
        (
            say(Aim(AimKind.MOVED_MORE, True, -1), False, -400, -100),
            "**No**: Germany moved by −400 against −100 in France.",
        ),
        (
            say(Aim(AimKind.TOP_SHARE, value=2), None, 400, 100, value=0.5),
            "The first 2 together have **50.0%** of the total.",
        ),
        (
            say(Aim(AimKind.MORE, True), False, 100, 300, value=-200),
            "**No**: in 2025 new asylum applications numbered **100** in Germany, 200 fewer than in France (300).",
        ),
        (
            say(Aim(AimKind.DIFFERENCE), None, 300, 100, value=200),
            "**200 more**: in 2025 new asylum applications numbered 300 in Germany and 100 in France.",
        ),
        (say(Aim(AimKind.RECORD), None, 900), "**2025**: new asylum applications in Germany numbered 900."),
        (say(Aim(AimKind.RECORD, True), False, 900), "**No**: the highest was 900 in 2025."),
        (say(Aim(AimKind.RECORD, True), True, 900), f"**Yes**. {ANSWER}"),
        (say(Aim(AimKind.AVERAGE), None, 450, value=450), "**450 a year** on average."),
        (
            say(Aim(AimKind.TOGETHER), None, 300, 100, value=400),
            "**400** together: in 2025 new asylum applications numbered 300 in Germany and 100 in France.",
        ),
        (
            say(Aim(AimKind.SHARE), None, 400, 100, value=0.25),
            "**25.0%**: new asylum applications in Germany numbered 400 in 2025, among them 100 in France.",
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
            (
                "**That cannot be told**: new asylum applications in Germany numbered 1,176,051 in 2023 and **729,105**"
                " in January–June 2024, which do not compare."
            ),
        )


def test_a_rate_is_set_beside_another_in_points() -> None:
    figures = (Figured(GERMANY, 0.2, 2023), Figured(GERMANY, 0.156, 2024))
    told = AimResult(Aim(AimKind.CHANGED, True), Measure.RECOGNITION_RATE, False, figures, 0.78)

    assert say_verdict(told, ANSWER) == (
        (
            "**No**: the share of decisions on people in Germany that recognised a refugee was **15.6%** in 2024,"
            " 4.4 points lower than in 2023 (20.0%)."
        ),
    )


def test_what_a_figure_is_stands_behind_it() -> None:
    figures = (Figured(GERMANY, 300, 2025), Figured(FRANCE, 100, 2025))
    told = AimResult(Aim(AimKind.TOGETHER), Measure.REFUGEES, None, figures, 400)

    said = say_verdict(told, ANSWER, lambda each: " (of 2019)" if each.whose == FRANCE else "")

    assert said == (
        "**400** together: on 31 December 2025 refugees numbered 300 in Germany and 100 in France (of 2019).",
    )
