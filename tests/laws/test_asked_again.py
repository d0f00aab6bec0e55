"""A question written as a command asks the same again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

import pytest

from bot.chat.composition import compose
from bot.preview.command_parser import parse
from bot.sentences import say
from data.countries import Atlas
from data.errors import Unanswerable
from data.model import Measure, Place, RevisionKind
from data.questions.changes import AskChanges
from data.questions.codec import write_command
from data.questions.history import AskHistory
from data.questions.registry import Question
from tests.asking import Asker
from tests.questions import sample_questions

in_one_loop = pytest.mark.asyncio(loop_scope="session")


def questions(atlas: Atlas) -> Iterator[Question]:
    china, usa = atlas.find("China"), atlas.find("USA")
    yield from islice(sample_questions(atlas, "queries"), 180)
    yield AskHistory(Measure.PENDING, Place(china, usa), 2024, as_of=date(2026, 6, 25))
    yield AskChanges(
        Place(None, atlas.find("Canada")),
        Measure.DECISIONS,
        RevisionKind.CORRECTED,
        100,
        as_of=date(2026, 6, 25),
    )
    yield AskChanges(Place(china))


@in_one_loop
async def test_the_command_in_a_file_gives_the_answer_that_the_file_is_of(asker: Asker) -> None:
    (group,) = [command for command in asker.double.commands[None] if command["name"] == "asylum"]
    services, asked = asker.bot.services, 0
    for question in questions(services.countries):
        if not (line := write_command(question)):
            continue
        call = parse(line, [group])
        try:
            expected = (await compose(services, question)).content
        except Unanswerable as refusal:
            expected = say(refusal)
        message = await asker.message(call.words.removeprefix("asylum "), dict(call.options))
        assert message["content"] == expected, line
        asked += bool(message["attachments"])
    assert asked > 40
