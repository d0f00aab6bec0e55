"""One measure of one or more places over years."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import check_years, describe
from data.answers.gaps import find_gaps, read_hosts
from data.answers.history import find_revised
from data.answers.tallies import tally_at
from data.answers.unknown import find_origin_unknown, leave_out_of_ended
from data.caveats import (
    CasesNotCompared,
    MidYear,
    NotOneSeries,
    RateMeaning,
    SmallBase,
    SmallCounts,
    StagesTogether,
    StageUnknown,
    StockNotFlow,
    TooFewDecisions,
    UnitsApart,
    UnitsChanged,
)
from data.coverage import Kind
from data.errors import NoFigures
from data.findings import Trend
from data.measures import LEAST_DECISIONS, UNITS, tally_substantive
from data.model import Measure, Nature, Place, Unit
from data.statistics import LEAST_BASE, SMALL, compare_years, mixes_units
from data.store.rollups import FIRST_YEAR, FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.answers.comparability import Comparability
    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.coverage import Break
    from data.findings import Change, Series
    from data.store.figures import YearCounts


async def answer_trend(
    desk: Desk, measure: Measure, places: Sequence[Place], years: tuple[int | None, int | None]
) -> Trend:
    """Lay out the measure for each place; one place shows both units, several only persons.

    A year alone stands at the end of those that lead up to it, so that it can be compared and drawn.
    """
    first = desk.choose_year(years[0]) if years[0] is not None else FIRST_YEAR
    last = desk.choose_year(years[1])
    check_years(first, last)
    places = list(dict.fromkeys(places))
    # None of them needs another, and the database works on while the first are looked at.
    all_counts, hosts, revised, nameless = await asyncio.gather(
        desk.read_each(places),
        read_hosts(desk, measure, places, last),
        find_revised(desk, [measure], places[0], last),
        find_origin_unknown(desk, places[0], [measure], last),
    )
    own = dict(zip(places, all_counts, strict=True))
    series, beside = _list_series(desk, measure, own, first, last)
    compared = [
        await read_comparability(desk, place, own[place], nameless if place == places[0] else ())
        for place in places
    ]
    by_place = dict(zip(places, compared, strict=True))
    series = [by_place[each.place].mark(measure, each) for each in series]
    main = series[0]
    latest = main.latest.year if main.latest else last
    newest = max(each.latest.year for each in series if each.place == main.place and each.latest)
    changed = mixes_units(*(tally_at(measure, year, all_counts[0]) for year in (latest - 1, latest)))
    change = None if changed else compared[0].temper(measure, compare_years(main, latest, measure.nature))
    caveats = [
        *_find_breaks(measure, compared, (series[0].points[0].year, last), latest),
        *_find_source_caveats(measure, series, last),
        *find_gaps(desk, measure, own, hosts, last),
        *leave_out_of_ended(compared[0].name_origins([measure], last), newest),
        *_find_unit_caveats(measure, series, beside),
        *([UnitsChanged(latest)] if changed and measure.nature is not Nature.RATE else []),
        *_find_stage_caveats(measure, first, all_counts),
        *_find_size_caveats(measure, all_counts, main, change),
    ]
    return Trend(
        measure,
        desk.release,
        (first, last),
        tuple(series),
        change,
        last if revised else None,
        tuple(caveats),
        tuple(beside),
    )


def _find_breaks(
    measure: Measure, compared: Sequence[Comparability], years: tuple[int, int], latest: int
) -> list[Caveat]:
    """Say of one place what its newest year stands for, and of all where their lines break."""
    alone = len(compared) == 1
    found: list[Caveat] = []
    if alone:
        found += compared[0].find_partial([measure], latest)
        found += compared[0].find_remarks([measure], latest)
    within: dict[tuple[str, int, Kind], Break] = {}
    for each in compared:
        for at in each.list_breaks(measure):
            told = alone and at.kind is Kind.PARTIAL and at.year == latest
            if years[0] <= at.year <= years[1] and not told:
                shared = at if alone else replace(at, share=None, figure=None)
                within.setdefault((at.country.code, at.year, at.kind), shared)
    if within:
        found.append(NotOneSeries(measure, tuple(within.values()), named=not alone))
    return found


def _list_series(
    desk: Desk, measure: Measure, own: Mapping[Place, YearCounts], first: int, last: int
) -> tuple[list[Series], list[Series]]:
    """Lay out each place in both units; cases of several places go beside, as they are not compared."""
    begin = FIRST_YEAR if first == last else first
    series: list[Series] = []
    beside: list[Series] = []
    for place, counts in own.items():
        found = [desk.series(place, unit, measure, counts, begin, last) for unit in UNITS]
        found = [each for each in found if each.latest and (each.unit is Unit.PERSONS or each.latest.value)]
        found = [each for each in found if each.latest and each.latest.year >= first]
        if not found:
            raise NoFigures(_say_nothing_published(place, measure, first, last))
        if len(own) > 1 and len(found) > 1:
            beside.append(found.pop())
        series += found
    return series, beside


def _say_nothing_published(place: Place, measure: Measure, first: int, last: int) -> str:
    if measure.nature is Nature.RATE:
        return (
            f"No rate is given on {describe(place)} {_say_span(first, last)}, as no year has"
            f" {LEAST_DECISIONS} substantive decisions; ask for measure:decisions, or choose other years."
        )
    if measure is Measure.APPLICATIONS and last < FIRST_YEAR_OF_NEW:
        return (
            f"UNHCR has not published new applications of {describe(place)} {_say_span(first, last)} apart"
            f" from repeat ones; choose {FIRST_YEAR_OF_NEW} or later, or another measure, such as"
            " applications-all-stages."
        )
    return (
        f"UNHCR has published no such figures on {describe(place)} {_say_span(first, last)};"
        " choose other years, another measure or another country."
    )


def _say_span(first: int, last: int) -> str:
    return f"for {first}" if first == last else f"from {first} to {last}"


def _find_source_caveats(measure: Measure, series: Sequence[Series], last: int) -> list[Caveat]:
    found: list[Caveat] = []
    if measure is Measure.PENDING:
        found.append(StockNotFlow())
    if measure is Measure.ALL_STAGES:
        found.append(StagesTogether())
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


def _find_stage_caveats(measure: Measure, first: int, counts: Sequence[YearCounts]) -> list[Caveat]:
    early = range(first, FIRST_YEAR_OF_NEW)
    if measure is not Measure.APPLICATIONS or not early:
        return []
    silent = [not any(tally_at(measure, year, each).published for year in early) for each in counts]
    return [StageUnknown(FIRST_YEAR_OF_NEW - 1)] if any(silent) else []


def _find_size_caveats(
    measure: Measure, counts: Sequence[YearCounts], main: Series, change: Change | None
) -> list[Caveat]:
    found: list[Caveat] = []
    if measure.nature is Nature.RATE:
        if main.latest:
            year, (own, *others) = main.latest.year, counts
            substantive = tally_substantive(own.get((year, Unit.PERSONS)), own.get((year, Unit.CASES)))
            found.append(RateMeaning(measure, year, None if others else substantive))
        if any(point.value is None for point in main.points):
            found.append(TooFewDecisions(LEAST_DECISIONS))
        return found
    if change and change.before < LEAST_BASE:
        found.append(SmallBase(LEAST_BASE))
    if any(0 < (point.value or 0) < SMALL for point in main.points):
        found.append(SmallCounts())
    return found
