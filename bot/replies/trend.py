"""A measure over years, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Callout, Heading, LineChart
from bot.replies.caveats import say_caveat
from bot.replies.pieces import draw_series, make_record, name_series, note_hollow, say_caveats
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.words import (
    NAMES,
    SUBJECTS,
    name_place,
    say_change,
    say_place,
    say_source,
    say_value,
    say_when,
)
from data.caveats import ZerosOnLogScale
from data.model import Measure, Nature, Unit

if TYPE_CHECKING:
    from data.findings import Point, Series, Trend
    from data.model import Place
    from data.questions import AskTrend

BEFORE_COVID = 2019


def reply_trend(question: AskTrend, found: Trend) -> Reply:
    """Lay out the lines: the newest figures first, then record and turning points."""
    units = len({each.unit for each in found.series}) > 1
    log = question.scale == "log"
    caveats = list(say_caveats(found.caveats))
    if log and any(p.value == 0 for each in found.series for p in each.points):
        caveats.append(say_caveat(ZerosOnLogScale()))
    headline = _say_headline(found)
    lines = tuple(draw_series(found.measure, s, name_series(s, units=units)) for s in found.series)
    return Reply(
        question=question,
        headline=headline,
        lines=(_say_turns(found),) if len(found.series) == 1 or units else (_say_others(found),),
        chart=LineChart(
            Heading(_title(found), _subtitle(found, units=units, log=log), say_source(found.release)),
            lines,
            scale=question.scale,
            percent=found.measure.nature is Nature.RATE,
            callouts=_callouts(found),
            hollow_note=note_hollow(found.measure, found.series),
        ),
        alt=_describe(found, headline),
        preview=None,
        grid=_grid(found, units=units),
        records=tuple(
            make_record(found.measure, s.place, p.year, s.unit, p.value, found.release)
            for s in found.series
            for p in s.points
        ),
        caveats=tuple(caveats),
        source=say_source(found.release),
    )


def _when(found: Trend, point: Point) -> str:
    return say_when(found.measure.nature, point.year, found.release.period_of(point.year))


def _amount(found: Trend, series: Series, point: Point) -> str:
    value = say_value(found.measure, point.value)
    if series.unit is Unit.CASES:
        return f"{value} cases" if found.measure.nature is not Nature.RATE else f"{value} (of cases)"
    return value


def _subject(found: Trend, place: Place) -> str:
    people = " for people" if found.measure.nature is Nature.RATE and place.origin else ""
    return f"{SUBJECTS[found.measure]}{people} {say_place(place)}"


def _say_headline(found: Trend) -> str:
    first = found.series[0]
    latest = first.latest
    if latest is None:
        return f"{_subject(found, first.place)}: not published."
    change = f", {words}" if found.change and (words := say_change(found.change)) else ""
    amount = _amount(found, first, latest) + _cases_beside(found, latest)
    return f"{_subject(found, first.place)}: **{amount}** {_when(found, latest)}{change}."


def _cases_beside(found: Trend, latest: Point) -> str:
    """Add the cases of the same year and place, so that nobody takes the persons for all."""
    if found.measure.nature is Nature.RATE:
        return ""
    for other in found.series[1:]:
        point = other.at(latest.year)
        if other.place == found.series[0].place and other.unit is Unit.CASES and point and point.value:
            return f" persons and {say_value(found.measure, point.value)} cases"
    return ""


def _say_turns(found: Trend) -> str:
    main = found.series[0]
    parts = []
    span = f"{found.years[0]}–{found.years[1]}"
    if (record := main.highest) and record.value:
        parts.append(f"Highest of {span}: {say_value(found.measure, record.value)} ({record.year}).")
    before = main.at(BEFORE_COVID)
    if before and before.value is not None and main.latest and main.latest.year > BEFORE_COVID:
        parts.append(f"Before the pandemic ({BEFORE_COVID}): {say_value(found.measure, before.value)}.")
    parts += [
        f"Counted in cases, last: {_amount(found, other, other.latest)} {_when(found, other.latest)}."
        for other in found.series[1:]
        if other.latest and main.latest and other.latest.year != main.latest.year
    ]
    return " ".join(parts)


def _say_others(found: Trend) -> str:
    told = [
        f"{name_place(s.place)} {_amount(found, s, s.latest)} {_when(found, s.latest)}"
        for s in found.series[1:]
        if s.latest
    ]
    return f"Beside it: {'; '.join(told)}."


def _title(found: Trend) -> str:
    first = found.series[0]
    if len(found.series) > 1 and len({s.place for s in found.series}) > 1:
        return f"{SUBJECTS[found.measure]} compared, {found.years[0]}–{found.years[1]}"
    if first.latest is None:
        return _subject(found, first.place)
    return (
        f"{_subject(found, first.place)}: {_amount(found, first, first.latest)} {_when(found, first.latest)}"
    )


def _subtitle(found: Trend, *, units: bool, log: bool) -> str:
    if found.measure is Measure.PENDING:
        what = "People waiting for a decision at the end of each year (stock)"
    elif found.measure.nature is Nature.RATE:
        what = f"{NAMES[found.measure]}: share of substantive decisions of each year"
    else:
        unit = "persons and in cases" if units else found.series[0].unit.word
        what = f"{NAMES[found.measure]} per year, in {unit}"
    return f"{what}, {found.years[0]}–{found.years[1]}{', log scale' if log else ''}"


def _callouts(found: Trend) -> tuple[Callout, ...]:
    main = found.series[0]
    marks = []
    record, before = main.highest, main.at(BEFORE_COVID)
    if record and record.value and record != main.latest:
        marks.append(Callout(0, record.year, f"{say_value(found.measure, record.value)} in {record.year}"))
    if (
        before
        and before.value
        and before not in (record, main.latest)
        and len({s.place for s in found.series}) == 1
    ):
        marks.append(Callout(0, before.year, f"{BEFORE_COVID}: {say_value(found.measure, before.value)}"))
    return tuple(marks)


def _grid(found: Trend, *, units: bool) -> Grid:
    header = ("Year", *(name_series(s, units=units) for s in found.series))
    rows = [
        (
            f"{year}*" if found.series[0].points[i].partial else f"{year}",
            *(say_value(found.measure, s.points[i].value) for s in found.series),
        )
        for i, year in enumerate(range(found.years[0], found.years[1] + 1))
    ]
    return Grid(header, tuple(rows))


def _describe(found: Trend, headline: str) -> str:
    parts = [f"Line chart, {found.years[0]}–{found.years[1]}. {headline.replace('**', '')}"]
    for series in found.series:
        points = [p for p in series.points if p.value is not None]
        if points:
            parts.append(
                f"{name_place(series.place)}: from {_amount(found, series, points[0])} in {points[0].year}"
                f" to {_amount(found, series, points[-1])} in {points[-1].year}."
            )
    return " ".join(parts)
