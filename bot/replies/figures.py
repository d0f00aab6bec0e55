"""Everything about a place in a year, as a reply."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Bar, Callout, Heading, Overview
from bot.replies.pieces import draw_series, make_record, say_caveats
from bot.replies.reply import Reply
from bot.replies.tables import Grid
from bot.words import (
    NAMES,
    note_partial,
    say_change,
    say_number,
    say_place,
    say_source,
    say_stock_day,
    say_tally,
    say_value,
    say_when,
)
from data.findings import Role
from data.model import Measure, Nature, Place, Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.replies.tables import Record
    from data.findings import Figures, Partner
    from data.questions import Question

MOST_BARS = 8
MOST_NAMED = 5


def reply_figures(question: Question, found: Figures) -> Reply:
    """Lay out the year: the stock first, then the flows, then where or whence."""
    rows = [
        (NAMES[of], say_value(of, tally.persons), say_value(of, tally.cases) if tally.cases else "–")
        for of, tally in found.tallies.items()
        if tally.published
    ]
    grid = Grid((f"{found.year}", "persons", "cases"), tuple(rows))
    if all(row[2] == "–" for row in rows):
        grid = Grid((f"{found.year}", "persons"), tuple(row[:2] for row in rows))
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(
            line for line in (_say_flows(found), _say_decisions(found), _say_partners(found)) if line
        ),
        chart=_draw(found),
        alt=_describe(found, headline),
        preview=grid,
        grid=grid,
        records=tuple(
            make_record(of, found.place, found.year, unit, value, found.release)
            for of, tally in found.tallies.items()
            for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases))
            if value is not None
        )
        + tuple(_partner_records(found)),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
    )


def _say_headline(found: Figures) -> str:
    pending = found.tallies[Measure.PENDING].persons
    origin = f" {say_place(Place(origin=found.place.origin))}" if found.place.origin else ""
    where = f"in {found.place.asylum.text}" if found.place.asylum else "worldwide"
    day = say_stock_day(found.year, found.period)
    if pending is None:
        new = found.tallies[Measure.APPLICATIONS]
        return (
            f"**{say_tally(Measure.APPLICATIONS, new)}**{origin} newly applied for asylum {where}"
            f" {say_when(Nature.FLOW, found.year, found.period)}; no stock of pending claims is published."
        )
    headline = (
        f"**{say_number(pending)}** people{origin} had an asylum claim pending {where} (the stock on {day})"
    )
    if found.partners and found.partners[0].pending.persons and pending:
        top = found.partners[0]
        share = f"{say_number(top.pending.persons)} of them"
        by = f"in {top.country.text}" if found.partner_role is Role.ASYLUM else _whence(top)
        headline += f", {share} {by}"
    return headline + "."


def _whence(partner: Partner) -> str:
    return say_place(Place(origin=partner.country))


def _say_flows(found: Figures) -> str:
    new, pending = found.tallies[Measure.APPLICATIONS], found.tallies[Measure.PENDING]
    parts = []
    if change := found.changes.get(Measure.PENDING):
        how = say_change(change)
        parts.append(f"On 31 December {change.year_before} it was {say_number(change.before)}{_aside(how)}.")
    elif pending.persons is not None and found.pending.at(found.year - 1):
        parts.append(f"For {found.year - 1} no stock is published.")
    if (record := found.pending.highest) and record.year != found.year and record.value:
        parts.append(
            f"The record since {found.pending.points[0].year} is {say_number(record.value)} ({record.year})."
        )
    elif record and record.year == found.year:
        parts.append(f"That is the highest since {found.pending.points[0].year}.")
    when = say_when(Nature.FLOW, found.year, found.period)
    if new.published:
        parts.append(f"**New applications** {when}: {say_tally(Measure.APPLICATIONS, new)}.")
    else:
        parts.append(f"New applications {when}: not published.")
    return " ".join(parts)


def _aside(words: str) -> str:
    return (
        f" (now {words.replace(' than a year before', '').replace('the year before', 'that')})"
        if words
        else ""
    )


def _say_decisions(found: Figures) -> str:
    decisions = found.tallies[Measure.DECISIONS]
    if not decisions.main:
        return ""
    text = (
        f"**Decisions** {say_when(Nature.FLOW, found.year, found.period)}:"
        f" {say_tally(Measure.DECISIONS, decisions)}"
    )
    for of in (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE):
        if found.tallies[of].published:
            text += f"; {NAMES[of]} {say_tally(of, found.tallies[of])}"
    return text + "."


def _say_partners(found: Figures) -> str:
    named = [p for p in found.partners if p.pending.persons][:MOST_NAMED]
    parts = []
    if len(named) > 1:
        whose = "Pending in" if found.partner_role is Role.ASYLUM else "Pending by origin"
        parts.append(
            f"{whose}: " + ", ".join(f"{p.country.name} {say_number(p.pending.persons)}" for p in named) + "."
        )
    if found.partners_with_claims and found.place.origin:
        small = f", {found.partners_under_ten} of them with fewer than 10" if found.partners_under_ten else ""
        parts.append(f"Claims are pending in {found.partners_with_claims} countries of asylum{small}.")
    if standing := found.standings.get(Measure.PENDING):
        of = "origins" if not found.place.asylum else "countries of asylum"
        among = f"{standing.among} {of}" if standing.among else of
        pair = found.place.origin and found.place.asylum
        share = (
            f", {standing.share:.1%} of {'their' if pair else 'all'} pending claims" if standing.share else ""
        )
        whose = f" for people {say_place(Place(origin=found.place.origin))}" if pair else ""
        parts.append(f"Rank {standing.rank} {'of' if standing.among else 'among'} {among}{whose}{share}.")
    return " ".join(parts)


def _draw(found: Figures) -> Overview:
    place = say_place(found.place)
    pending = found.tallies[Measure.PENDING].persons
    day = say_stock_day(found.year, found.period)
    title = (
        f"{say_number(pending)} people {place} with pending claims on {day}"
        if pending is not None
        else f"Asylum claims {place}, {found.year}"
    )
    lines = tuple(
        draw_series(of, series, short)
        for of, series, short in (
            (Measure.PENDING, found.pending, "Pending"),
            (Measure.APPLICATIONS, found.new, "New"),
        )
        if series.latest
    )
    callouts: tuple[Callout, ...] = ()
    if (
        (record := found.pending.highest)
        and record.year != found.pending.points[-1].year
        and found.pending.latest
    ):
        callouts = (Callout(0, record.year, f"{say_number(record.value)} in {record.year}"),)
    partial = found.pending.points[-1].partial
    newest = found.release.newest_year
    return Overview(
        Heading(title, "Pending claims (stock) and new applications (persons)", say_source(found.release)),
        "Per year",
        lines,
        _bars_title(found),
        _bars(found),
        callouts=callouts,
        left_hollow_note=f"30 June / Jan–Jun {newest}" if partial else "",
        right_hollow_note=note_partial(Nature.STOCK, found.year) if partial and found.year == newest else "",
    )


def _bars_title(found: Figures) -> str:
    if found.partner_role is None:
        return f"Outcome of decisions {found.year}"
    return f"Pending, by {'country of asylum' if found.partner_role is Role.ASYLUM else 'origin'}"


def _bars(found: Figures) -> tuple[Bar, ...]:
    hollow = found.pending.points[-1].partial and found.year == found.release.newest_year
    if found.partner_role is None:
        outcomes = (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED, Measure.CLOSED)
        return tuple(
            Bar(NAMES[of], found.tallies[of].persons, say_number(found.tallies[of].persons), hollow=hollow)
            for of in outcomes
        )
    return tuple(
        Bar(p.country.name, p.pending.persons, say_number(p.pending.persons), hollow=hollow)
        for p in found.partners[:MOST_BARS]
        if p.pending.persons
    )


def _describe(found: Figures, headline: str) -> str:
    """Put the picture into words, for those who hear it."""
    points = [p for p in found.pending.points if p.value is not None]
    text = f"Chart. {headline.replace('**', '')}"
    if points:
        text += (
            f" The line of pending claims goes from {say_number(points[0].value)} in {points[0].year}"
            f" to {say_number(points[-1].value)} in {points[-1].year}."
        )
    if bars := [f"{bar.label} {bar.text}" for bar in _bars(found)]:
        text += f" {_bars_title(found)}: {', '.join(bars)}."
    return text


def _partner_records(found: Figures) -> Iterator[Record]:
    for partner in found.partners:
        place = (
            Place(found.place.origin, partner.country)
            if found.partner_role is Role.ASYLUM
            else Place(partner.country, found.place.asylum)
        )
        for of, tally in ((Measure.PENDING, partner.pending), (Measure.APPLICATIONS, partner.new)):
            for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases)):
                if value is not None:
                    yield make_record(of, place, found.year, unit, value, found.release)
