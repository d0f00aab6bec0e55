"""What every kind of reply is made of: chart points, records, finished caveats."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts import subjects
from bot.charts.bars import Bar, BarChart
from bot.charts.subjects import lines
from bot.languages import _, name, phrases
from bot.replies.caveats import say_caveat
from bot.replies.coverage import is_first, name_break, say_carried
from bot.replies.nameless import find_alike, say_origin_unknown
from bot.replies.reply import Record
from bot.words import (
    note_partial,
    say_counted_in,
    say_covered,
    say_in_year,
    say_list,
    say_release,
    say_short,
    say_unit,
    say_value,
    say_when,
)
from bot.words.measures import name_place
from data.caveats import NotReported, OriginUnknown
from data.countries.groups import members
from data.coverage import CoverageKind
from data.measures import INHABITANTS
from data.model import Extent, Nature, Per, ReferencePeriod, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Measure, Number, Place, Release
    from data.statistics import Carried, Peak, Point, Series


def make_legend() -> tuple[tuple[subjects.Tone, str], ...]:
    """Say what the tones of a chart mean that shows both units."""
    return ("persons", _("persons")), ("cases", _("cases (one or more persons each)"))


MAX_NOTES = 2
MAX_MARKS = 4
MARKS = phrases(
    {
        CoverageKind.PERSONS_FOR_CASES: "persons, not cases",
        CoverageKind.ORIGINS_UNPUBLISHED: "many without origin",
        CoverageKind.ONE_PERSON_A_CASE: "cases as persons",
        CoverageKind.RECLASSIFIED: "counted more widely",
        CoverageKind.LAPSED_CLOSED: "lapsed claims closed",
        CoverageKind.REVIEWS_ONLY: "appeals only",
        CoverageKind.SAID_TO_BE_EARLIER: "of an earlier year",
        CoverageKind.RECOUNTED: "counted anew",
        CoverageKind.MOVED_OUT: "counted more narrowly",
    }
)
"""What a picture calls a break."""

MAX_ABSENT = 2
"""So many countries that are not in are named in a title."""


def say_caveats(caveats: Iterable[Caveat]) -> tuple[str, ...]:
    """Say each caveat once, in order, but for those that stand among the first lines."""
    every = tuple(caveats)
    return tuple(dict.fromkeys(_say_once(each, every) for each in every if not _is_told_first(each, every)))


def _say_once(caveat: Caveat, every: Iterable[Caveat]) -> str:
    if isinstance(caveat, OriginUnknown):
        return say_origin_unknown(find_alike(caveat, every))
    return say_caveat(caveat)


def _is_told_first(caveat: Caveat, every: Iterable[Caveat]) -> bool:
    alike = find_alike(caveat, every) if isinstance(caveat, OriginUnknown) else [caveat]
    return any(map(is_first, alike))


def say_absent(caveats: Iterable[Caveat], measure: Measure, most: Number | None) -> str:
    """Say in a title who may have more than the `most` there is, but is not in yet."""
    for caveat in caveats:
        if isinstance(caveat, NotReported) and caveat.measure is measure:
            absent = [
                name(country, "text")
                for country, before in caveat.countries
                if (before.main or 0) >= (most or 0)
            ]
            named = say_list(absent[:MAX_ABSENT])
            if not absent:
                return ""
            return (
                _("; no figure from {named}", named=named)
                if caveat.final
                else _("; no figure from {named} yet", named=named)
            )
    return ""


def start_at(series: Series, year: int) -> Series:
    """Leave out the years before one: a picture begins where figures do."""
    return replace(series, points=tuple(point for point in series.points if point.year >= year))


def end_at(series: Series, year: int) -> Series:
    """Leave out the years after one: a picture ends with the year that was asked for."""
    return replace(
        series,
        points=tuple(point for point in series.points if point.year <= year),
        breaks=tuple(at for at in series.breaks if at.year <= year),
    )


def draw_series(measure: Measure, series: Series, name: str) -> subjects.Line:
    """Make a chart's line of a series, half-covered years hollow."""
    points = tuple(subjects.LinePoint(p.year, scale(measure, p.value), p.partial) for p in series.points)
    latest = series.latest
    if latest is None or latest.value is None:
        return subjects.Line(name, points, name)
    # A line that ends early is joined to its label, which would seem to tell the last year.
    older = f" ({latest.year})" if latest.year < series.points[-1].year else ""
    return subjects.Line(name, points, f"{name} {say_short(measure, latest.value)}{older}")


def draw_years(
    measure: Measure, series: Sequence[Series], years: Collection[int], heading: subjects.Heading
) -> BarChart:
    """Draw a few years of one place as bars, for which a line would be a slope; cases apart from persons."""
    points = sorted(
        ((point, each.unit) for each in series for point in each.points if point.year in years),
        key=lambda drawn: drawn[0].year,
    )
    bars = tuple(
        Bar(
            f"{point.year}",
            scale(measure, point.value),
            say_amount(measure, unit, point.value),
            "cases" if unit is Unit.CASES else "persons",
            hollow=point.partial,
        )
        for point, unit in points
        if point.value is not None or unit is Unit.PERSONS
    )
    return BarChart(heading, bars, make_legend(), note_hollow(measure, series))


def scale(measure: Measure, value: Number | None) -> float | None:
    """Put a value on a chart's axis: rates as percentages."""
    return value * 100 if value is not None and measure.nature is Nature.RATE else value


def note_hollow(measure: Measure, series: Iterable[Series]) -> str:
    """Say what hollow points are; empty where there are none."""
    partial = [p for each in series for p in each.points if p.partial and p.value is not None]
    extents = dict.fromkeys(p.extent or Extent(p.year, Extent.HALF) for p in partial)
    notes = [note_partial(measure.nature, extent) for extent in extents]
    return _("{list} only", list=say_list(notes[:MAX_NOTES])) if notes else ""


def mark_breaks(
    measure: Measure, series: Sequence[Series], *, named: bool = False
) -> tuple[lines.BreakMark, ...]:
    """Mark where lines break, in about three words; `named` with the country, where lines are of several.

    Of many, those are marked that weigh most: what disturbs the change that is told, and a break of the
    place itself, weigh all.
    """
    found: dict[lines.BreakMark, float] = {}
    for each in series:
        for at in each.breaks:
            share = 1.0 + (at.of_change or 0) if at.share is None or at.of_change else at.share
            if at.kind is CoverageKind.MEMBERS_CHANGED:
                now = len(members(at.country.code, at.year))
                found[
                    lines.BreakMark(
                        at.year - 0.5,
                        _("{year} {country} of {now}", year=at.year, country=at.country, now=now),
                    )
                ] = share
            elif at.part:
                found[
                    lines.BreakMark(at.year - 0.5, _("{year} without {part}", year=at.year, part=at.part))
                ] = share
            elif at.kind is not CoverageKind.PARTIAL:
                who = _("{country}: ", country=name(at.country)) if named or at.share is not None else ""
                found[lines.BreakMark(at.year - 0.5, f"{at.year} {who}{MARKS[at.kind]}")] = share
            elif at.share is not None and at.extent:  # a country's own partial year is hollow
                note = note_partial(measure.nature, at.extent)
                found[lines.BreakMark(at.year, _("{country} {note} only", country=at.country, note=note))] = (
                    share
                )
    weighed = sorted(found, key=lambda mark: -found[mark])[:MAX_MARKS]
    return tuple(mark for mark in found if mark in weighed)


def name_series(series: Series, *, units: bool) -> str:
    """Name a line: its place, and its unit where both occur."""
    name = name_place(series.place)
    return f"{name} ({say_unit(series.unit)})" if units else name


def say_when_of(measure: Measure, point: Point) -> str:
    """Write what a point of a line stands for: “in 2024”, “in January–June 2024”, “on 30 June 2024”."""
    if not point.partial:
        return say_in_year(point.year)
    return say_when(measure.nature, point.year, point.extent or ReferencePeriod.MID_YEAR)


def say_above(measure: Measure, peak: Peak) -> str:
    """Add the partial figure that is larger than the record: “; on 30 June 2024 it was 170,305”."""
    if peak.above is None:
        return ""
    value = say_value(measure, peak.above.value)
    if measure.nature is Nature.FLOW:
        covered = say_covered(measure.nature, peak.above.extent or Extent(peak.above.year, Extent.HALF))
        return _("; {covered} alone has {value}", covered=covered, value=value)
    return _("; {when} it was {value}", when=say_when_of(measure, peak.above), value=value)


def mark_peak(measure: Measure, series: Series) -> subjects.Callout | None:
    """Mark the highest point of the first line, unless it is the last, whose figure stands there anyway."""
    peak, latest = series.peak, series.latest
    if peak is None:
        return None
    point = peak.above if peak.above and peak.above != latest else peak.whole
    if point == latest:
        return None
    return subjects.Callout(0, point.year, f"{say_value(measure, point.value)} {say_when_of(measure, point)}")


def say_amount(measure: Measure, unit: Unit, value: Number | None, *, units: bool = False) -> str:
    """Write one value, with its unit where that is cases or where both `units` occur."""
    if unit is Unit.PERSONS and not units:
        return say_value(measure, value)
    return say_counted_in(measure, value, unit)


def unbold(text: str) -> str:
    """Take the markdown out of a headline."""
    return text.replace("**", "")


def make_record(
    measure: Measure,
    place: Place,
    year: int,
    unit: Unit,
    value: Number | None,
    release: Release,
    change: str = "",
    extent: Extent | None = None,
    per: Per = Per.NONE,
    breaks: Iterable[Break] = (),
    carried: Carried | None = None,
) -> Record:
    """Make one line of a CSV file; `extent` is what a partial figure stands for.

    It notes those of the `breaks` in its series that are of its year, and what of it was carried forward.
    """
    covered = extent or release.extent_of(year)
    notes = [
        name_break(measure, at)
        for at in breaks
        if at.year == year
        and at.unit in (None, unit)
        and not (at.kind is CoverageKind.PARTIAL and at.share is None)
    ]
    if covered != Extent(year):
        notes.insert(0, f"{say_covered(measure.nature, covered)} only")
    notes.append(say_carried(carried, place))
    rate = measure.nature is Nature.RATE
    shown = f"share of substantive decisions in {unit.word}" if rate else unit.word
    if per is Per.INHABITANTS:
        shown = f"{shown} per {INHABITANTS[measure.nature]} inhabitants"
    return Record(
        origin=place.origin.name if place.origin else "all",
        asylum=place.asylum.name if place.asylum else "all",
        year=year,
        covers=say_covered(measure.nature, covered),
        measure=measure.value,
        unit=shown,
        value=value,
        release=say_release(release),
        change=change,
        note="; ".join(dict.fromkeys(filter(None, notes))),
    )
