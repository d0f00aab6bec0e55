"""Arithmetic that numbers in texts come from: sums and extremes over years, counts of countries. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.model import Measure, Nature, Unit
from data.reading.check.claim import Subject
from data.reading.check.matches import CONFUSED, fits
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import Extremes, Match, Total
from data.reading.numbers import Bound, Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.model import Number
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Spread
    from data.reading.numbers import Quantity

MAX_DOZENS = 120
MIN_COUNTRIES = 3


def find_over_years(claim: Claim, quantity: Quantity, evidence: Evidence) -> Match | None:
    """Find a sum, or the lowest and highest figure, over a span; the newest release first."""
    if claim.span is None or claim.subject is not Subject.PEOPLE:
        return None
    first, last = claim.span
    tries = _match_extremes if quantity.is_range else _match_totals
    return next(tries(claim, quantity, evidence, first, last), None)


def find_spread(claim: Claim, quantity: Quantity, evidence: Evidence) -> Match | None:
    """Find in how many countries claims were pending; the newest release that fits."""
    wanted = [s for s in reversed(evidence.spreads) if s.place in claim.places[:2] and s.year in claim.years]
    return next((Match(s, _is_count(quantity, s)) for s in wanted if _spread_fits(quantity, s)), None)


def add_flow(total: Total, evidence: Evidence) -> tuple[Total, ...]:
    """Add up the new applications of the years whose stocks were summed, persons and cases apart.

    Of a sum of flows it is the same flow in both units, where part of it was counted in cases.
    """
    summed_stocks = total.measure.nature is Nature.STOCK
    measure = Measure.APPLICATIONS if summed_stocks else total.measure
    found = []
    for unit in Unit:
        line = evidence.line(total.place, measure, evidence.newest, unit)
        value = sum(value for year, value in line.items() if total.first <= year <= total.last)
        if value:
            found.append(
                replace(total, measure=measure, unit=unit, value=value, release=evidence.newest, now=value)
            )
    return tuple(found) if summed_stocks or len(found) > 1 else ()


def _spread_fits(quantity: Quantity, spread: Spread) -> bool:
    if quantity.form is Form.SINGLE:
        return spread.under_ten > 0
    if quantity.form is Form.DOZENS:
        return quantity.low <= spread.countries <= MAX_DOZENS
    if quantity.low < MIN_COUNTRIES:
        return False
    if quantity.bound is Bound.OVER:
        return quantity.low <= spread.countries <= quantity.low + max(5, quantity.step)
    if quantity.bound is Bound.ABOUT:
        return abs(spread.countries - quantity.low) <= 2  # noqa: PLR2004 - “about 50 countries”
    return spread.countries == quantity.low


def _is_count(quantity: Quantity, spread: Spread) -> bool:
    return quantity.form is not Form.COUNT or quantity.low == spread.countries


def _list_measures(claim: Claim) -> list[Measure]:
    meant = [measure for measure in MEANT[claim.term] if measure.nature is not Nature.RATE]
    return [*meant, *(measure for measure in CONFUSED if measure not in meant)]


def _match_totals(
    claim: Claim, quantity: Quantity, evidence: Evidence, first: int, last: int
) -> Iterator[Match]:
    for place in claim.places[:2]:
        for measure in _list_measures(claim):
            now = _add(evidence.line(place, measure, evidence.newest), first, last)
            for release in reversed(evidence.releases):
                value = _add(evidence.line(place, measure, release), first, last)
                if value is not None and now is not None and quantity.low >= 1000 and fits(quantity, value):  # noqa: PLR2004
                    total = Total(place, measure, Unit.PERSONS, first, last, value, release, now)
                    yield Match(total, value == quantity.low)


def _match_extremes(
    claim: Claim, quantity: Quantity, evidence: Evidence, first: int, last: int
) -> Iterator[Match]:
    for place in claim.places[:2]:
        for measure in _list_measures(claim):
            for release in reversed(evidence.releases):
                line = evidence.line(place, measure, release)
                years = [year for year in line if first <= year <= last]
                if len(years) < (last - first + 1) * 0.8:
                    continue
                low, high = min(years, key=line.__getitem__), max(years, key=line.__getitem__)
                if _is_end(quantity, quantity.low, line[low]) and _is_end(
                    quantity, quantity.high, line[high]
                ):
                    exact = (line[low], line[high]) == (quantity.low, quantity.high)
                    ends = ((line[low], low), (line[high], high))
                    yield Match(Extremes(place, measure, Unit.PERSONS, first, last, *ends, release), exact)


def _is_end(quantity: Quantity, end: float, value: Number) -> bool:
    """Say whether a figure rounds to one end of a range, up or down: “7,000” is 7,732, cut."""
    return value == end or (quantity.step > 1 and abs(value - end) < quantity.step)


def _add(line: dict[int, Number], first: int, last: int) -> Number | None:
    values = [line.get(year) for year in range(first, last + 1)]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None
