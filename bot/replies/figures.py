"""Everything about a place in a year, as a reply with its lines and bars."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.replies.coverage import (
    behind,
    in_brackets,
    name_break,
    note_reviews,
    qualify,
    say_across,
    say_carried,
    say_first,
    say_within,
    with_note,
)
from bot.replies.inhabitants import say_lead_per, say_sources, say_year_per
from bot.replies.layout import (
    make_record,
    say_above,
    say_caveats,
    unbold,
)
from bot.replies.mind import choose_mind
from bot.replies.overview import draw_overview
from bot.replies.reply import Grid, Reply
from bot.words import (
    NAMES,
    SMALL,
    capitalise,
    list_parts,
    note_partial,
    say_cell,
    say_change,
    say_change_since,
    say_count,
    say_covered,
    say_either,
    say_list,
    say_number,
    say_place,
    say_probably,
    say_share,
    say_short_day,
    say_source,
    say_span,
    say_stock_day,
    say_subject,
    say_tally,
    say_when,
)
from data.caveats import NotReported, OriginUnknown, PartialYear, PartInTotal, SeriesBreak, SplitOff
from data.coverage import CoverageKind, Remark, headline_of
from data.model import Dataset, Extent, Measure, Nature, Place, Role, Unit
from data.questions.history import AskHistory
from data.statistics import Change, find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.replies.reply import Record
    from data.caveats import Caveat
    from data.model import Area, Number
    from data.questions.figures import Figures, Partner
    from data.questions.registry import Question
    from data.statistics import Point


MAX_NAMED = 5
PODIUM = 3
PEOPLE = frozenset(of for of in Measure if of.row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS)) - {
    Measure.PENDING
}
NONE = "–"
DID = {
    Measure.APPLICATIONS: "newly applied for asylum",
    Measure.DECISIONS: "got a decision on asylum",
    Measure.ALL_STAGES: "applied for asylum, for the first time or again,",
}
"""What a headline without a stock says instead, the first that is published."""


def reply_figures(question: Question, found: Figures) -> Reply:
    """Lay out the year: the stock first, then the flows, then where or whence."""
    headline, *lines = _say_lines(found)
    source = say_source(found.release)
    if found.inhabitants:
        if per := say_year_per(found):
            headline, lines = per, [headline, *lines]
        source = say_sources(found.release)
    grid = _grid(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in lines if line),
        chart=draw_overview(found),
        lay_out=lambda: grid,
        list_records=lambda: chain(_own_records(found), _partner_records(found)),
        caveats=say_caveats(found.caveats),
        source=source,
        first=say_first(found.caveats),
        short=_say_short(found),
        mind=choose_mind(
            (_name_total(found, each) for each in found.caveats if not _is_told(found, each)),
            (found.year - 1, found.year),
        ),
        then_and_now=AskHistory(found.revised, found.place, found.year) if found.revised else None,
    )


def _name_total(found: Figures, caveat: Caveat) -> Caveat:
    """Call a total by its name where the answer is about something else."""
    if not isinstance(caveat, PartInTotal):
        return caveat
    leading = found.leading[:1] or (Measure.PENDING,)
    return replace(caveat, named=caveat.amounts[0][0] not in leading)


def _is_told(found: Figures, caveat: Caveat) -> bool:
    """Whether it is of another year or measure than the answer, or the short lines say it."""
    leading = found.leading[:1] or (Measure.PENDING,)
    match caveat:
        case SplitOff(year=year):
            return found.year > year
        case Remark(measures=about):  # on others than the first line
            return leading[0] not in about
        case SeriesBreak(measure=of, at=at):
            return at.year < found.year and of not in leading
    if found.leading or not isinstance(caveat, PartialYear):
        return False
    if caveat.year == found.year:
        return caveat.unit is Unit.CASES and _cases_extent(found, Measure.APPLICATIONS) is not None
    return bool(found.changes.get(Measure.PENDING) and _find_like(found))


def _say_lines(found: Figures) -> Iterator[str]:
    """Say what neither the short lines nor the table have; where claims do not matter most, they follow."""
    yield from _say_leading(found)
    if not found.leading:
        yield _say_headline(found)
    elif found.tallies[Measure.PENDING].persons:
        yield unbold(_say_headline(found))
    if not found.leading or found.tallies[Measure.PENDING].persons:
        yield _say_before(found)
    claims = found.tallies[Measure.PENDING].persons or found.tallies[Measure.APPLICATIONS].main
    if (claims or not found.leading) and not _is_in_table(found):
        yield _say_flows(found)
    yield _say_partners(found)
    yield _say_standing(found)


def _say_refugees(found: Figures) -> str:
    """Say how many refugees there are beside claims, where they are more."""
    refugees = found.tallies[Measure.REFUGEES].persons
    if not refugees or refugees <= (found.tallies[Measure.PENDING].persons or 0):
        return ""
    day = say_stock_day(found.year, found.extent(Measure.REFUGEES))
    return f"{say_subject(Measure.REFUGEES, found.place)}: {say_number(refugees)} {day}."


def _is_in_table(found: Figures) -> bool:
    """Whether the table tells all of applications and decisions: figures, and of the whole year."""
    published, whole = found.tallies[Measure.APPLICATIONS].published, Extent(found.year)
    extents = {found.extent(of) for of in (Measure.APPLICATIONS, Measure.DECISIONS)}
    return published and extents == {whole} and not found.gone and not found.reviews_only


def _say_leading(found: Figures, subject: str = "") -> Iterator[str]:
    """Say the populations that matter more in the place than claims; the first may be called otherwise."""
    for of in found.leading:
        change = found.changes.get(of)
        since = say_change_since(change, f"on 31 December {change.year_before}") if change else ""
        since += in_brackets(say_across(found.crossed.get(of, ()))) if since else ""
        stale = say_carried(found.carried.get(of), found.place, short=True)
        amount = say_number(found.tallies[of].persons)
        first = of is found.leading[0]
        told = f"{f'**{amount}**' if first else amount} {say_stock_day(found.year, found.extent(of))}"
        who = (first and subject) or say_subject(of, found.place)
        yield f"{who}: {with_note(told, stale)}." if stale else f"{who}: {list_parts(told, since)}."


def _say_short(found: Figures) -> tuple[str, ...]:
    """Say how many were waiting, or who matters more there, what was new, and where or whence they are."""
    lead = say_lead_per(found) if found.inhabitants else ""
    told = [*_say_leading(found, "In all" if lead else "")]
    if not told:
        told = [_say_waiting(found), _say_moved(found), _say_new(found)]
        told.append(_say_refugees(found) or _say_largest(found))
    elif found.tallies[Measure.PENDING].persons:
        told += [unbold(_say_waiting(found)), _say_new(found)]
    if lead:
        told = [lead, *map(unbold, told)]
    return tuple(line for line in told if line)


def _say_waiting(found: Figures) -> str:
    pending = found.tallies[Measure.PENDING].persons
    if pending is None:
        return _say_flow_headline(found)
    day = say_stock_day(found.year, found.extent(Measure.PENDING))
    stale = in_brackets(say_carried(found.carried.get(Measure.PENDING), found.place, short=True))
    people = f"**{capitalise(say_number(pending))}** people{_origin(found)}"
    return f"{people} were waiting for a decision {_where(found)} {day}{stale}."


def _say_moved(found: Figures) -> str:
    """Say its place among others, the stock of the year before, and whether this one is a record."""
    change, peak, first = found.changes.get(Measure.PENDING), found.pending.peak, found.pending.earliest
    told = [_say_stock_before(found, change)] if change else []
    record = peak and peak.whole.year == found.year and not peak.above
    if record and peak and first and not qualify(Measure.PENDING, found.pending, peak.whole):
        told.append(f"No year since {first.year} had more.")
    standing = found.standings.get(Measure.PENDING)
    if standing and standing.rank and standing.rank <= PODIUM < standing.among and not found.inhabitants:
        of = "countries of asylum" if found.place.asylum else "origins"
        told.insert(0, f"{_ABOVE[standing.rank - 1]} of {standing.among} {of} had more.")
    return " ".join(told)


_ABOVE = ("None", "Only one", "Only two")
"""How many had more, of the first three."""


def _say_new(found: Figures) -> str:
    """Say the applications and the decisions of the year, with who was recognised."""
    when = say_when(Nature.FLOW, found.year, found.extent(Measure.APPLICATIONS))
    told = [f"New applications {when}: {_count(found, Measure.APPLICATIONS)}{_say_gone(found)}"]
    decisions, recognised = (found.tallies[of] for of in (Measure.DECISIONS, Measure.RECOGNISED))
    if decisions.main and not _cases_extent(found, Measure.APPLICATIONS):
        extent = found.extent(Measure.DECISIONS)
        differs = extent.month != found.extent(Measure.APPLICATIONS).month
        span = f" {say_when(Nature.FLOW, found.year, extent)}" if differs else ""
        note = note_reviews(only=found.reviews_only)
        told.append(f"decisions{span}: {_count(found, Measure.DECISIONS)}{note}")
        long = found.gone or _note_part(found, Measure.DECISIONS)
        if not decisions.cases and recognised.main and not long:
            told.append(f"recognised as refugees: {_count(found, Measure.RECOGNISED)}")
    return f"{_join_noted(found, told)}."


def _join_noted(found: Figures, told: Sequence[str]) -> str:
    """Put behind the flows of a total, applications first, whose part of a year they contain; alike, once."""
    new, decided = (_note_part(found, of) for of in (Measure.APPLICATIONS, Measure.DECISIONS))
    first, *others = told
    if not others or new == decided:
        return with_note("; ".join(told), new)
    return f"{with_note(first, new)}; {with_note('; '.join(others), decided)}"


def _note_part(found: Figures, of: Measure) -> str:
    """Say in a few words what a total lacks: “USA January–June only, without Australia”."""
    alike = [each for each in found.caveats if isinstance(each, NotReported | OriginUnknown)]
    alike = [each for each in alike if each.measure is of]
    silent = [country for each in alike if isinstance(each, NotReported) for country, _ in each.countries]
    notes = [_note_breaks(found, of, silent)]
    notes += [f"without {say_list(country.name for country in silent)}"] if silent else []
    notes += (
        ["without those of unknown origin"] if any(isinstance(each, OriginUnknown) for each in alike) else []
    )
    return ", ".join(filter(None, notes))


def _note_breaks(found: Figures, of: Measure, silent: Sequence[Area] = ()) -> str:
    """Name the parts of a total that are of less than its year, but for countries that are silent."""
    breaks = (at for at in found.breaks.get(of, ()) if at.of_one_year and at.share is not None)
    within = [at for at in breaks if at.country not in silent]
    named = [name_break(of, replace(at, share=None)) for at in within]
    return ", ".join(f"{at.country.name} {note}" for at, note in zip(within, named, strict=True))


def _say_gone(found: Figures) -> str:
    """Go on after “not published” with what an earlier release had."""
    if found.gone is None:
        return ""
    stood = say_tally(found.gone.measure, found.gone.tally)
    covered = say_covered(Nature.FLOW, found.gone.covers)
    return f" since {say_short_day(found.gone.since.day)} (before: {stood} for {covered})"


def _count(found: Figures, of: Measure) -> str:
    """Write a count; its unit only where there are cases, and what these stand for where that is less."""
    tally = found.tallies[of]
    beside = _cases_extent(found, of)
    return with_note(say_count(of, tally), note_partial(of.nature, beside) if beside else "")


def _cases_extent(found: Figures, of: Measure) -> Extent | None:
    """Find what the cases beside persons stand for, where that is less than these do."""
    tally = found.tallies[of]
    return found.extents.get((of, Unit.CASES)) if tally.cases and tally.persons is not None else None


def _say_largest(found: Figures) -> str:
    """Name the three countries with most of them."""
    listed = found.partners or found.members
    named = [
        f"{each.country.name} {say_number(each.pending.persons)}{_say_partner_day(found, each)}"
        for each in listed[:PODIUM]
        if each.pending.persons
    ]
    if not named:
        return ""
    side = "countries of asylum" if found.partner_role is Role.ASYLUM else "origins"
    if found.partner_role is None or len(named) == 1:
        return f"Of them: {', '.join(named)}."
    return f"Largest {side}: {', '.join(named)}."


def _grid(found: Figures) -> Grid:
    """List what is published; of people who are not there UNHCR's tables have zeros."""
    ordered = sorted(found.tallies.items(), key=lambda each: each[0] not in found.leading)
    published = [(of, tally) for of, tally in ordered if (tally.main if of in PEOPLE else tally.published)]
    year = f"{found.year}"
    note = _note_partial(found)
    if all(tally.persons is not None and not tally.cases for _, tally in published):
        rows = tuple((NAMES[of], _mark(found, of, t.persons)) for of, t in published)
        return Grid((year, "persons"), rows, note=note)
    both = tuple(
        (NAMES[of], _mark(found, of, t.persons), _mark(found, of, t.cases, Unit.CASES)) for of, t in published
    )
    return Grid((year, "persons", "cases"), both, note=note)


def _mark(found: Figures, of: Measure, value: Number | None, unit: Unit = Unit.PERSONS) -> str:
    """Write a value, with a star where it stands for less than the year."""
    if value is None:
        return NONE
    cell = say_cell(of, value)
    return f"{cell}*" if (of, unit) in found.extents else cell


def _note_partial(found: Figures) -> str:
    """Say what a star in the table means."""
    told = dict.fromkeys(
        say_covered(of.nature, extent)
        for (of, unit), extent in found.extents.items()
        if (found.tallies[of].persons if unit is Unit.PERSONS else found.tallies[of].cases) is not None
    )
    return f"* {say_either(told)} only" if told else ""


def _say_headline(found: Figures) -> str:
    pending = found.tallies[Measure.PENDING].persons
    if pending is None:
        return _say_flow_headline(found)
    day = say_stock_day(found.year, found.extent(Measure.PENDING))
    stale = say_carried(found.carried.get(Measure.PENDING), found.place)
    headline = (
        f"**{capitalise(say_number(pending))}** people{_origin(found)}"
        f" had an asylum claim pending {_where(found)} (the stock {day}{behind(stale)})"
    )
    if found.partners and (largest := found.partners[0].pending.persons):
        country = found.partners[0].country
        by = say_place(Place(asylum=country) if found.partner_role is Role.ASYLUM else Place(country))
        how_many = "all" if largest == pending else say_number(largest)
        return f"{headline}, {how_many} of them {by}{_say_partner_day(found, found.partners[0])}."
    return f"{headline}."


def _say_partner_day(found: Figures, partner: Partner) -> str:
    """Name the day of a part of the stock that is older than the whole."""
    if partner.extent is None or found.place.host:
        return ""
    return in_brackets(say_probably(partner.extent, f"as of {say_span(Nature.STOCK, partner.extent)}"))


def _say_flow_headline(found: Figures) -> str:
    """Begin with what there is, where no stock is published."""
    of = next(of for of in DID if found.tallies[of].published)
    when = say_when(Nature.FLOW, found.year, found.extent(of))
    amount = capitalise(say_tally(of, found.tallies[of]))
    return (
        f"**{amount}**{_origin(found)} {DID[of]} {_where(found)} {when};"
        " how many were waiting for a decision is not published."
    )


def _origin(found: Figures) -> str:
    return f" {say_place(Place(origin=found.place.origin))}" if found.place.origin else ""


def _where(found: Figures) -> str:
    return say_place(Place(asylum=found.place.asylum))


def _say_before(found: Figures) -> str:
    """Set the stock beside the year before and the record."""
    pending = found.tallies[Measure.PENDING].persons
    if pending is None:
        return ""
    parts = []
    if change := found.changes.get(Measure.PENDING):
        parts.append(_say_change(found, change))
    elif found.pending.at(found.year - 1):
        parts.append(f"For {found.year - 1} no stock is published.")
    parts.append(_say_record(found))
    return " ".join(part for part in parts if part)


def _say_change(found: Figures, change: Change) -> str:
    """Say the stock of the year before, unless the record names it as the larger one."""
    peak = found.pending.peak
    if not say_change(change) and peak and peak.above and peak.above.year == change.year_before:
        return ""
    return _say_stock_before(found, change, noted=False)


def _say_stock_before(found: Figures, change: Change, *, noted: bool = True) -> str:
    """Say the stock of the year before with its day, and with what it is rightly set beside.

    What is half a year older is said to be; where the year before never got further than 30 June, the last
    31 December comes first. `noted`: what the stock passes over has to be said here.
    """
    before, own = found.pending.at(change.year_before), found.extent(Measure.PENDING)
    covers = (before and before.extent) or Extent(change.year_before)
    day, amount = say_span(Nature.STOCK, covers), say_number(change.before)
    if like := _find_like(found):
        only = "probably only" if covers.inferred else "only"
        note = in_brackets(_compare_with(found, like))
        return (
            f"On 31 December {like.year} it was {say_number(like.value)}{note}; for {covers.year} there is"
            f" {only} the figure of {say_within(Nature.STOCK, covers, covers.year)}, {amount}."
        )
    how = say_change(change)
    aside = in_brackets(f"now {how}" if how else "")
    if noted and not how and before and not before.extent:
        aside = in_brackets(qualify(Measure.PENDING, found.pending, before))
    if own.month == covers.month:
        return f"On {day} it was {amount}{aside}."
    between = _BETWEEN.get(own.month - covers.month, "on another day of the year")
    return f"On {day}, {between}, it was {amount}{aside}."


_BETWEEN = {Extent.HALF - 12: "half a year earlier"}


def _find_like(found: Figures) -> Point | None:
    """Find the last stock at a year's end, where that of the year before is older than one."""
    before = found.pending.at(found.year - 1)
    covers = before.extent if before else None
    if covers is None or found.extent(Measure.PENDING).month <= covers.month:
        return None
    earlier = (point for point in reversed(found.pending.points) if point.year < covers.year)
    return next((point for point in earlier if point.value is not None and not point.partial), None)


def _compare_with(found: Figures, like: Point) -> str:
    """Say how the year's stock compares with one of the same day; nothing where a break lies between them."""
    now = found.pending.at(found.year)
    between = range(like.year + 1, found.year + 1)
    broken = any(at.year in between and at.kind is not CoverageKind.PARTIAL for at in found.pending.breaks)
    if broken or now is None or now.value is None or like.value is None:
        return ""
    how = say_change(
        Change(like.year, like.value, now.value, find_ratio(like.value, now.value, Nature.STOCK))
    )
    return f"now {how}" if how else ""


def _say_record(found: Figures) -> str:
    peak, first = found.pending.peak, found.pending.earliest
    if peak is None or first is None or (peak.whole.value or 0) < SMALL:
        return ""
    record, above = peak.whole, peak.above
    note = qualify(Measure.PENDING, found.pending, record)
    if above and above.extent is None and above.year == found.year:
        return f"The stock is higher than at the end of any year since {first.year}."
    if above:
        told = f"{say_number(record.value)} ({record.year}{behind(note)}){say_above(Measure.PENDING, peak)}"
        return f"The highest stock at the end of a year since {first.year} is {told}."
    if record.year == found.year:
        return f"{with_note(f'The stock is the highest since {first.year}', note)}."
    return f"The record since {first.year} is {say_number(record.value)} ({record.year}{behind(note)})."


def _say_flows(found: Figures) -> str:
    when = say_when(Nature.FLOW, found.year, found.extent(Measure.APPLICATIONS))
    new = f"{say_tally(Measure.APPLICATIONS, found.tallies[Measure.APPLICATIONS])}{_say_gone(found)}"
    parts = [f"**New applications** {when}: {with_note(new, _note_breaks(found, Measure.APPLICATIONS))}."]
    decisions = found.tallies[Measure.DECISIONS]
    if decisions.main:
        note = note_reviews(only=found.reviews_only)
        rates = [
            f"; {NAMES[of]} {say_tally(of, found.tallies[of])}{note}"
            for of in (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)
            if found.tallies[of].published
        ]
        when = say_when(Nature.FLOW, found.year, found.extent(Measure.DECISIONS))
        amount = with_note(say_tally(Measure.DECISIONS, decisions), _note_breaks(found, Measure.DECISIONS))
        parts.append(f"**Decisions** {when}: {amount}{''.join(rates)}.")
    return "\n".join(parts)


def _say_partners(found: Figures) -> str:
    abroad = found.partner_role is Role.ASYLUM
    parts = []
    if (told := _name_largest(found.partners)) and abroad:
        parts.append(f"Pending in: {told}.")
    elif told:
        parts.append(f"Pending by origin: {told}.")
    if (countries := found.partners_with_claims) > 1 and abroad:
        small = f", {found.partners_under_ten} of them with fewer than 10" if found.partners_under_ten else ""
        parts.append(f"Claims are pending in {countries} countries of asylum{small}.")
    if told := _name_largest(found.members):
        parts.append(f"By member: {told}.")
    return " ".join(parts)


def _name_largest(partners: Iterable[Partner]) -> str:
    """Name the countries with the most claims; empty where there is but one."""
    named = [f"{p.country.name} {say_number(p.pending.persons)}" for p in partners if p.pending.persons]
    return ", ".join(named[:MAX_NAMED]) if len(named) > 1 else ""


def _say_standing(found: Figures) -> str:
    """Say the rank; among figures that UNHCR rounds so coarsely there is none."""
    standing, pending = found.standings.get(Measure.PENDING), found.tallies[Measure.PENDING].persons
    if standing is None or (pending or 0) < SMALL:
        return ""
    if standing.rank is None:
        own = found.place.origin if found.place.asylum else None
        whose = f" of people {say_place(Place(own))}" if own else ""
        return (
            f"That is {say_share(standing.share or 0)} of all claims waiting for a decision{whose} worldwide."
        )
    among = f"{standing.among} countries of asylum" if found.place.asylum else f"{standing.among} origins"
    origin = found.place.origin if found.place.asylum else None
    whose = f" for people {say_place(Place(origin=origin))}" if origin else ""
    share = ""
    if standing.share:
        of = "their" if origin else "all"
        share = f", with {say_share(standing.share)} of {of} claims waiting for a decision"
    return f"Rank {standing.rank} of {among}{whose}{share}."


def _own_records(found: Figures) -> Iterator[Record]:
    for of, tally in found.tallies.items():
        for unit, value in ((Unit.PERSONS, tally.persons), (Unit.CASES, tally.cases)):
            if value is not None:
                extent = found.extents.get((of, unit))
                yield make_record(
                    of,
                    found.place,
                    found.year,
                    unit,
                    value,
                    found.release,
                    extent=extent,
                    breaks=found.breaks.get(headline_of(of), ()),
                    carried=found.carried.get(of),
                )


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
                    extent = partner.extents.get((of, unit))
                    yield make_record(of, place, found.year, unit, value, found.release, extent=extent)
