"""Tell two releases apart: what kind of revision a figure is. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Period

if TYPE_CHECKING:
    from data.model import Number, Release


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
