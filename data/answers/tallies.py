"""Measures of places and their partner countries, from the counts that were read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.measures import FORMULAS, tally
from data.model import Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.model import Number, Tally
    from data.store.figures import PartnerCounts, YearCounts


def codes_in(counts: PartnerCounts) -> set[str]:
    """Return the country codes that have any counts."""
    return {code for code, _, _ in counts}


def tally_of(of: Measure, counts: PartnerCounts, code: str, year: int) -> Tally:
    """Return a measure of one partner country in a year, in both units."""
    return tally(of, counts.get((code, year, Unit.PERSONS)), counts.get((code, year, Unit.CASES)))


def persons_of(of: Measure, counts: PartnerCounts, year: int) -> dict[str, Number | None]:
    """Return a measure of every partner country that has counts in persons that year."""
    formula = FORMULAS[of]
    return {
        code: formula(each)
        for (code, its_year, unit), each in counts.items()
        if its_year == year and unit is Unit.PERSONS
    }


def mains_of(of: Measure, counts: PartnerCounts, year: int) -> dict[str, Number | None]:
    """Return a measure of every partner country in a year: in cases where there is none in persons."""
    formula = FORMULAS[of]
    mains: dict[str, Number | None] = {}
    for (code, its_year, unit), each in counts.items():
        if its_year == year:
            value = formula(each)
            if mains.get(code) is None or (unit is Unit.PERSONS and value is not None):
                mains[code] = value
    return mains


def tally_at(of: Measure, year: int, counts: YearCounts) -> Tally:
    """Return one measure of a year in both units."""
    return tally(of, counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES)))


def tallies_at(year: int, counts: YearCounts) -> Mapping[Measure, Tally]:
    """Return every measure of a year in both units."""
    return {of: tally_at(of, year, counts) for of in Measure}
