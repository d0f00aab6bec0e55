"""The databases to measure on: the starter, and one, three and ten full releases.

The full releases are not part of the project. They are taken from the folder that ASYLUM_RELEASES names, or
from `../shared/releases`; without them only the starter figures are measured, and the tables say so.
"""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date, timedelta
from pathlib import Path

from data.startup import open_database

SIZES = (1, 3, 10)
_BESIDE = Path(__file__).parents[2] / "shared" / "releases"
_MONTH = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Costs:
    """What each import of a full release cost: ours, and the naive way beside it."""

    ours: list[dict[str, float]] = field(default_factory=list)
    naive: list[dict[str, float]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Databases:
    """Files by how many full releases they hold; 0 is the starter alone."""

    files: dict[int, Path]
    costs: Costs

    @property
    def largest(self) -> Path:
        """The one with the most releases."""
        return self.files[max(self.files)]

    @property
    def full(self) -> bool:
        """Whether there are any full releases."""
        return max(self.files) > 0

    @property
    def described(self) -> str:
        """What the largest holds, in words."""
        most = max(self.files)
        return f"{most} full releases" if most else "starter figures only"


def find_releases() -> list[Path]:
    """The folders of full releases, oldest first; their names begin with the day."""
    named = os.environ.get("ASYLUM_RELEASES")
    folder = Path(named) if named else _BESIDE
    return sorted(each for each in folder.iterdir() if each.is_dir()) if folder.is_dir() else []


def build(folder: Path, say: Callable[[str], None]) -> Databases:
    """Build them one from the other; beyond the real releases come variants of the newest."""
    folder.mkdir(exist_ok=True)
    kept = folder / "costs.json"
    files = {0: folder / "starter.sqlite3"}
    if kept.exists():  # built before, by `--databases`
        sizes = [size for size in SIZES if (folder / f"{size}.sqlite3").exists()]
        return Databases(
            files | {size: folder / f"{size}.sqlite3" for size in sizes},
            Costs(**json.loads(kept.read_text())),
        )
    asyncio.run(_build_starter(files[0]))
    costs, releases = Costs(), find_releases()
    if not releases:
        return Databases(files, costs)
    growing = folder / "growing.sqlite3"
    shutil.copy(files[0], growing)
    for number in range(1, SIZES[-1] + 1):
        source = releases[min(number, len(releases)) - 1]
        beyond = max(0, number - len(releases))
        day = date.fromisoformat(source.name[:10]) + beyond * _MONTH
        say(f"taking in release {number} of {SIZES[-1]}")
        costs.ours.append(_run(str(growing), str(source), day.isoformat(), str(beyond)))
        if number <= len(releases):
            costs.naive.append(_run("naive", str(source)))
        if number in SIZES:
            files[number] = folder / f"{number}.sqlite3"
            shutil.copy(growing, files[number])
    kept.write_text(json.dumps(asdict(costs)))
    return Databases(files, costs)


async def _build_starter(path: Path) -> None:
    async with open_database(path):
        pass


def _run(*arguments: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.intake", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    cost: dict[str, float] = json.loads(done.stdout)
    return cost
