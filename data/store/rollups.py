"""Rollups: the counts people ask for, summed once when a release comes in.

Derived from the ledger and never the other way round; they can be made again at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import levels

if TYPE_CHECKING:
    import aiosqlite

FIRST_YEAR = 2000
"""UNHCR publishes asylum figures by country from 2000 on; before, only a few worldwide sums."""

FIRST_YEAR_OF_NEW = 2006
"""Until 2005 most countries' applications stand under stage V, which does not tell new from repeat,
so a sum over countries of asylum would silently leave them out."""

COUNTS = ("pending", "new", "all_stages", "recognised", "complementary", "rejected", "closed")

_COLUMNS = ", ".join(COUNTS)
_SUMS = ", ".join(f"sum({count})" for count in COUNTS)
_SUMS_OVER_ASYLUM = _SUMS.replace("sum(new)", f"CASE WHEN year >= {FIRST_YEAR_OF_NEW} THEN sum(new) END")

_SUMMED = f"""
CREATE TEMP TABLE summed
    (origin, asylum, year, unit, {_COLUMNS}, PRIMARY KEY (origin, asylum, year, unit)) WITHOUT ROWID
"""

_TOUCHED_YEARS = f"""
SELECT year FROM population WHERE release = :release AND year >= {FIRST_YEAR}
UNION SELECT year FROM applications WHERE release = :release AND year >= {FIRST_YEAR}
UNION SELECT year FROM decisions WHERE release = :release AND year >= {FIRST_YEAR}
"""

_PAIRS = f"""
WITH RECURSIVE fresh (stage) AS (
    VALUES ('N'), ('NR')
    -- UNION ends where codes were replaced in a circle.
    UNION SELECT new FROM recoding JOIN fresh ON old = stage WHERE "column" = 'stage' AND release <= :release
)
INSERT INTO summed
SELECT origin, asylum, year, unit, {_SUMS} FROM (
    SELECT origin, asylum, year, 'P' AS unit, max(release), asylum_seekers AS pending, NULL AS new,
           NULL AS all_stages, NULL AS recognised, NULL AS complementary, NULL AS rejected, NULL AS closed
      FROM population
     WHERE release <= :release AND year IN (SELECT year FROM touched) GROUP BY origin, asylum, year
    UNION ALL
    SELECT origin, asylum, year, unit, max(release), NULL,
           CASE WHEN stage IN (SELECT stage FROM fresh) THEN applied END, applied, NULL, NULL, NULL, NULL
      FROM applications
     WHERE release <= :release AND year IN (SELECT year FROM touched)
     GROUP BY origin, asylum, year, authority, stage, level, unit
    UNION ALL
    SELECT origin, asylum, year, unit, max(release), NULL, NULL, NULL,
           recognised, complementary, rejected, closed
      FROM decisions
     WHERE release <= :release AND year IN (SELECT year FROM touched)
     GROUP BY origin, asylum, year, authority, level, unit
) GROUP BY origin, asylum, year, unit
"""

_TOTALS = (
    f"""
    INSERT INTO summed SELECT origin, '*', year, unit, {_SUMS_OVER_ASYLUM} FROM summed
     GROUP BY origin, year, unit
    """,
    f"""
    INSERT INTO summed SELECT '*', asylum, year, unit, {_SUMS} FROM summed
     WHERE asylum <> '*' GROUP BY asylum, year, unit
    """,
    f"""
    INSERT INTO summed SELECT '*', '*', year, unit, {_SUMS_OVER_ASYLUM} FROM summed
     WHERE asylum = '*' AND origin <> '*' GROUP BY year, unit
    """,
)

_DIFFERENCES = f"""
INSERT INTO rollup (origin, asylum, year, unit, release, {_COLUMNS})
SELECT a.origin, a.asylum, a.year, a.unit, :release, {", ".join(f"a.{c}" for c in COUNTS)}
  FROM summed AS a
  LEFT JOIN rollup AS b
    ON b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year AND b.unit = a.unit
   AND b.release = (SELECT max(c.release) FROM rollup AS c
                     WHERE c.origin = a.origin AND c.asylum = a.asylum
                       AND c.year = a.year AND c.unit = a.unit AND c.release < :release)
 WHERE ({", ".join(f"a.{c}" for c in COUNTS)}) IS NOT ({", ".join(f"b.{c}" for c in COUNTS)})
"""

_VANISHED = f"""
INSERT INTO rollup (origin, asylum, year, unit, release)
SELECT origin, asylum, year, unit, :release
  FROM (SELECT origin, asylum, year, unit, max(release), {_COLUMNS} FROM rollup
         WHERE release < :release AND year IN (SELECT year FROM touched)
         GROUP BY origin, asylum, year, unit) AS b
 WHERE coalesce({_COLUMNS}) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM summed AS a WHERE a.origin = b.origin AND a.asylum = b.asylum
                      AND a.year = b.year AND a.unit = b.unit)
"""


async def sum_release(connection: aiosqlite.Connection, release: int) -> None:
    """Make the rollups of a release, and again those of the one after it, if there is one."""
    rows = await connection.execute_fetchall(
        "SELECT id FROM release WHERE id >= ? AND state = 'published' ORDER BY id LIMIT 2", (release,)
    )
    for (each,) in list(rows):
        await connection.execute("DELETE FROM rollup WHERE release = ?", (each,))
        await _sum(connection, each)
        await levels.sum_first_instance(connection, each)


async def _sum(connection: aiosqlite.Connection, release: int) -> None:
    """Sum the years that a release touches, and write what differs from the release before it."""
    await connection.execute(_SUMMED)
    await connection.execute("CREATE TEMP TABLE touched (year INTEGER PRIMARY KEY)")
    await connection.execute(f"INSERT INTO touched {_TOUCHED_YEARS}", {"release": release})
    await connection.execute(_PAIRS, {"release": release})
    for total in _TOTALS:
        await connection.execute(total)
    await connection.execute(_DIFFERENCES, {"release": release})
    await connection.execute(_VANISHED, {"release": release})
    await connection.execute("DROP TABLE summed")
    await connection.execute("DROP TABLE touched")
