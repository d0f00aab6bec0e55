"""What a finding is about: the places and years that notes and remarks on territories may touch. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from data.findings import Changes, Figures, History, Ranking, Role, Trend
from data.findings.extract import Extract
from data.findings.outcomes import Outcomes
from data.findings.spans import Period
from data.findings.spread import Spread
from data.model import Place
from data.notes import Subjects

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Country

Finding = Figures | Trend | Ranking | History | Changes | Outcomes | Spread | Period | Extract


def find_subjects(found: Finding) -> Subjects:
    """Return what a finding is about: first what was asked for, then what it lists."""
    match found:
        case Figures(place=place, year=year):
            role = found.partner_role or Role.ASYLUM
            listed = _beside(place, role, (partner.country for partner in found.partners))
            before = {change.year_before for change in found.changes.values()}
            return _subjects((place,), listed, {year, *before}, found.pending.points[0].year)
        case Trend(years=(first, last)):
            places = dict.fromkeys(series.place for series in (*found.series, *found.beside))
            return _subjects(tuple(places), (), range(first, last + 1))
        case Ranking(place=place, year=year):
            listed = _beside(place, found.role, (row.country for row in found.rows))
            before = {row.change.year_before for row in found.rows if row.change}
            return _subjects((place,), listed, {year, *before})
        case Spread(place=place, year=year):
            listed = _beside(place, found.role, (country for country, _ in found.countries))
            return _subjects((place,), listed, {year})
        case History(place=place, year=year):
            return _subjects((place,), (), {year})
        case Changes(place=place):
            listed = tuple(dict.fromkeys(each.place for each in found.largest if each.place != place))
            return _subjects((place,), listed, {each.year for each in (*found.totals, *found.largest)})
        case Outcomes(place=place):
            return _subjects((place,), (), {each.year for each in found.years})
        case Period(place=place):
            years = {year for span in found.spans for year in range(span.years[0], span.years[1] + 1)}
            return _subjects((place,), (), years)
        case Extract(place=place, years=(first, last)):
            return _subjects((place,), (), range(first, last + 1))
        case _:
            assert_never(found)


def _subjects(
    named: tuple[Place, ...], listed: tuple[Place, ...], years: Iterable[int], since: int | None = None
) -> Subjects:
    told = frozenset(years)
    return Subjects((*named, *listed), len(named), told, since or min(told, default=0))


def _beside(place: Place, role: Role, countries: Iterable[Country]) -> tuple[Place, ...]:
    """Put countries on the side of a place that it leaves open."""
    if role is Role.ORIGIN:
        return tuple(Place(country, place.asylum) for country in countries)
    return tuple(Place(place.origin, country) for country in countries)
