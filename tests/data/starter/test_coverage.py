"""Summing many countries into one keeps every total."""

from __future__ import annotations

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import OTHER
from data.starter.coverage import Coverage, PairCounts, PairKey, condense, rank_by_share

CODES = ["CHI", "SYR", "AFG", "USA", "GFR"]
COVERAGE = Coverage(frozenset({"CHI", "SYR"}), frozenset({"USA"}), frozenset({"CHI"}))

keys = st.tuples(
    st.sampled_from(CODES), st.sampled_from(CODES), st.sampled_from([2024, 2025]), st.sampled_from("PC")
)
values = st.none() | st.integers(0, 9)
counts = st.tuples(values, values).map(lambda two: (*two, None, *two, 1)) | st.just((None,) * 6)
pairs = st.dictionaries(keys, counts, max_size=12)


def totals(figures: dict[PairKey, PairCounts], by: int) -> dict[object, list[int]]:
    """Sum over everything but the year, the unit and `by` (0: origin, 1: asylum), where it is named."""
    named = COVERAGE.origins if by == 0 else COVERAGE.asylum
    sums: dict[object, list[int]] = defaultdict(lambda: [0] * 6)
    for key, values in figures.items():
        for whom in (key[by] if key[by] in named else None, "all"):
            total = sums[whom, key[2], key[3]]
            for i, value in enumerate(values):
                total[i] += value or 0
    return {key: total for key, total in sums.items() if any(total) and key[0]}


@given(pairs)
@settings(max_examples=50)
def test_totals_over_either_side_stay_exact(figures: dict[PairKey, PairCounts]) -> None:
    condensed = condense(figures.items(), COVERAGE)
    assert totals(condensed, 0) == totals(figures, 0)
    # China's countries of asylum are all named, and stand beside those that sum the other origins.
    assert totals(condensed, 1) == totals(figures, 1)


@given(pairs)
@settings(max_examples=50)
def test_only_named_countries_are_left_and_the_rest_is_other(figures: dict[PairKey, PairCounts]) -> None:
    for origin, asylum, _, _ in condense(figures.items(), COVERAGE):
        assert origin in {*COVERAGE.origins, OTHER}
        assert asylum in {*COVERAGE.asylum, OTHER} or origin == "CHI"


@given(pairs)
@settings(max_examples=50)
def test_what_is_not_published_is_never_zero(figures: dict[PairKey, PairCounts]) -> None:
    condensed = condense(figures.items(), COVERAGE)
    for key, values in condensed.items():
        parts = [v for k, v in figures.items() if (*COVERAGE.address(k[0], k[1]), k[2], k[3]) == key]
        for i, value in enumerate(values):
            assert (value is None) == all(part[i] is None for part in parts)
    assert all(any(value is not None for value in values) for values in condensed.values())


def test_every_year_and_measure_weighs_the_same() -> None:
    """By shares, so that a large stock of today does not drown a flow of long ago."""
    yearly = {
        (2000, "new"): {"CHI": 8, "SYR": 2},
        (2025, "pending"): {"CHI": 300_000, "SYR": 700_000},
        (2025, "new"): {"AFG": 0},
    }
    assert rank_by_share(yearly, 5) == ["CHI", "SYR", "AFG"]
    assert rank_by_share(yearly, 1) == ["CHI"]
    assert rank_by_share({(2000, "new"): {"SYR": 1, "CHI": 1}}, 2) == ["CHI", "SYR"]
