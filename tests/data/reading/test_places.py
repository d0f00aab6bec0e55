"""Countries and nationalities found in running text, and the side each seems to be on."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.model import Role
from data.reading.places import find_places
from tests.nonsense import nonsense

FROM, IN, OPEN = Role.ORIGIN, Role.ASYLUM, None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Chinese nationals in Canada", [("China", FROM), ("Canada", IN)]),
        (
            "from Iran, Iraq and Syria to Germany",
            [("Iran", FROM), ("Iraq", FROM), ("Syria", FROM), ("Germany", IN)],
        ),
        ("Did Germany reject Afghans?", [("Germany", IN), ("Afghanistan", FROM)]),
        ("how many from 中国 in Deutschland", [("China", FROM), ("Germany", IN)]),
        ("🇨🇳 in 🇩🇪", [("China", OPEN), ("Germany", IN)]),
        ("St. Lucia. Mali", [("Saint Lucia", OPEN), ("Mali", OPEN)]),
        ("Guinea-Bissau, Bosnia & Herzegovina", [("Guinea-Bissau", OPEN), ("Bosnia and Herzegovina", OPEN)]),
        ("South Sudanese people", [("South Sudan", FROM)]),
        ("U.S. courts and the UK", [("USA", IN), ("United Kingdom", OPEN)]),
        ("German asylum decisions", [("Germany", OPEN)]),
        ("Canadian authorities", [("Canada", IN)]),
    ],
)
def test_places_are_found_with_their_side(
    atlas: Atlas, text: str, found: list[tuple[str, Role | None]]
) -> None:
    mentions = find_places(text, atlas)

    assert [(m.value.countries[0].name, m.value.role) for m in mentions] == found
    assert all(text[m.start : m.end].strip() == text[m.start : m.end] for m in mentions)


@pytest.mark.parametrize(
    "text",
    [
        "I ran to go home",
        "how many want to go and ask us",
        "laws of man and the end of an island",
        "she said so in Chinese.",
        "polish the chain, child",
        "HOW CAN WE DO IT",
        "British Columbia and New Mexico in Latin America",
        "the green party in trance",
    ],
)
def test_words_that_only_look_like_countries_are_left_alone(atlas: Atlas, text: str) -> None:
    assert [text[m.start : m.end] for m in find_places(text, atlas)] == []


def test_a_name_that_several_countries_share_is_all_of_theirs(atlas: Atlas) -> None:
    (congo,) = find_places("applications from Congo", atlas)

    assert {country.code for country in congo.value.countries} == {"COB", "COD"}


@pytest.mark.parametrize(
    ("slip", "name"), [("Afghanstan", "Afghanistan"), ("Venezualans", "Venezuela"), ("Swedn", "Sweden")]
)
def test_a_long_word_that_is_nearly_a_name_is_taken_for_it_if_wanted(
    atlas: Atlas, slip: str, name: str
) -> None:
    (found,) = find_places(f"people in {slip}", atlas)

    assert found.value.misspelt
    assert [country.name for country in found.value.countries] == [name]
    assert find_places(f"people in {slip}", atlas, near=False) == ()


def test_every_country_is_found_by_its_own_name(atlas: Atlas) -> None:
    missed = []
    for country in atlas.countries():
        if country.is_country:
            mentions = find_places(f"people from {country.text} there", atlas, near=False)
            if [m.value.countries for m in mentions] != [(country,)] or mentions[0].value.role is not FROM:
                missed.append(country.name)

    assert missed == []


def test_mentions_never_overlap_and_stay_within_the_text(atlas: Atlas) -> None:
    for text in nonsense("places", 300):
        mentions = find_places(text, atlas)
        ends = [0, *(m.end for m in mentions)]
        assert all(end <= m.start < m.end <= len(text) for end, m in zip(ends, mentions, strict=False))
