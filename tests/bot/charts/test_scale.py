"""Ticks are round and far enough apart; labels make way for each other."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.scale import (
    compact,
    dodge,
    fit_scale,
    linear_ticks,
    log_bounds,
    log_ticks,
    percent,
    year_ticks,
)

counts = st.floats(1e-6, 5e7)


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"),
        (0.5, "0.5"),
        (850, "850"),
        (999.6, "1k"),
        (1000, "1k"),
        (35_700, "35.7k"),
        (437_512, "438k"),
        (999_499, "999k"),
        (999_600, "1M"),
        (1_234_567, "1.23M"),
        (50_000_000, "50M"),
        (2.5e9, "2.5bn"),
    ],
)
def test_counts_are_written_in_three_digits(value: float, words: str) -> None:
    assert compact(value) == words


@given(st.floats(0, 9e11))
def test_no_count_is_longer_than_five_characters_or_far_from_itself(value: float) -> None:
    words = compact(value)
    number = float(words.rstrip("bnMk")) * {"k": 1e3, "M": 1e6, "n": 1e9}.get(words[-1], 1)
    assert number == pytest.approx(value, rel=0.006)
    assert len(words) <= 7 or value < 0.001


def test_rates_are_in_per_cent() -> None:
    assert [percent(value) for value in (0, 7.5, 41.6, 100)] == ["0%", "7.5%", "41.6%", "100%"]


@given(counts, st.integers(3, 8), st.booleans())
def test_linear_ticks_begin_at_zero_and_end_below_the_top(top: float, most: int, whole: bool) -> None:
    ticks = linear_ticks(top, most, whole=whole)
    assert ticks[0] == 0
    assert ticks[-1] <= top * (1 + 1e-6)
    assert len(ticks) <= most + 1
    assert len(ticks) > 1 or (whole and top < 1)
    assert not whole or all(tick.is_integer() for tick in ticks)


def test_linear_ticks_are_those_one_would_choose() -> None:
    assert linear_ticks(180_960, 6) == (0, 50_000, 100_000, 150_000)
    assert linear_ticks(100, 6) == (0, 20, 40, 60, 80, 100)
    assert linear_ticks(14, 6, whole=True) == (0, 5, 10)
    assert linear_ticks(1, 6, whole=True) == (0, 1)


@given(counts, counts, st.integers(6, 12))
def test_log_ticks_are_round_and_not_too_many(one: float, other: float, most: int) -> None:
    low, high = log_bounds(min(one, other), max(one, other))
    ticks = log_ticks(low, high, most)
    assert low <= min(one, other)
    assert high >= max(one, other)
    assert 1 <= len(ticks) <= most + 1
    assert all(f"{tick:e}"[0] in "125" and float(f"{tick:.0e}") == tick for tick in ticks)
    assert all(before < after for before, after in pairwise(ticks))


def test_few_decades_are_divided_and_many_are_not() -> None:
    assert log_ticks(10, 1000, 12) == (10, 20, 50, 100, 200, 500, 1000)
    assert log_ticks(1, 1e7, 12) == (1, 10, 100, 1e3, 1e4, 1e5, 1e6, 1e7)


@given(st.lists(counts, min_size=1), st.sampled_from(["linear", "log"]))
def test_a_scale_holds_its_values_in_their_order(values: list[float], kind: str) -> None:
    scale = fit_scale(kind, values, (92, 540), 72)
    places = [scale.at(value) for value in sorted(values)]
    assert places == sorted(places)
    assert all(92 - 1e-6 <= place <= 540 + 1e-6 for place in (*places, *map(scale.at, scale.ticks)))


def test_zero_has_a_place_on_a_linear_scale_only() -> None:
    assert fit_scale("linear", [0, 5], (0, 100), 50).shows(0)
    assert not fit_scale("log", [1, 5], (0, 100), 50).shows(0)
    assert not fit_scale("linear", [0, 5], (0, 100), 50).shows(None)


def test_nothing_but_zeros_still_makes_an_axis() -> None:
    scale = fit_scale("linear", [0, 0], (0, 100), 50, whole=True)
    assert scale.ticks == (0, 1)
    assert scale.at(0) == 0


@given(st.integers(1900, 2030), st.integers(0, 120), st.integers(200, 1100))
def test_year_labels_never_collide_and_the_last_year_is_there(first: int, length: int, width: int) -> None:
    years = year_ticks(first, first + length, width, 84)
    assert years[-1] == first + length
    assert years[0] >= first
    for before, after in pairwise(years):
        assert (after - before) * width / length >= 84 - 1e-6


def test_years_are_round() -> None:
    assert year_ticks(2000, 2025, 900, 84) == (2000, 2005, 2010, 2015, 2020, 2025)
    assert year_ticks(2010, 2025, 740, 84) == (2010, 2012, 2014, 2016, 2018, 2020, 2022, 2025)
    assert year_ticks(2024, 2024, 900, 84) == (2024,)


heights = st.lists(st.tuples(st.floats(0, 400), st.integers(10, 60)), min_size=1, max_size=6)


@given(heights)
def test_dodged_labels_keep_their_order_and_never_touch(labels: list[tuple[float, int]]) -> None:
    wanted, sizes = zip(*labels, strict=True)
    placed = dodge(wanted, sizes, -20, 420)
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    for lower, upper in pairwise(order):
        assert placed[upper] - placed[lower] >= (sizes[lower] + sizes[upper]) / 2 - 1e-6
    assert placed[order[0]] - sizes[order[0]] / 2 >= -20 - 1e-6
    assert placed[order[-1]] + sizes[order[-1]] / 2 <= 420 + 1e-6


def test_labels_with_room_stay_where_they_are_and_others_share_the_way() -> None:
    assert dodge([300, 100], [28, 28], 0, 400) == pytest.approx([300, 100])
    assert dodge([100, 100], [28, 28], 0, 400) == pytest.approx([86, 114])
    assert dodge([0, 0], [28, 28], 0, 400) == pytest.approx([14, 42])
