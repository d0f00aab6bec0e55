"""Figures per inhabitant over years, as a reply; of a year, what is said beside the figures themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.lines import LineChart
from bot.charts.subjects import Heading, Line, LinePoint
from bot.languages import N_, _
from bot.replies.comparison import choose_trend_mind, list_asked_points, list_records
from bot.replies.coverage import (
    behind,
    in_brackets,
    is_broken,
    qualify,
    say_across,
    say_first,
)
from bot.replies.layout import mark_breaks, note_hollow, say_caveats, start_at
from bot.replies.reply import Grid, Reply
from bot.words import (
    INHABITANTS_SOURCE,
    capitalise,
    list_parts,
    note_partial,
    say_change_since,
    say_covered,
    say_inhabitants,
    say_number,
    say_one_in,
    say_per_head,
    say_source,
    say_when,
    sign_chart,
)
from bot.words.measures import NAMES_WITHIN, SUBJECTS, name_place, say_counted, say_subject
from data.measures import INHABITANTS
from data.model import Extent, Measure, Nature, ReferencePeriod, Unit
from data.questions.inhabitants import inhabitants_of, whose

if TYPE_CHECKING:
    from data.model import Number, Release
    from data.questions.figures import Figures
    from data.questions.trend import AskTrend, Trend
    from data.statistics import Point, Series

PODIUM = 3


def say_sources(release: Release) -> str:
    """Write the line that stands under figures per inhabitant."""
    return f"{say_source(release)} · {INHABITANTS_SOURCE}"


def sign_inhabitants(release: Release) -> str:
    """Write what stands under a chart, in two lines."""
    return f"{sign_chart(release)} · {INHABITANTS_SOURCE}"


def say_year_per(found: Figures) -> str:
    """Say the main figures of a year per inhabitant, of stocks also one in how many."""
    told = []
    number = found.inhabitants or 0
    for of in dict.fromkeys((*found.leading, *MAIN)):
        if persons := found.tallies[of].persons:
            amount = f"{say_per_head(of.nature, persons / number)} {say_inhabitants(of.nature)}"
            one = f" ({say_one_in(persons, number)})" if of.nature is Nature.STOCK else ""
            partial = found.extents.get((of, Unit.PERSONS))
            when = f" {say_when(of.nature, found.year, partial)}" if partial else ""
            told.append(f"{NAMES_WITHIN[of]} **{amount}**{one}{when}{_note_cases(found, of)}")
    area = whose(found.place)
    where = _(" of {area:text}", area=area) if area and not found.place.asylum else ""
    who = _(
        "The {number} inhabitants{where} in {year}", number=say_number(number), where=where, year=found.year
    )
    return (
        _("{list}. {who} are the UN's estimate.", list=capitalise("; ".join(told)), who=who) if told else ""
    )


def say_lead_per(found: Figures) -> str:
    """Say who leads there, or the stock, or else the applications, per inhabitant, as an answer."""
    number = found.inhabitants or 0
    for of in (*found.leading, Measure.PENDING, Measure.APPLICATIONS):
        if persons := found.tallies[of].persons:
            amount = f"**{say_per_head(of.nature, persons / number)}** {say_inhabitants(of.nature)}"
            one = f" ({say_one_in(persons, number)})" if of.nature is Nature.STOCK else ""
            when = say_when(of.nature, found.year, found.extent(of))
            return _(
                "{subject}: {amount}{one} {when}{cases}.",
                subject=say_counted(of, found.place),
                amount=amount,
                one=one,
                when=when,
                cases=_note_cases(found, of),
            )
    return ""


def _note_cases(found: Figures, of: Measure) -> str:
    """Say in brackets which cases are not in a figure per inhabitant."""
    cases = found.tallies[of].cases
    return in_brackets(_("without {number} cases", number=say_number(cases)) if cases else "")


MAIN = (Measure.REFUGEES, Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS)
"""What a year's figures per inhabitant are told of, behind the populations that lead there."""


def say_per(nature: Nature, value: Number | None) -> str:
    """Write a figure per inhabitant, or a dash where there is none."""
    return "–" if value is None else say_per_head(nature, value)


def _per(found: Trend, value: Number | None) -> str:
    return say_per(found.measure.nature, value)


def _drawn(found: Trend, value: Number | None) -> float | None:
    return None if value is None else value * INHABITANTS[found.measure.nature]


def reply_trend_per(question: AskTrend, found: Trend) -> Reply:
    """Lay out lines per inhabitant: the newest figures first, with what they are of."""
    title, subtitle = (
        _title(found),
        f"{SUBJECTS[found.measure]} {say_inhabitants(found.measure.nature)}{_day(found)}",
    )
    shown = [start_at(each, _begin(found)) for each in found.series]
    lines = tuple(
        Line(
            name_place(each.place),
            tuple(LinePoint(p.year, _drawn(found, p.value), p.partial) for p in each.points),
            _label_line(found, each),
        )
        for each in shown
    )
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_others(found), _say_record(found)) if line),
        chart=LineChart(
            Heading(title, subtitle, sign_inhabitants(found.release)),
            lines,
            scale=question.scale,
            hollow_note=note_hollow(found.measure, found.series),
            breaks=mark_breaks(found.measure, found.series, named=len(found.series) > 1),
        ),
        lay_out=lambda: _grid(found),
        list_records=lambda: list_records(found),
        caveats=say_caveats(found.caveats),
        source=say_sources(found.release),
        first=say_first(found.caveats),
        short=(headline, _say_others(found) or ("" if is_broken(found.caveats) else _say_record(found))),
        mind=choose_trend_mind(question, found),
    )


def _begin(found: Trend) -> int:
    return min(each.earliest.year for each in found.series if each.earliest)


def _day(found: Trend) -> str:
    stock = _(" at the end of each year") if found.measure.nature is Nature.STOCK else _(" and year")
    return f"{stock}, {_begin(found)}–{max(each.latest.year for each in found.series if each.latest)}"


def _when(found: Trend, point: Point) -> str:
    covers = point.extent or found.release.extent_of(point.year)
    return say_when(found.measure.nature, point.year, covers)


def _say_headline(found: Trend) -> str:
    main, counted = found.series[0], found.counted[0]
    latest = main.latest
    if latest is None:
        return _("{subject}: not published.", subject=say_subject(found.measure, main.place))
    count = counted.at(latest.year)
    persons = count.value if count and count.value else 0
    change = ""
    if found.change:
        before = say_when(found.measure.nature, found.change.year_before, ReferencePeriod.YEAR_END)
        change = say_change_since(found.change, before, per=True)
        change += in_brackets(say_across(found.crossed)) if change else ""
    inhabitants = inhabitants_of(main.place, latest.year) or 0
    stock = found.measure.nature is Nature.STOCK and persons
    one = f" ({say_one_in(persons, inhabitants)})" if stock else ""
    if found.single:
        told = " · ".join(_say_point(found, point) for point in main.points if point.year in found.single)
        head = f"{say_subject(found.measure, main.place)} {say_inhabitants(found.measure.nature)}"
        return _("{head}: {told}{behind}.", head=head, told=told, behind=behind(change))
    amount = f"{_per(found, latest.value)} {say_inhabitants(found.measure.nature)}"
    told = list_parts(f"**{amount}**{one} {_when(found, latest)}", change)
    return _(
        "{subject}: {told}; {number} persons{cases}.",
        subject=say_subject(found.measure, main.place),
        told=told,
        number=say_number(persons),
        cases=_say_cases(found, latest.year),
    )


def _say_cases(found: Trend, year: int) -> str:
    """Say that the persons are all, or that there are cases which are not in the figure per inhabitant."""
    own = (each.at(year) for each in found.beside if each.place == found.series[0].place)
    cases = next((point.value for point in own if point and point.value), None)
    return _(", without {number} cases", number=say_number(cases)) if cases else _(" in all")


def _say_point(found: Trend, point: Point) -> str:
    if point.value is None:
        return _("{year}: **not known**", year=point.year)
    covers = point.extent or found.release.extent_of(point.year)
    year = say_covered(found.measure.nature, covers) if point.partial else f"{point.year}"
    return _("{year}: **{per}**", year=year, per=_per(found, point.value))


def _label_line(found: Trend, series: Series) -> str:
    """Name a line with its newest figure, and what that stands for where it is not the last year."""
    latest = series.latest
    if latest is None:
        return name_place(series.place)
    covers = latest.extent or found.release.extent_of(latest.year)
    whole = covers == Extent(series.points[-1].year)
    when = "" if whole else in_brackets(note_partial(found.measure.nature, covers))
    return f"{name_place(series.place)} {_per(found, latest.value)}{when}"


def _title(found: Trend) -> str:
    told = [
        _label_line(found, each)
        for each in sorted(found.series, key=lambda s: -((s.latest and s.latest.value) or 0))
    ]
    if len(found.series) > 1:
        return _(
            "{subject} {inhabitants}: {list}",
            subject=SUBJECTS[found.measure],
            inhabitants=say_inhabitants(found.measure.nature),
            list=", ".join(told[:PODIUM]),
        )
    main = found.series[0]
    if main.latest is None:
        return say_subject(found.measure, main.place)
    amount = f"{_per(found, main.latest.value)} {say_inhabitants(found.measure.nature)}"
    return _(
        "{subject}: {amount} {when}",
        subject=say_subject(found.measure, main.place),
        amount=amount,
        when=_when(found, main.latest),
    )


def _say_others(found: Trend) -> str:
    told = [_label_line(found, each) for each in found.series[1:]]
    return _("Compared with: {list}.", list=", ".join(told)) if told else ""


def _say_record(found: Trend) -> str:
    main = found.series[0]
    if len(found.series) > 1 or found.single or main.peak is None or main.peak.above:
        return ""
    record = main.peak.whole
    note = qualify(found.measure, main, record)
    words = N_("Highest of {span}: {told}.")
    if any(point.partial and point.value is not None for point in main.points):
        words = N_("Highest of whole years in {span}: {told}.")
        if found.measure.nature is Nature.STOCK:
            words = N_("Highest at a year's end in {span}: {told}.")
    span = f"{_begin(found)}–{main.points[-1].year}"
    return _(words, span=span, told=f"{_per(found, record.value)} ({record.year}{behind(note)})")


def _grid(found: Trend) -> Grid:
    hollow = note_hollow(found.measure, found.series)
    rows = tuple(
        (
            f"{points[0].year}{'*' if any(p.partial and p.value is not None for p in points) else ''}",
            *(_per(found, p.value) for p in points),
        )
        for points in zip(*(list_asked_points(found, each) for each in found.series), strict=True)
    )
    return Grid(
        (_("Year"), *(name_place(each.place) for each in found.series)),
        rows,
        note=say_inhabitants(found.measure.nature) + (hollow and _("; * {hollow}", hollow=hollow)),
    )
