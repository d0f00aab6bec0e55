"""The command that is shown beside an answer asks the same question."""

from __future__ import annotations

from itertools import islice

import pytest

from bot.replies.understood import say_question, say_understood
from data.countries import Atlas
from data.model import Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.codec import write_command
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.nonsense import check_harmless
from tests.questions import sample_questions


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.load()


def test_only_what_is_needed_is_written(atlas: Atlas) -> None:
    china, canada, germany = (atlas.find(name) for name in ("China", "Canada", "Germany"))
    pair = Place(china, canada)
    lines: dict[Question, str] = {
        AskFigures(Place()): "/asylum figures",
        AskFigures(pair, 2024): "/asylum figures origin:China asylum:Canada year:2024",
        AskTrend(Measure.PENDING, (pair, Place(china, germany)), 2013, None, "log"): (
            "/asylum trend measure:pending origin:China asylum:Canada versus:Germany from:2013 scale:log"
        ),
        AskTrend(Measure.PENDING, (pair, Place(germany, canada))): "",
        AskTop(Measure.REJECTED, Role.ORIGIN, Place(None, canada)): (
            "/asylum top measure:rejected rank:origins asylum:Canada"
        ),
        AskMap(Measure.PENDING, Role.ASYLUM, Place(china), 2024): (
            "/asylum map measure:pending by:countries of asylum year:2024 origin:China"
        ),
        AskHistory(
            Measure.PENDING, Place(china), 2025
        ): "/asylum history measure:pending origin:China year:2025",
        AskChanges(Place(None, canada), at_least=100): "/asylum changes asylum:Canada at_least:100",
        AskPeriod(Measure.PENDING, Place(china), (2003, 2012), (2013, None)): (
            "/asylum period measure:pending origin:China from:2003 to:2012 against_from:2013"
        ),
    }

    assert {question: write_command(question) for question in lines} == lines


def test_every_question_can_be_said_on_one_harmless_line(atlas: Atlas) -> None:
    for question in islice(sample_questions(atlas, "lines"), 2_000):
        said = say_question(question)
        assert 0 < len(said) < 300
        assert "\n" not in said
        check_harmless(say_understood(question))
