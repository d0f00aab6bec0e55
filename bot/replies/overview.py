"""The picture of a place in a year: its lines over the years, and where or whence, or what was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.charts.subjects import Bar, Callout, Heading, Line, Overview
from bot.replies.pieces import LEGEND, MOST_NOTES, describe_line, draw_series, mark_breaks, unbold
from bot.words import (
    NAMES,
    SMALL,
    capitalise,
    note_partial,
    say_covered,
    say_number,
    say_place,
    say_source,
    say_stock_day,
    say_tally,
)
from data.findings import Role
from data.measures import OUTCOMES
from data.model import Extent, Measure, Nature, Period, Tally

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.findings import Figures

MOST_BARS = 8


def draw_overview(found: Figures) -> Overview:
    """Draw the stock and the flow over the years, and bars for the year itself."""
    bars = _bars(found)
    return Overview(
        Heading(_title(found), _subtitle(found), say_source(found.release)),
        "Per year",
        _lines(found),
        _bars_title(found),
        bars,
        callouts=_callouts(found),
        left_hollow_note=_note_hollow(found),
        right_hollow_note=_note_hollow_bars(found) if any(bar.hollow for bar in bars) else "",
        legend=LEGEND if any(bar.tone == "cases" for bar in bars) else (),
        breaks=mark_breaks(Measure.PENDING, [found.pending]),
    )


def _note_hollow(found: Figures) -> str:
    """Say what hollow points are, of the stock and of the flow: “30 June / Jan–Jun 2025”."""
    partial = [p for series in (found.pending, found.new) for p in series.points if p.partial and p.value]
    extents = dict.fromkeys(p.extent or Extent(p.year, Extent.HALF) for p in partial)
    notes = [
        f"{say_covered(Nature.STOCK, each).removesuffix(f' {each.year}')} / {note_partial(Nature.FLOW, each)}"
        for each in extents
    ]
    return " and ".join(notes[:MOST_NOTES])


def _note_hollow_bars(found: Figures) -> str:
    of = Measure.DECISIONS if found.partner_role is None else Measure.PENDING
    extent = found.extent(of)
    if extent == Extent(found.year):
        extent = next((p.extent for p in found.partners[:MOST_BARS] if p.extent), extent)
    return note_partial(of.nature, extent)


def describe_overview(found: Figures, headline: str) -> str:
    """Put the picture into words, for those who hear it."""
    text = f"Chart. {unbold(headline)}"
    if along := describe_line(Measure.PENDING, found.pending):
        text += f" The line of pending claims goes {along}."
    if bars := [f"{bar.label} {bar.text}" for bar in _bars(found)]:
        text += f" {_bars_title(found)}: {', '.join(bars)}."
    return text


def _title(found: Figures) -> str:
    pending, place = found.tallies[Measure.PENDING].persons, say_place(found.place)
    if pending is None:
        return f"Asylum claims {place}, {found.year}"
    day = say_stock_day(found.year, found.extent(Measure.PENDING))
    return f"{capitalise(say_number(pending))} people {place} with pending claims on {day}"


def _subtitle(found: Figures) -> str:
    drawn = "Pending claims (stock) and new applications (persons)"
    new = found.tallies[Measure.APPLICATIONS]
    cases = say_tally(Measure.APPLICATIONS, Tally(cases=new.cases))
    return f"{drawn}; {found.year} also {cases}" if new.cases else drawn


def _lines(found: Figures) -> tuple[Line, ...]:
    both = ((Measure.PENDING, found.pending, "Pending"), (Measure.APPLICATIONS, found.new, "New"))
    return tuple(draw_series(of, series, name) for of, series, name in both if series.latest)


def _callouts(found: Figures) -> tuple[Callout, ...]:
    """Mark the record of the stock, unless it is the last point, whose figure stands there anyway."""
    record, latest = found.pending.highest, found.pending.latest
    if not record or record == latest or (record.value or 0) < SMALL:
        return ()
    return (Callout(0, record.year, f"{say_number(record.value)} in {record.year}"),)


def _bars_title(found: Figures) -> str:
    if found.partner_role is None:
        return f"Outcome of decisions {found.year}"
    return f"Pending, by {'country of asylum' if found.partner_role is Role.ASYLUM else 'origin'}"


def _bars(found: Figures) -> tuple[Bar, ...]:
    hollow = found.period is Period.MID_YEAR
    if found.partner_role is None:
        return tuple(
            _outcome_bars(found, hollow=hollow or found.extent(Measure.DECISIONS) != Extent(found.year))
        )
    return tuple(
        Bar(partner.country.name, count, say_number(count), hollow=hollow or partner.extent is not None)
        for partner in found.partners[:MOST_BARS]
        if (count := partner.pending.persons)
    )


def _outcome_bars(found: Figures, *, hollow: bool) -> Iterator[Bar]:
    """Yield the outcomes in persons, then those in cases."""
    for of in OUTCOMES:
        if (persons := found.tallies[of].persons) is not None:
            yield Bar(NAMES[of], persons, say_number(persons), hollow=hollow)
    for of in OUTCOMES:
        if cases := found.tallies[of].cases:
            yield Bar(NAMES[of], cases, f"{say_number(cases)} cases", "cases", hollow=hollow)
