"""Classes have round limits, and every value is in one of them."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.map import CLASSES, choose_limits, find_class

counts = st.lists(st.integers(0, 50_000_000), max_size=200)


@given(counts)
def test_there_are_five_classes_with_rising_round_limits(values: list[int]) -> None:
    limits = choose_limits(values)

    assert len(limits) == CLASSES - 1
    assert all(low < high for low, high in pairwise(limits))
    assert all(str(int(limit)).strip("0") in ("1", "2", "5") for limit in limits)
    assert limits[0] >= 10


@given(counts, st.integers(0, 60_000_000))
def test_a_value_is_in_the_class_between_whose_limits_it_lies(values: list[int], value: int) -> None:
    limits = choose_limits(values)
    number = find_class(value, limits)

    assert number == 0 or limits[number - 1] <= value
    assert number == len(limits) or value < limits[number]


@given(st.lists(st.integers(100, 50_000_000), min_size=1))
def test_the_largest_value_is_in_the_darkest_class(values: list[int]) -> None:
    assert find_class(max(values), choose_limits(values)) == CLASSES - 1


@pytest.mark.parametrize(
    ("largest", "limits"),
    [
        (0, (10, 20, 50, 100)),
        (480, (20, 50, 100, 200)),
        (4_000, (20, 100, 500, 2_000)),
        (68_691, (10, 100, 1_000, 10_000)),
        (3_340_000, (1_000, 10_000, 100_000, 1_000_000)),
    ],
)
def test_limits_are_powers_of_ten_where_there_is_room(largest: int, limits: tuple[int, ...]) -> None:
    assert choose_limits([largest]) == limits
