"""Ranks, records, shares and changes, and when none is given."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Nature, Place, Tally, Unit
from data.statistics import (
    MIN_BASE,
    MIN_CARRIED,
    SMALL,
    Point,
    Series,
    compare_years,
    count_small,
    fill_years,
    find_ratio,
    find_silent,
    find_standing,
    is_carried_forward,
    mixes_units,
    rank_values,
)

numbers = st.none() | st.integers(0, 20)
natures = st.sampled_from(list(Nature))


def line(*points: Point) -> Series:
    return Series(Place(), Unit.PERSONS, points)


@given(st.lists(numbers))
def test_equal_figures_share_a_rank_and_the_next_one_is_as_many_lower(values: list[int | None]) -> None:
    falling = sorted(values, key=lambda value: -1 if value is None else value, reverse=True)
    published = [value for value in values if value is not None]
    assert rank_values(falling) == [
        None if value is None else 1 + sum(other > value for other in published) for value in falling
    ]


@given(st.dictionaries(st.sampled_from("ABCDEF"), numbers), st.sampled_from("ABCDEF"), st.integers(0, 100))
def test_a_standing_is_the_rank_among_those_above_zero(
    values: dict[str, int | None], code: str, total: int
) -> None:
    standing = find_standing(values, code, total)
    value = values.get(code)
    above = sorted((each for each in values.values() if each), reverse=True)
    if not value:
        assert standing is None
        return
    assert standing is not None
    assert standing.rank == rank_values(above)[above.index(value)]
    assert standing.among == len(above)
    assert standing.share == (value / total if total else None)


@given(st.integers(0, 1000), st.integers(0, 1000), natures)
def test_no_percentage_from_a_small_base_and_none_of_a_rate(before: int, after: int, nature: Nature) -> None:
    ratio = find_ratio(before, after, nature)
    if nature is Nature.RATE or before < MIN_BASE:
        assert ratio is None
    else:
        assert ratio == pytest.approx((after - before) / before)


@pytest.mark.parametrize(("before", "ratio"), [(0, None), (49, None), (50, 1.0)])
def test_the_least_base(before: int, ratio: float | None) -> None:
    assert find_ratio(before, 100, Nature.FLOW) == ratio


points = st.builds(Point, st.just(0), numbers, st.booleans())


@given(points, points, natures)
def test_half_a_year_never_meets_a_whole_one(before: Point, after: Point, nature: Nature) -> None:
    """A stock may: it is a count on a day, in June as in December."""
    series = line(Point(2024, before.value, before.partial), Point(2025, after.value, after.partial))
    change = compare_years(series, 2025, nature)
    half = nature is not Nature.STOCK and (before.partial or after.partial)
    if half or before.value is None or after.value is None:
        assert change is None
    else:
        assert change is not None
        assert (change.year_before, change.before, change.after) == (2024, before.value, after.value)
        assert change.ratio == find_ratio(before.value, after.value, nature)


def test_a_year_is_compared_with_the_one_before_and_no_other() -> None:
    series = line(Point(2022, 100), Point(2023, None), Point(2024, 200))
    assert compare_years(series, 2024, Nature.FLOW) is None
    assert compare_years(series, 2022, Nature.FLOW) is None
    assert compare_years(series, 2030, Nature.FLOW) is None


@given(st.lists(points, max_size=8))
def test_a_record_is_the_highest_whole_year_and_the_earliest_of_equals(found: list[Point]) -> None:
    series = line(*(Point(2000 + i, p.value, p.partial) for i, p in enumerate(found)))
    whole = [point for point in series.points if point.value is not None and not point.partial]
    record = series.highest
    if not whole:
        assert record is None
        return
    assert record is not None
    assert not record.partial
    best = max(point.value for point in whole if point.value is not None)
    assert record == next(point for point in whole if point.value == best)


@given(st.lists(points, max_size=8))
def test_no_figure_of_a_series_is_above_its_peak_but_the_one_that_it_names(found: list[Point]) -> None:
    series = line(*(Point(2000 + i, p.value, p.partial) for i, p in enumerate(found)))
    values = [point.value for point in series.points if point.value is not None]
    whole = [point for point in series.points if point.value is not None and not point.partial]
    peak = series.peak
    if len(whole) < 2:
        assert peak is None
        return
    assert peak is not None
    assert peak.whole == series.highest
    assert (peak.above or peak.whole).value == max(values)
    assert peak.above is None or peak.above.partial


def test_the_latest_point_is_the_newest_with_a_figure() -> None:
    series = line(Point(2023, 0), Point(2024, 7, partial=True), Point(2025, None))
    assert series.latest == Point(2024, 7, partial=True)
    assert series.at(2025) == Point(2025, None)
    assert series.at(2026) is None
    assert line(Point(2025, None)).latest is None


@pytest.mark.parametrize(
    ("now", "before", "carried"),
    [
        (147_909, 147_909, True),
        (MIN_CARRIED, MIN_CARRIED, True),
        (MIN_CARRIED - 1, MIN_CARRIED - 1, False),
        (147_909, 147_910, False),
        (None, None, False),
        (0, 0, False),
        (147_909, None, False),
    ],
)
def test_a_large_stock_equal_to_the_last_digit_was_carried_forward(
    now: int | None, before: int | None, carried: bool
) -> None:
    assert is_carried_forward(now, before) is carried


def test_large_countries_without_a_figure_are_named_largest_first() -> None:
    before = {"USA": 700_000, "GFR": 200_000, "CAN": 100_000, "MTA": 1_500, "ITA": 300_000, "FRA": None}
    now = {"GFR": None, "CAN": 0, "ITA": 5}
    assert find_silent(now, before) == ["USA", "GFR"]


def test_a_zero_is_a_figure_and_a_small_country_is_no_gap() -> None:
    assert find_silent({"USA": 0}, {"USA": 700_000}) == []
    assert find_silent({}, {"USA": MIN_CARRIED - 1}) == []
    assert find_silent({}, {"USA": 1_000_000, "MTA": 9_000}) == ["USA"]


@pytest.mark.parametrize(
    ("years", "mixed"),
    [
        ([Tally(100, None), Tally(100, None)], False),
        ([Tally(100, 0), Tally(100, None)], False),
        ([Tally(1000, 9), Tally(1000, None)], False),
        ([Tally(1000, 10), Tally(1000, None)], True),
        ([Tally(1000, None), Tally(400, 300)], True),
        ([Tally(None, 5), Tally(100, None)], True),
        ([], False),
    ],
)
def test_years_with_more_than_a_trifle_of_cases_do_not_compare_in_persons(
    years: list[Tally], mixed: bool
) -> None:
    assert mixes_units(*years) is mixed


def test_a_year_without_a_figure_has_a_point_without_one() -> None:
    known = {2001: Point(2001, 5), 2003: Point(2003, 0, partial=True), 1990: Point(1990, 9)}
    assert fill_years(known, 2000, 2003) == (
        Point(2000, None),
        Point(2001, 5),
        Point(2002, None),
        Point(2003, 0, partial=True),
    )


@given(st.lists(numbers))
def test_small_figures_are_those_from_one_to_nine(values: list[int | None]) -> None:
    assert count_small(values) == len([value for value in values if value in range(1, SMALL)])
