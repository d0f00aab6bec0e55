"""The full releases that lie beside the checkout on some machines, and databases made once for all tests."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from data.imports import import_release
from data.startup import open_database
from data.unhcr.folder import ReleaseFolder

_BESIDE = Path(__file__).parents[2] / "shared" / "releases"

FULL_RELEASES: Path | None = _BESIDE if _BESIDE.is_dir() else None
"""One folder per full release, named by its day."""

needs_full_releases = pytest.mark.skipif(
    FULL_RELEASES is None, reason="the full releases are not part of the project: no ../shared/releases here"
)

MID = date(2025, 11, 10)
UPDATE = date(2026, 3, 30)
YEAR_END = date(2026, 6, 12)
NOW = date(2026, 6, 25)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=UTC)


def release_folder(day: date) -> Path:
    assert FULL_RELEASES is not None
    (found,) = FULL_RELEASES.glob(f"{day}_*")
    return found


def build_starter(path: Path) -> None:
    """Build the database as a first start does."""

    async def build() -> None:
        async with open_database(path):
            pass

    run_apart(build())


def build_full(path: Path) -> None:
    """Build the database of a first start, and import all full releases into it."""

    async def build() -> None:
        async with open_database(path) as database:
            for day in (MID, UPDATE, YEAR_END, NOW):
                await import_release(database, ReleaseFolder(release_folder(day)), at(day))

    run_apart(build())


def run_apart(coroutine: Coroutine[Any, Any, None]) -> None:
    """Run a coroutine to its end in a thread of its own, whatever loop this one has."""
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, coroutine).result()


def build_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """Return a file that whichever test process comes first builds; the others wait for it."""
    folder = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    path, lock = folder / name, folder / f"{name}.lock"
    for _ in range(3000):
        if path.exists():
            return path
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
