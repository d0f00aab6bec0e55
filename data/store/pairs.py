"""All rollups in one packed table, for sums over thousands of them.

It is read once for each state of the database and kept in memory: some 22 MB for eleven releases.
"""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from data.model import ALL, Unit
from data.store.rollups import COUNTS, FIRST_YEAR_OF_NEW, OUTCOMES_AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import aiosqlite
    from numpy.typing import NDArray

    Array = NDArray[Any]
    Row = tuple[tuple[Any, ...], tuple[int | None, ...]]
    """What a sum is of, and the sums of some columns."""

Member = tuple[str, int, int]
"""A country, and the first and last year in which it counts."""

Side = str | tuple[Member, ...] | None
"""A code or `ALL`, the members of a group, or each country."""

COLUMNS = (*COUNTS, *OUTCOMES_AT_FIRST)

_AT_ONCE = 500
"""Packing more rows at once would keep the event loop from its work."""

MAX_LAID_OUT = 64
"""Each is of all countries in all years, in 17 KB."""

MAX_COUNTED_OFF = 100_000
"""Among more possible sums than these, sorting finds sooner which there are."""

_WIDTH = len(COLUMNS)
_BITS = dict(zip(COLUMNS, (1 << np.arange(_WIDTH)).tolist(), strict=True))
_LAST_YEAR = 9999
_UNITS = [*Unit]
_HEAD = 5
_RELEASES = "SELECT id FROM release ORDER BY id"
_COUNT = "SELECT count(*) FROM rollup {}"
_SELECT = f"""
SELECT origin, asylum, year, unit <> 'P', release, {", ".join(f"ifnull({each}, -1)" for each in COLUMNS)}
  FROM rollup {{}} ORDER BY origin, asylum, year, unit, release
"""


class _Rows(NamedTuple):
    """The table by column: what a row is about, from which release on and until which one, and its counts.

    Releases are told by rank. `known` has a bit for each count that is published; in `counts`, a line for
    each of `COLUMNS`, the others are zero.
    """

    origin: Array
    asylum: Array
    year: Array
    unit: Array
    since: Array
    until: Array
    known: Array
    counts: Array

    @classmethod
    def make(cls, size: int) -> _Rows:
        """Make room for so many rows."""
        origin, asylum, year, unit, since, until = np.zeros((_HEAD + 1, size), np.int16)
        known, counts = np.zeros(size, np.int32), np.zeros((_WIDTH, size), np.int32)
        return cls(origin, asylum, year, unit, since, until, known, counts)

    def fill(
        self, begin: int, rows: Sequence[Sequence[Any]], codes: dict[str, int], ranks: dict[int, int]
    ) -> None:
        """Write rows as they were read from the database, from the row `begin` on."""
        span = slice(begin, begin + len(rows))
        for side, number in ((self.origin, 0), (self.asylum, 1)):
            side[span] = [codes.setdefault(row[number], len(codes)) for row in rows]
        self.since[span] = [ranks[row[_HEAD - 1]] for row in rows]
        numbers = chain.from_iterable(map(itemgetter(slice(2, None)), rows))
        table = np.fromiter(numbers, np.int64, len(rows) * (_HEAD - 2 + _WIDTH)).reshape(len(rows), -1).T
        self.year[span], self.unit[span] = table[:2]
        counts = table[_HEAD - 2 :]
        self.known[span] = [*_BITS.values()] @ (counts >= 0)
        self.counts[:, span] = np.maximum(counts, 0)

    def end(self, releases: int) -> None:
        """Write until which release each row holds: until the next of the same."""
        same = [(each[1:] == each[:-1]) for each in (self.origin, self.asylum, self.year, self.unit)]
        again = np.logical_and.reduce(same)
        self.until[:] = releases
        self.until[:-1][again] = self.since[1:][again]


class _Index:
    """The numbers of the rows by a key of theirs."""

    def __init__(self, keys: Array, size: int) -> None:
        order = np.argsort(keys, kind="stable")
        self._rows = order.astype(np.int32)
        self._starts = np.searchsorted(keys[order], np.arange(size + 1))

    def count(self, keys: Array) -> int:
        """Return how many rows have one of these keys."""
        return int((self._starts[keys + 1] - self._starts[keys]).sum())

    def find(self, keys: Array) -> Array:
        """Return the numbers of the rows that have one of these keys, each of which is named once."""
        spans = zip(self._starts[keys].tolist(), self._starts[keys + 1].tolist(), strict=True)
        parts = [self._rows[begin:end] for begin, end in spans]
        return np.concatenate(parts) if parts else self._rows[:0]


class _Members(NamedTuple):
    """The numbers of a side's codes, and for every code in every year, one after another, if it counts."""

    codes: Array
    then: NDArray[np.bool_] | None


async def read_pairs(connection: aiosqlite.Connection, year: int | None = None) -> Pairs:
    """Read the table, or one year of it."""
    codes = {ALL: 0}
    ranks = {number: rank for rank, (number,) in enumerate(await connection.execute_fetchall(_RELEASES))}
    where = "" if year is None else f"WHERE year = {year:d}"
    ((size,),) = await connection.execute_fetchall(_COUNT.format(where))
    table, begin = _Rows.make(size), 0
    async with connection.execute(_SELECT.format(where)) as cursor:
        while rows := list(await cursor.fetchmany(_AT_ONCE)):
            table.fill(begin, rows, codes, ranks)
            begin += len(rows)
    table.end(len(ranks))
    return Pairs(codes, list(ranks), table)


class Pairs:
    """What every release said of every pair and in total, by year and unit."""

    def __init__(self, codes: dict[str, int], releases: list[int], rows: _Rows) -> None:
        self._rows = rows
        self._codes, self._names, self._releases = codes, list(codes), releases
        self._begin = int(rows.year.min(initial=_LAST_YEAR))
        self._end = int(rows.year.max(initial=self._begin - 1)) + 1
        self._sides = [_Index(side, len(codes)) for side in (rows.origin, rows.asylum)]
        self._list_members = lru_cache(MAX_LAID_OUT)(self._lay_out)
        years = rows.year.astype(np.int32) - self._begin
        self._years = _Index(years, self._end - self._begin)
        self._then = [side * np.int32(self._end - self._begin) + years for side in rows[:2]]

    def sum(
        self,
        release: int,
        origin: Side,
        asylum: Side,
        *,
        by: Sequence[str] = ("year", "unit"),
        years: Sequence[int] = (),
        columns: Sequence[str | None] = COLUMNS,
    ) -> Iterator[Row]:
        """Yield the sums of these columns `by` these fields, as a release said; no `years` are all."""
        at = self._keep(self._find((origin, asylum), years), self._releases.index(release))
        # Over several countries of asylum new applications are told from others only later.
        return self._add_up(at, by, columns, early=not isinstance(asylum, tuple) or "asylum" in by)

    def sum_each(
        self, origin: Side, asylum: Side, year: int, columns: Sequence[str | None] = COLUMNS
    ) -> Iterator[tuple[int, Row]]:
        """Yield what every release that changed any part of a year's sum made of it, by unit."""
        at, early = self._find((origin, asylum), (year,)), not isinstance(asylum, tuple)
        for rank in np.unique(self._rows.since[at]).tolist():
            for row in self._add_up(self._keep(at, rank), ("unit",), columns, early=early):
                yield self._releases[rank], row

    def sum_years(
        self,
        release: int,
        origin: Side,
        asylum: Side,
        *,
        by: Sequence[str],
        years: Sequence[int],
        columns: Sequence[str],
    ) -> Iterator[tuple[Row, int]]:
        """Yield the same over all of these years, and in how many of them any of the columns is published."""
        early = not isinstance(asylum, tuple) or "asylum" in by
        at = self._keep(self._find((origin, asylum), years), self._releases.index(release))
        at = at[self._find_known(at, early=early) & sum(_BITS[each] for each in columns) != 0]
        keys, number = self._tell_apart(at, by)
        seen = np.zeros((len(keys), self._end - self._begin), bool)
        seen[number, self._rows.year[at] - self._begin] = True
        sums = self._sum_columns(at, number, len(keys), columns, early=early)
        return zip(zip(keys, sums, strict=True), seen.sum(1).tolist(), strict=True)

    def _keep(self, at: Array, rank: int) -> Array:
        """Leave out what other releases said than the one of this rank."""
        return at[(self._rows.since[at] <= rank) & (self._rows.until[at] > rank)]

    def _find(self, sides: tuple[Side, Side], years: Sequence[int]) -> Array:
        """Return the numbers of the rows of these sides and years, of all releases."""
        named = [None if side is None else self._list_members(side) for side in sides]
        ways = [(index, side.codes) for index, side in zip(self._sides, named, strict=True) if side]
        asked = np.array([year - self._begin for year in years if self._begin <= year < self._end], int)
        if years:
            ways.append((self._years, asked))
        # What leaves the fewest rows comes first, and all others after it.
        index, keys = min(ways, key=lambda way: way[0].count(way[1]))
        at = index.find(keys)
        if years and index is not self._years:
            wanted = np.zeros(self._end - self._begin, bool)
            wanted[asked] = True
            at = at[wanted[self._rows.year[at] - self._begin]]
        for codes, own, then, side in zip(self._rows[:2], self._sides, self._then, named, strict=True):
            if side is None:
                at = at[codes[at] != self._codes[ALL]]
            elif side.then is not None:
                at = at[side.then.take(then[at])]
            elif own is not index:
                at = at[codes[at] == (side.codes[0] if len(side.codes) else -1)]
        return at

    def _lay_out(self, side: str | tuple[Member, ...]) -> _Members:
        if isinstance(side, str):
            return _Members(np.array([self._codes[side]] if side in self._codes else [], int), None)
        then = np.zeros((len(self._names), self._end - self._begin), bool)
        for code, first, last in side:
            if code in self._codes:
                then[self._codes[code], max(first - self._begin, 0) : max(last + 1 - self._begin, 0)] = True
        return _Members(np.flatnonzero(then.any(1)), then.ravel())

    def _find_known(self, at: Array, *, early: bool) -> Array:
        """Return which counts of these rows are known: new applications from a year on, unless `early`."""
        known = self._rows.known[at]
        if not early:
            known &= np.where(self._rows.year[at] < FIRST_YEAR_OF_NEW, ~_BITS["new"], -1)
        return known

    def _add_up(
        self, at: Array, by: Sequence[str], columns: Sequence[str | None], *, early: bool
    ) -> Iterator[Row]:
        """Add up these rows; new applications are left out of years before they are told, unless `early`.

        A column that is None is None in every sum.
        """
        keys, number = self._tell_apart(at, by)
        return zip(keys, self._sum_columns(at, number, len(keys), columns, early=early), strict=True)

    def _tell_apart(self, at: Array, by: Sequence[str]) -> tuple[list[tuple[Any, ...]], Array]:
        """Return what these rows are of `by` these fields, each once in order, and each row's number."""
        labels: dict[str, Sequence[Any]] = {"origin": self._names, "asylum": self._names, "unit": _UNITS}
        key: Array = np.zeros(len(at), int)
        for name in by:
            field: Array = getattr(self._rows, name)[at]
            if name == "year":
                begin = int(field.min(initial=_LAST_YEAR))
                labels["year"] = range(begin, int(field.max(initial=begin)) + 1)
                field = field - begin
            key = key * len(labels[name]) + field
        sizes = [len(labels[name]) for name in by]
        if math.prod(sizes) > MAX_COUNTED_OFF:
            found, number = np.unique(key, return_inverse=True)
        else:
            found = np.flatnonzero(np.bincount(key, minlength=1))
            numbers = np.empty(math.prod(sizes), np.intp)
            numbers[found] = np.arange(len(found))
            number = numbers[key]
        places = zip(by, np.unravel_index(found, sizes), strict=True)
        named = [map(labels[name].__getitem__, each.tolist()) for name, each in places]
        return list(zip(*named, strict=True)), number

    def _sum_columns(
        self, at: Array, number: Array, size: int, columns: Sequence[str | None], *, early: bool
    ) -> Iterator[tuple[int | None, ...]]:
        """Yield the sums of so many numbers, None where nothing of theirs is published."""
        known = self._find_known(at, early=early)
        published = np.zeros(size, np.int32)
        np.bitwise_or.at(published, number, known)

        def sum_column(column: str | None) -> Iterable[int | None]:
            if column is None:
                return repeat(None, size)
            counts = self._rows.counts[COLUMNS.index(column)].take(at)
            if column == "new" and not early:
                counts[known & _BITS[column] == 0] = 0
            sums = np.bincount(number, counts, size).astype(int).astype(object)
            sums[published & _BITS[column] == 0] = None
            told: list[int | None] = sums.tolist()
            return told

        return zip(*map(sum_column, columns), strict=True)
