"""What every release said of some places, packed: a value is looked up, and not searched for in each."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from data.model import Unit
from data.store.packed_rollups import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import aiosqlite
    from numpy.typing import NDArray

    Array = NDArray[Any]

Codes = tuple[str, str]
"""UNHCR's codes of origin and asylum, `ALL` where a side is open."""

Forms = tuple[tuple[int, ...], ...]
"""The columns that each kind of figure is the sum of."""

SaidRow = tuple[str, str, int, int, Unit, tuple[int | None, ...]]
"""Origin, asylum, release, year, unit, and all counts, followed by the outcomes at first instance."""

_LETTERS = (Unit.CASES, Unit.PERSONS)
UNITS = (*_LETTERS, None)
"""In the order of the rows; the last is both together."""

MIN_COUNT = 10
"""Smaller values are not looked up: UNHCR rounds them, and everything matches."""

Band = tuple[float, float]
"""How far values are from a number at most, and what they may cost; the nearest first."""

_HEAD = 4
_SHIFT = 24
"""So many bits tell all values of a text's places apart; the others hold 32."""

_BOTH = UNITS.index(None)
_SELECT = f"""
WITH wanted (number, origin, asylum) AS (VALUES {{}})
SELECT number, year, unit = 'P', release, {", ".join(f"ifnull({each}, -1)" for each in COLUMNS)}
  FROM wanted CROSS JOIN rollup AS r ON r.origin = wanted.origin AND r.asylum = wanted.asylum
"""


class ValueAt(NamedTuple):
    """Where a value stands: of which places, year and unit (None: both), in the form of that number."""

    codes: Codes
    year: int
    unit: Unit | None
    form: int


class PlaceLedger(NamedTuple):
    """What the ledger has on one place: the `counts` of each of `rows`, and where their values stand.

    Rows are year, unit and release, the newest of a unit first. `years` and `units` are those of cells, which
    several releases may write; each of `values` stands in one of `cells` and in one of `forms`.
    """

    rows: Array
    counts: Array
    years: Array
    units: Array
    values: Array
    cells: Array
    forms: Array

    def read_newest(self, column: int) -> dict[int, dict[Unit, int]]:
        """Return by year and unit the newest of one count, where there is any."""
        first = np.append(True, (self.rows[1:, :2] != self.rows[:-1, :2]).any(1))
        first &= self.counts[:, column] >= 0
        found: dict[int, dict[Unit, int]] = {}
        newest = zip(self.rows[first].tolist(), self.counts[first, column].tolist(), strict=True)
        for (year, unit, _), count in newest:
            found.setdefault(year, {})[_LETTERS[unit]] = count
        return found

    def list_years(self) -> list[int]:
        """Return the years of which anything was said."""
        found: list[int] = np.unique(self.years).tolist()
        return found

    def read_year(self, year: int) -> dict[Unit, list[tuple[int, tuple[int | None, ...]]]]:
        """Return by unit which release wrote what of a year, the newest first."""
        begin, end = np.searchsorted(self.rows[:, 0], [year, year + 1])
        found: dict[Unit, list[tuple[int, tuple[int | None, ...]]]] = {}
        written = zip(self.rows[begin:end].tolist(), self.counts[begin:end].tolist(), strict=True)
        for (_, unit, release), counts in written:
            cells = tuple([None if count < 0 else count for count in counts])
            found.setdefault(_LETTERS[unit], []).append((release, cells))
        return found


async def read_ledgers(
    connection: aiosqlite.Connection, pairs: Sequence[Codes], forms: Forms
) -> dict[Codes, PlaceLedger]:
    """Return what the ledger has on each of these pairs, if anything."""
    if not pairs:
        return {}
    rows = await connection.execute_fetchall(
        _SELECT.format(", ".join(["(?, ?, ?)"] * len(pairs))),
        [*chain.from_iterable((number, *codes) for number, codes in enumerate(pairs))],
    )
    return _pack(pairs, rows, forms)


def pack(rows: Iterable[SaidRow], forms: Forms) -> dict[Codes, PlaceLedger]:
    """Pack rows that were made otherwise, as sums are."""
    rows = list(rows)
    pairs = list(dict.fromkeys((origin, asylum) for origin, asylum, *_ in rows))
    numbers = {codes: number for number, codes in enumerate(pairs)}
    flat = (
        (
            numbers[origin, asylum],
            year,
            _LETTERS.index(unit),
            release,
            *(-1 if c is None else c for c in cells),
        )
        for origin, asylum, release, year, unit, cells in rows
    )
    return _pack(pairs, flat, forms)


def _pack(pairs: Sequence[Codes], rows: Iterable[Sequence[int]], forms: Forms) -> dict[Codes, PlaceLedger]:
    """Pack rows of the pair's number, year, unit, release and counts, -1 where there is none."""
    said = np.fromiter(chain.from_iterable(rows), np.int64).reshape(-1, _HEAD + len(COLUMNS))
    if not len(said):
        return {}
    said = said[np.lexsort((-said[:, 3], *said[:, 2::-1].T))]
    made = _make(np.maximum(said[:, _HEAD:], 0), forms)
    heads, made = _add_both(said[:, :_HEAD], made)
    begins = np.ones(len(heads), bool)  # of a cell: the newest that was written of it
    begins[1:] = (heads[1:, :3] != heads[:-1, :3]).any(1)
    before = np.zeros_like(made)
    before[1:] = made[:-1]
    before[begins] = 0
    at, form = np.nonzero((made >= MIN_COUNT) & (made != before))
    values = made[at, form].astype(np.int32)
    cell = np.cumsum(begins) - 1
    cells, heads = cell[at], heads[begins]
    numbers = np.arange(len(pairs) + 1)
    row_ends, cell_ends = np.searchsorted(said[:, 0], numbers), np.searchsorted(heads[:, 0], numbers)
    hit_ends = np.searchsorted(cells, cell_ends)
    found: dict[Codes, PlaceLedger] = {}
    for number, codes in enumerate(pairs):
        own, which, hits = (slice(*ends[number : number + 2]) for ends in (row_ends, cell_ends, hit_ends))
        if own.start < own.stop:
            found[codes] = PlaceLedger(
                said[own, 1:_HEAD].copy(),
                said[own, _HEAD:].astype(np.int32),
                heads[which, 1].astype(np.int16),
                heads[which, 2].astype(np.int8),
                values[hits].copy(),
                (cells[hits] - which.start).astype(np.int16),
                form[hits].astype(np.int8),
            )
    return found


def _make(counts: Array, forms: Forms) -> Array:
    """Make every form of what was written."""
    return np.stack([counts[:, list(columns)].sum(1) for columns in forms], 1)


def _add_both(heads: Array, made: Array) -> tuple[Array, Array]:
    """Add both units together where there are both, as each release had them; 0 where one has nothing."""
    releases, rank = np.unique(heads[:, 3], return_inverse=True)
    span = len(releases)
    year = np.cumsum(np.append(False, (heads[1:, :2] != heads[:-1, :2]).any(1)))
    keys = year * span + rank
    ways = [at[np.argsort(keys[at])] for at in (np.flatnonzero(heads[:, 2] == unit) for unit in range(_BOTH))]
    then = np.unique(keys[np.isin(year, np.intersect1d(year[ways[0]], year[ways[1]]))])
    parts = []
    for at in ways:
        last = np.searchsorted(keys[at], then, "right") - 1
        written = (last >= 0) & (keys[at][last] // span == then // span)
        parts.append(np.where(written[:, None], made[at][last], 0))
    head = heads[np.searchsorted(year, then // span)]
    head[:, 2], head[:, 3] = _BOTH, releases[then % span]
    heads = np.concatenate((heads, head))
    made = np.concatenate((made, np.where(np.minimum(*parts) > 0, sum(parts), 0)))
    order = np.lexsort((-heads[:, 3], *heads[:, 2::-1].T))
    return heads[order], made[order]


class PlaceTable:
    """The places that values stand in: of each its row, and the numbers of its codes, a side a line."""

    def __init__(self, codes: Sequence[Codes]) -> None:
        self.codes = codes
        self.rows = {each: row for row, each in enumerate(codes)}
        self.numbers = {code: number for number, code in enumerate(dict.fromkeys(chain.from_iterable(codes)))}
        self.sides = np.array(
            [[self.numbers[code] for code in side] for side in zip(*codes, strict=True)], int
        )
        self.sides = self.sides.reshape(2, -1)


class ValueIndex:
    """Where the values of some places stand."""

    def __init__(self, ledgers: Mapping[Codes, PlaceLedger], more: Sequence[tuple[ValueAt, int]]) -> None:
        """Take the values of these places, and some `more` that are none of the ledger's."""
        all_of, hits = [*ledgers.values()], [hit for hit, _ in more]
        self.places = PlaceTable([*dict.fromkeys([*ledgers, *(hit.codes for hit in hits)])])
        sizes = np.array([*(len(each.years) for each in all_of), *(1 for _ in hits)], np.intp)
        places = [*range(len(all_of)), *(self.places.rows[hit.codes] for hit in hits)]
        self._places = np.repeat(np.array(places, np.intp), sizes)
        years = np.concatenate([*(each.years for each in all_of), [hit.year for hit in hits]])
        found, self._years = np.unique(years.astype(int), return_inverse=True)
        self.years: list[int] = found.tolist()
        units = [UNITS.index(hit.unit) for hit in hits]
        self._units = np.concatenate([*(each.units for each in all_of), units]).astype(int)
        begins = np.cumsum(sizes) - sizes
        cells = [each.cells + begin for each, begin in zip(all_of, begins, strict=False)]
        values = np.concatenate([*(each.values for each in all_of), [value for _, value in more]])
        # A value and its place in one number, as such are sorted in a third of the time.
        keys = (values.astype(np.int64) << _SHIFT) | np.arange(len(values))
        keys.sort()
        order = keys & ((1 << _SHIFT) - 1)
        self._values = (keys >> _SHIFT).astype(float)
        self._cells = np.concatenate([*cells, begins[len(all_of) :]]).astype(int)[order]
        forms = np.concatenate([*(each.forms for each in all_of), [hit.form for hit in hits]])
        self._forms = forms.astype(int)[order]

    def search(
        self, around: float, bands: Sequence[Band], years: Array, forms: Array, places: Array, anywhere: Array
    ) -> Iterator[tuple[ValueAt, Sequence[int]]]:
        """Yield where there are values in `bands` around a number, and which ones, of what costs so little.

        `years` says what each of `self.years` costs, `forms` what each of `UNITS` does in each form, `places`
        what each of `self.places` does, and `anywhere` in which forms it costs nothing.
        """
        reaches, costs = np.array(bands).T
        begin = self._values.searchsorted(around - reaches[-1])
        end = self._values.searchsorted(around + reaches[-1], "right")
        values, cells, kinds = self._values[begin:end], self._cells[begin:end], self._forms[begin:end]
        at_most = costs[reaches.searchsorted(np.abs(values - around)).clip(max=len(bands) - 1)]
        dear = np.where(anywhere[kinds], 0, places[self._places[cells]])
        dear += years[self._years[cells]] + forms[self._units[cells], kinds]
        near = np.flatnonzero(dear <= at_most)
        cells = cells[near]
        found: dict[tuple[int, int], list[int]] = {}
        keys = zip(cells.tolist(), kinds[near].tolist(), strict=True)
        for key, value in zip(keys, values[near].tolist(), strict=True):
            found.setdefault(key, []).append(value)
        for (cell, form), each in found.items():
            codes = self.places.codes[self._places.item(cell)]
            yield (
                ValueAt(codes, self.years[self._years.item(cell)], UNITS[self._units.item(cell)], form),
                each,
            )
