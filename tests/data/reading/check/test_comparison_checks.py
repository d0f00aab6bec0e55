"""Comparisons of a text, held against the figures."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.caveats import SplitOff
from data.coverage import Break, CoverageKind
from data.model import Extent, Measure, Place, Unit
from data.reading.check.claim import Comparison, TrendClaim
from data.reading.check.comparison_checks import compare_line
from data.reading.check.comparisons import find_comparisons
from data.reading.numbers import Bound, NumberForm, Quantity, find_numbers
from tests.data.reading.check.made_up import ALL_OF_THEM, CANADA, CHINA, IN_CANADA, MENDED, MID, evidence

UP, DOWN, RECORD = TrendClaim.UP, TrendClaim.DOWN, TrendClaim.RECORD


def percent(value: float, bound: Bound = Bound.PLAIN) -> Quantity:
    return Quantity(value, value, 1, NumberForm.PERCENT, bound)


def holds(
    comparison: Comparison,
    measure: Measure = Measure.PENDING,
    place: Place = ALL_OF_THEM,
    year: int = 2024,
) -> bool | str | None:
    compared = compare_line(comparison, place, measure, year, MENDED, evidence())
    return "nothing to compare" if compared is None else compared.holds


@pytest.mark.parametrize(
    ("comparison", "expected"),
    [
        (Comparison(0, 0, UP, percent=percent(17)), True),
        (Comparison(0, 0, UP, percent=percent(18)), True),  # a point off is not false
        (Comparison(0, 0, UP, percent=percent(19)), False),
        (Comparison(0, 0, DOWN, percent=percent(17)), False),
        (Comparison(0, 0, UP, percent=percent(15, Bound.OVER)), True),
        (Comparison(0, 0, UP, percent=percent(18, Bound.UNDER)), True),
        (Comparison(0, 0, UP, (2019,), times=1.5), True),
        (Comparison(0, 0, UP, (2019,), times=2.0), False),
        (Comparison(0, 0, UP, (2019,), times=1.5, at_least=True), True),
        (Comparison(0, 0, UP, (2019,), times=1.6, at_least=True), False),
        (Comparison(0, 0, UP, (2019, 2023)), True),
        (Comparison(0, 0, DOWN, (2019, 2023)), False),
        (Comparison(0, 0, RECORD), True),
        (Comparison(0, 0, RECORD, (2023,)), False),
        (Comparison(0, 0, UP, (2018,)), "nothing to compare"),
    ],
)
def test_a_comparison_holds_or_does_not(comparison: Comparison, expected: bool | str) -> None:
    assert holds(comparison) == expected


def test_from_a_small_base_nothing_is_told() -> None:
    assert holds(Comparison(0, 0, UP, (2019,), times=100.0), place=IN_CANADA) is None


def test_half_a_year_is_not_compared_with_a_whole_one() -> None:
    down = Comparison(0, 0, DOWN, percent=percent(59))

    assert compare_line(down, ALL_OF_THEM, Measure.APPLICATIONS, 2025, MID, evidence()) is None
    assert compare_line(down, ALL_OF_THEM, Measure.PENDING, 2025, MID, evidence()) is not None


def test_persons_are_not_compared_where_part_of_the_years_was_counted_in_cases() -> None:
    up = Comparison(0, 0, UP, (2023,))

    assert holds(up, Measure.APPLICATIONS, year=2024) == "nothing to compare"
    assert holds(up, Measure.APPLICATIONS, year=2025) is True


HALF = Break(CANADA, 2024, CoverageKind.PARTIAL, Extent(2024, Extent.HALF), 0.3, unit=Unit.PERSONS)
SINCE = Break(CANADA, 2024, CoverageKind.RECLASSIFIED, None, 0.02, 5_000)


@pytest.mark.parametrize("share", [None, 0.02, 0.3])
@pytest.mark.parametrize("at", [HALF, SINCE])
def test_nothing_holds_between_years_that_do_not_compare_of_a_country_or_of_a_total(
    at: Break, share: float | None
) -> None:
    at = replace(at, share=share)
    rose = Comparison(0, 0, UP, percent=percent(17))
    compared = compare_line(rose, ALL_OF_THEM, Measure.PENDING, 2024, MENDED, evidence(breaks=(at,)))

    assert compared is not None
    assert (compared.holds, compared.fits, compared.breaks) == (None, True, (at,))


def test_a_partial_year_compares_with_no_later_one_and_a_break_with_all_after_it() -> None:
    fell = Comparison(0, 0, DOWN, (2024,))

    partial = compare_line(fell, ALL_OF_THEM, Measure.PENDING, 2025, MENDED, evidence(breaks=(HALF,)))
    broken = compare_line(fell, ALL_OF_THEM, Measure.PENDING, 2025, MENDED, evidence(breaks=(SINCE,)))

    assert partial is not None
    assert partial.holds is None
    assert broken is not None
    assert broken.holds is True


def test_cases_of_part_of_a_year_are_no_matter_where_persons_are_compared() -> None:
    cases = replace(HALF, unit=Unit.CASES)
    rose = Comparison(0, 0, UP, percent=percent(17))
    compared = compare_line(rose, ALL_OF_THEM, Measure.PENDING, 2024, MENDED, evidence(breaks=(cases,)))

    assert compared is not None
    assert compared.holds is True


@pytest.mark.parametrize(("year", "holds"), [(2019, True), (2020, None), (2024, None), (2025, True)])
def test_a_country_that_split_compares_with_none_of_the_years_before(year: int, holds: bool | None) -> None:
    apart = SplitOff(CHINA, CANADA, year)
    rose = Comparison(0, 0, UP, (2019,))
    compared = compare_line(rose, ALL_OF_THEM, Measure.PENDING, 2024, MENDED, evidence(splits=(apart,)))

    assert compared is not None
    assert compared.holds is holds


def test_a_stock_of_june_that_is_higher_refutes_a_record() -> None:
    """61,234 stood on 30 June 2024, more than the 43,210 of 2025."""
    june = evidence(breaks=(replace(HALF, share=None),))

    late = compare_line(Comparison(0, 0, RECORD), ALL_OF_THEM, Measure.PENDING, 2025, MENDED, june)
    early = compare_line(Comparison(0, 0, RECORD, (2023,)), ALL_OF_THEM, Measure.PENDING, 2023, MENDED, june)

    for compared in (late, early):
        assert compared is not None
        assert (compared.holds, compared.bases) == (False, ((2024, 61_234),))


def test_what_is_partial_and_no_record_may_be_one_when_it_is_whole() -> None:
    part = evidence(breaks=(replace(HALF, year=2023, share=None),))
    compared = compare_line(Comparison(0, 0, RECORD), ALL_OF_THEM, Measure.PENDING, 2023, MENDED, part)

    assert compared is not None
    assert compared.holds is None


@pytest.mark.parametrize(
    ("text", "trend_claim", "times"),
    [
        ("claims more than doubled", UP, 2.0),
        ("more than double the levels before", UP, 2.0),
        ("three times as many", UP, 3.0),
        ("2.5 times as many", UP, 2.5),
        ("claims halved", DOWN, 0.5),
        ("a record high", RECORD, None),
        ("the record levels of 2024", RECORD, None),
        ("may be revised upward", TrendClaim.REVISED_UP, None),
        ("was revised down", TrendClaim.REVISED_DOWN, None),
        ("a sharp increase compared with", UP, None),
        ("down from the highs", DOWN, None),
    ],
)
def test_comparisons_are_found_in_words(text: str, trend_claim: TrendClaim, times: float | None) -> None:
    (found,) = find_comparisons(text, ())

    assert (found.trend_claim, found.times) == (trend_claim, times)


@pytest.mark.parametrize(
    ("text", "trend_claim"),
    [
        ("fell by 27%", DOWN),
        ("rose about 27%", UP),
        ("27% fewer", DOWN),
        ("a 27 percent increase", UP),
        ("27% of them", None),
    ],
)
def test_a_percentage_is_a_comparison_where_a_direction_stands_beside_it(
    text: str, trend_claim: TrendClaim | None
) -> None:
    found = find_comparisons(text, find_numbers(text))

    assert [each.trend_claim for each in found] == ([trend_claim] if trend_claim else [])


@pytest.mark.parametrize(
    "text", ["on record", "their criminal record", "grew up in Berlin", "wake up", "half of it"]
)
def test_other_words_are_no_comparisons(text: str) -> None:
    assert find_comparisons(text, ()) == ()
