"""Measures taken of all partner countries at once are those of each by itself."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from data.model import Counts, Measure, Unit
from data.questions.view import codes_in, mains_of, persons_of, tallies_at, tally_of
from data.store.figures import PartnerCounts

count = st.none() | st.integers(0, 200)
counts = st.builds(Counts, *[count] * len(Counts._fields))
partners = st.dictionaries(
    st.tuples(st.sampled_from(["CHI", "SYR", "AFG"]), st.sampled_from([2024, 2025]), st.sampled_from(Unit)),
    counts,
)


@given(partners, st.sampled_from(Measure), st.sampled_from([2024, 2025]))
def test_a_measure_is_in_persons_and_in_cases_only_where_there_are_none(
    each: PartnerCounts, of: Measure, year: int
) -> None:
    mains, persons = mains_of(of, each, year), persons_of(of, each, year)
    for code in codes_in(each):
        tally = tally_of(of, each, code, year)
        assert mains.get(code) == (tally.cases if tally.persons is None else tally.persons) == tally.main
        assert persons.get(code) == tally.persons


@given(partners)
def test_all_measures_of_a_year_are_those_of_each(each: PartnerCounts) -> None:
    for code in codes_in(each):
        own = {(year, unit): found for (its_code, year, unit), found in each.items() if its_code == code}
        for year in (2024, 2025):
            for of, tally in tallies_at(year, own).items():
                assert tally == tally_of(of, each, code, year)
