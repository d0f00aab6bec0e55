"""What a database says, read the slow and plain way: to hold against what the program reads."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from data.model import Dataset
from data.store.database import Connection
from data.store.observations import TABLES
from data.store.rollups import COUNTS

Values = tuple[int | None, ...]
State = dict[Dataset, dict[tuple[object, ...], Values]]
Rollups = dict[tuple[object, ...], Values]


async def read_ledger(connection: Connection, release: int) -> State:
    """Every published row as of a release: what has no value at all is not there."""
    return {
        dataset: await _read(connection, table.name, table.key, table.values, f"release <= {release}")
        for dataset, table in TABLES.items()
    }


async def read_rollups(connection: Connection, release: int) -> Rollups:
    """Every rollup as of a release, by origin, asylum, year and unit."""
    key = ("origin", "asylum", "year", "unit")
    return await _read(connection, "rollup", key, COUNTS, f"release <= {release}")


async def _read(
    connection: Connection, table: str, key: tuple[str, ...], values: tuple[str, ...], where: str
) -> dict[tuple[object, ...], Values]:
    rows = await connection.execute_fetchall(
        f"SELECT {', '.join((*key, *values))} FROM {table} WHERE {where} ORDER BY release"
    )
    newest = {tuple(row[: len(key)]): tuple(row[len(key) :]) for row in rows}
    return {at: said for at, said in newest.items() if any(value is not None for value in said)}


def dump(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table, and the schema, of a file that nobody writes to meanwhile.

    Without what is packed of the rollups: that is made by whoever has time, and says what they do.
    """
    with closing(sqlite3.connect(path)) as connection:
        schema = connection.execute("SELECT type, name, sql FROM sqlite_master ORDER BY 1, 2").fetchall()
        versions = connection.execute("SELECT * FROM pragma_user_version, pragma_application_id").fetchall()
        tables = [name for kind, name, _ in schema if kind == "table" and name != "packed"]
        rows = {name: _sorted_rows(connection, name) for name in tables}
    return {**rows, "schema": schema, "versions": versions}


def dump_table(path: Path, table: str) -> list[tuple[object, ...]]:
    """Every row of one table."""
    with closing(sqlite3.connect(path)) as connection:
        return _sorted_rows(connection, table)


def _sorted_rows(connection: sqlite3.Connection, table: str) -> list[tuple[object, ...]]:
    columns = len(connection.execute(f'SELECT * FROM "{table}" LIMIT 0').description)
    order = ", ".join(map(str, range(1, columns + 1)))
    return connection.execute(f'SELECT * FROM "{table}" ORDER BY {order}').fetchall()


def is_intact(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
