"""What stands out in a trend: its record, the year before the pandemic, and where its figures end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.replies.layout import start_at
from bot.replies.trend import mark_highlights, say_gap, say_highlights, say_span
from data.caveats import StageUnknown
from data.model import Country, Extent, Measure, Number, Place, ReferencePeriod, Release, Unit
from data.questions.trend import Trend
from data.statistics import Point, Series, fill_years
from tests.nonsense import check_harmless

CHINA = Place(Country("CHI", "CHN", "CN", "China", "China"))


def released(period: ReferencePeriod) -> Release:
    at = datetime(2026, 6, 25, tzinfo=UTC)
    return Release(int(at.timestamp()), at, "Global Trends 2025", 2025, period)


def trend(
    values: dict[int, Number],
    measure: Measure = Measure.PENDING,
    period: ReferencePeriod = ReferencePeriod.YEAR_END,
    cases: dict[int, Number] | None = None,
    years: tuple[int, int] = (2000, 2025),
    first: int = 2000,
) -> Trend:
    def series(unit: Unit, of: dict[int, Number]) -> Series:
        half = period is ReferencePeriod.MID_YEAR
        points = {year: Point(year, value, half and year == 2025) for year, value in of.items()}
        return Series(CHINA, unit, fill_years(points, first, 2025))

    lines = [series(Unit.PERSONS, values), *([series(Unit.CASES, cases)] if cases else [])]
    return Trend(measure, released(period), years, tuple(lines), None, None, ())


def said(found: Trend) -> str:
    text = say_highlights(found)
    check_harmless(text)
    return text.replace("**", "")


def test_the_record_and_the_year_before_the_pandemic_are_told() -> None:
    assert said(trend({2019: 104_248, 2024: 180_960, 2025: 99_716})) == (
        "Highest of 2019–2025: 180,960 (2024). Before the pandemic (2019): 104,248."
    )


def test_a_record_that_stands_in_the_last_year_is_said_to_be_one() -> None:
    assert said(trend({2019: 100, 2025: 200})).startswith("That is the highest of 2019–2025.")


def test_half_a_year_is_no_record_of_a_flow_and_may_be_told_to_exceed_every_whole_year() -> None:
    half = trend({2019: 100, 2024: 150, 2025: 200}, Measure.APPLICATIONS, ReferencePeriod.MID_YEAR)
    assert said(half).startswith("That is more than in any whole year of 2019–2025.")


def with_half(found: Trend, year: int, value: Number) -> Trend:
    """The same, where the country never completed a year."""
    point = Point(year, value, partial=True, extent=Extent(year, Extent.HALF))
    main = found.series[0]
    points = tuple(point if each.year == year else each for each in main.points)
    return replace(found, series=(replace(main, points=points), *found.series[1:]))


def test_a_partial_figure_above_every_whole_year_stands_in_the_sentence_of_the_record() -> None:
    stock = with_half(trend({2018: 170, 2025: 1_510}), 2024, 1_703)
    flow = with_half(trend({2020: 100, 2023: 290, 2025: 130}, Measure.DECISIONS), 2024, 340)
    assert said(stock) == "Highest at a year's end in 2018–2025: 1,510 (2025); on 30 June 2024 it was 1,703."
    assert said(flow) == ("Highest of whole years in 2020–2025: 290 (2023); January–June 2024 alone has 340.")
    assert [mark.text for mark in mark_highlights(stock)] == ["1,703 on 30 June 2024"]
    assert [mark.text for mark in mark_highlights(flow)] == ["340 in January–June 2024"]


def test_a_partial_figure_that_is_smaller_takes_nothing_from_a_record() -> None:
    assert said(with_half(trend({2020: 100, 2025: 200}), 2024, 150)) == "That is the highest of 2020–2025."


def test_of_a_single_whole_year_nothing_is_the_highest() -> None:
    found = with_half(trend({2025: 629}, Measure.APPLICATIONS, years=(2024, 2025)), 2024, 729)
    assert said(found) == ""
    assert mark_highlights(found) == ()


def test_what_was_the_highest_is_not_told_again_as_before_the_pandemic() -> None:
    assert said(trend({2019: 328_257, 2025: 100})) == "Highest of 2019–2025: 328,257 (2019)."


def test_before_the_pandemic_both_units_are_told_also_where_the_line_in_cases_is_not_drawn() -> None:
    both = trend({2019: 160, 2023: 900, 2025: 600}, Measure.APPLICATIONS, cases={2019: 80, 2025: 20})
    drawn = both.series[0]
    undrawn = replace(both, series=(drawn,), beside=(both.series[1],))
    for found in (both, undrawn):
        assert "Before the pandemic (2019): 160 persons and 80 cases." in said(found)
        assert said(found).startswith("Highest of 2019–2025: 900 persons (2023).")


def test_where_cases_are_counted_too_a_record_is_one_of_persons() -> None:
    found = trend({2019: 100, 2025: 200}, Measure.APPLICATIONS, cases={2024: 90})
    assert "That is the highest in persons of 2019–2025." in said(found)
    assert "The last figure in cases: 90 in 2024." in said(found)


@pytest.mark.parametrize("values", [{}, {2025: 100}, {2019: 0, 2025: 0}, {2019: 4, 2025: 5}])
def test_a_record_of_nothing_or_of_rounding_is_not_told(values: dict[int, Number]) -> None:
    assert "ighest" not in said(trend(values))
    assert all("in 20" not in mark.text for mark in mark_highlights(trend(values)))


def test_a_line_that_ends_early_says_for_which_years_nothing_is_published() -> None:
    assert say_gap(trend({2000: 5, 2024: 5, 2025: 5})) == ""
    assert say_gap(trend({2000: 5, 2024: 5})) == "For 2025 no figure is published."
    assert (
        say_gap(trend({2000: 5, 2023: 5}, period=ReferencePeriod.MID_YEAR))
        == "For 2024–2025 no figure is published yet."
    )


def test_a_line_that_begins_late_says_so_where_an_earlier_year_was_asked_for() -> None:
    assert say_gap(trend({2002: 5, 2025: 5})) == "For 2000–2001 no figure is published."
    assert say_gap(trend({2001: 5, 2024: 5})) == "For 2000 and 2025 no figure is published."
    assert say_gap(trend({2002: 5, 2025: 5}, years=(2002, 2025))) == ""


def test_why_new_applications_begin_late_is_said_once() -> None:
    late = replace(trend({2006: 5, 2025: 5}, Measure.APPLICATIONS), caveats=(StageUnknown(2005),))
    later = replace(trend({2008: 5, 2025: 5}, Measure.APPLICATIONS), caveats=(StageUnknown(2005),))
    assert say_gap(late) == ""
    assert say_gap(later) == "For 2000–2007 no figure for new applications alone is published."


def test_a_rate_that_is_not_given_is_no_figure_that_is_not_published() -> None:
    assert say_gap(trend({2004: 0.5, 2024: 0.5}, Measure.PROTECTION_RATE)) == "For 2025 no rate is given."


def test_of_several_places_only_years_without_any_figure_are_told() -> None:
    one, other = trend({2003: 5, 2023: 5}), trend({2001: 5, 2024: 5}).series[0]
    both = replace(one, series=(*one.series, replace(other, place=Place())))
    assert say_gap(both) == "For 2000 and 2025 no figure is published."


def test_the_span_is_of_the_years_that_have_figures() -> None:
    assert say_span(trend({2001: 5, 2025: 5}, years=(2025, 2025))) == "2001–2025"
    assert say_span(trend({2006: 5, 2024: 5})) == "2006–2024"
    assert say_span(trend({2006: 5}, cases={2003: 4})) == "2003–2006"
    assert say_span(trend({2025: 5})) == "2025"
    assert say_span(trend({})) == "2000–2025"


def test_a_picture_begins_where_figures_do_and_keeps_the_gaps_within() -> None:
    line = trend({2006: 5, 2008: 5}).series[0]
    assert [(p.year, p.value) for p in start_at(line, 2006).points[:3]] == [
        (2006, 5),
        (2007, None),
        (2008, 5),
    ]
