"""Totals at first instance are the same whether an import or the migration made them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.model import ALL
from data.store.database import Database
from data.store.levels import read_first_instance, sum_first_instance
from data.store.migrations import list_migrations
from data.store.releases import read_releases
from tests.releases import needs_full_releases


def read_totals(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT * FROM first_instance ORDER BY release, origin, asylum, year, unit"
    ).fetchall()


@pytest.mark.proof
@needs_full_releases
def test_the_migration_makes_what_imports_would_have_made(full_path: Path, tmp_path: Path) -> None:
    """A database from before this step has releases already."""
    (script,) = [m.sql for m in list_migrations() if "CREATE TABLE first_instance" in m.sql]
    with closing(sqlite3.connect(shutil.copy(full_path, tmp_path / "old.sqlite3"))) as connection:
        imported = read_totals(connection)
        connection.execute("DROP TABLE first_instance")
        connection.executescript(script)

        assert len(imported) > 10_000
        assert read_totals(connection) == imported


@pytest.mark.proof
@needs_full_releases
async def test_totals_can_be_made_again(full_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(full_path, tmp_path / "again.sqlite3"))
    with closing(sqlite3.connect(path)) as connection:
        before = read_totals(connection)
    async with Database(path) as database, database.writing() as connection:
        for release in await read_releases(connection):
            if not release.starter:
                await sum_first_instance(connection, release.id)
    with closing(sqlite3.connect(path)) as connection:
        assert read_totals(connection) == before


async def test_a_starter_release_has_no_levels(starter_path: Path) -> None:
    async with Database(starter_path) as database, database.reading() as connection:
        newest = (await read_releases(connection))[-1]

        assert await read_first_instance(connection, newest, "CHI", ALL) == {}
        assert await read_first_instance(connection, newest, "CHI", "USA") == {}
