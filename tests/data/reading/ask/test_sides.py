"""“In X” is where people ask for asylum, for every country and spelling; “from X” is where they come from."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.countries.groups import read_groups
from data.countries.rows import read_rows
from data.model import Country, Place
from data.questions.trend import AskTrend
from data.reading.ask import Understood
from tests.data.reading.ask.reading import read


@pytest.fixture(scope="module")
def countries(atlas: Atlas) -> list[Country]:
    return [country for country in atlas.countries() if country.is_country]


def place_of(question: str, atlas: Atlas) -> Place | None:
    outcome = read(question, atlas)
    if not isinstance(outcome, Understood) or not isinstance(outcome.question, AskTrend):
        return None
    return outcome.question.places[0]


@pytest.mark.parametrize("form", ["{0.text}", "{0.name}"])
def test_in_a_country_is_where_asylum_is_asked_for(atlas: Atlas, countries: list[Country], form: str) -> None:
    asked = {
        country: f"How many people applied for asylum in {form.format(country)} in 2023?"
        for country in countries
    }

    assert [c.name for c, question in asked.items() if place_of(question, atlas) != Place(None, c)] == []


@pytest.mark.parametrize("form", ["{0.text}", "{0.name}"])
def test_from_a_country_is_where_people_come_from(atlas: Atlas, countries: list[Country], form: str) -> None:
    asked = {country: f"asylum applications from {form.format(country)} in 2023" for country in countries}

    assert [c.name for c, question in asked.items() if place_of(question, atlas) != Place(c, None)] == []


def test_in_a_group_is_where_asylum_is_asked_for_and_from_it_is_where_people_come_from(atlas: Atlas) -> None:
    groups = read_groups().values()
    asked = {
        f"How many people applied for asylum in {each.text} in 2023?": Place(None, each) for each in groups
    }
    asked |= {f"asylum applications from {each.text} in 2023": Place(each, None) for each in groups}

    assert [question for question, place in asked.items() if place_of(question, atlas) != place] == []


def test_who_is_called_by_a_nationality_comes_from_there(atlas: Atlas) -> None:
    named = {row["plural"]: atlas.by_code(row["codes"]) for row in read_rows("demonyms.csv")}
    asked = {
        f"How many {people} applied for asylum in {'France' if country.code == 'GFR' else 'Germany'}?": country
        for people, country in named.items()
        if country and not people.startswith("Rohingya")  # a people without figures
    }

    places = {question: place_of(question, atlas) for question in asked}
    assert [each for each, place in places.items() if not place or place.origin != asked[each]] == []


@pytest.mark.parametrize(
    ("question", "origin", "asylum"),
    [
        ("How many Afghans applied in Laos in 2024?", "Afghanistan", "Laos"),
        ("Afghan applications in Netherlands 2023", "Afghanistan", "Netherlands"),
        ("Philippine asylum applications in 2023", "Philippines", None),
        ("How many people applied in Niger in 2023?", None, "Niger"),
        ("How many people fled the war in Syria?", "Syria", None),
        ("asylum applications by residents of Hong Kong in Canada", "Hong Kong", "Canada"),
        ("How many refugees returned to Burundi in 2023?", "Burundi", None),
        ("How many Burundian refugees returned from Tanzania in 2023?", "Burundi", "Tanzania"),
    ],
)
def test_nationalities_come_from_there_and_who_returns_does_so_to_where_he_came_from(
    atlas: Atlas, question: str, origin: str | None, asylum: str | None
) -> None:
    place = place_of(question, atlas)

    assert place
    assert (place.origin and place.origin.name, place.asylum and place.asylum.name) == (origin, asylum)
