"""Spans in words: one year is no mean, and half a year says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.charts.bars import BarChart
from bot.charts.lines import LineChart
from bot.replies.period import reply_period
from bot.replies.reply import Reply
from data.caveats import NotOneSeries
from data.coverage import Break, CoverageKind
from data.model import Extent, Measure, Place, Release, Unit
from data.model import ReferencePeriod as Covers
from data.questions.period import AskPeriod, Period, PeriodSpan
from data.statistics import Point, Series, find_ratio
from tests.data.countries.atlases import atlas

CHINA = Place(atlas().find("China"))
MID = Release(1, datetime(2025, 11, 10, tzinfo=UTC), "Mid-Year Trends 2025", 2025, Covers.MID_YEAR)


def span(first: int, *values: int | None, unit: Unit = Unit.PERSONS) -> PeriodSpan:
    points = tuple(Point(first + i, value, first + i == 2025) for i, value in enumerate(values))
    told = [point for point in points if point.value is not None]
    ordered = sorted(told, key=lambda point: point.value or 0)
    total = sum(point.value or 0 for point in told)
    return PeriodSpan(
        Series(CHINA, unit, points),
        tuple(p.year for p in told),
        ordered[0],
        ordered[-1],
        total / len(told),
        total,
    )


def reply(
    *spans: PeriodSpan, measure: Measure = Measure.PENDING, beside: tuple[PeriodSpan, ...] = ()
) -> Reply:
    ratio = (
        find_ratio(spans[0].overall or 0, spans[1].overall or 0, measure.nature) if len(spans) > 1 else None
    )
    return reply_period(AskPeriod(measure, CHINA), Period(measure, CHINA, MID, spans, beside, ratio, ()))


def said(found: Reply) -> str:
    return found.account.replace("**", "")


def title(found: Reply) -> str:
    assert isinstance(found.chart, LineChart | BarChart)
    return found.chart.heading.title


def test_two_single_years_are_no_means() -> None:
    found = reply(span(2024, 180_960), span(2025, 178_725))

    assert said(found) == (
        "People from China waiting for a decision, 2024: 180,960; 2025: 178,725 (30 June 2025).\n"
        "2025 is 1% lower than 2024."
    )
    assert title(found) == "180,960 in 2024, 178,725 in 2025"


def test_a_total_of_a_flow_is_given_and_that_of_a_stock_explained() -> None:
    flow = said(reply(span(2020, 100, 300), measure=Measure.APPLICATIONS))
    stock = said(reply(span(2020, 100, 300)))

    assert "2020–2021: 400 in all, 200 on average, between 100 (2020) and 300 (2021)." in flow
    assert (
        "No total: the stocks of 2020–2021 would add up to 400, which counts the same pending claim again"
        in stock
    )
    assert "in all" not in stock


def test_years_without_a_figure_are_named_and_left_out_of_the_mean() -> None:
    found = said(reply(span(2018, 100, None, 300, None)))

    assert "200 on average of the 2 years" in found
    assert "No figure is published for 2019 and 2021." in found


def test_cases_are_told_apart_and_never_added() -> None:
    cases = span(2020, 7_000, 8_000, unit=Unit.CASES)
    found = reply(span(2020, 100, 300), measure=Measure.APPLICATIONS, beside=(cases,))

    assert "2020–2021: 400 persons in all" in said(found)
    assert (
        "Counted apart in cases: 2020–2021: 15,000 cases in all, 7,500 cases on average,"
        " between 7,000 cases (2020) and 8,000 cases (2021)."
    ) in said(found)
    assert "15,400" not in said(found)
    assert [record.unit for record in found.records] == ["persons", "persons", "cases", "cases"]


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (span(2022, 50, 70), "The mean of 2022–2023 is 70% lower than that of 2020–2021."),
        (span(2022, 900, 900), "The mean of 2022–2023 is 4.5 times as high as that of 2020–2021."),
        (span(2022, 200, 200), "The mean of 2022–2023 is about the same as that of 2020–2021."),
    ],
)
def test_means_are_set_against_each_other_in_words(second: PeriodSpan, sentence: str) -> None:
    assert sentence in said(reply(span(2020, 100, 300), second))


def with_half(found: PeriodSpan, year: int, value: int) -> PeriodSpan:
    """The same, where the country never completed a year, which enters nothing."""
    half = Point(year, value, partial=True, extent=Extent(year, Extent.HALF))
    points = tuple(half if point.year == year else point for point in found.series.points)
    return replace(found, series=replace(found.series, points=points))


def test_a_percentage_across_breaks_says_so_in_its_own_sentence() -> None:
    usa = atlas().find("USA")
    breaks = (
        Break(usa, 2021, CoverageKind.PARTIAL, Extent(2021, Extent.HALF), 0.38),
        Break(usa, 2023, CoverageKind.ONE_PERSON_A_CASE, share=0.41),
    )
    first, second = span(2020, 100, 300), span(2022, 50, 70)
    found = Period(
        Measure.PENDING, CHINA, MID, (first, second), (), -0.7, (NotOneSeries(Measure.PENDING, breaks),)
    )
    assert (
        "Across breaks in the series (2021 and 2023), the mean of 2022–2023 is 70% lower than that of"
        " 2020–2021."
    ) in said(reply_period(AskPeriod(Measure.PENDING, CHINA), found))


def test_what_is_left_out_is_named_and_stands_in_the_table() -> None:
    found = reply(
        with_half(span(2021, 300, 629, None), 2023, 729),
        measure=Measure.APPLICATIONS,
    )
    assert "; left out: 729 in January–June 2023." in said(found)
    assert found.grid.header[-1] == "left out"
    assert found.grid.rows[0][-1] == "729 (January–June 2023)"
    assert isinstance(found.chart, LineChart)
    marks = [mark.text for mark in found.chart.callouts]
    assert marks == ["300 in 2021", "729 in January–June 2023"]


def test_the_only_whole_year_is_not_the_only_year_with_a_figure() -> None:
    halved = with_half(span(2023, None, 629), 2023, 729)
    cases = with_half(span(2023, 87, None, unit=Unit.CASES), 2024, 282)
    found = said(reply(halved, measure=Measure.APPLICATIONS, beside=(cases,)))
    assert "629 persons (2024), the only whole year with a figure; left out: 729 persons in" in found
    assert "87 cases (2023), the only whole year with a figure; left out: 282 cases in January–June" in found
    assert "the only year with a figure" in said(reply(span(2023, None, 629)))


def test_a_mean_is_named_by_the_years_that_enter_it() -> None:
    late, gap = span(2000, None, None, 10, 20), span(2004, 60, None, 80)
    found = reply(late, gap)

    assert title(found) == "15 on average in 2002–2003, 70 on average in 2004 and 2006"
    assert isinstance(found.chart, LineChart)
    assert [line.end_label for line in found.chart.lines] == [
        "2002–2003 mean 15",
        "2004 and 2006 mean 70",
    ]
    assert found.chart.lines[0].points[0].year == 2002


def test_the_picture_is_headed_by_the_sum_of_a_flow_and_the_mean_of_a_stock() -> None:
    assert title(reply(span(2020, 100, 300), measure=Measure.APPLICATIONS)) == "400 in all in 2020–2021"
    assert title(reply(span(2020, 100, 300))) == "200 on average in 2020–2021"


def test_a_stock_of_people_is_not_called_claims() -> None:
    assert "counts the same people again in every year that they stay." in said(
        reply(span(2020, 100, 300), measure=Measure.REFUGEES)
    )
