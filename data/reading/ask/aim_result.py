"""What a finding says to the aim of a question: whether it is so, and the figures that show it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from itertools import combinations, pairwise
from math import inf
from typing import TYPE_CHECKING

from data.caveats import NotCountries
from data.countries.groups import members
from data.model import Group, Measure, Nature, Per, RankBy, Unit
from data.questions.comparability import Bounds, bound
from data.questions.period import TRIFLE, Period
from data.questions.top import AskTop, Top
from data.questions.trend import AskTrend, Trend
from data.questions.view import UNKNOWN
from data.reading.ask.outcome import AimKind
from data.reading.ask.shares import is_share
from data.reading.numbers import Bound
from data.statistics import mixes_units, span_times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.model import Area, Extent, Number, Place
    from data.questions.registry import Finding, Question
    from data.reading.ask.outcome import Aim
    from data.statistics import Point, Series


ANYTHING = Bounds(0, inf)
_SMALL_BREAKS, _FAR_APART = 0.5, 2
"""Across breaks of parts of a total that are less than half of it, twice as many are more."""
_ROUNDED, _ABOUT, _OF_PART, _WHOLE = 0.05, 0.1, 0.1, 0.999
MIN_LISTED, MAX_LISTED = 3, 16
_STEADY = 3
"""So many years make a row."""
_FAR = (AimKind.PERCENT, AimKind.TIMES, AimKind.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Figured:
    """A figure and whose it is; `extent` is what it stands for where its country never completed its year.

    `cases` are counted apart, beside persons; `bounds` are what it is at least and at most, where it may be
    held against another.
    """

    whose: Place | Area
    value: Number
    year: int
    extent: Extent | None = None
    cases: Number | None = None
    bounds: Bounds = ANYTHING


@dataclass(frozen=True, slots=True)
class AimResult:
    """The aim, whether it `holds` (None: it is no yes or no), and the figures, those asked of first.

    `value` is what is worked out of them: a difference, a sum, a share, a ratio of change, or a rank.
    `crossed`: the series breaks between them; what is not `compared` is of two kinds, or of parts of years.
    `since` is the first year of sums; `per_head`: they are set against inhabitants.
    """

    aim: Aim
    measure: Measure
    holds: bool | None
    figures: tuple[Figured, ...]
    value: Number | None = None
    crossed: bool = False
    compared: bool = True
    since: int | None = None
    per_head: bool = False


def judge(aim: Aim, question: Question, found: Finding) -> AimResult | None:
    """Hold a finding against an aim; None where it has not the figures."""
    if _is_share_of_counts(aim, found):
        return None
    if isinstance(found, Top) and isinstance(question, AskTop):
        return _judge_ranking(aim, question, found)
    if isinstance(found, Period):
        return _judge_average(aim, found)
    if not isinstance(found, Trend) or not isinstance(question, AskTrend):
        return None
    if found.per is not Per.NONE:
        return _judge_per(aim, found)
    alone = len(question.places) == 1
    if aim.point is AimKind.CHANGED or (alone and aim.point in _FAR):
        return _judge_change(aim, question, found)
    if aim.point is AimKind.EACH:
        return _list_each(aim, question, found)
    return _JUDGES.get(aim.point, _judge_figures)(aim, found)


def _is_share_of_counts(aim: Aim, found: Finding) -> bool:
    """Say whether a percentage is asked about where people are counted: “are more than 70% hosted in …”."""
    rated = isinstance(found, Trend | Top | Period) and found.measure.nature is Nature.RATE
    rated = rated or (isinstance(found, Trend) and found.per is not Per.NONE)
    return aim.point is AimKind.ABOVE and aim.value is not None and aim.value < 1 and not rated


def judge_across(aim: Aim, found: Sequence[Finding]) -> AimResult | None:
    """Hold places against each other, each in a year of its own; or add up their sums over the same years."""
    periods = [each for each in found if isinstance(each, Period)]
    if len(periods) == len(found):
        return _add_sums(aim, periods)
    trends = [each for each in found if isinstance(each, Trend) and each.per is Per.NONE]
    figures = tuple(figure for each in trends for figure in _read_latest(each)[:1])
    return _hold(aim, trends[0], figures) if len(figures) == len(found) else None


def _add_sums(aim: Aim, found: Sequence[Period]) -> AimResult | None:
    """Add up what places had in the same years; None where some years are wanting, or counted in cases."""
    figures, years = [], {each.spans[0].years for each in found}
    if _overlap([each.place for each in found], max(last for _, last in years)):
        return None
    for each in found:
        span, (first, last) = each.spans[0], each.spans[0].years
        whole = len(span.counted) == last - first + 1 and span.unit is Unit.PERSONS
        if not whole or each.beside or span.total is None:
            return None
        figures.append(Figured(each.place, span.total, last))
    if len(years) > 1:
        return None
    total = sum(each.value for each in figures)
    return AimResult(aim, found[0].measure, None, tuple(figures), total, since=next(iter(years))[0])


def _judge_figures(aim: Aim, found: Trend) -> AimResult | None:
    """Hold the last year's figures of all places against the aim."""
    if aim.point is AimKind.MOVED_MORE:
        return _judge_moves(aim, found)
    figures = tuple(_read_latest(found))
    return _hold(aim, found, figures) if figures else None


def _judge_per(aim: Aim, found: Trend) -> AimResult | None:
    """Tell who has more per inhabitant, of two or several places; the answer has the figures."""
    if aim.point is AimKind.PER_SO_MANY:
        point = found.series[0].at(found.years[1]) or found.series[0].latest
        if point is None or point.value is None:
            return None
        return AimResult(aim, found.measure, None, (), point.value * (aim.value or 0), per_head=True)
    if aim.point is AimKind.ABOVE and aim.value and aim.value < 1 and len(found.series) == 1:
        point = found.series[0].at(found.years[1]) or found.series[0].latest
        if point is None or point.value is None:
            return None
        return AimResult(aim, found.measure, is_share(aim, point.value), (), point.value, per_head=True)
    if aim.point not in (AimKind.MORE, AimKind.WHICH) or aim.value or len(found.series) < 2:  # noqa: PLR2004
        return None
    year, per = found.years[1], {}
    for series, counted in zip(found.series, found.counted, strict=True):
        point, whole = series.at(year), counted.at(year)
        if point is None or whole is None or not point.value or not whole.value:
            return None
        bounds = bound(found.measure, counted, whole, _find_cases(found, counted, year))
        inhabitants = whole.value / point.value
        apart = Bounds(bounds.least / inhabitants, bounds.most / inhabitants)
        per[series.place] = Figured(series.place, point.value, year, bounds=apart)
    figures = tuple(per.values())
    if aim.point is AimKind.WHICH:
        ahead = _choose_ahead(aim, found.measure, figures)
        return ahead and replace(ahead, per_head=True)
    one, *others = (each.bounds for each in figures)
    held = [more.exceeds(less) for more, less in ((one, each)[:: aim.sign] for each in others)]
    holds = False if False in held else None if None in held else True
    return None if holds is None else AimResult(aim, found.measure, holds, figures, per_head=True)


def _judge_day(aim: Aim, found: Trend) -> AimResult | None:
    """Share a whole year's persons among its days; no figure where some are in cases, or counted in part."""
    figures = _read_latest(found)
    if len(figures) != 1 or figures[0].extent or figures[0].cases or found.series[0].unit is not Unit.PERSONS:
        return AimResult(aim, found.measure, None, ())
    year = figures[0].year
    days = (date(year + 1, 1, 1) - date(year, 1, 1)).days
    return AimResult(aim, found.measure, None, tuple(figures), figures[0].value / days)


def _judge_moves(aim: Aim, found: Trend) -> AimResult | None:
    """Tell which of two places moved more; None where their years do not compare."""
    others = list(found.moved.items())
    if found.change is None or found.crossed or len(others) != 1 or others[0][1][1]:
        return None
    (place, (other, _)), one = others[0], found.change
    if one.ratio is None or other.ratio is None or found.years[0] != one.year_before:
        return None
    figures = [
        Figured(whose, change.after - change.before, found.years[1])
        for whose, change in ((found.series[0].place, one), (place, other))
    ]
    ahead = [
        aim.sign * (one.after - one.before - other.after + other.before),
        aim.sign * (one.ratio - other.ratio),
    ]
    alike = (ahead[0] > 0) is (ahead[1] > 0)
    holds = ahead[0] > 0 if aim.whether and alike else None
    return AimResult(aim, found.measure, holds, tuple(figures[:: 1 if ahead[0] > 0 else -1]), compared=alike)


def _hold(aim: Aim, found: Trend, figures: tuple[Figured, ...]) -> AimResult | None:
    """Hold figures against each other, or against what was named."""
    one, apart = figures[0], any(each.cases for each in figures)
    of, others = found.measure, figures[1:]
    match aim.point:
        case AimKind.SOME:
            return AimResult(aim, of, one.value > 0 or None if one.bounds.most else False, figures[:1])
        case AimKind.ABOVE:
            holds = _is_so(aim, of, one)
            return None if holds is None else AimResult(aim, of, holds, figures[:1], aim.value)
        case AimKind.TOGETHER if len(figures) == len(found.series) and not _overlap(
            [each.place for each in found.series], found.years[1]
        ):
            return AimResult(aim, of, None, figures, sum(each.value for each in figures))
        case AimKind.INCLUDING if len(figures) == len(found.series):
            return AimResult(aim, of, None, figures)
        case AimKind.SHARE | AimKind.WITHOUT if (
            len(figures) == len(found.series) > 1 and one.value and not apart
        ):
            return _part(aim, of, figures)
        case AimKind.WHICH if len(figures) == len(found.series) > 1:
            return _choose_ahead(aim, of, figures)
        case AimKind.MORE if len(others) > 1:
            each = [(one.bounds, other.bounds)[:: aim.sign] for other in others]
            held = [more.exceeds(less) for more, less in each]
            holds = all(held) if None not in held else None
            return None if holds is None else AimResult(aim, of, holds, figures)
        case AimKind.MORE if others:
            more, less = (one.bounds, others[0].bounds)[:: aim.sign]
            holds = _hold_factor(aim, more, less)
            beside = _set_beside(aim, one, others[0])
            return None if holds is None else AimResult(aim, of, holds, figures[:2], beside)
        case AimKind.DIFFERENCE | AimKind.TIMES if others and _are_alike(one, others[0]):
            beside = _set_beside(aim, one, others[0])
            return None if beside is None else AimResult(aim, of, None, figures[:2], beside)
    return None


def _part(aim: Aim, of: Measure, figures: tuple[Figured, ...]) -> AimResult:
    """Take the parts of a whole together: what share they have of it, or what is left without them."""
    whole, parts = figures[0].value, sum(each.value for each in figures[1:])
    if aim.point is AimKind.WITHOUT:
        return AimResult(aim, of, None, figures, whole - parts)
    return AimResult(aim, of, is_share(aim, parts / whole) if aim.whether else None, figures, parts / whole)


def _is_so(aim: Aim, of: Measure, one: Figured) -> bool | None:
    """Say whether a figure passes a number, or is the round one that is said: 5% around it."""
    if aim.sign:
        return one.bounds.passes(aim.value or 0, aim.sign)
    if of.nature is Nature.RATE:
        return is_share(aim, one.value)
    if one.extent or one.cases or not aim.value:
        return None
    far = _ABOUT if aim.bound is Bound.ABOUT else _ROUNDED
    return abs(one.value - aim.value) <= far * aim.value


def _choose_ahead(aim: Aim, of: Measure, figures: Sequence[Figured]) -> AimResult | None:
    """Set those with more before the others, or with fewer; None where nobody knows who is first."""
    first, *others = ordered = sorted(figures, key=lambda each: -aim.sign * each.value)
    for other in others:
        more, less = (first.bounds, other.bounds)[:: aim.sign]
        if not more.exceeds(less):
            return None
    return AimResult(aim, of, None, tuple(ordered))


def _set_beside(aim: Aim, one: Figured, other: Figured) -> Number | None:
    """Return how many more one figure is, or how many times the other, where that is asked for."""
    if aim.value is None and aim.point is not AimKind.TIMES:
        return one.value - other.value
    return one.value / other.value if other.value else None


def _are_alike(one: Figured, other: Figured) -> bool:
    """Say whether figures stand for the same part of a year, so that they can be told by how much."""
    return one.extent == other.extent and not (one.cases or other.cases)


def _overlap(places: Sequence[Place], year: int) -> bool:
    """Say whether some people would be added twice, as those in Germany to those in the EU."""
    return any(
        _meet(one.origin, other.origin, year) and _meet(one.asylum, other.asylum, year)
        for one, other in combinations(places, 2)
    )


def _meet(one: Area | None, other: Area | None, year: int) -> bool:
    """Say whether a country is in both; where none is named, all are meant."""
    if one is None or other is None:
        return True
    mine, others = (members(a.code, year) if isinstance(a, Group) else {a.code} for a in (one, other))
    return not mine.isdisjoint(others)


def _read_latest(found: Trend) -> list[Figured]:
    """Read the last year's figure of each place, in the unit of the first."""
    unit = found.series[0].unit
    alike = [each for each in found.series if each.unit is unit]
    figures = []
    for series in alike:
        point = series.at(found.years[1]) or series.latest
        if point and point.value is not None:
            figures.append(_figure(found, series, point))
    same = len({each.year for each in figures}) <= 1
    return figures if same and all(_is_whole(series) for series in alike) else []


def _find_cases(found: Trend, persons: Series, year: int) -> Point | None:
    """Return what is counted apart from persons; of a rate nothing is."""
    if persons.unit is Unit.CASES or found.measure.nature is Nature.RATE:
        return None
    apart = (each for each in (*found.series, *found.beside) if each.unit is Unit.CASES)
    points = (each.at(year) for each in apart if each.place == persons.place)
    return next((point for point in points if point), None)


def _is_whole(series: Series) -> bool:
    return series.unit is Unit.PERSONS or series.latest is not None


def _judge_change(aim: Aim, question: AskTrend, found: Trend) -> AimResult | None:
    """Hold the last year against the one it is compared with, or the other way round.

    Neither yes nor no is told where what is known of the two is not enough for it, nor of a difference that
    breaks in the series may make.
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
    if aim.point is AimKind.CHANGED and asked <= {before.year, after.year}:
        more, less = (one.bounds, other.bounds)[:: aim.sign]
        holds = _hold_factor(aim, more, less)
        lasting = [at.share for at in found.crossed if not at.of_one_year]
        if lasting and (aim.value is None or holds) and (change is None or change.ratio is None):
            # A break of parts of a total may make a change, but none that large.
            small = None not in lasting and sum(each or 0 for each in lasting) < _SMALL_BREAKS
            apart = more.exceeds(less, _FAR_APART) or less.exceeds(more, _FAR_APART)
            holds = holds if small and apart else None
        if (
            holds is None and aim.value is not None and compared
        ):  # as published it did not: told with the break
            published = [Bounds(each.value, each.value) for each in (one, other)][:: aim.sign]
            holds = False if _hold_factor(aim, *published) is False else None
    return AimResult(aim, found.measure, holds, pair, ratio, crossed, compared)


def _hold_factor(aim: Aim, more: Bounds, less: Bounds) -> bool | None:
    """Say whether one is so many times the other as is said: “twice”, “at least twice”, “exactly twice”."""
    factor = _factor(aim)
    if aim.value is None or aim.bound is Bound.OVER:
        return more.exceeds(less, factor)
    if aim.bound is Bound.UNDER:
        held = more.exceeds(less, factor)
        return None if held is None else not held
    low, high = _span_of_part(aim) or span_times(factor, about=aim.bound is Bound.ABOUT)
    if aim.exactly:
        high = 2 * factor - low
    enough, beyond = more.exceeds(less, low), more.exceeds(less, high)
    if enough is False or (beyond and (aim.exactly or aim.bound is Bound.ABOUT)):
        return False
    return True if enough and beyond is not None else None


def goes_beyond(verdict: AimResult) -> bool:
    """Say whether it is so, and far more than was asked: 11 times as many where “doubled” was."""
    aim, ratio = verdict.aim, verdict.value
    moved = aim.point in (AimKind.CHANGED, AimKind.MORE) and aim.bound is Bound.PLAIN
    if not (moved and verdict.holds and aim.value and ratio):
        return False
    _, high = _span_of_part(aim) or span_times(_factor(aim))
    return (ratio if aim.value >= 1 else 1 / ratio) > high


def _span_of_part(aim: Aim) -> tuple[float, float] | None:
    """Return between which factors a change is “by a third”: a tenth of the part around it."""
    part = abs((aim.value or 1) - 1)
    if aim.point is not AimKind.CHANGED or not 0 < part < 1 or part == 1 / 2:
        return None
    near, far = (1 - _OF_PART) * part, min((1 + _OF_PART) * part, _WHOLE)
    return (1 + near, 1 + far) if (aim.value or 1) > 1 else (1 / (1 - near), 1 / (1 - far))


def _factor(aim: Aim) -> float:
    """Return how many times the smaller figure the larger must be: 2 of “doubled”, and of “halved”."""
    factor = 1.0 if aim.value is None else aim.value
    return factor if factor >= 1 else 1 / factor if factor else inf


def _judge_every_year(aim: Aim, found: Trend) -> AimResult | None:
    """Hold each year against the one before; the last that moved the other way is told, else first and last.

    Yes is told only where every year has a figure and none is across a break.
    """
    first, last = found.years
    main = found.series[0]
    figures = [_figure(found, main, each) for each in main.points if each.value is not None]
    figures = [each for each in figures if first <= each.year <= last]
    steps = [(one, other) for one, other in pairwise(figures) if other.year == one.year + 1]
    if len(figures) < _STEADY or len(found.series) > 1:
        return None
    broken = {at.year for at in main.breaks}
    moved = [
        (one, other, more.exceeds(less))
        for one, other in steps
        for more, less in [(other.bounds, one.bounds)[:: aim.sign]]
    ]
    against = [(one, other) for one, other, so in moved if so is False and other.year not in broken]
    pair = against[-1] if against else (figures[0], figures[-1])
    whole = len(steps) == last - first == len(figures) - 1 and not found.crossed
    holds = False if against else True if whole and all(so for *_, so in moved) else None
    ratio = pair[1].value / pair[0].value if pair[0].value else None
    return AimResult(aim, found.measure, holds, pair, ratio, bool(found.crossed) and not against)


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
    return _figure(found, main, first), _figure(found, main, last)


def _judge_record(aim: Aim, found: Trend) -> AimResult | None:
    """Tell the highest or the lowest of the years; no figure where another may be it."""
    points = _list_points(found)
    full = [each for each in points if not each.partial]
    record = max(full, key=lambda each: (each.value or 0) * aim.sign, default=None)
    if record is None or len(full) == 1 or (found.single and found.crossed):
        return None
    own = any(at.year == record.year for at in found.whole.breaks) and not found.single
    bounds, others = (
        _figure(found, found.whole, record).bounds,
        [each for each in points if each is not record],
    )
    rivals = (_figure(found, found.whole, each).bounds for each in others)
    if own or any(not (bounds.exceeds(each) if aim.sign > 0 else each.exceeds(bounds)) for each in rivals):
        return None if aim.sign > 0 else AimResult(aim, found.measure, None, ())
    holds = record.year == found.years[1] if aim.whether else None
    figures = [record] if found.single else [record, points[0], points[-1]]
    return AimResult(aim, found.measure, holds, tuple(_figure(found, found.whole, each) for each in figures))


def _judge_jump(aim: Aim, found: Trend) -> AimResult | None:
    """Tell the year that rose or fell most from the one before; no figure where another may have done so."""
    figures = [_figure(found, found.whole, point) for point in _list_points(found)]
    moved = [
        (aim.sign * (after.value - before.value), _compares(found, before, after), before, after)
        for before, after in pairwise(figures)
        if after.year == before.year + 1
    ]
    best = max((each for each in moved if each[1]), key=lambda each: each[0], default=None)
    if best is None or best[0] <= 0 or any(not same and far >= best[0] for far, same, *_ in moved):
        return AimResult(aim, found.measure, None, ())
    ends = (figures[0], figures[-1])
    return AimResult(aim, found.measure, None, (*best[2:], *ends), best[3].value - best[2].value)


def _judge_range(aim: Aim, found: Trend) -> AimResult | None:
    """Tell the lowest and the highest of the whole years; None where fewer than two are."""
    figures = [_figure(found, found.whole, point) for point in _list_points(found) if not point.partial]
    ordered = sorted((each for each in figures if not each.extent), key=lambda each: each.value)
    return AimResult(aim, found.measure, None, (ordered[0], ordered[-1])) if len(ordered) > 1 else None


def _compares(found: Trend, before: Figured, after: Figured) -> bool:
    """Say whether two years that follow each other are whole, and counted alike."""
    apart = before.extent or after.extent or before.cases or after.cases
    return not apart and not any(at.disturbs(after.year) for at in found.whole.breaks)


def _list_each(aim: Aim, question: AskTrend, found: Trend) -> AimResult | None:
    """List every year of a span that was asked for, where its years fit in a line."""
    points = [] if question.first in (None, question.last) or found.single else _list_points(found)
    figures = tuple(_figure(found, found.whole, each) for each in points)
    return AimResult(aim, found.measure, None, figures) if MIN_LISTED <= len(figures) <= MAX_LISTED else None


def _judge_passing(aim: Aim, found: Trend) -> AimResult:
    """Tell the years above a number, or below it; not `compared` where more may be, counted in part."""
    figures = [_figure(found, found.whole, point) for point in _list_points(found)]
    held = [(each, each.bounds.passes(aim.value or 0, aim.sign)) for each in figures]
    passed, unsure = [each for each, holds in held if holds], any(holds is None for _, holds in held)
    holds = (bool(passed) or (None if unsure else False)) if aim.whether else None
    return AimResult(aim, found.measure, holds, tuple(passed), aim.value, compared=not unsure)


def _list_points(found: Trend) -> list[Point]:
    """List the years with a figure; of single ones only these."""
    chosen = found.single or [each.year for each in found.whole.points]
    return [each for each in found.whole.points if each.value is not None and each.year in chosen]


def _figure(found: Trend, series: Series, point: Point) -> Figured:
    cases = _find_cases(found, series, point.year)
    bounds = bound(found.measure, series, point, cases)
    apart = cases.value if cases else None
    part = found.release.extent_of(point.year) if point.partial else None
    return Figured(series.place, point.value or 0, point.year, point.extent or part, apart, bounds)


def _judge_average(aim: Aim, found: Period) -> AimResult | None:
    """Tell the mean of a flow in persons, no figure where a year is in cases or no whole one.

    That of a stock, and the rate of all years, the headline has.
    """
    span = found.spans[0]
    if found.measure.nature is not Nature.FLOW or span.unit is not Unit.PERSONS:
        return None
    unknown = AimResult(aim, found.measure, None, ())
    if span.overall is None:
        return unknown
    if any(
        (each.value or 0) > TRIFLE * span.overall for apart in found.beside for each in apart.series.points
    ):
        return unknown
    mean = Figured(found.place, round(span.overall), span.years[1])
    return AimResult(aim, found.measure, None, (mean,), round(span.overall), bool(span.crossed))


def _judge_ranking(aim: Aim, question: AskTop, found: Top) -> AimResult | None:
    if aim.point is AimKind.TOP_SHARE:
        return _judge_few(aim, found)
    if aim.point is AimKind.AHEAD:  # the reply names them
        return None
    rows = (*found.picked, *found.rows)
    row = next((each for each in rows if question.of and each.country.code == question.of.code), None)
    if row is None or row.value is None:
        return None
    if aim.point is AimKind.ANY_AHEAD:
        return None if row.extent or row.rank is None else AimResult(aim, found.measure, row.rank > 1, ())
    if aim.point is AimKind.AMONG_FIRST:
        among = row.rank is not None and row.rank <= (aim.value or 0)
        unsure = row.rank is None or (row.extent is not None and not among)  # a whole year may rank higher
        return None if unsure else AimResult(aim, found.measure, among, ())
    if row.extent and row.rank != 1 and aim.point is not AimKind.SHARE:
        return None
    of_one_year = found.years[0] == found.years[1]
    figures = [Figured(row.country, row.value, found.year, row.extent if of_one_year else None)]
    if aim.point is AimKind.SHARE:
        holds = is_share(aim, row.share or 0) if aim.whether else None  # “are most from there?”
        if (aim.sign or not holds) and _may_be_of_the_unknown(aim, row.share or 0, found):
            holds = None
        return None if row.share is None else AimResult(aim, found.measure, holds, tuple(figures), row.share)
    first = found.rows[0]
    if first is not row and first.value is not None and question.by is RankBy.AMOUNT:
        figures.append(Figured(first.country, first.value, found.year, first.extent if of_one_year else None))
    return AimResult(aim, found.measure, row.rank == aim.value, tuple(figures), row.rank)


def _may_be_of_the_unknown(aim: Aim, share: float, found: Top) -> bool:
    """Say whether those without a known origin may make the part that is said: “are most of them Afghan?”."""
    apart = [each.entries for each in found.caveats if isinstance(each, NotCountries)]
    unknown = sum(count.persons or 0 for entries in apart for at, count in entries if at.code == UNKNOWN)
    said = 1 / 2 if aim.value is None else aim.value
    return bool(found.total.persons) and share <= said <= share + unknown / (found.total.persons or 1)


def _judge_few(aim: Aim, found: Top) -> AimResult | None:
    """Tell what share the first few have together, where all are counted alike."""
    rows = found.rows[: aim.few]
    total = found.total.persons
    alike = all(each.rank is not None and each.extent is None and each.value is not None for each in rows)
    if len(rows) < aim.few or not alike or not total or found.extent or mixes_units(found.total):
        return None
    figures = tuple(Figured(each.country, each.value or 0, found.year) for each in rows)
    share = sum(each.value for each in figures) / total
    return AimResult(aim, found.measure, is_share(aim, share) if aim.whether else None, figures, share)


_JUDGES = {
    AimKind.EACH_DAY: _judge_day,
    AimKind.PASSED: _judge_passing,
    AimKind.JUMP: _judge_jump,
    AimKind.RANGE: _judge_range,
    AimKind.RECORD: _judge_record,
    AimKind.EVERY_YEAR: _judge_every_year,
}
"""What weighs a line of years against an aim that is of all of them."""
