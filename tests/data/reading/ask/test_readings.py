"""What is asked back, and why something is refused."""

from __future__ import annotations

import pytest

from bot.chat.ask import refuse
from data.countries import Atlas
from data.questions.codec import write_command
from data.reading.ask import Doubtful, NotUnderstood
from tests.data.reading.ask.reading import read


@pytest.mark.parametrize(
    ("question", "asked", "readings"),
    [
        (
            "How many Syrians in Germany?",
            "Claims that are still pending (a stock on a day), or new applications (during a year)?",
            {
                "still pending": "/asylum figures origin:Syria asylum:Germany",
                "new applications": "/asylum trend measure:applications origin:Syria asylum:Germany",
            },
        ),
        (
            "applications from Congo in France",
            "'Congo' can mean Congo-Brazzaville or DR Congo. Which do you mean?",
            {
                "Congo-Brazzaville": "/asylum trend measure:applications origin:Congo-Brazzaville asylum:France",
                "DR Congo": "/asylum trend measure:applications origin:DR Congo asylum:France",
            },
        ),
        (
            "pending claims Mexico",
            "People from there, or people who asked for asylum there: which do you mean?",
            {
                "from Mexico": "/asylum figures origin:Mexico",
                "in Mexico": "/asylum figures asylum:Mexico",
            },
        ),
    ],
)
def test_where_two_readings_are_likely_both_are_offered(
    atlas: Atlas, question: str, asked: str, readings: dict[str, str]
) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, Doubtful)
    assert outcome.asked == asked
    assert {reading.label: write_command(reading.question) for reading in outcome.readings} == readings


@pytest.mark.parametrize(
    ("question", "why"),
    [
        ("How many women applied for asylum in Germany?", "These figures are not broken down by sex or age."),
        ("How many Taiwanese applied for asylum?", "UNHCR's statistics do not list Taiwan."),
        (
            "asylum applications from Czechoslovakia in Canada in 2001",
            "UNHCR's statistics do not list Czechoslovakia: look under Czechia or Slovakia.",
        ),
        (
            "How many East Germans applied for asylum?",
            "UNHCR's statistics do not list East Germany: look under Germany.",
        ),
        (
            "How many people applied in Wakanda?",
            "I do not know what 'Wakanda' means here; name a country, a year and what to count.",
        ),
        (
            "How many people applied this year?",
            "There are no figures for 2026 yet: the newest are of 2025 (release “Global Trends 2025, corrected”).",
        ),
        (
            "pending claims in Germany on 1 May 2024",
            (
                "UNHCR counts pending claims on 30 June and 31 December, and applications per year:"
                " there are no figures for 1 May 2024."
            ),
        ),
        (
            "How many applied in Germany at mid-2020?",
            "I keep no mid-year release of 2020; ask for the whole year.",
        ),
        ("hello", "I find no question on asylum figures in that."),
    ],
)
def test_what_cannot_be_answered_is_told_with_the_reason(atlas: Atlas, question: str, why: str) -> None:
    outcome = read(question, atlas)

    assert isinstance(outcome, NotUnderstood)
    sentence = refuse(outcome).sentence
    assert sentence.startswith(f"{why} Try for example: ")
    assert sentence.count("“") >= 2
