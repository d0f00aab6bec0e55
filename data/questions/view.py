"""A release opened for answering: one state of the database, and what is asked of it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from data.caveats import NotReported, OthersApart
from data.countries.groups import members, read_groups
from data.coverage import Coverage, CoverageKind, find_repeated, headline_of, list_weighed
from data.coverage.table import read_facts
from data.errors import NoFigures, Unanswerable, UnknownRelease
from data.measures import COLUMNS, FORMULAS, SUBSTANTIVE, tally
from data.model import (
    ALL,
    FIRST_YEAR,
    Area,
    Country,
    Dataset,
    Extent,
    Group,
    Measure,
    Nature,
    Place,
    ReferencePeriod,
    Release,
    Role,
    Unit,
)
from data.questions.cache import AnswerCache, AnswerCaches
from data.statistics import Point, Series, fill_years, find_silent
from data.store import country_totals, figures, groups
from data.store.groups import Sums
from data.store.releases import is_said_before, read_releases
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Iterator, Mapping
    from datetime import date

    from data.caveats import Caveat
    from data.model import Counts, Number, Tally
    from data.store.database import Connection, Database
    from data.store.figures import Headlines, PartnerCounts, SideName, YearCounts

    ReadPartners = Callable[[Connection, Release, tuple[int, ...], str], Awaitable[PartnerCounts]]


UNKNOWN = "UKN"
"""UNHCR's code for an origin that is not known, or not given."""

MAX_NAMED = 5
CACHED = (ALL, UNKNOWN)
_READ: Mapping[SideName, ReadPartners] = {
    "origin": figures.read_origins,
    "asylum": figures.read_asylum_countries,
}


class Countries(Protocol):
    """Knows every country by UNHCR's code."""

    @property
    def knowledge(self) -> object:
        """Another one once a country is known that was not."""
        ...

    def by_code(self, code: str) -> Country | None:
        """Return the country, or None for a code nobody has named yet."""
        ...


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A connection, the release that answers, and all that are kept.

    `coverage` says which figures of that release stand for less than their year; of the datasets that are
    `lacking` neither it nor any before it has one. Groups are summed in the `counts` that are asked for.
    """

    connection: Connection
    release: Release
    releases: tuple[Release, ...]
    countries: Countries
    cache: AnswerCache = field(default_factory=AnswerCache)
    coverage: Coverage = field(default_factory=Coverage)
    lacking: frozenset[Dataset] = frozenset()
    counts: Collection[str] = COUNTS

    def narrow(self, *measures: Measure) -> ReleaseView:
        """Return a view in which groups are summed in what these measures take alone, which is quicker."""
        return replace(self, counts=frozenset(chain.from_iterable(map(list_weighed, measures))))

    def find_measures(self) -> Iterator[Measure]:
        """Yield those measures that others are covered by and that are made of what is asked for."""
        return (
            of for of in Measure if headline_of(of) is of and not set(self.counts).isdisjoint(COLUMNS[of])
        )

    def country(self, code: str) -> Country:
        """Return the country of a UNHCR code."""
        return name_country(self.countries, code)

    def choose_year(self, year: int | None, of: Measure | None = None) -> int:
        """Return the year asked for, or the newest; refuse one that no figure can have."""
        if of and of.row.dataset in self.lacking:
            raise NoFigures("release-lacks-dataset", release=self.release, measure=of)
        first = of.row.first_year if of else FIRST_YEAR
        newest = self.release.newest_year
        if year is None:
            return newest
        if year < first:
            raise NoFigures("year-too-early" if first == FIRST_YEAR else "such-figures-begin", first=first)
        if year > newest:
            raise NoFigures("year-too-late", newest=newest)
        return year

    async def read_each(self, places: Iterable[Place]) -> list[YearCounts]:
        """Return the counts of several places by year and unit, asked for all at once."""
        pairs = {place: codes(place) for place in places}
        single = {place: pair for place, pair in pairs.items() if not groups.is_group(*pair)}
        found = await figures.read_each_series(self.connection, self.release, [*single.values()])
        read = dict(zip(single, found, strict=True))
        return [read[place] if place in read else await self.read(place) for place in pairs]

    async def read(self, place: Place) -> YearCounts:
        """Return the counts of a place by year and unit."""
        if groups.is_group(*codes(place)):
            return (await self.open_sums()).read_series(*codes(place))
        return await figures.read_series(self.connection, self.release, *codes(place))

    async def read_year(self, place: Place, year: int) -> YearCounts:
        """Return the same of one year, where the place is a group: that is a part of the work."""
        if groups.is_group(*codes(place)):
            return (await self.open_sums()).read_series(*codes(place), (year,))
        return await self.read(place)

    async def read_editions(self, place: Place, year: int) -> dict[tuple[int, Unit], Counts]:
        """Return the counts of a year by the release that changed them, and unit."""
        if groups.is_group(*codes(place)):
            return (await self.open_sums()).read_editions(*codes(place), year)
        return await figures.read_editions(self.connection, *codes(place), year)

    async def read_first_instance(self, place: Place) -> YearCounts:
        """Return the decisions at first instance by year and unit."""
        if groups.is_group(*codes(place)):
            return (await self.open_sums()).read_first_instance(*codes(place))
        return await figures.read_first_instance(self.connection, self.release, *codes(place))

    async def open_sums(self) -> Sums:
        """Return what the release says of groups."""
        return Sums(await self.cache.fetch_pairs(self.connection), self.release.id, self.counts)

    async def read_asylum(self, place: Place, *years: int) -> PartnerCounts:
        """Return the counts of the place's origin in each country of asylum, in these years.

        Of a group these are its members.
        """
        return await self._read_each("asylum", place, years)

    async def read_origins(self, place: Place, *years: int) -> PartnerCounts:
        """Return the counts of each origin in the place's country of asylum, in these years.

        Of a group these are its members.
        """
        return await self._read_each("origin", place, years)

    async def read_members(self, place: Place, role: Role, some: Iterable[str]) -> PartnerCounts:
        """Return the counts of some members of the place's group on this side, in the years they are some."""
        group = codes(place)[list(Role).index(role)]
        members = tuple(each for each in groups.list_members(group) if each[0] in set(some))
        origin, asylum = codes(place)
        sums = await self.open_sums()
        if role is Role.ORIGIN:
            return sums.read_each("origin", members, asylum)
        return sums.read_each("asylum", origin, members)

    async def read_headlines(self, side: SideName, place: Place, year: int) -> Headlines:
        """Return pending claims and new applications of each origin or country of asylum, in persons."""
        code = codes(place)[side == "origin"]
        if groups.is_group(code):
            return (await self.open_sums()).read_headlines(side, code, year)
        return await figures.read_headlines(self.connection, self.release, year, side, code)

    async def read_sums(
        self, side: SideName, place: Place, of: Measure, years: tuple[int, int]
    ) -> dict[tuple[str, Unit], tuple[Counts, int]]:
        """Return what a measure is made of, added up over years, of each origin or country of asylum.

        With each, in how many years there is any of it. Of a group these are its members, while they are.
        """
        columns = COLUMNS.get(of) or SUBSTANTIVE
        span = range(years[0], years[1] + 1)
        return (await self.open_sums()).read_sums(side, *_list_each(side, place), span, columns)

    async def _read_each(self, listed: SideName, place: Place, years: tuple[int, ...]) -> PartnerCounts:
        """Read the countries of a side; what is asked for more than once is taken from the cache."""
        origin, asylum = _list_each(listed, place)
        if groups.is_group(origin, asylum):
            key = (listed, origin, asylum, years, self.release.id, self.counts)
            return await self.cache.counts.fetch(key, partial(self._sum_each, listed, origin, asylum, years))
        code = codes(place)[listed == "origin"]
        read = partial(_READ[listed], self.connection, self.release, years, code)
        if code not in CACHED:
            return await read()
        return await self.cache.counts.fetch((listed, code, years, self.release.id), read)

    async def _sum_each(
        self, listed: SideName, origin: str | None, asylum: str | None, years: tuple[int, ...]
    ) -> PartnerCounts:
        return (await self.open_sums()).read_each(listed, origin, asylum, years)

    def series(
        self, place: Place, unit: Unit, of: Measure, counts: YearCounts, first: int, last: int
    ) -> Series:
        """Lay a measure out over years, half-covered years marked as partial."""
        formula, half = FORMULAS[of], self.release.partial_year
        code = codes(place)[1]
        partial = self.coverage.list_partial(of, code)
        extents = {year: extent for _, year, its_unit, extent in partial if its_unit is unit}
        points = {
            year: Point(year, formula(each), year == half or year in extents, extents.get(year))
            for (year, its_unit), each in counts.items()
            if its_unit is unit
        }
        return Series(place, unit, fill_years(points, first, last))

    def find_extents(self, place: Place, year: int, *measures: Measure) -> dict[tuple[Measure, Unit], Extent]:
        """Return what figures stand for that the place's country of asylum never completed."""
        code = codes(place)[1]
        if code not in self.coverage.countries:
            return {}
        found = {(of, unit): self.coverage.extent(code, year, of, unit) for of in measures for unit in Unit}
        return {key: extent for key, extent in found.items() if extent}

    def rests_on_reviews(self, place: Place, year: int, of: Measure) -> bool:
        """Say whether the place's country of asylum has appeals and reviews alone that year."""
        told = self.coverage.list_breaks(of, place.host.code) if place.host else ()
        return any(fact.kind is CoverageKind.REVIEWS_ONLY and fact.year == year for fact in told)

    def is_partial(self, year: int) -> bool:
        """Say whether the year is only half covered."""
        return year == self.release.partial_year

    def find_not_reported(
        self, of: Measure, place: Place, year: int, counts: PartnerCounts
    ) -> NotReported | None:
        """Name the large countries of asylum that have no figure this year, from counts of two years.

        Who left the place's group has none in it, whatever is published.
        """
        if of.nature is Nature.RATE:
            return None
        before = mains_of(of, keep_members(place.asylum, counts, year), year - 1)
        silent = find_silent(mains_of(of, counts, year), before)
        named = tuple(
            (self.country(code), tally_of(of, counts, code, year - 1)) for code in silent[:MAX_NAMED]
        )
        return NotReported(of, year, named, final=not self.is_partial(year)) if named else None


@asynccontextmanager
async def open_view(
    database: Database,
    countries: Countries,
    as_of: date | None,
    caches: AnswerCaches | None = None,
    *,
    whole: bool = False,
) -> AsyncIterator[ReleaseView]:
    """Open the database at the release that answers for a day; None is the newest.

    What asks for changes needs the `whole`, which a first start is still bringing in.
    """
    async with database.reading(whole=whole) as connection:
        releases = await read_releases(connection)
        cache = (caches or AnswerCaches()).lend((releases, countries.knowledge))
        view = ReleaseView(connection, choose_release(releases, as_of), releases, countries, cache)
        yield await cover(view)


async def cover(view: ReleaseView) -> ReleaseView:
    """Find which figures of the release stand for less than their year, and which there are none of."""
    lacking = await view.cache.coverage.fetch(("lacking", view.release.id), lambda: _find_lacking(view))
    return replace(view, coverage=await read_coverage(view, view.release), lacking=lacking)


async def _find_lacking(view: ReleaseView) -> frozenset[Dataset]:
    may_lack = [each for each in Dataset if each.may_lack]
    before = view.release.id + 1
    return frozenset([each for each in may_lack if not await is_said_before(view.connection, before, each)])


async def read_coverage(view: ReleaseView, release: Release) -> Coverage:
    """Find the same in another release: from the table of facts, and from what it repeats of earlier ones."""
    return await view.cache.coverage.fetch(release.id, lambda: _find_coverage(view, release))


async def _find_coverage(view: ReleaseView, release: Release) -> Coverage:
    facts = read_facts()
    halves = {
        each.newest_year: each
        for each in view.releases
        if each.period is ReferencePeriod.MID_YEAR
        and each.id < release.id
        and release.period_of(each.newest_year) is ReferencePeriod.YEAR_END
    }
    tested = [fact for fact in facts if fact.extent or fact.kind is CoverageKind.REVIEWS_ONLY]
    countries = {fact.code for fact in tested}
    years = {fact.year for fact in tested} | {fact.extent.year for fact in tested if fact.extent}
    totals = {
        **await country_totals.read_totals(view.connection, release, years, countries),
        **await country_totals.read_totals(view.connection, release, halves),
    }
    repeated: list[tuple[str, int, Measure]] = []
    for year, half in halves.items():
        then = await view.cache.coverage.fetch(
            (half.id, year), partial(country_totals.read_totals, view.connection, half, [year])
        )
        now = {key: counts for key, counts in totals.items() if key[1] == year}
        repeated += find_repeated(then, now)
    return Coverage(release, facts, totals, repeated)


def choose_release(releases: Iterable[Release], as_of: date | None) -> Release:
    """Return the newest release of that day or before."""
    kept = list(releases)
    if not kept:
        raise UnknownRelease("no-release-yet")
    known = [release for release in kept if as_of is None or release.day <= as_of]
    if not known:
        raise UnknownRelease("releases-begin-later", oldest=kept[0].day)
    return known[-1]


def name_country(countries: Countries, code: str) -> Country:
    """Return the country of a UNHCR code; one that nobody has named yet goes by its code."""
    return countries.by_code(code) or Country(code, None, None, code, code)


def name_area(countries: Countries, code: str) -> Area:
    """Return the group of a code, or the country."""
    return read_groups().get(code) or name_country(countries, code)


def check_years(first: int, last: int) -> None:
    """Refuse a span that ends before it begins."""
    if first > last:
        raise Unanswerable("years-run-backwards", first=first, last=last)


def keep_members(area: Area | None, counts: PartnerCounts, at: int | None = None) -> PartnerCounts:
    """Leave out who does not belong to a group in the year of a count, or else in the year `at`.

    A country, or none, leaves nobody out.
    """
    if not isinstance(area, Group):
        return counts
    belong = {year: members(area.code, at or year) for year in {year for _, year, _ in counts}}
    return {key: each for key, each in counts.items() if key[0] in belong[key[1]]}


def codes(place: Place) -> tuple[str, str]:
    """Return the place's codes, `ALL` where it is open."""
    return (place.origin.code if place.origin else ALL, place.asylum.code if place.asylum else ALL)


def _list_each(listed: SideName, place: Place) -> tuple[str | None, str | None]:
    """Return the place's codes, but of the side that is listed its group, whose members are, or None: all."""
    origin, asylum = codes(place)
    if listed == "origin":
        return place.origin.code if isinstance(place.origin, Group) else None, asylum
    return origin, place.asylum.code if isinstance(place.asylum, Group) else None


def codes_in(counts: PartnerCounts) -> set[str]:
    """Return the country codes that have any counts."""
    return {code for code, _, _ in counts}


def counts_of(code: str, counts: PartnerCounts) -> YearCounts:
    """Return the counts of one partner country by year and unit."""
    return {(year, unit): each for (its_code, year, unit), each in counts.items() if its_code == code}


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
    by_unit: dict[Unit, dict[str, Number | None]] = {Unit.PERSONS: {}, Unit.CASES: {}}
    for (code, its_year, unit), each in counts.items():
        if its_year == year:
            by_unit[unit][code] = formula(each)
    persons, cases = by_unit.values()
    return persons | {code: count for code, count in cases.items() if persons.get(code) is None}


def tally_at(of: Measure, year: int, counts: YearCounts) -> Tally:
    """Return one measure of a year in both units."""
    return tally(of, counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES)))


def tallies_at(year: int, counts: YearCounts) -> Mapping[Measure, Tally]:
    """Return every measure of a year in both units."""
    return {of: tally_at(of, year, counts) for of in Measure}


LARGE_BESIDE = 0.5
"""From this share of the refugees on, others in need of protection are told beside them."""


def find_others_apart(year: int, refugees: Number, counts: YearCounts) -> list[Caveat]:
    """Say where many are in need of protection and counted apart from refugees, as Venezuelans are."""
    others = tally_at(Measure.OTHERS_IN_NEED, year, counts).persons or 0
    return [OthersApart(year, others)] if others > LARGE_BESIDE * refugees else []
