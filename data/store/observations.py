"""The ledger of observations: what each release said that the one before it did not.

A whole release comes in through temporary tables and is compared there with the release before
it, so that only what differs is written; the schema says how the ledger is read.
"""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

    from data.unhcr.parse import Row


@dataclass(frozen=True, slots=True)
class Table:
    """The ledger table of one dataset: its address and its values."""

    name: str
    key: tuple[str, ...]
    values: tuple[str, ...]


TABLES = {
    Dataset.POPULATION: Table(
        "population",
        ("origin", "asylum", "year"),
        (
            "refugees",
            "asylum_seekers",
            "returned_refugees",
            "idps",
            "returned_idps",
            "stateless",
            "ooc",
            "oip",
            "hst",
        ),
    ),
    Dataset.APPLICATIONS: Table(
        "applications", ("origin", "asylum", "year", "authority", "stage", "level", "unit"), ("applied",)
    ),
    Dataset.DECISIONS: Table(
        "decisions",
        ("origin", "asylum", "year", "authority", "level", "unit"),
        ("recognised", "complementary", "rejected", "closed", "total"),
    ),
}


async def receive(connection: aiosqlite.Connection, dataset: Dataset, rows: Iterable[Row]) -> int:
    """Put a release's rows of one dataset into a temporary table; return how many there are.

    Raises `BadRelease` when two rows have one address.
    """
    table = TABLES[dataset]
    columns = ", ".join(table.key + table.values)
    marks = ", ".join("?" * len(table.key + table.values))
    await connection.execute(f"DROP TABLE IF EXISTS temp.incoming_{table.name}")
    await connection.execute(
        f"CREATE TEMP TABLE incoming_{table.name}"
        f" ({columns}, PRIMARY KEY ({', '.join(table.key)})) WITHOUT ROWID"
    )
    try:
        await connection.executemany(f"INSERT INTO incoming_{table.name} VALUES ({marks})", rows)
    except sqlite3.IntegrityError as error:
        raise BadRelease(
            f"The “{dataset}” table has two rows with one address; get the file anew."
        ) from error
    return await _count(connection, f"SELECT count(*) FROM incoming_{table.name}")


async def recall(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> None:
    """Put what a kept release said into the temporary table, as if it had just been received."""
    table = TABLES[dataset]
    key, values = ", ".join(table.key), ", ".join(table.values)
    await receive(connection, dataset, ())
    await connection.execute(
        f"INSERT INTO incoming_{table.name} ({key}, {values}) SELECT {key}, {values}"
        f" FROM (SELECT {key}, max(release), {values} FROM {table.name} WHERE release <= ? GROUP BY {key})"
        f" WHERE {any_value(table)} IS NOT NULL",
        (release,),
    )


async def find_newest_year(connection: aiosqlite.Connection) -> int:
    """Return the newest year in what was received."""
    years = " UNION ALL ".join(f"SELECT max(year) AS year FROM incoming_{t.name}" for t in TABLES.values())
    return await _count(connection, f"SELECT max(year) FROM ({years})")


async def digest_received(connection: aiosqlite.Connection) -> str:
    """Return the SHA-256 of what was received, in whatever order it came."""
    digest = hashlib.sha256()

    def add(text: str) -> None:
        digest.update(text.encode())

    for table in TABLES.values():
        line = " || ',' || ".join(f"coalesce({column}, '-')" for column in table.key + table.values)
        ((text,),) = await connection.execute_fetchall(
            f"SELECT group_concat({line}, char(10)) FROM (SELECT * FROM incoming_{table.name}"
            f" ORDER BY {', '.join(table.key)})"
        )
        await asyncio.to_thread(add, f"{table.name}\n{text}\n")
    return digest.hexdigest()


async def record(
    connection: aiosqlite.Connection, dataset: Dataset, release: int, *, first: bool = False
) -> int:
    """Write what the received rows say and the release before did not; return how many rows that took.

    To the `first` release nothing was said before, and nothing is looked up. Where a later release is
    there already, it keeps saying what it said: the rows that it had in common with its predecessor,
    and that this release now breaks, are repeated for it.
    """
    table = TABLES[dataset]
    parameters = {"release": release}
    key, values = ", ".join(table.key), ", ".join(table.values)
    same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
    a_key, a_values, b_values = (
        _prefixed(*each) for each in (("a", table.key), ("a", table.values), ("b", table.values))
    )
    into = f"INSERT INTO {table.name} ({key}, release, {values})"
    new = f"{into} SELECT {a_key}, :release, {a_values} FROM incoming_{table.name} AS a"
    differing = (
        f" WHERE ({a_values}, 1) IS NOT (SELECT {b_values}, 1 FROM {table.name} AS b"
        f" WHERE {same} AND b.release < :release ORDER BY b.release DESC LIMIT 1)"
    )
    gone = (
        f"{into} SELECT {key}, :release, {', '.join('NULL' for _ in table.values)} FROM"
        f" (SELECT {key}, max(release), {values} FROM {table.name}"
        f" WHERE release < :release GROUP BY {key}) AS a"
        f" WHERE {any_value(table)} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM incoming_{table.name} AS b WHERE {same})"
    )
    statements = [new] if first else [new + differing, gone]
    written = sum([(await connection.execute(each, parameters)).rowcount for each in statements])
    following = await _count(
        connection,
        "SELECT coalesce(min(id), 0) FROM release WHERE id > ? AND NOT starter AND state = 'published'",
        release,
    )
    if following:
        await connection.execute(
            f"INSERT OR IGNORE INTO {table.name} ({key}, release, {values})"
            f" SELECT {a_key}, :following, {b_values} FROM {table.name} AS a"
            f" LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)} WHERE a.release = :release",
            {**parameters, "following": following},
        )
    return written


async def has_news(connection: aiosqlite.Connection, release: int) -> bool:
    """Say whether a kept release says anything else than the one before it."""
    for table in TABLES.values():
        same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
        a_values, b_values = _prefixed("a", table.values), _prefixed("b", table.values)
        rows = await connection.execute_fetchall(
            f"SELECT 1 FROM {table.name} AS a LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)}"
            f" WHERE a.release = :release AND ({a_values}) IS NOT ({b_values}) LIMIT 1",
            {"release": release},
        )
        if list(rows):
            return True
    return False


async def discard_received(connection: aiosqlite.Connection, dataset: Dataset) -> None:
    """Drop the temporary table of the received rows."""
    await connection.execute(f"DROP TABLE temp.incoming_{TABLES[dataset].name}")


def match_before(table: Table) -> str:
    """Return the SQL that ties `b` to what was said of `a`'s address before `:release`."""
    same = " AND ".join(f"c.{c} = a.{c}" for c in table.key)
    return f"b.release = (SELECT max(c.release) FROM {table.name} AS c WHERE {same} AND c.release < :release)"


def any_value(table: Table, alias: str = "") -> str:
    """Return the SQL for some value of a row: NULL when the row has none at all."""
    columns = [f"{alias}.{column}" if alias else column for column in table.values]
    return f"coalesce({', '.join(columns)}, NULL)"


def _prefixed(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


async def _count(connection: aiosqlite.Connection, sql: str, *values: int) -> int:
    (row,) = await connection.execute_fetchall(sql, values)
    return int(row[0])
