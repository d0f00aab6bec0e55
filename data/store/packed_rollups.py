"""All rollups in one packed table, for sums over thousands of them.

It is kept in memory for each state of the database, some 22 MB for eleven releases. Reading it from the
rollups takes a second or two, so it is kept beside them as well, as bytes; whatever writes rollups removes
those.
"""

from __future__ import annotations

import asyncio
import json
import math
import zlib
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from data.model import ALL, Unit
from data.store.database import failures_in_words
from data.store.rollups import COUNTS, FIRST_YEAR_OF_NEW, OUTCOMES_AT_FIRST, are_made

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import aiosqlite
    from numpy.typing import NDArray

    from data.store.database import Database

    Array = NDArray[Any]
    Row = tuple[tuple[Any, ...], tuple[int | None, ...]]
    """What a sum is of, and the sums of some columns."""

Member = tuple[str, int, int]
"""A country, and the first and last year in which it counts."""

RollupSide = str | tuple[Member, ...] | None
"""A code or `ALL`, the members of a group, or each country."""

COLUMNS = (*COUNTS, *OUTCOMES_AT_FIRST)

_AT_ONCE = 500
"""Packing more rows at once would keep the event loop from its work."""

MAX_LAID_OUT = 64
"""Each is of all countries in all years, in 17 KB."""

MAX_SELECTED = 16
"""Some years; each are as many."""

MAX_EDITIONS = 4
"""Each is of what one release said, in 1.3 MB, and made in some milliseconds."""

_SHORT = 1 << 16
"""Fewer kinds of sums than these are sorted by a quicker way."""

_BITS = dict(zip(COLUMNS, (1 << np.arange(len(COLUMNS))).tolist(), strict=True))
_UNITS = [*Unit]
_LAST_YEAR = 9999
_HEAD = 5
_RELEASES = "SELECT id FROM release ORDER BY id"
_SPAN = "SELECT count(*), ifnull(min(year), 0), ifnull(max(year), -1) FROM rollup {}"
_SELECT = f"""
SELECT origin, asylum, year, unit <> 'P', release, {", ".join(f"ifnull({each}, -1)" for each in COLUMNS)}
  FROM rollup {{}} ORDER BY origin, asylum, year, unit, release
"""
_FORM = " ".join(("1", *COLUMNS))
"""Says how the bytes are laid out: those that an older program kept may have other columns."""

_WORD = 8
_LEVEL = 1
"""Compressing harder takes three times as long and saves a tenth."""


class _Heading(NamedTuple):
    """What the numbers of a table stand for."""

    codes: list[str]
    releases: list[int]
    begin: int
    years: int
    rows: int


class _Rows(NamedTuple):
    """The table by column: what a row is about, from which release on and until which one, and its counts.

    A moment is a year, from the first on, and a unit; releases are told by rank. `known` has a bit for each
    of `COLUMNS` that is published; in `counts`, a line a row, the others are zero.
    """

    origin: Array
    asylum: Array
    moment: Array
    since: Array
    until: Array
    known: Array
    counts: Array

    @classmethod
    def make(cls, size: int) -> _Rows:
        """Make room for so many rows."""
        origin, asylum, moment, since, until = np.zeros((_HEAD, size), np.int16)
        known, counts = np.zeros(size, np.int32), np.zeros((size, len(COLUMNS)), np.int32)
        return cls(origin, asylum, moment, since, until, known, counts)

    def fill(
        self,
        at: int,
        rows: Sequence[Sequence[Any]],
        codes: dict[str, int],
        ranks: dict[int, int],
        begin: int,
    ) -> None:
        """Write rows as they were read from the database, from the row `at` on."""
        span = slice(at, at + len(rows))
        for side, number in ((self.origin, 0), (self.asylum, 1)):
            side[span] = [codes.setdefault(row[number], len(codes)) for row in rows]
        self.since[span] = [ranks[row[_HEAD - 1]] for row in rows]
        numbers = chain.from_iterable(map(itemgetter(slice(2, None)), rows))
        table = np.fromiter(numbers, np.int64, len(rows) * (_HEAD - 2 + len(COLUMNS))).reshape(len(rows), -1)
        self.moment[span] = (table[:, 0] - begin) * len(_UNITS) + table[:, 1]
        counts = table[:, _HEAD - 2 :]
        self.known[span] = (counts >= 0) @ [*_BITS.values()]
        self.counts[span] = np.maximum(counts, 0)

    def end(self, releases: int) -> None:
        """Write until which release each row holds: until the next of the same."""
        same = [each[1:] == each[:-1] for each in (self.origin, self.asylum, self.moment)]
        again = np.logical_and.reduce(same)
        self.until[:] = releases
        self.until[:-1][again] = self.since[1:][again]


class _Index:
    """The numbers of some rows, by the code of a side and the year."""

    def __init__(self, rows: Array, then: Array, size: int) -> None:
        self.rows = rows
        self._starts = np.zeros(size + 1, np.int32)
        np.cumsum(np.bincount(then[rows], minlength=size), out=self._starts[1:])

    def find(self, framed: NDArray[np.bool_]) -> tuple[int, Array]:
        """Return how many rows there are of these codes and years, in a frame, and where each run lies."""
        spans = self._starts[np.flatnonzero(framed[1:] != framed[:-1])].reshape(-1, 2)
        return int((spans[:, 1] - spans[:, 0]).sum()), spans


async def read_pairs(connection: aiosqlite.Connection, year: int | None = None) -> Pairs:
    """Read the table, or one year of it; the whole as it was packed, if it was."""
    if year is None:
        rows = await connection.execute_fetchall("SELECT bytes FROM packed WHERE form = ?", (_FORM,))
        for (packed,) in rows:
            if kept := await asyncio.to_thread(_unpack, packed):
                return kept
    return await asyncio.to_thread(Pairs, *await _read_rollups(connection, year))


async def keep_packed(database: Database) -> None:
    """Pack the table, unless it is or there is nothing to pack; for who has time.

    Raises `DatabaseUnusable` where it cannot be written.
    """
    if database.read_only:
        return
    with failures_in_words(database.path):
        async with database.reading() as reader:
            if await _is_packed(reader):
                return
    async with database.writing() as connection:
        if not await _is_packed(connection) and await are_made(connection):
            packed = await asyncio.to_thread(_pack, *await _read_rollups(connection))
            await connection.execute("DELETE FROM packed")
            await connection.execute("INSERT INTO packed (form, bytes) VALUES (?, ?)", (_FORM, packed))


async def _is_packed(connection: aiosqlite.Connection) -> bool:
    ((found,),) = await connection.execute_fetchall(
        "SELECT EXISTS (SELECT 1 FROM packed WHERE form = ?)", (_FORM,)
    )
    return bool(found)


async def _read_rollups(connection: aiosqlite.Connection, year: int | None = None) -> tuple[_Heading, _Rows]:
    codes = {ALL: 0}
    ranks = {number: rank for rank, (number,) in enumerate(await connection.execute_fetchall(_RELEASES))}
    where = "" if year is None else f"WHERE year = {year:d}"
    ((size, first, last),) = await connection.execute_fetchall(_SPAN.format(where))
    table, begin = _Rows.make(size), 0
    async with connection.execute(_SELECT.format(where)) as cursor:
        while rows := list(await cursor.fetchmany(_AT_ONCE)):
            table.fill(begin, rows, codes, ranks, first)
            begin += len(rows)
    table.end(len(ranks))
    return _Heading([*codes], [*ranks], first, last - first + 1, size), table


def _pack(heading: _Heading, rows: _Rows) -> bytes:
    """Write a table as bytes, which tell by themselves when a bit of them changes."""
    written = json.dumps(heading).encode()
    # Numbers that begin between words are read slowly: so the wide columns come first, after whole words.
    padded = written.ljust(len(written) + -(len(written) + 1) % _WORD) + b"\n"
    return zlib.compress(b"".join([padded, *(column.tobytes() for column in reversed(rows))]), _LEVEL)


def _unpack(packed: bytes) -> Pairs | None:
    """Read such a table; None where its bytes are damaged."""
    try:
        unpacked = zlib.decompress(packed)
    except zlib.error:
        return None
    at = unpacked.index(b"\n") + 1
    heading = _Heading(*json.loads(unpacked[:at]))
    columns = []
    for column in reversed(_Rows.make(heading.rows)):
        columns.append(np.frombuffer(unpacked, column.dtype, column.size, at).reshape(column.shape))
        at += column.nbytes
    return Pairs(heading, _Rows(*reversed(columns)))


class Pairs:
    """What every release said of every pair and in total, by year and unit."""

    def __init__(self, heading: _Heading, rows: _Rows) -> None:
        self._rows, self._names, self._releases = rows, heading.codes, heading.releases
        self._begin, self._years = heading.begin, heading.years
        self._codes = {name: code for code, name in enumerate(heading.codes)}
        years = rows.moment // len(_UNITS)
        self._then = [side * np.int32(self._years) + years for side in (rows.origin, rows.asylum)]
        self._all = [self._make_index(np.argsort(then, kind="stable"), then) for then in self._then]
        self._lay_out = lru_cache(MAX_LAID_OUT)(self._find_members)
        self._select = lru_cache(MAX_SELECTED)(self._find_years)
        self._as_of = lru_cache(MAX_EDITIONS)(self._find_edition)
        before = rows.moment < (FIRST_YEAR_OF_NEW - heading.begin) * len(_UNITS)
        self._known_late = np.where(before, rows.known & ~_BITS["new"], rows.known)

    def sum(
        self,
        release: int,
        origin: RollupSide,
        asylum: RollupSide,
        *,
        each: Sequence[str] = (),
        years: Sequence[int] = (),
        columns: Sequence[str | None] = COLUMNS,
    ) -> Iterator[Row]:
        """Yield the sums of these columns as a release said, by `each` code of a side, year and unit.

        No `years` are all; a column that is None is None in every sum.
        """
        at = self._find(self._as_of(release), (origin, asylum), years)
        labels = [*(self._names for _ in each), range(self._begin, self._begin + self._years), _UNITS]
        key = self._tell_apart(at, each) * (self._years * len(_UNITS)) + self._rows.moment[at]
        return self._add_up(at, key, labels, columns, self._known(asylum, each))

    def sum_each(
        self, origin: RollupSide, asylum: RollupSide, year: int, columns: Sequence[str | None] = COLUMNS
    ) -> Iterator[Row]:
        """Yield what every release that changed any part of a year's sum made of it, by release and unit."""
        at = self._find(self._all, (origin, asylum), (year,))
        since, until = self._rows.since[at], self._rows.until[at]
        ranks = np.unique(since)
        rank, number = np.nonzero((since <= ranks[:, None]) & (until > ranks[:, None]))
        at = at[number]
        key = ranks[rank].astype(int) * len(_UNITS) + self._rows.moment[at] % len(_UNITS)
        return self._add_up(at, key, [self._releases, _UNITS], columns, self._known(asylum))

    def sum_years(
        self,
        release: int,
        origin: RollupSide,
        asylum: RollupSide,
        *,
        each: Sequence[str],
        years: Sequence[int],
        columns: Sequence[str],
    ) -> Iterator[tuple[Row, int]]:
        """Yield the same over all of these years, and in how many of them any of the columns is published."""
        known = self._known(asylum, each)
        at = self._find(self._as_of(release), (origin, asylum), years)
        at = at[known[at] & sum(_BITS[column] for column in columns) != 0]
        year, unit = np.divmod(self._rows.moment[at], len(_UNITS))
        key = self._tell_apart(at, each) * len(_UNITS) + unit
        labels = [*(self._names for _ in each), _UNITS]
        counted = np.unique(np.unique(key * self._years + year) // self._years, return_counts=True)[1]
        return zip(self._add_up(at, key, labels, columns, known), counted.tolist(), strict=True)

    def _make_index(self, rows: Array, then: Array) -> _Index:
        return _Index(rows.astype(np.int32), then, len(self._names) * self._years)

    def _find_edition(self, release: int) -> list[_Index]:
        """Leave out what other releases said than this one."""
        rank = self._releases.index(release)
        said = (self._rows.since <= rank) & (self._rows.until > rank)
        rows = [index.rows[said[index.rows]] for index in self._all]
        return list(map(self._make_index, rows, self._then))

    def _find(
        self, indexes: Sequence[_Index], sides: tuple[RollupSide, RollupSide], years: Sequence[int]
    ) -> Array:
        """Return the numbers of the rows of these sides and years."""
        framed = [self._lay_out(side) for side in sides]
        wanted = self._select(tuple(years)) if years else True
        found = [index.find(members & wanted) for index, members in zip(indexes, framed, strict=True)]
        fewer = int(found[0][0] > found[1][0])
        rows = indexes[fewer].rows
        at = np.concatenate([rows[:0], *(rows[begin:end] for begin, end in found[fewer][1].tolist())])
        found_too: Array = at[framed[1 - fewer][1:].take(self._then[1 - fewer][at])]
        return found_too

    def _find_members(self, side: RollupSide) -> NDArray[np.bool_]:
        """Say of every code in every year, one after another, if it is of this side; in a frame."""
        then = np.zeros((len(self._names), self._years), bool)
        if side is None:
            then[:] = True
            then[self._codes[ALL]] = False
        else:
            for code, first, last in [(side, 0, _LAST_YEAR)] if isinstance(side, str) else side:
                if code in self._codes:
                    span = slice(max(first - self._begin, 0), max(last + 1 - self._begin, 0))
                    then[self._codes[code], span] = True
        return _frame(then)

    def _find_years(self, years: Sequence[int]) -> NDArray[np.bool_]:
        """Say the same of years."""
        then = np.zeros((len(self._names), self._years), bool)
        then[:, [year - self._begin for year in years if 0 <= year - self._begin < self._years]] = True
        return _frame(then)

    def _known(self, asylum: RollupSide, each: Sequence[str] = ()) -> Array:
        """Return what is known of every row.

        Over several countries of asylum new applications are told from others only later: before that none
        is known.
        """
        return self._known_late if isinstance(asylum, tuple) and "asylum" not in each else self._rows.known

    def _tell_apart(self, at: Array, each: Sequence[str]) -> Array:
        key: Array = np.zeros(1, int)
        for side in each:
            key = key * len(self._names) + getattr(self._rows, side)[at]
        return key

    def _add_up(
        self,
        at: Array,
        key: Array,
        labels: Sequence[Sequence[Any]],
        columns: Sequence[str | None],
        known: Array,
    ) -> Iterator[Row]:
        """Add up what is known of the rows of each key, which counts off labels; None where nothing is."""
        if not len(at):
            return iter(())
        sizes = [len(each) for each in labels]
        short = math.prod(sizes) <= _SHORT
        order = np.argsort(key.astype(np.uint16) if short else key, kind="stable")
        at, key = at[order], key[order]
        begin = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1])))
        numbers, bits = _choose(tuple(filter(None, columns)))
        here, counts = known[at], self._rows.counts.take(at, axis=0).take(numbers, axis=1)
        if known is self._known_late and "new" in columns:
            counts[here & _BITS["new"] == 0, numbers == COLUMNS.index("new")] = 0
        sums = np.add.reduceat(counts, begin, axis=0, dtype=np.int64).T.astype(object)
        sums[np.bitwise_or.reduceat(here, begin) & bits[:, None] == 0] = None
        told = iter(sums.tolist())
        table = zip(*(next(told) if column else repeat(None, len(begin)) for column in columns), strict=True)
        parts = zip(labels, np.unravel_index(key[begin], sizes), strict=True)
        keys = zip(*(map(each.__getitem__, part.tolist()) for each, part in parts), strict=True)
        return zip(keys, table, strict=True)


def _frame(then: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Put one that is none before the first of them all, and one after the last."""
    framed = np.zeros(then.size + 2, bool)
    framed[1:-1] = then.ravel()
    return framed


@lru_cache(64)
def _choose(columns: tuple[str, ...]) -> tuple[Array, Array]:
    """Return where in the table columns stand, and their bits."""
    numbers = np.array([COLUMNS.index(column) for column in columns], int)
    return numbers, 1 << numbers
