"""What figures stand for where that is not their year, and where series break: in words and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import (
    NAMES_WITHIN,
    SUBJECTS_WITHIN,
    capitalise,
    own,
    say_list,
    say_number,
    say_probably,
    say_share,
    say_span,
    say_tally,
)
from data import caveats as c
from data.countries.groups import members
from data.coverage import HEADLINE, CoverageKind, Remark, headline_of, is_on_asylum
from data.model import Measure, Nature, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from data.coverage import Break
    from data.model import Extent, Place
    from data.statistics import Carried, CarriedForward, Point, Series

MAX_NOTED = 2
MAX_SMALL = 5
_WAITING = "claims waiting for a decision"
_TABLES = {
    Measure.PENDING: _WAITING,
    Measure.APPLICATIONS: "applications",
    Measure.DECISIONS: "decisions",
}
"""What is said of a measure beside others; the rest go by their names."""

CoverageCaveat = c.PartialYear | c.PartInTotal | c.SeriesBreak | c.NotOneSeries


def say_first(caveats: Iterable[c.Caveat]) -> tuple[str, ...]:
    """Say what must stand among the first lines: without it the answer itself is read wrongly."""
    told = tuple(caveats)
    return tuple(
        dict.fromkeys(
            say_origin_unknown(find_alike(each, told))
            if isinstance(each, c.OriginUnknown)
            else say_coverage(each)
            for each in told
            if is_first(each)
        )
    )


def is_first(caveat: c.Caveat) -> bool:
    """Whether a caveat stands among the first lines, not below the picture."""
    return isinstance(caveat, CoverageCaveat) or (isinstance(caveat, c.OriginUnknown) and caveat.first)


def is_broken(caveats: Iterable[c.Caveat]) -> bool:
    """Whether years that are told of are not one series, so that a record among them needs more words."""
    return any(isinstance(each, c.NotOneSeries) for each in caveats)


def say_coverage(caveat: c.Caveat) -> str:
    """Say one of them, or a remark on how figures were made."""
    match caveat:
        case c.PartialYear():
            return _say_partial(caveat)
        case c.PartInTotal():
            return _say_part(caveat)
        case c.SmallParts(countries=countries):
            named = [country.name for country in countries[:MAX_SMALL]]
            named += [f"{more} more"] if (more := len(countries) - len(named)) else []
            rate = caveat.measure.nature is Nature.RATE
            what = "decisions" if rate else NAMES_WITHIN[caveat.measure]
            share = f"{say_share(caveat.share)} of all {what} together"
            return f"Some figures stop before the end of {caveat.year}, {share}: {', '.join(named)}."
        case c.SeriesBreak(measure=measure, at=at):
            return say_break(measure, at)
        case c.NotOneSeries(measure=measure, breaks=breaks, named=named):
            words = [(at, name_break(measure, at)) for at in breaks]
            told = "; ".join(
                f"{at.year} {at.country.name} {word}" if named else f"{at.year} {word}" for at, word in words
            )
            return f"Not one series: {told}."
        case c.OriginUnknown():
            return say_origin_unknown([caveat])
        case Remark():
            return _say_remark(caveat)
        case _:
            raise TypeError(caveat)


def _say_partial(caveat: c.PartialYear) -> str:
    """Name what is partial: “the USA's 2024 applications and decisions for January–June only”."""
    whose = f"UNHCR {say_probably(caveat.extent, 'has')} {own(caveat.country)} {caveat.year}"
    cases = " in cases" if caveat.unit is Unit.CASES else ""
    covered = [*dict.fromkeys(map(headline_of, caveat.measures))]
    told = []
    for nature, words in ((Nature.FLOW, f"{cases} for"), (Nature.STOCK, " as of")):
        if named := [_TABLES.get(of) or SUBJECTS_WITHIN[of] for of in covered if of.nature is nature]:
            span = say_within(nature, caveat.extent, caveat.year)
            told.append(f"{say_list(named)}{words} {span}")
    first, *others = told
    return f"{', '.join([f'{whose} {first} only', *others])}, so they compare with no other year."


def _say_part(caveat: c.PartInTotal) -> str:
    """Say it of one measure, or of several that one reply tells."""
    year, cases = caveat.year, " cases" if caveat.unit is Unit.CASES else ""
    totals = "that total compares" if len(caveat.amounts) == 1 else "those totals compare"
    no_other = "" if cases else f", so {totals} with no other year"
    if len(caveat.amounts) == 1:
        ((of, value, share),) = caveat.amounts
        stands_for = say_within(of.nature, caveat.extent, year)
        what = cases
        if headline_of(of) is Measure.DECISIONS is not of:  # which rates are shares of
            what = " decisions in cases" if cases else " decisions"
        amount = f"{say_number(value)}{what} ({_say_part_of(share, caveat.unit)})"
        total = f"total of {SUBJECTS_WITHIN[of]}" if caveat.named else "total"
        whose = f"In the {year} {total}, {own(caveat.country)} {amount}"
        return f"{whose} are {say_probably(caveat.extent, f'of {stands_for}')} only{no_other}."
    partial = say_probably(caveat.extent, "partial")
    told = ", ".join(
        f"{NAMES_WITHIN[of]} {say_number(value)}{cases} of {say_within(of.nature, caveat.extent, year)}"
        f" ({_say_part_of(share, caveat.unit)})"
        for of, value, share in caveat.amounts
    )
    return f"In the {year} totals, {own(caveat.country)} figures are {partial}: {told}{no_other}."


def _say_part_of(share: float, unit: Unit) -> str:
    return f"{say_share(share)} of all cases" if unit is Unit.CASES else say_share(share)


def say_carried(carried: Carried | None, place: Place, *, short: bool = False) -> str:
    """Say beside a stock how much of it is older: “83%, in the USA, probably carried forward from …”.

    Empty where that is too little to matter; `short` in titles: “83% probably carried forward”.
    """
    if carried is None or not carried.is_large:
        return ""
    whole = carried.is_of(place)
    if short:
        return "probably carried forward" if whole else f"{carried.share:.0%} probably carried forward"
    since = say_list(dict.fromkeys(say_span(Nature.STOCK, each.since) for each in carried.parts))
    told = f"probably carried forward from {since}"
    if whole:
        return told
    named = [(each.origin or each.country).text for each in carried.parts[:MAX_NOTED]]
    named += [f"{others} more"] if (others := len(carried.parts) - len(named)) else []
    share, whose = f"{carried.share:.0%}", say_list(named)
    return f"{share}, from {whose}, {told}" if place.asylum else f"{share}, in {whose}, {told}"


def say_repeated(part: CarriedForward) -> str:
    """Say of what day the figure is that was carried forward: “those of 31 December 2024”."""
    day = say_span(Nature.STOCK, part.since)
    return f"those of the year before, probably of {day}" if part.since.inferred else f"those of {day}"


def note_reviews(*, only: bool) -> str:
    """Say in brackets behind a figure that it is of appeals and reviews alone."""
    return in_brackets(SHORT[CoverageKind.REVIEWS_ONLY] if only else "")


def with_note(told: str, note: str) -> str:
    """Write a figure with a note behind it: “7,012 (probably carried forward)”; without one, alone."""
    return f"{told} ({note})" if note else told


def in_brackets(note: str) -> str:
    """Put a note behind a figure."""
    return f" ({note})" if note else ""


def say_within(nature: Nature, extent: Extent, year: int) -> str:
    """Write what a figure of a year stands for, without the year: “January–June”, “30 June”."""
    return say_span(nature, extent, dated=extent.year != year)


def say_disturbance(measure: Measure, at: Break) -> str:
    """Say in a sentence of its own what keeps a year from being compared."""
    if at.kind is not CoverageKind.PARTIAL or at.extent is None:
        return say_break(measure, at)
    stands_for = say_within(measure.nature, at.extent, at.year)
    whose, only = f"{own(at.country)} {at.year}", f"{say_probably(at.extent, f'of {stands_for}')} only"
    share = "" if at.share is None else f", {_say_share_of_total(at)},"
    return (
        f"{whose} cases{share} are {only}." if at.unit is Unit.CASES else f"{whose} figure{share} is {only}."
    )


def say_break(measure: Measure, at: Break) -> str:
    """Say how a country counts otherwise than in the year before."""
    share = say_part(at)
    who = f"{at.country.text}{share}"
    match at.kind:
        case CoverageKind.PERSONS_FOR_CASES:
            what = _TABLES[HEADLINE[measure.row.dataset]]
            return (
                f"Since {at.year} {who} counts {what} in persons that were partly in cases before, so"
                f" {at.year} does not compare with {at.year - 1}."
            )
        case CoverageKind.ONE_PERSON_A_CASE:
            return (
                f"In {at.year} some claims waiting for a decision in {who} were counted in cases, each"
                f" as one person, so {at.year} does not compare with earlier years."
            )
        case CoverageKind.RECLASSIFIED:
            return (
                f"Since {at.year} the {_name_counted(measure)} in {who} include"
                f" {_say_some(at)} who were not among them before, so {at.year} does not compare with"
                f" {at.year - 1}."
            )
        case CoverageKind.MOVED_OUT:
            return (
                f"Since {at.year} the {_name_counted(measure)} in {who} leave out {_say_some(at)} who"
                f" were among them before, so {at.year} does not compare with {at.year - 1}."
            )
        case CoverageKind.RECOUNTED:
            return (
                f"Since {at.year} the {_name_counted(measure)} in {who} are from another source or"
                f" estimated anew, so {at.year} does not compare with {at.year - 1}."
            )
        case CoverageKind.LAPSED_CLOSED:
            return (
                f"In {at.year} {who} closed the files of some {say_number(at.figure)} people whose"
                f" permits had lapsed, so {at.year} does not compare with {at.year - 1}."
            )
        case CoverageKind.REVIEWS_ONLY | CoverageKind.SAID_TO_BE_EARLIER:
            return f"{_say_of_one_year(measure, at)}, so they compare with no other year."
        case CoverageKind.MEMBERS_CHANGED | CoverageKind.PART_SPLIT_OFF:
            return f"{_say_composition_changed(at)}{share}, so {at.year} does not compare with {at.year - 1}."
        case CoverageKind.ORIGINS_UNPUBLISHED:
            return f"Since {at.year} {who} does not publish the origin of many claims, so a fall may be none."
        case _:
            raise ValueError(at.kind)


def say_break_of_one_year(measure: Measure, at: Break) -> str:
    """Say what a year's figure leaves out or includes since then, where it is set beside no other year."""
    who, counted = at.country.text, _name_counted(measure)
    match at.kind:
        case CoverageKind.ONE_PERSON_A_CASE:
            return f"Some claims waiting for a decision in {who} were counted in cases, each as one person."
        case CoverageKind.RECLASSIFIED:
            return f"Since {at.year} the {counted} in {who} include {_say_some(at)} not counted before."
        case CoverageKind.MOVED_OUT:
            return f"Since {at.year} the {counted} in {who} leave out {_say_some(at)} counted before."
        case CoverageKind.REVIEWS_ONLY | CoverageKind.SAID_TO_BE_EARLIER:
            return f"{_say_of_one_year(measure, at)}."
        case CoverageKind.ORIGINS_UNPUBLISHED:
            return f"Since {at.year} {who} does not publish the origin of many claims, so there may be more."
        case _:
            return say_break(measure, at)


def _say_of_one_year(measure: Measure, at: Break) -> str:
    whose, share = f"{own(at.country)} {at.year}", say_part(at)
    if at.kind is CoverageKind.REVIEWS_ONLY:
        return (
            f"Of {whose} applications and decisions{share} UNHCR has appeals and reviews only, without first"
            " instances"
        )
    return (
        f"UNHCR calls {whose} {_name_counted(measure)}{share} those of the end of an earlier year, though"
        " they differ from that year's"
    )


def say_part(at: Break) -> str:
    """Say in brackets how much of the change that is told a break makes, or else of the total."""
    if at.share is None:
        return ""
    if at.of_change is None or at.figure is None:
        return f" ({_say_share_of_total(at)})"
    return f" ({say_share(at.of_change)} of the change)" if at.of_change < 1 else " (more than the change)"


def _say_share_of_total(at: Break) -> str:
    """Persons and cases are never one total."""
    share = say_share(at.share or 0)
    return f"{share} of all cases" if at.unit is Unit.CASES else f"{share} of the total"


def _name_counted(measure: Measure) -> str:
    return "claims" if is_on_asylum(measure) else SUBJECTS_WITHIN[measure]


def _say_some(at: Break) -> str:
    return "people" if at.figure is None else f"{say_number(at.figure)} people"


def _say_composition_changed(at: Break) -> str:
    """Say what came to a group or left it, or which part a country is counted without."""
    if at.part:
        return f"Since {at.year} figures on {at.country.text} are without {at.part.text}"
    before, after = (members(at.country.code, year) for year in (at.year - 1, at.year))
    came, left = len(after - before), len(before - after)
    year, group = at.year, at.country.text
    if not came:
        return f"In {year} {group} lost {_count_members(left)}"
    if not left:
        return f"In {year} {group} gained {_count_members(came)}"
    return f"In {year} {group} gained {_count_members(came)} and lost {_count_members(left)}"


def _count_members(number: int) -> str:
    return "1 member" if number == 1 else f"{number} members"


def say_origin_unknown(unknown: Sequence[c.OriginUnknown]) -> str:
    """Say how many have no origin now, of each measure; figures by origin seem to fall by it."""
    country, year = unknown[0].country, unknown[0].year
    counted = say_list(
        f"{name_nameless(each.measure)} ({say_tally(each.measure, each.after)})" for each in unknown
    )
    earlier = say_list(
        say_tally(each.measure, each.before) if each.before.main else "none" for each in unknown
    )
    return (
        f"{capitalise(country.text)} gives no origin for many {counted} of {year} ({year - 1}: {earlier});"
        " figures by origin leave them out, so a fall there may be no fall."
    )


def name_nameless(measure: Measure) -> str:
    """Name what is published without an origin; of those who wait it is their claims."""
    return NAMES_WITHIN[measure] if measure is Measure.PENDING else SUBJECTS_WITHIN[measure]


def find_alike(caveat: c.OriginUnknown, caveats: Iterable[c.Caveat]) -> list[c.OriginUnknown]:
    """Find what a country publishes without an origin in the same year, which one sentence says of all."""
    return [
        each
        for each in caveats
        if isinstance(each, c.OriginUnknown) and (each.country, each.year) == (caveat.country, caveat.year)
    ]


def _say_remark(remark: Remark) -> str:
    dated = remark.kind in (CoverageKind.OLDER_COUNT, CoverageKind.CUMULATIVE)
    figure = "" if remark.figure is None else f"{remark.figure:{'.0f' if dated else ',.10g'}}"
    what = say_list(
        dict.fromkeys(_TABLES.get(of) or SUBJECTS_WITHIN[of] for of in map(headline_of, remark.measures))
    )
    told = REMARKS[remark.kind].format(figure=figure, who=remark.country.text, what=what)
    return f"UNHCR notes for {remark.year}: {told}."


def name_break(measure: Measure, at: Break) -> str:
    """Name a break in a few words; of a total, with the country and its share."""
    if at.kind is CoverageKind.PARTIAL and at.extent:
        span = say_within(measure.nature, at.extent, at.year)
        span = say_probably(at.extent, f"as of {span}" if measure.nature is Nature.STOCK else span)
        words = f"cases of {span} only" if at.unit is Unit.CASES else f"{span} only"
    elif at.kind is CoverageKind.MEMBERS_CHANGED:
        before, now = (len(members(at.country.code, year)) for year in (at.year - 1, at.year))
        words = f"of {now} members, before of {before}" if now != before else name_kind(at)
    else:
        words = name_kind(at)
    if at.share is None:
        return words
    return f"{at.country.name} {words} ({say_share(at.share)})"


REMARKS = {
    CoverageKind.PERSONS_PER_CASE: (
        "where {who} reported cases, each stood for {figure} persons on average over all origins together"
    ),
    CoverageKind.NONE_RECEIVED: "{who} took no new applications, as its offices were closed",
    CoverageKind.ESTIMATED: "the figures on {what} for {who} are estimates",
    CoverageKind.SPLIT_ESTIMATED: (
        "{who} gave one figure for refugees and asylum-seekers; how they divide is an estimate"
    ),
    CoverageKind.AWAITING_REGISTRATION: "{figure} more people in {who} were waiting to be registered",
    CoverageKind.ARRIVALS_REPORTED: (
        "the government of {who} speaks of {figure} arrivals from Sudan, more than are in these figures"
    ),
    CoverageKind.MAX_AT_RISK: (
        "in {who} only asylum-seekers at acute risk are registered; some {figure} others are not counted"
    ),
    CoverageKind.REDACTED: "small figures of {who} were left out to protect people's data",
    CoverageKind.APPOINTMENTS: "in {who}, some who had only an appointment to apply are counted",
    CoverageKind.REMOVAL_ASSESSMENTS: "the figures of {who} include claims assessed before a removal",
    CoverageKind.DEPARTED_INCLUDED: "the figures of {who} include people who have left since",
    CoverageKind.INDIVIDUALLY_ASSESSED: (
        "{who} assesses each claim by itself, no longer recognising groups without it"
    ),
    CoverageKind.UNREGISTERED: (
        "the figure of {who} includes {figure} people who could not be registered yet"
    ),
    CoverageKind.OTHER_SOURCE: "the asylum figures of {who} come from other official statistics",
    CoverageKind.VISA_APPLICATIONS: (
        "claims waiting for a decision in {who} are counted as applications for protection visas"
    ),
    CoverageKind.MANDATE_ONLY: "only people from {who} under UNHCR's own mandate are counted, not UNRWA's",
    CoverageKind.COUNTRY_OF_BIRTH: (
        "some countries record where people were born, which puts too many under {who} as an origin"
    ),
    CoverageKind.SAID_TO_BE_MID_YEAR: (
        "the figures of {who} are as of the middle of the year, though its mid-year release had others"
    ),
    CoverageKind.PARTLY_EARLIER: "part of the figure for {who} is of an earlier year",
    CoverageKind.OLDER_COUNT: "the figure for {who} rests on a count of {figure}",
    CoverageKind.CUMULATIVE: "those in {who} are all registered since {figure} who are still entitled to aid",
    CoverageKind.KNOWN_ONLY: "only some of the stateless people in {who} are known and counted",
    CoverageKind.MORE_REPORTED: (
        "the government of {who} speaks of {figure} people, more than are in these figures"
    ),
    CoverageKind.PERMANENT_RESIDENCE: (
        "as naturalised in {who} are counted refugees who were given permanent residence"
    ),
    CoverageKind.DEPARTURES: "arrivals in {who} are counted by departures that UNHCR knows of",
    CoverageKind.TEMPORARY_PROTECTION_BESIDE: (
        "people from {who} with temporary protection may have applied for asylum as well"
    ),
}
"""How figures were made, in a sentence that follows the year."""


def qualify(measure: Measure, series: Series, point: Point) -> str:
    """Say in a few words what a record in this point's year passes over; empty where nothing."""
    return tell_breaks(measure, list_passed(series.breaks, point.year))


def list_passed(breaks: Iterable[Break], year: int) -> list[Break]:
    """List what a record of a year passes over: what is of that year, and its country's lasting breaks."""
    return [
        at for at in breaks if at.year == year or (at.share is None and not at.of_one_year and at.year < year)
    ]


def say_across(breaks: Collection[Break]) -> str:
    """Say of a change that it passes over breaks; empty where there are none."""
    if not breaks:
        return ""
    return "across a break in the series" if len(breaks) == 1 else "across breaks in the series"


def note_breaks(measure: Measure, breaks: Iterable[Break], *, dated: bool = True) -> str:
    """Add what a figure passes over: “; with the USA's figure of 30 June”."""
    return behind(tell_breaks(measure, breaks, dated=dated))


def behind(note: str) -> str:
    """Put a note behind what is in brackets already."""
    return f"; {note}" if note else ""


def tell_breaks(measure: Measure, breaks: Iterable[Break], *, dated: bool = True, apart: bool = False) -> str:
    """Say what a figure passes over: “with the USA's figure of 30 June”.

    Not `dated` where their year was said just before; `apart` from any year, that of a part is said too.
    """
    told: dict[str, list[str]] = {}
    for at in breaks:
        if at.extent:
            span = say_span(measure.nature, at.extent, dated=apart or at.extent.year != at.year)
            told[f"with {own(at.country)} figure {say_probably(at.extent, f'of {span}')}"] = []
        else:
            where = [] if at.share is None else [f"in {at.country.text}"]
            told.setdefault(_date_break(at) if dated else name_kind(at), []).extend(where)
    notes = [" ".join(filter(None, (say_list(where), words))) for words, where in told.items()]
    return "; ".join(notes[:MAX_NOTED])


def _date_break(at: Break) -> str:
    return f"{name_kind(at)} in {at.year}" if at.of_one_year else f"{name_kind(at)} since {at.year}"


def name_kind(at: Break) -> str:
    """Name what happened in about three words."""
    return f"without {at.part.text}" if at.part else SHORT[at.kind]


SHORT = {
    CoverageKind.PERSONS_FOR_CASES: "persons instead of cases",
    CoverageKind.ORIGINS_UNPUBLISHED: "many without an origin",
    CoverageKind.ONE_PERSON_A_CASE: "cases counted as persons",
    CoverageKind.RECLASSIFIED: "counted more widely",
    CoverageKind.LAPSED_CLOSED: "lapsed claims closed",
    CoverageKind.REVIEWS_ONLY: "appeals and reviews only",
    CoverageKind.SAID_TO_BE_EARLIER: "said to be of an earlier year",
    CoverageKind.RECOUNTED: "counted anew",
    CoverageKind.MOVED_OUT: "counted more narrowly",
    CoverageKind.MEMBERS_CHANGED: "with other members",
    CoverageKind.PART_SPLIT_OFF: "without a part",
}
"""The same in the picture."""
