"""A name that UNHCR, or whoever stands in for it, gives a country is shown, and does nothing else."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio

from bot.preview.double import Payload
from bot.replies.reply import PAGE
from data.model import Dataset, Row
from data.releases.publication import publish
from data.state.sql import Transaction
from data.store.database import Database
from tests.asking import Asker, asking, buttons, open_services
from tests.data.made_up import large_release
from tests.nonsense import _INVISIBLE, _MENTIONS
from tests.releases import build_empty, decline_shipped, run_apart

in_one_loop = pytest.mark.asyncio(loop_scope="session")

NAMES = {
    "XQA": "**bold** [click](https://evil.example) \u202e<@1>\nline @everyone ||spoiler|| `code` discord.gg/x",
    "XQB": "Longland" * 625,
    "XQC": "=HYPERLINK(A1)",
    "XQD": "\u0301\u0300" * 300 + "\x1b[31m\u200b\ufeff",
    "XQE": "\u202e\u2066\u200b\n",
}
ODD_ISO = "<@2>"
BASE = large_release(300, 1000)


@dataclass(frozen=True)
class Named:
    """A release whose countries have such names, and one row each."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterable[Row]:
        rows = list(BASE.rows(dataset, last_year))
        yield from rows
        for first in rows[:1]:  # of no dataset that this release lacks
            yield from ((code, *first[1:]) for code in NAMES)

    def places(self) -> Iterable[tuple[str, str | None, str]]:
        yield from ((code, ODD_ISO, name) for code, name in NAMES.items())
        yield "X <Q", "XXQ", "No figure has a code like this"


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    async def build() -> None:
        async with Database(path) as database, database.writing() as connection:
            await publish(
                connection,
                Transaction(connection),
                BASE,
                datetime(2026, 6, 1, tzinfo=UTC),
                trusted=True,
            )
            await publish(
                connection,
                Transaction(connection),
                Named(),
                datetime(2026, 7, 1, tzinfo=UTC),
                trusted=True,
            )

    path = tmp_path_factory.mktemp("named") / "asylum.sqlite3"
    build_empty(path)
    decline_shipped(path)
    run_apart(build())
    return path


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def named(path: Path) -> AsyncIterator[Asker]:
    async with open_services(path) as services, asking(services) as somebody:
        yield somebody


def words(message: Payload) -> Iterable[str]:
    """Yield every text of a message that somebody reads, apart from the links that are ours."""
    yield message["content"]
    for embed in message["embeds"]:
        yield from (
            embed.get("title", ""),
            embed.get("description", "").replace(f"[Source: UNHCR's refugee statistics]({PAGE})", ""),
            embed.get("footer", {}).get("text", ""),
        )
    for attachment in message["attachments"]:
        yield attachment.get("description") or ""


def check_tame(text: str) -> None:
    assert _INVISIBLE.search(text.replace("\n", "")) is None, ascii(text)
    assert _MENTIONS.search(text) is None, text
    assert max(map(len, text.split())) <= 120 if text.strip() else True, text


@in_one_loop
@pytest.mark.parametrize("code", NAMES)
async def test_a_name_does_nothing_in_any_reply_chart_or_file(named: Asker, code: str) -> None:
    for command, options in (
        ("figures", {"origin": code}),
        ("trend", {"measure": "pending", "origin": code}),
        ("decisions", {"origin": code}),
        ("history", {"measure": "pending", "origin": code}),
        ("export", {"format": "csv", "origin": code}),
        ("export", {"format": "json", "origin": code}),
    ):
        message = await named.message(command, options)
        for text in words(message):
            check_tame(text)
        assert message["attachments"], command
        for attachment in message["attachments"]:
            if attachment["filename"].endswith((".csv", ".json")):
                content = named.file(attachment).decode("utf-8-sig")
                assert _MENTIONS.search(content.replace("https://", "")) is None
                assert not any(
                    cell.startswith(("=", "@")) for line in content.split("\n") for cell in line.split(",")
                )
        if "Details" in buttons(message):
            pressed = await named.double.click(message, buttons(message)["Details"])
            assert pressed.reply
            for text in words(pressed.reply):
                check_tame(text)


@in_one_loop
async def test_a_name_does_nothing_where_it_is_one_of_many(named: Asker) -> None:
    for command, options in (
        ("top", {"measure": "pending", "rank": "origin", "asylum": "USA", "year": 2025}),
        ("figures", {"asylum": "USA"}),
        ("changes", {}),
        ("map", {"measure": "pending", "by": "origin"}),
    ):
        it = await named.ask(command, options)
        if it.reply is not None:
            for text in words(it.reply):
                check_tame(text)


@in_one_loop
async def test_a_name_is_suggested_in_one_short_line(named: Asker) -> None:
    for typed in ("bold", "Longl", "HYPER", "XQ"):
        choices = await named.double.autocomplete("asylum figures", "origin", typed)
        assert all(0 < len(choice["name"]) <= 100 for choice in choices)
        for choice in choices:
            check_tame(choice["name"])
            assert ODD_ISO not in json.dumps(choice)
    shown = await named.double.autocomplete("asylum figures", "origin", "Longl")
    assert [choice["name"].startswith("LonglandLongland") for choice in shown] == [True]


@in_one_loop
async def test_what_could_not_be_asked_for_is_not_learned(named: Asker, path: Path) -> None:
    countries = named.bot.services.countries
    assert countries.by_code("X <Q") is None
    assert countries.by_code("XQE") is not None
    assert countries.by_code("XQE").name == "XQE"  # nothing of its name was left
    assert countries.by_code("XQA").iso3 is None
    async with Database(path) as database, database.reading() as connection:
        rows = await connection.execute_fetchall("SELECT count(*) FROM population WHERE origin = 'XQA'")
    assert [tuple(row) for row in rows] == [(1,)]
