"""Rollups: the counts people ask for, summed once when a release comes in.

Derived from the ledger and never the other way round; they can be made again at any time.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from data.measures import BY_COLUMN, COLUMNS
from data.model import FIRST_YEAR, STATELESS, Counts, Dataset, Measure, Role

if TYPE_CHECKING:
    from collections.abc import Collection

    import aiosqlite

FIRST_YEAR_OF_NEW = 2006
"""Until 2005 most countries' applications stand under stage V, which does not tell new from repeat,
so a sum over countries of asylum would silently leave them out."""

COUNTS = Counts._fields

OUTCOMES_AT_FIRST = ("first_recognised", "first_complementary", "first_rejected", "first_closed")
"""The outcomes at first instance, apart from appeals and reviews; in the order of those of all levels."""

_OUTCOMES = COLUMNS[Measure.DECISIONS]
_ALL = (*COUNTS, *OUTCOMES_AT_FIRST)
_LEDGER = {
    Dataset.POPULATION: {
        "pending": "asylum_seekers",
        "refugees": "refugees",
        "others_in_need": "oip",
        "displaced": "idps",
        "stateless": "stateless",
        "returned_refugees": "returned_refugees",
        "returned_displaced": "returned_idps",
    },
    Dataset.SOLUTIONS: {"resettled": "resettlement", "naturalised": "naturalisation"},
}
"""What is published in persons only: each count, and the column of the ledger that it stands in."""
_COLUMNS = ", ".join(_ALL)
_SUMS = ", ".join(f"sum({count}) AS {count}" for count in _ALL)
_SUMS_OVER_ASYLUM = _SUMS.replace("sum(new)", f"CASE WHEN year >= {FIRST_YEAR_OF_NEW} THEN sum(new) END")

_SUMMED = f"""
CREATE TEMP TABLE summed
    (origin, asylum, year, unit, {_COLUMNS}, PRIMARY KEY (origin, asylum, year, unit)) WITHOUT ROWID
"""

_TOUCHED = """
CREATE TEMP TABLE touched
    (origin, asylum, year, PRIMARY KEY (origin, asylum, year)) WITHOUT ROWID
"""

_DETAILED = ("applications", "decisions")


make_counts = partial(tuple.__new__, Counts)
"""Takes a third of the time of `Counts._make`, for rows of just its length."""


def list_columns(counts: Collection[str]) -> str:
    """Write the columns of a query for these counts; of the others nothing is read, which is quicker."""
    return ", ".join([each if each in counts else "NULL" for each in COUNTS])


def _read_people(dataset: Dataset) -> str:
    """Return the SQL for the counts of a dataset in persons, without the zeros that mean nothing.

    Such are those before a count's first year; and of a count without origins, those beside other origins
    than the country itself and the stateless.
    """
    columns = _LEDGER[dataset]

    def read(count: str) -> str:
        row, column = BY_COLUMN[count].row, columns[count]
        own = "" if Role.ORIGIN in row.sides else f" AND ({column} > 0 OR origin IN (asylum, '{STATELESS}'))"
        return f"CASE WHEN year >= {row.first_year}{own} THEN {column} END"

    counts = (read(count) if count in columns else "NULL" for count in _ALL)
    named = (f"{value} AS {count}" for value, count in zip(counts, _ALL, strict=True))
    return (
        f"SELECT origin, asylum, year, 'P' AS unit, max(release), {', '.join(named)}"
        f" FROM touched CROSS JOIN {dataset} USING (origin, asylum, year)"
        " WHERE release <= :release GROUP BY origin, asylum, year"
    )


# Where only others of concern or the hosts of a pair changed, nothing that is summed here did.
_TOUCH = (
    *(
        f"INSERT OR IGNORE INTO touched SELECT origin, asylum, year FROM {dataset} AS a"
        f" WHERE release = :release AND ({', '.join(columns.values())}) IS NOT ("
        f" SELECT {', '.join(columns.values())} FROM {dataset} AS b WHERE b.origin = a.origin"
        " AND b.asylum = a.asylum AND b.year = a.year AND b.release < :release"
        " ORDER BY b.release DESC LIMIT 1)"
        for dataset, columns in _LEDGER.items()
    ),
    *(
        f"INSERT OR IGNORE INTO touched SELECT DISTINCT origin, asylum, year FROM {table}"
        f" WHERE release = :release AND year >= {FIRST_YEAR}"
        for table in _DETAILED
    ),
)
# UNION ends where codes were replaced in a circle.
_RENAMED = """
SELECT new FROM recoding JOIN {} ON old = {} WHERE "column" = '{}' AND release <= :release
"""
_PAIRS = f"""
WITH RECURSIVE fresh (stage) AS (
    VALUES ('N'), ('NR') UNION {_RENAMED.format("fresh", "stage", "stage")}
), first (level) AS (
    VALUES ('FI') UNION {_RENAMED.format("first", "level", "level")}
)
INSERT INTO summed
SELECT origin, asylum, year, unit, {_SUMS} FROM (
    {" UNION ALL ".join(map(_read_people, _LEDGER))}
    UNION ALL
    SELECT origin, asylum, year, unit, max(release), NULL,
           CASE WHEN stage IN fresh THEN applied END, applied,
           {", ".join("NULL" for _ in _ALL[3:])}
      FROM touched CROSS JOIN applications USING (origin, asylum, year)
     WHERE release <= :release AND year >= {FIRST_YEAR}
     GROUP BY origin, asylum, year, authority, stage, level, unit
    UNION ALL
    SELECT origin, asylum, year, unit, max(release), NULL, NULL, NULL, {", ".join(_OUTCOMES)},
           {", ".join("NULL" for _ in COUNTS[3 + len(_OUTCOMES) :])},
           {", ".join(f"CASE WHEN level IN first THEN {count} END" for count in _OUTCOMES)}
      FROM touched CROSS JOIN decisions USING (origin, asylum, year)
     WHERE release <= :release AND year >= {FIRST_YEAR}
     GROUP BY origin, asylum, year, authority, level, unit
) GROUP BY origin, asylum, year, unit
"""

# Each reads what was written before it: the pairs, then the totals of origins.
_TOTALS = (
    f"""
    INSERT INTO summed SELECT origin, '*', year, unit, {_SUMS_OVER_ASYLUM} FROM (
        SELECT k.origin, k.year, unit, {_COLUMNS}, max(release)
          FROM (SELECT DISTINCT origin, year FROM touched) AS k
          CROSS JOIN rollup AS r INDEXED BY rollup_by_origin
            ON r.origin = k.origin AND r.year = k.year AND r.asylum <> '*' AND r.release <= :release
         GROUP BY k.origin, k.year, asylum, unit) GROUP BY origin, year, unit
    """,
    f"""
    INSERT INTO summed SELECT '*', asylum, year, unit, {_SUMS} FROM (
        SELECT k.asylum, k.year, unit, {_COLUMNS}, max(release)
          FROM (SELECT DISTINCT asylum, year FROM touched) AS k
          CROSS JOIN rollup AS r INDEXED BY rollup_by_asylum
            ON r.asylum = k.asylum AND r.year = k.year AND r.origin <> '*' AND r.release <= :release
         GROUP BY k.asylum, k.year, origin, unit) GROUP BY asylum, year, unit
    """,
    f"""
    INSERT INTO summed SELECT '*', '*', year, unit, {_SUMS_OVER_ASYLUM} FROM (
        SELECT k.year, unit, {_COLUMNS}, max(release)
          FROM (SELECT DISTINCT year FROM touched) AS k
          CROSS JOIN rollup AS r INDEXED BY rollup_by_asylum
            ON r.asylum = '*' AND r.year = k.year AND r.origin <> '*' AND r.release <= :release
         GROUP BY k.year, origin, unit) GROUP BY year, unit
    """,
)

_DIFFERENCES = f"""
INSERT INTO rollup (origin, asylum, year, unit, release, {_COLUMNS})
SELECT a.origin, a.asylum, a.year, a.unit, :release, {", ".join(f"a.{c}" for c in _ALL)}
  FROM summed AS a
  LEFT JOIN rollup AS b
    ON b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year AND b.unit = a.unit
   AND b.release = (SELECT max(c.release) FROM rollup AS c
                     WHERE c.origin = a.origin AND c.asylum = a.asylum
                       AND c.year = a.year AND c.unit = a.unit AND c.release < :release)
 WHERE ({", ".join(f"a.{c}" for c in _ALL)}) IS NOT ({", ".join(f"b.{c}" for c in _ALL)})
"""


_UNPACK = "DELETE FROM packed"
"""What was packed of the rollups is out of date once any is written; see `data.store.packed_rollups`."""

_FORM = "SELECT sql FROM {}.sqlite_master WHERE name = 'rollup'"
_INDEXES = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'rollup' AND sql IS NOT NULL"
)
_COPY = "INSERT INTO {into}.rollup SELECT * FROM {of}.rollup"


async def sum_release(connection: aiosqlite.Connection, release: int) -> None:
    """Make the rollups of a release: of the pairs that it touches, and of all totals that hold any of them.

    Those of the releases before it must be there.
    """
    await forget_release(connection, release)
    await connection.execute(_TOUCHED)
    for statement in _TOUCH:
        await connection.execute(statement, {"release": release})
    await _sum(connection, release)


async def forget_release(connection: aiosqlite.Connection, release: int) -> None:
    """Remove the rollups of a release."""
    await connection.execute("DELETE FROM rollup WHERE release = ?", (release,))
    await connection.execute(_UNPACK)


async def are_made(connection: aiosqlite.Connection) -> bool:
    """Say whether there are any: they are there of every published release, or of none."""
    ((found,),) = await connection.execute_fetchall("SELECT EXISTS (SELECT 1 FROM rollup)")
    return bool(found)


async def save_prepared(connection: aiosqlite.Connection) -> None:
    """Write them into the file that is `beside`, which is empty, for others to take."""
    ((form,),) = await connection.execute_fetchall(_FORM.format("main"))
    await connection.execute(form.replace("rollup", "beside.rollup", 1))
    await connection.execute(_COPY.format(into="beside", of="main"))


async def take_prepared(connection: aiosqlite.Connection) -> bool:
    """Take them from the file that is `beside` and say so, or take none where theirs is another form."""
    forms = [await connection.execute_fetchall(_FORM.format(each)) for each in ("main", "beside")]
    if list(forms[0]) != list(forms[1]):
        return False
    # SQLite copies whole pages where there is no index; each is then made in one go, in its own order.
    indexes = list(await connection.execute_fetchall(_INDEXES))
    for name, _ in indexes:
        await connection.execute(f"DROP INDEX {name}")
    await connection.execute(_UNPACK)
    await connection.execute(_COPY.format(into="main", of="beside"))
    for _, sql in indexes:
        await connection.execute(sql)
    return True


async def _sum(connection: aiosqlite.Connection, release: int) -> None:
    """Sum what is touched as of a release, and write what differs from the one before it."""
    await connection.execute(_UNPACK)
    await connection.execute(_SUMMED)
    for level in ((_PAIRS,), _TOTALS[:2], _TOTALS[2:]):
        for total in level:
            await connection.execute(total, {"release": release})
        await connection.execute(_DIFFERENCES, {"release": release})
        await connection.execute("DELETE FROM summed")
    for table in ("summed", "touched"):
        await connection.execute(f"DROP TABLE {table}")
