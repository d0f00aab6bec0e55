"""What holds of any sentence at all."""

from __future__ import annotations

import re
from typing import get_args

import pytest

from bot.replies.refused import say_doubt, say_refusal, say_remark
from data.countries import Atlas
from data.questions.codec import read_permalink, write_permalink
from data.questions.registry import Question
from data.reading.ask import EXAMPLES, Doubtful, Explained, Refused, Understood
from data.reading.ask.sentence import MAX_READINGS
from tests.data.reading.ask.generating import generated
from tests.data.reading.ask.reading import read, rows
from tests.nonsense import check_harmless

MAX_LINK = 80


def check_said(text: str) -> None:
    """Fail where a sentence of ours harms; what was typed is quoted in it, and may be any word."""
    check_harmless(re.sub(r"'[^']{0,60}'", "", text))
    assert not re.search(r"@(?:everyone|here)|<@", text)


def hold(text: str, atlas: Atlas) -> str:
    """Fail unless the outcome can be shown to anybody, and every question in it survives in a button."""
    outcome = read(text, atlas)
    questions: list[Question] = []
    if isinstance(outcome, Refused):
        check_said(say_refusal(outcome))
        questions += outcome.offers
    elif isinstance(outcome, Doubtful):
        check_said(say_doubt(outcome))
        assert 2 <= len(set(outcome.readings)) == len(outcome.readings) <= MAX_READINGS
        questions += outcome.readings
    elif isinstance(outcome, Explained):
        assert outcome.entries
    else:
        for code, said in outcome.remarks:
            check_said(say_remark(code, said))
        questions += [*(answer.question for answer in outcome.answers), *outcome.others]
        assert questions
    for question in questions:
        assert isinstance(question, get_args(Question))
        link = write_permalink(question)
        if len(link) > MAX_LINK:  # told, and no button
            continue
        assert read_permalink(link, atlas) == question
    return type(outcome).__name__


def test_whatever_is_asked_the_outcome_is_a_question_several_or_one_sentence(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask", 400)} >= {
        "Understood",
        "Doubtful",
        "Refused",
    }


@pytest.mark.proof
def test_twenty_thousand_sentences_do_no_harm(atlas: Atlas) -> None:
    assert {hold(text, atlas) for text in generated("ask more", 20_000)} >= {
        "Understood",
        "Doubtful",
        "Refused",
    }


def test_no_button_asks_for_a_territory_that_is_not_listed(atlas: Atlas) -> None:
    assert hold("Wie viele Flüchtlinge leben in Taiwan?", atlas) == "Refused"


def test_the_examples_that_are_offered_are_understood(atlas: Atlas) -> None:
    assert all(isinstance(read(example, atlas), (Understood, Doubtful)) for example in EXAMPLES)


def test_a_word_that_nothing_accounts_for_is_never_passed_over(atlas: Atlas) -> None:
    for row in rows():
        if row.expected.startswith("/asylum"):
            question, mark, aside = row.question.rstrip("?.! ").partition("? ")
            outcome = read(f"{question} in Narnia{mark}{aside}", atlas)
            assert isinstance(outcome, Refused), row.question


def test_a_text_too_long_for_a_question_is_sent_to_check(atlas: Atlas) -> None:
    outcome = read("How many Chinese applied in Canada? " * 40, atlas)

    assert isinstance(outcome, Refused)
    assert outcome.reason == "long"


@pytest.mark.parametrize(
    "names",
    [["Korea"] * 60, ["Korea", "Congo", "Guinea", "Sudan", "Georgia", "Ireland", "Virgin Islands"] * 9],
)
def test_names_that_can_mean_several_countries_are_not_tried_in_every_way(
    atlas: Atlas, names: list[str]
) -> None:
    for words in (" ".join(names), ", ".join(names), " and ".join(names)):
        hold(f"{words} refugees?", atlas)
