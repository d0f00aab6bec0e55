"""What holds of any sentence at all."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import get_args

import pytest

from bot.permalinks import read_permalink, write_permalink
from data.countries import Atlas
from data.questions import Question
from data.understanding import EXAMPLES, Doubtful, NotUnderstood, Understood
from data.understanding.results import MOST_READINGS
from tests.data.understanding.reading import read, rows
from tests.nonsense import LONGEST_TEXT, PIECES, check_sentence, nonsense

WORDS = sorted({word for row in rows() for word in row.question.split()})


def generated(seed: str, count: int) -> Iterator[str]:
    """Nonsense, questions mixed with nonsense, words of questions in any order, and bombs."""
    chance = random.Random(seed)
    mess = nonsense(seed, count)
    for _ in range(count):
        kind = chance.randrange(4)
        if kind == 0:
            yield next(mess)
        elif kind == 1:
            yield f"{chance.choice(rows()).question}{chance.choice(PIECES)}{chance.choice(WORDS)}"
        elif kind == 2:
            yield " ".join(chance.choices([*WORDS, *PIECES], k=chance.randint(1, 25)))
        else:
            word = chance.choice([*WORDS, *PIECES, " ", "a", "-", "(", "of of ", "share of a "])
            yield (word * chance.randint(2, LONGEST_TEXT))[: chance.choice((200, 999, 1000, LONGEST_TEXT))]


def hold(text: str, atlas: Atlas) -> str:
    """Fail unless the outcome can be shown to anybody, and every question in it survives in a button."""
    outcome = read(text, atlas)
    questions: list[Question] = []
    if isinstance(outcome, NotUnderstood):
        check_sentence(outcome.why)
    elif isinstance(outcome, Doubtful):
        check_sentence(outcome.asked)
        assert 2 <= len(outcome.readings) <= MOST_READINGS
        assert len({reading.label for reading in outcome.readings}) == len(outcome.readings)
        assert all(len(reading.label) > 0 for reading in outcome.readings)
        questions += [reading.question for reading in outcome.readings]
    else:
        questions.append(outcome.question)
    for question in questions:
        assert isinstance(question, get_args(Question))
        link = write_permalink(question)
        assert len(link) <= 80
        assert read_permalink(link, atlas) == question
    return type(outcome).__name__


def test_whatever_is_asked_the_outcome_is_a_question_several_or_one_sentence(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask", 2_000)} == {
        "Understood",
        "Doubtful",
        "NotUnderstood",
    }


@pytest.mark.proof
def test_twenty_thousand_sentences_do_no_harm(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask more", 20_000)} == {
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
    assert "/asylum check" in outcome.why
