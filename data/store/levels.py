"""Decisions at first instance, apart from appeals and reviews: made once a release, and read.

Only full releases have levels. The totals over origins or countries of asylum are in a table of
their own; a pair has few rows, which are summed when they are asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.model import ALL, Counts, Unit

if TYPE_CHECKING:
    import aiosqlite

    from data.model import Release
    from data.store.figures import YearCounts

_COUNTS = ("recognised", "complementary", "rejected", "closed")
_SUMS = ", ".join(f"sum({count})" for count in _COUNTS)

_FIRST = """
WITH RECURSIVE first (level) AS (
    VALUES ('FI')
    -- UNION ends where codes were replaced in a circle.
    UNION SELECT new FROM recoding JOIN first ON old = level WHERE "column" = 'level' AND release <= :release
)
"""

_FILL = f"""
{_FIRST}
INSERT INTO at_first
SELECT origin, asylum, year, unit, {_SUMS} FROM (
    SELECT origin, asylum, year, unit, max(release), {", ".join(_COUNTS)} FROM decisions
     WHERE release <= :release AND level IN (SELECT level FROM first)
     GROUP BY origin, asylum, year, authority, level, unit
) WHERE coalesce({", ".join(_COUNTS)}) IS NOT NULL -- withdrawn rows have none, and make none here
 GROUP BY origin, asylum, year, unit
"""

_PAIR = f"""
{_FIRST}
SELECT year, unit, {_SUMS} FROM (
    SELECT year, unit, max(release), {", ".join(_COUNTS)} FROM decisions
     WHERE origin = :origin AND asylum = :asylum AND release <= :release
       AND level IN (SELECT level FROM first)
     GROUP BY year, authority, level, unit
) GROUP BY year, unit
"""


async def sum_first_instance(connection: aiosqlite.Connection, release: int) -> None:
    """Make the totals of a full release, which has none."""
    await connection.execute(f"CREATE TEMP TABLE at_first (origin, asylum, year, unit, {', '.join(_COUNTS)})")
    await connection.execute(_FILL, {"release": release})
    for origin, asylum, source in (
        ("origin", "'*'", "at_first"),
        ("'*'", "asylum", "at_first"),
        ("'*'", "'*'", "first_instance WHERE release = :release AND asylum = '*'"),
    ):
        await connection.execute(
            f"INSERT INTO first_instance SELECT :release, {origin} AS o, {asylum} AS a, year, unit, {_SUMS}"
            f" FROM {source} GROUP BY o, a, year, unit",
            {"release": release},
        )
    await connection.execute("DROP TABLE at_first")


async def forget_first_instance(connection: aiosqlite.Connection, release: int) -> None:
    """Remove the totals of a release."""
    await connection.execute("DELETE FROM first_instance WHERE release = ?", (release,))


async def read_first_instance(
    connection: aiosqlite.Connection, release: Release, origin: str = ALL, asylum: str = ALL
) -> YearCounts:
    """Return the decisions at first instance of a place (UNHCR codes or `ALL`) by year and unit.

    A starter release has none.
    """
    wanted = {"release": release.id, "origin": origin, "asylum": asylum}
    if ALL in (origin, asylum):
        rows = await connection.execute_fetchall(
            f"SELECT year, unit, {', '.join(_COUNTS)} FROM first_instance"
            " WHERE release = :release AND origin = :origin AND asylum = :asylum",
            wanted,
        )
    else:
        rows = await connection.execute_fetchall(_PAIR, wanted)
    return {
        (year, Unit(unit)): Counts(
            recognised=recognised, complementary=complementary, rejected=rejected, closed=closed
        )
        for year, unit, recognised, complementary, rejected, closed in rows
    }
