"""The questions of questions.csv: how many are understood, and that no figure is given for another question."""

from __future__ import annotations

import pytest

from data.countries import Atlas
from tests.data.reading.ask.reading import ASKS_BACK, REFUSES, Row, read, rows, say

MIN_QUESTIONS = 200
MIN_RIGHT = 0.97


def right(row: Row, atlas: Atlas) -> bool:
    return say(read(row.question, atlas)) == row.expected


@pytest.mark.parametrize("held_out", [False, True], ids=["worked with", "held out"])
def test_at_least_97_percent_are_understood_or_asked_back_rightly(
    atlas: Atlas, held_out: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = [row for row in rows() if row.held_out is held_out]
    missed = [row.question for row in chosen if not right(row, atlas)]

    accuracy = 1 - len(missed) / len(chosen)
    with capsys.disabled():
        print(f"\n{len(chosen)} questions, held out: {held_out}; right: {accuracy:.1%}")
    assert accuracy >= MIN_RIGHT, missed


def test_no_question_gets_another_question_s_figures(atlas: Atlas) -> None:
    answered = {row.question: (say(read(row.question, atlas)), row.expected) for row in rows()}

    wrong = {
        question: (said, expected)
        for question, (said, expected) in answered.items()
        if said != expected and not said.startswith((ASKS_BACK, REFUSES))
    }
    assert wrong == {}


def test_there_are_enough_questions_of_every_kind_and_none_twice() -> None:
    expected = [row.expected.split(":")[0].removesuffix(" measure").split()[:2] for row in rows()]
    kinds = {" ".join(words) for words in expected}

    assert len({row.question.casefold() for row in rows()}) == len(rows()) >= MIN_QUESTIONS
    assert sum(row.held_out for row in rows()) >= len(rows()) // 3
    assert {ASKS_BACK, REFUSES} < kinds
    assert {
        f"/asylum {name}" for name in ("figures", "trend", "top", "decisions", "history", "changes")
    } < kinds


def test_the_cases_of_the_letters_and_marks_around_a_question_change_nothing(atlas: Atlas) -> None:
    for row in rows()[::5]:
        if row.expected.startswith("/asylum") and row.question.isascii():
            for changed in (
                f"> {row.question}",
                f"**{row.question}**",
                f"  {row.question} \n",
                f"<@1> {row.question}",
            ):
                assert say(read(changed, atlas)) == row.expected, changed
