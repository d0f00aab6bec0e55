"""Ranks, records, shares and changes, and when they would mislead. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.findings import Change, Point, Standing
from data.model import Nature

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.findings import Series
    from data.model import Number, Tally

LEAST_BASE = 50
"""Below this, a percentage change says more about UNHCR's rounding than about people."""

LEAST_CARRIED = 1_000
"""A stock at least this large that equals the year before's to the last digit was hardly counted anew."""

LARGE_SHARE = 0.01
TRIFLE = 0.01
SMALL = 10


def compare_years(series: Series, year: int, nature: Nature) -> Change | None:
    """Compare a year with the one before; None when either is missing or half a year meets a whole one.

    A stock on 30 June may stand beside that of 31 December: both are counts on a day. Where a country's
    stock was never brought to the end of the year, there is no percentage. Both years must be counted in
    one unit: see `mixes_units`.
    """
    after, before = series.at(year), series.at(year - 1)
    if after is None or before is None or after.value is None or before.value is None:
        return None
    if nature is not Nature.STOCK and (after.partial or before.partial):
        return None
    never_completed = after.extent is not None or before.extent is not None
    ratio = None if never_completed else find_ratio(before.value, after.value, nature)
    return Change(before.year, before.value, after.value, ratio)


def mixes_units(*years: Tally) -> bool:
    """Say whether cases are more than a trifle beside persons in any of these years.

    Then the persons of two years do not compare: a country that moved part of its figures into
    cases would seem to have shrunk.
    """
    return any(bool(t.cases) and t.cases >= TRIFLE * (t.persons or 0) for t in years if t.cases is not None)


def find_ratio(before: Number, after: Number, nature: Nature) -> float | None:
    """Return after / before - 1, or None from a base too small for it; rates are never put so."""
    if nature is Nature.RATE or before < LEAST_BASE:
        return None
    return after / before - 1


def find_standing(values: Mapping[str, Number | None], code: str, total: Number | None) -> Standing | None:
    """Rank `code` among the codes with a figure above zero; equal figures share a rank."""
    value = values.get(code)
    if not value:
        return None
    published = [v for v in values.values() if v]
    share = value / total if total else None
    return Standing(1 + sum(v > value for v in published), len(published), share)


def rank_values(values: Iterable[Number | None]) -> list[int | None]:
    """Return ranks for values that stand in falling order; equal values share one, None has none."""
    ranks: list[int | None] = []
    before: Number | None = None
    for place, value in enumerate(values, start=1):
        ranks.append(None if value is None else ranks[-1] if ranks and value == before else place)
        before = value
    return ranks


def is_carried_forward(now: Number | None, before: Number | None, whole: Number = 0) -> bool:
    """Say whether a stock that matters within the `whole` looks as if it had not been counted anew."""
    return now is not None and now == before and now >= max(LEAST_CARRIED, LARGE_SHARE * whole)


def find_carried(
    now: Mapping[str, Number | None], before: Mapping[str, Number | None], whole: Number | None = None
) -> list[tuple[str, Number]]:
    """Return the codes whose large stock equals that of a year ago, with the stock, largest first.

    `whole` is the sum of all now, where only large ones are given.
    """
    if whole is None:
        whole = sum(value for value in now.values() if value)
    carried = [
        (code, value)
        for code, value in now.items()
        if value is not None and is_carried_forward(value, before.get(code), whole)
    ]
    return sorted(carried, key=lambda each: -each[1])


def find_silent(
    now: Mapping[str, Number | None], before: Mapping[str, Number | None], whole: Number | None = None
) -> list[str]:
    """Return the codes that held a large share a year ago and have no figure now, largest first.

    `whole` is the sum of all a year ago, where only large ones are given.
    """
    if whole is None:
        whole = sum(value for value in before.values() if value)
    silent = [
        code
        for code, value in before.items()
        if value and value >= max(LARGE_SHARE * whole, LEAST_CARRIED) and now.get(code) is None
    ]
    return sorted(silent, key=lambda code: -(before[code] or 0))


def fill_years(points: Mapping[int, Point], first: int, last: int) -> tuple[Point, ...]:
    """Return one point a year, without a figure where there is none."""
    return tuple([points.get(year) or Point(year, None) for year in range(first, last + 1)])


def count_small(values: Sequence[Number | None]) -> int:
    """Count the figures between one and nine."""
    return sum(1 for value in values if value and value < SMALL)
