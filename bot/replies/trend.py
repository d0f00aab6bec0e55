"""A measure over years, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Heading, LineChart
from bot.replies.caveats import say_caveat
from bot.replies.coverage import say_first
from bot.replies.leads import find_shared, say_lead, say_sides
from bot.replies.pieces import (
    describe_line,
    draw_series,
    make_record,
    mark_breaks,
    name_series,
    note_hollow,
    say_amount,
    say_caveats,
    start_at,
    unbold,
)
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.replies.turns import (
    compares_places,
    find_span,
    has_both_units,
    mark_turns,
    say_gap,
    say_span,
    say_turns,
    say_when_counted,
)
from bot.words import (
    SUBJECTS,
    name_place,
    say_change_since,
    say_source,
    say_subject,
    say_tally,
    say_value,
    say_when,
)
from data.caveats import ZerosOnLogScale
from data.model import Measure, Nature, Period, Place, Tally, Unit
from data.questions import AskHistory

if TYPE_CHECKING:
    from data.findings import Point, Series, Trend
    from data.questions import AskTrend


def reply_trend(question: AskTrend, found: Trend) -> Reply:
    """Lay out the lines: the newest figures first, then record and turning points."""
    units = has_both_units(found)
    log = question.scale == "log"
    caveats = list(say_caveats(found.caveats))
    if log and any(p.value == 0 for each in found.series for p in each.points):
        caveats.append(say_caveat(ZerosOnLogScale()))
    headline = _say_headline(found)
    title, subtitle = _title(found), _subtitle(found, units=units, log=log)
    lines = tuple(
        draw_series(found.measure, start_at(s, find_span(found)[0]), name_series(s, units=units))
        for s in found.series
    )
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_others(found), say_turns(found), say_gap(found)) if line),
        chart=LineChart(
            Heading(title, subtitle, say_source(found.release)),
            lines,
            scale=question.scale,
            percent=found.measure.nature is Nature.RATE,
            callouts=mark_turns(found),
            hollow_note=note_hollow(found.measure, found.series),
            breaks=mark_breaks(found.measure, found.series, named=compares_places(found)),
        ),
        alt=_describe(found, f"{title}. {subtitle}." if compares_places(found) else unbold(headline)),
        preview=None,
        lay_out=lambda: _grid(found, units=units),
        list_records=lambda: (
            make_record(found.measure, s.place, p.year, s.unit, p.value, found.release, extent=p.extent)
            for s in found.series
            for p in _asked(found, s)
        ),
        caveats=tuple(caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
        then_and_now=AskHistory(found.measure, found.series[0].place, found.revised)
        if found.revised
        else None,
    )


def _asked(found: Trend, series: Series) -> tuple[Point, ...]:
    """Return the points of the years that were asked for; those before are only drawn."""
    return tuple(point for point in series.points if point.year >= found.years[0])


def _amount(found: Trend, series: Series, point: Point) -> str:
    return say_amount(found.measure, series.unit, point.value)


def _say_headline(found: Trend) -> str:
    main = found.series[0]
    subject = say_subject(found.measure, main.place)
    if main.latest is None:
        return f"{subject}: not published."
    change = ""
    if found.change:
        before = say_when(found.measure.nature, found.change.year_before, Period.YEAR_END)  # partial: none
        change = say_change_since(found.change, before)
    when = say_when_counted(found, main.latest)
    return f"{subject}: **{_say_latest(found, main.latest)}** {when}{change and f', {change}'}."


def _say_latest(found: Trend, latest: Point) -> str:
    """Put the cases of the same year and place beside, so that nobody takes the persons for all."""
    main = found.series[0]
    for other in found.series[1:]:
        point = other.at(latest.year)
        if other.place == main.place and other.unit is Unit.CASES and point and point.value:
            return say_tally(found.measure, Tally(latest.value, point.value))
    return _amount(found, main, latest)


def _say_others(found: Trend) -> str:
    """Say the newest figures of the places beside, and their years where they differ from the first's."""
    main = found.series[0].latest
    told = [
        f"{name_place(s.place)} {_amount(found, s, s.latest)}"
        + (
            f" {say_when_counted(found, s.latest)}"
            if main is None or not _is_same_time(s.latest, main)
            else ""
        )
        for s in found.series[1:]
        if s.latest and compares_places(found)
    ]
    return f"Beside it: {', '.join(told)}." if told else ""


def _is_same_time(point: Point, other: Point) -> bool:
    return (point.year, point.extent) == (other.year, other.extent)


def _title(found: Trend) -> str:
    main = found.series[0]
    if compares_places(found):
        return say_lead(found)
    subject = say_subject(found.measure, main.place)
    if main.latest is None:
        return subject
    return f"{subject}: {_say_latest(found, main.latest)} {say_when_counted(found, main.latest)}"


def _subtitle(found: Trend, *, units: bool, log: bool) -> str:
    tail = f"{say_span(found)}{', log scale' if log else ''}"
    unit = "persons and in cases" if units else found.series[0].unit.word
    if compares_places(found):
        return f"{_say_compared(found, unit)}, {tail}"
    if found.measure is Measure.PENDING:
        what = "People waiting for a decision at the end of each year (stock)"
    elif found.measure.nature is Nature.RATE:
        what = "Share of each year's substantive decisions"
    else:
        what = f"{SUBJECTS[found.measure]} per year, in {unit}"
    return f"{what}, {tail}"


def _say_compared(found: Trend, unit: str) -> str:
    """Say what is compared, with what the title leaves out: the measure, and what the places are."""
    shared = Place(*find_shared(found))
    what = SUBJECTS[found.measure] if shared == Place() else say_subject(found.measure, shared)
    how = {
        Nature.STOCK: "at the end of each year (stock)",
        Nature.FLOW: f"per year, in {unit}",
        Nature.RATE: "per year",
    }[found.measure.nature]
    return ", ".join(part for part in (f"{what} {how}", say_sides(found)) if part)


def _grid(found: Trend, *, units: bool) -> Grid:
    header = ("Year", *(name_series(s, units=units) for s in found.series))
    hollow = note_hollow(found.measure, found.series)
    rows = [
        (
            f"{points[0].year}*" if hollow and any(p.partial for p in points) else f"{points[0].year}",
            *(say_value(found.measure, p.value) for p in points),
        )
        for points in zip(*(_asked(found, s) for s in found.series), strict=True)
    ]
    return Grid(header, tuple(rows), note=hollow and f"* {hollow}")


def _describe(found: Trend, finding: str) -> str:
    lines = [
        f" {name_place(series.place)}: {along}."
        for series in found.series
        if (along := describe_line(found.measure, series))
    ]
    return f"Line chart, {say_span(found)}. {finding}{''.join(lines)}"
