"""Read counts as a release said them. All reads are of the rollups; see `data.store.rollups`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Literal

from data.model import ALL, Counts, Unit
from data.store.rollups import COUNTS, OUTCOMES_AT_FIRST, make_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import aiosqlite

    from data.model import Release

_COUNTS = ", ".join(COUNTS)

YearCounts = dict[tuple[int, Unit], Counts]
_UNITS = {unit.value: unit for unit in Unit}

ManyRow = Sequence[Any]
PartnerCounts = dict[tuple[str, int, Unit], Counts]
SideName = Literal["origin", "asylum"]
Headlines = dict[str, tuple[int | None, int | None]]


async def read_series(
    connection: aiosqlite.Connection, release: Release, origin: str = ALL, asylum: str = ALL
) -> YearCounts:
    """Return the counts of one origin and asylum (codes or `ALL`) for every year and unit."""
    rows = await connection.execute_fetchall(
        f"SELECT year, unit, {_COUNTS}, max(release) FROM rollup"
        " WHERE origin = ? AND asylum = ? AND release <= ? GROUP BY year, unit",
        (origin, asylum, release.id),
    )
    return {(row[0], _UNITS[row[1]]): make_counts(row[2:-1]) for row in rows}


async def read_each_series(
    connection: aiosqlite.Connection, release: Release, pairs: Sequence[tuple[str, str]]
) -> list[YearCounts]:
    """Return the same for each of several pairs of origin and asylum, at most a few dozen, in one read."""
    one = (
        f"SELECT {{}}, year, unit, {_COUNTS}, max(release) FROM rollup"
        " WHERE origin = ? AND asylum = ? AND release <= ? GROUP BY year, unit"
    )
    found: list[YearCounts] = [{} for _ in pairs]
    if not pairs:
        return found
    rows = await connection.execute_fetchall(
        " UNION ALL ".join(one.format(number) for number in range(len(pairs))),
        [value for pair in pairs for value in (*pair, release.id)],
    )
    for row in rows:
        found[row[0]][row[1], _UNITS[row[2]]] = make_counts(row[3:-1])
    return found


async def read_first_instance(
    connection: aiosqlite.Connection, release: Release, origin: str = ALL, asylum: str = ALL
) -> YearCounts:
    """Return the decisions at first instance for every year and unit that has any."""
    rows = await connection.execute_fetchall(
        f"SELECT year, unit, {', '.join(OUTCOMES_AT_FIRST)}, max(release) FROM rollup"
        " WHERE origin = ? AND asylum = ? AND release <= ? GROUP BY year, unit",
        (origin, asylum, release.id),
    )
    return {
        (year, _UNITS[unit]): Counts(None, None, None, *outcomes)
        for year, unit, *outcomes, _ in rows
        if any(each is not None for each in outcomes)
    }


async def read_asylum_countries(
    connection: aiosqlite.Connection, release: Release, years: Sequence[int], origin: str = ALL
) -> PartnerCounts:
    """Return the counts in each country of asylum in some years, for one origin, or all."""
    rows = await connection.execute_fetchall(
        f"SELECT asylum, year, unit, {_COUNTS}, max(release) FROM rollup"
        f" WHERE year IN ({', '.join('?' * len(years))}) AND origin = ? AND asylum <> '*' AND release <= ?"
        " GROUP BY year, asylum, unit",
        (*years, origin, release.id),
    )
    return {(row[0], row[1], _UNITS[row[2]]): make_counts(row[3:-1]) for row in rows}


async def read_large(
    connection: aiosqlite.Connection,
    release: Release,
    years: tuple[int, int],
    origins: Collection[str],
    columns: Sequence[str],
    least: int,
) -> dict[str, dict[tuple[int, Unit], dict[str, int]]]:
    """Return the sum of these counts in two years, by origin, in each country of asylum that has any.

    Only of countries that had at least so many in the first year: a tenth of them, and no other is looked at.
    """
    value = " + ".join(f"coalesce({column}, 0)" for column in columns)
    rows = await connection.execute_fetchall(
        "WITH large (origin, asylum) AS MATERIALIZED (SELECT DISTINCT origin, asylum FROM rollup"
        " WHERE origin IN (SELECT value FROM json_each(:origins)) AND year = :first"
        f" AND asylum <> '*' AND release <= :release AND {value} >= :least)"
        " SELECT origin, asylum, year, unit, value FROM"
        f" (SELECT r.origin, r.asylum, r.year, r.unit, {value} AS value,"
        f" coalesce({', '.join(columns)}, NULL) AS any, max(r.release)"
        " FROM large CROSS JOIN rollup AS r ON r.origin = large.origin"
        " AND r.asylum = large.asylum AND r.year IN (:first, :second) AND r.release <= :release"
        " GROUP BY r.origin, r.asylum, r.year, r.unit) WHERE any IS NOT NULL",
        {
            "origins": json.dumps(list(origins)),
            "first": years[0],
            "second": years[1],
            "release": release.id,
            "least": least,
        },
    )
    found: dict[str, dict[tuple[int, Unit], dict[str, int]]] = {}
    for origin, asylum, year, unit, count in rows:
        found.setdefault(origin, {}).setdefault((year, _UNITS[unit]), {})[asylum] = count
    return found


async def read_origins(
    connection: aiosqlite.Connection, release: Release, years: Sequence[int], asylum: str = ALL
) -> PartnerCounts:
    """Return the counts of each origin in some years, in one country of asylum, or all."""
    rows = await connection.execute_fetchall(
        f"SELECT origin, year, unit, {_COUNTS}, max(release) FROM rollup"
        f" WHERE year IN ({', '.join('?' * len(years))}) AND asylum = ? AND origin <> '*' AND release <= ?"
        " GROUP BY year, origin, unit",
        (*years, asylum, release.id),
    )
    return {(row[0], row[1], _UNITS[row[2]]): make_counts(row[3:-1]) for row in rows}


async def read_headlines(
    connection: aiosqlite.Connection, release: Release, year: int, side: SideName, code: str = ALL
) -> Headlines:
    """Return pending claims and new applications, in persons, of each origin or each country of asylum.

    `side` says which; `code` fixes the other side to one country, or to all.
    """
    other = "asylum" if side == "origin" else "origin"
    rows = await connection.execute_fetchall(
        f"SELECT {side}, pending, new, max(release) FROM rollup WHERE year = ? AND unit = 'P'"
        f" AND {other} = ? AND {side} <> '*' AND release <= ? GROUP BY {side}",
        (year, code, release.id),
    )
    return {partner: (pending, new) for partner, pending, new, _ in rows}


async def read_many(
    connection: aiosqlite.Connection,
    release: Release,
    years: tuple[int, int],
    origin: str | None = ALL,
    asylum: str | None = ALL,
) -> Iterable[ManyRow]:
    """Return rows of origin, asylum, year, unit, the counts, and the release that said so.

    They are of the years from the first to the last. `origin` and `asylum` are codes or `ALL`; None is each
    one. There may be hundreds of thousands, which are not looked at here.
    """
    sides = [(name, code) for name, code in (("origin", origin), ("asylum", asylum)) if code is not None]
    each = [name for name, code in (("origin", origin), ("asylum", asylum)) if code is None]
    wanted = [*(f"{name} = ?" for name, _ in sides), *(f"{name} <> '*'" for name in each)]
    return await connection.execute_fetchall(
        f"SELECT origin, asylum, year, unit, {_COUNTS}, max(release) FROM rollup"
        f" WHERE year BETWEEN ? AND ? AND release <= ? AND {' AND '.join(wanted)}"
        " GROUP BY origin, asylum, year, unit",
        (*years, release.id, *(code for _, code in sides)),
    )


async def read_editions(
    connection: aiosqlite.Connection, origin: str, asylum: str, year: int
) -> dict[tuple[int, Unit], Counts]:
    """Return every row of a figure's year, by the release that wrote it, and unit."""
    rows = await connection.execute_fetchall(
        f"SELECT release, unit, {_COUNTS} FROM rollup WHERE origin = ? AND asylum = ? AND year = ?",
        (origin, asylum, year),
    )
    return {(row[0], _UNITS[row[1]]): make_counts(row[2:]) for row in rows}
