"""`kill -9` at any moment, and many processes at once: the old state or the new one is there, and whole."""

from __future__ import annotations

import asyncio
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from data.errors import UnknownRelease
from data.releases.imports import import_release, publish_kept
from data.releases.shipping import make_rollups
from data.sources.shipped import ROLLUPS, Shipped
from data.store.database import Database
from data.store.observations import TABLES
from data.store.releases import read_releases
from tests.data.dying import ROWS, make_sync
from tests.data.made_up import MadeUp, day, large_release
from tests.data.sources.unhcr.small import row_of
from tests.data.store.states import dump, is_intact, read_ledger, read_rollups
from tests.data.test_order import kept_of
from tests.releases import build_releases, run_apart, thin_shipped
from tests.unhcr_double import UnhcrDouble
from tests.unhcr_tables import Tables, make_up

ROOT = Path(__file__).parents[2]
MOMENTS, PARTS = 200, 8
"""So many moments each deed is killed at with the proofs, spread over all its time, in as many tests."""
OFTEN = [
    range(MOMENTS // 6, MOMENTS, MOMENTS // 2),
    *(pytest.param(range(part, MOMENTS, PARTS), marks=pytest.mark.proof) for part in range(PARTS)),
]
LONG = 300
"""Seconds within which any of these processes has ended, on the busiest machine: without an end, a test would hang."""

pytestmark = pytest.mark.skipif(
    not Path("/proc/self/stat").exists(), reason="/proc says how much a process worked"
)


def start(path: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.data.dying", str(path), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    said, complained = process.communicate(timeout=LONG)
    assert (process.returncode, complained) == (0, "")
    assert said.splitlines()[-1] == "done"


def read_work(process: subprocess.Popen[str]) -> float:
    """Return how many seconds of a processor it has used: on a busy machine as many as on an idle one."""
    cells = Path(f"/proc/{process.pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(cells[11]) + int(cells[12])) / os.sysconf("SC_CLK_TCK")


def kill_after(process: subprocess.Popen[str], work: float) -> bool:
    """Kill it when it has worked so much since it said "ready"; say whether it was at work still."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    end = read_work(process) + work
    while process.poll() is None and read_work(process) < end:
        time.sleep(0.002)
    process.kill()
    said, complained = process.communicate(timeout=LONG)
    assert complained == ""
    return "done" not in said


def measure(process: subprocess.Popen[str]) -> float:
    """Return how much it works, in seconds of a processor."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    began = read_work(process)
    assert process.stdout.readline() == "done\n"
    worked = read_work(process) - began
    process.communicate(timeout=LONG)
    assert process.returncode == 0
    return worked


often = pytest.mark.parametrize("moments", OFTEN, ids=lambda some: f"{len(some)} from {some.start}")


@pytest.fixture(scope="module")
def thin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the program ships of one country of asylum, and a database built of it. Only to read."""
    folder = tmp_path_factory.mktemp("thin")
    thin_shipped(folder / "shipped", ["SWI"], since=2015)
    build_releases(folder / "built.sqlite3", Shipped(folder / "shipped"))

    async def prepare() -> None:
        async with Database(folder / "built.sqlite3") as database:
            (folder / "shipped" / ROLLUPS).write_bytes(await make_rollups(database, folder / "rollups"))

    run_apart(prepare())
    return folder


@often
def test_killed_during_the_first_start(tmp_path: Path, thin: Path, moments: range) -> None:
    deed = ("start", str(thin / "shipped"))
    took = measure(start(tmp_path / "measured.sqlite3", *deed))
    chance = random.Random(1951 + moments.start)
    interrupted = 0
    for number in moments:
        path = tmp_path / str(number) / "asylum.sqlite3"
        path.parent.mkdir()
        interrupted += kill_after(start(path, *deed), took * (number + chance.random()) / MOMENTS)
        # Built beside its place and moved there as soon as the newest release answers.
        assert not path.exists() or is_intact(path)
        build_releases(path, Shipped(thin / "shipped"))
        assert is_intact(path)
        assert dump(path) == dump(thin / "built.sqlite3")
    assert interrupted


@dataclass(frozen=True)
class Trial:
    """A deed on a copy of a database, which says `old` before it and `new` as well afterwards.

    `complete` does what is left to do after a crash; `done` says whether the deed was.
    """

    database: Path
    deed: tuple[str, str]
    old: MadeUp
    new: MadeUp
    complete: Callable[[Database, bool], Awaitable[object]]

    async def kill(self, moments: range) -> None:
        """Kill the deed at these of all moments of its time; what is there then must be whole."""
        took = await asyncio.to_thread(measure, self._start(self._copy("measured")))
        chance = random.Random(moments.start)
        interrupted = 0
        for number in moments:
            path = self._copy(str(number))
            seconds = took * (number + chance.random()) / MOMENTS
            interrupted += await asyncio.to_thread(kill_after, self._start(path), seconds)
            assert is_intact(path)
            async with Database(path) as database:
                kept = await check(database, [self.old, self.new])
                assert kept in ([day(1)], [day(1), day(2)])
                await self.complete(database, len(kept) == 2)
                assert await check(database, [self.old, self.new]) == [day(1), day(2)]
            assert is_intact(path)
            path.unlink()
        print(f"{self.deed[0]}: killed {len(moments)} times, {interrupted} of them at work")
        assert interrupted > len(moments) // 3

    def _copy(self, name: str) -> Path:
        return Path(shutil.copy(self.database, self.database.with_name(f"{name}.sqlite3")))

    def _start(self, path: Path) -> subprocess.Popen[str]:
        return start(path, *self.deed)


@pytest.fixture(scope="module")
def imported_path(empty_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database into which the first release was imported. Only to copy."""
    path = Path(shutil.copy(empty_path, tmp_path_factory.mktemp("imported") / "first.sqlite3"))
    finish(start(path, "import", "1"))
    return path


@often
async def test_killed_during_an_import(tmp_path: Path, imported_path: Path, moments: range) -> None:
    first = Path(shutil.copy(imported_path, tmp_path / "first.sqlite3"))
    new = large_release(ROWS, 2)

    async def complete(database: Database, done: bool) -> None:
        if not done:
            await import_release(database, new, day(2))

    await Trial(first, ("import", "2"), large_release(ROWS, 1), new, complete).kill(moments)


@often
async def test_killed_while_a_quarantined_release_is_published(
    tmp_path: Path, imported_path: Path, moments: range
) -> None:
    first = Path(shutil.copy(imported_path, tmp_path / "first.sqlite3"))
    new = large_release(ROWS // 2, 2)
    async with Database(first) as database:
        assert (await import_release(database, new, day(2))).doubt

    async def complete(database: Database, done: bool) -> None:
        if not done:
            await publish_kept(database, str(day(2).date()))

    deed = ("publish", str(day(2).date()))
    await Trial(first, deed, large_release(ROWS, 1), new, complete).kill(moments)


@often
async def test_killed_while_a_release_is_weighed_and_doubted(
    tmp_path: Path, imported_path: Path, moments: range
) -> None:
    """It is kept, or was never there; nothing of it is published before somebody says so."""
    first = Path(shutil.copy(imported_path, tmp_path / "first.sqlite3"))
    new = large_release(ROWS // 2, 2)

    async def complete(database: Database, done: bool) -> None:
        assert not done
        try:
            await publish_kept(database, str(day(2).date()))
        except UnknownRelease:
            assert (await import_release(database, new, day(2))).doubt
            await publish_kept(database, str(day(2).date()))

    await Trial(first, ("weigh", "2"), large_release(ROWS, 1), new, complete).kill(moments)


@often
async def test_killed_while_a_release_is_withdrawn(
    tmp_path: Path, imported_path: Path, moments: range
) -> None:
    """All is as before, or as it was before that release came; it is kept whole, and can be published again."""
    first = Path(shutil.copy(imported_path, tmp_path / "first.sqlite3"))
    old, new = large_release(ROWS, 1), large_release(ROWS, 2)
    async with Database(first) as database:
        await import_release(database, new, day(2))
    before = kept_of(first)

    async def complete(database: Database, done: bool) -> None:
        if not done:  # it is published no more
            assert kept_of(database.path) == kept_of(imported_path)
            await publish_kept(database, str(day(2).date()))
        assert kept_of(database.path) == before

    await Trial(first, ("withdraw", str(day(2).date())), old, new, complete).kill(moments)


@often
async def test_killed_during_a_sync(tmp_path: Path, empty_path: Path, moments: range) -> None:
    """Whether the pages, the figures or what is remembered of the run was being written."""
    first = Path(shutil.copy(empty_path, tmp_path / "first.sqlite3"))
    old = make_up(share=0.95)
    new = Tables(
        {
            dataset: [[*row[:-1], str(int(row[-1]) + 1) if row[-1].isdigit() else "5"] for row in rows]
            for dataset, rows in old.rows.items()
        }
    )
    async with Database(first) as database:
        await import_release(database, meaning(old), day(1))
    async with UnhcrDouble(new) as double:

        async def complete(database: Database, done: bool) -> None:
            synced = await make_sync(database, double.base, day(2 + done)).run(whole=True)
            assert (synced.imported is None) == done
            assert not (tmp_path / "unhcr-download").exists()

        await Trial(first, ("sync", double.base), meaning(old), meaning(new), complete).kill(moments)


def meaning(tables: Tables) -> MadeUp:
    """What the pages of a release say."""
    read = {dataset: [row_of(dataset, row) for row in rows] for dataset, rows in tables.rows.items()}
    return MadeUp(
        {
            dataset: {row[: len(table.key)]: row[len(table.key) :] for row in read[dataset]}
            for dataset, table in TABLES.items()
        }
    )


async def check(database: Database, releases: list[MadeUp]) -> list[datetime]:
    """Return when the releases there were retrieved; each must say all it said."""
    async with database.reading() as connection:
        kept = [release.retrieved_at for release in await read_releases(connection)]
        for at, made in zip(kept, releases, strict=False):
            assert await read_ledger(connection, int(at.timestamp())) == made.state()
            assert await read_rollups(connection, int(at.timestamp())) == made.rollups()
    return kept


def test_many_processes_start_at_once_where_there_is_no_database(tmp_path: Path, thin: Path) -> None:
    path = tmp_path / "asylum.sqlite3"
    for process in [start(path, "start", str(thin / "shipped")) for _ in range(3)]:
        finish(process)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert dump(path) == dump(thin / "built.sqlite3")


def test_two_processes_import_at_once(tmp_path: Path, empty_path: Path) -> None:
    """One waits for the other, however long that takes."""
    path = Path(shutil.copy(empty_path, tmp_path / "asylum.sqlite3"))
    for process in [start(path, "import", "1"), start(path, "import", "2")]:
        finish(process)
    assert is_intact(path)
    with closing(sqlite3.connect(path)) as connection:
        kept = connection.execute("SELECT id FROM release ORDER BY id").fetchall()
    assert kept == [(int(day(1).timestamp()),), (int(day(2).timestamp()),)]
