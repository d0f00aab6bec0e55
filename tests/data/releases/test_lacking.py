"""A release may come without solutions: what was said before stands, and its first figures are no change."""

from __future__ import annotations

import sqlite3
from itertools import permutations

import pytest

from data.model import Dataset
from data.releases.imports import import_release, withdraw
from data.releases.publication import Unchanged
from data.store.database import Connection, Database
from data.store.observations import TABLES
from data.store.releases import read_lacking, read_releases
from tests.data.made_up import MadeUp, day, release
from tests.data.releases.test_withdrawal import LATER, name
from tests.data.store.states import read_rollups
from tests.refusals import refuses

KEY = ("CHI", "USA", 2024)
RESETTLED = 13


def solving(resettled: int | None, pending: int) -> MadeUp:
    """A release in which so many were resettled; None: it comes without solutions."""
    made = release(pending=pending)
    if resettled is None:
        return made
    return MadeUp({**made.tables, Dataset.SOLUTIONS: {KEY: (None, resettled, None, None)}})


async def read_resettled(connection: Connection) -> list[int | None]:
    """How many were resettled as of each release that is kept."""
    known = await read_releases(connection)
    sums = [await read_rollups(connection, each.id) for each in known]
    return [each.get((*KEY, "P"), (None,) * 15)[RESETTLED] for each in sums]


@pytest.mark.parametrize("order", list(permutations(range(4))), ids=str)
async def test_in_whatever_order_releases_come_one_without_solutions_says_what_was_said_before(
    database: Database, order: tuple[int, ...]
) -> None:
    made = [solving(None, 10), solving(5, 11), solving(None, 12), solving(7, 13)]
    for number in order:
        await import_release(database, made[number], day(number))
    async with database.reading() as connection:
        assert await read_resettled(connection) == [None, 5, 5, 7]
        ledger = await connection.execute_fetchall("SELECT release, resettlement FROM solutions ORDER BY 1")
        told = await connection.execute_fetchall(
            "SELECT DISTINCT release, before, after FROM change WHERE measure = 'resettled'"
        )
    assert [tuple(row) for row in ledger] == [
        (int(day(1).timestamp()), 5),
        (int(day(3).timestamp()), 7),
    ]
    assert [tuple(row) for row in told] == [(int(day(3).timestamp()), 5, 7)]


async def test_a_withdrawn_release_takes_its_solutions_with_it(database: Database) -> None:
    for number, made in enumerate([solving(5, 10), solving(6, 11), solving(None, 12)]):
        await import_release(database, made, day(number))
    await withdraw(database, name(1), LATER)
    async with database.reading() as connection:
        assert await read_resettled(connection) == [5, 5]


async def test_solutions_alone_complete_the_release_that_lacks_them(database: Database) -> None:
    await import_release(database, solving(None, 10), day(0))
    with refuses(Unchanged, "unchanged"):
        await import_release(database, solving(5, 10), day(1))
    async with database.reading() as connection:
        assert len(await read_releases(connection)) == 1
        assert await read_resettled(connection) == [5]
        assert await read_lacking(connection) == {}


@pytest.mark.parametrize("sql", ["UPDATE solutions SET resettlement = 1", "DELETE FROM solutions"])
async def test_solutions_are_never_altered_or_deleted(database: Database, sql: str) -> None:
    await import_release(database, solving(5, 10), day(0))
    assert TABLES[Dataset.SOLUTIONS].name == "solutions"
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is never"):
        async with database.writing() as connection:
            await connection.execute(sql)
