"""Applications made again, by stage, which the rollups leave out or have among the new ones."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from data.model import ALL, Unit

if TYPE_CHECKING:
    import aiosqlite

    from data.model import Release

StageCounts = Mapping[tuple[str, str], Mapping[Unit, tuple[int, int]]]
"""Of a year, by origin and asylum (or `ALL`) and unit: applications of stage NR, and of stages R and RA."""


async def read_stages(connection: aiosqlite.Connection, release: Release, year: int) -> StageCounts:
    """Return what a release says of a year, of each pair and in total of each side."""
    rows = await connection.execute_fetchall(
        "SELECT origin, asylum, unit, total(iif(stage = 'NR', applied, 0)),"
        " total(iif(stage = 'NR', 0, applied)) FROM ("
        " SELECT origin, asylum, unit, stage, applied, max(release) FROM applications"
        " INDEXED BY applications_again"
        " WHERE year = ? AND stage IN ('NR', 'R', 'RA') AND release <= ?"
        " GROUP BY origin, asylum, authority, stage, level, unit)"
        " GROUP BY origin, asylum, unit",
        (year, release.id),
    )
    found: dict[tuple[str, str], dict[Unit, tuple[int, int]]] = {}
    units = {unit.value: unit for unit in Unit}
    for origin, asylum, letter, registered, repeat in rows:
        for pair in ((origin, asylum), (origin, ALL), (ALL, asylum)):
            by_unit = found.setdefault(pair, {})
            before = by_unit.get(units[letter], (0, 0))
            by_unit[units[letter]] = (before[0] + int(registered), before[1] + int(repeat))
    return found
