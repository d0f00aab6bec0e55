"""What stands out in a trend: its record, the year before the pandemic, and where its figures end."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.replies.turns import mark_turns, say_gap, say_span, say_turns
from data.findings import Point, Series, Trend
from data.model import Country, Measure, Number, Period, Place, Release, Unit
from data.statistics import fill_years
from tests.nonsense import check_harmless

CHINA = Place(Country("CHI", "CHN", "CN", "China", "China"))


def released(period: Period) -> Release:
    at = datetime(2026, 6, 25, tzinfo=UTC)
    return Release(int(at.timestamp()), at, "Global Trends 2025", 2025, period, starter=False)


def trend(
    values: dict[int, Number],
    measure: Measure = Measure.PENDING,
    period: Period = Period.YEAR_END,
    cases: dict[int, Number] | None = None,
    years: tuple[int, int] = (2000, 2025),
    first: int = 2000,
) -> Trend:
    def series(unit: Unit, of: dict[int, Number]) -> Series:
        half = period is Period.MID_YEAR
        points = {year: Point(year, value, half and year == 2025) for year, value in of.items()}
        return Series(CHINA, unit, fill_years(points, first, 2025))

    lines = [series(Unit.PERSONS, values), *([series(Unit.CASES, cases)] if cases else [])]
    return Trend(measure, released(period), years, tuple(lines), None, None, ())


def said(found: Trend) -> str:
    text = say_turns(found)
    check_harmless(text)
    return text.replace("**", "")


def test_the_record_and_the_year_before_the_pandemic_are_told() -> None:
    assert said(trend({2019: 104_248, 2024: 180_960, 2025: 99_716})) == (
        "Highest of 2000–2025: 180,960 (2024). Before the pandemic (2019): 104,248."
    )


def test_a_record_that_stands_in_the_last_year_is_said_to_be_one() -> None:
    assert said(trend({2019: 100, 2025: 200})).startswith("That is the highest of 2000–2025.")


def test_half_a_year_is_no_record_of_a_flow_and_may_be_told_to_exceed_every_whole_year() -> None:
    half = trend({2019: 100, 2024: 150, 2025: 200}, Measure.APPLICATIONS, Period.MID_YEAR)
    assert said(half).startswith("That is more than in any whole year of 2000–2025.")


def test_where_cases_are_counted_too_a_record_is_one_of_persons() -> None:
    found = trend({2019: 100, 2025: 200}, Measure.APPLICATIONS, cases={2024: 90})
    assert "That is the highest in persons of 2000–2025." in said(found)
    assert "The last figure in cases: 90 in 2024." in said(found)


@pytest.mark.parametrize("values", [{}, {2025: 100}, {2019: 0, 2025: 0}, {2019: 4, 2025: 5}])
def test_a_record_of_nothing_or_of_rounding_is_not_told(values: dict[int, Number]) -> None:
    assert "ighest" not in said(trend(values))
    assert all("in 20" not in mark.text for mark in mark_turns(trend(values)))


def test_a_line_that_ends_early_says_for_which_years_nothing_is_published() -> None:
    assert say_gap(trend({2024: 5, 2025: 5})) == ""
    assert say_gap(trend({2024: 5})) == "For 2025 no figure is published."
    assert say_gap(trend({2023: 5}, period=Period.MID_YEAR)) == "For 2024–2025 no figure is published yet."


def test_the_span_is_of_the_years_that_are_drawn() -> None:
    assert say_span(trend({2025: 5}, years=(2025, 2025))) == "2000–2025"
    assert say_span(trend({2025: 5}, first=2024, years=(2024, 2025))) == "2024–2025"
    assert say_span(trend({2025: 5}, first=2025, years=(2025, 2025))) == "2025"
