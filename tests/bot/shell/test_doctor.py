"""What the doctor sees, offline and on a double of Discord; it touches nothing."""

from __future__ import annotations

import asyncio
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.endpoints import Endpoints
from bot.exits import Exit
from bot.preview.double import Fault
from bot.shell.doctor import Diagnosis, examine
from data.releases.lock import hold_bot
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from tests.data.sentences import says_what_to_do
from tests.double import double as new_double

NOWHERE = Endpoints("http://127.0.0.1:9/api/v10", "ws://127.0.0.1:9/")
TOKEN = "double.token"


@pytest.fixture
def path(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


def read(said: str) -> dict[str, tuple[str, str]]:
    """The verdict on each check, and the rest of its line."""
    lines = re.findall(r"^(ok|note|wrong) +(last sync|\S+) +(.+)$", said, re.MULTILINE)
    return {name: (verdict, text) for verdict, name, text in lines}


def read_folder(path: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in path.parent.iterdir()}


def spoil(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for statement in statements:
            connection.execute(statement)


async def test_a_sound_database_is_seen_to_be_one_and_is_not_touched(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = read_folder(path)

    assert await examine([Diagnosis("LOG_LEVEL", "INFO (default)")], path) == Exit.STOPPED

    seen = read(capsys.readouterr().out)
    assert seen["LOG_LEVEL"] == ("ok", "INFO (default)")
    assert seen["database"] == ("ok", f"{path}; no bot is running on it")
    assert seen["schema"][0] == "ok"
    assert seen["integrity"] == ("ok", "every figure is as it was published")
    assert seen["releases"] == ("ok", "11, the newest Global Trends 2025, corrected (2026-06-25)")
    assert seen["last sync"] == ("note", "never → a live bot asks daily; “python -m bot sync” asks now")
    assert seen["alerts"] == ("ok", "0 sent, 0 waiting, 0 paused")
    assert seen["token"][0] == "note"
    assert read_folder(path) == before


def test_what_is_not_there_yet_is_no_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert asyncio.run(examine([], tmp_path / "new.sqlite3")) == Exit.STOPPED
    assert read(capsys.readouterr().out)["database"][0] == "note"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("statement", "name", "verdict", "text", "code"),
    [
        ("UPDATE rollup SET pending = 4 WHERE release = (SELECT max(id) FROM release)", "integrity", "wrong", "rollups", 2),
        ("PRAGMA application_id = 1", "database", "wrong", "belongs to another program", 78),
        ("PRAGMA user_version = 99", "database", "wrong", "by a newer version of this program", 78),
        ("ALTER TABLE release DROP COLUMN label", "database", "wrong", "an unfinished version of this program", 78),
        ("UPDATE release SET state = 'quarantined' WHERE id = (SELECT max(id) FROM release)", "quarantine", "note", "bot publish 2026-06-25", 0),
        ("INSERT INTO memory VALUES ('unhcr checked at', '2026-06-26T04:00:00+00:00')", "last sync", "note", "2026-06-26 04:00 UTC", 0),
    ],
)  # fmt: skip
async def test_what_is_odd_is_named_with_what_to_do(
    path: Path,
    capsys: pytest.CaptureFixture[str],
    statement: str,
    name: str,
    verdict: str,
    text: str,
    code: int,
) -> None:
    spoil(path, statement)

    assert await examine([], path) == code
    seen = read(capsys.readouterr().out)[name]
    assert seen[0] == verdict
    assert text in seen[1]
    assert "→" in seen[1] or says_what_to_do(seen[1])


async def test_an_older_file_waits_for_the_next_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = tmp_path / "old.sqlite3"
    async with Database(old) as database:
        await migrate(database, list_migrations()[:4])

    assert await examine([], old) == Exit.STOPPED
    schema = read(capsys.readouterr().out)["schema"]
    assert schema == ("note", "older than this program's → the next start brings it up to date")


async def test_a_bot_that_runs_on_it_is_seen(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with hold_bot(path):
        await examine([], path)

    assert "a bot is running on it" in read(capsys.readouterr().out)["database"][1]


async def test_the_account_is_looked_at_where_discord_can_be_reached(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with new_double() as double:
        assert await examine([], path, double.token, double.endpoints) == Exit.STOPPED
        assert double.world.commands == {}

    said = capsys.readouterr().out
    seen = read(said)
    assert seen["token"][0] == "ok"
    assert seen["clock"] == ("ok", "that of Discord")
    assert seen["starts"] == ("ok", "1000 of 1000 left today")
    assert seen["commands"] == ("note", "registered: none → the first start registers them")
    assert double.token not in said


@pytest.mark.parametrize(
    ("off", "said"), [(timedelta(minutes=2), "ahead of Discord's"), (-timedelta(hours=1), "behind Discord's")]
)
async def test_a_clock_that_is_wrong_is_told_with_what_keeps_it_right(
    path: Path, capsys: pytest.CaptureFixture[str], off: timedelta, said: str
) -> None:
    async with new_double() as double:
        await examine([], path, double.token, double.endpoints, lambda: datetime.now(UTC) + off)

    verdict, text = read(capsys.readouterr().out)["clock"]
    assert verdict == "note"
    assert said in text
    assert "chrony" in text


async def test_without_a_network_the_rest_is_looked_at(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await examine([], path, TOKEN, NOWHERE) == Exit.AWAY

    seen = read(capsys.readouterr().out)
    assert seen["integrity"][0] == "ok"
    assert seen["Discord"][0] == "wrong"
    assert "cannot be reached" in seen["Discord"][1]


async def test_the_worst_decides_the_exit_code(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    async with new_double() as double:
        double.faults.append(Fault("GET", "/users/@me", 401))
        wrong = Diagnosis("LOG_LEVEL", "LOG_LEVEL is “LOUD”", exit=Exit.CONFIGURED_WRONG)
        assert await examine([], path, double.token, double.endpoints) == Exit.CONFIGURED_WRONG
    assert await examine([wrong], path, TOKEN, NOWHERE) == Exit.CONFIGURED_WRONG
    assert "2 wrong, " in capsys.readouterr().out
