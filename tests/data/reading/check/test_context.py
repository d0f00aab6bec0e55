"""What a text says of each of its numbers."""

from __future__ import annotations

from datetime import date

import pytest

from data.countries import Atlas
from data.reading.check.claim import Claim, Term
from data.reading.check.context import read_claims


def read(text: str) -> dict[str, Claim]:
    claims = read_claims(text, Atlas.load(), date(2025, 7, 1), 2025, 2024)
    return {claim.number: claim for claim in claims}


@pytest.mark.parametrize("link", [" and", ", while", ", and some", ","])
def test_what_is_said_of_one_number_is_not_said_of_the_next(link: str) -> None:
    claims = read(f"Here 70,000 are internally displaced{link} 8,000 are asylum seekers.")

    assert claims["70,000"].term is Term.DISPLACED
    assert claims["8,000"].term is Term.SEEKERS


@pytest.mark.parametrize(
    "text",
    [
        "The number of asylum seekers in Kenya grew by 41,000 in 2024.",
        "Pending asylum claims in Kenya fell by about 41,000 in 2024.",
        "Kenya had 300,000 asylum seekers in 2024, 41,000 more than in 2023.",
        "Kenya had 300,000 asylum seekers in 2024, 41,000 fewer people than the year before.",
    ],
)
def test_a_difference_is_held_against_no_figure(text: str) -> None:
    assert not any("41,000" in number for number in read(text))


def test_the_first_country_of_the_world_is_not_the_world() -> None:
    assert not read("With 90,000 refugees, Kenya is the largest host country worldwide.")["90,000"].worldwide
    assert read("There were 90,000 refugees worldwide.")["90,000"].worldwide


@pytest.mark.parametrize(
    "said",
    [
        "three times as many as in 2020",
        "3.2 times as high as in 2020",
        "twice as many people as in 2020",
        "half as many as in 2020",
        "half as many as during 2020",
    ],
)
def test_a_year_behind_as_many_as_is_what_a_figure_is_compared_with(said: str) -> None:
    claim = read(f"In 2023, 300,000 people applied for asylum in Kenya, {said}.")["300,000"]

    assert [each.bases for each in claim.comparisons] == [(2020,)]
