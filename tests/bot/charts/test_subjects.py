"""A subject is a value, and refuses what no chart can show."""

from __future__ import annotations

import math

import pytest

from bot.charts.bars import Bar
from bot.charts.before_after import BeforeAfterRow
from bot.charts.history import EditionBar
from bot.charts.lines import LineChart
from bot.charts.overview import Overview
from bot.charts.subjects import Callout, Line, LinePoint
from tests.bot.charts.sketches import CHINA, HEADING, line


def test_equal_subjects_are_one_key() -> None:
    one = LineChart(HEADING, (line("China", CHINA),), callouts=(Callout(0, 2024, "record"),))
    other = LineChart(HEADING, (line("China", CHINA),), callouts=(Callout(0, 2024, "record"),))
    assert {one: "picture"}[other] == "picture"
    assert one != LineChart(HEADING, (line("China", CHINA),), scale="log")


def test_a_fall_is_a_bar_and_what_is_not_finite_none() -> None:
    assert Bar("China", -1, "−1").value == -1
    for value in (math.inf, -math.inf, math.nan):
        with pytest.raises(ValueError, match="finite"):
            Bar("China", value, "")


@pytest.mark.parametrize("value", [-1, math.inf, math.nan])
def test_values_are_finite_and_not_negative(value: float) -> None:
    with pytest.raises(ValueError, match="not negative"):
        LinePoint(2024, value)
    with pytest.raises(ValueError, match="not negative"):
        BeforeAfterRow("China", value, 1, "")
    with pytest.raises(ValueError, match="not negative"):
        BeforeAfterRow("China", 1, value, "")
    with pytest.raises(ValueError, match="not negative"):
        EditionBar("25 Jun 2026", "", value, "", hollow=False)


@pytest.mark.parametrize("years", [(2024, 2023), (2024, 2024)])
def test_the_points_of_a_line_are_in_order_and_of_different_years(years: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="'China' in the order of their years"):
        Line("China", tuple(LinePoint(year, 1) for year in years), "")


def test_more_lines_than_can_be_told_apart_are_refused() -> None:
    seven = tuple(line(str(number), CHINA) for number in range(7))
    with pytest.raises(ValueError, match="at most 6 lines; leave out 1"):
        LineChart(HEADING, seven)
    with pytest.raises(ValueError, match="at most 6 lines; leave out 1"):
        Overview(HEADING, "", seven, "", ())


@pytest.mark.parametrize("place", [-1, 1])
def test_a_callout_is_about_a_line_of_its_chart(place: int) -> None:
    with pytest.raises(ValueError, match="one of the 1 lines"):
        LineChart(HEADING, (line("China", CHINA),), callouts=(Callout(place, 2024, "record"),))
