"""All rollups in one packed table, for sums over thousands of them.

It is read once for each state of the database and kept in memory: some 9 MB for eleven releases.
"""

from __future__ import annotations

import math
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from data.model import ALL, Unit
from data.store.rollups import COUNTS, FIRST_YEAR_OF_NEW, OUTCOMES_AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import aiosqlite
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Row = tuple[tuple[Any, ...], list[int | None]]
    """What a sum is of, and the sums of all columns."""

Member = tuple[str, int, int]
"""A country, and the first and last year in which it counts."""

Side = str | tuple[Member, ...] | None
"""A code or `ALL`, the members of a group, or each country."""

COLUMNS = (*COUNTS, *OUTCOMES_AT_FIRST)

_AT_ONCE = 500
"""Packing more rows at once would keep the event loop from its work."""

_WIDTH = len(COLUMNS)
_BITS = 1 << np.arange(_WIDTH)
_LAST_YEAR = 9999
_UNITS = [*Unit]
_FIELDS = 5 + _WIDTH
_RELEASES = "SELECT id FROM release ORDER BY id"
_SELECT = f"""
SELECT origin, asylum, year, unit <> 'P', release, {", ".join(f"coalesce({each}, -1)" for each in COLUMNS)}
  FROM rollup {{}} ORDER BY origin, asylum, year, unit, release
"""


class _Rows(NamedTuple):
    """The table by column: what a row is about, from which release on and until which one, and its counts.

    Releases are told by rank. `known` has a bit for each count that is published; those that are not zero
    stand elsewhere, from `first` on.
    """

    origin: Array
    asylum: Array
    year: Array
    unit: Array
    since: Array
    until: Array
    known: Array
    first: Array
    size: Array


async def read_pairs(connection: aiosqlite.Connection, year: int | None = None) -> Pairs:
    """Read the table, or one year of it."""
    codes = {ALL: 0}
    ranks = {number: rank for rank, (number,) in enumerate(await connection.execute_fetchall(_RELEASES))}
    parts: list[tuple[Array, ...]] = [_pack([], codes, ranks)]
    where = "" if year is None else f"WHERE year = {year:d}"
    async with connection.execute(_SELECT.format(where)) as cursor:
        while rows := await cursor.fetchmany(_AT_ONCE):
            parts.append(_pack(list(rows), codes, ranks))
    head, known, size, column, value = (np.concatenate(each, axis=-1) for each in zip(*parts, strict=True))
    *_, since = head
    again = (head[:4, 1:] == head[:4, :-1]).all(0)
    until = np.full_like(since, len(ranks))
    until[:-1][again] = since[1:][again]
    first = np.cumsum(size, dtype=np.int32) - size
    origin, asylum, its_year, unit, _ = head
    table = _Rows(origin, asylum, its_year, unit, since, until, known, first, size)
    return Pairs(codes, list(ranks), table, column, value)


def _pack(rows: Sequence[Sequence[Any]], codes: dict[str, int], ranks: dict[int, int]) -> tuple[Array, ...]:
    """Return what rows are about, which counts are known, how many not zero, in which columns, and those."""
    origin, asylum, year, unit, release, *counts = zip(*rows, strict=True) if rows else [()] * _FIELDS
    named = ([codes.setdefault(code, len(codes)) for code in side] for side in (origin, asylum))
    head = np.array([*named, year, unit, [ranks[each] for each in release]], np.int16)
    cells = np.fromiter(chain.from_iterable(counts), np.int32).reshape(_WIDTH, -1).T
    some = cells > 0
    known = ((cells >= 0) @ _BITS).astype(np.int32)
    return head, known, some.sum(1, np.uint8), np.nonzero(some)[1].astype(np.uint8), cells[some]


class Pairs:
    """What every release said of every pair and in total, by year and unit."""

    def __init__(
        self, codes: dict[str, int], releases: list[int], rows: _Rows, column: Array, value: Array
    ) -> None:
        order = np.argsort(rows.year, kind="stable")
        self._rows = _Rows(*(each[order] for each in rows))
        self._codes, self._names, self._releases = codes, list(codes), releases
        self._column, self._value = column, value
        self._begin = int(self._rows.year.min(initial=_LAST_YEAR))
        self._end = int(self._rows.year.max(initial=self._begin - 1)) + 1
        self._starts = np.searchsorted(self._rows.year, np.arange(self._begin, self._end + 1))
        self._totals = [np.flatnonzero(side == codes[ALL]) for side in self._rows[:2]]
        years = self._rows.year.astype(np.int32) - self._begin
        self._keys = [side * np.int32(self._end - self._begin) + years for side in self._rows[:2]]

    def sum(
        self,
        release: int,
        origin: Side,
        asylum: Side,
        *,
        by: Sequence[str] = ("year", "unit"),
        years: Sequence[int] = (),
    ) -> Iterator[Row]:
        """Yield the sums `by` these fields, as a release said; no `years` are all of them."""
        at = self._keep(self._find((origin, asylum), years), self._releases.index(release))
        # Over several countries of asylum new applications are told from others only later.
        return self._add_up(at, by, early=not isinstance(asylum, tuple) or "asylum" in by)

    def sum_each(self, origin: Side, asylum: Side, year: int) -> Iterator[tuple[int, Row]]:
        """Yield what every release that changed any part of a year's sum made of it, by unit."""
        at = self._find((origin, asylum), (year,))
        for rank in np.unique(self._rows.since[at]).tolist():
            for row in self._add_up(self._keep(at, rank), ("unit",), early=not isinstance(asylum, tuple)):
                yield self._releases[rank], row

    def _keep(self, at: Array, rank: int) -> Array:
        """Leave out what other releases said than the one of this rank."""
        return at[(self._rows.since[at] <= rank) & (self._rows.until[at] > rank)]

    def _find(self, sides: tuple[Side, Side], years: Sequence[int]) -> Array:
        """Return the numbers of the rows of these sides and years, of all releases."""
        if years:
            span = np.clip([min(years) - self._begin, max(years) + 1 - self._begin], 0, len(self._starts) - 1)
            at = np.arange(*self._starts[span])
            at = at[np.isin(self._rows.year[at], years)] if len(years) > 1 else at
        else:
            at = self._totals[sides.index(ALL)] if ALL in sides else np.arange(len(self._rows.year))
        named = zip((self._rows.origin, self._rows.asylum), self._keys, sides, strict=True)
        # First what leaves few rows.
        for codes, keys, side in sorted(named, key=lambda each: not isinstance(each[2], str)):
            if side is None:
                at = at[codes[at] != self._codes[ALL]]
            elif isinstance(side, str):
                at = at[codes[at] == self._codes.get(side, -1)]
            else:
                at = at[self._lay_out(side).take(keys[at])]
        return at

    def _lay_out(self, members: tuple[Member, ...]) -> NDArray[np.bool_]:
        """Return of every code in every year whether it is a member."""
        then = np.zeros((len(self._names), self._end - self._begin), bool)
        for code, first, last in members:
            if code in self._codes:
                then[self._codes[code], max(first - self._begin, 0) : max(last + 1 - self._begin, 0)] = True
        return then.ravel()

    def _add_up(self, at: Array, by: Sequence[str], *, early: bool) -> Iterator[Row]:
        """Add up these rows; new applications are left out of years before they are told, unless `early`."""
        labels = {
            "origin": self._names,
            "asylum": self._names,
            "year": range(self._begin, self._end),
            "unit": _UNITS,
        }
        lengths = [len(labels[name]) for name in by]
        keys = [getattr(self._rows, name)[at] - (self._begin if name == "year" else 0) for name in by]
        key = np.ravel_multi_index(keys, lengths)
        found = np.flatnonzero(np.bincount(key, minlength=1))
        numbers = np.empty(math.prod(lengths), np.int32)
        numbers[found] = np.arange(len(found))
        number = numbers[key]
        sizes, known = self._rows.size[at].astype(np.int32), self._rows.known[at]
        if not early:
            known &= np.where(self._rows.year[at] < FIRST_YEAR_OF_NEW, ~_BITS[COLUMNS.index("new")], -1)
        cells = np.repeat(self._rows.first[at] - np.cumsum(sizes) + sizes, sizes) + np.arange(sizes.sum())
        sums = np.bincount(
            np.repeat(number * _WIDTH, sizes) + self._column[cells],
            self._value[cells],
            minlength=len(found) * _WIDTH,
        ).reshape(-1, _WIDTH)
        published = np.zeros(len(found), int)
        np.bitwise_or.at(published, number, known)
        counts = sums.astype(int).astype(object)
        counts[(published[:, None] & _BITS) == 0] = None
        places = zip(by, np.unravel_index(found, lengths), strict=True)
        named = [map(labels[name].__getitem__, each.tolist()) for name, each in places]
        return zip(zip(*named, strict=True), counts.tolist(), strict=True)
