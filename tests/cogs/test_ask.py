"""/asylum ask, its menus and its buttons, as people use them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.preview import command_parser
from bot.preview.double import Interaction, Payload
from tests.asking import Asker, make_bot, open_services
from tests.double import double as new_double
from tests.double import started
from tests.nonsense import check_harmless

in_one_loop = pytest.mark.asyncio(loop_scope="session")

CANADA = "How many Chinese applied for asylum in Canada in 2024?"
BUTTON = 2
DOUBTFUL = "How many Syrians in Germany?"


def items(message: Payload) -> Iterator[Payload]:
    for row in message["components"]:
        yield from row["components"]


def item(message: Payload, words: str) -> Payload:
    """The button or menu whose label or placeholder has these words in it."""
    return next(i for i in items(message) if words in (i.get("label") or i.get("placeholder") or ""))


async def ask(asker: Asker, question: str, **options: Any) -> Payload:
    return await asker.message("ask", {"question": question, **options})


async def use(asker: Asker, message: Payload, words: str, *values: str, **scene: Any) -> Interaction:
    found = item(message, words)
    chosen = {"values": list(values)} if values else {}
    return await asker.double.click(message, found["custom_id"], **chosen, **scene)


async def change(asker: Asker, message: Payload) -> None:
    """Press the button that gives way to the menus."""
    await use(asker, current(asker, message), "Change")


def current(asker: Asker, message: Payload) -> Payload:
    return asker.double.messages[message["channel_id"]][message["id"]]


@in_one_loop
@pytest.mark.parametrize(
    "question",
    ["178,725 Chinese applied for asylum in 2025, true?", "Did 178,725 Chinese apply for asylum in 2025?"],
)
async def test_a_question_that_states_a_figure_is_checked(asker: Asker, question: str) -> None:
    message = await ask(asker, question)

    assert message["content"].startswith("**178,725 from China were waiting for a decision on 30 June 2025;")
    assert "Details" in {each.get("label") for each in items(message)}


@in_one_loop
@pytest.mark.parametrize(
    ("question", "told"),
    [
        (
            "Who hosts more refugees, Germany or France?",
            "Mind: Since 2025 the refugees in Germany leave out people counted before.",
        ),
        (
            "Did Spain get more applications than the US in 2024?",
            "Mind: They are not counted alike: the USA's 2024 figure is",
        ),
        ("Who got more asylum applications in 2023, Spain or Italy?", ""),
    ],
)
async def test_places_of_one_year_mind_that_year_alone(asker: Asker, question: str, told: str) -> None:
    message = await ask(asker, question)
    said = "\n".join([message["content"], *(each.get("description") or "" for each in message["embeds"])])

    assert told in said
    assert "so 2025 does not compare" not in said
    assert told or "Mind:" not in said


@in_one_loop
async def test_a_stated_figure_that_cannot_be_judged_is_refused(asker: Asker) -> None:
    it = await asker.ask("ask", {"question": "Is it right that 80% of Syrians get asylum in Germany?"})

    assert it.reply
    assert it.ephemeral
    assert it.reply["content"].startswith("'80%' is a figure to be checked")


@in_one_loop
async def test_an_answer_begins_with_the_answer_and_details_say_how_it_was_understood(asker: Asker) -> None:
    message = await ask(asker, CANADA)

    assert message["content"].startswith("New asylum applications from China in Canada: **")
    assert "Understood as" not in message["content"]
    assert (
        "Understood as: new asylum applications from China in Canada, 2024, as of 25 June 2026"
        " · `/asylum trend measure:applications origin:China asylum:Canada from:2024 to:2024"
    ) in await asker.details(message)
    assert len(message["attachments"]) == 1
    check_harmless(message["content"])


@in_one_loop
@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("Is China the main origin of asylum applications in Canada in 2024?", "**No**: "),
        ("Did more than 100 Chinese apply for asylum in Canada in 2024?", "**Yes**. New asylum applications"),
        ("How many more Chinese than Haitians applied in Canada in 2024?", "**"),
        ("How many people applied in Canada and Germany together in 2024?", "**"),
    ],
)
async def test_yes_or_no_and_sums_and_differences_come_first(
    asker: Asker, question: str, begins: str
) -> None:
    assert (await ask(asker, question))["content"].startswith(begins)
