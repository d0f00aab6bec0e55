"""What is weighed of a release: how many rows and figures it has beside the one before, and their totals."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.doubt import BOUNDS, Side, WeighedTotal
from data.model import Dataset
from data.store.comparison import compared
from data.store.observations import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import aiosqlite

    from data.recodings import Moved

_Sums = dict[int, dict[str, list[int]]]
"""By year and country: a sum for each column."""

_Pairs = dict[str, tuple[int, int]]
"""By country: a sum before and after."""


@dataclass(frozen=True, slots=True)
class Weight:
    """How many rows a dataset, or figures above zero a column, had and has; and how many of them are gone."""

    dataset: Dataset
    column: str | None
    before: int
    after: int
    withdrawn: int


async def set_side_by_side(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> None:
    """Put the rows that differ in a release beside what they said before, in a temporary table."""
    table = TABLES[dataset]
    values = ", ".join(f"a.{value}, b.{value} AS was_{value}" for value in table.values)
    await connection.execute(f"DROP TABLE IF EXISTS temp.differing_{table.name}")
    await connection.execute(
        f"CREATE TEMP TABLE differing_{table.name} AS SELECT a.year, a.origin, a.asylum, {values}"
        f" FROM {compared(table)} WHERE a.release = :release",
        {"release": release},
    )


async def discard(connection: aiosqlite.Connection, dataset: Dataset) -> None:
    """Drop the temporary table of the differing rows."""
    await connection.execute(f"DROP TABLE temp.differing_{TABLES[dataset].name}")


async def weigh_rows(connection: aiosqlite.Connection, dataset: Dataset) -> list[Weight]:
    """Weigh a dataset's rows first, then its columns that have bounds; none where none has any.

    Needs the received rows in their temporary table, and those that differ in theirs.
    """
    table = TABLES[dataset]
    weighed = [column for its_dataset, column in BOUNDS if its_dataset is dataset]
    if not weighed:
        return []
    columns = (None, *weighed)

    def has(column: str | None, prefix: str = "") -> str:
        if column is None:
            some = ", ".join(f"{prefix}{value}" for value in table.values)
            return f"(coalesce({some}, NULL) IS NOT NULL)"
        return f"({prefix}{column} > 0) IS TRUE"

    gone = [f"sum({has(c, 'was_')} AND NOT {has(c)})" for c in columns]
    come = [f"sum({has(c)} AND NOT {has(c, 'was_')})" for c in columns]
    ((*moves,),) = await connection.execute_fetchall(
        f"SELECT {', '.join((*gone, *come))} FROM differing_{table.name}"
    )
    there = ", ".join(f"sum({has(c)})" for c in columns)
    ((*present,),) = await connection.execute_fetchall(f"SELECT {there} FROM incoming_{table.name}")
    weights = zip(columns, present, moves[: len(columns)], moves[len(columns) :], strict=True)
    return [
        Weight(dataset, column, (now or 0) + (lost or 0) - (won or 0), now or 0, lost or 0)
        for column, now, lost, won in weights
    ]


async def read_totals(
    connection: aiosqlite.Connection,
    dataset: Dataset,
    new_years: Sequence[int],
    moved: Iterable[Moved],
    countries: Mapping[str, str],
) -> list[WeighedTotal]:
    """Sum what is weighed, for the years in which something differs and for the `new_years`.

    What a new year is beside is the year before it. Rows that only `moved` to another code are no
    revision, and `countries` that were replaced by others are one with them. Needs what `weigh_rows` does.
    """
    table = TABLES[dataset]
    columns = [column for weighed, column in BOUNDS if weighed is dataset]
    if not columns:
        return []
    net = ", ".join(f"sum(coalesce({c}, 0) - coalesce(was_{c}, 0))" for c in columns)
    gross = ", ".join(f"sum(abs(coalesce({c}, 0) - coalesce(was_{c}, 0)))" for c in columns)
    rows = await connection.execute_fetchall(
        f"SELECT year, {gross} FROM differing_{table.name} GROUP BY year"
    )
    revised = {int(year): list(sums) for year, *sums in rows}
    for row in moved:
        for place, column in enumerate(columns):
            at = table.values.index(column)
            was, has = row.before[at] or 0, row.after[at] or 0
            revised[row.year][place] -= was + has - abs(was - has)
    years = json.dumps(sorted({*revised, *new_years, *(year - 1 for year in new_years)}))
    sums = ", ".join(f"coalesce(sum({c}), 0)" for c in columns)
    after, change = {}, {}
    for side in Side:
        now = await connection.execute_fetchall(
            f"SELECT year, {side}, {sums} FROM incoming_{table.name}"
            f" WHERE year IN (SELECT value FROM json_each(?)) GROUP BY year, {side}",
            (years,),
        )
        moves = await connection.execute_fetchall(
            f"SELECT year, {side}, {net} FROM differing_{table.name} GROUP BY year, {side}"
        )
        after[side], change[side] = _by_year(now, countries), _by_year(moves, countries)
    return [
        _sum_up(dataset, column, year, by, sides)
        for year in sorted({*revised, *new_years})
        for place, column in enumerate(columns)
        if (by := revised[year][place] if year in revised else 0) or year in new_years
        for sides in [{s: _pair(after[s], change[s], year, place, new=year in new_years) for s in Side}]
    ]


def _sum_up(
    dataset: Dataset, column: str, year: int, revised: int, sides: Mapping[Side, _Pairs]
) -> WeighedTotal:
    world = sides[Side.ASYLUM].values()
    before, after = sum(was for was, _ in world), sum(has for _, has in world)
    by_country = {(side, country): pair for side, pairs in sides.items() for country, pair in pairs.items()}
    return WeighedTotal(dataset, column, year, before, after, revised, by_country)


def _by_year(rows: Iterable[Any], countries: Mapping[str, str]) -> _Sums:
    """Arrange rows of year, country and sums; a country that another one replaced is counted as that one."""
    found: _Sums = defaultdict(dict)
    for year, country, *sums in rows:
        code = countries.get(country, country)
        had = found[year].get(code)
        found[year][code] = [a + b for a, b in zip(had, sums, strict=True)] if had else sums
    return found


def _pair(after: _Sums, change: _Sums, year: int, place: int, *, new: bool) -> _Pairs:
    """Return a column's sum before and after, by country; before a new year stands the year before it."""
    now, nothing = after.get(year, {}), [0] * (place + 1)
    if new:
        before = {code: sums[place] for code, sums in after.get(year - 1, {}).items()}
    else:
        moves = change.get(year, {})
        before = {
            code: now.get(code, nothing)[place] - moves.get(code, nothing)[place] for code in {*now, *moves}
        }
    return {code: (before.get(code, 0), now.get(code, nothing)[place]) for code in sorted({*before, *now})}
