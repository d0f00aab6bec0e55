"""The arithmetic of the tables: percentiles, ratios, held or not, and growth in words."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.rows import Reference, Row, median, percentile, say_slope, slope

times = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=300)


def row(ours: float, reference: float | None, budget: float | None, *, at_least: bool = False) -> Row:
    beside = None if reference is None else Reference("F0", reference)
    return Row("Charts", "line", ours, "ms", beside, budget, at_least=at_least)


@given(times, st.floats(0.01, 1))
def test_a_percentile_is_the_least_value_that_enough_of_all_do_not_exceed(
    values: list[float], share: float
) -> None:
    found = percentile(values, share)

    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) < share * len(values) + 1e-9


@given(times)
def test_half_of_all_values_lie_on_either_side_of_the_median(values: list[float]) -> None:
    assert sum(value < median(values) for value in values) <= len(values) / 2
    assert sum(value > median(values) for value in values) <= len(values) / 2


def test_nothing_measured_is_no_number_and_holds_no_budget() -> None:
    assert math.isnan(percentile([], 0.99))
    assert math.isnan(median([]))
    assert row(math.nan, None, 3).held is False
    assert row(math.nan, 15, 0.7).held is False


@pytest.mark.parametrize(
    ("measured", "held"),
    [
        (row(7, 10, 0.7), True),
        (row(7.01, 10, 0.7), False),
        (row(3, None, 3), True),
        (row(3.01, None, 3), False),
        (row(45, None, 44, at_least=True), True),
        (row(43.9, None, 44, at_least=True), False),
        (row(7, 10, None), None),
    ],
)
def test_a_budget_is_a_ratio_where_there_is_a_reference_and_else_an_amount(
    measured: Row, held: bool | None
) -> None:
    assert measured.held is held


@given(st.floats(-2, 3), st.floats(0.01, 1e4))
def test_the_slope_is_the_exponent_of_growth(exponent: float, scale: float) -> None:
    sizes = (1, 3, 10)

    assert slope(sizes, [scale * size**exponent for size in sizes]) == pytest.approx(exponent, abs=1e-6)


def test_growth_is_said_in_words() -> None:
    assert say_slope(0.02) == "does not grow"
    assert say_slope(0.3) == "grows slowly"
    assert say_slope(1.0) == "grows in step"
    assert say_slope(1.9) == "grows faster than in step"
    assert say_slope(-0.5) == "falls"
    assert say_slope(slope((1,), (5,))) == "not enough points"
