"""One class for each kind of question."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.caveats import (
    MidYear,
    PerInhabitant,
    RateMeaning,
    SmallCounts,
    StockNotFlow,
    TooFewDecisions,
    UnitsApart,
    WhoIsCounted,
)
from data.coverage import is_on_asylum
from data.errors import NoFigures
from data.measures import MIN_DECISIONS, tally_rated
from data.model import FIRST_YEAR, Extent, Group, Measure, Nature, Per, Place, Role, Unit
from data.questions.carried import list_carried, weigh_carried
from data.questions.comparability import mark_crossed, read_comparability
from data.questions.history import find_gone, find_revised
from data.questions.inhabitants import inhabitants_of, whose
from data.questions.members import find_member_caveats, find_member_side, require_members
from data.questions.unknown_origins import find_origin_unknown
from data.questions.view import codes, mains_of, persons_of, tallies_at, tally_at, tally_of
from data.statistics import (
    SMALL,
    Change,
    Series,
    Standing,
    compare_years,
    count_small,
    find_standing,
    mixes_units,
)

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from data.caveats import Caveat, OriginUnknown
    from data.coverage import Break
    from data.model import Country, Number, ReferencePeriod, Release, Tally
    from data.questions.history import Gone
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import Headlines, PartnerCounts, YearCounts


@dataclass(frozen=True, slots=True)
class AskFigures:
    """Everything about a place in a year; None is the newest year or release."""

    place: Place
    year: int | None = None
    per: Per = Per.NONE
    as_of: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Partner:
    """The country at the other end, with pending claims and new applications.

    `extents` are what figures stand for that a country of asylum never completed.
    """

    country: Country
    pending: Tally
    new: Tally
    extents: Mapping[tuple[Measure, Unit], Extent] = field(default_factory=dict)

    @property
    def extent(self) -> Extent | None:
        """What the stock stands for where a country never completed it."""
        return self.extents.get((Measure.PENDING, Unit.PERSONS))


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything about a place in a year, as of a release.

    `revised` is a headline measure of which another release says otherwise, if there is one. `extents`
    are those of the figures that stand for something else than `period` says. `leading` are populations that
    matter more here than claims, `people` are their lines, and `shares` how the first of them is made up by
    the countries at the other end, with what each stands for where that is less than the year. `carried` is
    how much of a stock was carried forward; `reviews_only`: the decisions are appeals and reviews without
    first instances.
    `breaks` are those of the year, by measure. `gone` are new applications that an earlier release had.
    `members` are the largest of a group, where the countries at the other end are the partners; of a pair
    with a group they are these. `inhabitants` live where the figures are set against them.
    """

    place: Place
    year: int
    period: ReferencePeriod
    release: Release
    tallies: Mapping[Measure, Tally]
    pending: Series
    new: Series
    changes: Mapping[Measure, Change]
    standings: Mapping[Measure, Standing]
    partner_role: Role | None
    partners: tuple[Partner, ...]
    partners_with_claims: int
    partners_under_ten: int
    revised: Measure | None
    caveats: tuple[Caveat, ...]
    extents: Mapping[tuple[Measure, Unit], Extent] = field(default_factory=dict)
    carried: Mapping[Measure, Carried] = field(default_factory=dict)
    reviews_only: bool = False
    leading: tuple[Measure, ...] = ()
    people: tuple[Series, ...] = ()
    shares: tuple[tuple[Country, Number, Extent | None], ...] = ()
    breaks: Mapping[Measure, tuple[Break, ...]] = field(default_factory=dict)
    crossed: Mapping[Measure, tuple[Break, ...]] = field(default_factory=dict)
    gone: Gone | None = None
    members: tuple[Partner, ...] = ()
    inhabitants: int | None = None

    def extent(self, of: Measure) -> Extent:
        """Return what the year's figure of a measure stands for, in the unit that it is told in."""
        unit = Unit.CASES if self.tallies[of].persons is None else Unit.PERSONS
        return self.extents.get((of, unit)) or Extent.of(self.year, self.period)


HEADLINES = (Measure.PENDING, Measure.APPLICATIONS)
PEOPLE = (Measure.REFUGEES, Measure.DISPLACED, Measure.OTHERS_IN_NEED)
"""Populations that may matter more in a place than claims do."""

MAX_LEADING = 2
LEADING = 2
LEADING_WORLDWIDE = 5
"""So many times the pending claims, and a population is what matters in a place, or in the world."""

ON_ASYLUM = tuple(of for of in Measure if is_on_asylum(of))
TOLD = (*HEADLINES, Measure.DECISIONS)
MAX_PARTNERS = 10
MAX_CARRIED = 2


async def answer_figures(
    view: ReleaseView, place: Place, asked_year: int | None, per: Per = Per.NONE
) -> Figures:
    """Gather a year of a place: counts, rates, change, rank, and the countries at the other end."""
    year = view.choose_year(asked_year)
    # None of them needs another, and the database works on while the first are looked at.
    require_members(view, [place], year, year)
    role = _choose_role(place)
    counts, partner_counts, member_counts, around, revised, nameless = await asyncio.gather(
        view.read(place),
        _read_side(view, place, year, role),
        _read_side(view, place, year, find_member_side(place)),
        _read_around(view, place, year),
        find_revised(view.narrow(*HEADLINES), HEADLINES, place, year),
        _find_nameless(view, place, year),
    )
    tallies = tallies_at(year, counts)
    if not any(tallies[of].published for of in ON_ASYLUM):
        raise _refuse_year(place, year, counts)
    leading = _find_leading(place, tallies)
    compared = await read_comparability(view.narrow(*TOLD, *leading), place, counts, nameless)
    lines = {
        of: compared.mark(
            of, view.series(place, Unit.PERSONS, of, counts, FIRST_YEAR, view.release.newest_year)
        )
        for of in (*HEADLINES, *leading)
    }
    tempered = {
        of: compared.temper(of, compare_years(series, year, of.nature), year)
        for of, series in lines.items()
        if not mixes_units(*(tally_at(of, y, counts) for y in (year - 1, year)))
    }
    lines |= {of: mark_crossed(lines[of], crossed) for of, (_, crossed) in tempered.items()}
    partners = _rank_partners(view, partner_counts, year)
    hosts = member_counts if isinstance(place.asylum, Group) else partner_counts
    carried = {
        of: found
        for of in (*leading, Measure.PENDING)
        if (found := _find_carried(view, of, place, year, counts, hosts))
    }
    stock = persons_of(Measure.PENDING, partner_counts, year)
    stocks = [stock.get(country.code) for country in partners if country.is_country]
    inhabitants = inhabitants_of(place, year) if per is Per.INHABITANTS else None
    if per is Per.INHABITANTS and inhabitants is None:
        raise NoFigures("no-inhabitants", place=place, years=(year, year))
    return Figures(
        place=place,
        year=year,
        period=view.release.period_of(year),
        release=view.release,
        tallies=tallies,
        pending=lines[Measure.PENDING],
        new=lines[Measure.APPLICATIONS],
        changes={of: change for of, (change, _) in tempered.items() if change},
        crossed={of: crossed for of, (_, crossed) in tempered.items()},
        standings=_find_standings(view, place, year, counts, around) if around else {},
        partner_role=role if partners else None,
        partners=_list_partners(view, place, role, partners, partner_counts, year),
        partners_with_claims=sum(1 for stock in stocks if stock),
        partners_under_ten=count_small(stocks),
        revised=revised,
        caveats=(
            *compared.find_caveats(
                [of for of in (*leading, *TOLD) if tallies[of].main], year, (*leading, *HEADLINES)
            ),
            StockNotFlow(),
            *map(WhoIsCounted, leading),
            *_find_caveats(view, place, year, counts, tallies, hosts),
            *([PerInhabitant(HEADLINES[0], (whose(place),))] if inhabitants else ()),
            *await find_member_caveats(view.narrow(*HEADLINES, *PEOPLE), place, HEADLINES, year, counts),
            *(part for each in carried.values() for part in each.parts[:MAX_CARRIED]),
        ),
        extents=view.find_extents(place, year, *tallies),
        carried=carried,
        gone=None
        if tallies[Measure.APPLICATIONS].published
        else await find_gone(view, Measure.APPLICATIONS, place, year),
        breaks={
            of: tuple(at for at in compared.list_breaks(of) if at.year == year) for of in (*leading, *TOLD)
        },
        reviews_only=view.rests_on_reviews(place, year, Measure.DECISIONS),
        leading=leading,
        people=tuple(lines[of] for of in leading),
        shares=_list_shares(view, place, role, leading[0], partner_counts, year) if leading else (),
        inhabitants=inhabitants,
        members=()
        if member_counts == partner_counts
        else _list_partners(
            view,
            place,
            find_member_side(place),
            _rank_partners(view, member_counts, year),
            member_counts,
            year,
        ),
    )


def _find_leading(place: Place, tallies: Mapping[Measure, Tally]) -> tuple[Measure, ...]:
    """Choose the populations that are far larger than the stock of claims, the largest first.

    Who is displaced is so in a country, and from no other.
    """
    pending = tallies[Measure.PENDING].persons or 0
    people = {of: tallies[of].persons or 0 for of in PEOPLE}
    if place.origin or place.asylum is None:
        people.pop(Measure.DISPLACED)
    factor = LEADING_WORLDWIDE if place == Place() else LEADING
    larger = [of for of, count in people.items() if count > factor * pending]
    return tuple(sorted(larger, key=lambda of: -people[of])[:MAX_LEADING])


def _find_carried(
    view: ReleaseView, of: Measure, place: Place, year: int, counts: YearCounts, others: PartnerCounts
) -> Carried | None:
    """Say how much of a stock was carried forward: all of it, or parts by the `others`."""
    if place.host and (whole := weigh_carried(view, of, place, counts, {}, year)):
        return whole
    now, before = (persons_of(of, others, each) for each in (year, year - 1))
    return list_carried(view, of, place, year, now, before, tally_at(of, year, counts).persons)


def _list_shares(
    view: ReleaseView, place: Place, role: Role | None, of: Measure, counts: PartnerCounts, year: int
) -> tuple[tuple[Country, Number, Extent | None], ...]:
    """Return the countries at the other end by a population, the largest first."""
    found = [
        (
            country,
            count,
            view.find_extents(_counted_in(place, role, country), year, of).get((of, Unit.PERSONS)),
        )
        for code, count in persons_of(of, counts, year).items()
        for country in [view.country(code)]
        if count
    ]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0].name)))


async def _find_nameless(view: ReleaseView, place: Place, year: int) -> list[OriginUnknown]:
    """Find them of claims and applications, and the largest of decisions, which the rates leave out."""
    found = await find_origin_unknown(view, place, HEADLINES, year)
    return [*found, *(await find_origin_unknown(view, place, [Measure.DECISIONS], year))[:1]]


def _refuse_year(place: Place, year: int, counts: YearCounts) -> NoFigures:
    years = sorted({y for y, _ in counts if any(tally_at(of, y, counts).published for of in ON_ASYLUM)})
    if not years:
        return NoFigures("no-figures-ever", place=place)
    if len(years) == 1:
        return NoFigures("figures-of-one-year", place=place, year=year, only=years[0])
    return NoFigures("figures-of-other-years", place=place, year=year, first=years[0], last=years[-1])


def _rank_partners(view: ReleaseView, counts: PartnerCounts, year: int) -> list[Country]:
    """Return the countries with claims or new applications, the largest first."""
    pending, new = (mains_of(of, counts, year) for of in HEADLINES)
    found = [view.country(code) for code in pending if pending[code] or new[code]]
    return sorted(found, key=lambda each: (-(pending[each.code] or 0), -(new[each.code] or 0), each.name))


def _counted_in(place: Place, role: Role | None, partner: Country) -> Place:
    """Return where the figures of a country at the other end were counted."""
    return Place(asylum=partner if role is Role.ASYLUM else place.asylum)


def _list_partners(
    view: ReleaseView,
    place: Place,
    role: Role | None,
    ranked: list[Country],
    counts: PartnerCounts,
    year: int,
) -> tuple[Partner, ...]:
    """Return the first of them, with their figures and what these stand for."""
    return tuple(
        Partner(
            country,
            tally_of(Measure.PENDING, counts, country.code, year),
            tally_of(Measure.APPLICATIONS, counts, country.code, year),
            view.find_extents(_counted_in(place, role, country), year, *HEADLINES),
        )
        for country in ranked[:MAX_PARTNERS]
    )


def _choose_role(place: Place) -> Role | None:
    """Choose the countries that are listed: those at the other end; of a pair a group's members, if any."""
    if place.origin and place.asylum:
        return find_member_side(place)
    return Role.ORIGIN if place.asylum else Role.ASYLUM


async def _read_side(view: ReleaseView, place: Place, year: int, role: Role | None) -> PartnerCounts:
    """Read the countries of one side, in this year and the one before."""
    if role is None:
        return {}
    view = view.narrow(*HEADLINES, *PEOPLE)
    return await (view.read_origins if role is Role.ORIGIN else view.read_asylum)(place, year - 1, year)


async def _read_around(view: ReleaseView, place: Place, year: int) -> tuple[Headlines, YearCounts] | None:
    """Read whom a place is ranked among, and their sum: origins, countries of asylum, or its origin's.

    A group is ranked among nobody.
    """
    if place == Place():
        return None
    around = Place(origin=place.origin) if place.asylum else Place()
    if isinstance(place.asylum or place.origin, Group):
        return {}, (await view.narrow(*HEADLINES).open_sums()).read_series(*codes(around), (year,))
    ranked = view.read_headlines("asylum" if place.asylum else "origin", around, year)
    return await asyncio.gather(ranked, view.read(around))


def _find_standings(
    view: ReleaseView,
    place: Place,
    year: int,
    own: YearCounts,
    around: tuple[Headlines, YearCounts],
) -> Mapping[Measure, Standing]:
    """Rank an origin among origins, a country of asylum among those, a pair among its origin's.

    A group is ranked among nobody, but has its share.
    """
    ranked, sums = around
    if isinstance(place.asylum or place.origin, Group):
        return _find_shares(year, own, sums)
    countries = [each for each in ranked if view.country(each).is_country]
    code = codes(place)[place.asylum is not None]
    found = {}
    for number, of in enumerate(HEADLINES):
        values = {each: ranked[each][number] for each in countries}
        # A share in persons means little where other countries count cases.
        whole = tally_at(of, year, sums)
        total = whole.persons if not whole.cases else None
        if standing := find_standing(values, code, total):
            found[of] = standing
    return found


def _find_shares(year: int, own: YearCounts, sums: YearCounts) -> Mapping[Measure, Standing]:
    found = {}
    for of in HEADLINES:
        part, whole = tally_at(of, year, own), tally_at(of, year, sums)
        if part.persons and whole.persons and not whole.cases:
            found[of] = Standing(None, 0, part.persons / whole.persons)
    return found


def _find_caveats(
    view: ReleaseView,
    place: Place,
    year: int,
    counts: YearCounts,
    tallies: Mapping[Measure, Tally],
    hosts: PartnerCounts,
) -> list[Caveat]:
    found: list[Caveat] = []
    if view.is_partial(year):
        found.append(MidYear(year, Nature.FLOW))
    if place.host is None:
        silent = [view.find_not_reported(of, place, year, hosts) for of in HEADLINES]
        found += sorted((each for each in silent if each), key=lambda each: -len(each.countries))[:1]
    if any(each.persons and each.cases for each in tallies.values()):
        found.append(UnitsApart())
    if tallies[Measure.PROTECTION_RATE].published:
        persons, cases = counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES))
        found.append(RateMeaning(Measure.PROTECTION_RATE, year, tally_rated(persons, cases)))
    elif tallies[Measure.DECISIONS].main:
        found.append(TooFewDecisions(MIN_DECISIONS))
    small = any(0 < (each.main or 0) < SMALL for of, each in tallies.items() if of.nature is not Nature.RATE)
    if small or any(tallies[of].main == 0 for of in HEADLINES):
        found.append(SmallCounts())
    return found
