"""Which years of a place compare: where figures are partial, or a total contains such, and series break."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from math import inf
from typing import TYPE_CHECKING

from data.caveats import (
    NotOneSeries,
    OriginUnknown,
    PartialYear,
    PartInTotal,
    SeriesBreak,
    SmallParts,
    SplitOff,
)
from data.countries.groups import find_steps, members
from data.countries.territories import list_splits
from data.coverage import (
    BREAKS,
    OF_ONE_YEAR,
    Break,
    CoverageKind,
    Remark,
    count_covered,
    is_on_asylum,
    list_weighed,
)
from data.measures import FORMULAS, NOTHING
from data.model import FIRST_YEAR, Country, Counts, Extent, Group, Measure, Nature, Role, Unit
from data.questions.view import UNKNOWN, codes
from data.statistics import LARGE_SHARE
from data.store import country_totals, groups

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from data.caveats import Caveat
    from data.coverage import CoverageFact
    from data.model import Number, Place
    from data.questions.view import ReleaseView
    from data.statistics import Change, Point, Series
    from data.store.figures import YearCounts

    Pieces = Mapping[tuple[str, int, Unit], Counts]
    """Counts by country of asylum, year and unit."""

    Moved = tuple[YearCounts, YearCounts]
    """Sums of a year over who came or left in it, and of a year over who did in the next one."""

FIRST_NOTED = 2019
"""The year before the first that UNHCR's notes are known of; most facts are of later ones."""

MAX_TOLD = 2
TOLD_BREAKS = BREAKS - {CoverageKind.ORIGINS_UNPUBLISHED}
LARGE_MOVE = 0.05
LARGE_OF_CHANGE = 0.1
"""From this part of a change on, people who are counted otherwise are told beside it."""
LEAST_OF_TOTAL = 0.005
"""A break that moves less of a total changes no percentage of it."""
COUNTED_OTHERWISE = (CoverageKind.RECOUNTED, CoverageKind.MOVED_OUT, CoverageKind.RECLASSIFIED)


MOST_A_CASE = 3
"""So many persons are hardly in a case, on average of a year."""
MOST_OF_A_PART = 4
"""So many times its part a whole year hardly is: half a year was completed to 1.6 to 3.1 times as much."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure is at least and at most, where part of its year is missing, or cases stand beside it."""

    least: Number
    most: Number

    def exceeds(self, other: Bounds, factor: float = 1.0) -> bool | None:
        """Say whether it is more than the other, or by a factor at least so much; None where nobody knows."""
        if self.least > factor * other.most or (factor > 1 and self.least == factor * other.most):
            return True
        beyond = self.most < factor * other.least or (factor <= 1 and self.most == factor * other.least)
        return False if beyond else None

    def passes(self, limit: Number, sign: int) -> bool | None:
        """Say whether it is above a limit, or below where `sign` is −1; None where nobody knows."""
        other = Bounds(limit, limit)
        return self.exceeds(other) if sign > 0 else other.exceeds(self)


def bound(of: Measure, series: Series, point: Point, cases: Point | None = None) -> Bounds:
    """Return what a year's figure is at least and at most, given the cases that are counted beside it."""
    beside = MOST_A_CASE * (cases.value or 0) * (MOST_OF_A_PART if cases.partial else 1) if cases else 0
    value = point.value or 0
    part = sum(at.share or 0 for at in series.breaks if at.of_one_year and at.year == point.year)
    part = 1.0 if point.partial or point.extent else min(part, 1.0)
    more = (MOST_OF_A_PART - 1) * part
    unnamed = (at for at in series.breaks if at.kind is CoverageKind.ORIGINS_UNPUBLISHED)
    if any(at.year <= point.year for at in unnamed):  # as many as have no origin may be among them
        return Bounds(0 if of.nature is Nature.RATE else value, inf)
    match of.nature:
        case Nature.RATE:  # what is missing has been decided one way or the other
            return Bounds(value / (1 + more), (value + more) / (1 + more))
        case Nature.STOCK:  # of another day, it may have been less
            return Bounds(value * (1 - part / 2), value * (1 + part) + beside)
    return Bounds(value, value * (1 + more) + beside * (1 + more))


@dataclass(frozen=True, slots=True)
class Comparability:
    """What is known of a place's years.

    `pieces` are the countries of asylum of a total, `nameless` was found, and `moved` are the sums of the
    countries that came into a group of the place's or left it, by its side.
    """

    view: ReleaseView
    place: Place
    counts: YearCounts
    pieces: Pieces = field(default_factory=dict)
    nameless: tuple[OriginUnknown, ...] = ()
    moved: Mapping[Role, Moved] = field(default_factory=dict)
    _listed: dict[Measure, tuple[Break, ...]] = field(default_factory=dict, compare=False)
    _large: dict[Measure, tuple[Break, ...]] = field(default_factory=dict, compare=False)
    _totals: dict[tuple[Measure, int, Unit], Number | None] = field(default_factory=dict, compare=False)

    def list_breaks(self, of: Measure) -> tuple[Break, ...]:
        """List all that disturbs a measure of the place, by year; of a total only what is large."""
        if of not in self._large:
            listed = self._list_all(of)
            self._large[of] = tuple(at for at in listed if at.share is None or at.share >= _least(of, at))
        return self._large[of]

    def _list_all(self, of: Measure) -> tuple[Break, ...]:
        if of not in self._listed:
            self._listed[of] = tuple(self._list_breaks(of))
        return self._listed[of]

    def _list_breaks(self, of: Measure) -> list[Break]:
        host = self.place.host
        asylum = host.code if host else None
        found: dict[tuple[int, str, CoverageKind], Break] = {}
        adding = {code for code, _, _ in self.pieces}  # no other is any of a total
        for code, year, unit, extent in self.view.coverage.list_partial(of, asylum):
            if (host is None and code not in adding) or not self._concerns(code, year):
                continue
            if not self._lacks(of, year, unit):
                if unit is Unit.CASES and (year, code, CoverageKind.PARTIAL) in found:
                    continue  # of both units, which the persons tell
                share = None if host else self._share(of, code, (year,), (unit,))
                at = Break(self.view.country(code), year, CoverageKind.PARTIAL, extent, share, unit=unit)
                found[year, code, CoverageKind.PARTIAL] = at
        told = [
            (fact.code, fact.year, fact.kind, fact.figure)
            for fact in self.view.coverage.list_breaks(of, asylum)
            if (host or fact.code in adding) and fact.concerns(self.place.origin)
        ]
        told += [
            (a.country.code, a.year, CoverageKind.ORIGINS_UNPUBLISHED, None)
            for a in self.nameless
            if a.measure is of
        ]
        for code, year, kind, figure in told:
            if self._concerns(code, year) and self._is_touched_by(kind):
                share = None if host else self._share_of_break(of, code, year, kind, figure)
                at = Break(self.view.country(code), year, kind, None, share, figure)
                found.setdefault((year, code, kind), at)
        own = (*self._list_steps(of), *self.list_splits())
        found |= {(at.year, at.country.code, at.kind): at for at in own}
        return sorted(found.values(), key=lambda each: (each.year, -(each.share or (each.share is None))))

    def _concerns(self, code: str, year: int) -> bool:
        asylum = self.place.asylum
        if isinstance(asylum, Group):
            return code in members(asylum.code, year)
        return asylum is None or asylum.code == code

    def _list_steps(self, of: Measure) -> Iterator[Break]:
        """Yield the years in which a group has other members, and how much of the figures they are."""
        last = self.view.release.newest_year
        for role, moved in self.moved.items():
            group = self.place.origin if role is Role.ORIGIN else self.place.asylum
            if group is None:
                continue
            for year in find_steps(group.code, FIRST_YEAR, last):
                if not members(group.code, year - 1):  # it begins, and nothing breaks
                    continue
                unit = Unit.PERSONS if self._total(of, year, Unit.PERSONS) else Unit.CASES
                total = max(self._total(of, y, unit) or 0 for y in (year - 1, year))
                part = max(
                    count_covered(of, each.get((y, unit), NOTHING)) or 0
                    for each, y in zip(moved, (year, year - 1), strict=True)
                )
                share = part / total if total else 0.0
                yield Break(group, year, CoverageKind.MEMBERS_CHANGED, share=min(share, 1.0))

    def list_splits(self) -> Iterator[Break]:
        """Yield since when figures on a country of the place are without a part of it."""
        own = {area.code for area in (self.place.origin, self.place.asylum) if isinstance(area, Country)}
        for split in list_splits(self.place, self.view.country):
            if isinstance(split, SplitOff) and split.whole.code in own:
                yield Break(split.whole, split.year, CoverageKind.PART_SPLIT_OFF, part=split.part)

    def _lacks(self, of: Measure, year: int, unit: Unit) -> bool:
        """Say whether the place itself has no such figure; where nothing was read, nobody knows."""
        return bool(self.counts) and self._total(of, year, unit) is None

    def _is_touched_by(self, kind: CoverageKind) -> bool:
        origin = self.place.origin
        if kind is CoverageKind.ORIGINS_UNPUBLISHED:
            return origin is not None and origin.is_country
        # Claims that are counted so have no origin.
        return kind is not CoverageKind.ONE_PERSON_A_CASE or origin is None or origin.code == UNKNOWN

    def _share(self, of: Measure, code: str, years: Iterable[int], units: Iterable[Unit]) -> float:
        shares = [0.0]
        for year in years:
            for unit in units:
                part, total = self.value(of, code, year, unit), self._total(of, year, unit)
                if part and total:
                    shares.append(part / total)
        return max(shares)

    def _share_of_break(
        self, of: Measure, code: str, year: int, kind: CoverageKind, figure: float | None
    ) -> float:
        """Return how much of the total a break can move: what is known of its size, or the whole country.

        Nothing where people are counted otherwise, but the country hardly moved by it.
        """
        total = self._total(of, year, Unit.PERSONS)
        after, before = (self.value(of, code, each, Unit.PERSONS) or 0 for each in (year, year - 1))
        if figure is None:
            if kind in COUNTED_OTHERWISE and abs(after - before) < LARGE_MOVE * (total or 0):
                return 0.0
            in_persons = any(
                count is not None for count in (self._total(of, y, Unit.PERSONS) for y in (year - 1, year))
            )
            return self._share(of, code, (year - 1, year), (Unit.PERSONS if in_persons else Unit.CASES,))
        return min(figure, max(after, before)) / total if total else 0.0

    def _total(self, of: Measure, year: int, unit: Unit) -> Number | None:
        key = (of, year, unit)
        if key not in self._totals:
            whole = self.counts.get((year, unit))
            self._totals[key] = count_covered(of, whole) if whole else None
        return self._totals[key]

    def value(self, of: Measure, code: str, year: int, unit: Unit) -> Number | None:
        """Return what a country of asylum adds to the total."""
        counts = self.pieces.get((code, year, unit))
        return count_covered(of, counts) if counts else None

    def find_disturbances(self, of: Measure, year: int, before: int | None = None) -> tuple[Break, ...]:
        """Return why this year and an earlier one do not compare; by default the one before it."""
        return tuple(each for each in self.list_breaks(of) if each.disturbs(year, before))

    def find_crossed(self, of: Measure, year: int, before: int | None = None) -> tuple[Break, ...]:
        """List what disturbs the change between two years: what is large in the total, or in the change."""
        listed = self.list_breaks(of)
        crossed = (at for at in self._list_all(of) if at.disturbs(year, before))
        weighed = (self._weigh_in_change(of, at, year, before) for at in crossed)
        return tuple(at for at in weighed if at in listed or at.of_change is not None)

    def _weigh_in_change(self, of: Measure, at: Break, year: int, before: int | None) -> Break:
        """Put into a break how much it can make of a change, where that is much; else return it as it is.

        Where nobody knows how many are counted otherwise, it is at least as many as the country moved by.
        """
        if at.share is None or at.kind not in (*COUNTED_OTHERWISE, CoverageKind.LAPSED_CLOSED):
            return at
        now, then = (
            self._total(of, each, Unit.PERSONS) for each in (year, year - 1 if before is None else before)
        )
        if not now or not then or now == then:
            return at
        code = at.country.code
        after, earlier = (self.value(of, code, each, Unit.PERSONS) or 0 for each in (at.year, at.year - 1))
        size = abs(after - earlier) if at.figure is None else min(at.figure, max(after, earlier))
        if size < max(LARGE_OF_CHANGE * abs(now - then), LEAST_OF_TOTAL * now):
            return at
        share = max(at.share, self._share(of, code, (at.year - 1, at.year), (Unit.PERSONS,)))
        return replace(at, share=at.share if at.figure else share, of_change=size / abs(now - then))

    def count_parts(self, of: Measure, countries: Iterable[str], years: Iterable[int]) -> Number:
        """Return how many persons of a total are in these countries of asylum, at most."""
        formula, years = FORMULAS[of], tuple(years)
        return sum(
            max(formula(self.pieces.get((code, year, Unit.PERSONS), NOTHING)) or 0 for year in years)
            for code in countries
        )

    def mark(self, of: Measure, series: Series, begin: int | None = None) -> Series:
        """Put the breaks into a series that reaches over their years, or continues one from `begin` on."""
        years = {point.year for point in series.points if point.value is not None}
        first = begin or min(years, default=FIRST_YEAR)
        own = [
            each
            for each in self.list_breaks(of)
            if each.year in years and each.lies_within(first, each.year) and each.unit in (None, series.unit)
        ]
        return replace(series, breaks=tuple(own))

    def temper(
        self, of: Measure, change: Change | None, year: int
    ) -> tuple[Change | None, tuple[Break, ...]]:
        """Take the percentage out of a change between years that do not compare; return what it crosses.

        It is kept, to be told with the breaks, where these are little of the total, or, over several years,
        smaller than the change.
        """
        if change is None:
            return None, ()
        crossed = self.find_crossed(of, year, change.year_before)
        large = self.find_disturbances(of, year, change.year_before)
        years = (change.year_before, year)
        far = years[1] - years[0] > 1 and not any(at.of_one_year for at in crossed)
        far = far and self.count_parts(of, {at.country.code for at in crossed}, years) < abs(
            change.after - change.before
        )
        return (change if far or not large else replace(change, ratio=None)), crossed

    def find_caveats(
        self, measures: Sequence[Measure], year: int, compared: Collection[Measure] | None = None
    ) -> list[Caveat]:
        """Say what stands in the way of reading a year, and of comparing it with the one before.

        `compared` are those of which a change may be looked for; by default all. Where there are none, people
        still set the year beside the one before, and hear from when on it is counted otherwise.
        """
        half = self.view.is_partial(year)  # of a flow it is set beside no other year
        changing = [
            of
            for of in measures
            if (compared is None or of in compared) and not (half and of.nature is not Nature.STOCK)
        ]
        found: list[Caveat] = [
            *self.find_partial(measures, year),
            *self.find_partial(changing, year - 1),
        ]
        found += self.find_series_breaks(measures if compared == () and not half else changing, year)
        alone = self.find_series_breaks(measures, year, OF_ONE_YEAR)  # also of its own figures
        if self.place.host:
            alone += self.find_series_breaks(changing, year - 1, OF_ONE_YEAR)
        found += (each for each in alone if each not in found)
        small = self.find_small_parts(measures, year)
        return [*found, *self.name_origins(measures, year), *small, *self.find_remarks(measures, year)]

    def find_series_breaks(
        self,
        measures: Sequence[Measure],
        year: int,
        kinds: Collection[CoverageKind] = TOLD_BREAKS,
    ) -> list[Caveat]:
        """Say how a country counts otherwise from this year on; what has no origin is told by itself."""
        found: dict[tuple[object, CoverageKind], Caveat] = {}
        for of in measures:
            for each in self.find_crossed(of, year):
                if each.year == year and each.kind in kinds:
                    found.setdefault((each.country, each.kind), SeriesBreak(of, each))
        return list(found.values())

    def find_partial(self, measures: Sequence[Measure], year: int) -> list[Caveat]:
        """Say what a year's figures stand for, and what of a total stands for less."""
        groups: dict[Break, list[tuple[Measure, Number, float | None]]] = {}
        for of in measures:
            for each in self.list_breaks(of):
                if each.kind is CoverageKind.PARTIAL and each.year == year:
                    unit = each.unit or Unit.PERSONS
                    value = self.value(of, each.country.code, year, unit) or 0
                    groups.setdefault(replace(each, share=None), []).append((of, value, each.share))
        found: list[Caveat] = []
        for at, amounts in groups.items():
            extent = at.extent or Extent(year)
            own = tuple(of for of, _, share in amounts if share is None)
            parts = tuple((of, value, share) for of, value, share in amounts if share is not None)
            if own:
                found.append(PartialYear(own, at.country, year, extent, at.unit or Unit.PERSONS))
            if parts:
                found.append(PartInTotal(parts, at.country, year, extent, at.unit or Unit.PERSONS))
        return found[:MAX_TOLD]

    def find_small_parts(self, measures: Sequence[Measure], year: int) -> list[Caveat]:
        """Name the parts of a total that are partial too, though each is little of it."""
        found: list[Caveat] = []
        for of in measures:
            partial = (at for at in self._list_all(of) if at.kind is CoverageKind.PARTIAL and at.year == year)
            small = [at for at in partial if 0 < (at.share or 0) < _least(of, at)]
            if small:
                share = sum(each.share or 0 for each in small)
                found.append(SmallParts(of, year, tuple(each.country for each in small), share))
        return found[:MAX_TOLD]

    def name_origins(self, measures: Sequence[Measure], year: int) -> list[OriginUnknown]:
        """Return what is published without an origin; `first` is the one that makes up most of the place."""
        told = [each for each in self.nameless if each.measure in measures and each.year == year]
        large = next((each for each in told if self._is_large(each)), None)
        return [replace(each, first=each is large) for each in told]

    def _is_large(self, unknown: OriginUnknown) -> bool:
        return any(
            each.kind is CoverageKind.ORIGINS_UNPUBLISHED and each.country == unknown.country
            for each in self.find_disturbances(unknown.measure, unknown.year)
        )

    def find_remarks(self, measures: Sequence[Measure], year: int) -> list[Caveat]:
        """Say how a year's figures of the place's own countries were made."""
        found: dict[tuple[Country, CoverageFact], list[Measure]] = {}
        for country, of_origin in ((self.place.asylum, False), (self.place.origin, True)):
            if not isinstance(country, Country):
                continue
            for of in measures:
                for fact in self.view.coverage.list_remarks(country.code, year, of, of_origin=of_origin):
                    if not self._is_reached(of, fact):
                        found.setdefault((country, replace(fact, measures=frozenset())), []).append(of)
        return [
            Remark(country, fact.year, fact.kind, fact.figure, tuple(about))
            for (country, fact), about in found.items()
        ]

    def _is_reached(self, of: Measure, fact: CoverageFact) -> bool:
        """Say whether the figure is as large as the one that a government speaks of."""
        total = self._total(of, fact.year, Unit.PERSONS) or 0
        return fact.kind is CoverageKind.MORE_REPORTED and total >= (fact.figure or 0)

    def find_breaks_within(self, of: Measure, first: int, last: int) -> list[Caveat]:
        """Say where the line over some years is no single series."""
        within = tuple(each for each in self.list_breaks(of) if each.lies_within(first, last))
        return [NotOneSeries(of, within)] if within else []


_OF_A_DAY = (CoverageKind.PARTIAL, CoverageKind.SAID_TO_BE_EARLIER)


def _least(of: Measure, at: Break) -> float:
    """Return the share from which a break matters: where its size is known, a change is off by no more.

    What is counted of other people than claimants moves little within half a year.
    """
    stock = at.kind in _OF_A_DAY and of.nature is Nature.STOCK and not is_on_asylum(of)
    return LARGE_MOVE if stock or at.figure is not None else LARGE_SHARE


def mark_crossed(series: Series, crossed: Sequence[Break]) -> Series:
    """Put into a line what its change passes over: it is told, though little of the total, and drawn."""
    first = series.points[0].year
    more = [at for at in crossed if at.unit in (None, series.unit) and at.lies_within(first, at.year)]
    breaks = {(at.country, at.year, at.kind): at for at in (*series.breaks, *more)}
    return replace(series, breaks=tuple(sorted(breaks.values(), key=lambda at: at.year)))


async def read_comparability(
    view: ReleaseView, place: Place, counts: YearCounts, nameless: Iterable[OriginUnknown] = ()
) -> Comparability:
    """Read what the countries in question add to a total; a country of asylum needs no reading."""
    nameless = tuple(nameless)
    moved = {
        role: await _read_moved(view, place, role)
        for role, area in zip(Role, (place.origin, place.asylum), strict=True)
        if isinstance(area, Group)
    }
    if place.host:
        return Comparability(view, place, counts, nameless=nameless, moved=moved)
    if groups.is_group(*codes(place)):
        since, last = _find_since(view, nameless), view.release.newest_year
        hosts = tuple((code, first, last) for code, first in since.items())
        years = range(min(since.values(), default=last), last + 1)
        pieces = (await view.open_sums()).read_each("asylum", codes(place)[0], hosts, years)
    else:
        pieces = (await _read_pieces(view, [place], nameless))[place]
    return Comparability(view, place, counts, pieces, nameless, moved)


async def read_each_comparability(
    view: ReleaseView, own: Mapping[Place, YearCounts], nameless: Iterable[OriginUnknown] = ()
) -> list[Comparability]:
    """Read the same of several places; `nameless` was found of the first."""
    nameless = tuple(nameless)
    totals = [place for place in own if place.host is None and not groups.is_group(*codes(place))]
    pieces = await _read_pieces(view, totals, nameless) if totals else {}
    first = next(iter(own))
    return [
        Comparability(view, place, counts, pieces[place], nameless if place == first else ())
        if place in pieces
        else await read_comparability(view, place, counts, nameless if place == first else ())
        for place, counts in own.items()
    ]


def _find_since(view: ReleaseView, nameless: Iterable[OriginUnknown]) -> dict[str, int]:
    """Find the countries of asylum with a part of a year or a break, and from when on each is looked at."""
    since = {each.country.code: FIRST_NOTED for each in nameless}
    for of in view.find_measures():
        for code, year in view.coverage.find_first_years(of).items():
            since[code] = min(year - 1, since.get(code, FIRST_NOTED))
    return since


async def _read_pieces(
    view: ReleaseView, places: Iterable[Place], nameless: Iterable[OriginUnknown]
) -> dict[Place, dict[tuple[str, int, Unit], Counts]]:
    """Read what those countries add to the totals of these places."""
    found: dict[Place, dict[tuple[str, int, Unit], Counts]] = {place: {} for place in places}
    by_origin = {codes(place)[0]: own for place, own in found.items()}
    parts = await country_totals.read_parts(
        view.connection,
        view.release,
        by_origin,
        _find_since(view, nameless),
        view.release.newest_year,
        view.counts,
    )
    for (origin, asylum, year, unit), counts in parts.items():
        by_origin[origin][asylum, year, unit] = counts
    return found


async def _read_moved(view: ReleaseView, place: Place, role: Role) -> Moved:
    """Read the sums of the countries that came into a group or left it, in that year and the one before."""
    origin, asylum = codes(place)
    group = origin if role is Role.ORIGIN else asylum
    sums = await view.open_sums()
    read: list[YearCounts] = []
    for earlier in (0, 1):
        changed = tuple(
            (code, year - earlier, year - earlier)
            for year in find_steps(group, FIRST_YEAR, view.release.newest_year)
            for code in members(group, year) ^ members(group, year - 1)
        )
        sides = (changed, asylum) if role is Role.ORIGIN else (origin, changed)
        read.append(sums.read_series(*sides) if changed else {})
    return read[0], read[1]


async def read_each_origin(
    view: ReleaseView, of: Measure, origins: Mapping[Place, YearCounts], years: tuple[int, int]
) -> dict[Place, Comparability]:
    """Read the same for several origins worldwide at once, of a year and an earlier one."""
    wanted = view.coverage.find_countries(of, range(years[0], years[1] + 1))
    named = [codes(place)[0] for place in origins]
    parts = await country_totals.read_parts(
        view.connection, view.release, named, dict.fromkeys(wanted, years[0]), years[1], list_weighed(of)
    )
    pieces: dict[str, dict[tuple[str, int, Unit], Counts]] = {}
    for (origin, asylum, its_year, unit), counts in parts.items():
        pieces.setdefault(origin, {})[asylum, its_year, unit] = counts
    return {
        place: Comparability(view, place, counts, pieces.get(codes(place)[0], {}))
        for place, counts in origins.items()
    }
