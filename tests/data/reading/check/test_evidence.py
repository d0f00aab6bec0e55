"""What releases said, laid out one beside the other."""

from __future__ import annotations

import numpy as np

from data.model import Measure, ReferencePeriod, Unit
from data.reading.check.evidence import FORMS, Evidence, Hit, Variant, codes_of
from data.store.value_index import UNITS
from tests.data.reading.check.made_up import ALL_OF_THEM, END, MENDED, MID, evidence

PENDING, NEW = Measure.PENDING, Measure.APPLICATIONS


def find(known: Evidence, least: float, most: float) -> list[Hit]:
    """Find where values stand from one to another, whatever they cost."""
    years, places = np.zeros(len(known.years_known)), np.zeros(len(known.places_known.codes))
    forms = np.zeros((len(UNITS), len(FORMS)))
    middle, reach = (least + most) / 2, (most - least) / 2
    return [hit for hit, _ in known.search(middle, [(reach, 0.0)], years, forms, places)]


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
    def search(least: float, most: float) -> set[tuple[object, int]]:
        return {(hit.codes, hit.year) for hit in find(evidence(), least, most)}

    everywhere = codes_of(ALL_OF_THEM)
    assert search(12_345, 12_345) == {(everywhere, 2025)}
    assert search(61_234, 61_234) == {(everywhere, 2025), (everywhere, 2024)}
    assert search(27_600, 27_700) == {(everywhere, 2025)}
    assert search(1, 1) == set()


def test_persons_and_cases_together_are_found_too_and_belong_to_no_unit() -> None:
    assert {hit.unit for hit in find(evidence(), 38_014, 38_014)} == {None}
    (fact,) = evidence().facts(ALL_OF_THEM, 2024, NEW, (None,))
    assert fact.value == 30_123 + 7_891


def test_what_the_ledger_says_by_stage_is_known_of_the_newest_counts() -> None:
    assert evidence().facts(ALL_OF_THEM, 2025, NEW, variant=Variant.WITH_REPEATS) == ()

    known = evidence(stages={2025: {codes_of(ALL_OF_THEM): {Unit.PERSONS: (699, 1_500)}}})

    (fact,) = known.facts(ALL_OF_THEM, 2025, NEW, variant=Variant.WITH_REPEATS)
    assert (fact.value, fact.first) == (27_699 + 1_500, MENDED)
    assert {hit.form.variant for hit in find(known, 27_000, 27_000)} == {Variant.FIRST_ALONE}


def test_nothing_published_is_no_zero() -> None:
    assert evidence().facts(ALL_OF_THEM, 2018, PENDING) == ()
    assert evidence().value(ALL_OF_THEM, 2024, Measure.RECOGNISED, MENDED) is None
    assert 2018 not in evidence().line(ALL_OF_THEM, PENDING, MENDED)
