"""Measures are made of counts in one unit; a rate comes from sums, and only where there are enough of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.measures import (
    MIN_DECISIONS,
    add,
    count_decisions,
    count_substantive,
    measure,
    tally,
    tally_rated,
    tally_substantive,
)
from data.model import Counts, Measure, Nature, Tally, Unit

RATES = [Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE, Measure.REJECTION_RATE]

numbers = st.none() | st.integers(0, 500)
counts = st.builds(Counts, *[numbers] * 7)


@given(st.lists(numbers))
def test_a_sum_leaves_out_what_is_not_published_and_is_nothing_without_any(values: list[int | None]) -> None:
    published = [value for value in values if value is not None]
    assert add(*values) == (sum(published) if published else None)


@given(counts)
def test_substantive_decisions_leave_out_the_otherwise_closed(each: Counts) -> None:
    assert count_substantive(each) == add(each.recognised, each.complementary, each.rejected)
    assert count_decisions(each) == add(each.recognised, each.complementary, each.rejected, each.closed)


@pytest.mark.parametrize("of", [Measure.RETURNED_REFUGEES, Measure.RETURNED_DISPLACED])
def test_returns_of_nobody_are_not_published(of: Measure) -> None:
    column = of.row.columns[0]

    assert measure(of, Counts(**{column: 0})) is None
    assert measure(of, Counts(**{column: 7})) == 7


@given(counts, st.sampled_from(list(Measure)))
def test_nothing_is_ever_made_of_nothing(each: Counts, of: Measure) -> None:
    """`None` never becomes a zero: a measure without any published part is not published."""
    parts = {
        Measure.PENDING: [each.pending],
        Measure.APPLICATIONS: [each.new],
        Measure.ALL_STAGES: [each.all_stages],
        Measure.DECISIONS: [each.recognised, each.complementary, each.rejected, each.closed],
        Measure.RECOGNISED: [each.recognised],
        Measure.COMPLEMENTARY: [each.complementary],
        Measure.REJECTED: [each.rejected],
        Measure.CLOSED: [each.closed],
    }
    value = measure(of, each)
    if of in parts:
        assert value == add(*parts[of])
    assert measure(of, Counts()) is None


@given(counts)
def test_rates_lie_between_0_and_1_and_protection_is_the_wider_one(each: Counts) -> None:
    recognition, protection = (measure(of, each) for of in RATES[:2])
    assert recognition is None or 0 <= recognition <= 1
    assert protection is None or 0 <= protection <= 1
    if recognition is not None:
        assert protection is not None
        assert recognition <= protection


@given(counts, st.sampled_from(RATES[:2]))
def test_no_rate_on_fewer_than_fifty_substantive_decisions(each: Counts, of: Measure) -> None:
    substantive = count_substantive(each)
    if substantive is None or substantive < MIN_DECISIONS:
        assert measure(of, each) is None
    elif each.recognised is not None:
        assert measure(of, each) is not None


@pytest.mark.parametrize(("rejected", "rate"), [(39, None), (40, 0.2), (41, 10 / 51)])
def test_the_least_number_of_decisions(rejected: int, rate: float | None) -> None:
    """Closed cases do not help over it."""
    each = Counts(recognised=10, rejected=rejected, closed=1000)
    assert measure(Measure.RECOGNITION_RATE, each) == rate


def test_a_rate_comes_from_summed_counts_and_not_from_averaged_rates() -> None:
    large, small = Counts(recognised=900, rejected=100), Counts(recognised=0, rejected=100)
    both = Counts(*(add(a, b) for a, b in zip(large, small, strict=True)))
    rate = measure(Measure.RECOGNITION_RATE, both)
    assert rate == 900 / 1100
    assert rate != (0.9 + 0) / 2


@given(st.none() | counts, st.none() | counts, st.sampled_from(list(Measure)))
def test_units_stand_side_by_side_and_never_mix(
    persons: Counts | None, cases: Counts | None, of: Measure
) -> None:
    found = tally(of, persons, cases)
    assert found.persons == measure(of, persons or Counts())
    assert found.cases == measure(of, cases or Counts())
    assert tally_substantive(persons, cases) == Tally(
        count_substantive(persons or Counts()), count_substantive(cases or Counts())
    )


def test_a_rate_rests_on_the_units_with_enough_decisions_alone() -> None:
    assert tally_rated(Counts(rejected=2_332), Counts(rejected=29)) == Tally(2_332, None)


@given(numbers, numbers)
def test_the_main_figure_of_a_tally_is_one_of_its_units(persons: int | None, cases: int | None) -> None:
    found = Tally(persons, cases)
    assert found.main == (cases if persons is None else persons)
    assert found.published == (found.main is not None)


STOCKS = [
    Measure.PENDING,
    Measure.REFUGEES,
    Measure.OTHERS_IN_NEED,
    Measure.DISPLACED,
    Measure.STATELESS,
]


def test_populations_are_stocks_and_what_becomes_of_people_is_a_flow() -> None:
    natures = {of: of.nature for of in Measure}
    assert [of for of, nature in natures.items() if nature is Nature.STOCK] == STOCKS
    assert [of for of, nature in natures.items() if nature is Nature.RATE] == RATES
    assert [unit.word for unit in Unit] == ["persons", "cases"]
