"""One measure of one or more places over years, and what the line lacks."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

from data.caveats import (
    CasesNotCompared,
    MidYear,
    NotOneSeries,
    NotReported,
    NotReportedOfSome,
    PerInhabitant,
    RateMeaning,
    SmallBase,
    SmallCounts,
    StageUnknown,
    TooFewDecisions,
    UnitsApart,
    UnitsChanged,
    find_meaning,
)
from data.countries.population import find_first_year
from data.coverage import CoverageKind
from data.errors import NoFigures, Unanswerable
from data.measures import COLUMNS, MIN_DECISIONS, UNITS, tally_rated
from data.model import Area, Country, Group, Measure, Nature, Per, Place, Role, Tally, Unit
from data.questions.carried import read_hosts, weigh_each
from data.questions.comparability import mark_crossed, read_each_comparability
from data.questions.history import find_revised
from data.questions.inhabitants import divide_change, divide_series, require_counted, whose
from data.questions.members import find_member_side, find_parts, require_members
from data.questions.sides import place_on
from data.questions.unknown_origins import find_origin_unknown, leave_out_of_ended
from data.questions.view import (
    MAX_NAMED,
    check_years,
    counts_of,
    find_others_apart,
    persons_of,
    tally_at,
)
from data.statistics import (
    MIN_BASE,
    SMALL,
    Change,
    Series,
    compare_years,
    find_silent,
    mixes_units,
    set_beside,
)
from data.store.rollups import FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Number, Release
    from data.questions.carried import Hosts, Values
    from data.questions.comparability import Comparability
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import YearCounts


ScaleName = Literal["linear", "log"]


@dataclass(frozen=True, slots=True)
class AskTrend:
    """One measure of a few places over years, or in some single `years`."""

    measure: Measure
    places: tuple[Place, ...]
    first: int | None = None
    last: int | None = None
    scale: ScaleName = "linear"
    per: Per = Per.NONE
    years: tuple[int, ...] = ()
    as_of: date | None = field(default=None, kw_only=True)


_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_BETWEEN = re.compile(r"\s*(?:[,;]|\band\b|\s)\s*", re.ASCII)

MAX_SINGLE = 5
"""So many single years stand in one line."""


def read_single_years(text: str) -> tuple[int, ...]:
    """Read “2015, 2020 and 2024”; raises `Unanswerable` for anything else."""
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if not parts or not all(_YEAR.fullmatch(part) for part in parts):
        raise Unanswerable("years-unreadable", typed=text)
    return tuple(map(int, parts))


def choose_trend(
    measure: Measure,
    places: tuple[Place, ...],
    first: int | None,
    last: int | None,
    scale: ScaleName,
    per: Per,
    years: tuple[int, ...],
    as_of: date | None,
) -> AskTrend:
    """Ask about a span, or about single years, each once; one alone is a span."""
    single = tuple(sorted(set(years)))
    if single and (first is not None or last is not None):
        raise Unanswerable("years-beside-span")
    if len(single) > MAX_SINGLE:
        raise Unanswerable("years-too-many", most=MAX_SINGLE)
    if len(single) == 1:
        return AskTrend(measure, places, *single, *single, scale, per, as_of=as_of)
    return AskTrend(measure, places, first, last, scale, per, single, as_of=as_of)


def compare_places(place: Place, others: Sequence[Area]) -> tuple[Place, ...]:
    """Set `place` beside others, each once: countries of asylum where it names one, else origins.

    Raises `Unanswerable` for a group beside itself.
    """
    if isinstance(own := place.asylum or place.origin, Group) and own in others:
        raise Unanswerable("group-beside-itself", group=own)
    if place.asylum:
        places = [place, *(Place(place.origin, other) for other in others)]
    elif place.origin:
        places = [place, *(Place(other, None) for other in others)]
    else:  # nothing named: the others are compared among themselves, as countries of asylum
        places = [Place(None, other) for other in others] or [place]
    return tuple(dict.fromkeys(places))


@dataclass(frozen=True, slots=True)
class Trend:
    """One measure of one or more places over years, as of a release.

    `years` are those that were asked for: a year alone stands at the end of longer series. `single` are
    years that were asked for by themselves. `change` is between the first and the last of all those, or from
    the year before where none is a first; `crossed` are breaks that it passes over, a year that was never
    completed among them, of which no percentage is told. `revised` is the last
    year, if another release says otherwise of the first place then. `beside` are the figures in cases of
    places that are compared in persons, or of one place before the year alone that was asked for.
    `carried` is how much of a place's last stock was carried forward.
    `per` inhabitant the series and the change are set against them, and `counted` are the figures themselves.
    `later` are the years of one place after a year alone that was asked for. `parts` are the persons of the
    members that have most in the last year, where it is of one group alone. `moved` is how far the places
    beside the first moved over the same years, and what that passes over,
    where both ends were asked for.
    """

    measure: Measure
    release: Release
    years: tuple[int, int]
    series: tuple[Series, ...]
    change: Change | None
    revised: int | None
    caveats: tuple[Caveat, ...]
    beside: tuple[Series, ...] = ()
    single: tuple[int, ...] = ()
    crossed: tuple[Break, ...] = ()
    carried: Mapping[Place, Carried] = field(default_factory=dict)
    later: Series | None = None
    parts: tuple[Series, ...] = ()
    moved: Mapping[Place, tuple[Change, tuple[Break, ...]]] = field(default_factory=dict)

    @property
    def whole(self) -> Series:
        """The first line, with the years after the one that was asked for alone."""
        main, later = self.series[0], self.later
        if later is None:
            return main
        breaks = (*main.breaks, *(each for each in later.breaks if each not in main.breaks))
        return replace(main, points=(*main.points, *later.points), breaks=breaks)

    per: Per = Per.NONE
    counted: tuple[Series, ...] = ()


async def answer_trend(
    view: ReleaseView,
    measure: Measure,
    places: Sequence[Place],
    years: tuple[int | None, int | None],
    per: Per = Per.NONE,
    single: tuple[int, ...] = (),
) -> Trend:
    """Lay out the measure for each place; one place shows both units, several only persons.

    A year alone stands at the end of those that lead up to it, so that it can be compared and drawn.
    """
    if single:
        years = (min(single), max(single))
    begin = measure.row.first_year
    first = begin if years[0] is None else view.choose_year(years[0], measure)
    last = view.choose_year(years[1], measure)
    check_years(first, last)
    if per is Per.INHABITANTS:
        require_counted(measure, last)
    require_members(view, places, first, last)
    places = list(dict.fromkeys(places))
    # None of them needs another, and the database works on while the first are looked at.
    all_counts, hosts, revised, nameless = await asyncio.gather(
        view.read_each(places),
        read_hosts(view, measure, places, last),
        find_revised(view, [measure], places[0], last),
        find_origin_unknown(view, places[0], [measure], last),
    )
    own = dict(zip(places, all_counts, strict=True))
    series, beside = _list_series(view, measure, own, first, last)
    compared = await read_each_comparability(view, own, nameless)
    by_place = dict(zip(places, compared, strict=True))
    series = [by_place[each.place].mark(measure, each) for each in series]
    stale = weigh_each(view, measure, own, hosts, last)
    main = series[0]
    latest = main.latest.year if main.latest else last
    newest = max(each.latest.year for each in series if each.place == main.place and each.latest)
    begin = _choose_base(main, years[0], latest)
    changed = mixes_units(*(tally_at(measure, year, all_counts[0]) for year in (begin, latest)))
    change: Change | None = None
    crossed: tuple[Break, ...] = ()
    if not changed:
        change = compare_years(main, latest, measure.nature, begin) or set_beside(main, latest, begin)
        change, crossed = compared[0].temper(measure, change, latest)
    if len(places) == 1:
        series = [mark_crossed(each, crossed) for each in series]
        main = series[0]
    caveats = [
        *_find_breaks(measure, compared, (_find_begin(series), last), latest, crossed),
        *_find_source_caveats(measure, series, last),
        *find_gaps(view, measure, own, hosts, stale, last),
        *find_parts(places, latest),
        *leave_out_of_ended(compared[0].name_origins([measure], last), newest),
        *_find_unit_caveats(measure, series, beside if len(places) > 1 else ()),
        *([UnitsChanged(latest, begin)] if changed and measure.nature is not Nature.RATE else []),
        *_find_stage_caveats(measure, first, own),
        *_find_others(measure, main, all_counts[0]),
        *_find_size_caveats(measure, all_counts, main, change),
    ]
    found = Trend(
        measure,
        view.release,
        (first, last),
        tuple(series),
        change,
        last if revised else None,
        tuple(caveats),
        tuple(beside),
        single,
        crossed,
        stale,
        _list_later(view, by_place[main.place], measure, main, own) if first == last and not single else None,
        parts=() if len(places) > 1 or single else await _list_parts(view, measure, main),
        moved=dict(_list_moved(measure, series, by_place, change))
        if change and change.year_before == first
        else {},
    )
    return _divide(found, latest) if per is Per.INHABITANTS else found


def _find_begin(series: Sequence[Series]) -> int:
    """Return the first year with a figure: nothing breaks before it."""
    return min((each.earliest.year for each in series if each.earliest), default=series[0].points[0].year)


def _list_moved(
    of: Measure, series: Sequence[Series], compared: Mapping[Place, Comparability], change: Change
) -> Iterator[tuple[Place, tuple[Change, tuple[Break, ...]]]]:
    """Yield how far each place beside the first moved between the years that the first is compared over."""
    main = series[0]
    for each in series[1:]:
        latest, known = each.latest, compared[each.place]
        if latest is None or (latest.year, each.unit) != (main.latest and main.latest.year, main.unit):
            continue
        years = (change.year_before, latest.year)
        if not mixes_units(*(tally_at(of, year, known.counts) for year in years)):
            moved, crossed = known.temper(
                of, compare_years(each, latest.year, of.nature, years[0]), latest.year
            )
            if moved:
                yield each.place, (moved, crossed)


async def _list_parts(view: ReleaseView, of: Measure, main: Series) -> tuple[Series, ...]:
    """Read the line of each of the largest members, which are some of several; a rate has no parts."""
    role, latest = find_member_side(main.place), main.latest
    if role is None or latest is None or main.unit is not Unit.PERSONS or of.nature is Nature.RATE:
        return ()
    read = view.read_asylum if role is Role.ASYLUM else view.read_origins
    now = persons_of(of, await read(main.place, latest.year - 1, latest.year), latest.year)
    largest = sorted((code for code, count in now.items() if count), key=lambda code: -(now[code] or 0))
    if len(largest) <= 1:
        return ()
    points = main.points
    counts = await view.read_members(main.place, role, largest[:MAX_PARTS])
    return tuple(
        view.series(
            place_on(role, main.place, view.country(code)),
            Unit.PERSONS,
            of,
            counts_of(code, counts),
            points[0].year,
            points[-1].year,
        )
        for code in largest[:MAX_PARTS]
    )


def _divide(found: Trend, latest: int) -> Trend:
    """Set the persons against inhabitants; cases are put beside, and places that have none are left out.

    The change is up to the year `latest`.
    """
    of = found.measure
    persons = [each for each in found.series if each.unit is Unit.PERSONS]
    cases = tuple(each for each in found.series if each.unit is Unit.CASES)
    divided = [divide_series(each) for each in persons]
    first = find_first_year()
    earlier = (p for each in persons for p in each.points if p.value is not None and p.year < first)
    since = first if any(p.year >= found.years[0] for p in earlier) else None
    told = [(each, counted) for each, counted in zip(divided, persons, strict=True) if each.latest]
    if not told:
        raise NoFigures("no-inhabitants", place=found.series[0].place, years=found.years)
    return replace(
        found,
        series=tuple(each for each, _ in told),
        change=divide_change(found.change, found.series[0].place, latest),
        beside=(*found.beside, *cases),
        per=Per.INHABITANTS,
        counted=tuple(counted for _, counted in told),
        caveats=(
            *found.caveats,
            PerInhabitant(of, tuple(dict.fromkeys(whose(each.place) for each, _ in told)), since),
        ),
    )


def _list_later(
    view: ReleaseView, known: Comparability, measure: Measure, main: Series, own: Mapping[Place, YearCounts]
) -> Series | None:
    """Lay out the years after one that was asked for alone, so that a record before them is none."""
    first, newest = main.points[-1].year + 1, view.release.newest_year
    if first > newest or len(own) > 1:
        return None
    later = view.series(main.place, main.unit, measure, own[main.place], first, newest)
    later = known.mark(measure, later, main.points[0].year)
    return later if later.latest else None


def _choose_base(main: Series, first: int | None, latest: int) -> int:
    """Choose the year that the latest is compared with: the first asked for, or else the one before it."""
    if first is None or first >= latest:
        return latest - 1
    return next((p.year for p in main.points if first <= p.year < latest and p.value is not None), latest - 1)


def _find_breaks(
    measure: Measure,
    compared: Sequence[Comparability],
    years: tuple[int, int],
    latest: int,
    crossed: Sequence[Break],
) -> list[Caveat]:
    """Say of one place what its newest year stands for, and of all where their lines break.

    What the change crosses is told though it is little of the total.
    """
    alone = len(compared) == 1
    found: list[Caveat] = []
    if alone:
        found += compared[0].find_partial([measure], latest)
        found += compared[0].find_small_parts([measure], latest)
        found += compared[0].find_remarks([measure], latest)
    within: dict[tuple[str, int, CoverageKind], Break] = {}
    for each in compared:
        listed = each.list_breaks(measure)
        of_change = [at for at in crossed if alone and at not in listed]
        for at in (*listed, *of_change):
            if at.lies_within(*years):
                shared = at if alone else replace(at, share=None, figure=None)
                within.setdefault((at.country.code, at.year, at.kind), shared)
    parts = [at for at in within.values() if alone and at.kind is CoverageKind.PARTIAL]
    told = [at for at in parts if at.year == latest]
    if len(parts) == len(told):  # else they stand beside those of other years
        within = {key: at for key, at in within.items() if at not in told}
    if within:
        first = {(at.country, at.year, at.kind): at for at in (*crossed, *(parts if told else ())) if alone}
        first = {key: at for key, at in first.items() if (key[0].code, *key[1:]) in within}
        found.append(
            NotOneSeries(measure, tuple(within.values()), named=not alone, crossed=tuple(first.values()))
        )
    return found


def _list_series(
    view: ReleaseView, measure: Measure, own: Mapping[Place, YearCounts], first: int, last: int
) -> tuple[list[Series], list[Series]]:
    """Lay out each place in both units; cases of several places go beside, as they are not compared."""
    begin = measure.row.first_year if first == last else first
    series: list[Series] = []
    beside: list[Series] = []
    for place, counts in own.items():
        found = [view.series(place, unit, measure, counts, begin, last) for unit in UNITS]
        found = [each for each in found if each.latest and (each.unit is Unit.PERSONS or each.latest.value)]
        ended = [each for each in found if each.latest and each.latest.year < first]
        found = [each for each in found if each not in ended]
        if not found:
            raise _refuse_years(place, measure, (first, last))
        if len(own) == 1:
            beside += [each for each in ended if each.unit is Unit.CASES]
        if len(own) > 1 and len(found) > 1:
            beside.append(found.pop())
        series += found
    return series, beside


def _refuse_years(place: Place, measure: Measure, years: tuple[int, int]) -> NoFigures:
    if measure.nature is Nature.RATE:
        return NoFigures("no-rate-over-years", place=place, years=years, least=MIN_DECISIONS)
    if measure is Measure.APPLICATIONS and years[1] < FIRST_YEAR_OF_NEW:
        return NoFigures("new-applications-begin-later", place=place, years=years, first=FIRST_YEAR_OF_NEW)
    return NoFigures("no-figures-over-years", counted=(measure, place), years=years)


def _find_source_caveats(measure: Measure, series: Sequence[Series], last: int) -> list[Caveat]:
    found: list[Caveat] = []
    found += find_meaning(measure)
    newest = [each.points[-1] for each in series]
    if any(point.partial and not point.extent and point.value is not None for point in newest):
        found.append(MidYear(last, measure.nature))
    return found


def _find_unit_caveats(measure: Measure, series: Sequence[Series], beside: Sequence[Series]) -> list[Caveat]:
    found: list[Caveat] = []
    if len({each.unit for each in series}) > 1:
        found.append(UnitsApart())
    newest = tuple(
        (each.place.asylum or each.place.origin, point.year, point.value)
        for each in beside
        if (point := each.latest) and point.value is not None
    )
    if newest:
        found.append(CasesNotCompared(measure, tuple(sorted(newest, key=lambda each: -each[1]))))
    return found


def _find_stage_caveats(measure: Measure, first: int, own: Mapping[Place, YearCounts]) -> list[Caveat]:
    """Say why new applications begin late; a country of asylum may begin later still, for other reasons."""
    early = range(first, FIRST_YEAR_OF_NEW)
    if measure is not Measure.APPLICATIONS or not early:
        return []

    def begins_then(place: Place, counts: YearCounts) -> bool:
        if any(tally_at(measure, year, counts).published for year in early):
            return False
        return place.host is None or tally_at(measure, FIRST_YEAR_OF_NEW, counts).published

    begin = any(begins_then(place, counts) for place, counts in own.items())
    return [StageUnknown(FIRST_YEAR_OF_NEW - 1)] if begin else []


def _find_others(measure: Measure, main: Series, counts: YearCounts) -> list[Caveat]:
    """Say where many are in need of protection and counted apart from refugees, as Venezuelans are."""
    if measure is not Measure.REFUGEES or main.latest is None:
        return []
    return find_others_apart(main.latest.year, main.latest.value or 0, counts)


def _find_size_caveats(
    measure: Measure, counts: Sequence[YearCounts], main: Series, change: Change | None
) -> list[Caveat]:
    found: list[Caveat] = []
    if measure.nature is Nature.RATE:
        if main.latest:
            year, (own, *others) = main.latest.year, counts
            substantive = tally_rated(own.get((year, Unit.PERSONS)), own.get((year, Unit.CASES)))
            found.append(RateMeaning(measure, year, None if others else substantive))
        if any(point.value is None for point in main.points):
            found.append(TooFewDecisions(MIN_DECISIONS))
        return found
    if change and change.before < MIN_BASE:
        found.append(SmallBase(MIN_BASE))
    if any(0 < (point.value or 0) < SMALL for point in main.points):
        found.append(SmallCounts())
    return found


MAX_PARTS = 4
"""So many members are lines of their own in a group's; all others are one together."""

MAX_CARRIED = 2
"""So many stocks that were carried forward are named of one place, and one of each of several."""


def find_gaps(
    view: ReleaseView,
    measure: Measure,
    counts: Mapping[Place, YearCounts],
    hosts: Hosts,
    stale: Mapping[Place, Carried],
    last: int,
) -> list[Caveat]:
    """Say where a large part of the figures of these places is not in, or `stale`; `counts` are their own."""
    if measure not in COLUMNS:
        return []
    silent: list[tuple[Place, Country, Tally]] = []
    carried: list[Caveat] = []
    for place, own in counts.items():
        before = tally_at(measure, last - 1, own)
        values = hosts.get(place, {})
        if place.host is None:
            silent += [(place, *each) for each in _find_silent(view, values, last, before.main)]
        if place in stale:
            alone = len(counts) == 1
            named = stale[place].parts[: MAX_CARRIED if alone else 1]
            carried += [each if alone else replace(each, origin=place.origin) for each in named]
    if not silent:
        return carried
    final = not view.is_partial(last)
    if len(counts) > 1:
        return [NotReportedOfSome(measure, last, _gather_origins(silent), final), *carried]
    return [NotReported(measure, last, tuple([each[1:] for each in silent]), final), *carried]


def _gather_origins(
    silent: Sequence[tuple[Place, Country, Tally]],
) -> tuple[tuple[Country, tuple[Area, ...]], ...]:
    """Name each country once, with the origins that it has no figure of; none are those of all the world."""
    missing: dict[Country, list[Area]] = {}
    for place, country, _ in silent:
        missing.setdefault(country, []).extend([place.origin] if place.origin else [])
    return tuple((country, tuple(origins)) for country, origins in missing.items())


def _find_silent(
    view: ReleaseView, values: Values, year: int, whole: Number | None
) -> list[tuple[Country, Tally]]:
    """Return the largest countries without a figure, which is in cases where there is none in persons."""
    now, before = (
        {**values.get((y, Unit.CASES), {}), **values.get((y, Unit.PERSONS), {})} for y in (year, year - 1)
    )
    persons, cases = (values.get((year - 1, unit), {}) for unit in (Unit.PERSONS, Unit.CASES))
    return [
        (view.country(code), Tally(persons.get(code), cases.get(code)))
        for code in find_silent(now, before, whole)[:MAX_NAMED]
    ]
