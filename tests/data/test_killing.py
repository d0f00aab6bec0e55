"""`kill -9` at any moment, and many processes at once: the old state or the new one is there, and whole."""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

from data.imports import import_release
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.dying import ROWS
from tests.data.made_up import MadeUp, day, large_release
from tests.data.store.states import dump, is_intact, read_ledger, read_rollups
from tests.releases import build_starter

ROOT = Path(__file__).parents[2]
MOMENTS = 5


def start(path: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.data.dying", str(path), *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def finish(process: subprocess.Popen[str]) -> None:
    said, complained = process.communicate(timeout=60)
    assert (process.returncode, complained) == (0, "")
    assert said.splitlines()[-1] == "done"


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill it so long after it said "ready"; say whether it was at work still."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    time.sleep(seconds)
    process.kill()
    said, complained = process.communicate(timeout=60)
    assert complained == ""
    return "done" not in said


def measure(process: subprocess.Popen[str]) -> float:
    """Return how long it is at work, in seconds."""
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    began = time.monotonic()
    assert process.stdout.readline() == "done\n"
    took = time.monotonic() - began
    process.communicate(timeout=60)
    assert process.returncode == 0
    return took


def test_killed_during_the_first_start(tmp_path: Path, starter_path: Path) -> None:
    took = measure(start(tmp_path / "measured.sqlite3"))
    chance = random.Random(1951)
    interrupted = 0
    for number in range(MOMENTS):
        path = tmp_path / str(number) / "asylum.sqlite3"
        path.parent.mkdir()
        interrupted += kill_after(start(path), took * (number + chance.random()) / MOMENTS)
        # Built beside its place and moved there whole: a file of this name is a whole database.
        assert not path.exists() or dump(path) == dump(starter_path)
        build_starter(path)
        assert is_intact(path)
        assert dump(path) == dump(starter_path)
    assert interrupted


async def test_killed_during_an_import(tmp_path: Path, starter_path: Path) -> None:
    first = tmp_path / "first.sqlite3"
    shutil.copy(starter_path, first)
    finish(start(first, "1"))
    old, new = large_release(ROWS, 1), large_release(ROWS, 2)
    took = measure(start(Path(shutil.copy(first, tmp_path / "measured.sqlite3")), "2"))
    chance = random.Random(2000)
    interrupted = 0
    for number in range(MOMENTS):
        path = Path(shutil.copy(first, tmp_path / f"{number}.sqlite3"))
        interrupted += kill_after(start(path, "2"), took * (number + chance.random()) / MOMENTS)
        assert is_intact(path)
        async with Database(path) as database:
            if await check(database, [old, new]) == [day(1)]:
                await import_release(database, new, day(2))
                assert await check(database, [old, new]) == [day(1), day(2)]
        assert is_intact(path)
    assert interrupted


async def check(database: Database, releases: list[MadeUp]) -> list[datetime]:
    """Return when the full releases there were retrieved; each must say all it said."""
    async with database.reading() as connection:
        full = [release.retrieved_at for release in await read_releases(connection) if not release.starter]
        for at, made in zip(full, releases, strict=False):
            assert await read_ledger(connection, int(at.timestamp())) == made.state()
            assert await read_rollups(connection, int(at.timestamp())) == made.rollups()
    return full


def test_many_processes_start_at_once_where_there_is_no_database(tmp_path: Path, starter_path: Path) -> None:
    path = tmp_path / "asylum.sqlite3"
    for process in [start(path) for _ in range(3)]:
        finish(process)
    assert [each.name for each in tmp_path.iterdir()] == [path.name]
    assert dump(path) == dump(starter_path)


def test_two_processes_import_at_once(tmp_path: Path, starter_path: Path) -> None:
    """One waits for the other, however long that takes."""
    path = Path(shutil.copy(starter_path, tmp_path / "asylum.sqlite3"))
    for process in [start(path, "1"), start(path, "2")]:
        finish(process)
    assert is_intact(path)
    with closing(sqlite3.connect(path)) as connection:
        full = connection.execute("SELECT id FROM release WHERE NOT starter ORDER BY id").fetchall()
    assert full == [(int(day(1).timestamp()),), (int(day(2).timestamp()),)]
