"""Applications by stage, which the rollups leave out: new ones alone, and those made again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from data.model import ALL, Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    import aiosqlite

    from data.model import Release

StageCounts = dict[tuple[tuple[str, str], int, Unit], tuple[int, int]]
"""By origin and asylum (or `ALL`), year and unit: the applications of stage N, and of stages NR, R and RA."""


async def read_stages(
    connection: aiosqlite.Connection,
    release: Release,
    years: Collection[int],
    origins: Collection[str],
    asylums: Collection[str],
) -> StageCounts:
    """Return what a release says of these countries, as either side, in these years, also in total."""
    rows = await connection.execute_fetchall(
        "SELECT origin, asylum, year, unit, total(CASE WHEN stage = 'N' THEN applied END),"
        " total(CASE WHEN stage <> 'N' THEN applied END) FROM ("
        " SELECT origin, asylum, year, unit, stage, applied, max(release) FROM applications"
        " WHERE year IN (SELECT value FROM json_each(?1)) AND stage IN ('N', 'NR', 'R', 'RA')"
        " AND (asylum IN (SELECT value FROM json_each(?2)) OR origin IN (SELECT value FROM json_each(?3)))"
        " AND release <= ?4 GROUP BY origin, asylum, year, authority, stage, level, unit)"
        " GROUP BY origin, asylum, year, unit",
        (json.dumps(list(years)), json.dumps(list(asylums)), json.dumps(list(origins)), release.id),
    )
    found: StageCounts = {}
    for origin, asylum, year, letter, alone, repeat in rows:
        pairs = [(origin, asylum)] if origin in origins and asylum in asylums else []
        pairs += [(origin, ALL)] if origin in origins else []
        pairs += [(ALL, asylum)] if asylum in asylums else []
        for pair in pairs:
            before = found.get((pair, year, Unit(letter)), (0, 0))
            found[pair, year, Unit(letter)] = (before[0] + int(alone), before[1] + int(repeat))
    return found
