"""Tell two releases apart: what kind of revision a figure is, and whether a release is plausible. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Period

if TYPE_CHECKING:
    from data.model import Number, Release

MOST_WITHDRAWN = 0.05
"""The largest share of a dataset that a plausible release withdraws; the largest real one was 0.6%."""

MOST_SHRUNK = 0.05
"""The largest share by which a dataset may shrink."""

LEAST_ROWS = 200
"""Of so few a share says nothing: a dataset that small is never judged."""


class Kind(StrEnum):
    """How a figure came to differ between two releases."""

    NEW_PERIOD = "new period"
    COMPLETED = "completed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RECODED = "recoded"


def find_kind(before: Release, after: Release, year: int) -> Kind:
    """Return the kind of a changed figure of `year`, by what the two releases cover.

    A figure that is gone is `WITHDRAWN` only where this says `CORRECTED`: while half a year is
    completed, some small figures naturally have no successor.
    """
    if year > before.newest_year:
        return Kind.NEW_PERIOD
    if before.period_of(year) is Period.MID_YEAR and after.period_of(year) is Period.YEAR_END:
        return Kind.COMPLETED
    return Kind.CORRECTED


def kind_of(before: Release, after: Release, year: int, new_value: Number | None) -> Kind:
    """Return the kind of one changed figure, whose new value is given."""
    kind = find_kind(before, after, year)
    return Kind.WITHDRAWN if kind is Kind.CORRECTED and new_value is None else kind


def find_implausible(what: str, before: int, after: int, withdrawn: int) -> str | None:
    """Say why something looks wrong, or nothing: of so many `before`, some are withdrawn."""
    if before < LEAST_ROWS:
        return None
    if after < (1 - MOST_SHRUNK) * before:
        return f"there are only {after:,} {what} after {before:,}"
    if withdrawn > MOST_WITHDRAWN * before:
        return f"{withdrawn:,} of {before:,} {what} are withdrawn"
    return None
