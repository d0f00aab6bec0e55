"""Packed figures of places: nothing is lost, and each value is found where it stands."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.model import Unit
from data.store.value_index import MIN_COUNT, UNITS, SaidRow, ValueIndex, pack

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 19
_FORMS = ((0,), (1,), (0, 1), ())
_COUNT = st.one_of(st.none(), st.integers(0, 40))
_KEYS = st.tuples(
    st.sampled_from([("SYR", "GFR"), ("SYR", "*"), ("*", "*")]),
    st.sampled_from([2023, 2024]),
    st.sampled_from(Unit),
    st.sampled_from([1, 2, 3]),
)
_ROWS = st.dictionaries(_KEYS, st.tuples(_COUNT, _COUNT), max_size=20)


def _list_rows(said: dict[tuple[tuple[str, str], int, Unit, int], tuple[int | None, ...]]) -> list[SaidRow]:
    return [
        (*codes, release, year, unit, (*counts, *([None] * (_WIDTH - 2))))
        for (codes, year, unit, release), counts in said.items()
    ]


@given(_ROWS)
def test_what_was_written_is_read_again_the_newest_first(
    said: dict[tuple[tuple[str, str], int, Unit, int], tuple[int | None, ...]],
) -> None:
    rows = _list_rows(said)
    read = [
        (*codes, release, year, unit, cells)
        for codes, ledger in pack(rows, _FORMS).items()
        for year in ledger.list_years()
        for unit, written in ledger.read_year(year).items()
        for release, cells in written
    ]

    assert sorted(read, key=repr) == sorted(rows, key=repr)
    for _, apart in groupby(read, key=lambda row: (*row[:2], *row[3:5])):
        releases = [row[2] for row in apart]
        assert releases == sorted(releases, reverse=True)


@given(_ROWS, st.integers(0, 90), st.integers(0, 40))
def test_every_value_of_every_release_is_found_in_its_form_and_unit(
    said: dict[tuple[tuple[str, str], int, Unit, int], tuple[int | None, ...]], around: int, reach: int
) -> None:
    ledgers = pack(_list_rows(said), _FORMS)
    index = ValueIndex(ledgers, ())

    def make(codes: tuple[str, str], year: int, unit: Unit, release: int) -> list[int]:
        last = max((r for c, y, u, r in said if (c, y, u) == (codes, year, unit) and r <= release), default=0)
        counts = [count or 0 for count in said.get((codes, year, unit, last), (0, 0))]
        return [sum(counts[column] for column in columns) for columns in _FORMS]

    meant: dict[tuple[tuple[str, str], int, Unit | None, int], set[int]] = defaultdict(set)
    for codes, year, _, release in said:
        each = {unit: make(codes, year, unit, release) for unit in Unit}
        sums = [a + b if a and b else 0 for a, b in zip(*each.values(), strict=True)]
        for unit, values in (*each.items(), (None, sums)):
            for form, value in enumerate(values):
                if value >= MIN_COUNT and abs(value - around) <= reach:
                    meant[codes, year, unit, form].add(value)
    free = np.zeros((len(UNITS), len(_FORMS)))
    years, places = np.zeros(len(index.years)), np.zeros(len(index.places.codes))
    found = index.search(around, [(reach, 0.0)], years, free, places, np.zeros(len(_FORMS), bool))

    assert {(*at,): set(values) for at, values in found} == meant


def test_what_costs_too_much_is_not_looked_at() -> None:
    cells = (500, 600, *([None] * (_WIDTH - 2)))
    near: list[SaidRow] = [("SYR", "GFR", 1, year, Unit.PERSONS, cells) for year in (2023, 2024)]
    far: SaidRow = ("SYR", "AUS", 1, 2024, Unit.PERSONS, cells)
    index = ValueIndex(pack([*near, far], _FORMS), ())
    forms, bands = np.array([[0.0, 2.0, 0.0, 0.0] for _ in UNITS]), [(10, 1.0), (90, 2.0), (95, 0.0)]
    places = np.array([9.0 * (codes == ("SYR", "AUS")) for codes in index.places.codes])

    def search(anywhere: list[bool]) -> list[tuple[str, int, int, Sequence[int]]]:
        found = index.search(510, bands, np.array([0.5, 0.0]), forms, places, np.array(anywhere))
        return [(at.codes[1], at.year, at.form, values) for at, values in found]

    likely = [("GFR", 2023, 0, [500]), ("GFR", 2024, 0, [500]), ("GFR", 2024, 1, [600])]
    assert search([False] * len(_FORMS)) == likely
    assert [each for each in search([True, *[False] * 3]) if each not in likely] == [("AUS", 2024, 0, [500])]
