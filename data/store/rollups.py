"""Rollups: the counts people ask for, summed once when a release comes in.

Derived from the ledger (or from the starter figures) and never the other way round; they can be
made again at any time.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store import levels

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

FIRST_YEAR = 2000
"""UNHCR publishes asylum figures by country from 2000 on; before, only a few worldwide sums."""

FIRST_YEAR_OF_NEW = 2006
"""Until 2005 most countries' applications stand under stage V, which does not tell new from repeat,
so a sum over countries of asylum would silently leave them out."""

COUNTS = ("pending", "new", "all_stages", "recognised", "complementary", "rejected", "closed")

PairRow = tuple[str | int | None, ...]
"""origin, asylum, year, unit, and the seven counts."""

_COLUMNS = ", ".join(COUNTS)
_SUMS = ", ".join(f"sum({count})" for count in COUNTS)
_SUMS_OVER_ASYLUM = _SUMS.replace("sum(new)", f"CASE WHEN year >= {FIRST_YEAR_OF_NEW} THEN sum(new) END")

_EMPTY = f"""
CREATE TEMP TABLE IF NOT EXISTS summed
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
    INSERT INTO summed
    SELECT '*', CASE WHEN NOT :starter OR asylum IN (SELECT code FROM coverage WHERE role = 'asylum')
                     THEN asylum ELSE '~' END AS named, year, unit, {_SUMS}
      FROM summed WHERE asylum <> '*' GROUP BY named, year, unit
    """,
    f"""
    INSERT INTO summed SELECT '*', '*', year, unit, {_SUMS_OVER_ASYLUM} FROM summed
     WHERE asylum = '*' AND origin <> '*' GROUP BY year, unit
    """,
)

_DIFFERENCES = f"""
INSERT INTO rollup (starter, origin, asylum, year, unit, release, {_COLUMNS})
SELECT :starter, a.origin, a.asylum, a.year, a.unit, :release, {", ".join(f"a.{c}" for c in COUNTS)}
  FROM summed AS a
  LEFT JOIN rollup AS b
    ON b.starter = :starter AND b.origin = a.origin AND b.asylum = a.asylum
   AND b.year = a.year AND b.unit = a.unit
   AND b.release = (SELECT max(c.release) FROM rollup AS c
                     WHERE c.starter = :starter AND c.origin = a.origin AND c.asylum = a.asylum
                       AND c.year = a.year AND c.unit = a.unit AND c.release < :release)
 WHERE ({", ".join(f"a.{c}" for c in COUNTS)}) IS NOT ({", ".join(f"b.{c}" for c in COUNTS)})
"""

_VANISHED = f"""
INSERT INTO rollup (starter, origin, asylum, year, unit, release)
SELECT :starter, origin, asylum, year, unit, :release
  FROM (SELECT origin, asylum, year, unit, max(release), {_COLUMNS} FROM rollup
         WHERE starter = :starter AND release < :release AND year IN (SELECT year FROM touched)
         GROUP BY origin, asylum, year, unit) AS b
 WHERE coalesce({_COLUMNS}) IS NOT NULL
   AND NOT EXISTS (SELECT 1 FROM summed AS a WHERE a.origin = b.origin AND a.asylum = b.asylum
                      AND a.year = b.year AND a.unit = b.unit)
"""


async def sum_release(connection: aiosqlite.Connection, release: int) -> None:
    """Make the rollups of a full release; those of the ones before it are there already."""
    await forget_release(connection, release)
    await _begin(connection)
    await connection.execute(f"INSERT INTO touched {_TOUCHED_YEARS}", {"release": release})
    await connection.execute(_PAIRS, {"release": release})
    await _write(connection, release, starter=False)
    await levels.sum_first_instance(connection, release)


async def forget_release(connection: aiosqlite.Connection, release: int) -> None:
    """Remove the rollups of a full release, and its decisions at first instance."""
    await connection.execute("DELETE FROM rollup WHERE NOT starter AND release = ?", (release,))
    await levels.forget_first_instance(connection, release)


async def sum_starter(connection: aiosqlite.Connection, release: int, pairs: Iterable[PairRow]) -> None:
    """Make the rollups of a starter release from all its pairs of origin and asylum, '~' included."""
    await _begin(connection)
    marks = ", ".join("?" * (4 + len(COUNTS)))
    await connection.executemany(f"INSERT INTO summed VALUES ({marks})", pairs)
    await connection.execute(
        "INSERT INTO touched SELECT year FROM summed UNION SELECT year FROM rollup WHERE starter"
    )
    await _write(connection, release, starter=True)


async def forget_starters(connection: aiosqlite.Connection) -> None:
    """Remove the rollups of all starter releases."""
    await connection.execute("DELETE FROM rollup WHERE starter")


async def _begin(connection: aiosqlite.Connection) -> None:
    await connection.execute(_EMPTY)
    await connection.execute("CREATE TEMP TABLE IF NOT EXISTS touched (year INTEGER PRIMARY KEY)")
    await connection.execute("DELETE FROM summed")
    await connection.execute("DELETE FROM touched")


async def _write(connection: aiosqlite.Connection, release: int, *, starter: bool) -> None:
    parameters = {"release": release, "starter": int(starter)}
    for total in _TOTALS:
        await connection.execute(total, parameters)
    await connection.execute(_DIFFERENCES, parameters)
    await connection.execute(_VANISHED, parameters)
    await connection.execute("DROP TABLE summed")
    await connection.execute("DROP TABLE touched")
