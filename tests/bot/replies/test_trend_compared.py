"""Several places over years: what is said beside the lines, and which years are named."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services import Services
from data.model import Measure, Place
from data.questions.trend import AskTrend
from data.statistics import Point
from tests.bot.replies.test_trend_replies import chart, reply, text

in_one_loop = pytest.mark.asyncio(loop_scope="session")


@in_one_loop
async def test_others_are_told_beside_with_their_year_where_it_differs(services: Services) -> None:
    country = services.countries.find
    places = [Place(None, country(name)) for name in ("Germany", "France", "USA")]
    found = await services.answers.answer(AskTrend(Measure.PENDING, tuple(places), 2020, 2025))
    older = replace(found.series[1], points=(*found.series[1].points[:-1], Point(2025, None)))
    told = text(replace(found, series=(found.series[0], older, found.series[2])))

    assert told.splitlines()[1:] == [
        "Not one series: 2024 USA as of 30 June only; 2025 USA cases counted as persons.",
        (
            "Compared with: France 88,554 on 31 December 2024; USA 3,718,945, 3.7 times as many as"
            " on 31 December 2020 (997,996 then; +2,720,949; across a break in the series)."
        ),
    ]
    assert chart(found).heading.title == "Germany 297,503; the USA leads with 3,718,945 on 31 December 2025"
    assert chart(found).heading.subtitle == (
        "People waiting for a decision at the end of each year, by country of asylum, 2020–2025"
    )
    assert [line.name for line in chart(found).lines] == ["Germany", "France", "USA"]


@in_one_loop
async def test_a_year_alone_is_compared_and_drawn_with_those_that_lead_up_to_it(
    services: Services,
) -> None:
    places = [Place(services.countries.find(name)) for name in ("China", "Afghanistan")]
    found = await services.answers.answer(AskTrend(Measure.PENDING, tuple(places), 2015, 2015))
    told = reply(found)

    assert "on 31 December 2015, 22% more than on 31 December 2014." in text(found)
    assert [row[0] for row in told.grid.rows] == ["2015"]
    assert {record.year for record in told.records} == {2015}
    assert chart(found).heading.title == "China 57,693; Afghanistan leads with 258,862 on 31 December 2015"
    assert chart(found).heading.subtitle.endswith(", by origin, 2000–2015")
    assert told.alt.endswith(", 2000–2015. China 57,693; Afghanistan leads with 258,862 on 31 December 2015.")


@in_one_loop
async def test_a_line_that_begins_late_is_drawn_and_named_from_there_on(services: Services) -> None:
    places = [Place(services.countries.find(name)) for name in ("Bangladesh", "China")]
    found = await services.answers.answer(AskTrend(Measure.APPLICATIONS, tuple(places)))
    told = reply(found)

    assert (
        chart(found).heading.subtitle == "New asylum applications per year, in persons, by origin, 2006–2025"
    )
    assert {line.points[0].year for line in chart(found).lines} == {2006}
    assert any(caveat.startswith("Up to 2005, most countries did not report") for caveat in told.caveats)
    assert "no figure is published" not in text(found)
    assert told.grid.rows[0] == ("2000", "not published", "not published")


@in_one_loop
async def test_what_two_places_share_is_in_the_subtitle(services: Services) -> None:
    country = services.countries.find
    places = [Place(country("China"), country(name)) for name in ("USA", "Canada")]
    found = await services.answers.answer(AskTrend(Measure.PROTECTION_RATE, tuple(places), 2010, 2020))

    assert chart(found).heading.title.startswith("The USA leads with ")
    assert chart(found).heading.subtitle == (
        "Total Protection Rate for people from China per year, by country of asylum, 2010–2020"
    )
