"""The databases to measure on: that of a first start, and those with more and more releases.

The further releases are variants of the newest one in the folder that ASYLUM_RELEASES names, or in
`../shared/releases`, which is not part of the project; without it none is taken in, and the tables say so.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from data.releases.opening import open_database

FURTHER = (1, 4, 11)
"""So many releases are taken in beyond those of a first start."""

_BESIDE = Path(__file__).parents[2] / "shared" / "releases"
_WEEK = timedelta(days=7)
_NAIVE = 4


@dataclass(frozen=True, slots=True)
class Costs:
    """What each import of a release cost: ours, and the naive way beside it."""

    ours: list[dict[str, float]] = field(default_factory=list)
    naive: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Databases:
    """Files by how many releases were taken in beyond those of a first start."""

    files: dict[int, Path]
    releases: int
    costs: Costs

    @property
    def largest(self) -> Path:
        """The one with the most releases."""
        return self.files[max(self.files)]

    @property
    def described(self) -> str:
        """What the largest holds, in words."""
        return f"{self.releases + max(self.files)} releases"


def find_releases() -> list[Path]:
    """The folders of releases, oldest first; their names begin with the day."""
    named = os.environ.get("ASYLUM_RELEASES")
    folder = Path(named) if named else _BESIDE
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def build(folder: Path, say: Callable[[str], None]) -> Databases:
    """Build them one from the other."""
    folder.mkdir(exist_ok=True)
    kept = folder / "costs.json"
    files = {0: folder / "0.sqlite3"}
    if kept.exists():  # built before, by `--databases`
        files |= {more: path for more in FURTHER if (path := folder / f"{more}.sqlite3").exists()}
        return Databases(files, _count_releases(files[0]), Costs(**json.loads(kept.read_text())))
    costs, releases = Costs(), find_releases()
    asyncio.run(_start(files[0]))
    if not releases:
        say("no folder of a release is here, so none is taken in beyond those of a first start")
    else:
        _take_in_more(releases[-1], files, costs, say)
    kept.write_text(json.dumps(asdict(costs)))
    return Databases(files, _count_releases(files[0]), costs)


def _take_in_more(source: Path, files: dict[int, Path], costs: Costs, say: Callable[[str], None]) -> None:
    growing = files[0].with_name("growing.sqlite3")
    shutil.copy(files[0], growing)
    for number in range(1, FURTHER[-1] + 1):
        day = date.fromisoformat(source.name[:10]) + number * _WEEK
        say(f"taking in release {number} of {FURTHER[-1]}")
        costs.ours.append(_run(str(growing), str(source), day.isoformat(), str(number)))
        if number <= _NAIVE:
            costs.naive.append(_run("naive", str(source)))
        if number in FURTHER:
            files[number] = growing.with_name(f"{number}.sqlite3")
            shutil.copy(growing, files[number])


async def _start(path: Path) -> None:
    async with open_database(path):
        pass


def _count_releases(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        ((count,),) = connection.execute("SELECT count(*) FROM release")
    return int(count)


def _run(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.intake", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost
