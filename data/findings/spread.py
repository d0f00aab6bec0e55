"""Where people went, or came from, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.model import Extent, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.caveats import Caveat
    from data.findings import Role
    from data.model import Country, Measure, Period, Place, Release, Tally


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure in each country on one side of a claim in a year, as of a release.

    `countries` are those with a figure, the largest first, zeros last; entries that are no country are
    apart, in `elsewhere`. `extents` are what the figures of its country of asylum stand for, by unit, where
    that is less than the year; `partial` are those of the countries of asylum that stand for less.
    """

    measure: Measure
    role: Role
    place: Place
    year: int
    period: Period
    release: Release
    countries: tuple[tuple[Country, Tally], ...]
    elsewhere: tuple[tuple[Country, Tally], ...]
    total: Tally
    caveats: tuple[Caveat, ...]
    extents: Mapping[Unit, Extent] = field(default_factory=dict)
    partial: tuple[tuple[Country, Unit, Extent], ...] = ()

    @property
    def covers(self) -> Extent:
        """What all its persons stand for, but for those of `partial` countries."""
        return self.extents.get(Unit.PERSONS) or Extent.of(self.year, self.period)
