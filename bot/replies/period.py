"""A measure over spans of years, as a reply."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.charts.bars import BarChart
from bot.charts.lines import LineChart
from bot.charts.subjects import Callout, Heading, Line
from bot.languages import _, digits, pgettext
from bot.replies.coverage import SHORT, in_brackets, say_across, say_carried, say_first
from bot.replies.layout import (
    draw_series,
    draw_years,
    make_record,
    mark_breaks,
    note_hollow,
    say_amount,
    say_caveats,
    start_at,
)
from bot.replies.mind import choose_mind
from bot.replies.reply import Grid, Reply
from bot.words import (
    MIN_CHANGE,
    capitalise,
    list_parts,
    say_change,
    say_covered,
    say_list,
    say_number,
    say_rate,
    say_short,
    say_source,
    say_times,
    say_unit,
    say_value,
    say_when,
    say_years,
    sign_chart,
)
from bot.words.measures import NAMES, name_place, say_counted, say_subject
from data.coverage import CoverageKind, rests_on_reviews
from data.model import Measure, Nature, Unit

if TYPE_CHECKING:
    from data.model import Number
    from data.questions.period import AskPeriod, Period, PeriodSpan
    from data.statistics import Point

PAIR = 2
"""So many years are bars: a line would be a mere slope."""
MAX_RUNS = 3
"""So many runs of years are named each; of more only their number is told."""


def reply_period(question: AskPeriod, found: Period) -> Reply:
    """Lay out each span: its range with years, its mean, and what its sum does or does not mean."""
    headline = _say_headline(found)
    stocks = (_say_no_total(found, span) for span in found.spans)
    lines = (_say_ratio(found), _say_ends(found), _say_beside(found), *stocks)
    grid = _grid(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (*lines, _say_gaps(found)) if line),
        chart=_draw(found),
        lay_out=lambda: grid,
        list_records=lambda: (
            make_record(
                found.measure,
                found.place,
                point.year,
                span.unit,
                point.value,
                found.release,
                extent=point.extent,
                breaks=span.series.breaks,
                carried=found.carried if point.year == _last(found) else None,
            )
            for span in (*found.spans, *found.beside)
            for point in span.series.points
        ),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_mind(found.caveats),
        kept=3 if _say_ratio(found) and _say_parts(found) else 2,
    )


def _say_short(found: Period) -> tuple[str, ...]:
    """Say what each span comes to, how they compare, what is left out, and what there is in cases."""
    told = [_say_briefly(found, span, bold=number == 0) for number, span in enumerate(found.spans)]
    answer = _("{subject}: {list}.", subject=say_counted(found.measure, found.place), list="; ".join(told))
    within = [_find_cases(found, span) for span in found.spans]
    apart = (span for span in found.beside if span.overall is not None and span not in within)
    cases = [_say_briefly(found, span) for span in apart]
    beside = _("Counted apart in cases: {list}.", list="; ".join(cases)) if cases else ""
    lines = (_say_parts(found), _say_ratio(found) or _say_ends(found), beside, _say_gaps(found))
    return (answer, *filter(None, lines))


def _say_briefly(found: Period, span: PeriodSpan, *, bold: bool = False) -> str:
    """Say what a span comes to, without its range; of two, what is said of both tells that series break."""
    if span.overall is None:
        if bold:
            return _("**no figure** of a whole year in {name}", name=_name(span))
        return _("no figure of a whole year in {name}", name=_name(span))
    flow = found.measure.nature is Nature.FLOW
    of = _("of {number} decisions", number=say_number(span.decisions)) if span.decisions else ""
    across = "" if flow or len(found.spans) > 1 else say_across(span.crossed)
    notes = "; ".join(filter(None, (of, across)))
    told = _say_title_of(found, span, _find_cases(found, span))
    parts = _note_parts(found, span) if flow else in_brackets(notes)
    return _(
        "{embolden} in {counted}{parts}",
        embolden=_embolden(told, bold=bold),
        counted=_name_counted(span),
        parts=parts,
    )


def _find_cases(found: Period, span: PeriodSpan) -> PeriodSpan | None:
    """Return the cases that are told in one breath with a sum of persons: those of the same years."""
    beside = dict(zip(map(id, found.spans), found.beside, strict=False)).get(id(span))
    sums = found.measure.nature is Nature.FLOW and len(span.series.points) > 1 and span.overall is not None
    alike = beside is not None and beside.total and {*beside.counted} <= {*span.counted}
    plain = beside is not None and not any(_note_parts(found, each) for each in (span, beside))
    return beside if sums and alike and plain else None


def _say_parts(found: Period) -> str:
    """Give the figures of parts of years, which enter nothing, in persons and in cases."""
    parts = dict.fromkeys(
        f"{_amount(found, span, point.value)} {_say_when(found, point)}"
        for span in (*found.spans, *found.beside)
        for point in span.left_out
    )
    if found.measure.nature is Nature.STOCK:
        return _("Left out, not being year-end figures: {list}.", list=say_list(parts)) if parts else ""
    return _("Left out, being less than a year: {list}.", list=say_list(parts)) if parts else ""


def _embolden(text: str, *, bold: bool) -> str:
    return f"**{text}**" if bold else text


def _name(span: PeriodSpan) -> str:
    first, last = span.years
    return f"{first}" if first == last else f"{first}–{last}"


def _name_counted(span: PeriodSpan) -> str:
    """Name the years that enter a mean or a sum, which may be fewer than those asked for."""
    counted = span.counted
    if not counted or len(counted) == span.years[1] - span.years[0] + 1:
        return _name(span)
    gaps = sum(after - before > 1 for before, after in pairwise(counted))
    return (
        say_years(counted)
        if gaps < MAX_RUNS
        else _("{count} of the years {name}", count=len(counted), name=_name(span))
    )


def _amount(found: Period, span: PeriodSpan, value: Number | None) -> str:
    """Write a value, or a mean to the next whole number; cases are named."""
    whole = value if value is None or found.measure.nature is Nature.RATE else round(value)
    return say_amount(found.measure, span.unit, whole, units=bool(found.beside))


def _last(found: Period) -> int:
    return max(last for _, last in (each.years for each in found.spans))


def _end(found: Period, span: PeriodSpan, point: Point | None, *, dated: bool = True) -> str:
    """Write a figure and in brackets its day; a whole year only where `dated`."""
    if point is None:
        return _("not published")
    day = say_covered(found.measure.nature, point.extent or found.release.extent_of(point.year))
    when = day if point.partial else f"{point.year}" if dated else ""
    stale = say_carried(found.carried, found.place) if point.year == _last(found) else ""
    only = SHORT[CoverageKind.REVIEWS_ONLY] if rests_on_reviews(span.series.breaks, point.year) else ""
    notes = "; ".join(filter(None, (when, stale, only)))
    bold = "**" if found.measure.nature is Nature.STOCK or len(span.counted) < 2 else ""  # noqa: PLR2004 - a range
    return f"{bold}{_amount(found, span, point.value)}{bold}{in_brackets(notes)}"


def _say_span(found: Period, span: PeriodSpan) -> str:
    if span.lowest is None or span.highest is None:
        told = say_list(_end(found, span, point) for point in span.left_out)
        if not told:
            return _("{name}: no figure of a whole year", name=_name(span))
        return _("{name}: no figure of a whole year, but {told}", name=_name(span), told=told)
    if span.years[0] == span.years[1]:
        return _("{name}: {end}", name=_name(span), end=_end(found, span, span.highest, dated=False))
    if len(span.counted) == 1:
        only = _say_only(found, span)
        return _("{name}: {end}, {only}", name=_name(span), end=_end(found, span, span.highest), only=only)
    if span.lowest.value == span.highest.value:
        every = _say_every(found, span)
        total = f"{_say_total(found, span)}, " if found.measure.nature is Nature.FLOW else ""
        return _(
            "{name}: {total}{amount} {every}",
            name=_name(span),
            total=total,
            amount=_amount(found, span, span.lowest.value),
            every=every,
        )
    between = _(
        "between {end} and {end_2}", end=_end(found, span, span.lowest), end_2=_end(found, span, span.highest)
    )
    overall = _say_overall(found, span)
    if found.measure.nature is Nature.STOCK:
        return _(
            "{name}: {between}, {overall}{left_out}",
            name=_name(span),
            between=between,
            overall=overall,
            left_out=_say_left_out(found, span),
        )
    if found.measure.nature is Nature.FLOW:
        overall = f"{_say_total(found, span)}, {overall}"
    return _(
        "{name}: {overall}, {between}{left_out}",
        name=_name(span),
        overall=overall,
        between=between,
        left_out=_say_left_out(found, span),
    )


def _say_only(found: Period, span: PeriodSpan) -> str:
    left_out = _say_left_out(found, span)
    if left_out:
        return _("the only whole year with a figure{left_out}", left_out=left_out)
    return _("the only year with a figure")


def _say_every(found: Period, span: PeriodSpan) -> str:
    left_out = _say_left_out(found, span)
    if left_out:
        return _("in every whole year with a figure{left_out}", left_out=left_out)
    return _("in every year with a figure")


def _say_left_out(found: Period, span: PeriodSpan) -> str:
    """Name the figures that enter nothing: “; left out: 729,105 persons in January–June 2024”."""
    told = say_list(
        f"{_amount(found, span, point.value)} {_say_when(found, point)}" for point in span.left_out
    )
    return told and _("; left out: {told}", told=told)


def _say_when(found: Period, point: Point) -> str:
    return say_when(found.measure.nature, point.year, point.extent or found.release.extent_of(point.year))


def _say_overall(found: Period, span: PeriodSpan) -> str:
    if found.measure.nature is Nature.RATE:
        merits = _("{number} on the merits", number=say_number(span.decisions)) if span.decisions else ""
        note = in_brackets("; ".join(filter(None, (merits, say_across(span.crossed)))))
        return _("**{rate}** of all those decisions together{note}", rate=say_rate(span.overall), note=note)
    first, last = span.years
    some = _(" of the {count} years", count=len(span.counted)) if len(span.counted) <= last - first else ""
    note = some + in_brackets(say_across(span.crossed))
    return _("{amount} on average{note}", amount=_amount(found, span, span.overall), note=note)


def _say_headline(found: Period) -> str:
    told = "; ".join(_say_span(found, span) for span in found.spans)
    return f"{say_subject(found.measure, found.place)}, {told}."


def _say_ratio(found: Period) -> str:
    if found.ratio is None:
        return ""
    first, second = map(_name, found.spans)
    if all(len(span.series.points) == 1 for span in found.spans):
        return _compare_years(found.ratio, first, second)
    compared = _compare_means(found.ratio, *map(_name_counted, found.spans))
    if not (years := found.disturbed):
        return capitalise(compared)
    told = say_years(years)
    if len(years) == 1:
        return _("Across a break in the series ({years}), {compared}", years=told, compared=compared)
    return _("Across breaks in the series ({years}), {compared}", years=told, compared=compared)


def _compare_years(ratio: float, first: str, second: str) -> str:
    """Say how a year's figure stands to another's: “2025 is 12% higher than 2024”."""
    if abs(ratio) < MIN_CHANGE:
        return _("{second} is about the same as {first}.", second=second, first=first)
    if ratio >= 1:
        return _(
            "{second} is {times} times as high as {first}.",
            second=second,
            times=say_times(ratio),
            first=first,
        )
    percent = digits(f"{abs(ratio):.0%}")
    if ratio > 0:
        return _("{second} is {percent} higher than {first}.", second=second, percent=percent, first=first)
    return _("{second} is {percent} lower than {first}.", second=second, percent=percent, first=first)


def _compare_means(ratio: float, first: str, second: str) -> str:
    """Say the same of means, within a sentence."""
    if abs(ratio) < MIN_CHANGE:
        return _("the mean of {second} is about the same as that of {first}.", second=second, first=first)
    if ratio >= 1:
        return _(
            "the mean of {second} is {times} times as high as that of {first}.",
            second=second,
            times=say_times(ratio),
            first=first,
        )
    percent = digits(f"{abs(ratio):.0%}")
    if ratio > 0:
        return _(
            "the mean of {second} is {percent} higher than that of {first}.",
            second=second,
            percent=percent,
            first=first,
        )
    return _(
        "the mean of {second} is {percent} lower than that of {first}.",
        second=second,
        percent=percent,
        first=first,
    )


def _say_beside(found: Period) -> str:
    told = [_say_span(found, span) for span in found.beside if span.series.latest]
    return _("Counted apart in cases: {list}.", list="; ".join(told)) if told else ""


def _say_total(found: Period, span: PeriodSpan) -> str:
    """Give the sum of a flow, with its years where they are fewer than those asked for."""
    whole = len(span.counted) == len(span.series.points)
    years = "" if whole else _(" of {years}", years=say_years(span.counted))
    return _(
        "**{amount}** in all{years}{parts}",
        amount=_amount(found, span, span.total),
        years=years,
        parts=_note_parts(found, span),
    )


def _note_parts(found: Period, span: PeriodSpan) -> str:
    """Say which members of a sum have only a part of a year in it."""
    told = [
        _(
            "{span} only of {country:text}",
            span=say_covered(found.measure.nature, at.extent),
            country=at.country,
        )
        for at in span.series.breaks
        if at.extent and at.share is not None and at.year in span.counted
    ]
    return in_brackets(pgettext("parts of years", "with {list}", list=say_list(told)) if told else "")


def _say_no_total(found: Period, span: PeriodSpan) -> str:
    """Say what the sum of a stock would be and why that is no number of people."""
    if found.measure.nature is not Nature.STOCK or len(span.counted) < 2:  # noqa: PLR2004 - one needs no sum
        return ""
    years, number = say_years(span.added), say_number(span.total)
    if found.measure is Measure.PENDING:
        return _(
            "No total: the stocks of {years} would add up to {number}, which counts the same pending claim"
            " again in every year it waits.",
            years=years,
            number=number,
        )
    return _(
        "No total: the stocks of {years} would add up to {number}, which counts the same people again in"
        " every year that they stay.",
        years=years,
        number=number,
    )


def _say_ends(found: Period) -> str:
    """Set the first and the last stock beside each other."""
    change = found.change
    if change is None:
        return ""
    first, last = found.spans[0].counted[0], found.spans[0].counted[-1]
    before, after = (
        _("{number} in {first}", number=say_number(change.before), first=first),
        _("{number} in {last}", number=say_number(change.after), last=last),
    )
    return _(
        "From first to last: {parts}.",
        parts=list_parts(before, after, say_change(change), say_across(found.crossed)),
    )


def _say_gaps(found: Period) -> str:
    missing = {point.year for span in found.spans for point in span.series.points if point.value is None}
    return _("No figure is published for {years}.", years=say_years(missing)) if missing else ""


def _grid(found: Period) -> Grid:
    rate = found.measure.nature is Nature.RATE
    flow = found.measure.nature is Nature.FLOW
    header = (
        "",
        pgettext("a column", "lowest"),
        pgettext("a column", "highest"),
        _("together") if rate else _("mean"),
        _("total") if flow else "",
        _("left out"),
    )
    rows = tuple(
        (
            _("{name} (cases)", name=_name(span)) if span.unit is Unit.CASES else _name(span),
            _cell(found, span.lowest),
            _cell(found, span.highest),
            "–" if span.overall is None else say_value(found.measure, _round(found, span.overall)),
            say_number(span.total) if flow and span.total is not None else "",
            ", ".join(_cell_left_out(found, point) for point in span.left_out),
        )
        for span in (*found.spans, *found.beside)
    )
    return Grid(header, rows).without_empty_columns()


def _round(found: Period, value: Number) -> Number:
    return value if found.measure.nature is Nature.RATE else round(value)


def _cell(found: Period, point: Point | None) -> str:
    return "–" if point is None else f"{say_value(found.measure, point.value)} ({point.year})"


def _cell_left_out(found: Period, point: Point) -> str:
    covers = point.extent or found.release.extent_of(point.year)
    return f"{say_value(found.measure, point.value)} ({say_covered(found.measure.nature, covers)})"


def _draw(found: Period) -> LineChart | BarChart:
    rate = found.measure.nature is Nature.RATE
    heading = Heading(_title(found), _subtitle(found), sign_chart(found.release))
    if len(found.spans) == 1 and len(years := found.spans[0].series.points) == PAIR:
        return draw_years(found.measure, [found.spans[0].series], [each.year for each in years], heading)
    return LineChart(
        heading,
        tuple(_draw_span(found, span) for span in found.spans),
        percent=rate,
        callouts=tuple(_mark(found)),
        hollow_note=note_hollow(found.measure, [span.series for span in found.spans]),
        breaks=mark_breaks(found.measure, [span.series for span in found.spans]),
    )


def _draw_span(found: Period, span: PeriodSpan) -> Line:
    name = _name_counted(span)
    begin = span.series.earliest.year if span.series.earliest else span.years[0]
    line = draw_series(found.measure, start_at(span.series, begin), name)
    if span.overall is None:
        return Line(name, line.points, name)
    if len(found.spans) == 1 and (latest := span.series.latest):  # the mean is no value of the last year
        place = name_place(found.place)
        return Line(place, line.points, f"{place} {say_short(found.measure, latest.value or 0)}")
    value = say_value(found.measure, _round(found, span.overall))
    if len(line.points) <= 1:
        label = f"{name} {value}"
    elif found.measure.nature is Nature.RATE:
        label = _("{name} all {value}", name=name, value=value)
    else:
        label = _("{name} mean {value}", name=name, value=value)
    return Line(name, line.points, label)


def _mark(found: Period) -> list[Callout]:
    marks = []
    for number, span in enumerate(found.spans):
        if len(span.counted) > 1:
            marks += [
                Callout(
                    number,
                    point.year,
                    _("{value} in {year}", value=say_value(found.measure, point.value), year=point.year),
                )
                for point in (span.highest, span.lowest)
                if point is not None and not (span.above and point == span.highest)
                if len(found.spans) > 1 or point != span.series.latest
            ]
        if len(span.counted) > 1 and (above := span.above):
            value = say_value(found.measure, above.value)
            marks.append(Callout(number, above.year, f"{value} {_say_when(found, above)}"))
    return marks


def _title(found: Period) -> str:
    told = [
        _("{title_of} in {counted}", title_of=_say_title_of(found, span), counted=_name_counted(span))
        for span in found.spans
        if span.overall is not None
    ]
    return ", ".join(told) or _("{measure}: no figure of a whole year", measure=NAMES[found.measure])


def _say_title_of(found: Period, span: PeriodSpan, cases: PeriodSpan | None = None) -> str:
    """Give the sum of a flow, the mean of a stock, the rate of all decisions; of one year its figure.

    `cases` are told along with a sum of persons.
    """
    if len(span.series.points) == 1 or len(span.counted) == 1:
        return _amount(found, span, span.overall)
    if found.measure.nature is Nature.STOCK:
        return _("{amount} on average", amount=_amount(found, span, span.overall))
    if found.measure.nature is not Nature.FLOW:
        return _("{amount} together", amount=_amount(found, span, span.overall))
    beside = _(" and {amount}", amount=_amount(found, cases, cases.total)) if cases else ""
    return _("{amount}{beside} in all", amount=_amount(found, span, span.total), beside=beside)


def _subtitle(found: Period) -> str:
    if found.measure is Measure.PENDING:
        when = _("at the end of each year")
    else:
        apart = _("; cases are not drawn") if found.beside else ""
        when = _("per year, in {word}{apart}", word=say_unit(found.spans[0].unit), apart=apart)
    return f"{say_subject(found.measure, found.place)}, {when}"
