"""Texts without the word asylum that speak of it all the same, and others that do not."""

from __future__ import annotations

from datetime import date

import pytest

from data.countries import Atlas
from data.reading.check.claim import Term
from data.reading.check.detection import read_claims


def read(atlas: Atlas, text: str) -> list[tuple[str, Term]]:
    claims = read_claims(text, atlas, date(2026, 11, 25), 2025)
    return [(each.number, each.term) for each in claims]


def test_each_sentence_that_tells_of_claims_or_of_people_who_applied_in_a_country_is_read(
    atlas: Atlas,
) -> None:
    text = (
        "Germany rejected 90 percent of claims in 2023. About 1.2 million people applied in Germany in 2015."
    )

    assert read(atlas, text) == [("90 percent", Term.REJECTED), ("1.2 million", Term.APPLIED)]


@pytest.mark.parametrize(
    "text",
    [
        "In 2025, Germany rejected 140,645 claims at first instance.",
        "Some 12,500 nationals of Syria applied in the United Kingdom in 2023: 12,500 people applied in Canada.",
    ],
)
def test_a_country_may_stand_within_the_sentence(atlas: Atlas, text: str) -> None:
    assert read(atlas, text)


@pytest.mark.parametrize(
    "text",
    [
        "Insurers in Germany rejected 90,000 claims in 2023.",
        "Germany rejected 90,000 visa applications in 2023.",
        "Germany rejected 1,200 claims for war damages in 2023.",
        "Canada rejected 120 claims by its neighbours.",
        "About 1.2 million people applied in Germany for a job in 2015.",
        "About 12,000 people applied in March 2024.",
        "Germany rejected claims that 90,000 tanks were built.",
        "In 2024, 6,435 people moved from China to Canada.",
    ],
)
def test_what_may_be_jobs_visas_or_insurances_is_left_alone(atlas: Atlas, text: str) -> None:
    assert read(atlas, text) == []
