"""What countries of asylum count in all, and what they add to an origin's total. Read from the rollups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data.model import ALL, Counts, Unit
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import aiosqlite

    from data.model import Release

_COUNTS = ", ".join(COUNTS)


async def read_totals(
    connection: aiosqlite.Connection, release: Release, years: Iterable[int]
) -> dict[tuple[str, int, Unit], Counts]:
    """Return the counts of each country of asylum in these years, as a release said them."""
    rows = await connection.execute_fetchall(
        f"SELECT asylum, year, unit, {_COUNTS}, max(release) FROM rollup"
        " WHERE origin = '*' AND year IN (SELECT value FROM json_each(?))"
        " AND asylum <> '*' AND release <= ? GROUP BY asylum, year, unit",
        (json.dumps(sorted(set(years))), release.id),
    )
    return {(code, year, Unit(unit)): Counts(*counts) for code, year, unit, *counts, _ in rows}


async def read_parts(
    connection: aiosqlite.Connection,
    release: Release,
    origin: str | None,
    countries: Collection[str],
    years: tuple[int, int],
) -> dict[tuple[str, str, int, Unit], Counts]:
    """Return the counts by (origin, asylum, year, unit) in some countries of asylum.

    `years` are the first and the last. `origin` is a UNHCR code or `ALL`; None is each origin.
    """
    side = "origin <> ?" if origin is None else "origin = ?"
    rows = await connection.execute_fetchall(
        f"SELECT origin, asylum, year, unit, {_COUNTS}, max(release) FROM rollup"
        f" WHERE asylum IN (SELECT value FROM json_each(?)) AND {side}"
        " AND year BETWEEN ? AND ? AND release <= ? GROUP BY origin, asylum, year, unit",
        (json.dumps(sorted(countries)), origin or ALL, *years, release.id),
    )
    return {(o, a, year, Unit(unit)): Counts(*counts) for o, a, year, unit, *counts, _ in rows}
