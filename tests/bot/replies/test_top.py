"""The largest in words, in a table, and as bars."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.charts.bars import BarChart
from bot.replies.reply import Reply
from bot.replies.top import reply_top
from bot.services import Services
from data.caveats import StageUnknown
from data.model import Measure, Number, Place, Role, Tally, Unit
from data.questions.top import AskTop, Ranked, Top
from data.statistics import Change

in_one_loop = pytest.mark.asyncio(loop_scope="session")


async def applications(services: Services, **more: Any) -> Top:
    return await services.answers.answer(AskTop(Measure.APPLICATIONS, Role.ASYLUM, Place(), 2024, **more))


def reply(found: Top) -> Reply:
    return reply_top(AskTop(found.measure, found.role, found.place), found)


def rank(services: Services, rows: Sequence[tuple[int | None, str, Number]]) -> tuple[Ranked, ...]:
    """Rows of (rank, country, value); those without a rank are in cases."""
    return tuple(
        Ranked(place, services.countries.find(name), Unit.PERSONS if place else Unit.CASES, value, None, None)
        for place, name, value in rows
    )


def headline(found: Top) -> str:
    return reply(found).headline.replace("**", "")


def bars(found: Top) -> BarChart:
    drawn = reply(found).chart
    assert isinstance(drawn, BarChart)
    return drawn


@in_one_loop
async def test_the_first_three_are_in_the_headline_and_ten_in_the_table(services: Services) -> None:
    found = await applications(services)

    assert headline(found) == (
        "New asylum applications in 2024, largest countries of asylum:"
        " USA 729,105 (January–June 2024), Egypt 433,926, Germany 229,740."
    )
    assert reply(found).grid.header == ("", "", "New applications", "share", "since 2023")
    assert reply(found).grid.rows[1] == ("2.", "Egypt", "433,926", "14.2%", "×2.4")
    assert len(reply(found).grid.rows) == len(bars(found).bars) == 10
    assert bars(found).heading.title == "The USA leads with 729,105 (January–June 2024)"


@in_one_loop
@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        (0.19, "+19%"),
        (-0.38, "−38%"),
        (0.0, "0%"),
        (0.004, "0%"),
        (-0.004, "0%"),
        (1.0, "×2.0"),
        (15.29, "×16.3"),
        (None, ""),
    ],
)
async def test_a_change_fits_its_column(services: Services, ratio: float | None, said: str) -> None:
    found = await applications(services)
    row = found.rows[0]._replace(change=Change(2023, 1000, 1000, ratio))
    other = found.rows[1]._replace(change=Change(2023, 1000, 1500, 0.5))

    grid = reply(replace(found, rows=(row, other))).grid
    assert [each[-1] for each in grid.rows] == [said, "+50%"]


@in_one_loop
async def test_cases_stand_between_persons_without_a_rank(services: Services) -> None:
    found = await applications(services)
    rows = rank(
        services,
        [(1, "USA", 629_358), (2, "Egypt", 292_007), (None, "USA", 282_594), (3, "Spain", 144_387)],
    )
    mixed = replace(found, rows=rows, total=Tally(2_505_045, 291_558), countries=138)

    assert headline(mixed).endswith("USA 629,358 persons and 282,594 cases, Egypt 292,007, Spain 144,387.")
    assert reply(mixed).lines == (
        "All together: 2,505,045 persons and, counted apart, 291,558 cases, in 138 countries of asylum.",
    )
    assert reply(mixed).grid.rows[2] == ("–", "USA", "282,594 cases")
    assert [bar.tone for bar in bars(mixed).bars] == ["persons", "persons", "cases", "persons"]
    assert [tone for tone, _ in bars(mixed).legend] == ["persons", "cases"]
    assert bars(mixed).heading.title == "The USA leads with 629,358 persons and 282,594 cases"


@in_one_loop
async def test_where_only_cases_are_counted_they_still_make_a_headline(services: Services) -> None:
    found = await applications(services)
    cases = replace(found, rows=rank(services, [(None, "USA", 43_332)]), total=Tally(None, None), countries=1)

    assert headline(cases).endswith("largest countries of asylum: USA 43,332 cases.")
    assert reply(cases).lines == ("Only 1 country of asylum has a figure.",)


@in_one_loop
async def test_a_tie_names_no_single_winner(services: Services) -> None:
    found = await services.answers.answer(AskTop(Measure.PROTECTION_RATE, Role.ASYLUM, Place(), 2025))
    names = ["Kenya", "Pakistan", "Russia", "Togo", "Uruguay"]
    tied = replace(
        found,
        countries=39,
        rows=rank(services, [(1, name, 1.0) for name in names] + [(6, "Sudan", 0.998)]),
    )

    assert headline(tied) == (
        "Share of decisions on people that gave protection in 2025, highest by country of asylum:"
        " Kenya 100.0%, Pakistan 100.0%, Russia 100.0% and 2 more with the same figure."
    )
    assert bars(tied).heading.title == "5 countries of asylum share the first place with 100.0%"
    assert reply(tied).lines == ("Ranked from 500 decisions on the merits.",)


@in_one_loop
async def test_rates_of_cases_are_called_so(services: Services) -> None:
    found = await services.answers.answer(AskTop(Measure.RECOGNITION_RATE, Role.ORIGIN, Place(), 2025))
    mixed = replace(found, rows=rank(services, [(1, "China", 0.41), (None, "China", 0.033)]))

    assert headline(mixed).endswith("highest by origin: China 41.0% of persons and 3.3% of cases.")
    assert reply(mixed).grid.rows[1] == ("–", "China", "3.3% of cases")
    assert [bar.value for bar in bars(mixed).bars] == pytest.approx([41.0, 3.3])


@in_one_loop
async def test_the_total_comes_with_the_number_of_countries(services: Services) -> None:
    found = await applications(services)

    assert reply(found).lines == (
        f"All together: 3,050,315 persons, in {found.countries} countries of asylum.",
    )
    origins = replace(found, asked=replace(found.asked, role=Role.ORIGIN), countries=204)
    assert reply(origins).lines == ("All together: 3,050,315 persons, from 204 origins.",)
    assert reply(replace(origins, countries=1)).lines == ("All together: 3,050,315 persons, from 1 origin.",)


@in_one_loop
async def test_half_a_year_is_hollow_and_says_so(services: Services) -> None:
    found = await services.answers.answer(
        AskTop(Measure.APPLICATIONS, Role.ASYLUM, Place(), None, as_of=date(2025, 11, 10))
    )

    assert bars(found).heading.title == "Egypt leads with 162,226; no figure from the USA yet"
    assert all(bar.hollow for bar in bars(found).bars)
    assert bars(found).hollow_note == "Jan–Jun 2025 only"
    assert "in January–June 2025" in headline(found)
    assert "since 2024" not in reply(found).grid.header


@in_one_loop
async def test_a_fixed_country_is_part_of_what_is_ranked(services: Services) -> None:
    country = services.countries.find
    china = await services.answers.answer(AskTop(Measure.PENDING, Role.ASYLUM, Place(country("China")), 2025))
    germany = await services.answers.answer(
        AskTop(Measure.COMPLEMENTARY, Role.ORIGIN, Place(None, country("Germany")), 2024)
    )

    assert headline(china).startswith("People from China waiting for a decision on 31 December 2025, largest")
    assert headline(germany).startswith(
        "People given complementary protection in Germany in 2024, largest origins: Syria"
    )
    assert {record.origin for record in reply(china).records} == {"China"}
    assert {record.asylum for record in reply(germany).records} == {"Germany"}


@in_one_loop
async def test_small_counts_are_not_told_exactly(services: Services) -> None:
    found = await applications(services)
    few = replace(found, rows=rank(services, [(1, "Malta", 8), (2, "Iceland", 5)]), total=Tally(13))

    assert headline(few).endswith("Malta fewer than 10, Iceland fewer than 10.")
    assert bars(few).heading.title == "Malta leads with fewer than 10"
    assert [record.value for record in reply(few).records] == [8, 5]


@in_one_loop
async def test_nobody_leads_alone_or_without_saying_how_few_have_figures(services: Services) -> None:
    found = await applications(services)
    rows = rank(services, [(1, "USA", 65_677), (2, "France", 52_204)])
    early = replace(found, years=(2003, 2003), caveats=(StageUnknown(2005),), rows=rows)

    assert (
        bars(replace(early, countries=1, rows=rows[:1])).heading.title == "Only the USA has a figure: 65,677"
    )
    assert bars(replace(early, countries=2)).heading.title == (
        "The USA leads the 2 countries of asylum that have figures, with 65,677"
    )
