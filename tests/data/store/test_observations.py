"""The ledger: what a release said stays said, whatever is imported after it, and in whatever order."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings

from data.errors import BadRelease
from data.model import Dataset
from data.releases.imports import import_release
from data.store.database import Database
from data.store.observations import TABLES
from tests.data.drawn import histories
from tests.data.made_up import REQUIRED, MadeUp, day, release
from tests.data.store.states import read_ledger, read_rollups
from tests.examples import examples
from tests.refusals import refuses


@given(histories)
@settings(max_examples=examples(15))
async def test_every_release_reads_as_it_was_imported_in_any_order(
    empty_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    history: tuple[list[MadeUp], tuple[int, ...]],
) -> None:
    """After every import, each release kept so far says just what it said: ledger, pairs and totals."""
    made, order = history
    path = Path(shutil.copy(empty_path, tmp_path_factory.mktemp("ledger") / "ledger.sqlite3"))
    kept: dict[int, MadeUp] = {}
    async with Database(path, readers=1) as database:
        for number in order:
            before = max((each for each in kept if each < number), default=None)
            after = min((each for each in kept if each > number), default=None)
            beside = [kept[each] for each in (before, after) if each is not None]
            try:
                await import_release(database, made[number], day(number))
            except BadRelease:
                assert made[number].state() in [each.state() for each in beside]
            else:
                assert made[number].tables not in [each.tables for each in beside]
                kept[number] = made[number]
            async with database.reading() as connection:
                for each, said in kept.items():
                    at = int(day(each).timestamp())
                    assert await read_ledger(connection, at) == said.state()
                    assert await read_rollups(connection, at) == said.rollups()


async def test_only_what_differs_is_written(database: Database) -> None:
    assert (await import_release(database, release(pending=10), day(0))).changed == 3
    done = await import_release(database, release(pending=11), day(1))
    assert (done.rows, done.changed) == (3, 1)
    async with database.reading() as connection:
        ((rows,),) = await connection.execute_fetchall("SELECT count(*) FROM population")
        assert rows == 2


@pytest.mark.parametrize("dataset", REQUIRED)
async def test_the_ledger_is_never_altered_or_deleted_from(database: Database, dataset: Dataset) -> None:
    await import_release(database, release(), day(0))
    table = TABLES[dataset]
    for sql in (f"UPDATE {table.name} SET {table.values[0]} = 1", f"DELETE FROM {table.name}"):
        with pytest.raises(sqlite3.IntegrityError, match="the ledger is never"):
            async with database.writing() as connection:
                await connection.execute(sql)
    async with database.reading() as connection:
        assert await read_ledger(connection, int(day(0).timestamp())) == release().state()


async def test_what_is_not_published_is_not_zero(database: Database) -> None:
    """UNHCR's "-" stays None in the ledger, and a sum over nothing published is None as well."""
    row = (None, None, 0, 5, None)
    made = MadeUp({**release().tables, Dataset.DECISIONS: {("CHI", "USA", 2025, "G", "FI", "P"): row}})
    await import_release(database, made, day(0))
    at = int(day(0).timestamp())
    async with database.reading() as connection:
        assert (await read_ledger(connection, at))[Dataset.DECISIONS] == {
            ("CHI", "USA", 2025, "G", "FI", "P"): row
        }
        counts = (await read_rollups(connection, at))["CHI", "*", 2025, "P"]
    assert counts == (10, 7, 7, None, None, 0, 5, 0, None, None, None, 0, None, None, None)


async def test_a_withdrawn_row_is_no_longer_published_and_may_come_back(database: Database) -> None:
    tables = release().tables
    more = {**tables[Dataset.POPULATION], ("SYR", "USA", 2025): (0, 9, 0, 0, 0, 0, 0, 0, 0)}
    with_syria = MadeUp({**tables, Dataset.POPULATION: more})
    for number, made in enumerate((with_syria, release(), with_syria)):
        await import_release(database, made, day(number))
    async with database.reading() as connection:
        told = [await read_rollups(connection, int(day(number).timestamp())) for number in range(3)]
    assert [("SYR", "USA", 2025, "P") in each for each in told] == [True, False, True]
    assert [each["*", "USA", 2025, "P"][0] for each in told] == [19, 10, 19]


async def test_two_rows_with_one_address_are_refused(database: Database) -> None:
    class Doubled(MadeUp):
        def rows(self, dataset: Dataset, last_year: int):
            yield from super().rows(dataset, last_year)
            yield from super().rows(dataset, last_year)

    with refuses(
        BadRelease, "“population” table has two rows for the same countries and year; get the file anew"
    ):
        await import_release(database, Doubled(release().tables), day(0))
