"""What a finding says to the aim of a question: whether it is so, and the figures that show it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.model import Group, Measure, Nature, Per, RankBy, Unit
from data.questions.period import TRIFLE, Period
from data.questions.top import AskTop, Top
from data.questions.trend import AskTrend, Trend
from data.reading.ask.outcome import Point
from data.statistics import mixes_units

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Area, Extent, Number, Place
    from data.questions.registry import Finding, Question
    from data.reading.ask.outcome import Aim
    from data.statistics import Point as YearPoint
    from data.statistics import Series


_CHANGES = (Point.CHANGED, Point.PERCENT, Point.TIMES)
_MOST_A_CASE = 3
"""So many persons are hardly in a case, on average of a year."""


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure and whose it is; `extent` is what it stands for where its country never completed its year.

    `cases` are counted apart, beside persons.
    """

    whose: Place | Area
    value: Number
    year: int
    extent: Extent | None = None
    cases: Number | None = None

    @property
    def is_part(self) -> bool:
        """Say whether there may be more than this."""
        return self.extent is not None or bool(self.cases)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The aim, whether it `holds` (None: it is no yes or no), and the figures, those asked of first.

    `value` is what is worked out of them: a difference, a sum, a share, a ratio of change, or a rank.
    `crossed`: the series breaks between them; what is not `compared` is of two kinds, or of parts of years.
    """

    aim: Aim
    measure: Measure
    holds: bool | None
    figures: tuple[Figured, ...]
    value: Number | None = None
    crossed: bool = False
    compared: bool = True


def judge(aim: Aim, question: Question, found: Finding) -> Verdict | None:
    """Hold a finding against an aim; None where it has not the figures."""
    if isinstance(found, Top) and isinstance(question, AskTop):
        return _judge_ranking(aim, question, found)
    if isinstance(found, Period):
        return _judge_average(aim, found)
    if not isinstance(found, Trend) or not isinstance(question, AskTrend) or found.per is not Per.NONE:
        return None
    if aim.point in _CHANGES or (aim.point is Point.DIFFERENCE and len(question.places) == 1):
        return _judge_change(aim, question, found)
    if aim.point is Point.PASSED:
        return _judge_passing(aim, found)
    return _judge_record(aim, found) if aim.point is Point.RECORD else _judge_figures(aim, found)


def _judge_figures(aim: Aim, found: Trend) -> Verdict | None:
    """Hold the last year's figures of all places against the aim."""
    figures = tuple(_read_latest(found))
    if not figures:
        return None
    one, apart = figures[0], any(each.cases for each in figures)
    match aim.point:
        case Point.SOME:
            return Verdict(aim, found.measure, one.value > 0, figures[:1])
        case Point.ABOVE if not (one.is_part and one.value <= (aim.value or 0)):  # else all may be above
            limit = aim.value or 0
            return Verdict(aim, found.measure, (one.value - limit) * aim.sign > 0, figures[:1], limit)
        case Point.TOGETHER if len(figures) == len(found.series) and not _overlap(found):
            return Verdict(aim, found.measure, None, figures, sum(each.value for each in figures))
        case Point.SHARE | Point.WITHOUT if len(figures) == len(found.series) > 1 and one.value and not apart:
            parts = sum(each.value for each in figures[1:])
            value = parts / one.value if aim.point is Point.SHARE else one.value - parts
            return Verdict(aim, found.measure, None, figures, value)
        case Point.MORE | Point.DIFFERENCE if len(figures) > 1 and _may_compare(aim, found, *figures[:2]):
            difference = one.value - figures[1].value
            holds = difference * aim.sign > 0 if aim.whether else None
            return Verdict(aim, found.measure, holds, figures[:2], difference)
    return None


def _overlap(found: Trend) -> bool:
    """Say whether some people would be added twice, as those in Germany to those in the EU."""
    year = found.years[1]
    return any(
        _meet(one.place.origin, other.place.origin, year)
        and _meet(one.place.asylum, other.place.asylum, year)
        for one, other in combinations(found.series, 2)
    )


def _meet(one: Area | None, other: Area | None, year: int) -> bool:
    """Say whether a country is in both; where none is named, all are meant."""
    if one is None or other is None:
        return True
    mine, others = (members(a.code, year) if isinstance(a, Group) else {a.code} for a in (one, other))
    return not mine.isdisjoint(others)


def _may_compare(aim: Aim, found: Trend, one: Figured, other: Figured) -> bool:
    """Say whether figures stand for the same; of a part only that it is more already can be told."""
    if one.extent == other.extent and not (one.cases or other.cases):
        return True
    larger, smaller = (one, other) if one.value > other.value else (other, one)
    return aim.whether and found.measure.nature is Nature.FLOW and larger.is_part and not smaller.is_part


def _read_latest(found: Trend) -> list[Figured]:
    """Read the last year's figure of each place, in the unit of the first."""
    unit = found.series[0].unit
    alike = [each for each in found.series if each.unit is unit]
    figures = []
    for series in alike:
        point = series.at(found.years[1]) or series.latest
        if point and point.value is not None:
            cases = _find_cases(found, series, point.year)
            figures.append(Figured(series.place, point.value, point.year, point.extent, cases))
    same = len({each.year for each in figures}) <= 1
    return figures if same and all(_is_whole(series) for series in alike) else []


def _find_cases(found: Trend, persons: Series, year: int) -> Number | None:
    """Return what is counted apart from persons; of a rate nothing is."""
    if persons.unit is Unit.CASES or found.measure.nature is Nature.RATE:
        return None
    apart = (each for each in (*found.series, *found.beside) if each.unit is Unit.CASES)
    points = (each.at(year) for each in apart if each.place == persons.place)
    return next((point.value for point in points if point), None)


def _is_whole(series: Series) -> bool:
    return series.unit is Unit.PERSONS or series.latest is not None


def _judge_change(aim: Aim, question: AskTrend, found: Trend) -> Verdict | None:
    """Hold the last year against the one it is compared with, or the other way round.

    Neither yes nor no is told of years that do not compare, unless what is known is enough for it; nor of
    a difference that breaks in the series may make.
    """
    pair = _read_pair(found)
    if pair is None:
        return None
    before, after = pair
    one, other = (before, after) if aim.back else (after, before)
    ratio = one.value / other.value if other.value else None
    crossed, change = bool(found.crossed), found.change
    compared = change is not None and not any(at.of_one_year for at in found.crossed)
    holds: bool | None = None
    asked = {*found.single, question.first, found.years[1]} - {None}
    if aim.point is Point.CHANGED and asked <= {before.year, after.year}:
        holds = _holds(aim, one, other, ratio)
        larger, smaller = (one, other) if one.value > other.value else (other, one)
        if not compared:
            # Of a total, a country in it may have half a year.
            parts = {at.year for at in (*found.crossed, *found.whole.breaks) if at.of_one_year}
            whole = not smaller.is_part and smaller.year not in parts
            least = found.measure.nature is Nature.FLOW and larger.is_part and whole
            holds = holds if least and (holds or (ratio or 0) < 1 < (aim.value or 0)) else None
        elif aim.value is None and crossed and (change is None or change.ratio is None):
            holds = None
    return Verdict(aim, found.measure, holds, pair, ratio, crossed, compared)


def _holds(aim: Aim, one: Figured, other: Figured, ratio: float | None) -> bool | None:
    """Say whether a figure is so much more than another, or so much less."""
    if aim.value is None:
        return (one.value - other.value) * aim.sign > 0
    if ratio is None:
        return None
    return ratio >= aim.value if aim.value > 1 else ratio <= aim.value


def _read_pair(found: Trend) -> tuple[Figured, Figured] | None:
    """Read the two years that are compared, as they were published; None where there are not two."""
    main = found.series[0]
    last = main.latest
    if last is None:
        return None
    year = found.change.year_before if found.change else min(found.years[0], last.year - 1)
    first = main.at(year)
    if first is None or first.value is None:
        return None
    before, after = (
        Figured(main.place, point.value or 0, point.year, point.extent, _find_cases(found, main, point.year))
        for point in (first, last)
    )
    return before, after


def _judge_record(aim: Aim, found: Trend) -> Verdict | None:
    """Tell the highest or the lowest of the years; no figure where another may be it."""
    points = _list_points(found)
    full = [each for each in points if not each.partial]
    record = max(full, key=lambda each: (each.value or 0) * aim.sign, default=None)
    if record is None or len(full) == 1 or (found.single and found.crossed):
        return None
    own = any(at.year == record.year for at in found.whole.breaks) and not found.single
    bound, others = _bound(found, record), [each for each in points if each is not record]
    if aim.sign > 0:
        rivals = any(_bound(found, each) > (record.value or 0) for each in others)
        rivals |= any(2 * (each.value or 0) > (record.value or 0) for each in _list_parts(found, others))
    else:
        rivals = any((each.value or 0) <= bound for each in others)
    if own or rivals:
        return None if aim.sign > 0 else Verdict(aim, found.measure, None, ())
    holds = record.year == found.years[1] if aim.whether else None
    figures = [record] if aim.sign > 0 or found.single else [record, points[0], points[-1]]
    return Verdict(aim, found.measure, holds, tuple(_figure(found, each) for each in figures))


def _list_parts(found: Trend, points: Iterable[YearPoint]) -> list[YearPoint]:
    """List those that stand for part of a year, or in which a country does; of a stock there are none."""
    if found.measure.nature is not Nature.FLOW:
        return []
    parts = {at.year for at in found.whole.breaks if at.of_one_year}
    return [each for each in points if each.partial or each.year in parts]


def _bound(found: Trend, point: YearPoint) -> Number:
    """Return how many persons a figure and the cases beside it are at most."""
    return (point.value or 0) + _MOST_A_CASE * (_find_cases(found, found.whole, point.year) or 0)


def _judge_passing(aim: Aim, found: Trend) -> Verdict:
    """Tell the years above a number, or below it; not `compared` where more may be, counted in part."""
    limit = aim.value or 0
    points = _list_points(found)
    unsure = any((each.value or 0) <= limit < _bound(found, each) + each.partial * limit for each in points)
    passed = [each for each in points if ((each.value or 0) - limit) * aim.sign > 0]
    if unsure and aim.sign < 0:
        passed = [each for each in passed if _bound(found, each) < limit and not each.partial]
    holds = (bool(passed) or (None if unsure else False)) if aim.whether else None
    figures = tuple(_figure(found, each) for each in passed)
    return Verdict(aim, found.measure, holds, figures, limit, compared=not unsure)


def _list_points(found: Trend) -> list[YearPoint]:
    """List the years with a figure; of single ones only these."""
    chosen = found.single or [each.year for each in found.whole.points]
    return [each for each in found.whole.points if each.value is not None and each.year in chosen]


def _figure(found: Trend, point: YearPoint) -> Figured:
    return Figured(found.whole.place, point.value or 0, point.year, point.extent)


def _judge_average(aim: Aim, found: Period) -> Verdict | None:
    """Tell the mean of a flow in persons; that of a stock, and the rate of all years, the headline has."""
    span = found.spans[0]
    if found.measure.nature is not Nature.FLOW or span.unit is not Unit.PERSONS or span.overall is None:
        return None
    if any(
        (each.value or 0) > TRIFLE * span.overall for apart in found.beside for each in apart.series.points
    ):
        return None
    mean = Figured(found.place, round(span.overall), span.years[1])
    return Verdict(aim, found.measure, None, (mean,), round(span.overall))


def _judge_ranking(aim: Aim, question: AskTop, found: Top) -> Verdict | None:
    if aim.point is Point.TOP_SHARE:
        return _judge_few(aim, found)
    rows = (*found.picked, *found.rows)
    row = next((each for each in rows if question.of and each.country.code == question.of.code), None)
    if row is None or row.value is None:
        return None
    if row.extent and row.rank != 1 and aim.point is not Point.SHARE:  # a whole year may rank higher
        return None
    of_one_year = found.years[0] == found.years[1]
    figures = [Figured(row.country, row.value, found.year, row.extent if of_one_year else None)]
    if aim.point is Point.SHARE:
        holds = (row.share or 0) > 1 / 2 if aim.whether else None  # “are most from there?”
        return None if row.share is None else Verdict(aim, found.measure, holds, tuple(figures), row.share)
    first = found.rows[0]
    if first is not row and first.value is not None and question.by is RankBy.AMOUNT:
        figures.append(Figured(first.country, first.value, found.year, first.extent if of_one_year else None))
    return Verdict(aim, found.measure, row.rank == aim.value, tuple(figures), row.rank)


def _judge_few(aim: Aim, found: Top) -> Verdict | None:
    """Tell what share the first few have together, where all are counted alike."""
    rows = found.rows[: int(aim.value or 0)]
    total = found.total.persons
    alike = all(each.rank is not None and each.extent is None and each.value is not None for each in rows)
    if len(rows) < (aim.value or 0) or not alike or not total or found.extent or mixes_units(found.total):
        return None
    figures = tuple(Figured(each.country, each.value or 0, found.year) for each in rows)
    return Verdict(aim, found.measure, None, figures, sum(each.value for each in figures) / total)
