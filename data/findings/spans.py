"""A measure over spans of years, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.caveats import Caveat
    from data.findings import Point, Series
    from data.model import Measure, Number, Place, Release, Unit


@dataclass(frozen=True, slots=True)
class Span:
    """A series over some years in one unit: its range, its mean, and what it adds up to.

    A flow of half a year is in the series, but in none of the sums; a stock of 30 June is in all of them.
    `counted` are the years with a figure that do enter. `overall` is the mean of counts (None where no year
    counts), or the rate of all those years' decisions together. `total` is the plain sum; of a stock it
    counts the same claims again every year, and of rates there is none.
    """

    series: Series
    counted: tuple[int, ...]
    lowest: Point | None
    highest: Point | None
    overall: Number | None
    total: Number | None

    @property
    def unit(self) -> Unit:
        """Persons or cases."""
        return self.series.unit

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year asked for."""
        return self.series.points[0].year, self.series.points[-1].year


@dataclass(frozen=True, slots=True)
class Period:
    """One measure of a place over one span, or over two beside each other, as of a release.

    `spans` are in the unit that has figures, persons first; `beside` those in cases, where there are any
    besides persons. `ratio` is how far the second span's mean is from the first's; None where that would
    mislead.
    """

    measure: Measure
    place: Place
    release: Release
    spans: tuple[Span, ...]
    beside: tuple[Span, ...]
    ratio: float | None
    caveats: tuple[Caveat, ...]
