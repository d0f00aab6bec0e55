"""Every answer is short: how long it is, what is bold, which caveat goes with it, and how wide its table is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from bot.chat.composition import compose
from bot.replies.mind import WEIGHTS
from bot.replies.reply import MAX_LINES, WIDTH, Reply, count_rows
from bot.services import Services
from data import caveats as c
from data.countries import Atlas
from data.errors import Unanswerable
from data.model import Measure, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from tests.questions import sample_questions

in_one_loop = pytest.mark.asyncio(loop_scope="session")

MAX_SHORT = 600
MAX_HEIGHT = 14
MID = date(2025, 11, 10)
DEFINITIONS = {
    c.StockNotFlow, c.WhoIsCounted, c.RateMeaning, c.StagesTogether, c.LevelsTogether, c.UnitsApart, c.SmallCounts,
    c.SmallBase, c.PerInhabitant, c.GroupMeant, c.BoundariesNoOpinion, c.CompletedNotCorrected, c.TooFewDecisions,
}  # fmt: skip


def check_short(reply: Reply) -> None:
    """Fail unless a reply is read in three seconds."""
    below = (reply.embed().description or "").partition("](")[0].replace("[", "")
    answer, *lines = reply.content.splitlines()
    minded = [line for line in (*lines, *below.splitlines()) if line.startswith("Mind: ")]

    assert len(reply.content) + len(below) <= MAX_SHORT, reply.content
    assert sum(map(count_rows, {answer, *lines, *minded})) <= MAX_HEIGHT, reply.content
    assert answer.count("**") == 2, answer
    assert not any("**" in line for line in lines), reply.content
    assert len(lines) - sum(line in lines for line in minded) <= MAX_LINES
    assert len(minded) == (reply.mind is not None)
    assert type(reply.mind) not in DEFINITIONS
    assert below.endswith("Source: UNHCR's refugee statistics")
    assert max(map(len, reply.grid.narrow().splitlines())) <= WIDTH, reply.grid.narrow()


def test_no_definition_is_weighed() -> None:
    assert not DEFINITIONS & set(WEIGHTS)


@in_one_loop
@pytest.mark.parametrize("seed", ["short", "shorter"])
async def test_whatever_is_asked_is_answered_in_few_words(services: Services, seed: str) -> None:
    answered = 0
    for question in sample_questions(services.countries, seed):
        try:
            reply = await compose(services, question)
        except Unanswerable:
            continue
        check_short(reply)
        answered += 1
        if answered == 150:
            break
    assert answered == 150


def list_golden(atlas: Atlas) -> Iterator[Question]:
    """The questions whose figures are known by heart, in every kind."""
    china, usa, germany, sudan = (atlas.find(name) for name in ("China", "USA", "Germany", "Sudan"))
    for place in (
        Place(china),
        Place(china, usa),
        Place(None, germany),
        Place(sudan),
        Place(None, usa),
        Place(),
    ):
        yield from (AskFigures(place, year) for year in (2024, 2025))
        yield AskFigures(place, as_of=MID)
        yield AskDecisions(place)
        yield AskChanges(place)
        for measure in (Measure.PENDING, Measure.APPLICATIONS, Measure.PROTECTION_RATE):
            yield AskTrend(measure, (place,))
            yield AskTrend(measure, (place, Place(atlas.find("Venezuela"))), first=2015)
            yield AskPeriod(measure, place, (2013, 2025))
            yield AskHistory(measure, place, 2025)
    for measure in (Measure.PENDING, Measure.APPLICATIONS, Measure.REFUGEES):
        for role in Role:
            yield AskTop(measure, role, Place(), 2024)
            yield AskMap(measure, role, Place(), 2025)


@in_one_loop
async def test_the_golden_questions_are_answered_in_few_words(services: Services) -> None:
    answered = 0
    for question in list_golden(services.countries):
        try:
            reply = await compose(services, question)
        except Unanswerable:
            continue
        check_short(reply)
        answered += 1
    assert answered > 90


@in_one_loop
async def test_the_first_three_lines_say_that_the_fall_is_partly_none_and_why(services: Services) -> None:
    reply = await compose(services, AskFigures(Place(services.countries.find("China"))))
    figure, before, why = reply.content.splitlines()[:3]

    assert figure == "**99,716** people from China were waiting for a decision worldwide on 31 December 2025."
    assert before == "On 31 December 2024 it was 180,960 (with the USA's figure of 30 June)."
    assert why == (
        "Mind: Part of any fall is not real: the USA gives no origin for 1,437,190 pending claims of 2025."
    )
