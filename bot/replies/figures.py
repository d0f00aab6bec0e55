"""Everything about a place in a year, as a reply with its lines and bars."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from bot.languages import N_, _, name, phrases
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
from bot.replies.figures_partners import say_partners, say_standing
from bot.replies.figures_table import lay_out_year, own_records, partner_records
from bot.replies.inhabitants import say_lead_per, say_sources, say_year_per
from bot.replies.layout import (
    say_above,
    say_caveats,
    unbold,
)
from bot.replies.mind import choose_mind
from bot.replies.overview import draw_overview
from bot.replies.reply import Reply
from bot.words import (
    SMALL,
    capitalise,
    list_parts,
    note_partial,
    say_change,
    say_change_since,
    say_count,
    say_covered,
    say_list,
    say_number,
    say_probably,
    say_short_day,
    say_source,
    say_span,
    say_stock_day,
    say_tally,
    say_when,
)
from bot.words.measures import NAMES, say_place, say_subject
from data.caveats import NotReported, OriginUnknown, PartialYear, PartInTotal, SeriesBreak, SplitOff
from data.coverage import CoverageKind, Remark
from data.model import Extent, Measure, Nature, Place, Role, Unit
from data.questions.history import AskHistory
from data.statistics import Change, find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.caveats import Caveat
    from data.model import Area
    from data.questions.figures import Figures, Partner
    from data.questions.registry import Question
    from data.statistics import Point


PODIUM = 3
DID = phrases(
    {
        Measure.APPLICATIONS: "newly applied for asylum",
        Measure.DECISIONS: "got a decision on asylum",
        Measure.ALL_STAGES: "applied for asylum, for the first time or again,",
    }
)
"""What a headline without a stock says instead, the first that is published."""


def reply_figures(question: Question, found: Figures) -> Reply:
    """Lay out the year: the stock first, then the flows, then where or whence."""
    headline, *lines = _say_lines(found)
    source = say_source(found.release)
    if found.inhabitants:
        if per := say_year_per(found):
            headline, lines = per, [headline, *lines]
        source = say_sources(found.release)
    grid = lay_out_year(found)
    return Reply(
        question=question,
        headline=headline,
        lines=tuple(line for line in lines if line),
        chart=draw_overview(found),
        lay_out=lambda: grid,
        list_records=lambda: chain(own_records(found), partner_records(found)),
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
        case PartInTotal(amounts=amounts, year=year) if found.leading:
            return _is_not_given(found, {of for of, _, _ in amounts}, year)
        case PartialYear(measures=about, year=year) if found.leading:
            return _is_not_given(found, set(about), year)
    if found.leading or not isinstance(caveat, PartialYear):
        return False
    if caveat.year == found.year:
        return caveat.unit is Unit.CASES and _cases_extent(found, Measure.APPLICATIONS) is not None
    return bool(found.changes.get(Measure.PENDING) and _find_like(found))


def _is_not_given(found: Figures, about: set[Measure], year: int) -> bool:
    """Whether none of these is in the answer: of claims beside populations it gives this year's alone."""
    given = found.leading if year < found.year else (*found.leading, Measure.PENDING)
    return about.isdisjoint(given)


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
    yield say_partners(found)
    yield say_standing(found)


def _say_refugees(found: Figures) -> str:
    """Say how many refugees there are beside claims, where they are more."""
    refugees = found.tallies[Measure.REFUGEES].persons
    if not refugees or refugees <= (found.tallies[Measure.PENDING].persons or 0):
        return ""
    day = say_stock_day(found.year, found.extent(Measure.REFUGEES))
    return _(
        "{subject}: {number} {day}.",
        subject=say_subject(Measure.REFUGEES, found.place),
        number=say_number(refugees),
        day=day,
    )


def _is_in_table(found: Figures) -> bool:
    """Whether the table tells all of applications and decisions: figures, and of the whole year."""
    published, whole = found.tallies[Measure.APPLICATIONS].published, Extent(found.year)
    extents = {found.extent(of) for of in (Measure.APPLICATIONS, Measure.DECISIONS)}
    return published and extents == {whole} and not found.gone and not found.reviews_only


def _say_leading(found: Figures, subject: str = "") -> Iterator[str]:
    """Say the populations that matter more in the place than claims; the first may be called otherwise."""
    for of in found.leading:
        change = found.changes.get(of)
        since = (
            say_change_since(change, _("on 31 December {year_before}", year_before=change.year_before))
            if change
            else ""
        )
        since += in_brackets(say_across(found.crossed.get(of, ()))) if since else ""
        stale = say_carried(found.carried.get(of), found.place, short=True)
        amount = say_number(found.tallies[of].persons)
        first = of is found.leading[0]
        told = f"{f'**{amount}**' if first else amount} {say_stock_day(found.year, found.extent(of))}"
        who = (first and subject) or say_subject(of, found.place)
        yield (
            _("{who}: {told}.", who=who, told=with_note(told, stale))
            if stale
            else _("{who}: {parts}.", who=who, parts=list_parts(told, since))
        )


def _say_short(found: Figures) -> tuple[str, ...]:
    """Say how many were waiting, or who matters more there, what was new, and where or whence they are."""
    lead = say_lead_per(found) if found.inhabitants else ""
    told = [*_say_leading(found, _("In all") if lead else "")]
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
    return _(
        "**{number}** people{origin} were waiting for a decision {where} {day}{stale}.",
        number=capitalise(say_number(pending)),
        origin=_origin(found),
        where=_where(found),
        day=day,
        stale=stale,
    )


def _say_moved(found: Figures) -> str:
    """Say its place among others, the stock of the year before, and whether this one is a record."""
    change, peak, first = found.changes.get(Measure.PENDING), found.pending.peak, found.pending.earliest
    told = [_say_stock_before(found, change)] if change else []
    record = peak and peak.whole.year == found.year and not peak.above
    if record and peak and first and not qualify(Measure.PENDING, found.pending, peak.whole):
        told.append(_("No year since {year} had more.", year=first.year))
    standing = found.standings.get(Measure.PENDING)
    if standing and standing.rank and standing.rank <= PODIUM < standing.among and not found.inhabitants:
        told.insert(0, _say_how_many_more(standing.rank - 1, standing.among, found))
    return " ".join(told)


def _say_how_many_more(more: int, among: int, found: Figures) -> str:
    """Say how many had more, of the first three."""
    if found.place.asylum:
        told = (
            N_("None of {among} countries of asylum had more."),
            N_("Only one of {among} countries of asylum had more."),
            N_("Only two of {among} countries of asylum had more."),
        )
    else:
        told = (
            N_("None of {among} origins had more."),
            N_("Only one of {among} origins had more."),
            N_("Only two of {among} origins had more."),
        )
    return _(told[more], among=among)


def _say_new(found: Figures) -> str:
    """Say the applications and the decisions of the year, with who was recognised."""
    when = say_when(Nature.FLOW, found.year, found.extent(Measure.APPLICATIONS))
    told = [
        _(
            "New applications {when}: {count}{gone}",
            when=when,
            count=_count(found, Measure.APPLICATIONS),
            gone=_say_gone(found),
        )
    ]
    decisions, recognised = (found.tallies[of] for of in (Measure.DECISIONS, Measure.RECOGNISED))
    if decisions.main and not _cases_extent(found, Measure.APPLICATIONS):
        extent = found.extent(Measure.DECISIONS)
        differs = extent.month != found.extent(Measure.APPLICATIONS).month
        span = f" {say_when(Nature.FLOW, found.year, extent)}" if differs else ""
        note = note_reviews(only=found.reviews_only)
        told.append(
            _("decisions{span}: {count}{note}", span=span, count=_count(found, Measure.DECISIONS), note=note)
        )
        long = found.gone or _note_part(found, Measure.DECISIONS)
        if not decisions.cases and recognised.main and not long:
            told.append(_("recognised as refugees: {count}", count=_count(found, Measure.RECOGNISED)))
    return f"{_join_noted(found, told)}."


def _join_noted(found: Figures, told: Sequence[str]) -> str:
    """Put behind the flows of a total, applications first, whose part of a year they contain; alike, once."""
    new, decided = (_note_part(found, of) for of in (Measure.APPLICATIONS, Measure.DECISIONS))
    first, *others = told
    if not others or new == decided:
        return with_note("; ".join(told), new)
    return _("{told}; {told_2}", told=with_note(first, new), told_2=with_note("; ".join(others), decided))


def _note_part(found: Figures, of: Measure) -> str:
    """Say in a few words what a total lacks: “USA January–June only, without Australia”."""
    alike = [each for each in found.caveats if isinstance(each, NotReported | OriginUnknown)]
    alike = [each for each in alike if each.measure is of]
    silent = [country for each in alike if isinstance(each, NotReported) for country, _ in each.countries]
    notes = [_note_breaks(found, of, silent)]
    notes += [_("without {list}", list=say_list(name(country) for country in silent))] if silent else []
    notes += (
        [_("without those of unknown origin")]
        if any(isinstance(each, OriginUnknown) for each in alike)
        else []
    )
    return ", ".join(filter(None, notes))


def _note_breaks(found: Figures, of: Measure, silent: Sequence[Area] = ()) -> str:
    """Name the parts of a total that are of less than its year, but for countries that are silent."""
    breaks = (at for at in found.breaks.get(of, ()) if at.of_one_year and at.share is not None)
    within = [at for at in breaks if at.country not in silent]
    named = [name_break(of, replace(at, share=None)) for at in within]
    return ", ".join(f"{name(at.country)} {note}" for at, note in zip(within, named, strict=True))


def _say_gone(found: Figures) -> str:
    """Go on after “not published” with what an earlier release had."""
    if found.gone is None:
        return ""
    stood = say_tally(found.gone.measure, found.gone.tally)
    covered = say_covered(Nature.FLOW, found.gone.covers)
    return _(
        " since {day} (before: {stood} for {covered})",
        day=say_short_day(found.gone.since.day),
        stood=stood,
        covered=covered,
    )


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
        f"{name(each.country)} {say_number(each.pending.persons)}{_say_partner_day(found, each)}"
        for each in listed[:PODIUM]
        if each.pending.persons
    ]
    if not named:
        return ""
    if found.partner_role is None or len(named) == 1:
        return _("Of them: {list}.", list=", ".join(named))
    if found.partner_role is Role.ASYLUM:
        return _("Largest countries of asylum: {list}.", list=", ".join(named))
    return _("Largest origins: {list}.", list=", ".join(named))


def _say_headline(found: Figures) -> str:
    pending = found.tallies[Measure.PENDING].persons
    if pending is None:
        return _say_flow_headline(found)
    day = say_stock_day(found.year, found.extent(Measure.PENDING))
    stale = say_carried(found.carried.get(Measure.PENDING), found.place)
    headline = _(
        "**{number}** people{origin} had an asylum claim pending {where} (the stock {day}{behind})",
        number=capitalise(say_number(pending)),
        origin=_origin(found),
        where=_where(found),
        day=day,
        behind=behind(stale),
    )
    if found.partners and (largest := found.partners[0].pending.persons):
        country = found.partners[0].country
        by = say_place(Place(asylum=country) if found.partner_role is Role.ASYLUM else Place(country))
        how_many = _("all") if largest == pending else say_number(largest)
        return _(
            "{headline}, {how_many} of them {by}{partner_day}.",
            headline=headline,
            how_many=how_many,
            by=by,
            partner_day=_say_partner_day(found, found.partners[0]),
        )
    return f"{headline}."


def _say_partner_day(found: Figures, partner: Partner) -> str:
    """Name the day of a part of the stock that is older than the whole."""
    if partner.extent is None or found.place.host:
        return ""
    return in_brackets(
        say_probably(partner.extent, _("as of {span}", span=say_span(Nature.STOCK, partner.extent)))
    )


def _say_flow_headline(found: Figures) -> str:
    """Begin with what there is, where no stock is published."""
    of = next(of for of in DID if found.tallies[of].published)
    when = say_when(Nature.FLOW, found.year, found.extent(of))
    amount = capitalise(say_tally(of, found.tallies[of]))
    return _(
        "**{amount}**{origin} {did} {where} {when}; how many were waiting for a decision is not published.",
        amount=amount,
        origin=_origin(found),
        did=DID[of],
        where=_where(found),
        when=when,
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
        parts.append(_("For {year} no stock is published.", year=found.year - 1))
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
        words = N_(
            "On 31 December {year} it was {number}{note}; for {year_2} there is only the figure of {span},"
            " {amount}."
        )
        if covers.inferred:
            words = N_(
                "On 31 December {year} it was {number}{note}; for {year_2} there is probably only the figure"
                " of {span}, {amount}."
            )
        return _(
            words,
            year=like.year,
            number=say_number(like.value),
            note=in_brackets(_compare_with(found, like)),
            year_2=covers.year,
            span=say_within(Nature.STOCK, covers, covers.year),
            amount=amount,
        )
    how = say_change(change)
    aside = in_brackets(_("now {how}", how=how) if how else "")
    if noted and not how and before and not before.extent:
        aside = in_brackets(qualify(Measure.PENDING, found.pending, before))
    if own.month == covers.month:
        return _("On {day} it was {amount}{aside}.", day=day, amount=amount, aside=aside)
    between = _BETWEEN.get(own.month - covers.month, _("on another day of the year"))
    return _(
        "On {day}, {between}, it was {amount}{aside}.", day=day, between=between, amount=amount, aside=aside
    )


_BETWEEN = phrases({Extent.HALF - 12: "half a year earlier"})


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
    return _("now {how}", how=how) if how else ""


def _say_record(found: Figures) -> str:
    peak, first = found.pending.peak, found.pending.earliest
    if peak is None or first is None or (peak.whole.value or 0) < SMALL:
        return ""
    record, above = peak.whole, peak.above
    note = qualify(Measure.PENDING, found.pending, record)
    if above and above.extent is None and above.year == found.year:
        return _("The stock is higher than at the end of any year since {year}.", year=first.year)
    if above:
        told = f"{say_number(record.value)} ({record.year}{behind(note)}){say_above(Measure.PENDING, peak)}"
        return _("The highest stock at the end of a year since {year} is {told}.", year=first.year, told=told)
    if record.year == found.year:
        return f"{with_note(_('The stock is the highest since {year}', year=first.year), note)}."
    return _(
        "The record since {year} is {number} ({year_2}{behind}).",
        year=first.year,
        number=say_number(record.value),
        year_2=record.year,
        behind=behind(note),
    )


def _say_flows(found: Figures) -> str:
    when = say_when(Nature.FLOW, found.year, found.extent(Measure.APPLICATIONS))
    new = f"{say_tally(Measure.APPLICATIONS, found.tallies[Measure.APPLICATIONS])}{_say_gone(found)}"
    parts = [
        _(
            "**New applications** {when}: {told}.",
            when=when,
            told=with_note(new, _note_breaks(found, Measure.APPLICATIONS)),
        )
    ]
    decisions = found.tallies[Measure.DECISIONS]
    if decisions.main:
        note = note_reviews(only=found.reviews_only)
        rates = [
            _(
                "; {measure} {amount}{note}",
                measure=NAMES[of],
                amount=say_tally(of, found.tallies[of]),
                note=note,
            )
            for of in (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)
            if found.tallies[of].published
        ]
        when = say_when(Nature.FLOW, found.year, found.extent(Measure.DECISIONS))
        amount = with_note(say_tally(Measure.DECISIONS, decisions), _note_breaks(found, Measure.DECISIONS))
        parts.append(
            _("**Decisions** {when}: {amount}{list}.", when=when, amount=amount, list="".join(rates))
        )
    return "\n".join(parts)
