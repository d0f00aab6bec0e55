"""A rehearsal: a copy in which the newest release is still to come, and the original that knows nothing of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.alerts import Alerts
from data.countries import Atlas
from data.model import Place
from data.releases.opening import open_database
from data.releases.rehearsal import LOCK, PREFIX, hold_back, open_copy, publish_held
from data.state.model import Destination, Draft, Filter
from data.state.sql import Transaction
from data.store.releases import change_release, read_releases

NOW = datetime(2026, 7, 1, tzinfo=UTC)
ATLAS = Atlas.load()
EVERYWHERE = Draft(Destination(5, 6), Filter())


@pytest.fixture
def original(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


def content(path: Path) -> bytes:
    return path.read_bytes()


LENDING = """
import asyncio, sys
from pathlib import Path
from data.releases.rehearsal import open_copy

async def lend():
    async with open_copy(Path(sys.argv[1])) as copy:
        print(copy, flush=True)
        await asyncio.sleep(60)

asyncio.run(lend())
"""


@contextmanager
def lending(path: Path, temporary: Path) -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """Another process that has a copy; at the end it is killed, as the system would."""
    environment = {**os.environ, "TMPDIR": str(temporary), "TEMP": str(temporary)}
    with subprocess.Popen(
        [sys.executable, "-c", LENDING, str(path)], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout
        copy = Path(process.stdout.readline().strip())
        try:
            yield process, copy
        finally:
            process.kill()


def make_old(folder: Path) -> None:
    os.utime(folder, (0, 0))


async def days(path: Path) -> list[str]:
    async with open_database(path) as database, database.reading() as connection:
        return [release.day.isoformat() for release in await read_releases(connection)]


async def test_the_newest_release_is_held_back_and_published_to_those_subscribed(original: Path) -> None:
    before = await days(original)
    async with open_copy(original) as copy, open_database(copy) as database:
        held = await hold_back(database)
        assert held is not None
        assert await days(copy) == before[:-1]
        await Alerts(database, ATLAS).subscribe(EVERYWHERE)

        assert await publish_held(database, held, NOW) == 1

        assert await days(copy) == before
        async with database.writing() as connection:
            owed = await Transaction(connection).claim("test", NOW, NOW, 10)
        assert [(each.release, each.channel) for each in owed] == [(held.id, 5)]
        news = await Alerts(database, ATLAS).news(held, [Filter(Place(None, ATLAS.find("Canada")))])
        assert news.headline is not None
        assert (news.headline.before, news.headline.after) == (199_610, 96_789)
    assert not copy.exists()
    assert not copy.parent.exists()


async def test_the_original_is_never_written_to(original: Path) -> None:
    before = content(original)
    async with open_copy(original) as copy, open_database(copy) as database:
        await Alerts(database, ATLAS).subscribe(EVERYWHERE)
        await hold_back(database)

    assert content(original) == before


async def test_nobody_whom_the_original_tells_is_known_to_the_copy(original: Path) -> None:
    async with open_database(original) as database:
        await Alerts(database, ATLAS).subscribe(EVERYWHERE)
    async with open_copy(original) as copy, open_database(copy) as database:
        held = await hold_back(database)
        assert held is not None
        assert await publish_held(database, held, NOW) == 0
    async with open_database(original) as database:
        assert len(await Alerts(database, ATLAS).subscriptions(server=6)) == 1


async def test_an_only_release_is_not_held_back(canada_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))
    async with open_database(path) as database:
        async with database.writing() as connection:
            for release in (await read_releases(connection))[1:]:
                await change_release(connection, release, state="rejected")
        assert await hold_back(database) is None
    assert len(await days(path)) == 1


async def test_the_copy_of_a_process_that_was_killed_is_removed_by_the_next_and_no_other(
    canada_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    foreign = tmp_path / f"{PREFIX}notes"
    foreign.mkdir()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / LOCK).touch()
    link = tmp_path / f"{PREFIX}link"
    link.symlink_to(elsewhere)
    with lending(canada_path, tmp_path) as (_, living):
        with lending(canada_path, tmp_path) as (_, left):
            assert left.exists()
        assert left.exists()
        for folder in (left.parent, living.parent, foreign, elsewhere):
            make_old(folder)
        async with open_copy(canada_path) as copy:
            assert copy.exists()
            assert not left.parent.exists()
            assert living.exists()
            assert foreign.exists()
            assert link.exists()


async def test_a_copy_that_is_just_being_made_is_left_alone(
    canada_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with lending(canada_path, tmp_path) as (_, left):
        pass
    async with open_copy(canada_path):
        assert left.exists()
    make_old(left.parent)
    async with open_copy(canada_path):
        assert not left.exists()
