"""The Details button: only where UNHCR has a note, for whoever presses, as of its release, after a restart."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.chat.composition import compose
from bot.preview.double import Payload
from bot.replies.details import TITLE
from bot.replies.reply import WIDTH
from bot.words import SOURCE
from data.model import Place
from data.notes import Note
from data.questions.figures import AskFigures
from data.releases.opening import open_database
from data.store import notes as note_lists
from data.store.releases import read_releases
from tests.asking import Asker, asking, make_bot, open_services
from tests.double import double as new_double
from tests.double import started
from tests.releases import run_apart

in_one_loop = pytest.mark.asyncio(loop_scope="session")

BEFORE = (Note(None, "USA", (2025,), ("ASY",), "Nobody knows yet."),)
NOTES = (
    Note(None, None, (2020,), ("ASY",), "A hard year to count in."),
    Note(None, "USA", (2024,), ("ASY",), "The clerks *counted* twice."),
    Note("CHI", None, (2025,), ("ASY", "REF"), "Counted by hand."),
    Note(None, "GFR", (2024,), ("REF",), "Only tents were counted."),
)


@pytest.fixture(scope="module")
def noted_path(releases_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database, whose two newest releases have notes."""
    path = Path(shutil.copy(releases_path, tmp_path_factory.mktemp("noted") / "noted.sqlite3"))

    async def note() -> None:
        async with open_database(path) as database, database.writing() as connection:
            older, newest = (await read_releases(connection))[-2:]
            await note_lists.keep(connection, older.id, BEFORE)
            await note_lists.keep(connection, newest.id, NOTES)

    run_apart(note())
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def noted(noted_path: Path) -> AsyncIterator[Asker]:
    async with open_services(noted_path) as services, asking(services) as somebody:
        yield somebody


def details_buttons(message: Payload) -> list[str]:
    ids = [part["custom_id"] for row in message["components"] for part in row["components"]]
    return [each for each in ids if each.startswith("details:")]


async def details(asker: Asker, message: Payload, **scene: Any) -> str:
    (button,) = details_buttons(message)
    pressed = await asker.double.click(message, button, **scene)
    assert pressed.ephemeral
    assert pressed.reply
    return str(pressed.reply["embeds"][-1]["description"])


@in_one_loop
@pytest.mark.parametrize("reader", [True, False])
async def test_anybody_reads_the_notes_alone(noted: Asker, reader: bool) -> None:
    message = await noted.message("figures", {"asylum": "USA", "year": 2024})
    before = noted.public()
    user = noted.double.reader if reader else noted.double.moderator
    assert await details(noted, message, user=user) == "**In the USA, 2024**\n> The clerks ∗counted∗ twice."
    assert noted.public() == before


@in_one_loop
async def test_without_a_note_on_the_answer_none_is_quoted(noted: Asker) -> None:
    germany = await noted.message("figures", {"asylum": "Germany", "origin": "Iraq", "year": 2024})
    pressed = await noted.double.click(germany, *details_buttons(germany))
    assert pressed.reply
    assert all(embed.get("title") != TITLE for embed in pressed.reply["embeds"])
    footer = pressed.reply["embeds"][-1]["footer"]["text"]
    assert footer.startswith(SOURCE)
    assert footer.endswith(" · notes as of 25 June 2026")


@in_one_loop
async def test_the_table_all_that_is_said_and_what_was_asked_come_before_the_notes(noted: Asker) -> None:
    message = await noted.message("figures", {"origin": "China", "year": 2025})
    pressed = await noted.double.click(message, *details_buttons(message))
    assert pressed.reply
    table, account, notes = (str(embed["description"]) for embed in pressed.reply["embeds"])
    question = AskFigures(Place(noted.bot.services.countries.find("China")), 2025)
    reply = await compose(noted.bot.services, question)

    assert table == f"```\n{reply.grid.narrow()}\n```"
    assert max(map(len, table.splitlines())) <= WIDTH
    assert account.startswith(reply.account)
    for caveat in reply.caveats:
        assert f"\n• {caveat}\n" in account
    assert account.endswith("· `/asylum figures origin:China year:2025 as_of:2026-06-25`")
    assert "Counted by hand." in notes


@in_one_loop
async def test_the_table_button_of_older_answers_opens_the_same(noted: Asker) -> None:
    message = await noted.message("figures", {"origin": "China", "year": 2025})
    (button,) = details_buttons(message)
    older = button.replace("details:", "table:")
    told = message["components"][0]["components"]
    told[0] = {**told[0], "custom_id": older}
    pressed = await noted.double.click(message, older)
    assert pressed.reply
    assert "Counted by hand." in pressed.reply["embeds"][-1]["description"]


@in_one_loop
async def test_notes_on_the_countries_that_an_answer_lists_come_after_its_own(noted: Asker) -> None:
    message = await noted.message("figures", {"origin": "China", "year": 2025})
    assert await details(noted, message) == (
        "**From China, 2025**\n> Counted by hand.\n\n**In the USA, 2024**\n> The clerks ∗counted∗ twice."
    )


@in_one_loop
async def test_an_answer_as_of_a_day_has_the_notes_of_that_day(noted: Asker) -> None:
    releases = await noted.bot.services.answers.releases()
    for release, said in ((releases[-2], "Nobody knows yet."), (releases[-1], "Counted by hand.")):
        message = await noted.message(
            "figures", {"origin": "China", "year": 2025, "as_of": release.day.isoformat()}
        )
        assert said in await details(noted, message)


@in_one_loop
@pytest.mark.parametrize(
    ("words", "options"),
    [
        ("figures", {"asylum": "USA", "year": 2024}),
        ("trend", {"measure": "applications", "asylum": "USA", "from": 2019}),
        ("top", {"measure": "pending", "year": 2024}),
        ("map", {"measure": "pending", "year": 2024}),
        ("period", {"measure": "pending", "asylum": "USA", "from": 2022, "to": 2024}),
        ("decisions", {"asylum": "USA"}),
        ("history", {"measure": "pending", "asylum": "USA", "year": 2024}),
        ("ask", {"question": "How many people applied for asylum in the USA in 2024?"}),
    ],
)
async def test_every_kind_of_answer_has_them(noted: Asker, words: str, options: dict[str, Any]) -> None:
    message = await noted.message(words, options)
    assert "The clerks ∗counted∗ twice." in await details(noted, message)


async def test_details_work_after_the_bot_was_started_anew(noted_path: Path) -> None:
    async with new_double(limits={}) as double, open_services(noted_path) as services:
        async with started(make_bot(services), double) as bot:
            message = await Asker(double, bot).message("figures", {"asylum": "USA", "year": 2024})
        double.advance(3600)
        async with started(make_bot(services), double) as bot:
            assert "clerks" in await details(Asker(double, bot), message)
        assert not double.violations


async def test_a_database_without_notes_answers_as_ever(releases_path: Path) -> None:
    async with open_services(releases_path) as services, asking(services) as asker:
        message = await asker.message("figures", {"asylum": "USA", "year": 2024})
        assert (await details(asker, message)).startswith("**3,184,162** people had an asylum claim")


async def test_about_says_how_many_there_are(noted_path: Path) -> None:
    async with open_services(noted_path) as services:
        kept = await services.answers.holdings()
    assert (kept.notes, kept.notes_day) == (len(NOTES), kept.releases[-1].day)
