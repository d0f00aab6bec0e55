"""What became of claims, as a reply."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import TYPE_CHECKING

from bot.charts.columns import Column
from bot.charts.decisions import DecisionsChart
from bot.charts.subjects import Callout, Heading, Line, LinePoint
from bot.charts.subjects.lines import BreakMark
from bot.languages import _, digits, phrases
from bot.replies.coverage import in_brackets, note_reviews, say_across, say_first, with_note
from bot.replies.layout import MAX_NOTES, make_record, mark_breaks, say_caveats, scale
from bot.replies.mind import choose_mind
from bot.replies.reply import Grid, Reply
from bot.words import (
    capitalise,
    note_partial,
    say_cell,
    say_count,
    say_covered,
    say_either,
    say_list,
    say_number,
    say_rate,
    say_short,
    say_source,
    say_tally,
    say_unit,
    say_when,
    say_years,
    sign_chart,
)
from bot.words.measures import NAMES, say_place
from data.caveats import OnlyFirstInstance
from data.measures import OUTCOMES
from data.model import Country, Extent, Level, Measure, Nature, Unit
from data.statistics import Series

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.replies.reply import Record
    from data.caveats import Caveat
    from data.model import Number, Tally
    from data.questions.decisions import AskDecisions, Decided, Decisions

RATES = (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)
SHORT = phrases(
    {
        Measure.RECOGNISED: "Recognised",
        Measure.COMPLEMENTARY: "Complementary",
        Measure.REJECTED: "Rejected",
        Measure.CLOSED: "Closed otherwise",
        Measure.RECOGNITION_RATE: "Recognised",
        Measure.PROTECTION_RATE: "Protected",
    }
)
"""What the picture calls outcomes, and the shares of them; the rates' own names are in Details."""
WORDS = phrases(
    {
        Measure.RECOGNISED: "{count} recognised as refugees",
        Measure.COMPLEMENTARY: "{count} given complementary protection",
        Measure.REJECTED: "{count} rejected",
    }
)
COLUMNS = phrases(
    {
        Measure.RECOGNISED: "recognised",
        Measure.COMPLEMENTARY: "complementary protection",
        Measure.REJECTED: "rejected",
        Measure.CLOSED: "otherwise closed",
        Measure.RECOGNITION_RATE: "Refugee Recognition Rate",
        Measure.PROTECTION_RATE: "Total Protection Rate",
    }
)


def reply_decisions(question: AskDecisions, found: Decisions) -> Reply:
    """Lay out the newest year in words, and all of them in the picture."""
    unit = _choose_unit(found)
    headline = _say_headline(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(
            line
            for line in (_say_rates(found), _say_pooled(found), _say_first(found), _say_gap(found))
            if line
        ),
        chart=_draw(found, unit),
        lay_out=lambda: _grid(found),
        list_records=lambda: _records(found),
        caveats=say_caveats(found.caveats),
        source=say_source(found.release),
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_mind(each for each in found.caveats if not _is_elsewhere(found, each)),
    )


def _say_short(found: Decisions) -> tuple[str, ...]:
    """Say how many got protection, and what became of all."""
    each = found.latest
    when = f"{_when(found, each)}{note_reviews(only=each.reviews_only)}"
    closed = each.tallies[Measure.CLOSED]
    other = _(
        "; {amount} were closed without a decision on the merits", amount=say_tally(Measure.CLOSED, closed)
    )
    other = other if closed.main else ""
    answer = _("{what} {when}: {protected}.", what=_what(found), when=when, protected=_say_protected(each))
    outcomes = f"{capitalise(_say_outcomes(each))}{other}."
    every = ""
    if found.level is Level.FIRST:
        every = _(
            "At all levels: {amount} on the merits.", amount=say_tally(Measure.DECISIONS, found.at_all_levels)
        )
    return tuple(line for line in (answer, _say_pooled(found), outcomes, every, _say_gap(found)) if line)


def _say_pooled(found: Decisions) -> str:
    """Say how many were protected of all that was decided in the years asked for."""
    if found.pooled is None:
        return ""
    parts = [_name_part(unit, extent) for unit, extent in found.left_out]
    left_out = _("without {list}", list=say_list(parts)) if parts else ""
    note = in_brackets("; ".join(filter(None, (left_out, say_across(found.crossed)))))
    return _(
        "{years} together{note}: {protected}.",
        years=say_years(found.pooled_years),
        note=note,
        protected=_say_protected(found.pooled, bold=False),
    )


def _say_protected(each: Decided, *, bold: bool = True) -> str:
    """Say how many were protected: “95.1% of 2,207 persons decided on the merits were … (2,099)”."""
    rate, merits = each.tallies[Measure.PROTECTION_RATE], each.substantive
    if not rate.published:
        decided = _embolden(say_tally(Measure.DECISIONS, merits), bold=bold)
        return _("{decided} on the merits, too few for a rate", decided=decided)
    told = [
        (
            say_rate(share),
            _say_counted_in(each, unit),
            _note_protected(each, unit, share * all_, pooled=not bold),
        )
        for unit in Unit
        if (share := _of(rate, unit)) is not None and (all_ := _of(merits, unit))
    ]
    (first, of, protected), *other = told
    some = (
        _("**{first}** of {of} decided on the merits were given protection", first=first, of=of)
        if bold
        else _("{first} of {of} decided on the merits were given protection", first=first, of=of)
    )
    head = with_note(some, protected)
    cases = (
        _("of {counted}, {told}", counted=counted, told=with_note(share, count))
        for share, counted, count in other
    )
    return "; ".join((head, *cases))


def _note_protected(each: Decided, unit: Unit, number: Number, *, pooled: bool) -> str:
    """Say how many that makes, unless all were recognised and their number follows."""
    complementary = _of(each.tallies[Measure.COMPLEMENTARY], unit)
    return say_number(round(number)) if complementary or pooled else ""


def _embolden(text: str, *, bold: bool) -> str:
    return f"**{text}**" if bold else text


def _name_part(unit: Unit, extent: Extent) -> str:
    """Name a part of a year; what is counted in cases stands beside persons of a whole one."""
    span = say_covered(Nature.FLOW, extent)
    return _("{span} in cases", span=span) if unit is Unit.CASES else span


def _say_counted_in(each: Decided, unit: Unit) -> str:
    """Write how many were decided on the merits: “37,128 cases (January–September 2025)”."""
    counted, extent = f"{say_number(_of(each.substantive, unit))} {say_unit(unit)}", each.extents.get(unit)
    return f"{counted} ({say_covered(Nature.FLOW, extent)})" if extent and extent != each.extent else counted


def _grid(found: Decisions) -> Grid:
    """Give each year and unit with a decision a row, with a star where that stands for less than the year."""
    rows = []
    marked: dict[str, None] = {}
    for each, unit in product(found.years, Unit):
        values = {of: _of(each.tallies[of], unit) for of in (*OUTCOMES, *RATES)}
        if not any(values[of] for of in OUTCOMES):
            continue
        covers = each.extents.get(unit) or found.release.extent_of(each.year)
        partial = covers != Extent(each.year)
        marked |= {say_covered(Nature.FLOW, covers): None} if partial else {}
        cells = ("–" if value is None else say_cell(of, value) for of, value in values.items())
        rows.append((f"{each.year}{'*' if partial else ''}", say_unit(unit), *cells))
    note = _("* {list} only", list=say_either(marked)) if marked else ""
    return Grid((_("year"), _("unit"), *(COLUMNS[of] for of in COLUMNS)), tuple(rows), names=2, note=note)


def _of(tally: Tally, unit: Unit) -> Number | None:
    return tally.persons if unit is Unit.PERSONS else tally.cases


def _choose_unit(found: Decisions) -> Unit:
    """Draw persons, or cases where there are none at all in persons."""
    persons = any(each.tallies[Measure.DECISIONS].persons for each in found.years)
    return Unit.PERSONS if persons else Unit.CASES


def _when(found: Decisions, each: Decided) -> str:
    return say_when(Nature.FLOW, each.year, each.extent or found.release.extent_of(each.year))


def _list_decided(found: Decisions, unit: Unit | None = None) -> list[int]:
    """Return the years with a decision: in the unit, or in either."""
    decisions = {each.year: each.tallies[Measure.DECISIONS] for each in found.years}
    return [year for year, tally in decisions.items() if (_of(tally, unit) if unit else tally.main)]


def _span(found: Decisions, unit: Unit) -> str:
    """Write the years that are drawn: from the first with a decision to the last."""
    years = _list_decided(found, unit)
    first, last = years[0], years[-1]
    return f"{first}" if first == last else f"{first}–{last}"


def _what(found: Decisions) -> str:
    """Name what is counted: “Asylum decisions at first instance for people from China”."""
    place = say_place(found.place)
    match found.level is Level.FIRST, found.place.origin is not None:
        case True, True:
            return _("Asylum decisions at first instance for people {place}", place=place)
        case True, False:
            return _("Asylum decisions at first instance {place}", place=place)
        case False, True:
            return _("Asylum decisions for people {place}", place=place)
    return _("Asylum decisions {place}", place=place)


def _say_outcomes(tallies: Decided) -> str:
    told = [of for of in OUTCOMES[:3] if tallies.tallies[of].main] or OUTCOMES[:3]
    return ", ".join(WORDS.say(of, count=say_count(of, tallies.tallies[of])) for of in told)


def _say_headline(found: Decisions) -> str:
    each = found.latest
    closed = each.tallies[Measure.CLOSED]
    other = (
        _("; {amount} more were otherwise closed", amount=say_tally(Measure.CLOSED, closed))
        if closed.main
        else ""
    )
    note = note_reviews(only=each.reviews_only)
    return _(
        "{what} {when}{note}: **{amount}** on the merits ({outcomes}){other}.",
        what=_what(found),
        when=_when(found, each),
        note=note,
        amount=say_tally(Measure.DECISIONS, each.substantive),
        outcomes=_say_outcomes(each),
        other=other,
    )


def _say_rates(found: Decisions) -> str:
    each = found.latest
    told = [
        f"{NAMES[of]} **{say_tally(of, each.tallies[of])}**" for of in RATES if each.tallies[of].published
    ]
    if not told:
        return _("No rate is given for {year}, on so few decisions on the merits.", year=each.year)
    return _(
        "{list}: shares of the {amount} on the merits{note}.",
        list="; ".join(told),
        amount=say_tally(Measure.DECISIONS, each.substantive),
        note=note_reviews(only=each.reviews_only),
    )


def _say_first(found: Decisions) -> str:
    """Set first instance beside all levels, in the unit where both have a figure."""
    if found.level is not Level.FIRST:
        return ""
    return _(
        "At all levels there were {amount} on the merits {when}; the rest are appeals, reviews, or"
        " published under another level.",
        amount=say_tally(Measure.DECISIONS, found.at_all_levels),
        when=_when(found, found.latest),
    )


def _say_gap(found: Decisions) -> str:
    """Say for which years asked there is none, before the first and after the last."""
    first, last = _list_decided(found)[0], found.latest.year
    missing = [each.year for each in found.years if each.year < first or each.year > last]
    return _("For {years} no such decision is published.", years=say_years(missing)) if missing else ""


def _records(found: Decisions) -> list[Record]:
    records = [
        make_record(
            of,
            found.place,
            each.year,
            unit,
            _of(each.tallies[of], unit),
            found.release,
            extent=each.extents.get(unit),
            breaks=found.breaks,
        )
        for each in found.years
        for unit in Unit
        for of in (*OUTCOMES, *RATES)
        if unit is Unit.PERSONS or each.tallies[Measure.DECISIONS].cases is not None
    ]
    if found.level is Level.FIRST:
        records = [replace(record, measure=f"{record.measure} at first instance") for record in records]
    return records


def _draw(found: Decisions, unit: Unit) -> DecisionsChart:
    latest = next(each for each in reversed(found.years) if _of(each.tallies[Measure.DECISIONS], unit))
    partial = [each for each in found.years if each.partial and each.tallies[Measure.DECISIONS].main]
    extents = dict.fromkeys(each.extent or Extent(each.year, Extent.HALF) for each in partial)
    notes = [note_partial(Nature.FLOW, extent) for extent in extents]
    others = any(each.tallies[Measure.DECISIONS].cases for each in found.years)
    apart = _("; cases are not drawn") if others and unit is Unit.PERSONS else ""
    begin = _list_decided(found, unit)[0]
    drawn = [each for each in found.years if each.year >= begin]
    rates = tuple(_draw_rate(drawn, of, unit) for of in RATES)
    return DecisionsChart(
        Heading(
            _title(found, latest, unit), f"{_what(found)}, {_span(found, unit)}", sign_chart(found.release)
        ),
        tuple(
            Column(each.year, tuple(_of(each.tallies[of], unit) for of in OUTCOMES), each.partial)
            for each in drawn
        ),
        tuple(f"{SHORT[of]} {say_short(of, _of(latest.tallies[of], unit) or 0)}" for of in OUTCOMES),
        _("Decisions per year, in {word}{apart}", word=say_unit(unit), apart=apart),
        rates,
        _("Share of decisions on the merits"),
        half_note=_("{list} only", list=say_list(notes[:MAX_NOTES])) if notes else "",
        breaks=_mark_breaks(found, drawn),
        callouts=tuple(_mark_peaks(rates)),
    )


def _mark_peaks(rates: Sequence[Line]) -> Iterator[Callout]:
    """Label the highest point of each rate, the higher rate first; the last point has its label already.

    Where all who were protected were recognised both peaks are one.
    """
    marked: set[tuple[float, int]] = set()
    for number, line in reversed(list(enumerate(rates))):
        given = [(point.value, point.year) for point in line.points if point.value]
        if given and (peak := max(given)) != given[-1] and peak not in marked:
            marked.add(peak)
            yield Callout(
                number, peak[1], _("{peak}% in {peak_2}", peak=digits(f"{peak[0]:.1f}"), peak_2=peak[1])
            )


def _mark_breaks(found: Decisions, drawn: Sequence[Decided]) -> tuple[BreakMark, ...]:
    series = Series(found.place, Unit.PERSONS, (), found.breaks)
    return tuple(
        mark for mark in mark_breaks(Measure.DECISIONS, [series]) if drawn and mark.at >= drawn[0].year
    )


def _draw_rate(years: Iterable[Decided], of: Measure, unit: Unit) -> Line:
    points = tuple(
        LinePoint(each.year, scale(of, _of(each.tallies[of], unit)), each.partial) for each in years
    )
    latest = next((each for each in reversed(points) if each.value is not None), None)
    label = (
        SHORT[of]
        if latest is None or latest.value is None
        else f"{SHORT[of]} {digits(f'{latest.value:.1f}%')}"
    )
    return Line(SHORT[of], points, label)


def _title(found: Decisions, latest: Decided, unit: Unit) -> str:
    """Say the finding: how many of those decided on the merits were protected, in the unit drawn."""
    rate = _of(latest.tallies[Measure.PROTECTION_RATE], unit)
    merits = _of(latest.substantive, unit)
    when = _when(found, latest)
    if rate is None:
        return capitalise(
            _(
                "{number} decisions on the merits {when} ({word})",
                number=say_number(merits),
                when=when,
                word=say_unit(unit),
            )
        )
    apart = unit is Unit.CASES or latest.substantive.cases
    note = in_brackets(say_unit(unit) if apart else "") + note_reviews(only=latest.reviews_only)
    return _(
        "{rate} of {number} decisions on the merits{note} gave protection {when}",
        rate=say_rate(rate),
        number=say_number(merits),
        note=note,
        when=when,
    )


def _is_elsewhere(found: Decisions, caveat: Caveat) -> bool:
    """Whether it is on first decisions of other countries than the one that was asked for."""
    asylum = found.place.asylum
    return isinstance(caveat, OnlyFirstInstance) and isinstance(asylum, Country) and asylum.code != "USA"
