"""A measure over years in words, and what its picture shows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.charts.bars import BarChart
from bot.charts.lines import LineChart
from bot.replies.reply import Reply
from bot.replies.trend import reply_trend
from bot.services import Services
from data.errors import NoFigures
from data.model import Measure, Number, Place, Unit
from data.questions.trend import AskTrend, ScaleName, Trend
from data.statistics import Change, Point, Series
from tests.refusals import refuses

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MID = date(2025, 11, 10)


def series(place: Place, *values: Number | None, unit: Unit = Unit.PERSONS, partial: bool = False) -> Series:
    """The years that end with 2025."""
    first = 2026 - len(values)
    points = [Point(first + i, value) for i, value in enumerate(values)]
    points[-1] = points[-1]._replace(partial=partial)
    return Series(place, unit, tuple(points))


async def china(services: Services, measure: Measure = Measure.PENDING, as_of: date | None = None) -> Trend:
    place = Place(services.countries.find("China"))
    return await services.answers.answer(AskTrend(measure, (place,), 2018, None, as_of=as_of))


def reply(found: Trend, scale: ScaleName = "linear") -> Reply:
    places = tuple(dict.fromkeys(each.place for each in found.series))
    return reply_trend(AskTrend(found.measure, places, scale=scale), found)


def with_values(found: Trend, *values: Number | None, **more: Any) -> Trend:
    """The same with other values in the only line."""
    line = series(found.series[0].place, *values, **more)
    return replace(found, series=(line,), years=(line.points[0].year, 2025), change=None, caveats=())


def text(found: Trend) -> str:
    return reply(found).account.replace("**", "")


def chart(found: Trend, scale: ScaleName = "linear") -> LineChart:
    drawn = reply(found, scale).chart
    assert isinstance(drawn, LineChart)
    return drawn


@in_one_loop
async def test_a_stock_is_compared_with_the_day_it_stood_on_before(services: Services) -> None:
    now = await china(services)
    mid = await china(services, as_of=MID)

    assert text(now).splitlines() == [
        (
            "People from China waiting for a decision: 99,716 on 31 December 2025,"
            " not comparable with 94,351 on 31 December 2018."
        ),
        (
            "Not one series: 2024 USA as of 30 June only (81.7%); 2025 USA many without an origin (81.7%);"
            " 2025 United Kingdom many without an origin (1.4%)."
        ),
        (
            "The USA gives no origin for many pending claims (1,437,190 persons) of 2025"
            " (2024: 10,494 persons); figures by origin leave them out, so a fall there may be no fall."
        ),
        (
            "Highest of 2018–2025: 180,960 (2024; with the USA's figure of 30 June)."
            " Before the pandemic (2019): 104,248."
        ),
    ]
    assert text(mid).startswith(
        "People from China waiting for a decision: 178,725 on 30 June 2025 (83%, in the USA, probably carried"
        " forward from 30 June 2024), 89% more than on 31 December 2018 (94,351 then; +84,374; across a break in the series)."
    )
    assert "Not one series: 2024 USA as of 30 June only (81.7%)" in text(mid)


@in_one_loop
async def test_half_a_year_is_hollow_marked_in_the_table_and_never_a_record(
    services: Services,
) -> None:
    mid = reply(await china(services, as_of=MID))
    picture = mid.chart

    assert isinstance(picture, LineChart)
    assert [point.hollow for point in picture.lines[0].points] == [False] * 7 + [True]
    assert picture.hollow_note == "30 June 2025 only"
    assert mid.grid.rows[-1] == ("2025*", "178,725")
    assert mid.grid.note == "* 30 June 2025 only"


@in_one_loop
async def test_a_whole_year_has_neither_mark_nor_note(services: Services) -> None:
    now = reply(await china(services))

    assert now.grid.note == chart(await china(services)).hollow_note == ""
    assert now.grid.rows[-1][0] == "2025"


@in_one_loop
async def test_a_flow_of_half_a_year_is_compared_with_nothing(services: Services) -> None:
    found = await china(services, Measure.APPLICATIONS, MID)

    assert text(found).splitlines()[0] == "New asylum applications from China: 9,307 in January–June 2025."


@in_one_loop
async def test_persons_and_cases_of_a_year_stand_side_by_side(services: Services) -> None:
    found = await china(services)
    persons = series(found.series[0].place, 120, 300, 200)
    cases = series(found.series[0].place, None, 40, 30, unit=Unit.CASES)
    both = replace(
        found,
        measure=Measure.APPLICATIONS,
        series=(persons, cases),
        years=(2023, 2025),
        change=None,
        caveats=(),
    )

    assert text(both).splitlines() == [
        "New asylum applications from China: 200 persons and 30 cases in 2025.",
        "Highest of 2023–2025: 300 persons (2024).",
    ]
    assert chart(both).heading.title == "New asylum applications from China: 200 persons and 30 cases in 2025"
    assert chart(both).heading.subtitle == (
        "New asylum applications per year, in persons and in cases, 2023–2025"
    )
    assert reply(both).grid.header == ("Year", "China (persons)", "China (cases)")
    assert reply(both).grid.rows[0] == ("2023", "120", "not published")


@in_one_loop
async def test_where_only_cases_are_counted_they_are_called_so(services: Services) -> None:
    found = replace(await china(services), measure=Measure.DECISIONS)
    cases = with_values(found, 120, 300, 200, unit=Unit.CASES)

    assert text(cases).splitlines() == [
        "Asylum decisions for people from China: 200 cases in 2025.",
        "Highest of 2023–2025: 300 cases (2024).",
    ]


@in_one_loop
async def test_the_higher_of_two_years_is_no_record(services: Services) -> None:
    found = replace(await china(services), measure=Measure.DECISIONS)

    assert "ighest" not in text(with_values(found, 300, 200, unit=Unit.PERSONS))


@in_one_loop
async def test_an_older_figure_in_cases_is_told_with_its_year(services: Services) -> None:
    found = await china(services)
    persons = series(found.series[0].place, 120, 300, 200)
    cases = series(found.series[0].place, 40, None, None, unit=Unit.CASES)
    both = replace(
        found,
        measure=Measure.APPLICATIONS,
        series=(persons, cases),
        years=(2023, 2025),
        change=None,
        caveats=(),
    )

    assert text(both).splitlines()[0] == "New asylum applications from China: 200 in 2025."
    assert text(both).endswith("The last figure in cases: 40 in 2023.")


@in_one_loop
async def test_a_record_in_persons_says_so_where_cases_were_counted_as_well(
    services: Services,
) -> None:
    united_kingdom = Place(None, services.countries.find("United Kingdom"))
    found = await services.answers.answer(AskTrend(Measure.DECISIONS, (united_kingdom,)))

    assert text(found).splitlines()[1].startswith("That is the highest in persons of 2000–2025.")


@in_one_loop
@pytest.mark.parametrize(
    ("values", "partial", "sentence"),
    [
        ((50, 90, 120), False, "That is the highest of 2023–2025."),
        ((50, 90, 120), True, "That is more than at the end of any year of 2023–2025."),
        ((50, 90, 70), True, "Highest of 2023–2025: 90 (2024)."),
        ((3, 9, 5), False, ""),
        ((120,), False, ""),
        ((0, 0, 0), False, ""),
    ],
)
async def test_a_record_is_told_where_it_means_something(
    services: Services, values: tuple[int, ...], partial: bool, sentence: str
) -> None:
    found = with_values(await china(services), *values, partial=partial)

    assert text(found).splitlines()[1:] == ([sentence] if sentence else [])


@in_one_loop
@pytest.mark.parametrize(
    ("values", "as_of", "sentence"),
    [
        ((90, 70, None), None, "For 2025 no figure is published."),
        ((90, None, None), None, "For 2024–2025 no figure is published."),
        ((90, 70, None), MID, "For 2025 no figure is published yet."),
    ],
)
async def test_a_year_without_a_figure_is_no_zero(
    services: Services, values: tuple[int | None, ...], as_of: date | None, sentence: str
) -> None:
    found = with_values(await china(services, as_of=as_of), *values)

    assert text(found).splitlines()[-1] == sentence
    assert reply(found).grid.rows[-1] == ("2025", "not published")
    assert reply(found).records[-1].value is None


@in_one_loop
async def test_a_log_scale_says_so_and_what_it_cannot_show(services: Services) -> None:
    found = with_values(await china(services), 0, 90, 70)

    assert chart(found, "log").heading.subtitle.endswith(", log scale")
    assert (
        "A log scale cannot show zeros; those years are left out of the line." in reply(found, "log").caveats
    )
    assert reply(found).caveats == ()


@in_one_loop
async def test_a_rate_is_drawn_in_percent_and_never_changes_by_percent(services: Services) -> None:
    found = await china(services, Measure.RECOGNITION_RATE)

    assert chart(found).percent
    assert "than" not in text(found).splitlines()[0]
    assert text(found).startswith(
        "Refugee Recognition Rate for people from China: 41.0% of persons, 3.3% of cases in 2025."
    )
    newest = [line.points[-1].value for line in chart(found).lines]
    assert newest == pytest.approx([41.04, 3.35], abs=0.01)


@in_one_loop
async def test_a_single_year_is_no_line_and_no_span(services: Services) -> None:
    found = with_values(await china(services), 120)

    assert chart(found).heading.subtitle.endswith("year, 2025")
    assert (
        reply(found).alt == "Lines over years: People waiting for a decision at the end of each year, 2025."
        " People from China waiting for a decision: 120 on 31 December 2025."
    )


@in_one_loop
async def test_no_other_year_s_figure_is_given_for_a_year_alone(services: Services) -> None:
    place = Place(services.countries.find("China"), services.countries.find("Canada"))

    with refuses(NoFigures, "not published new applications of the pair China → Canada for 2005 apart from"):
        await services.answers.answer(AskTrend(Measure.APPLICATIONS, (place,), 2005, 2005))


@in_one_loop
async def test_a_change_that_would_mislead_is_not_told(services: Services) -> None:
    found = with_values(await china(services), 40, 20)

    assert (
        text(replace(found, change=Change(2024, 40, 20, None), crossed=()))
        .splitlines()[0]
        .endswith("20 on 31 December 2025.")
    )


@in_one_loop
async def test_the_picture_s_turns_are_marked(services: Services) -> None:
    found = await china(services)

    assert [callout.text for callout in chart(found).callouts] == ["2018: 94,351", "180,960 in 2024"]
    found = replace(found, change=None)
    assert chart(with_values(found, 3, 9, 5)).callouts == ()


async def test_two_years_are_bars(services: Services) -> None:
    found = with_values(replace(await china(services), change=None), 50, 90)
    drawn = reply(found).chart

    assert isinstance(drawn, BarChart)
    assert [(bar.label, bar.text) for bar in drawn.bars] == [("2024", "50"), ("2025", "90")]
