"""What became of claims, as a value."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.model import Measure, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Extent, Level, Place, Release, Tally


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of one year: the four outcomes, their sum and both rates, and the rates' denominator.

    A `partial` year covers January–June only, or its `extents`, which a country of asylum never completed.
    A rate is missing on fewer than 50 substantive decisions.
    """

    year: int
    partial: bool
    tallies: Mapping[Measure, Tally]
    substantive: Tally
    extents: Mapping[Unit, Extent] = field(default_factory=dict)

    @property
    def extent(self) -> Extent | None:
        """What the decisions stand for, in the unit that they are told in."""
        return self.extents.get(
            Unit.CASES if self.tallies[Measure.DECISIONS].persons is None else Unit.PERSONS
        )


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What was decided on claims of a place over consecutive years, as of a release.

    `latest` is the newest year with a decision. `at_all_levels` are the substantive decisions of that
    year at every level, to set those at first instance beside.
    """

    place: Place
    level: Level
    release: Release
    years: tuple[Decided, ...]
    latest: Decided
    at_all_levels: Tally
    caveats: tuple[Caveat, ...]
    breaks: tuple[Break, ...] = ()
