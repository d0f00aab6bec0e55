"""What releases said, laid out one beside the other."""

from __future__ import annotations

from data.model import Measure, ReferencePeriod, Unit
from tests.data.reading.check.made_up import ALL_OF_THEM, END, MENDED, MID, evidence

PENDING, NEW = Measure.PENDING, Measure.APPLICATIONS


def test_releases_that_say_the_same_of_the_same_period_are_one_fact() -> None:
    facts = evidence().facts(ALL_OF_THEM, 2025, PENDING)

    assert [(f.value, f.period, f.first, f.last, f.replaced_by) for f in facts] == [
        (43_210, ReferencePeriod.YEAR_END, END, MENDED, None),
        (61_234, ReferencePeriod.MID_YEAR, MID, MID, END),
    ]


def test_each_new_value_is_a_fact_of_its_own_and_persons_and_cases_stay_apart() -> None:
    assert [f.value for f in evidence().facts(ALL_OF_THEM, 2025, NEW)] == [27_699, 27_654, 12_345]
    assert [(f.unit, f.value) for f in evidence().facts(ALL_OF_THEM, 2024, NEW)] == [
        (Unit.PERSONS, 30_123),
        (Unit.CASES, 7_891),
    ]


def test_a_count_is_found_by_its_value_whenever_a_release_has_ever_given_it() -> None:
    assert evidence().search(12_345) == [(ALL_OF_THEM, 2025)]
    assert evidence().search(61_234) == [(ALL_OF_THEM, 2025), (ALL_OF_THEM, 2024)]
    assert evidence().search(1) == []


def test_nothing_published_is_no_zero() -> None:
    assert evidence().facts(ALL_OF_THEM, 2018, PENDING) == ()
    assert evidence().value(ALL_OF_THEM, 2024, Measure.RECOGNISED, MENDED) is None
    assert 2018 not in evidence().line(ALL_OF_THEM, PENDING, MENDED)
