"""A series breaks at gaps, and turns dashed at mid-year."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.lines import casings, split
from bot.charts.subjects import LinePoint


def shows(point: LinePoint) -> bool:
    return point.value is not None


def points(*values: float | None, hollow: int = 0) -> tuple[LinePoint, ...]:
    return tuple(LinePoint(2000 + i, value, i == hollow - 2000) for i, value in enumerate(values))


def years(series: tuple[LinePoint, ...]) -> list[tuple[tuple[int, ...], bool]]:
    return [(tuple(point.year for point in stroke.points), stroke.dashed) for stroke in split(series, shows)]


def test_a_gap_breaks_the_line() -> None:
    assert years(points(1, 2, None, 3, 4)) == [((2000, 2001), False), ((2003, 2004), False)]


def test_a_point_between_gaps_stands_alone() -> None:
    assert years(points(None, 1, None)) == [((2001,), False)]


def test_the_way_to_a_mid_year_figure_is_dashed() -> None:
    assert years(points(1, 2, 3, hollow=2002)) == [((2000, 2001), False), ((2001, 2002), True)]


def test_nothing_has_no_strokes() -> None:
    assert years(points(None, None)) == years(()) == []


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=40), st.integers(2000, 2040))
def test_every_point_is_on_a_stroke_and_no_stroke_spans_a_gap(values: list[int | None], hollow: int) -> None:
    strokes = list(split(points(*values, hollow=hollow), shows))
    drawn = {point.year for stroke in strokes for point in stroke.points}
    assert drawn == {2000 + i for i, value in enumerate(values) if value is not None}
    for stroke in strokes:
        first, last = stroke.points[0].year, stroke.points[-1].year
        assert [point.year for point in stroke.points] == list(range(first, last + 1))


def test_a_series_is_wider_for_each_later_one_that_covers_it() -> None:
    rising, other = points(1, 2, 3), points(5, 2, 9)
    assert casings([rising, other, rising, rising]) == [2, 0, 1, 0]
    assert casings([points(None, None), points(None, None)]) == [0, 0]
