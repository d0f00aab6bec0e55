"""Databases to ask: one with every release, and an empty one; and the countries."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.store.database import Database
from tests.releases import build_empty


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the releases, and come back to them when they are imported.

    One process imports them in the first test that needs them; no other shall have to wait for that.
    """
    asking = [item for item in items if "releases_path" in getattr(item, "fixturenames", ())]
    others = [item for item in items if item not in asking]
    items[:] = [*asking[:1], *others, *asking[1:]]


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
async def answers(releases_path: Path, atlas: Atlas) -> AsyncIterator[Answers]:
    async with Database(releases_path) as database:
        yield Answers(database, atlas)
