"""A measure over years, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Callout, Heading, LineChart
from bot.replies.caveats import say_caveat
from bot.replies.pieces import (
    describe_line,
    draw_series,
    make_record,
    name_series,
    note_hollow,
    say_amount,
    say_caveats,
    unbold,
)
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.words import (
    NAMES,
    SMALL,
    SUBJECTS,
    name_place,
    say_change_since,
    say_number,
    say_source,
    say_subject,
    say_value,
    say_when,
)
from data.caveats import ZerosOnLogScale
from data.model import Measure, Nature, Period, Unit

if TYPE_CHECKING:
    from data.findings import Point, Series, Trend
    from data.questions import AskTrend

BEFORE_COVID = 2019


def reply_trend(question: AskTrend, found: Trend) -> Reply:
    """Lay out the lines: the newest figures first, then record and turning points."""
    units = _has_both_units(found)
    log = question.scale == "log"
    caveats = list(say_caveats(found.caveats))
    if log and any(p.value == 0 for each in found.series for p in each.points):
        caveats.append(say_caveat(ZerosOnLogScale()))
    headline = _say_headline(found)
    lines = tuple(draw_series(found.measure, s, name_series(s, units=units)) for s in found.series)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_others(found), _say_turns(found), _say_gap(found)) if line),
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


def _has_both_units(found: Trend) -> bool:
    return len({series.unit for series in found.series}) > 1


def _compares(found: Trend) -> bool:
    return len({series.place for series in found.series}) > 1


def _when(found: Trend, year: int) -> str:
    return say_when(found.measure.nature, year, found.release.period_of(year))


def _amount(found: Trend, series: Series, point: Point) -> str:
    return say_amount(found.measure, series.unit, point.value)


def _span(found: Trend) -> str:
    first, last = found.years
    return f"{first}" if first == last else f"{first}–{last}"


def _say_headline(found: Trend) -> str:
    main = found.series[0]
    subject = say_subject(found.measure, main.place)
    if main.latest is None:
        return f"{subject}: not published."
    change = ""
    if found.change:
        before = say_when(found.measure.nature, found.change.year_before, Period.YEAR_END)
        change = say_change_since(found.change, before)
    when = _when(found, main.latest.year)
    return f"{subject}: **{_say_latest(found, main.latest)}** {when}{change and f', {change}'}."


def _say_latest(found: Trend, latest: Point) -> str:
    """Put the cases of the same year and place beside, so that nobody takes the persons for all."""
    main = found.series[0]
    for other in found.series[1:]:
        point = other.at(latest.year)
        if other.place == main.place and other.unit is Unit.CASES and point and point.value:
            persons = say_amount(found.measure, main.unit, latest.value, units=True)
            joint = " of persons, " if found.measure.nature is Nature.RATE else " and "
            return f"{persons}{joint}{_amount(found, other, point)}"
    return _amount(found, main, latest)


def _say_others(found: Trend) -> str:
    """Say the newest figures of the places beside, and their years where they differ from the first's."""
    main = found.series[0].latest
    told = [
        f"{name_place(s.place)} {_amount(found, s, s.latest)}"
        + (f" {_when(found, s.latest.year)}" if main is None or s.latest.year != main.year else "")
        for s in found.series[1:]
        if s.latest and _compares(found)
    ]
    return f"Beside it: {', '.join(told)}." if told else ""


def _say_turns(found: Trend) -> str:
    """Say the record, the year before the pandemic, and where the line in cases ends."""
    main = found.series[0]
    if _compares(found) or main.latest is None:
        return ""
    parts = [_say_record(found, main, main.latest)]
    before = main.at(BEFORE_COVID)
    if before and before.value is not None and main.latest.year > BEFORE_COVID:
        parts.append(f"Before the pandemic ({BEFORE_COVID}): {_amount_apart(found, main, before)}.")
    parts += [
        f"The last figure in cases: {say_value(found.measure, other.latest.value)}"
        f" {_when(found, other.latest.year)}."
        for other in found.series[1:]
        if other.latest and other.latest.year != main.latest.year
    ]
    return " ".join(part for part in parts if part)


def _say_record(found: Trend, main: Series, latest: Point) -> str:
    record = main.highest
    if record is None or main.earliest == main.latest or not _is_worth_telling(found, record):
        return ""
    if record == latest:
        return f"That is the highest of {_span(found)}."
    if (latest.value or 0) > (record.value or 0):
        return f"That is more than in any whole year of {_span(found)}."
    return f"Highest of {_span(found)}: {_amount_apart(found, main, record)} ({record.year})."


def _is_worth_telling(found: Trend, record: Point) -> bool:
    """Leave out records of nothing, and counts so small that UNHCR's rounding makes them equal."""
    return (record.value or 0) >= SMALL or (found.measure.nature is Nature.RATE and bool(record.value))


def _amount_apart(found: Trend, series: Series, point: Point) -> str:
    """Write a value with its unit where there is a line in cases as well."""
    return say_amount(found.measure, series.unit, point.value, units=_has_both_units(found))


def _say_gap(found: Trend) -> str:
    """Say that the last year asked for has no figure, so that nobody takes an older one for it."""
    latest, last = found.series[0].latest, found.years[1]
    if latest is None or latest.year == last:
        return ""
    yet = " yet" if found.release.period_of(last) is Period.MID_YEAR else ""
    since = f"{last}" if latest.year == last - 1 else f"{latest.year + 1}–{last}"
    return f"For {since} no figure is published{yet}."


def _title(found: Trend) -> str:
    main = found.series[0]
    if _compares(found):
        return f"{SUBJECTS[found.measure]} compared, {_span(found)}"
    subject = say_subject(found.measure, main.place)
    if main.latest is None:
        return subject
    return f"{subject}: {_say_latest(found, main.latest)} {_when(found, main.latest.year)}"


def _subtitle(found: Trend, *, units: bool, log: bool) -> str:
    if found.measure is Measure.PENDING:
        what = "People waiting for a decision at the end of each year (stock)"
    elif found.measure.nature is Nature.RATE:
        what = "Share of each year's substantive decisions"
    else:
        unit = "persons and in cases" if units else found.series[0].unit.word
        what = f"{NAMES[found.measure]} per year, in {unit}"
    return f"{what}, {_span(found)}{', log scale' if log else ''}"


def _callouts(found: Trend) -> tuple[Callout, ...]:
    main = found.series[0]
    marks = []
    record, before = main.highest, main.at(BEFORE_COVID)
    if record and record != main.latest and _is_worth_telling(found, record):
        marks.append(Callout(0, record.year, f"{say_value(found.measure, record.value)} in {record.year}"))
    if before and before.value and before not in (record, main.latest) and not _compares(found):
        marks.append(Callout(0, before.year, f"{BEFORE_COVID}: {say_value(found.measure, before.value)}"))
    return tuple(marks)


def _grid(found: Trend, *, units: bool) -> Grid:
    header = ("Year", *(name_series(s, units=units) for s in found.series))
    rows = [
        (
            f"{year}*" if any(s.points[i].partial for s in found.series) else f"{year}",
            *(say_value(found.measure, s.points[i].value) for s in found.series),
        )
        for i, year in enumerate(range(found.years[0], found.years[1] + 1))
    ]
    return Grid(header, tuple(rows))


def _describe(found: Trend, headline: str) -> str:
    parts = [f"Line chart, {_span(found)}. {unbold(headline)}"]
    for series in found.series:
        if along := describe_line(found.measure, series):
            parts.append(f"{name_place(series.place)}: {along}.")
    return " ".join(parts)
