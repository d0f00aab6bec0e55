"""Where people went, or came from, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.caveats import Caveat
    from data.findings import Role
    from data.model import Country, Measure, Period, Place, Release, Tally


@dataclass(frozen=True, slots=True)
class Spread:
    """A measure in each country on one side of a claim in a year, as of a release.

    `countries` are those with a figure, the largest first, zeros last; entries that are no country are
    apart, in `elsewhere`.
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
