"""Totals at first instance can be made again from the ledger."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from data.store.database import Database
from data.store.levels import sum_first_instance
from data.store.releases import read_releases


def read_totals(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return connection.execute(
        "SELECT * FROM first_instance ORDER BY release, origin, asylum, year, unit"
    ).fetchall()


@pytest.mark.proof
async def test_totals_can_be_made_again(releases_path: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(releases_path, tmp_path / "again.sqlite3"))
    with closing(sqlite3.connect(path)) as connection:
        before = read_totals(connection)
    async with Database(path) as database, database.writing() as connection:
        for release in await read_releases(connection):
            await sum_first_instance(connection, release.id)
    with closing(sqlite3.connect(path)) as connection:
        assert read_totals(connection) == before
