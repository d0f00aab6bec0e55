"""Figures per inhabitant of where they were counted."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.countries.population import find_first_year, population_of
from data.errors import NoFigures, Unanswerable
from data.model import ALL, Nature

if TYPE_CHECKING:
    from data.model import Area, Measure, Number, Place
    from data.statistics import Change, Series


def require_counted(of: Measure, year: int) -> None:
    """Refuse a rate, as a share of decisions has nothing to do with inhabitants, and a year without any."""
    if of.nature is Nature.RATE:
        raise Unanswerable("rate-per-inhabitant")
    if year < (first := find_first_year()):
        raise NoFigures("inhabitants-begin", first=first)


def whose(place: Place) -> Area | None:
    """Return where the inhabitants live: of an origin alone there, else in the country of asylum."""
    return place.asylum or place.origin


def inhabitants_of(place: Place, year: int) -> int | None:
    """Return how many live there in a year; None where the United Nations have no figure."""
    area = whose(place)
    return population_of(area.code if area else ALL, year)


def divide(value: Number | None, place: Place, year: int) -> float | None:
    """Set a figure of a year against the inhabitants of then."""
    number = inhabitants_of(place, year)
    return None if value is None or not number else value / number


def divide_series(series: Series) -> Series:
    """Set every point of a series against the inhabitants of its year."""
    points = (p._replace(value=divide(p.value, series.place, p.year)) for p in series.points)
    return replace(series, points=tuple(points))


def divide_change(change: Change | None, place: Place, last: int) -> Change | None:
    """Set both ends of a change, which is up to the year `last`, against the inhabitants of their years."""
    if change is None:
        return None
    before, after = (
        divide(value, place, year)
        for value, year in ((change.before, change.year_before), (change.after, last))
    )
    if before is None or after is None:
        return None
    ratio = after / before - 1 if change.ratio is not None and before else None
    return replace(change, before=before, after=after, ratio=ratio)
