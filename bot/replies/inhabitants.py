"""Figures per inhabitant, as replies: what differs from the figures themselves."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from bot.charts.lines import LineChart
from bot.charts.map import Area, MapChart, choose_shares
from bot.charts.subjects import Heading, Line, LinePoint
from bot.replies.coverage import say_first
from bot.replies.layout import make_record, mark_breaks, note_hollow, say_caveats, start_at
from bot.replies.mind import choose_mind
from bot.replies.plates import frame
from bot.replies.reply import Grid, Reply
from bot.words import (
    INHABITANTS_SOURCE,
    NAMES,
    SUBJECTS,
    capitalise,
    name_place,
    say_change_since,
    say_counted,
    say_covered,
    say_inhabitants,
    say_number,
    say_one_in,
    say_per_head,
    say_source,
    say_subject,
    say_when,
    sign_chart,
)
from data.measures import INHABITANTS
from data.model import Measure, Nature, Place, ReferencePeriod, Role, Unit
from data.questions.inhabitants import inhabitants_of, whose
from data.questions.ranking import MIN_PER_HEAD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.replies.reply import Record
    from data.model import Country, Number, Release
    from data.questions.figures import Figures
    from data.questions.map import AskMap, Map
    from data.questions.trend import AskTrend, Trend
    from data.statistics import Point

PODIUM = 3
ONE = {Role.ORIGIN: "country of origin", Role.ASYLUM: "country of asylum"}
MAX_ROWS = 10


def say_sources(release: Release) -> str:
    """Write the line that stands under figures per inhabitant."""
    return f"{say_source(release)} · {INHABITANTS_SOURCE}"


def _sign(release: Release) -> str:
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
            told.append(f"{NAMES[of].lower()} **{amount}**{one}")
    area = whose(found.place)
    where = f" of {area.text}" if area and not found.place.asylum else ""
    who = f"The {say_number(number)} inhabitants{where} in {found.year}"
    return f"{capitalise('; '.join(told))}. {who} are the UN's estimate." if told else ""


def say_lead_per(found: Figures) -> str:
    """Say who leads there, or the stock, or else the applications, per inhabitant, as an answer."""
    number = found.inhabitants or 0
    for of in (*found.leading, Measure.PENDING, Measure.APPLICATIONS):
        if persons := found.tallies[of].persons:
            amount = f"**{say_per_head(of.nature, persons / number)}** {say_inhabitants(of.nature)}"
            one = f" ({say_one_in(persons, number)})" if of.nature is Nature.STOCK else ""
            when = say_when(of.nature, found.year, found.extent(of))
            return f"{say_counted(of, found.place)}: {amount}{one} {when}."
    return ""


MAIN = (Measure.REFUGEES, Measure.PENDING, Measure.APPLICATIONS, Measure.DECISIONS)
"""What a year's figures per inhabitant are told of, behind the populations that lead there."""


def _per(found: Trend | Map, value: Number | None) -> str:
    return "–" if value is None else say_per_head(found.measure.nature, value)


def _drawn(found: Trend | Map, value: Number | None) -> float | None:
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
            f"{name_place(each.place)} {_per(found, each.latest.value)}"
            if each.latest
            else name_place(each.place),
        )
        for each in shown
    )
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in (_say_others(found), _say_record(found)) if line),
        chart=LineChart(
            Heading(title, subtitle, _sign(found.release)),
            lines,
            scale=question.scale,
            hollow_note=note_hollow(found.measure, found.series),
            breaks=mark_breaks(found.measure, found.series, named=len(found.series) > 1),
        ),
        lay_out=lambda: _grid(found),
        list_records=lambda: _list_records(found),
        caveats=say_caveats(found.caveats),
        source=say_sources(found.release),
        first=say_first(found.caveats),
        short=(headline, _say_others(found) or _say_record(found)),
        mind=choose_mind(found.caveats),
    )


def _begin(found: Trend) -> int:
    return min(each.earliest.year for each in found.series if each.earliest)


def _day(found: Trend) -> str:
    stock = " at the end of each year" if found.measure.nature is Nature.STOCK else " and year"
    return f"{stock}, {_begin(found)}–{max(each.latest.year for each in found.series if each.latest)}"


def _when(found: Trend, point: Point) -> str:
    covers = point.extent or found.release.extent_of(point.year)
    return say_when(found.measure.nature, point.year, covers)


def _say_headline(found: Trend) -> str:
    main, counted = found.series[0], found.counted[0]
    latest = main.latest
    if latest is None:
        return f"{say_subject(found.measure, main.place)}: not published."
    count = counted.at(latest.year)
    persons = count.value if count and count.value else 0
    change = ""
    if found.change:
        before = say_when(found.measure.nature, found.change.year_before, ReferencePeriod.YEAR_END)
        change = say_change_since(found.change, before)
    inhabitants = inhabitants_of(main.place, latest.year) or 0
    stock = found.measure.nature is Nature.STOCK and persons
    one = f" ({say_one_in(persons, inhabitants)})" if stock else ""
    if found.single:
        told = " · ".join(_say_point(found, point) for point in main.points if point.year in found.single)
        head = f"{say_subject(found.measure, main.place)} {say_inhabitants(found.measure.nature)}"
        return f"{head}: {told}{change and f'; {change}'}."
    amount = f"{_per(found, latest.value)} {say_inhabitants(found.measure.nature)}"
    return (
        f"{say_subject(found.measure, main.place)}: **{amount}**{one}"
        f" {_when(found, latest)}{change and f', {change}'}; {say_number(persons)} persons in all."
    )


def _say_point(found: Trend, point: Point) -> str:
    if point.value is None:
        return f"{point.year}: **not known**"
    covers = point.extent or found.release.extent_of(point.year)
    year = say_covered(found.measure.nature, covers) if point.partial else f"{point.year}"
    return f"{year}: **{_per(found, point.value)}**"


def _title(found: Trend) -> str:
    told = [
        f"{name_place(each.place)} {_per(found, each.latest.value)}"
        for each in sorted(found.series, key=lambda s: -((s.latest and s.latest.value) or 0))
        if each.latest
    ]
    if len(found.series) > 1:
        return (
            f"{SUBJECTS[found.measure]} {say_inhabitants(found.measure.nature)}: {', '.join(told[:PODIUM])}"
        )
    main = found.series[0]
    latest = (
        f": {_per(found, main.latest.value)} {say_inhabitants(found.measure.nature)}" if main.latest else ""
    )
    return f"{say_subject(found.measure, main.place)}{latest}"


def _say_others(found: Trend) -> str:
    told = [f"{name_place(s.place)} {_per(found, s.latest.value)}" for s in found.series[1:] if s.latest]
    return f"Beside it: {', '.join(told)}." if told else ""


def _say_record(found: Trend) -> str:
    main = found.series[0]
    if len(found.series) > 1 or main.peak is None or main.peak.above:
        return ""
    record = main.peak.whole
    return f"Highest of {_begin(found)}–{main.points[-1].year}: {_per(found, record.value)} ({record.year})."


def _grid(found: Trend) -> Grid:
    rows = tuple(
        (f"{points[0].year}", *(_per(found, p.value) for p in points))
        for points in zip(*(each.points for each in found.series), strict=True)
        if points[0].year >= found.years[0]
    )
    return Grid(
        ("Year", *(name_place(each.place) for each in found.series)),
        rows,
        note=say_inhabitants(found.measure.nature),
    )


def _list_records(found: Trend) -> list[Record]:
    return [
        make_record(
            found.measure, s.place, p.year, s.unit, p.value, found.release, extent=p.extent, per=found.per
        )
        for s in found.series
        for p in s.points
        if p.year >= found.years[0]
    ]


def reply_map_per(question: AskMap, found: Map) -> Reply:
    """Lay out a map per inhabitant: the first of those with enough people in the headline."""
    ranked = [each for each in found.countries if (found.counted[each[0]].persons or 0) >= MIN_PER_HEAD]
    limits = choose_shares(_drawn(found, tally.persons) or 0 for _, tally in found.countries)
    labels = _label(limits)
    headline = _say_ranked(found, ranked)
    counted = [Area(country.code, tally.persons or 0) for country, tally in found.counted.items()]
    leads = f"By {ONE[found.role]}: {_say_podium(found, ranked[:1])} {say_inhabitants(found.measure.nature)}"
    framed = frame(found, counted)
    when = say_when(found.measure.nature, found.year, found.covers)
    subtitle = f"{_subject(found)} {when}, {say_inhabitants(found.measure.nature)} of the {ONE[found.role]}"
    return Reply(
        question=question,
        headline=headline,
        lines=(
            f"Ranked are the {len(ranked)} countries with at least {MIN_PER_HEAD}; others are only coloured.",
        ),
        chart=MapChart(
            Heading(leads, subtitle, _sign(found.release)),
            tuple(
                Area(country.code, _drawn(found, tally.persons) or 0) for country, tally in found.countries
            ),
            limits,
            labels,
            notes=(framed.cut,),
            plate=framed.plate,
            members=framed.members,
            outside=framed.outside,
        ),
        lay_out=lambda: _rank(found, ranked),
        list_records=lambda: [
            make_record(
                found.measure,
                _place_of(found, country),
                found.year,
                Unit.PERSONS,
                tally.persons,
                found.release,
                per=found.per,
            )
            for country, tally in found.countries
        ],
        caveats=say_caveats(found.caveats),
        source=say_sources(found.release),
        first=say_first(found.caveats),
        short=(headline,),
        mind=choose_mind(found.caveats),
    )


def _subject(found: Map) -> str:
    return SUBJECTS[found.measure] if found.place == Place() else say_subject(found.measure, found.place)


def _say_ranked(found: Map, ranked: Sequence[tuple[Country, object]]) -> str:
    when = say_when(found.measure.nature, found.year, found.covers)
    podium = _say_podium(found, ranked[:PODIUM]) or "no country has enough for a rank"
    per = f"{say_inhabitants(found.measure.nature)} {when}, by {ONE[found.role]}"
    return f"{_subject(found)} {per}: **{podium}**."


def _say_podium(found: Map, ranked: Sequence[tuple[Country, object]]) -> str:
    per = dict(found.countries)
    return ", ".join(f"{country.name} {_per(found, per[country].persons)}" for country, _ in ranked)


def _rank(found: Map, ranked: Sequence[tuple[Country, object]]) -> Grid:
    per = dict(found.countries)
    return Grid(
        ("", f"per {INHABITANTS[found.measure.nature]:,}", "persons"),
        tuple(
            (country.name, _per(found, per[country].persons), say_number(found.counted[country].persons))
            for country, _ in ranked
        ),
    )


def _label(limits: Sequence[float]) -> tuple[str, ...]:
    between = [f"{low:g}–{high:g}" for low, high in pairwise(limits)]
    return (f"under {limits[0]:g}", *between, f"{limits[-1]:g} and more")


def _place_of(found: Map, country: Country) -> Place:
    if found.role is Role.ORIGIN:
        return Place(country, found.place.asylum)
    return Place(found.place.origin, country)
