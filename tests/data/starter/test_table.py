"""The starter's tables say what went into them, and nothing twice."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import Period, Release
from data.starter.coverage import Coverage
from data.starter.intake import packaged_tables
from data.starter.table import Starter, read_tables, write_tables
from tests.releases import MID, NOW, YEAR_END, at

LABELS = ("Mid-Year Trends 2025", "Global Trends 2025", 'Global Trends 2025, "corrected"')
RELEASES = tuple(
    Release(int(at(day).timestamp()), at(day), label, 2025, period, starter=True)
    for day, label, period in zip(
        (MID, YEAR_END, NOW), LABELS, (Period.MID_YEAR, Period.YEAR_END, Period.YEAR_END), strict=True
    )
)
EMPTY = (None,) * 6

codes = st.sampled_from(["CHI", "SYR", "~"])
keys = st.tuples(codes, codes, st.integers(2000, 2002), st.sampled_from("PC"))
values = st.none() | st.integers(0, 3)
counts = st.tuples(st.integers(0, 3), values).map(lambda two: (*two, None, *two, None)) | st.just(
    (*EMPTY[1:], 0)
)
figures = st.dictionaries(keys, counts, max_size=6)
coverages = st.builds(Coverage, *[st.frozensets(st.sampled_from(["CHI", "SYR", "USA"]))] * 3)
starters = st.builds(
    lambda each, coverage: Starter(tuple(zip(RELEASES, each, strict=True)), coverage),
    st.tuples(figures, figures, figures),
    coverages,
)


@given(starters)
@settings(max_examples=50)
def test_what_is_written_is_read_back(starter: Starter) -> None:
    assert read_tables(write_tables(starter)) == starter


@given(starters)
@settings(max_examples=50)
def test_a_later_release_has_only_the_lines_that_changed(starter: Starter) -> None:
    tables = write_tables(starter)
    before: dict[object, object] = {}
    for release, now in starter.releases:
        lines = list(csv.reader(io.StringIO(tables[f"{release.day}.csv"])))[1:]
        changed = [(o, a, int(y), u) for o, a, y, u, *_ in lines]
        assert changed == sorted(k for k in {*before, *now} if before.get(k) != now.get(k))
        before = dict(now)


def test_the_packaged_tables_are_written_as_they_are_read() -> None:
    tables = packaged_tables()
    assert write_tables(read_tables(tables)) == tables


def test_the_packaged_releases() -> None:
    starter = read_tables(packaged_tables())
    assert [(r.day, r.period, r.newest_year, r.starter) for r, _ in starter.releases] == [
        (MID, Period.MID_YEAR, 2025, True),
        (YEAR_END, Period.YEAR_END, 2025, True),
        (NOW, Period.YEAR_END, 2025, True),
    ]
    assert len(starter.coverage.origins) == 26  # 25 countries, and unknown origin
    assert len(starter.coverage.asylum) == 40
    assert starter.coverage.every_asylum == {"CHI"} <= starter.coverage.origins


def test_stocks_are_only_in_persons() -> None:
    for _, known in read_tables(packaged_tables()).releases:
        assert not [key for key, (pending, *_) in known.items() if key[3] == "C" and pending is not None]
