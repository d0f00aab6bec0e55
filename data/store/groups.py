"""Sums over the members of groups, made when they are asked for; who they are stands in no database."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from data.countries.groups import list_memberships, read_groups
from data.model import Counts, Unit
from data.store.rollups import COUNTS, OUTCOMES_AT_FIRST, make_counts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from data.store.figures import Headlines, ManyRow, PartnerCounts, SideName, YearCounts
    from data.store.packed_rollups import Member, Pairs, RollupSide, Row

ALWAYS = (0, 9999)
_YEARS = range(1951, 2051)
"""What can change: refugees are counted since 1951."""


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


class Sums:
    """What a release said of groups, and of their members together; sides are codes, or lists of members.

    `counts` are those that are asked for; the others are None in every sum.
    """

    def __init__(self, pairs: Pairs, release: int, counts: Collection[str] = COUNTS) -> None:
        self._pairs, self._release = pairs, release
        self._columns = tuple(each if each in counts else None for each in COUNTS)

    def read_series(self, origin: RollupSide, asylum: RollupSide, years: Sequence[int] = ()) -> YearCounts:
        """Return the counts of every year, or of some, by unit."""
        return {key: make_counts(row) for key, row in self._sum(origin, asylum, years=years)}

    def read_first_instance(self, origin: str, asylum: str) -> YearCounts:
        """Return the decisions at first instance for every year and unit that has any."""
        return {
            key: Counts(None, None, None, *row)
            for key, row in self._sum(origin, asylum, columns=OUTCOMES_AT_FIRST)
            if any(each is not None for each in row)
        }

    def read_each(
        self, listed: SideName, origin: RollupSide, asylum: RollupSide, years: Sequence[int] = ()
    ) -> PartnerCounts:
        """Return the counts of each country of a side, which is None there, or of some members of it."""
        rows = self._sum(origin, asylum, each=(listed,), years=years)
        return {key: make_counts(row) for key, row in rows}

    def read_both(
        self, origin: RollupSide, asylum: RollupSide, years: Sequence[int]
    ) -> dict[tuple[str, str, int, Unit], Counts]:
        """Return the counts of each origin of a side in each country of asylum of the other."""
        rows = self._sum(origin, asylum, each=("origin", "asylum"), years=years)
        return {key: make_counts(row) for key, row in rows}

    def read_sums(
        self,
        listed: SideName,
        origin: RollupSide,
        asylum: RollupSide,
        years: Sequence[int],
        columns: Sequence[str],
    ) -> dict[tuple[str, Unit], tuple[Counts, int]]:
        """Return these counts of each country of a side, over years, and in how many there are any."""
        sums = self._pairs.sum_years(
            self._release,
            _find_members(origin),
            _find_members(asylum),
            each=(listed,),
            years=years,
            columns=columns,
        )
        return {
            key: (Counts(**dict(zip(columns, row, strict=True))), counted) for (key, row), counted in sums
        }

    def read_headlines(self, listed: SideName, code: str, year: int) -> Headlines:
        """Return pending claims and new applications of each country of a side, in persons."""
        origin, asylum = (None, code) if listed == "origin" else (code, None)
        counts = self.read_each(listed, origin, asylum, (year,))
        return {
            partner: (each.pending, each.new)
            for (partner, _, unit), each in counts.items()
            if unit is Unit.PERSONS
        }

    def read_many(self, origin: RollupSide, asylum: RollupSide, years: range) -> list[ManyRow]:
        """Return rows of origin, asylum, year, unit, the counts, and None."""
        sides = (origin, asylum)
        by = [
            name for name, side in zip(("origin", "asylum"), sides, strict=True) if not isinstance(side, str)
        ]
        found: list[ManyRow] = []
        for key, row in self._sum(origin, asylum, each=by, years=years):
            rest = iter(key)
            codes = [side if isinstance(side, str) else next(rest) for side in sides]
            found.append((*codes, *rest, *row, None))
        return found

    def read_editions(self, origin: str, asylum: str, year: int) -> dict[tuple[int, Unit], Counts]:
        """Return what each release that changed a member's figures of a year made of the group's."""
        sides = _find_members(origin), _find_members(asylum)
        return {
            (release, unit): make_counts(row)
            for (release, unit), row in self._pairs.sum_each(*sides, year, self._columns)
        }

    def _sum(
        self,
        origin: RollupSide,
        asylum: RollupSide,
        *,
        each: Sequence[str] = (),
        years: Sequence[int] = (),
        columns: Sequence[str | None] | None = None,
    ) -> Iterator[Row]:
        return self._pairs.sum(
            self._release,
            _find_members(origin),
            _find_members(asylum),
            each=each,
            years=years,
            columns=columns or self._columns,
        )


def match_side(column: str, code: str) -> tuple[str, list[object]]:
    """Return the SQL for a country, or a member of a group then, and the values bound in it."""
    if not is_group(code):
        return f"{column} = ?", [code]
    then = [
        (each, year) for each, first, last in list_members(code) for year in _YEARS if first <= year <= last
    ]
    named = json.dumps(sorted({each for each, _ in then}))
    condition = f"{column} IN (SELECT value FROM json_each(?))"
    if len(then) == len(_YEARS) * len({each for each, _ in then}):
        return condition, [named]
    at = f"({column}, year) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"
    return f"{condition} AND {at}", [named, json.dumps(then)]


def _find_members(side: RollupSide) -> RollupSide:
    return list_members(side) if isinstance(side, str) and is_group(side) else side
