"""The changes of a release that match any of several filters, each of them once."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.model import Unit
from data.store.changes import COLUMNS, make_row

if TYPE_CHECKING:
    from collections.abc import Sequence

    import aiosqlite

    from data.store.changes import ChangeRow, Wanted

_PAIRS = "origin <> '*' AND asylum <> '*'"
_LARGEST_FIRST = (
    "ORDER BY abs(coalesce(after, 0) - coalesce(before, 0)) DESC, measure, asylum, origin, year, unit"
)


async def count_pairs(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted]
) -> list[tuple[int, Unit, str, int]]:
    """Count the pairs' changes that match, by (year, unit, kind). All filters are of one release."""
    condition, values = _match_any(wanted)
    rows = await connection.execute_fetchall(
        f"SELECT year, unit, kind, count(*) FROM change WHERE {condition} AND {_PAIRS} GROUP BY 1, 2, 3",
        values,
    )
    return [(year, Unit(unit), kind, count) for year, unit, kind, count in rows]


async def has_match(connection: aiosqlite.Connection, wanted: Wanted) -> bool:
    """Say whether the change of any pair matches."""
    condition, values = wanted.where()
    ((found,),) = await connection.execute_fetchall(
        f"SELECT EXISTS (SELECT 1 FROM {wanted.table} WHERE {condition} AND {_PAIRS})", values
    )
    return bool(found)


async def read_largest_of_any(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted], most: int
) -> list[ChangeRow]:
    """Return the largest that match: by country of asylum where no place is asked for, else by pair."""
    condition, values = _match_any(wanted, by_level=True)
    rows = await connection.execute_fetchall(
        f"SELECT {COLUMNS} FROM change WHERE {condition} AND asylum <> '*' {_LARGEST_FIRST} LIMIT ?",
        [*values, most],
    )
    return [make_row(row) for row in rows]


async def read_pairs_of_any(
    connection: aiosqlite.Connection, wanted: Sequence[Wanted], most: int = -1
) -> list[ChangeRow]:
    """Return every pair's change that matches, or so many of them, the largest first."""
    condition, values = _match_any(wanted)
    rows = await connection.execute_fetchall(
        f"SELECT {COLUMNS} FROM change WHERE {condition} AND {_PAIRS} {_LARGEST_FIRST} LIMIT ?",
        [*values, most],
    )
    # A June release has twenty thousand: too many to make objects of on the event loop.
    return await asyncio.to_thread(lambda: [make_row(row) for row in rows])


def _match_any(wanted: Sequence[Wanted], *, by_level: bool = False) -> tuple[str, list[object]]:
    values: list[object] = [wanted[0].release]
    matches = []
    for each in wanted:
        condition, its_values = each.match()
        if by_level:
            condition += " AND origin <> '*'" if each.origin or each.asylum else " AND origin = '*'"
        matches.append(f"({condition})")
        values += its_values
    return f"release = ? AND ({' OR '.join(matches)})", values
