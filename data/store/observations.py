"""The ledger of observations: what each release said that the one before it did not, and nothing else.

A whole release comes in through temporary tables and is compared there with the release before
it, so that only what differs is written; the schema says how the ledger is read. The rows are the same
in whatever order releases come in and are withdrawn. A row that has no value at all says as much as no
row: nothing is published there.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from data.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import aiosqlite

    from data.model import Row


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
    Dataset.SOLUTIONS: Table(
        "solutions",
        ("origin", "asylum", "year"),
        ("returned_refugees", "resettlement", "naturalisation", "returned_idps"),
    ),
}


async def record(
    connection: aiosqlite.Connection,
    dataset: Dataset,
    release: int,
    *,
    first: bool = False,
    following: int | None = None,
    unread: Iterable[Row] = (),
) -> int:
    """Write what the received rows say and the release before did not; return how many rows that took.

    To the `first` release nothing was said before, and nothing is looked up. Where a later release is
    there already, the `following` one keeps saying what it said, in the rows that it would have if it had
    come after this one. Of what an `unread` row may be about, the last word stays: a row was published
    there, and nobody withdrew it. These are addresses, with None for what of them cannot be read.
    """
    table = TABLES[dataset]
    key, values = ", ".join(table.key), ", ".join(table.values)
    a_key, a_values = _prefixed("a", table.key), _prefixed("a", table.values)
    into = f"INSERT INTO {table.name} ({key}, release, {values})"
    new = f"{into} SELECT {a_key}, :release, {a_values} FROM incoming_{table.name} AS a WHERE"
    # Nearly every row is received again, so that is asked first; then, whether it was the last word.
    gone = (
        f"{into} SELECT {key}, :release, {', '.join('NULL' for _ in table.values)} FROM {table.name} AS a"
        f" WHERE release < :release AND {any_value(table)} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM incoming_{table.name} AS b WHERE {_same(table)})"
        f" AND NOT EXISTS (SELECT 1 FROM {table.name} AS b"
        f" WHERE {_same(table)} AND b.release > a.release AND b.release < :release)"
        f" AND NOT EXISTS (SELECT 1 FROM json_each(:unread) AS u WHERE {_may_be(table)})"
    )
    statements = (
        [f"{new} {any_value(table, 'a')} IS NOT NULL"]
        if first
        else [f"{new} ({a_values}) IS NOT {_said_before(table)}", gone]
    )
    values_of = {"release": release, "unread": json.dumps(list(unread))}
    written = sum([(await connection.execute(each, values_of)).rowcount for each in statements])
    if following is not None:
        await _repeat(connection, table, release, following, before=True)
        await _drop_repeated(connection, table, following)
    return written


async def fill(connection: aiosqlite.Connection, dataset: Dataset, lines: Iterable[Sequence[str]]) -> None:
    """Write the ledger of several releases at once: key, release, values; empty texts are NULL."""
    table = TABLES[dataset]
    marks = ", ".join(["?"] * (len(table.key) + 1) + ["nullif(?, '')"] * len(table.values))
    await insert(connection, f"INSERT INTO {table.name} VALUES", f"({marks})", lines)


async def is_filled(connection: aiosqlite.Connection, dataset: Dataset) -> bool:
    """Say whether the ledger has any row of a dataset."""
    ((found,),) = await connection.execute_fetchall(f"SELECT EXISTS (SELECT 1 FROM {TABLES[dataset].name})")
    return bool(found)


_AT_ONCE = 32
"""So many rows go into a table by one statement."""


async def insert(
    connection: aiosqlite.Connection, into: str, marks: str, rows: Iterable[Sequence[object]]
) -> None:
    """Put many rows in, with an `INSERT … VALUES` and the `marks` of one row."""
    rest: list[Sequence[object]] = []
    await connection.executemany(f"{into} {', '.join([marks] * _AT_ONCE)}", _join(rows, rest))
    await connection.executemany(f"{into} {marks}", rest)


def _join(rows: Iterable[Sequence[object]], rest: list[Sequence[object]]) -> Iterator[list[object]]:
    """Yield so many rows at once as one; leave those at the end that are fewer in `rest`."""
    coming = iter(rows)
    while len(batch := list(islice(coming, _AT_ONCE))) == _AT_ONCE:
        yield list(chain.from_iterable(batch))
    rest += batch


async def read_ledger(connection: aiosqlite.Connection, dataset: Dataset) -> Iterable[aiosqlite.Row]:
    """Return every row of the ledger: key, release, values."""
    return await connection.execute_fetchall(f"SELECT * FROM {TABLES[dataset].name}")


async def retract(
    connection: aiosqlite.Connection, dataset: Dataset, release: int, following: int | None
) -> None:
    """Remove what a release said that is not published any more; the `following` one says what it said."""
    table = TABLES[dataset]
    if following is not None:
        await _repeat(connection, table, release, following, before=False)
    await connection.execute(f"DELETE FROM {table.name} WHERE release = ?", (release,))
    if following is not None:
        await _drop_repeated(connection, table, following)


async def _repeat(
    connection: aiosqlite.Connection, table: Table, release: int, following: int, *, before: bool
) -> None:
    """Have `following` say itself what it says by saying nothing, wherever `release` says something.

    That is what `release` says, or, where `release` came between only now, what was said `before` it.
    """
    values = _prefixed("b" if before else "a", table.values)
    join = f"LEFT JOIN {table.name} AS b ON {_same(table)} AND {match_before(table)}" if before else ""
    await connection.execute(
        f"INSERT OR IGNORE INTO {table.name} ({', '.join(table.key)}, release, {', '.join(table.values)})"
        f" SELECT {_prefixed('a', table.key)}, :following, {values} FROM {table.name} AS a {join}"
        " WHERE a.release = :release",
        {"release": release, "following": following},
    )


async def _drop_repeated(connection: aiosqlite.Connection, table: Table, release: int) -> None:
    """Remove the rows of a release that only say again what was said before it."""
    await connection.execute(
        f"DELETE FROM {table.name} AS a WHERE release = :release"
        f" AND ({_prefixed('a', table.values)}) IS {_said_before(table)}",
        {"release": release},
    )


async def has_news(connection: aiosqlite.Connection, release: int, *, of_figures: bool = False) -> bool:
    """Say whether a kept release says anything else than the one before it, or gives any figure otherwise."""
    tables = [table.name for table in TABLES.values()] + ([] if of_figures else ["country"])
    rows = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE release = :release" for table in tables)
    ((found,),) = await connection.execute_fetchall(f"SELECT EXISTS ({rows})", {"release": release})
    return bool(found)


def _said_before(table: Table) -> str:
    """Return the SQL for the values that were said of `a`'s address before `:release`: NULLs for nothing."""
    return (
        f"(SELECT {_prefixed('b', table.values)} FROM {table.name} AS b"
        f" WHERE {_same(table)} AND b.release < :release ORDER BY b.release DESC LIMIT 1)"
    )


def _same(table: Table) -> str:
    return " AND ".join(f"b.{column} = a.{column}" for column in table.key)


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


def _may_be(table: Table) -> str:
    """Whether the address `u`, a JSON array, may be that of `a`."""
    cells = (f"json_extract(u.value, '$[{number}]')" for number in range(len(table.key)))
    return " AND ".join(
        f"coalesce({cell}, a.{column}) = a.{column}" for cell, column in zip(cells, table.key, strict=True)
    )
