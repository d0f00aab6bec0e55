"""What is counted, by the words that people use for it."""

from __future__ import annotations

import pytest

from data.model import Measure
from data.reading.measures import find_measures
from tests.nonsense import nonsense


@pytest.mark.parametrize(
    ("text", "measures", "weak"),
    [
        ("people who applied for asylum", (Measure.APPLICATIONS,), False),
        ("new asylum claims", (Measure.APPLICATIONS,), False),
        ("they sought refuge", (Measure.REFUGEES, Measure.APPLICATIONS), False),
        ("they claimed refugee status", (Measure.APPLICATIONS,), False),
        ("applications at all stages", (Measure.ALL_STAGES,), False),
        ("the backlog", (Measure.PENDING,), False),
        ("still waiting for a decision", (Measure.PENDING,), False),
        ("pending asylum applications", (Measure.PENDING,), False),
        ("decisions on asylum", (Measure.DECISIONS,), False),
        ("recognised as refugees", (Measure.RECOGNISED,), False),
        ("got refugee status", (Measure.RECOGNISED,), False),
        ("subsidiary protection", (Measure.COMPLEMENTARY,), False),
        ("were granted asylum", (Measure.RECOGNISED, Measure.COMPLEMENTARY), False),
        ("refusals", (Measure.REJECTED,), False),
        ("turned down", (Measure.REJECTED,), False),
        ("were not recognised", (Measure.REJECTED, Measure.PENDING), False),
        ("claims otherwise closed", (Measure.CLOSED,), False),
        ("the recognition rate", (Measure.RECOGNITION_RATE,), False),
        ("the Total Protection Rate", (Measure.PROTECTION_RATE,), False),
        ("the success rate", (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE), False),
        ("asylum-seekers", (Measure.PENDING, Measure.APPLICATIONS), True),
    ],
)
def test_wordings_are_read(text: str, measures: tuple[Measure, ...], weak: bool) -> None:
    found = [m.value for m in find_measures(text)]

    assert [(w.measures, w.weak) for w in found] == [(measures, weak)]


def test_words_of_other_things_are_no_measures() -> None:
    assert find_measures("The weather in Berlin is nice, and the bus was late.") == ()


def test_no_text_fails() -> None:
    for text in nonsense("measures", 300):
        assert all(0 <= m.start < m.end <= len(text) for m in find_measures(text))
