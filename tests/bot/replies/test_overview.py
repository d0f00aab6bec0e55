"""The picture of a place in a year, before it is drawn."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.replies.overview import MAX_BARS, draw_overview
from bot.services import Services
from data.model import Measure, Place, Tally
from data.questions.figures import AskFigures

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MID = date(2025, 11, 10)


@in_one_loop
async def test_an_origin_is_drawn_with_where_its_claims_are_pending(services: Services) -> None:
    found = await services.answers.answer(AskFigures(Place(services.countries.find("China"))))
    picture = draw_overview(found)

    assert picture.heading.title == "99,716 people from China waiting for a decision on 31 December 2025"
    assert picture.heading.subtitle == "People waiting for a decision, and new applications"
    assert [line.end_label for line in picture.left] == ["Waiting 99,716", "New 25,210"]
    assert picture.right_title == "Waiting, by country of asylum"
    assert [(bar.label, bar.text) for bar in picture.right][:2] == [("USA", "68,691"), ("Australia", "8,507")]
    assert len(picture.right) == MAX_BARS
    assert [callout.text for callout in picture.callouts] == ["180,960 in 2024"]
    assert not any(point.hollow for line in picture.left for point in line.points)
    assert not picture.left_hollow_note
    assert not picture.right_hollow_note


@in_one_loop
async def test_half_a_year_is_hollow_left_and_right_and_says_what_it_is(services: Services) -> None:
    found = await services.answers.answer(
        AskFigures(Place(services.countries.find("China")), None, as_of=MID)
    )
    picture = draw_overview(found)

    assert [line.points[-1].hollow for line in picture.left] == [True, True]
    assert not any(point.hollow for line in picture.left for point in line.points[:-1])
    assert all(bar.hollow for bar in picture.right)
    assert picture.left_hollow_note == "30 June / Jan–Jun 2025"
    assert picture.right_hollow_note == "30 June 2025"


@in_one_loop
async def test_the_picture_of_an_earlier_year_ends_with_it(services: Services) -> None:
    found = await services.answers.answer(
        AskFigures(Place(services.countries.find("China")), 2024, as_of=MID)
    )
    picture = draw_overview(found)

    assert [bar.label for bar in picture.right if bar.hollow] == ["USA"]
    assert not picture.left_hollow_note
    assert {line.points[-1].year for line in picture.left} == {2024}
    assert picture.right_hollow_note == "30 June 2024"


@in_one_loop
async def test_a_pair_is_drawn_with_the_outcomes_in_both_units_apart(services: Services) -> None:
    country = services.countries.find
    found = await services.answers.answer(AskFigures(Place(country("China"), country("Canada")), 2024))
    outcomes = {**found.tallies, Measure.REJECTED: Tally(30, 12), Measure.CLOSED: Tally(None, 4)}
    picture = draw_overview(replace(found, tallies=outcomes))

    assert picture.right_title == "Outcome of decisions 2024"
    drawn = [(bar.label, bar.text, bar.tone) for bar in picture.right]
    assert ("Rejected", "30", "persons") in drawn
    assert drawn[-2:] == [
        ("Rejected", "12 cases", "cases"),
        ("Otherwise closed", "fewer than 10 cases", "cases"),
    ]
    assert [tone for tone, _ in picture.legend] == ["persons", "cases"]


@in_one_loop
async def test_cases_that_the_lines_leave_out_are_named_below_the_title(services: Services) -> None:
    found = await services.answers.answer(AskFigures(Place(None, services.countries.find("USA"))))

    assert draw_overview(found).heading.subtitle.endswith("; 2025 also 282,594 cases (Jan–Sep 2025)")
