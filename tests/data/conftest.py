"""Databases to ask: the starter's, the full releases', and an empty one; and the countries."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from data.answers import Answers
from data.countries import Atlas
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from tests.releases import build_full, build_once, build_starter, needs_full_releases, run_apart

# A busy machine is no fault of the code.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the full releases, and come back to them when they are imported.

    One process imports them in the first test that needs them; no other shall have to wait for that.
    """
    asking = [item for item in items if "full_path" in _needs(item)]
    others = [item for item in items if "full_path" not in _needs(item)]
    items[:] = [*asking[:1], *others, *asking[1:]]


def _needs(item: pytest.Item) -> set[object]:
    parameters = item.callspec.params.values() if hasattr(item, "callspec") else ()
    return {*getattr(item, "fixturenames", ()), *(p for p in parameters if isinstance(p, str))}


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    return Atlas.load()


@pytest.fixture(scope="session")
def starter_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database as it is after the first start. Only to read: all tests share it."""
    return build_once(tmp_path_factory, "starter.sqlite3", build_starter)


@pytest.fixture(scope="session")
def full_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with all full releases. Only to read: all tests share it."""
    return build_once(tmp_path_factory, "full.sqlite3", build_full)


@pytest.fixture(scope="session")
def empty_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with the newest schema and nothing in it. Only to copy."""

    async def build() -> None:
        async with Database(path, readers=1) as database:
            await migrate(database, list_migrations())

    path = tmp_path_factory.mktemp("empty") / "empty.sqlite3"
    run_apart(build())
    return path


@pytest.fixture
async def database(empty_path: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database to write to."""
    path = Path(shutil.copy(empty_path, tmp_path / "database.sqlite3"))
    async with Database(path) as database:
        yield database


@pytest.fixture
async def starter(starter_path: Path, atlas: Atlas) -> AsyncIterator[Answers]:
    async with Database(starter_path) as database:
        yield Answers(database, atlas)


@pytest.fixture
async def full(full_path: Path, atlas: Atlas) -> AsyncIterator[Answers]:
    async with Database(full_path) as database:
        yield Answers(database, atlas)


@pytest.fixture(
    params=[
        "starter_path",
        pytest.param("full_path", marks=needs_full_releases),
    ],
    ids=["starter", "full"],
)
def either_path(request: pytest.FixtureRequest) -> Path:
    return request.getfixturevalue(request.param)


@pytest.fixture
async def answers(either_path: Path, atlas: Atlas) -> AsyncIterator[Answers]:
    """Answers from the starter figures, and the same test again from the full releases."""
    async with Database(either_path) as database:
        yield Answers(database, atlas)
