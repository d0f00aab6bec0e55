"""Words that fill no slot: few are passed over, and said; what might change the figure refuses."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from data.reading.ask import Refused, Understood
from tests.data.reading.ask.reading import read


@pytest.mark.parametrize(
    ("question", "passed"),
    [
        ("Which country hosts an overwhelming number of refugees?", "'overwhelming'"),
        ("How ridiculously many refugees does Lebanon host?", "'ridiculously'"),
        ("How many refugees did Germany generously take in 2023?", "'generously'"),
        ("Guess how many refugees Uganda hosts", "'Guess'"),
        (
            "So when Tony Abbott says that Australia hosts more refugees than Germany, is he lying?",
            "'Tony', 'Abbott'",
        ),
        ("According to the Guardian, how many people applied for asylum in Malta in 2023?", "'Guardian'"),
    ],
)
def test_a_word_that_hardly_restricts_is_passed_over_and_said(
    atlas: Atlas, question: str, passed: str
) -> None:
    understood = read(question, atlas)

    assert isinstance(understood, Understood)
    assert ("passed-over", passed) in understood.remarks


@pytest.mark.parametrize(
    "question",
    [
        "How many famous refugees live in Germany?",
        "How many refugees in Germany vote?",
        "How many vulnerable refugees were resettled in Canada in 2024?",
        "How many voluntarily returned refugees were there in Syria in 2024?",
        "How many manifestly unfounded claims were there in France in 2023?",
        "What was the net number of refugees in Germany in 2024?",
        "How many Druze refugees does Jordan host?",
        "How many refugees under Section 4 are in the UK?",
        "How many refugees from 99 lived in Germany?",
        "According to the census in Narnia, how many refugees does Malta host?",
        "Which landlocked countries host the most refugees?",
        "Which French-speaking countries host the most refugees?",
        "Which country hosts the most refugees per square kilometre?",
        "How many utterly staggering, sheer, absurd, enormous refugee numbers has Malta?",
        "Guess how overwhelming refugees are",
    ],
)
def test_a_word_that_may_restrict_refuses(atlas: Atlas, question: str) -> None:
    assert isinstance(read(question, atlas), Refused)
