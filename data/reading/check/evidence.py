"""What every release that is kept has said of some places: the figures that a claim may come from."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.measures import count_decisions
from data.measures import measure as value_of
from data.model import ALL, Counts, Extent, Level, Measure, Nature, Place, ReferencePeriod, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from data.caveats import Independent, SplitOff
    from data.coverage import Break, Coverage
    from data.model import Number, Release

    FindBreaks = Callable[["Codes", Measure], tuple[Break, ...]]
    Split = SplitOff | Independent
    FindSplits = Callable[[Place], tuple[Split, ...]]

Codes = tuple[str, str]
"""UNHCR's codes of origin and asylum, `ALL` where a side is open."""


@dataclass(frozen=True, slots=True)
class Written:
    """Counts of a year and unit as a release wrote them; valid until a later release of them."""

    release: int
    year: int
    unit: Unit
    counts: Counts


@dataclass(frozen=True, slots=True)
class Fact:
    """One figure, and the releases that gave it. `replaced_by` is the first one that says otherwise.

    `period` is what the year covered then: a figure of half a year is another one than that of the whole.
    `level` is that of the decisions it counts.
    """

    place: Place
    year: int
    measure: Measure
    unit: Unit
    value: Number
    period: ReferencePeriod
    first: Release
    last: Release
    replaced_by: Release | None
    level: Level = Level.ALL


@dataclass(frozen=True, slots=True)
class Spread:
    """In how many countries of asylum an origin's claims were pending (or the other way round)."""

    place: Place
    year: int
    release: Release
    countries: int
    under_ten: int


def _find_none(_codes: Codes, _measure: Measure) -> tuple[Break, ...]:
    return ()


def _split_none(_place: Place) -> tuple[Split, ...]:
    return ()


class Evidence:
    """The figures of the places that a text names, in every release; `releases` oldest first.

    `at_first` are the decisions at first instance alone, where a text speaks of them and releases have them.
    `coverage`, by release, says which figures stand for half of their year, `find_breaks` where series break,
    `find_splits` since when a part of a place is counted on its own.
    """

    def __init__(
        self,
        releases: tuple[Release, ...],
        rows: Mapping[Codes, Iterable[Written]],
        places: Mapping[Codes, Place],
        spreads: Iterable[Spread] = (),
        *,
        level: Level = Level.ALL,
        at_first: Evidence | None = None,
        coverage: Mapping[int, Coverage] | None = None,
        find_breaks: FindBreaks = _find_none,
        find_splits: FindSplits = _split_none,
    ) -> None:
        self._coverage = coverage or {}
        self._find_breaks = find_breaks
        self._find_splits = find_splits
        self.releases = releases
        self.spreads = tuple(spreads)
        self._levels = {level: self} if at_first is None else {level: self, Level.FIRST: at_first}
        self._level = level
        self._places = places
        self._rows: dict[Codes, dict[tuple[int, Unit], list[Written]]] = {}
        self._by_count: dict[Number, set[tuple[Codes, int]]] = defaultdict(set)
        self._made: dict[tuple[Codes, int, Measure], tuple[Fact, ...]] = {}
        for codes, written in rows.items():
            by_year: dict[tuple[int, Unit], list[Written]] = defaultdict(list)
            for row in written:
                by_year[row.year, row.unit].append(row)
                for count in _list_counts(row.counts):
                    self._by_count[count].add((codes, row.year))
            for each in by_year.values():
                each.sort(key=lambda row: -row.release)
            self._rows[codes] = by_year

    @property
    def newest(self) -> Release:
        """The release that says what is right now."""
        return self.releases[-1]

    def at(self, level: Level) -> Evidence | None:
        """Return the figures of decisions at this level; None where they are not known."""
        return self._levels.get(level)

    def has(self, place: Place) -> bool:
        """Say whether any release has anything on this place."""
        return bool(self._rows.get(codes_of(place)))

    def years(self, place: Place) -> list[int]:
        """Return the years with figures of this place, oldest first."""
        return sorted({year for year, _ in self._rows.get(codes_of(place), ())})

    def search(self, count: Number) -> list[tuple[Place, int]]:
        """Return the places and years of which some release has exactly this count."""
        found = self._by_count.get(count, ())
        return sorted(
            ((self._places[codes], year) for codes, year in found), key=lambda each: (-each[1], str(each[0]))
        )

    def facts(self, place: Place, year: int, measure: Measure) -> tuple[Fact, ...]:
        """Return what the releases have said of a figure, in both units, the newest first."""
        key = (codes_of(place), year, measure)
        if key not in self._made:
            self._made[key] = tuple(
                fact for unit in Unit for fact in reversed(list(self._lay_out(place, year, measure, unit)))
            )
        return self._made[key]

    def breaks(self, place: Place, measure: Measure, unit: Unit) -> tuple[Break, ...]:
        """Return where a series in one unit breaks, and which of its years stand for less.

        What is partial in both units is told of persons.
        """
        found = self._find_breaks(codes_of(place), measure)
        return tuple(each for each in found if each.unit is not Unit.CASES or unit is Unit.CASES)

    def splits(self, place: Place) -> tuple[Split, ...]:
        """Return since when a part of this place is counted on its own."""
        return self._find_splits(place)

    def period_of(
        self, place: Place, year: int, measure: Measure, release: Release, unit: Unit = Unit.PERSONS
    ) -> ReferencePeriod:
        """Return what a figure covers: half of a year that its country of asylum never completed."""
        if release.id in self._coverage and place.asylum:
            extent = self._coverage[release.id].extent(place.asylum.code, year, measure, unit)
            if extent is not None and extent.month == Extent.HALF and extent.year == year:
                return ReferencePeriod.MID_YEAR
        return release.period_of(year)

    def value(
        self, place: Place, year: int, measure: Measure, release: Release, unit: Unit = Unit.PERSONS
    ) -> Number | None:
        """Return one figure as a release said it."""
        counts = self._counts(codes_of(place), year, unit, release)
        return value_of(measure, counts) if counts else None

    def current(self, place: Place, year: int, measure: Measure) -> tuple[Fact, ...]:
        """Return the figure that the newest release gives: in persons, in cases, or in both."""
        said = [fact for fact in self.facts(place, year, measure) if fact.replaced_by is None]
        return tuple(fact for fact in said if fact.value or fact.unit is Unit.PERSONS)

    def line(
        self, place: Place, measure: Measure, release: Release, unit: Unit = Unit.PERSONS
    ) -> dict[int, Number]:
        """Return every year's figure as a release said it."""
        values = {year: self.value(place, year, measure, release, unit) for year in self.years(place)}
        return {year: value for year, value in values.items() if value is not None}

    def _counts(self, codes: Codes, year: int, unit: Unit, release: Release) -> Counts | None:
        if year > release.newest_year:
            return None
        for row in self._rows.get(codes, {}).get((year, unit), ()):  # the newest first
            if row.release <= release.id:
                return row.counts
        return None

    def _lay_out(self, place: Place, year: int, measure: Measure, unit: Unit) -> Iterator[Fact]:
        """Join releases in a row that say the same of the same period."""
        if (year, unit) not in self._rows.get(codes_of(place), {}):
            return  # as with cases nearly everywhere
        run: tuple[Number, ReferencePeriod, Release, Release] | None = None
        for release in self.releases:
            value = self.value(place, year, measure, release, unit)
            period = self.period_of(place, year, measure, release, unit)
            if run and (value, period) == run[:2]:
                run = (*run[:3], release)
                continue
            if run:
                yield Fact(place, year, measure, unit, *run, release, self._level)
            run = None if value is None else (value, period, release, release)
        if run:
            yield Fact(place, year, measure, unit, *run, None, self._level)


def codes_of(place: Place) -> Codes:
    """Return the place's UNHCR codes."""
    return (place.origin.code if place.origin else ALL, place.asylum.code if place.asylum else ALL)


def is_superseded(fact: Fact) -> bool:
    """Say whether a newer release gives another figure, or the same for another period."""
    return fact.replaced_by is not None


RATES = tuple(measure for measure in Measure if measure.nature is Nature.RATE)


def _list_counts(counts: Counts) -> set[Number]:
    """Return all counts that somebody may quote: those that are published, and the sum of the decisions."""
    return {value for value in (*counts, count_decisions(counts)) if value}
