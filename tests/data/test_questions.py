"""Questions are values: what they leave open is chosen in one way only."""

from __future__ import annotations

from dataclasses import fields
from datetime import date

import pytest

from bot.sentences import say
from data.countries import Atlas
from data.errors import Unanswerable
from data.model import Country, Measure, Place, ReferencePeriod, Release, Role
from data.questions.figures import AskFigures
from data.questions.registry import pin
from data.questions.sides import choose_side
from data.questions.top import AskTop
from data.questions.trend import AskTrend, compare_places
from tests.data.sentences import is_one_sentence
from tests.refusals import refuses
from tests.releases import MID, at

RELEASE = Release(int(at(MID).timestamp()), at(MID), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR)


@pytest.fixture
def three(atlas: Atlas) -> tuple[Country, Country, Country]:
    return atlas.find("China"), atlas.find("Germany"), atlas.find("Italy")


@pytest.mark.parametrize(
    "question",
    [
        AskFigures(Place(), 2024, date(2026, 6, 25)),
        AskTrend(Measure.PENDING, (Place(),), 2010, 2020, "log"),
        AskTop(Measure.PENDING, Role.ORIGIN, Place()),
    ],
)
def test_a_pinned_question_asks_the_same_of_one_release(question: AskFigures | AskTrend | AskTop) -> None:
    pinned = pin(question, RELEASE)
    assert pinned.as_of == MID
    assert pin(pinned, RELEASE) == pinned
    for field in (each.name for each in fields(question)):
        assert field == "as_of" or getattr(pinned, field) == getattr(question, field)


def test_countries_are_compared_on_the_side_that_is_named(three: tuple[Country, Country, Country]) -> None:
    china, germany, italy = three
    assert compare_places(Place(china, germany), [italy]) == (Place(china, germany), Place(china, italy))
    assert compare_places(Place(None, germany), [italy]) == (Place(None, germany), Place(None, italy))
    assert compare_places(Place(china), [italy]) == (Place(china), Place(italy))
    assert compare_places(Place(), [germany, italy]) == (Place(None, germany), Place(None, italy))
    assert compare_places(Place(), []) == (Place(),)


def test_no_place_is_compared_with_itself(three: tuple[Country, Country, Country]) -> None:
    china, germany, _ = three
    assert compare_places(Place(china), [china, germany, germany]) == (Place(china), Place(germany))


def test_a_ranking_is_of_what_is_left_open(three: tuple[Country, Country, Country]) -> None:
    china, germany, _ = three
    chosen = {
        place: choose_side(AskTop, measure=Measure.PENDING, role=None, place=place).role
        for place in (Place(), Place(china), Place(None, germany))
    }
    assert list(chosen.values()) == [Role.ASYLUM, Role.ASYLUM, Role.ORIGIN]
    for role in Role:
        assert choose_side(
            AskTop, measure=Measure.PENDING, role=role, place=Place(), year=2020, as_of=MID
        ) == AskTop(Measure.PENDING, role, Place(), 2020, as_of=MID)


@pytest.mark.parametrize("role", [None, *Role])
def test_nothing_is_ranked_where_both_sides_are_named(
    three: tuple[Country, Country, Country], role: Role | None
) -> None:
    china, germany, _ = three
    with pytest.raises(Unanswerable) as refused:
        choose_side(AskTop, measure=Measure.PENDING, role=role, place=Place(china, germany))
    assert is_one_sentence(say(refused.value))
    assert "leave out" in say(refused.value)


def test_a_ranking_cannot_name_one_of_the_ranked(three: tuple[Country, Country, Country]) -> None:
    china, germany, _ = three
    for role, place in ((Role.ORIGIN, Place(china)), (Role.ASYLUM, Place(None, germany))):
        with refuses(Unanswerable, f"leave out “{role.value}”"):
            choose_side(AskTop, measure=Measure.PENDING, role=role, place=place)
