"""A release compared with the one before it: what came and went, and which codes were replaced."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from data.model import Dataset
from data.recodings import COUNTRIES, Recoding, ReleaseComparison
from data.store.observations import TABLES, any_value, match_before

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import aiosqlite

    from data.recodings import Key, Values
    from data.store.observations import Table

    Codes = Mapping[str, frozenset[str]]


COUNTED = {
    Dataset.POPULATION: (
        "asylum_seekers",
        "refugees",
        "oip",
        "idps",
        "stateless",
        "returned_refugees",
        "returned_idps",
    ),
    Dataset.APPLICATIONS: ("applied",),
    Dataset.DECISIONS: ("recognised", "complementary", "rejected", "closed", "total"),
    Dataset.SOLUTIONS: ("resettlement", "naturalisation"),
}
"""Which published values of a dataset people ask for, in figures or in sums."""


async def read_codes(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> tuple[Codes, Codes]:
    """Return the codes that only the release before has, and those that only this one has, by column.

    Needs the release's rows in the temporary table. Countries are under `origin`; there are new
    codes only for columns that lost some.
    """
    table = TABLES[dataset]
    key, values = ", ".join(table.key), ", ".join(table.values)
    vanished, appeared = _compare_codes(table, "a", "b"), _compare_codes(table, "b", "a")
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


async def read_comparison(
    connection: aiosqlite.Connection, dataset: Dataset, release: int, gone: Codes, new: Codes
) -> ReleaseComparison:
    """Return the rows that vanished with the codes `gone`, and that appeared with the `new` ones."""
    table = TABLES[dataset]
    return ReleaseComparison(
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
        f"SELECT {', '.join(wanted)} FROM {_compare_codes(table, *sides)} AND ({' OR '.join(named)})",
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


def _compare_codes(table: Table, empty: str, full: str) -> str:
    """Return the SQL for the rows of `:release` that only one side has."""
    return (
        f"{compared(table)} WHERE a.release = :release"
        f" AND {any_value(table, empty)} IS NULL AND {any_value(table, full)} IS NOT NULL"
    )


async def replace_recodings(
    connection: aiosqlite.Connection, release: int, recodings: Iterable[Recoding]
) -> None:
    """Keep which codes a release replaced, in place of what was thought before."""
    await connection.execute("DELETE FROM recoding WHERE release = ?", (release,))
    await connection.executemany(
        'INSERT INTO recoding (release, "column", old, new) VALUES (?, ?, ?, ?)',
        [(release, each.column, each.old, each.new) for each in recodings],
    )


async def fill_recodings(
    connection: aiosqlite.Connection, lines: Iterable[tuple[int, str, str, str]]
) -> None:
    """Write those of several releases at once: release, column, old and new code."""
    await connection.executemany(
        'INSERT INTO recoding (release, "column", old, new) VALUES (?, ?, ?, ?)', lines
    )


async def read_all_recodings(connection: aiosqlite.Connection) -> Iterable[aiosqlite.Row]:
    """Return them of every release: release, column, old and new code."""
    return await connection.execute_fetchall('SELECT release, "column", old, new FROM recoding')


async def read_recodings(connection: aiosqlite.Connection, release: int) -> tuple[Recoding, ...]:
    """Return which codes a release replaced."""
    rows = await connection.execute_fetchall(
        'SELECT "column", old, new FROM recoding WHERE release = ? ORDER BY 1, 2', (release,)
    )
    return tuple(Recoding(column, old, new) for column, old, new in rows)


async def read_summed(connection: aiosqlite.Connection, release: int) -> frozenset[Recoding]:
    """Return which codes that sums are made by were replaced up to this release."""
    rows = await connection.execute_fetchall(
        "SELECT \"column\", old, new FROM recoding WHERE \"column\" IN ('stage', 'level') AND release <= ?",
        (release,),
    )
    return frozenset(Recoding(column, old, new) for column, old, new in rows)


async def read_recoded_countries(connection: aiosqlite.Connection, release: int) -> frozenset[str]:
    """Return the codes of countries that a release replaced, and those that stand there instead."""
    found = await read_recodings(connection, release)
    return frozenset(code for each in found if each.column in COUNTRIES for code in (each.old, each.new))
