"""A database that the shell's tests begin with."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.model import Dataset
from data.releases.imports import import_release
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from tests.data.sources.unhcr.conversation import with_value
from tests.releases import build_empty, decline_shipped, run_apart
from tests.unhcr_tables import make_up

FIRST = datetime(2025, 11, 10, tzinfo=UTC)
TABLES = make_up(share=0.9)


@pytest.fixture(scope="module")
def base_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with one made-up release, and none of those that come with the program. Only to copy."""
    folder = tmp_path_factory.mktemp("base")
    path = folder / "asylum.sqlite3"
    build_empty(path)
    made = ReleaseFolder(with_value(TABLES, Dataset.APPLICATIONS, -1, "55").write(folder / "release"))

    async def fill() -> None:
        async with Database(path) as database:
            await import_release(database, made, FIRST)

    run_apart(fill())
    decline_shipped(path)
    return path
