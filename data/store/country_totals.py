"""What countries of asylum count in all, and what they add to an origin's total. Read from the rollups."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data.model import Unit
from data.store.rollups import COUNTS, list_columns, make_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import aiosqlite

    from data.model import Counts, Release

_COUNTS = ", ".join(COUNTS)
_UNITS = {unit.value: unit for unit in Unit}


async def read_totals(
    connection: aiosqlite.Connection,
    release: Release,
    years: Iterable[int],
    countries: Collection[str] | None = None,
) -> dict[tuple[str, int, Unit], Counts]:
    """Return the counts of countries of asylum in these years, as a release said them.

    `countries` are UNHCR codes; None is each one.
    """
    some = "" if countries is None else " AND asylum IN (SELECT value FROM json_each(:countries))"
    rows = await connection.execute_fetchall(
        f"SELECT asylum, year, unit, {_COUNTS}, max(release) FROM rollup"
        " WHERE origin = '*' AND year IN (SELECT value FROM json_each(:years))"
        f" AND asylum <> '*' AND release <= :release{some} GROUP BY asylum, year, unit",
        {
            "years": json.dumps(sorted(set(years))),
            "release": release.id,
            "countries": None if countries is None else json.dumps(sorted(countries)),
        },
    )
    return {(row[0], row[1], _UNITS[row[2]]): make_counts(row[3:-1]) for row in rows}


async def read_parts(
    connection: aiosqlite.Connection,
    release: Release,
    origins: Collection[str],
    since: Mapping[str, int],
    last: int,
    counts: Collection[str] = COUNTS,
) -> dict[tuple[str, str, int, Unit], Counts]:
    """Return these counts by (origin, asylum, year, unit) in some countries of asylum.

    `since` has the first year of each country, `last` is the last. `origins` are codes or `ALL`.
    """
    rows = await connection.execute_fetchall(
        f"SELECT origin, asylum, year, unit, {list_columns(counts)}, max(release)"
        " FROM json_each(?) AS host CROSS JOIN json_each(?) AS named CROSS JOIN rollup"
        " WHERE asylum = host.key AND origin = named.value"
        " AND year BETWEEN host.value AND ? AND release <= ?"
        " GROUP BY origin, asylum, year, unit",
        (json.dumps(since), json.dumps(sorted(origins)), last, release.id),
    )
    return {(*row[:3], _UNITS[row[3]]): make_counts(row[4:-1]) for row in rows}
