"""What came and what went with a release: codes, rows and figures."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from data.model import Dataset
from data.recodings import COUNTRIES, Turnover
from data.store.observations import TABLES, any_value, match_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import aiosqlite

    from data.recodings import Key, Values
    from data.store.observations import Table

    Codes = Mapping[str, frozenset[str]]


COUNTED = {
    Dataset.POPULATION: ("asylum_seekers",),
    Dataset.APPLICATIONS: ("applied",),
    Dataset.DECISIONS: ("recognised", "complementary", "rejected", "closed", "total"),
}
"""Which published values of a dataset are figures on asylum."""


async def read_codes(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> tuple[Codes, Codes]:
    """Return the codes that only the release before has, and those that only this one has, by column.

    Needs the release's rows in the temporary table. Countries are under `origin`; there are new
    codes only for columns that lost some.
    """
    table = TABLES[dataset]
    key, values = ", ".join(table.key), ", ".join(table.values)
    vanished, appeared = _turned_over(table, "a", "b"), _turned_over(table, "b", "a")
    received = f"incoming_{table.name} AS a WHERE {any_value(table)} IS NOT NULL"
    before = (
        f"(SELECT {key}, max(release), {values} FROM {table.name} WHERE release < :release GROUP BY {key})"
        f" AS a WHERE {any_value(table)} IS NOT NULL"
    )
    gone: dict[str, frozenset[str]] = {}
    new: dict[str, frozenset[str]] = {}
    for column in table.key:
        columns = COUNTRIES if column == "origin" else (column,)
        if column in ("asylum", "year") or not (
            lost := await _list_codes(connection, columns, vanished, release)
        ):
            continue
        if lost := lost - await _list_codes(connection, columns, received, release):
            gone[column] = lost
            found = await _list_codes(connection, columns, appeared, release)
            new[column] = found - await _list_codes(connection, columns, before, release)
    return gone, new


async def read_turnover(
    connection: aiosqlite.Connection, dataset: Dataset, release: int, gone: Codes, new: Codes
) -> Turnover:
    """Return the rows that vanished with the codes `gone`, and that appeared with the `new` ones."""
    table = TABLES[dataset]
    return Turnover(
        table.key,
        await _read_rows(connection, table, release, ("a", "b"), gone),
        await _read_rows(connection, table, release, ("b", "a"), new),
        gone,
        new,
    )


async def _read_rows(
    connection: aiosqlite.Connection, table: Table, release: int, sides: tuple[str, str], codes: Codes
) -> dict[Key, Values]:
    """Return the rows that only the second of the sides has, and that have one of these codes."""
    named = [
        f"a.{each} IN (SELECT value FROM json_each(:{column}))"
        for column in codes
        for each in (COUNTRIES if column == "origin" else (column,))
    ]
    if not named:
        return {}
    wanted = (*(f"a.{c}" for c in table.key), *(f"{sides[1]}.{c}" for c in table.values))
    rows = await connection.execute_fetchall(
        f"SELECT {', '.join(wanted)} FROM {_turned_over(table, *sides)} AND ({' OR '.join(named)})",
        {"release": release, **{column: json.dumps(sorted(found)) for column, found in codes.items()}},
    )
    width = len(table.key)
    return await asyncio.to_thread(lambda: {tuple(row[:width]): tuple(row[width:]) for row in rows})


async def _list_codes(
    connection: aiosqlite.Connection, columns: Iterable[str], source: str, release: int
) -> frozenset[str]:
    found: set[str] = set()
    for column in columns:
        rows = await connection.execute_fetchall(
            f"SELECT DISTINCT a.{column} FROM {source}", {"release": release}
        )
        found |= {str(code) for (code,) in rows}
    return frozenset(found)


def compared(table: Table) -> str:
    """Return the SQL that sets the rows of `:release` (a) beside what was said before (b)."""
    same = " AND ".join(f"b.{c} = a.{c}" for c in table.key)
    return f"{table.name} AS a LEFT JOIN {table.name} AS b ON {same} AND {match_before(table)}"


def _turned_over(table: Table, empty: str, full: str) -> str:
    """Return the SQL for the rows of `:release` that only one side has."""
    return (
        f"{compared(table)} WHERE a.release = :release"
        f" AND {any_value(table, empty)} IS NULL AND {any_value(table, full)} IS NOT NULL"
    )
