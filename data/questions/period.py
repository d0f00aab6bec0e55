"""One measure over a span of years, or over two: range, mean and total."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.caveats import (
    HalfYearLeftOut,
    MidYear,
    NotOneSeries,
    SmallBase,
    SmallCounts,
    StageUnknown,
    UnitsApart,
)
from data.coverage import CoverageKind
from data.errors import NoFigures, Unanswerable
from data.measures import MIN_DECISIONS, NOTHING, UNITS, count_substantive, sum_counts
from data.measures import measure as value_of
from data.model import Measure, Nature, Place, Unit, Years
from data.questions.carried import read_carried
from data.questions.comparability import mark_crossed, read_comparability
from data.questions.members import require_members
from data.questions.ranking import find_meaning_caveats
from data.questions.unknown_origins import find_origin_unknown, leave_out_of_ended
from data.questions.view import check_years
from data.statistics import MIN_BASE, SMALL, Change, compare_years, find_above, find_ratio
from data.store.rollups import FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Number, Release
    from data.questions.comparability import Comparability
    from data.questions.view import ReleaseView
    from data.statistics import Carried, Point, Series
    from data.store.figures import YearCounts


@dataclass(frozen=True, slots=True)
class AskPeriod:
    """One measure over a span of years, and against another span."""

    measure: Measure
    place: Place
    years: Years = (None, None)
    against: Years | None = None
    as_of: date | None = field(default=None, kw_only=True)


def choose_period(
    measure: Measure, place: Place, years: Years, against: Years, as_of: date | None
) -> AskPeriod:
    """Ask about one span, and about another where a year of it is named."""
    return AskPeriod(measure, place, years, None if against == (None, None) else against, as_of=as_of)


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """A series over some years in one unit: its range, its mean, and what it adds up to.

    What is of half a year is in the series, but enters nothing; a stock of 30 June enters the sum alone.
    `counted` are the years with a figure that do enter. `overall` is the mean of counts (None where no year
    counts), or the rate of all those years' decisions together. `total` is the plain sum; of a stock it
    counts the same claims again every year, and of rates there is none: these have `decisions` on the merits.
    """

    series: Series
    counted: tuple[int, ...]
    lowest: Point | None
    highest: Point | None
    overall: Number | None
    total: Number | None
    decisions: int | None = None

    @property
    def left_out(self) -> tuple[Point, ...]:
        """The points with a figure that enters nothing, as it does not stand for its year."""
        return tuple(p for p in self.series.points if p.value is not None and p.year not in self.counted)

    @property
    def added(self) -> tuple[int, ...]:
        """The years whose stocks the sum adds up."""
        return tuple(p.year for p in self.series.points if p.value is not None and p.extent is None)

    @property
    def above(self) -> Point | None:
        """The largest of those left out that is above the highest."""
        return find_above(self.highest, self.left_out)

    @property
    def crossed(self) -> tuple[Break, ...]:
        """The breaks that its mean passes over; a country's own partial year is left out of it."""
        if not self.counted:
            return ()
        first, last = self.counted[0], self.counted[-1]
        lasting = (
            at for at in self.series.breaks if at.kind is not CoverageKind.PARTIAL or at.share is not None
        )
        return tuple(at for at in lasting if first < last and at.lies_within(first, last))

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
    mislead. `change` is between the first and the last year of one span of a stock, which has no sum.
    `carried` is how much of the last stock was carried forward: it counts twice in a mean. `crossed` are
    breaks that `change` passes over.
    """

    measure: Measure
    place: Place
    release: Release
    spans: tuple[PeriodSpan, ...]
    beside: tuple[PeriodSpan, ...]
    ratio: float | None
    caveats: tuple[Caveat, ...]
    carried: Carried | None = None
    change: Change | None = None
    crossed: tuple[Break, ...] = ()

    @property
    def disturbed(self) -> tuple[int, ...]:
        """The years in which the series breaks, or a total has a partial part: they qualify `ratio`.

        A country's own partial years are left out of the means, and disturb none.
        """
        told = [each for each in self.caveats if isinstance(each, NotOneSeries)]
        breaks = [at for each in told for at in each.breaks]
        return tuple(
            sorted({at.year for at in breaks if at.kind is not CoverageKind.PARTIAL or at.share is not None})
        )


MAX_CARRIED = 2
TRIFLE = 0.01
"""Of the persons; more cases than that, and the persons of two spans do not compare."""


async def answer_period(
    view: ReleaseView, measure: Measure, place: Place, asked: Years, against: Years | None
) -> Period:
    """Sum up one span, or set two beside each other; the earlier question comes first."""
    years = [_choose_years(view, measure, each) for each in (asked, against) if each is not None]
    for span in years:
        require_members(view, [place], *span)
    if len(set(years)) < len(years):
        raise Unanswerable("spans-are-the-same")
    counts = await view.read(place)
    last = max(last for _, last in years)
    nameless = await find_origin_unknown(view, place, [measure], last)
    compared = await read_comparability(view, place, counts, nameless)
    in_unit = {
        unit: [_make_span(view, measure, compared, unit, counts, each, min(years)[0]) for each in years]
        for unit in UNITS
    }
    persons, cases = ([span for span in in_unit[unit] if _has_figures(span)] for unit in UNITS)
    if not persons and not cases:
        if measure.nature is Nature.RATE:
            span = min(first for first, _ in years), last
            raise NoFigures("no-rate-over-years", place=place, years=span, least=MIN_DECISIONS)
        raise NoFigures("no-figures-in-years", counted=(measure, place), spans=years)
    unit = Unit.PERSONS if persons else Unit.CASES
    spans, beside = tuple(in_unit[unit]), tuple(in_unit[Unit.CASES]) if persons and _any_cases(cases) else ()
    mixed = any(_mixes(*each) for each in zip(spans, beside, strict=False))
    change, crossed = _compare_ends(measure, spans, compared)
    if len(spans) == 1:
        spans = (replace(spans[0], series=mark_crossed(spans[0].series, crossed)),)
    begin = min(each.series.earliest.year for each in (*persons, *cases) if each.series.earliest)
    broken = _find_breaks(compared, measure, [(max(first, begin), end) for first, end in years], crossed)
    alone = all(first == last for first, last in years)
    ratio = None if mixed or (broken and alone) else _compare(measure, spans)
    known = [year for (year, _), each in counts.items() if value_of(measure, each) is not None]
    stale = await read_carried(view, measure, {place: counts}, last)
    carried = stale.get(place)
    newest = max((year for year in known if year <= last), default=last)
    small_base = ratio is None and not (mixed or broken) and len(spans) > 1
    return Period(
        measure,
        place,
        view.release,
        spans,
        beside,
        ratio,
        (
            *broken,
            *leave_out_of_ended(compared.name_origins([measure], last), newest),
            *_find_caveats(measure, [*spans, *beside], small_base=small_base),
            *(carried.parts[:MAX_CARRIED] if carried else ()),
        ),
        carried,
        change,
        crossed,
    )


def _compare_ends(
    of: Measure, spans: Sequence[PeriodSpan], compared: Comparability
) -> tuple[Change | None, tuple[Break, ...]]:
    counted = spans[0].counted
    if of.nature is not Nature.STOCK or len(spans) > 1 or len(counted) < 2:  # noqa: PLR2004 - both ends
        return None, ()
    change = compare_years(spans[0].series, counted[-1], of.nature, counted[0])
    return compared.temper(of, change, counted[-1])


def _find_breaks(
    compared: Comparability, of: Measure, years: Sequence[tuple[int, int]], crossed: Sequence[Break]
) -> list[NotOneSeries]:
    """Say which years of the spans stand for less, and where the series breaks between first and last."""
    first, last = min(first for first, _ in years), max(last for _, last in years)
    listed = compared.list_breaks(of)
    within = tuple(
        at
        for at in (*listed, *(at for at in crossed if at not in listed))
        if at.lies_within(first, last)
        and not (at.of_one_year and not any(begin <= at.year <= end for begin, end in years))
    )
    return [NotOneSeries(of, within)] if within else []


def _choose_years(view: ReleaseView, of: Measure, asked: Years) -> tuple[int, int]:
    begin = of.row.first_year
    first = begin if asked[0] is None else view.choose_year(asked[0], of)
    last = view.choose_year(asked[1], of)
    check_years(first, last)
    return first, last


def _make_span(
    view: ReleaseView,
    of: Measure,
    compared: Comparability,
    unit: Unit,
    counts: YearCounts,
    years: tuple[int, int],
    begin: int,
) -> PeriodSpan:
    first, last = years
    series = compared.mark(of, view.series(compared.place, unit, of, counts, first, last), begin)
    counted = [
        point
        for point in series.points
        if point.value is not None and point.extent is None and not point.partial
    ]
    values = [point.value or 0 for point in counted]
    whole = [point for point in series.points if point.value is not None and point.extent is None]
    added = whole if of.nature is Nature.STOCK else counted
    total = sum(point.value or 0 for point in added) if values and of.nature is not Nature.RATE else None
    decisions = None
    if of.nature is Nature.RATE:
        years_pooled = [point.year for point in series.points if not point.partial]
        pooled = sum_counts(counts.get((year, unit), NOTHING) for year in years_pooled)
        overall, decisions = value_of(of, pooled), count_substantive(pooled)
    else:
        overall = sum(values) / len(values) if values else None
    return PeriodSpan(
        series,
        tuple(point.year for point in counted),
        min(counted, key=lambda point: point.value or 0, default=None),
        max(counted, key=lambda point: point.value or 0, default=None),
        overall,
        total,
        decisions,
    )


def _has_figures(span: PeriodSpan) -> bool:
    return any(point.value is not None for point in span.series.points)


def _any_cases(spans: Sequence[PeriodSpan]) -> bool:
    return any(point.value for span in spans for point in span.series.points)


def _mixes(persons: PeriodSpan, cases: PeriodSpan) -> bool:
    """Say whether cases are more than a trifle beside the persons, so that these alone do not compare."""
    return bool(cases.total) and (cases.total or 0) >= TRIFLE * (persons.total or 0)


def _compare(of: Measure, spans: Sequence[PeriodSpan]) -> float | None:
    if len(spans) == 1 or spans[0].overall is None or spans[1].overall is None:
        return None
    return find_ratio(spans[0].overall, spans[1].overall, of.nature)


def _find_caveats(of: Measure, spans: Sequence[PeriodSpan], *, small_base: bool) -> list[Caveat]:
    last = max(span.years[1] for span in spans)
    found: list[Caveat] = [
        each for each in find_meaning_caveats(of, last, MIN_DECISIONS) if not isinstance(each, StageUnknown)
    ]
    if of is Measure.APPLICATIONS and min(span.years[0] for span in spans) < FIRST_YEAR_OF_NEW:
        found.append(StageUnknown(FIRST_YEAR_OF_NEW - 1))
    points = [point for span in spans for point in span.series.points]
    halves = {p.year for p in points if p.partial and p.extent is None and p.value is not None}
    for year in sorted(halves):
        found.append(MidYear(year, of.nature))
        if of.nature is not Nature.STOCK:
            found.append(HalfYearLeftOut(year))
    if len({span.unit for span in spans}) > 1:
        found.append(UnitsApart())
    if of.nature is Nature.RATE:
        return found
    if small_base:
        found.append(SmallBase(MIN_BASE))
    if any(0 < (point.value or 0) < SMALL for point in points):
        found.append(SmallCounts())
    return found
