"""What holds of any sentence at all."""

from __future__ import annotations

from typing import get_args

import pytest

from bot.chat.ask import refuse
from data.countries import Atlas
from data.questions.codec import read_permalink, write_permalink
from data.questions.registry import Question
from data.reading.ask import EXAMPLES, Doubtful, Explained, NotUnderstood, Understood
from data.reading.ask.sentence import MAX_READINGS
from tests.data.reading.ask.generating import generated
from tests.data.reading.ask.reading import read, rows
from tests.nonsense import check_sentence


def hold(text: str, atlas: Atlas) -> str:
    """Fail unless the outcome can be shown to anybody, and every question in it survives in a button."""
    outcome = read(text, atlas)
    questions: list[Question] = []
    if isinstance(outcome, NotUnderstood):
        check_sentence(refuse(outcome).sentence.partition(" Try for example")[0])
    elif isinstance(outcome, Doubtful):
        check_sentence(outcome.asked)
        assert 2 <= len(outcome.readings) <= MAX_READINGS
        assert len({reading.label for reading in outcome.readings}) == len(outcome.readings)
        assert all(len(reading.label) > 0 for reading in outcome.readings)
        questions += [reading.question for reading in outcome.readings]
    elif isinstance(outcome, Explained):
        assert outcome.entries
    else:
        questions.append(outcome.question)
    for question in questions:
        assert isinstance(question, get_args(Question))
        link = write_permalink(question)
        assert len(link) <= 80
        assert read_permalink(link, atlas) == question
    return type(outcome).__name__


def test_whatever_is_asked_the_outcome_is_a_question_several_or_one_sentence(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask", 1_000)} >= {
        "Understood",
        "Doubtful",
        "NotUnderstood",
    }


@pytest.mark.proof
def test_twenty_thousand_sentences_do_no_harm(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask more", 20_000)} >= {
        "Understood",
        "Doubtful",
        "NotUnderstood",
    }


def test_the_examples_that_are_offered_are_understood(atlas: Atlas) -> None:
    assert all(isinstance(read(example, atlas), (Understood, Doubtful)) for example in EXAMPLES)


def test_a_word_that_nothing_accounts_for_is_never_passed_over(atlas: Atlas) -> None:
    for row in rows():
        if row.expected.startswith("/asylum"):
            outcome = read(f"{row.question.rstrip('?.! ')} in Narnia", atlas)
            assert isinstance(outcome, NotUnderstood), row.question


def test_a_text_too_long_for_a_question_is_sent_to_check(atlas: Atlas) -> None:
    outcome = read("How many Chinese applied in Canada? " * 40, atlas)

    assert isinstance(outcome, NotUnderstood)
    assert "/asylum check" in refuse(outcome).sentence
