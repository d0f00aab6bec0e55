"""Many figures at once, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.caveats import Caveat
    from data.model import Extent, Measure, Number, Place, Release, Unit


@dataclass(frozen=True, slots=True)
class Line:
    """One figure at one address; `place` names what its line is about.

    `extent` is what the figure stands for where its country of asylum never completed it.
    """

    place: Place
    year: int
    unit: Unit
    value: Number | None
    extent: Extent | None = None


@dataclass(frozen=True, slots=True)
class Extract:
    """One measure over years, as of a release: the oldest year first, then by origin, asylum and unit.

    Lines without a figure are left out, unless there is only one line a year and unit.
    """

    measure: Measure
    place: Place
    release: Release
    years: tuple[int, int]
    lines: tuple[Line, ...]
    caveats: tuple[Caveat, ...]
