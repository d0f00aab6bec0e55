"""The releases in folders beside the checkout, on some machines, and databases made once for all tests."""

from __future__ import annotations

import asyncio
import csv
import lzma
import os
import re
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable, Collection, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import pytest

from data.model import Dataset, Measure
from data.releases.opening import open_database
from data.sources.shipped import Shipped
from data.state.model import SHIPPED
from data.store.database import Database
from data.store.migrations import list_migrations, migrate

_BESIDE = Path(__file__).parents[2] / "shared"

RELEASES: tuple[Path, ...] = tuple(
    sorted(
        (path for name in ("older-releases", "releases") for path in (_BESIDE / name).glob("20*_*")),
        key=lambda path: path.name,
    )
)
"""One folder per release, named by its day, oldest first."""

needs_release_folders = pytest.mark.skipif(
    not RELEASES, reason="the folders of the releases are not part of the project: no ../shared/releases here"
)

OLDEST = date(2023, 4, 27)
MID = date(2025, 11, 10)
UPDATE = date(2026, 3, 30)
YEAR_END = date(2026, 6, 12)
NOW = date(2026, 6, 25)


def days_with(of: Measure, *days: date) -> tuple[date, ...]:
    """Return the days whose releases have the measure: solutions are in the newest alone."""
    return tuple(day for day in days if day == NOW or of.row.dataset is not Dataset.SOLUTIONS)


def find_table(folder: Path, dataset: Dataset) -> Path | None:
    """Return the table of a release: that of solutions stands apart, of the newest release alone."""
    if dataset is not Dataset.SOLUTIONS:
        return folder / f"{dataset}.csv.xz"
    apart = folder.parents[1] / "solutions" / f"solutions_{folder.name[:10]}.csv.xz"
    return apart if apart.exists() else None


def put_together(folder: Path, target: Path) -> Path:
    """Make a folder with all tables of a release, where that of solutions stands apart."""
    whole = target / folder.name
    whole.mkdir()
    tables = {f"{each}.csv.xz": find_table(folder, each) for each in Dataset}
    for name, path in {**tables, "countries.csv": folder / "countries.csv"}.items():
        if path:
            (whole / name).symlink_to(path)
    return whole


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def release_folder(day: date) -> Path:
    (found,) = (path for path in RELEASES if path.name.startswith(day.isoformat()))
    return found


def build_empty(path: Path) -> None:
    """Build a database with the newest schema and nothing in it."""

    async def build() -> None:
        async with Database(path, readers=1) as database:
            await migrate(database, list_migrations())

    run_apart(build())


def build_releases(path: Path, shipped: Shipped | None = None) -> None:
    """Build a database with every release, as a first start does."""

    async def build() -> None:
        async with open_database(path, shipped=shipped):
            pass

    run_apart(build())


def build_canada(path: Path) -> None:
    """Build a database with every release, of what one country of asylum counted."""
    with tempfile.TemporaryDirectory() as folder:
        thin_shipped(Path(folder, "shipped"), ["CAN"])
        build_releases(path, Shipped(Path(folder, "shipped")))


def thin_shipped(target: Path, asylum: Collection[str], since: int = 0) -> None:
    """Write what the program ships, of a few countries of asylum: every release, for a fraction of the work."""
    with as_file(files("data.sources.shipped")) as folder:
        _thin(folder, target, asylum, since)


def thin_folder(folder: Path, target: Path, asylum: Collection[str], since: int = 0) -> Path:
    """Copy the folder of a release with its rows of a few countries of asylum only."""
    _thin(folder, target, asylum, since)
    return target


def _thin(folder: Path, target: Path, asylum: Collection[str], since: int) -> None:
    """Copy a folder; a table, which is packed, without the lines of other countries of asylum and earlier years."""
    target.mkdir(parents=True)
    near = re.compile(rf"\b(?:{'|'.join(sorted(asylum))})\b")
    for path in folder.glob("*.csv"):
        shutil.copy(path, target)
    for path in folder.glob("*.csv.xz"):
        header, *lines = lzma.decompress(path.read_bytes()).decode("utf-8-sig").splitlines(keepends=True)
        names = [name.strip() for name in header.split(",")]
        at, year = names.index("asylum" if "asylum" in names else "coa"), names.index("year")
        lines = [line for line in lines if near.search(line)]  # most are not, and need not be taken apart
        rows = csv.reader(lines)
        kept = [
            line
            for line, row in zip(lines, rows, strict=True)
            if row[at].strip() in asylum and int(row[year]) >= since
        ]
        (target / path.name).write_bytes(lzma.compress("".join([header, *kept]).encode(), preset=0))


def decline_shipped(path: Path) -> None:
    """Have the program give no releases of its own to this database, which has others."""
    days = " ".join(release.day.isoformat() for release in Shipped().releases)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("INSERT INTO memory VALUES (?, ?)", (SHIPPED, days))
        connection.commit()


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a thread of its own, whatever loop this one has."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a file that whichever test process comes first builds; the others wait, and each has its own copy.

    Whoever answers from a database keeps in it what is packed of the rollups: two processes would wait for each other.
    """
    own = folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = own.parent
    path, lock = folder / name, folder / f"{name}.lock"
    for _ in range(3000):
        if path.exists():
            return path if folder == own else Path(shutil.copy(path, own))
        try:
            lock.touch(exist_ok=False)
        except FileExistsError:
            time.sleep(0.1)
            continue
        try:
            if not path.exists():
                build(folder / f"new-{name}")
                (folder / f"new-{name}").rename(path)
        finally:
            lock.unlink()
    raise TimeoutError(f"{path} was not built in five minutes; is {lock} left of a process that was killed?")
