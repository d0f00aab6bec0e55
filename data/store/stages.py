"""Applications made again, by stage, which the rollups leave out or have among the new ones."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from data.model import ALL, Unit

if TYPE_CHECKING:
    from collections.abc import Collection

    import aiosqlite

    from data.model import Release

StageCounts = Mapping[tuple[tuple[str, str], int, Unit], tuple[int, int]]
"""By origin and asylum (or `ALL`), year and unit: applications of stage NR, and of stages R and RA."""


async def read_stages(
    connection: aiosqlite.Connection,
    release: Release,
    years: Collection[int],
    origins: Collection[str],
    asylums: Collection[str],
) -> StageCounts:
    """Return what a release says of these countries, as either side, in these years, also in total."""
    rows = await connection.execute_fetchall(
        "SELECT origin, asylum, year, unit, total(iif(stage = 'NR', applied, 0)),"
        " total(iif(stage = 'NR', 0, applied)) FROM ("
        " SELECT origin, asylum, year, unit, stage, applied, max(release) FROM applications"
        " INDEXED BY applications_again"
        " WHERE year IN (SELECT value FROM json_each(?1)) AND stage IN ('NR', 'R', 'RA')"
        " AND (asylum IN (SELECT value FROM json_each(?2)) OR origin IN (SELECT value FROM json_each(?3)))"
        " AND release <= ?4 GROUP BY origin, asylum, year, authority, stage, level, unit)"
        " GROUP BY origin, asylum, year, unit",
        (json.dumps(list(years)), json.dumps(list(asylums)), json.dumps(list(origins)), release.id),
    )
    found: dict[tuple[tuple[str, str], int, Unit], tuple[int, int]] = {}
    units = {unit.value: unit for unit in Unit}
    for origin, asylum, year, letter, registered, repeat in rows:
        pairs = [(origin, asylum)] if origin in origins and asylum in asylums else []
        pairs += [(origin, ALL)] if origin in origins else []
        pairs += [(ALL, asylum)] if asylum in asylums else []
        for pair in pairs:
            before = found.get((pair, year, units[letter]), (0, 0))
            found[pair, year, units[letter]] = (before[0] + int(registered), before[1] + int(repeat))
    return found
