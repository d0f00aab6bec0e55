"""Databases to ask: one with every release, and an empty one; and the countries."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.store.database import Database
from tests.data.syncing import Keeper, keeping_up
from tests.releases import build_empty


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load()


@pytest.fixture(scope="session")
def empty_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema and nothing in it. Only to copy."""

    path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    build_empty(path)
    return path


@pytest.fixture
async def database(empty_path: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database to write to."""
    path = Path(shutil.copy(empty_path, tmp_path / "database.sqlite3"))
    async with Database(path) as database:
        yield database


@pytest.fixture(scope="session")
async def synced_path(empty_path: Path) -> Path:
    """A database that was synced once, on 10 November 2025. Only to copy."""
    path = Path(shutil.copy(empty_path, empty_path.with_name("synced.sqlite3")))
    async with Database(path) as database, keeping_up(database) as keeper:
        await keeper.sync()
    return path


@pytest.fixture
async def keeper(synced_path: Path, tmp_path: Path) -> AsyncIterator[Keeper]:
    """What keeps up a database that was synced once, on 10 November 2025."""
    path = Path(shutil.copy(synced_path, tmp_path / "database.sqlite3"))
    async with Database(path) as database, keeping_up(database) as found:
        yield found


@pytest.fixture(scope="session")
async def answers(releases_path: Path, atlas: Atlas) -> AsyncIterator[Answers]:
    async with Database(releases_path) as database:
        yield Answers(database, atlas)
