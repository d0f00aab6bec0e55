"""What a figure is at least and at most, and what can be told of two such."""

from __future__ import annotations

from math import inf

import pytest

from data.coverage import Break, CoverageKind
from data.model import Extent, Measure, Place, Unit
from data.questions.comparability import Bounds, bound
from data.statistics import Point, Series
from tests.data.countries.atlases import atlas

USA = atlas().find("USA")
HALF = Extent(2024, 6)
PART = Break(USA, 2024, CoverageKind.PARTIAL, HALF, share=0.25)


def bounds(of: Measure, point: Point, cases: Point | None = None, *breaks: Break) -> Bounds:
    return bound(of, Series(Place(), Unit.PERSONS, (point,), breaks), point, cases)


@pytest.mark.parametrize(
    ("one", "other", "factor", "exceeds"),
    [
        ((5, 5), (4, 4), 1, True),
        ((4, 4), (4, 4), 1, False),
        ((3, 5), (4, 4), 1, None),
        ((5, 9), (2, 4), 1, True),
        ((8, 8), (4, 4), 2, True),
        ((7, 7), (4, 4), 2, False),
        ((7, 9), (4, 4), 2, None),
    ],
)
def test_a_figure_exceeds_another_only_where_it_must(
    one: tuple[int, int], other: tuple[int, int], factor: float, exceeds: bool | None
) -> None:
    assert Bounds(*one).exceeds(Bounds(*other), factor) is exceeds


@pytest.mark.parametrize(
    ("limit", "sign", "passes"), [(4, 1, True), (5, 1, None), (9, 1, False), (10, -1, True), (5, -1, False)]
)
def test_a_limit_is_passed_only_where_it_must_be(limit: int, sign: int, passes: bool | None) -> None:
    assert Bounds(5, 9).passes(limit, sign) is passes


def test_a_whole_year_is_known() -> None:
    assert bounds(Measure.APPLICATIONS, Point(2024, 100)) == Bounds(100, 100)


def test_of_part_of_a_year_only_the_least_is_known() -> None:
    alone = bounds(Measure.APPLICATIONS, Point(2024, 100, partial=True, extent=HALF))
    total = bounds(Measure.APPLICATIONS, Point(2024, 100), None, PART)

    assert alone.least == total.least == 100
    assert alone.most > total.most > 100


def test_cases_may_be_some_persons_each() -> None:
    assert bounds(Measure.APPLICATIONS, Point(2024, 100), Point(2024, 10)) == Bounds(100, 130)


def test_of_an_origin_that_is_not_published_nobody_knows_the_most() -> None:
    unnamed = Break(USA, 2024, CoverageKind.ORIGINS_UNPUBLISHED, share=0.7)

    for of in (Measure.APPLICATIONS, Measure.PENDING):
        assert bounds(of, Point(2024, 100), None, unnamed).most == inf
        assert bounds(of, Point(2023, 100), None, unnamed).most == 100


def test_a_stock_of_another_day_may_have_been_less_and_a_rate_either() -> None:
    stock = bounds(Measure.PENDING, Point(2024, 100), None, PART)
    rate = bounds(Measure.REJECTION_RATE, Point(2024, 0.5), None, PART)

    assert stock.least < 100 < stock.most
    assert 0 < rate.least < 0.5 < rate.most < 1
