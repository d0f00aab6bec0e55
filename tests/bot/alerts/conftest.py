"""An empty database, for the workers to fill."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from tests.releases import run_apart


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
    async with Database(Path(shutil.copy(empty_path, tmp_path / "database.sqlite3"))) as database:
        yield database
