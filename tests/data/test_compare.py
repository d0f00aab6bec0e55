"""Two releases told apart: the kind of a change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import ReferencePeriod, Release, RevisionKind, find_kind, kind_of

BEGIN = datetime(2025, 11, 10, tzinfo=UTC)


def made(days: int, newest_year: int, period: ReferencePeriod) -> Release:
    at = BEGIN + timedelta(days)
    return Release(int(at.timestamp()), at, "", newest_year, period)


MID = made(0, 2025, ReferencePeriod.MID_YEAR)
UPDATE = made(140, 2025, ReferencePeriod.MID_YEAR)
END = made(214, 2025, ReferencePeriod.YEAR_END)
AGAIN = made(227, 2025, ReferencePeriod.YEAR_END)
NEXT = made(365, 2026, ReferencePeriod.MID_YEAR)
releases = st.builds(
    made,
    st.integers(0, 2000),
    st.integers(2020, 2030),
    st.sampled_from([ReferencePeriod.MID_YEAR, ReferencePeriod.YEAR_END]),
)


@pytest.mark.parametrize(
    ("before", "after", "year", "kind"),
    [
        (MID, UPDATE, 2025, RevisionKind.CORRECTED),
        (MID, UPDATE, 2023, RevisionKind.CORRECTED),
        (MID, END, 2025, RevisionKind.COMPLETED),
        (MID, END, 2024, RevisionKind.CORRECTED),
        (END, AGAIN, 2025, RevisionKind.CORRECTED),
        (AGAIN, NEXT, 2026, RevisionKind.NEW_PERIOD),
        (AGAIN, NEXT, 2025, RevisionKind.CORRECTED),
        (MID, NEXT, 2025, RevisionKind.COMPLETED),  # the release between was missed
    ],
)
def test_the_kind_of_a_change_is_what_the_two_releases_cover(
    before: Release, after: Release, year: int, kind: RevisionKind
) -> None:
    assert find_kind(before, after, year) is kind


@given(releases, releases, st.integers(1990, 2032), st.none() | st.integers(0, 9))
def test_a_completion_is_never_called_a_correction(
    before: Release, after: Release, year: int, value: int | None
) -> None:
    kind = kind_of(before, after, year, value)
    half, whole = before.period_of(year), after.period_of(year)
    if year <= before.newest_year and (half, whole) == (ReferencePeriod.MID_YEAR, ReferencePeriod.YEAR_END):
        assert kind is (RevisionKind.WITHDRAWN if value is None else RevisionKind.COMPLETED)
    else:
        assert kind is not RevisionKind.COMPLETED
    assert (kind is RevisionKind.NEW_PERIOD) == (year > before.newest_year)


@given(releases, st.integers(1990, 2032))
def test_only_a_figure_that_is_gone_is_withdrawn(release: Release, year: int) -> None:
    kinds = {kind_of(release, release, year, value) for value in (None, 0, 5)}
    expected = (
        {RevisionKind.CORRECTED, RevisionKind.WITHDRAWN}
        if year <= release.newest_year
        else {RevisionKind.NEW_PERIOD}
    )
    assert kinds == expected


def test_half_a_year_without_a_successor_is_withdrawn_and_not_completed() -> None:
    assert kind_of(MID, END, 2025, None) is RevisionKind.WITHDRAWN
    assert kind_of(MID, END, 2025, 0) is RevisionKind.COMPLETED
