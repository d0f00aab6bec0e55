"""The ledger of observations: what each release said that the one before it did not.

A whole release comes in through temporary tables and is compared there with the release before
it, so that only what differs is written; the schema says how the ledger is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite


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
    # Nearly every row is received again, so that is asked first; then, whether it was the last word.
    gone = (
        f"{into} SELECT {key}, :release, {', '.join('NULL' for _ in table.values)} FROM {table.name} AS a"
        f" WHERE release < :release AND {any_value(table)} IS NOT NULL"
        f" AND NOT EXISTS (SELECT 1 FROM incoming_{table.name} AS b WHERE {same})"
        f" AND NOT EXISTS (SELECT 1 FROM {table.name} AS b"
        f" WHERE {same} AND b.release > a.release AND b.release < :release)"
    )
    statements = [new] if first else [new + differing, gone]
    written = sum([(await connection.execute(each, parameters)).rowcount for each in statements])
    ((following,),) = await connection.execute_fetchall(
        "SELECT min(id) FROM release WHERE id > ? AND state = 'published'", (release,)
    )
    if following is not None:
        await connection.execute(
            f"INSERT OR IGNORE INTO {table.name} ({key}, release, {values})"
            f" SELECT {a_key}, :following, {b_values} FROM {table.name} AS a"
            f" LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)} WHERE a.release = :release",
            {**parameters, "following": following},
        )
    return written


async def fill(connection: aiosqlite.Connection, dataset: Dataset, lines: Iterable[Sequence[str]]) -> None:
    """Write the ledger of several releases at once: key, day of the release, values; empty texts are NULL."""
    table = TABLES[dataset]
    marks = ", ".join(["?"] * len(table.key) + ["strftime('%s', ?)"] + ["nullif(?, '')"] * len(table.values))
    await connection.executemany(f"INSERT INTO {table.name} VALUES ({marks})", lines)


async def read_ledger(connection: aiosqlite.Connection, dataset: Dataset) -> Iterable[aiosqlite.Row]:
    """Return every row of the ledger: key, release, values."""
    return await connection.execute_fetchall(f"SELECT * FROM {TABLES[dataset].name}")


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
