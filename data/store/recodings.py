"""What vanished and appeared with a release, for telling a new code from a withdrawal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.compare import Recoding
from data.store.observations import TABLES, match_before

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

    from data.compare import Key, Values
    from data.model import Dataset
    from data.store.observations import Table


@dataclass(frozen=True, slots=True)
class Turnover:
    """Rows that only the old, or only the new release has, and the codes, by column, that go with them."""

    columns: tuple[str, ...]
    vanished: dict[Key, Values]
    appeared: dict[Key, Values]
    gone: dict[str, set[str]]
    new: dict[str, set[str]]


async def read_turnover(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> Turnover:
    """Compare the recorded rows of a release with its predecessor's; needs the received rows still there."""
    table = TABLES[dataset]
    vanished = await _read_rows(connection, table, release, gone=True)
    appeared = await _read_rows(connection, table, release, gone=False)
    gone: dict[str, set[str]] = {}
    new: dict[str, set[str]] = {}
    for index, column in enumerate(table.key):
        if column == "year" or not vanished:
            continue
        # Countries are the same codes on both sides of a claim.
        columns = ("origin", "asylum") if column in ("origin", "asylum") else (column,)
        gone[column] = {str(key[index]) for key in vanished} - await _distinct(
            connection, f"incoming_{table.name}", columns, "1", release
        )
        new[column] = {str(key[index]) for key in appeared}
        if gone[column] and new[column]:
            new[column] -= await _distinct(connection, table.name, columns, "release < ?", release)
    return Turnover(table.key, vanished, appeared, gone, new)


async def _read_rows(
    connection: aiosqlite.Connection, table: Table, release: int, *, gone: bool
) -> dict[Key, Values]:
    key = ", ".join(f"a.{c}" for c in table.key)
    empty, full = ("a", "b") if gone else ("b", "a")
    rows = await connection.execute_fetchall(
        f"SELECT {key}, {', '.join(f'{full}.{c}' for c in table.values)} FROM {table.name} AS a"
        f" LEFT JOIN {table.name} AS b ON {' AND '.join(f'b.{c} = a.{c}' for c in table.key)}"
        f" AND {match_before(table)}"
        f" WHERE a.release = :release AND {_any(empty, table)} IS NULL AND {_any(full, table)} IS NOT NULL",
        {"release": release},
    )
    width = len(table.key)
    return {tuple(row[:width]): tuple(row[width:]) for row in rows}


def _any(alias: str, table: Table) -> str:
    return f"coalesce({', '.join(f'{alias}.{column}' for column in table.values)}, NULL)"


async def _distinct(
    connection: aiosqlite.Connection, table: str, columns: tuple[str, ...], where: str, release: int
) -> set[str]:
    values = (release,) if "?" in where else ()
    found: set[str] = set()
    for column in columns:
        rows = await connection.execute_fetchall(
            f"SELECT DISTINCT {column} FROM {table} WHERE {where}", values
        )
        found |= {str(code) for (code,) in rows}
    return found


async def write_recodings(
    connection: aiosqlite.Connection, release: int, recodings: Iterable[Recoding]
) -> None:
    """Keep which codes a release replaced."""
    await connection.executemany(
        'INSERT OR IGNORE INTO recoding (release, "column", old, new) VALUES (?, ?, ?, ?)',
        [(release, each.column, each.old, each.new) for each in recodings],
    )


async def read_recodings(connection: aiosqlite.Connection, release: int) -> tuple[Recoding, ...]:
    """Return which codes a release replaced."""
    rows = await connection.execute_fetchall(
        'SELECT "column", old, new FROM recoding WHERE release = ? ORDER BY 1, 2', (release,)
    )
    return tuple(Recoding(column, old, new) for column, old, new in rows)
