"""Sums over the members of groups, made when they are asked for; who they are stands in no database."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from data.countries.groups import list_memberships, read_groups
from data.model import FIRST_YEAR, Counts, Unit
from data.store.rollups import COUNTS, FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite

    from data.model import Release

    Member = tuple[str, int, int]
    """A country, and the first and last year in which it counts."""

ALWAYS = (0, 9999)
_SIDES = ("origin", "asylum")
_YEARS = 50
"""So many years from the first one on can be asked for."""


def is_group(*codes: str | None) -> bool:
    """Say whether any of these codes is a group's."""
    return any(code in read_groups() for code in codes)


@cache
def list_members(group: str) -> tuple[Member, ...]:
    """Return a group's members, each with the years of its membership."""
    return tuple(
        (member, first or ALWAYS[0], last or ALWAYS[1])
        for code, member, first, last in list_memberships()
        if code == group
    )


async def read_sums(
    connection: aiosqlite.Connection,
    release: Release | int,
    origin: str | Sequence[Member] | None,
    asylum: str | Sequence[Member] | None,
    *,
    by: Sequence[str] = ("year", "unit"),
    years: Sequence[int] = (),
    columns: Sequence[str] = COUNTS,
) -> Iterable[Sequence[Any]]:
    """Return rows of what the sums are made `by`, and of the sums, as a release said.

    Each side is a code, `ALL`, a group's code or its members; None is each country. No `years` are all of
    them.
    """
    sides = [_find_members(side) for side in (origin, asylum)]
    tables, joins, values = [], [], {"release": getattr(release, "id", release)}
    for name, side in zip(_SIDES, sides, strict=True):
        if side is None:
            joins.append(f"r.{name} <> '*'")
        elif isinstance(side, str):
            joins.append(f"r.{name} = :{name}")
            values[name] = side
        else:
            tables.append(
                f"(SELECT value ->> 0 AS code, value ->> 1 AS first, value ->> 2 AS last"
                f" FROM json_each(:{name})) AS {name} CROSS JOIN"
            )
            joins += [f"r.{name} = {name}.code", f"r.year BETWEEN {name}.first AND {name}.last"]
            values[name] = json.dumps(side)
    index = "" if None not in sides else f"INDEXED BY rollup_by_{_SIDES[sides[0] is None]}"
    if years:
        joins.append(f"r.year IN ({', '.join(map(str, years))})")
    several = not isinstance(sides[1], str | None) and len(sides[1]) > 1 and "asylum" not in by
    rows: Iterable[Sequence[Any]] = await connection.execute_fetchall(
        f"SELECT {', '.join(by)}, {', '.join(_sum(column, several=several) for column in columns)} FROM"
        f" (SELECT r.origin, r.asylum, r.year, r.unit, {', '.join(f'r.{c}' for c in columns)}, max(r.release)"
        f" FROM {' '.join(tables)} rollup AS r {index} WHERE {' AND '.join(joins)}"
        " AND r.release <= :release"
        f" GROUP BY r.origin, r.asylum, r.year, r.unit) GROUP BY {', '.join(by)}",
        values,
    )
    return rows


def match_side(column: str, code: str) -> tuple[str, list[object]]:
    """Return the SQL for a country, or a member of a group then, and the values bound in it."""
    if not is_group(code):
        return f"{column} = ?", [code]
    years = range(FIRST_YEAR, FIRST_YEAR + _YEARS)
    then = [
        (each, year) for each, first, last in list_members(code) for year in years if first <= year <= last
    ]
    named = json.dumps(sorted({each for each, _ in then}))
    condition = f"{column} IN (SELECT value FROM json_each(?))"
    if len(then) == len(years) * len({each for each, _ in then}):
        return condition, [named]
    at = f"({column}, year) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"
    return f"{condition} AND {at}", [named, json.dumps(then)]


async def read_editions(
    connection: aiosqlite.Connection, origin: str, asylum: str, year: int
) -> dict[tuple[int, Unit], Counts]:
    """Return what every release that changed a member's figures of a year made of the group's, by unit."""
    sides = (
        [code for code, first, last in list_members(side) if first <= year <= last]
        if is_group(side)
        else [side]
        for side in (origin, asylum)
    )
    rows = await connection.execute_fetchall(
        f"SELECT r.release, r.unit, r.origin, r.asylum, {', '.join(f'r.{c}' for c in COUNTS)}"
        " FROM json_each(?) AS origin CROSS JOIN json_each(?) AS asylum CROSS JOIN rollup AS r"
        " ON r.origin = origin.value AND r.asylum = asylum.value AND r.year = ? ORDER BY r.release",
        (*map(json.dumps, sides), year),
    )
    latest: dict[tuple[Unit, str, str], Sequence[int | None]] = {}
    sums = {unit: _Sum() for unit in Unit}
    found: dict[tuple[int, Unit], Counts] = {}
    for release, unit_code, *pair, in_all in ((*row[:4], row[4:]) for row in rows):
        key = (unit := Unit(unit_code), *pair)
        sums[unit].replace(latest.get(key), in_all)
        latest[key] = in_all
        found[release, unit] = sums[unit].counts()
    later = year < FIRST_YEAR_OF_NEW and len(list_members(asylum)) > 1 if is_group(asylum) else False
    return {key: each._replace(new=None) if later else each for key, each in found.items()}


class _Sum:
    """A sum of counts that are replaced one by one; it is None while nothing is published."""

    def __init__(self) -> None:
        self._totals = [0] * len(COUNTS)
        self._known = [0] * len(COUNTS)

    def replace(self, before: Sequence[int | None] | None, after: Sequence[int | None]) -> None:
        for counts, sign in ((before, -1), (after, 1)):
            for place, count in enumerate(counts or ()):
                if count is not None:
                    self._totals[place] += sign * count
                    self._known[place] += sign

    def counts(self) -> Counts:
        pairs = zip(self._totals, self._known, strict=True)
        return Counts(*(total if known else None for total, known in pairs))


def _find_members(side: str | Sequence[Member] | None) -> str | Sequence[Member] | None:
    return list_members(side) if isinstance(side, str) and is_group(side) else side


def _sum(column: str, *, several: bool) -> str:
    """Sum a column; over several countries of asylum new applications are told from others only later."""
    if column == "new" and several:
        return f"CASE WHEN year >= {FIRST_YEAR_OF_NEW} THEN sum(new) END"
    return f"sum({column})"
