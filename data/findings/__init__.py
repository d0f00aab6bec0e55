"""Answers as values: everything a reply needs, and nothing of how it is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Extent, Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from data.caveats import Caveat
    from data.compare import Kind
    from data.coverage import Break
    from data.model import Country, Dataset, Number, Period, Place, Release, Tally


class Role(StrEnum):
    """Which side of a claim a country is on."""

    ORIGIN = "origin"
    ASYLUM = "asylum"


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series. A `partial` point covers half a year, or stands on 30 June, or on another day.

    `extent` is what it stands for where its country never reported the whole year: then it is compared with
    no other point. None: what its release covers.
    """

    year: int
    value: Number | None
    partial: bool = False
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """A measure of one place over consecutive years, in one unit; `breaks` in the order of years."""

    place: Place
    unit: Unit
    points: tuple[Point, ...]
    breaks: tuple[Break, ...] = ()

    def at(self, year: int) -> Point | None:
        """Return the point of a year, if the series reaches it."""
        return next((point for point in self.points if point.year == year), None)

    @property
    def latest(self) -> Point | None:
        """Return the newest point with a figure."""
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def earliest(self) -> Point | None:
        """Return the oldest point with a figure."""
        return next((point for point in self.points if point.value is not None), None)

    @property
    def highest(self) -> Point | None:
        """Return the record: the highest full-year point with a figure (the earliest of equals)."""
        full = [point for point in self.points if point.value is not None and not point.partial]
        return max(full, key=lambda point: point.value or 0, default=None)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved between two years; `ratio` is None where a percentage would mislead."""

    year_before: int
    before: Number
    after: Number
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among others: its rank (1 is the largest), of how many, and its share of their sum."""

    rank: int
    among: int
    share: float | None


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
    are those of the figures that stand for something else than `period` says.
    """

    place: Place
    year: int
    period: Period
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

    def extent(self, of: Measure) -> Extent:
        """Return what the year's figure of a measure stands for, in the unit that it is told in."""
        unit = Unit.CASES if self.tallies[of].persons is None else Unit.PERSONS
        return self.extents.get((of, unit)) or Extent.of(self.year, self.period)


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure of one or more places over years, as of a release.

    `years` are those that were asked for: a year alone stands at the end of longer series. `revised` is the
    last year, if another release says otherwise of the first place then. `beside` are the figures in cases
    of places that are compared in persons.
    """

    measure: Measure
    release: Release
    years: tuple[int, int]
    series: tuple[Series, ...]
    change: Change | None
    revised: int | None
    caveats: tuple[Caveat, ...]
    beside: tuple[Series, ...] = ()


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of a ranking. `rank` is None for figures in cases, which are not ranked with persons.

    `extent` is what the figure stands for where that is less than the ranking's year.
    """

    rank: int | None
    country: Country
    unit: Unit
    value: Number | None
    share: float | None
    change: Change | None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """The largest origins or countries of asylum in a year, as of a release.

    `countries` is how many have a figure.
    `extent` is what the figures of its country of asylum stand for where that is less than the year.
    """

    measure: Measure
    role: Role
    place: Place
    year: int
    period: Period
    release: Release
    rows: tuple[Ranked, ...]
    total: Tally
    countries: int
    caveats: tuple[Caveat, ...]
    extent: Extent | None = None

    @property
    def covers(self) -> Extent:
        """What all its figures stand for, but for rows that say otherwise."""
        return self.extent or Extent.of(self.year, self.period)


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which releases are kept, oldest first, and when UNHCR was last asked for a newer one.

    So many `notes` of UNHCR's are in force now; they came with the release of `notes_day`.
    """

    releases: tuple[Release, ...]
    checked_at: datetime | None = None
    notes: int = 0
    notes_day: date | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """What one release said of a figure. `kind` is None where it repeats the one before it, and at first.

    `extents` are what the figures stand for where their country of asylum never completed them.
    """

    release: Release
    tally: Tally
    period: Period
    kind: Kind | None
    ratio: float | None
    extents: Mapping[Unit, Extent] = field(default_factory=dict)

    def covers(self, year: int) -> Extent:
        """Return what the figure of that year stands for, in the unit that it is told in."""
        unit = Unit.CASES if self.tally.persons is None else Unit.PERSONS
        return self.extents.get(unit) or self.release.extent_of(year)


@dataclass(frozen=True, slots=True)
class History:
    """One figure in every release that is kept, oldest first.

    `days_to_final` is the number of days from the first release with the figure to the last one that
    changed it; None where none did. `breaks` are why the year's end does not compare with its middle.
    """

    measure: Measure
    place: Place
    year: int
    editions: tuple[Edition, ...]
    days_to_final: int | None
    caveats: tuple[Caveat, ...]
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that a release changed, summed over what its place leaves open.

    `extent` is what both figures stand for where a country of asylum never completed its year. `breaks` are
    why the whole year's figure does not compare with that of the middle.
    """

    measure: Measure
    place: Place
    year: int
    unit: Unit
    before: Number | None
    after: Number | None
    kind: Kind
    extent: Extent | None = None
    breaks: tuple[Break, ...] = ()

    @property
    def size(self) -> Number:
        """How far it moved; a missing figure counts as zero."""
        return abs((self.after or 0) - (self.before or 0))


@dataclass(frozen=True, slots=True)
class Changes:
    """What one release changed, with the one before it.

    `totals` are the place's own figures, the largest change first; `largest` those it is made of, at
    most ten, of the `matching` ones; `all_changes` lists those, where the whole was asked for.
    `counts` says how many published figures changed, by dataset and kind.
    """

    release: Release
    before: Release
    place: Place
    totals: tuple[Changed, ...]
    largest: tuple[Changed, ...]
    matching: int
    all_changes: tuple[Changed, ...]
    counts: Mapping[tuple[Dataset, Kind], int]
    caveats: tuple[Caveat, ...]
