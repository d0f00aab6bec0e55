"""The picture of a year: how it came about, and who is behind it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.charts.bars import Bar
from bot.charts.overview import Overview
from bot.charts.subjects import Callout, Heading, Line
from bot.languages import _, name, phrases
from bot.replies.coverage import (
    in_brackets,
    say_carried,
    say_within,
)
from bot.replies.layout import (
    MAX_NOTES,
    draw_series,
    end_at,
    make_legend,
    mark_breaks,
    mark_peak,
    note_hollow,
)
from bot.words import (
    SMALL,
    capitalise,
    note_months,
    note_partial,
    say_list,
    say_number,
    say_probably,
    say_stock_day,
    say_tally,
    sign_chart,
)
from bot.words.measures import NAMES, NAMES_WITHIN, name_role, say_place, say_subject
from data.measures import OUTCOMES
from data.model import Extent, Measure, Nature, ReferencePeriod, Role, Tally, Unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.questions.figures import Figures


MAX_BARS = 8


SHORT = phrases(
    {
        Measure.REFUGEES: "Refugees",
        Measure.OTHERS_IN_NEED: "Others",
        Measure.DISPLACED: "Displaced",
        Measure.STATELESS: "Stateless",
        Measure.PENDING: "Waiting",
    }
)
"""What the label of a line or a bar calls the stocks."""


def draw_overview(found: Figures) -> Overview:
    """Draw the stock and the flow up to the year, whose figures stand at their ends, and bars for it."""
    pending, new, *people = (end_at(each, found.year) for each in (found.pending, found.new, *found.people))
    found = replace(found, pending=pending, new=new, people=tuple(people))
    if found.leading:
        return _draw_people(found)
    bars = _bars(found)
    return Overview(
        Heading(_title(found), _subtitle(found), sign_chart(found.release)),
        _("Per year"),
        _lines(found),
        _bars_title(found),
        bars,
        callouts=_callouts(found),
        left_hollow_note=_note_hollow(found),
        right_hollow_note=_note_hollow_bars(found) if any(bar.hollow for bar in bars) else "",
        legend=make_legend() if any(bar.tone == "cases" for bar in bars) else (),
        breaks=mark_breaks(Measure.PENDING, [found.pending]),
    )


def _draw_people(found: Figures) -> Overview:
    """Draw the populations that matter more than claims: over the years, and who they are."""
    of = found.leading[0]
    day = say_stock_day(found.year, found.extent(of))
    stale = say_carried(found.carried.get(of), found.place)
    if found.partner_role and len(found.shares) > 1:
        title = _("{short}, by {role}", short=SHORT[of], role=name_role(of, found.partner_role))
        counted = [(name(country), count, extent) for country, count, extent in found.shares[:MAX_BARS]]
    else:
        title = _("People {day}", day=day)
        counted = [
            (SHORT[each], count, found.extents.get((each, Unit.PERSONS)))
            for each in SHORT
            if (count := found.tallies[each].persons)
        ]
        counted.sort(key=lambda each: -each[1])
    hollow = found.period is ReferencePeriod.MID_YEAR
    lines = list(zip(found.leading, found.people, strict=True))
    if found.tallies[Measure.PENDING].persons:
        lines.append((Measure.PENDING, found.pending))
    first, *others = (of for of, _ in lines)
    *names, last = (NAMES[first], *(NAMES_WITHIN[each] for each in others))
    drawn = _("{list} and {last}", list=", ".join(names), last=last) if names else last
    return Overview(
        Heading(
            _(
                "{subject}: {number} {day}",
                subject=say_subject(of, found.place),
                number=say_number(found.tallies[of].persons),
                day=day,
            ),
            f"{drawn}{in_brackets(stale)}",
            sign_chart(found.release),
        ),
        _("At the end of each year"),
        tuple(draw_series(each, line, SHORT[each]) for each, line in lines),
        title,
        tuple(
            Bar(name, count, say_number(count), hollow=hollow or extent is not None)
            for name, count, extent in counted
        ),
        left_hollow_note=note_hollow(of, [line for _, line in lines]),
        right_hollow_note=_note_hollow_people(found, [extent for *_, extent in counted]),
        breaks=mark_breaks(of, found.people[:1]),
    )


def _note_hollow_people(found: Figures, extents: Iterable[Extent | None]) -> str:
    half = Extent(found.year, Extent.HALF) if found.period is ReferencePeriod.MID_YEAR else None
    covered = half or next(filter(None, extents), None)
    return _("{span} only", span=note_partial(Nature.STOCK, covered)) if covered else ""


def _note_hollow(found: Figures) -> str:
    """Say what hollow points are, of the stock and of the flow: “30 June / Jan–Jun 2025”."""
    partial = [p for series in (found.pending, found.new) for p in series.points if p.partial and p.value]
    extents = dict.fromkeys(p.extent or Extent(p.year, Extent.HALF) for p in partial)
    notes = [
        f"{say_probably(each, say_within(Nature.STOCK, each, each.year))} / {note_months(each)}"
        for each in extents
    ]
    return say_list(notes[:MAX_NOTES])


def _note_hollow_bars(found: Figures) -> str:
    of = Measure.DECISIONS if found.partner_role is None else Measure.PENDING
    extent = found.extent(of)
    if extent == Extent(found.year):
        extent = next((p.extent for p in found.partners[:MAX_BARS] if p.extent), extent)
    return note_partial(of.nature, extent)


def _title(found: Figures) -> str:
    pending, place = found.tallies[Measure.PENDING].persons, say_place(found.place)
    if pending is None:
        return _("Asylum claims {place}, {year}", place=place, year=found.year)
    day = say_stock_day(found.year, found.extent(Measure.PENDING))
    return _(
        "{number} people {place} waiting for a decision {day}",
        number=capitalise(say_number(pending)),
        place=place,
        day=day,
    )


def _subtitle(found: Figures) -> str:
    stale = say_carried(found.carried.get(Measure.PENDING), found.place)
    drawn = _("People waiting for a decision{note}, and new applications", note=in_brackets(stale))
    new = found.tallies[Measure.APPLICATIONS]
    cases = say_tally(Measure.APPLICATIONS, Tally(cases=new.cases))
    partial = found.extents.get((Measure.APPLICATIONS, Unit.CASES))
    covered = in_brackets(note_partial(Nature.FLOW, partial) if partial else "")
    return (
        _("{drawn}; {year} also {cases}{covered}", drawn=drawn, year=found.year, cases=cases, covered=covered)
        if new.cases
        else drawn
    )


def _lines(found: Figures) -> tuple[Line, ...]:
    both = ((Measure.PENDING, found.pending, _("Waiting")), (Measure.APPLICATIONS, found.new, _("New")))
    return tuple(draw_series(of, series, name) for of, series, name in both if series.latest)


def _callouts(found: Figures) -> tuple[Callout, ...]:
    """Mark the record of the stock, unless it is the last point, whose figure stands there anyway."""
    peak = found.pending.peak
    if peak is None or (peak.whole.value or 0) < SMALL:
        return ()
    mark = mark_peak(Measure.PENDING, found.pending)
    return (mark,) if mark else ()


def _bars_title(found: Figures) -> str:
    if found.partner_role is None:
        return _("Outcome of decisions {year}", year=found.year)
    return (
        _("Waiting, by country of asylum") if found.partner_role is Role.ASYLUM else _("Waiting, by origin")
    )


def _bars(found: Figures) -> tuple[Bar, ...]:
    hollow = found.period is ReferencePeriod.MID_YEAR
    if found.partner_role is None:
        return tuple(
            _outcome_bars(found, hollow=hollow or found.extent(Measure.DECISIONS) != Extent(found.year))
        )
    return tuple(
        Bar(name(partner.country), count, say_number(count), hollow=hollow or partner.extent is not None)
        for partner in found.partners[:MAX_BARS]
        if (count := partner.pending.persons)
    )


def _outcome_bars(found: Figures, *, hollow: bool) -> Iterator[Bar]:
    """Yield the outcomes in persons, then those in cases."""
    for of in OUTCOMES:
        if (persons := found.tallies[of].persons) is not None:
            yield Bar(NAMES[of], persons, say_number(persons), hollow=hollow)
    for of in OUTCOMES:
        if cases := found.tallies[of].cases:
            yield Bar(NAMES[of], cases, _("{number} cases", number=say_number(cases)), "cases", hollow=hollow)
