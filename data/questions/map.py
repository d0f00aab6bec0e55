"""Where people went, or came from: one measure in every country of one side."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.caveats import (
    BoundariesNoOpinion,
    CasesBeside,
    CasesOnMap,
    MidYear,
    NoInhabitants,
    NotOnMap,
    PerInhabitant,
    SmallCounts,
)
from data.errors import NoFigures
from data.measures import MIN_DECISIONS
from data.model import Extent, Measure, Nature, Per, Place, Role, Tally, Unit
from data.questions.carried import read_carried
from data.questions.comparability import Comparability, read_comparability
from data.questions.inhabitants import divide, require_counted
from data.questions.members import require_members
from data.questions.ranking import find_meaning_caveats
from data.questions.sides import AskSide, place_on
from data.questions.unknown_origins import find_nameless, find_origin_unknown
from data.questions.view import codes_in, counts_of, tally_at, tally_of
from data.statistics import SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Country, ReferencePeriod, Release
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import PartnerCounts


@dataclass(frozen=True, slots=True)
class AskMap(AskSide):
    """Where people went, or came from."""

    per: Per = Per.NONE
    as_of: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Map:
    """A measure in each country on one side of a claim in a year, as of a release.

    `countries` are those with a figure, the largest first, zeros last; entries that are no country are
    apart, in `elsewhere`. `extents` are what the figures of its country of asylum stand for, by unit, where
    that is less than the year; `partial` are those of the countries of asylum that stand for less. `carried`
    is how much of a stock was carried forward: in all, and of the largest. `reviews_only` are the places
    whose figure is of appeals and reviews without first instances, `breaks` those of countries of asylum in
    this year. `per` inhabitant the figures are set against them, and `counted` are the figures
    themselves.
    """

    measure: Measure
    role: Role
    place: Place
    year: int
    period: ReferencePeriod
    release: Release
    countries: tuple[tuple[Country, Tally], ...]
    elsewhere: tuple[tuple[Country, Tally], ...]
    total: Tally
    caveats: tuple[Caveat, ...]
    extents: Mapping[Unit, Extent] = field(default_factory=dict)
    partial: tuple[tuple[Country, Unit, Extent], ...] = ()
    carried: Mapping[Place, Carried] = field(default_factory=dict)
    reviews_only: frozenset[Place] = frozenset()
    breaks: Mapping[Country, tuple[Break, ...]] = field(default_factory=dict)
    per: Per = Per.NONE
    counted: Mapping[Country, Tally] = field(default_factory=dict)

    @property
    def covers(self) -> Extent:
        """What all its persons stand for, but for those of `partial` countries."""
        return self.extents.get(Unit.PERSONS) or Extent.of(self.year, self.period)


MAX_NAMED = 3
MAX_CARRIED = 2


async def answer_map(
    view: ReleaseView,
    measure: Measure,
    role: Role,
    place: Place,
    asked_year: int | None,
    per: Per = Per.NONE,
) -> Map:
    """Gather the figure of every country that has one; zeros are figures."""
    year = view.choose_year(asked_year, measure)
    if per is Per.INHABITANTS:
        require_counted(measure, year)
    require_members(view, [place], year, year)
    counts = await (view.read_origins if role is Role.ORIGIN else view.read_asylum)(place, year - 1, year)
    found = [
        (view.country(code), tally)
        for code in codes_in(counts)
        if (tally := tally_of(measure, counts, code, year)).published
    ]
    found.sort(key=lambda each: (-(each[1].persons or 0), -(each[1].cases or 0), each[0].name))
    countries = tuple(each for each in found if each[0].is_country)
    if not any(tally.main for _, tally in countries):
        if measure.nature is Nature.RATE:
            raise NoFigures("no-rate-anywhere", least=MIN_DECISIONS, year=year)
        raise NoFigures("no-figures-that-year", counted=(measure, place), year=year)
    elsewhere = tuple(each for each in found if not each[0].is_country and each[1].main)
    whole = await view.read(place)
    compared = await read_comparability(
        view, place, whole, await find_origin_unknown(view, place, [measure], year)
    )
    stale = {}
    if measure.nature is Nature.STOCK:
        largest = {
            place_on(role, place, country): counts_of(country.code, counts)
            for country, _ in countries[:MAX_NAMED]
        }
        stale = await read_carried(view, measure, {**largest, place: whole}, year)
    found_map = Map(
        measure=measure,
        role=role,
        place=place,
        year=year,
        period=view.release.period_of(year),
        release=view.release,
        countries=countries,
        elsewhere=elsewhere,
        total=tally_at(measure, year, whole),
        caveats=(
            *compared.find_caveats([measure], year, ()),
            *(await find_nameless(view, place, [measure], year) if role is Role.ORIGIN else ()),
            *_find_caveats(view, measure, role, place, year, counts, countries, elsewhere),
            *(stale[place].parts[:MAX_CARRIED] if place in stale else ()),
            BoundariesNoOpinion(),
        ),
        carried=stale,
        breaks=_find_breaks(view, measure, role, place, year, countries),
        reviews_only=frozenset(
            each
            for each in ([place] if place.host else [place_on(role, place, who) for who, _ in countries])
            if view.rests_on_reviews(each, year, measure)
        ),
        extents={unit: extent for (_, unit), extent in view.find_extents(place, year, measure).items()},
        partial=_find_partial(view, measure, role, year, countries) if place.host is None else (),
    )
    return _divide(found_map) if per is Per.INHABITANTS else found_map


def _divide(found: Map) -> Map:
    """Set the persons of each country against its inhabitants, the most of them first."""
    of, year = found.measure, found.year
    divided = [
        (country, Tally(value))
        for country, tally in found.countries
        if (value := divide(tally.persons, Place(country), year)) is not None
    ]
    kept = {country for country, _ in divided}
    without = tuple(c for c, tally in found.countries if c not in kept and tally.persons)
    told = [
        CasesBeside(each.year, each.countries) if isinstance(each, CasesOnMap) else each
        for each in found.caveats
    ]
    return replace(
        found,
        countries=tuple(sorted(divided, key=lambda each: (-(each[1].persons or 0), each[0].name))),
        caveats=(
            *told,
            PerInhabitant(of, ()),
            *([NoInhabitants(without)] if without else ()),
        ),
        per=Per.INHABITANTS,
        counted={country: tally for country, tally in found.countries if country in kept},
    )


def _find_breaks(
    view: ReleaseView,
    of: Measure,
    role: Role,
    place: Place,
    year: int,
    countries: Sequence[tuple[Country, Tally]],
) -> dict[Country, tuple[Break, ...]]:
    """Return the breaks of each country's figure in this year, but of origins worldwide."""
    if place.host is None and role is Role.ORIGIN:
        return {}
    own = {
        country: Comparability(view, place_on(role, place, country), {}).list_breaks(of)
        for country, _ in countries
    }
    return {country: tuple(at for at in breaks if at.year == year) for country, breaks in own.items()}


def _find_partial(
    view: ReleaseView, of: Measure, role: Role, year: int, countries: Sequence[tuple[Country, Tally]]
) -> tuple[tuple[Country, Unit, Extent], ...]:
    """Name the countries of asylum whose figure stands for less than the year, the largest first."""
    if role is Role.ORIGIN:
        return ()
    return tuple(
        (country, unit, extent)
        for country, _ in countries
        for (_, unit), extent in view.find_extents(Place(asylum=country), year, of).items()
    )


def _find_caveats(
    view: ReleaseView,
    of: Measure,
    role: Role,
    place: Place,
    year: int,
    counts: PartnerCounts,
    countries: Sequence[tuple[Country, Tally]],
    elsewhere: tuple[tuple[Country, Tally], ...],
) -> list[Caveat]:
    found = find_meaning_caveats(of, year, MIN_DECISIONS)
    if view.is_partial(year):
        found.append(MidYear(year, of.nature))
    if role is Role.ASYLUM and (silent := view.find_not_reported(of, place, year, counts)):
        found.append(silent)
    beside = sorted(
        ((country, tally.cases) for country, tally in countries if tally.cases), key=lambda each: -each[1]
    )
    if beside and of.nature is not Nature.RATE:
        found.append(CasesOnMap(year, tuple(beside[:MAX_NAMED])))
    if elsewhere and of.nature is not Nature.RATE:
        found.append(NotOnMap(of, elsewhere[:MAX_NAMED]))
    if of.nature is not Nature.RATE and any((tally.main or 0) < SMALL for _, tally in countries):
        found.append(SmallCounts())
    return found
