"""Ranks, records, shares and changes, and when they would mislead. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from data.model import Extent, Measure, Nature, RevisionKind, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.coverage import Break
    from data.model import Area, Country, Number, Place, Tally


MIN_BASE = 50
"""Below this, a percentage change says more about UNHCR's rounding than about people."""

MIN_CARRIED = 1_000
"""A stock at least this large that equals the year before's to the last digit was hardly counted anew."""

ROUND_DOWN, MORE, LESS, CLOSE_TO = 0.95, 0.5, 0.4, 0.1
"""How far from a factor it is still said: down to a part of it, so much above it, or below it of “about”."""

LARGE_SHARE = 0.01
TRIFLE = 0.01
SMALL = 10


def span_times(times: float, *, about: bool = False) -> tuple[float, float]:
    """Return from how many times to how many something is said to be so many times as much.

    “Twice as many” is said of ×1.9 to ×2.5, “ten times” of ×9.5 to ×11, and “1.5 times” of a tenth around it.
    """
    spread = CLOSE_TO * times * (2 if about else 1)
    if times % 1:
        return times - spread, times + spread
    low = times - max(LESS, CLOSE_TO * times) if about else ROUND_DOWN * times
    return low, times + max(MORE, CLOSE_TO * times)


def compare_years(series: Series, year: int, nature: Nature, base: int | None = None) -> Change | None:
    """Compare a year with an earlier one, by default the one before.

    None when either is missing or half a year meets a whole one. A stock on 30 June may stand beside that of
    31 December: both are counts on a day. Where a country's stock was never brought to the end of the year,
    there is no percentage. Both years must be counted in one unit: see `mixes_units`.
    """
    after, before = series.at(year), series.at(year - 1 if base is None else base)
    if after is None or before is None or after.value is None or before.value is None:
        return None
    if nature is not Nature.STOCK and (after.partial or before.partial):
        return None
    never_completed = after.extent is not None or before.extent is not None
    ratio = None if never_completed else find_ratio(before.value, after.value, nature)
    return Change(before.year, before.value, after.value, ratio)


def set_beside(series: Series, year: int, base: int) -> Change | None:
    """Set a year beside an earlier one where one of them was never completed: they do not compare."""
    after, before = series.at(year), series.at(base)
    if after is None or before is None or after.value is None or before.value is None:
        return None
    return Change(base, before.value, after.value, None) if after.extent or before.extent else None


def mixes_units(*years: Tally) -> bool:
    """Say whether cases are more than a trifle beside persons in any of these years.

    Then the persons of two years do not compare: a country that moved part of its figures into
    cases would seem to have shrunk.
    """
    return any(bool(t.cases) and t.cases >= TRIFLE * (t.persons or 0) for t in years if t.cases is not None)


def find_ratio(before: Number, after: Number, nature: Nature) -> float | None:
    """Return after / before - 1, or None from a base too small for it; rates are never put so."""
    if nature is Nature.RATE or before < MIN_BASE:
        return None
    return after / before - 1


def find_standing(values: Mapping[str, Number | None], code: str, total: Number | None) -> Standing | None:
    """Rank `code` among the codes with a figure above zero; equal figures share a rank."""
    value = values.get(code)
    if not value:
        return None
    published = [v for v in values.values() if v]
    share = value / total if total else None
    return Standing(1 + sum(v > value for v in published), len(published), share)


def rank_values(values: Iterable[Number | None]) -> list[int | None]:
    """Return ranks for values that stand in falling order; equal values share one, None has none."""
    ranks: list[int | None] = []
    before: Number | None = None
    for place, value in enumerate(values, start=1):
        ranks.append(None if value is None else ranks[-1] if ranks and value == before else place)
        before = value
    return ranks


def is_carried_forward(now: Number | None, before: Number | None, whole: Number = 0) -> bool:
    """Say whether a stock that matters within the `whole` looks as if it had not been counted anew."""
    return now is not None and now == before and now >= max(MIN_CARRIED, LARGE_SHARE * whole)


def find_carried(
    now: Mapping[str, Number | None], before: Mapping[str, Number | None], whole: Number | None = None
) -> list[tuple[str, Number]]:
    """Return the codes whose large stock equals that of a year ago, with the stock, largest first.

    `whole` is the sum of all now, where only large ones are given.
    """
    if whole is None:
        whole = sum(value for value in now.values() if value)
    carried = [
        (code, value)
        for code, value in now.items()
        if value is not None and is_carried_forward(value, before.get(code), whole)
    ]
    return sorted(carried, key=lambda each: -each[1])


def find_silent(
    now: Mapping[str, Number | None], before: Mapping[str, Number | None], whole: Number | None = None
) -> list[str]:
    """Return the codes that held a large share a year ago and have no figure now, largest first.

    `whole` is the sum of all a year ago, where only large ones are given.
    """
    if whole is None:
        whole = sum(value for value in before.values() if value)
    silent = [
        code
        for code, value in before.items()
        if value and value >= max(LARGE_SHARE * whole, MIN_CARRIED) and now.get(code) is None
    ]
    return sorted(silent, key=lambda code: -(before[code] or 0))


def find_above(highest: Point | None, others: Iterable[Point]) -> Point | None:
    """Return the largest of the `others` whose figure is above the highest; None where none is.

    A count of half a year that is larger than any of whole years is no record, but makes theirs none either.
    """
    floor = highest.value if highest and highest.value is not None else None
    above = [each for each in others if each.value is not None and (floor is None or each.value > floor)]
    return max(above, key=lambda each: each.value or 0, default=None)


def fill_years(points: Mapping[int, Point], first: int, last: int) -> tuple[Point, ...]:
    """Return one point a year, without a figure where there is none."""
    return tuple([points.get(year) or Point(year, None) for year in range(first, last + 1)])


def count_small(values: Sequence[Number | None]) -> int:
    """Count the figures between one and nine."""
    return sum(1 for value in values if value and value < SMALL)


class Point(NamedTuple):
    """One year of a series. A `partial` point covers half a year, or stands on 30 June, or on another day.

    `extent` is what it stands for where its country never reported the whole year: then it is compared with
    no other point. None: what its release covers. A named tuple, as an answer takes hundreds of them.
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
        place = year - self.points[0].year if self.points else -1  # each year is asked for again and again
        return self.points[place] if 0 <= place < len(self.points) else None

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

    @property
    def peak(self) -> Peak | None:
        """Return what may be told of a record; of a single whole year nothing is the highest."""
        highest = self.highest
        whole = sum(point.value is not None and not point.partial for point in self.points)
        if highest is None or whole < 2:  # noqa: PLR2004 - a record is one of several
            return None
        return Peak(highest, find_above(highest, (point for point in self.points if point.partial)))


@dataclass(frozen=True, slots=True)
class Peak:
    """The highest of several whole years; `above` is the largest partial figure that is larger still.

    Where there is one, the whole year is told with it, and never as the record of all years.
    """

    whole: Point
    above: Point | None


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved between two years; `ratio` is None where a percentage would mislead."""

    year_before: int
    before: Number
    after: Number
    ratio: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """A place among others: its rank (1 is the largest), of how many, and its share of their sum.

    A group has no rank among countries, only a share.
    """

    rank: int | None
    among: int
    share: float | None


@dataclass(frozen=True, slots=True)
class CarriedForward:
    """A large stock is exactly that of the year before: probably not counted anew.

    `origin` is whose, where it is a part of a country's stock, or several origins are compared. `extent` is
    what the earlier one stood for where it was itself never brought to the end of its year.
    """

    country: Country
    value: int
    year: int
    before: int
    origin: Area | None = None
    extent: Extent | None = None
    measure: Measure = Measure.PENDING

    @property
    def since(self) -> Extent:
        """The day from which the figure stands."""
        return self.extent or Extent(self.before)


@dataclass(frozen=True, slots=True)
class Carried:
    """The parts of a stock that were carried forward, the largest first, and their share of it."""

    parts: tuple[CarriedForward, ...]
    share: float

    LARGE: ClassVar[float] = 0.2
    """From this share on it is said beside the figure itself."""

    @property
    def is_large(self) -> bool:
        """Whether the figure is misread without it."""
        return self.share >= self.LARGE

    def is_of(self, place: Place) -> bool:
        """Whether it is all of a country of asylum's own stock, not a part of a place's."""
        return [(each.origin, each.country) for each in self.parts] == [(None, place.asylum)]


@dataclass(frozen=True, slots=True)
class Changed:
    """One figure that a release changed, summed over what its place leaves open.

    `extent` is what the later figure stands for where a country of asylum never completed its year; so does
    the earlier one, unless a part was added. `breaks` are why the whole year's figure does not compare with
    that of the middle. `carried` is how much of either figure, a stock, was carried forward.
    """

    measure: Measure
    place: Place
    year: int
    unit: Unit
    before: Number | None
    after: Number | None
    kind: RevisionKind
    extent: Extent | None = None
    breaks: tuple[Break, ...] = ()
    carried: tuple[Carried | None, Carried | None] = (None, None)

    @property
    def size(self) -> Number:
        """How far it moved; a missing figure counts as zero."""
        return abs((self.after or 0) - (self.before or 0))

    @property
    def mends(self) -> bool:
        """Whether a figure that was thought final is another now, and not by a trifle."""
        corrected = self.kind is RevisionKind.CORRECTED and None not in (self.before, self.after)
        return corrected and self.extent is None and self.size >= TRIFLE * (self.before or 0)
