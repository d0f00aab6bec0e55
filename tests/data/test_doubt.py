"""The bounds of what is doubted, each side of each of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.doubt import (
    BOUNDS,
    MAX_UNREAD,
    MIN_ROWS,
    MIN_TOTAL,
    Doubt,
    Side,
    WeighedTotal,
    Why,
    find_missing,
    find_moved,
    find_unreadable,
)
from data.model import Dataset, ReferencePeriod, Release, RevisionKind
from tests.data.test_compare import AGAIN, END, MID, NEXT

POPULATION, APPLICATIONS, DECISIONS, SOLUTIONS = Dataset


def total(
    column: tuple[Dataset, str],
    year: int,
    before: int,
    after: int,
    revised: int = 0,
    **sides: tuple[int, int],
) -> WeighedTotal:
    """A total, and how much of it countries of asylum have."""
    return WeighedTotal(
        *column, year, before, after, revised, {(Side.ASYLUM, code): pair for code, pair in sides.items()}
    )


PENDING, APPLIED = (POPULATION, "asylum_seekers"), (APPLICATIONS, "applied")
DECIDED, CLOSED = (DECISIONS, "total"), (DECISIONS, "closed")
REAL = [
    (
        "South Africa 2022, in June 2024",
        total(DECIDED, 2022, 1967159, 2057838, 93207, RSA=(0, 90679)),
        END,
        AGAIN,
    ),
    ("the same, where it is most", total(CLOSED, 2022, 665816, 756596, 90780), END, AGAIN),
    (
        "Canada, corrected in June 2026",
        total(DECIDED, 2025, 2939008, 2836187, 103025, CAN=(199610, 96789)),
        END,
        AGAIN,
    ),
    ("2024 completed", total(APPLIED, 2025, 2092525, 3421776, 1375573), MID, END),
    ("2025 completed", total(APPLIED, 2025, 1125607, 3334676, 2250905), MID, END),
    ("pending claims completed", total(PENDING, 2025, 8414659, 8998091, 3482480), MID, END),
    (
        "Côte d'Ivoire 2022, in June 2024",
        total(PENDING, 2024, 6_858_499, 6_861_884, 3_385, ICO=(176, 3_561)),
        MID,
        NEXT,
    ),
    (
        "North Macedonia's refugees 2022, in June 2024",
        total((POPULATION, "refugees"), 2024, 29_429_065, 29_435_495, 6_430, MCD=(635, 7_065)),
        MID,
        NEXT,
    ),
    ("the Congo's claims completed", total(PENDING, 2025, 8414659, 8998091, COD=(1_546, 100_112)), MID, END),
    (
        "Iran's refugees of a new year",
        total((POPULATION, "refugees"), 2026, 30_958_200, 28_461_306, IRN=(3_489_257, 770_514)),
        AGAIN,
        NEXT,
    ),
    ("Bolivia's trifle", total(PENDING, 2021, 4_406_409, 4_406_459, 50, BOL=(1_000, 1_050)), END, AGAIN),
    ("a new half year", total(APPLIED, 2026, 3421776, 1125607, USA=(733912, 0)), AGAIN, NEXT),
    ("pending claims of a new half year", total(PENDING, 2026, 6858499, 7996077), AGAIN, NEXT),
]
FORGED = [
    ("tenfold", total(PENDING, 2024, 8352712, 83527120, 75174408), END, AGAIN, Why.REVISED),
    ("twofold in the newest year", total(PENDING, 2025, 8998091, 17996182, 8998091), END, AGAIN, Why.REVISED),
    ("twofold while it is completed", total(PENDING, 2025, 8414659, 16829318), MID, END, Why.WORLD),
    ("shifted by a row", total(DECIDED, 2020, 1_000_000, 1_000_000, 1_900_000), END, AGAIN, Why.REVISED),
    ("nothing left", total(APPLIED, 2025, 1125607, 0), MID, END, Why.WORLD),
    ("a new half year with nothing", total(APPLIED, 2026, 3421776, 0), AGAIN, NEXT, Why.WORLD),
    (
        "the USA gone",
        total(APPLIED, 2025, 3343203, 2431251, 911952, USA=(911952, 0)),
        END,
        AGAIN,
        Why.COUNTRY,
    ),
    (
        "Ghana tenfold",
        total(PENDING, 2025, 8_998_097, 9_002_372, 4_275, GHA=(475, 4_750)),
        END,
        AGAIN,
        Why.COUNTRY_MOVED,
    ),
    (
        "two hundred twofold in a closed year",
        total(DECIDED, 2015, 1_500_000, 1_500_200, 200, GHA=(200, 400)),
        END,
        AGAIN,
        Why.COUNTRY_MOVED,
    ),
    (
        "Japan tenfold in a closed year",
        total(APPLIED, 2024, 3_000_000, 3_111_357, 111_357, JPN=(12_373, 123_730)),
        MID,
        NEXT,
        Why.COUNTRY_MOVED,
    ),
    (
        "a tenth",
        total(DECIDED, 2025, 2_800_000, 2_800_000, 450, GHA=(500, 50)),
        END,
        AGAIN,
        Why.COUNTRY_MOVED,
    ),
    ("dropped", total(APPLIED, 2025, 2_500_000, 2_499_600, 400, GHA=(400, 0)), END, AGAIN, Why.COUNTRY_MOVED),
    (
        "Canada tenfold while it is completed",
        total(PENDING, 2025, 8_000_000, 10_700_000, CAN=(300_000, 3_000_000)),
        MID,
        END,
        Why.COUNTRY_MOVED,
    ),
    (
        "the USA gone from a new half year's stock",
        total(PENDING, 2026, 8998097, 8400000, USA=(3718945, 0)),
        AGAIN,
        NEXT,
        Why.COUNTRY,
    ),
]


@pytest.mark.parametrize(("moved", "before", "after"), [case[1:] for case in REAL], ids=[c[0] for c in REAL])
def test_what_really_happened_is_not_doubted(moved: WeighedTotal, before: Release, after: Release) -> None:
    assert find_moved([moved], before, after) is None


@pytest.mark.parametrize(
    ("moved", "before", "after", "why"), [case[1:] for case in FORGED], ids=[c[0] for c in FORGED]
)
def test_what_never_happens_is_doubted(
    moved: WeighedTotal, before: Release, after: Release, why: Why
) -> None:
    doubt = find_moved([moved], before, after)
    assert doubt
    assert (doubt.why, doubt.year, doubt.column) == (why, moved.year, moved.column)


def test_the_worst_move_is_told_and_a_country_that_is_gone_before_all() -> None:
    world = total(APPLIED, 2025, 3343203, 2431251, 911952, USA=(911952, 0))
    more = total(PENDING, 2024, 8352712, 83527120, 75174408)
    doubt = find_moved([more, world], END, AGAIN)
    assert doubt == Doubt(
        Why.COUNTRY, 911952, 0, APPLICATIONS, "applied", 2025, RevisionKind.CORRECTED, Side.ASYLUM, "USA"
    )
    assert find_moved([more, replace(world, sides={})], END, AGAIN) == Doubt(
        Why.REVISED, 8352712, 75174408, POPULATION, "asylum_seekers", 2024, RevisionKind.CORRECTED
    )


@given(
    st.sampled_from(list(BOUNDS)),
    st.integers(2000, 2026),
    st.integers(0, MIN_TOTAL - 1),
    st.integers(0, 10**7),
)
def test_a_small_total_is_never_judged(
    column: tuple[Dataset, str], year: int, before: int, after: int
) -> None:
    """Nor one that was not there before: UNHCR adds columns."""
    moved = total(column, year, before, after, abs(after - before), USA=(before, after))
    assert find_moved([moved], AGAIN, NEXT) is None


@given(st.sampled_from(list(BOUNDS)), st.integers(2000, 2025), st.integers(MIN_TOTAL, 10**8))
def test_what_stays_as_it_is_is_not_doubted(column: tuple[Dataset, str], year: int, amount: int) -> None:
    moved = total(column, year, amount, amount, 0, USA=(amount, amount))
    for before, after in ((MID, END), (END, AGAIN), (AGAIN, NEXT)):
        assert find_moved([moved], before, after) is None


def test_a_new_year_that_is_whole_has_bounds_of_its_own() -> None:
    """A bot that rested for half a year sees the year's end first."""
    whole = replace(NEXT, period=ReferencePeriod.YEAR_END)
    assert find_moved([total(APPLIED, 2026, 3343203, 3600000)], AGAIN, whole) is None
    assert find_moved([total(APPLIED, 2026, 3343203, 1100000)], AGAIN, whole)


@pytest.mark.parametrize(
    ("before", "after", "withdrawn", "why"),
    [
        (1000, 1000, 6, None),  # the largest real share was 0.6%
        (1000, 1000, 50, None),
        (1000, 1000, 51, (Why.ROWS_WITHDRAWN, 51)),
        (1000, 950, 0, None),
        (1000, 949, 0, (Why.ROWS, 949)),
        (1000, 0, 1000, (Why.ROWS, 0)),
        (MIN_ROWS - 1, 0, MIN_ROWS - 1, None),
        (MIN_ROWS, 0, MIN_ROWS, (Why.ROWS, 0)),
    ],
)
def test_what_is_withdrawn_or_lacks_beyond_all_experience_is_doubted(
    before: int, after: int, withdrawn: int, why: tuple[Why, int] | None
) -> None:
    doubt = find_missing(POPULATION, None, before, after, withdrawn)
    assert (doubt and (doubt.why, doubt.after)) == why
    assert doubt is None or doubt.before == before


def test_more_than_a_handful_of_unreadable_rows_is_doubted() -> None:
    assert find_unreadable(334_700, MAX_UNREAD) is None
    assert find_unreadable(334_700, MAX_UNREAD + 1) == Doubt(Why.UNREAD, 334_721, 21)


def test_the_codes_that_are_stored_stay() -> None:
    assert [each.value for each in Why] == [
        "rows", "rows withdrawn", "figures", "figures withdrawn", "unread", "revised", "world", "country",
        "country moved",
    ]  # fmt: skip
