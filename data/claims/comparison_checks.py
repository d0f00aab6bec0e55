"""Comparisons held against the figures: with another year, the record, or a later release. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.claims.claim import Course
from data.claims.verdicts import Compared
from data.coverage import Kind
from data.model import Nature, Period, Tally, Unit
from data.statistics import LEAST_BASE, mixes_units
from data.text.numbers import Bound

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from data.claims.claim import Comparison
    from data.claims.evidence import Evidence, Fact
    from data.coverage import Break
    from data.model import Measure, Number, Place, Release

TOLERANCE = 0.1
"""“Doubled” is said of anything between ×1.8 and ×2.2."""

REVISED = frozenset({Course.REVISED_UP, Course.REVISED_DOWN})


def compare_fact(comparison: Comparison, fact: Fact, evidence: Evidence) -> Compared | None:
    """Hold a comparison against the line that a figure is part of, as the same release gave it."""
    if comparison.course in REVISED:
        return _compare_revision(comparison, fact, evidence)
    return compare_line(comparison, fact.place, fact.measure, fact.year, fact.last, evidence, fact.unit)


def compare_line(
    comparison: Comparison,
    place: Place,
    measure: Measure,
    year: int,
    release: Release,
    evidence: Evidence,
    unit: Unit = Unit.PERSONS,
) -> Compared | None:
    """Hold a comparison against a line.

    None without figures, where half a year would meet a whole one, or cases would be left out.
    """
    line = evidence.line(place, measure, release, unit)
    value = line.get(year)
    if value is None:
        return None
    if comparison.course is Course.RECORD:
        return _compare_record(comparison, place, measure, year, release, line, evidence)
    bases = tuple(
        (base, line[base]) for base in comparison.bases or (year - 1,) if base in line and base != year
    )
    partial = release.period_of(year) is Period.MID_YEAR and measure.nature is not Nature.STOCK
    if not bases or partial or _mixes_units(place, measure, release, [year, *dict(bases)], evidence):
        return None
    breaks = _find_between(place, measure, [year, *dict(bases)], evidence)
    if any(each.kind is Kind.PARTIAL and each.share is None for each in breaks):
        return Compared(comparison, measure, place, year, value, bases, None, release, breaks)
    holds = _holds(comparison, value, [base for _, base in bases])
    return Compared(comparison, measure, place, year, value, bases, holds, release, breaks)


def _find_between(
    place: Place, measure: Measure, years: Collection[int], evidence: Evidence
) -> tuple[Break, ...]:
    """Return the partial ones of these years, and the breaks from the first to the last."""
    first, last = min(years), max(years)
    return tuple(
        each
        for each in evidence.breaks(place, measure)
        if (each.year in years if each.kind is Kind.PARTIAL else first < each.year <= last)
    )


def _mixes_units(
    place: Place, measure: Measure, release: Release, years: Iterable[int], evidence: Evidence
) -> bool:
    """Say whether part of these years was counted in cases, so that persons alone do not compare."""
    values = ([evidence.value(place, year, measure, release, unit) for unit in Unit] for year in years)
    return mixes_units(*(Tally(*each) for each in values))


def _compare_record(
    comparison: Comparison,
    place: Place,
    measure: Measure,
    year: int,
    release: Release,
    line: dict[int, Number],
    evidence: Evidence,
) -> Compared | None:
    partial = {
        each.year
        for each in evidence.breaks(place, measure)
        if each.kind is Kind.PARTIAL and each.share is None
    }
    whole = {
        y: v
        for y, v in line.items()
        if y not in partial and (release.period_of(y) is Period.YEAR_END or measure.nature is Nature.STOCK)
    }
    if not whole or year not in line:
        return None
    highest = max(whole, key=lambda each: (whole[each], -each))
    holds = highest in (comparison.bases or (year,))
    record = ((highest, whole[highest]),)
    breaks = _find_between(place, measure, [highest, min(whole)], evidence)
    return Compared(comparison, measure, place, year, line[year], record, holds, release, breaks)


def _compare_revision(comparison: Comparison, fact: Fact, evidence: Evidence) -> Compared | None:
    said = evidence.current(fact.place, fact.year, fact.measure)
    now = next((each for each in said if each.unit is fact.unit), None)
    if now is None or fact.replaced_by is None or now.value == fact.value:
        return None
    holds = (now.value > fact.value) == (comparison.course is Course.REVISED_UP)
    bases = ((fact.year, fact.value),)
    breaks = tuple(each for each in evidence.breaks(fact.place, fact.measure) if each.year == fact.year)
    return Compared(
        comparison, fact.measure, fact.place, fact.year, now.value, bases, holds, now.first, breaks
    )


def _holds(comparison: Comparison, value: Number, bases: list[Number]) -> bool | None:
    up = comparison.course is Course.UP
    if comparison.times is None and comparison.percent is None:
        return value > max(bases) if up else value < min(bases)
    base = bases[-1] if comparison.percent else max(bases)
    if base < LEAST_BASE:
        return None
    ratio = value / base
    if comparison.times is not None:
        if comparison.at_least:
            return ratio >= comparison.times if up else ratio <= comparison.times
        return abs(ratio / comparison.times - 1) <= TOLERANCE
    return _percent_holds(comparison, (ratio - 1) * 100)


def _percent_holds(comparison: Comparison, change: float) -> bool:
    percent = comparison.percent
    if percent is None or (change > 0) != (comparison.course is Course.UP):
        return False
    size = abs(change)
    step = max(percent.step, 1.0 if percent.bound is Bound.ABOUT else percent.step)
    if percent.bound is Bound.OVER:
        return percent.low <= size < percent.low + max(5, percent.step)
    if percent.bound is Bound.UNDER:
        return percent.low - max(5, percent.step) < size <= percent.low
    return abs(size - percent.low) <= step / 2 + 1e-9
