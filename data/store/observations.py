"""The ledger of observations: what each release said that the one before it did not.

A whole release comes in through temporary tables and is compared there with the release before
it, so that only what differs is written; the schema says how the ledger is read.
"""

from __future__ import annotations

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


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a dataset of a release brought: ledger rows written, and rows that its predecessor alone had."""

    written: int
    withdrawn: int


async def record(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> Recorded:
    """Write what the received rows say and the release before did not.

    Where a later release is there already, it keeps saying what it said: the rows that it had
    in common with its predecessor, and that this release now breaks, are repeated for it.
    """
    table = TABLES[dataset]
    parameters = {"release": release}
    key, values = ", ".join(table.key), ", ".join(table.values)
    same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
    nulls = ", ".join("NULL" for _ in table.values)
    a_key, a_values, b_values = (
        _prefixed(*each) for each in (("a", table.key), ("a", table.values), ("b", table.values))
    )
    before = match_before(table)
    into = f"INSERT INTO {table.name} ({key}, release, {values})"
    new = await connection.execute(
        f"{into} SELECT {a_key}, :release, {a_values} FROM incoming_{table.name} AS a"
        f" LEFT JOIN {table.name} AS b ON {same} AND {before}"
        f" WHERE ({a_values}, 1) IS NOT ({b_values}, b.release IS NOT NULL)",
        parameters,
    )
    gone = await connection.execute(
        f"{into} SELECT {key}, :release, {nulls} FROM"
        f" (SELECT {key}, max(release), {values} FROM {table.name}"
        f" WHERE release < :release GROUP BY {key}) AS a"
        f" WHERE ({a_values}) IS NOT ({nulls})"
        f" AND NOT EXISTS (SELECT 1 FROM incoming_{table.name} AS b WHERE {same})",
        parameters,
    )
    following = await _count(
        connection,
        "SELECT coalesce(min(id), 0) FROM release WHERE id > ? AND NOT starter AND state = 'published'",
        release,
    )
    if following:
        await connection.execute(
            f"INSERT OR IGNORE INTO {table.name} ({key}, release, {values})"
            f" SELECT {a_key}, :following, {b_values} FROM {table.name} AS a"
            f" LEFT JOIN {table.name} AS b ON {same} AND {before} WHERE a.release = :release",
            {**parameters, "following": following},
        )
    return Recorded(new.rowcount + gone.rowcount, gone.rowcount)


async def count_new(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> int:
    """Count the recorded rows that the release before did not have."""
    table = TABLES[dataset]
    same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
    ((count,),) = await connection.execute_fetchall(
        f"SELECT count(*) FROM {table.name} AS a"
        f" LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)}"
        f" WHERE a.release = :release AND coalesce({_prefixed('b', table.values)}, NULL) IS NULL"
        f" AND coalesce({_prefixed('a', table.values)}, NULL) IS NOT NULL",
        {"release": release},
    )
    return int(count)


async def discard_received(connection: aiosqlite.Connection, dataset: Dataset) -> None:
    """Drop the temporary table of the received rows."""
    await connection.execute(f"DROP TABLE temp.incoming_{TABLES[dataset].name}")


def match_before(table: Table) -> str:
    """Return the SQL that ties `b` to what was said of `a`'s address before `:release`."""
    same = " AND ".join(f"c.{c} = a.{c}" for c in table.key)
    return f"b.release = (SELECT max(c.release) FROM {table.name} AS c WHERE {same} AND c.release < :release)"


def _prefixed(alias: str, columns: Iterable[str]) -> str:
    return ", ".join(f"{alias}.{column}" for column in columns)


async def _count(connection: aiosqlite.Connection, sql: str, *values: int) -> int:
    (row,) = await connection.execute_fetchall(sql, values)
    return int(row[0])
