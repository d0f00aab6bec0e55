"""What figures stand for where that is not their year, and where series break: in words and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits, name, pgettext, phrases
from bot.replies.nameless import find_alike, say_origin_unknown
from bot.replies.remarks import TABLES, say_remark
from bot.words import own, say_list, say_number, say_probably, say_share, say_span
from bot.words.measures import NAMES_WITHIN, SUBJECTS_WITHIN
from data import caveats as c
from data.countries.groups import members
from data.coverage import HEADLINE, CoverageKind, Remark, headline_of, is_on_asylum
from data.model import Measure, Nature, Unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from data.coverage import Break
    from data.model import Extent, Place
    from data.statistics import Carried, CarriedForward, Point, Series

MAX_NOTED = 2
MAX_SMALL = 5

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
            named = [name(country) for country in countries[:MAX_SMALL]]
            named += [_("{more} more", more=more)] if (more := len(countries) - len(named)) else []
            rate = caveat.measure.nature is Nature.RATE
            what = "decisions" if rate else NAMES_WITHIN[caveat.measure]
            share = _("{share} of all {what} together", share=say_share(caveat.share), what=what)
            return _(
                "Some figures stop before the end of {year}, {share}: {list}.",
                year=caveat.year,
                share=share,
                list=", ".join(named),
            )
        case c.SeriesBreak(measure=measure, at=at):
            return say_break(measure, at)
        case c.NotOneSeries(measure=measure, breaks=breaks, named=named):
            words = [(at, name_break(measure, at)) for at in breaks]
            told = "; ".join(
                f"{at.year} {name(at.country)} {word}" if named else f"{at.year} {word}" for at, word in words
            )
            return _("Not one series: {told}.", told=told)
        case c.OriginUnknown():
            return say_origin_unknown([caveat])
        case Remark():
            return say_remark(caveat)
        case _:
            raise TypeError(caveat)


def _say_partial(caveat: c.PartialYear) -> str:
    """Name what is partial: “the USA's 2024 applications and decisions for January–June only”."""
    whose = _(
        "UNHCR {said} {country:own} {year}",
        said=say_probably(caveat.extent, _("has")),
        country=caveat.country,
        year=caveat.year,
    )
    cases = _(" in cases") if caveat.unit is Unit.CASES else ""
    covered = [*dict.fromkeys(map(headline_of, caveat.measures))]
    told = []
    for nature, words in ((Nature.FLOW, _("{cases} for", cases=cases)), (Nature.STOCK, _(" as of"))):
        if named := [TABLES.get(of) or SUBJECTS_WITHIN[of] for of in covered if of.nature is nature]:
            span = say_within(nature, caveat.extent, caveat.year)
            told.append(f"{say_list(named)}{words} {span}")
    first, *others = told
    return _(
        "{list}, so they compare with no other year.",
        list=", ".join([_("{whose} {first} only", whose=whose, first=first), *others]),
    )


def _say_part(caveat: c.PartInTotal) -> str:
    """Say it of one measure, or of several that one reply tells."""
    year, cases = caveat.year, _(" cases") if caveat.unit is Unit.CASES else ""
    totals = _("that total compares") if len(caveat.amounts) == 1 else _("those totals compare")
    no_other = "" if cases else _(", so {totals} with no other year", totals=totals)
    if len(caveat.amounts) == 1:
        ((of, value, share),) = caveat.amounts
        stands_for = say_within(of.nature, caveat.extent, year)
        what = cases
        if headline_of(of) is Measure.DECISIONS is not of:  # which rates are shares of
            what = _(" decisions in cases") if cases else _(" decisions")
        amount = f"{say_number(value)}{what} ({_say_part_of(share, caveat.unit)})"
        total = _("total of {subject}", subject=SUBJECTS_WITHIN[of]) if caveat.named else _("total")
        whose = _(
            "In the {year} {total}, {country:own} {amount}",
            year=year,
            total=total,
            country=caveat.country,
            amount=amount,
        )
        return _(
            "{whose} are {said} only{no_other}.",
            whose=whose,
            said=say_probably(caveat.extent, say_of(of.nature, stands_for)),
            no_other=no_other,
        )
    partial = say_probably(caveat.extent, _("partial"))
    told = ", ".join(
        _(
            "{measure} {number}{cases} of {span} ({part_of})",
            measure=NAMES_WITHIN[of],
            number=say_number(value),
            cases=cases,
            span=say_within(of.nature, caveat.extent, year),
            part_of=_say_part_of(share, caveat.unit),
        )
        for of, value, share in caveat.amounts
    )
    return _(
        "In the {year} totals, {country:own} figures are {partial}: {told}{no_other}.",
        year=year,
        country=caveat.country,
        partial=partial,
        told=told,
        no_other=no_other,
    )


def _say_part_of(share: float, unit: Unit) -> str:
    return _("{share} of all cases", share=say_share(share)) if unit is Unit.CASES else say_share(share)


def say_carried(carried: Carried | None, place: Place, *, short: bool = False) -> str:
    """Say beside a stock how much of it is older: “83%, in the USA, probably carried forward from …”.

    Empty where that is too little to matter; `short` in titles: “83% probably carried forward”.
    """
    if carried is None or not carried.is_large:
        return ""
    whole = carried.is_of(place)
    if short:
        return (
            _("probably carried forward")
            if whole
            else _("{share} probably carried forward", share=_say_share_of(carried))
        )
    since = say_list(dict.fromkeys(say_span(Nature.STOCK, each.since) for each in carried.parts))
    told = _("probably carried forward from {since}", since=since)
    if whole:
        return told
    named = [name(each.origin or each.country, "text") for each in carried.parts[:MAX_NOTED]]
    named += [_("{others} more", others=others)] if (others := len(carried.parts) - len(named)) else []
    share, whose = _say_share_of(carried), say_list(named)
    return (
        _("{share}, from {whose}, {told}", share=share, whose=whose, told=told)
        if place.asylum
        else _("{share}, in {whose}, {told}", share=share, whose=whose, told=told)
    )


def _say_share_of(carried: Carried) -> str:
    """Write it in whole percent; what is not all of a stock is never 100% of it."""
    return digits(f"{min(carried.share, 0.99):.0%}") if carried.share < 1 else digits("100%")


def say_repeated(part: CarriedForward) -> str:
    """Say of what day the figure is that was carried forward: “those of 31 December 2024”."""
    day = say_span(Nature.STOCK, part.since)
    return (
        _("those of the year before, probably of {day}", day=day)
        if part.since.inferred
        else _("those of {day}", day=day)
    )


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


def say_of(nature: Nature, span: str) -> str:
    """Say what a figure is of: a day, where that is known, or months."""
    return say_of_day(span) if nature is Nature.STOCK else say_of_months(span)


def say_of_day(span: str) -> str:
    """Say which day's a figure is: “of 30 June”."""
    return pgettext("a day", "of {span}", span=span)


def say_of_months(span: str) -> str:
    """Say which months' a figure is: “of January–June”."""
    return pgettext("months", "of {span}", span=span)


def say_disturbance(measure: Measure, at: Break) -> str:
    """Say in a sentence of its own what keeps a year from being compared."""
    if at.kind is not CoverageKind.PARTIAL or at.extent is None:
        return say_break(measure, at)
    stands_for = say_within(measure.nature, at.extent, at.year)
    whose, only = (
        f"{own(at.country)} {at.year}",
        _("{said} only", said=say_probably(at.extent, say_of(measure.nature, stands_for))),
    )
    share = "" if at.share is None else f", {_say_share_of_total(at)},"
    return (
        _("{whose} cases{share} are {only}.", whose=whose, share=share, only=only)
        if at.unit is Unit.CASES
        else _("{whose} figure{share} is {only}.", whose=whose, share=share, only=only)
    )


def say_break(measure: Measure, at: Break) -> str:
    """Say how a country counts otherwise than in the year before."""
    share = say_part(at)
    match at.kind:
        case CoverageKind.PERSONS_FOR_CASES:
            what = TABLES[HEADLINE[measure.row.dataset]]
            return _(
                "Since {year} {who:text}{share} counts {what} in persons that were partly in cases"
                " before, so {year}"
                " does not compare with {year_2}.",
                year=at.year,
                who=at.country,
                share=share,
                what=what,
                year_2=at.year - 1,
            )
        case CoverageKind.ONE_PERSON_A_CASE:
            return _(
                "In {year} some claims waiting for a decision in {who:text}{share} were counted in cases,"
                " each as one"
                " person, so {year} does not compare with earlier years.",
                year=at.year,
                who=at.country,
                share=share,
            )
        case CoverageKind.RECLASSIFIED:
            return _(
                "Since {year} the {counted} in {who:text}{share} include {some} who were not among them"
                " before, so"
                " {year} does not compare with {year_2}.",
                year=at.year,
                counted=_name_counted(measure),
                who=at.country,
                share=share,
                some=_say_some(at),
                year_2=at.year - 1,
            )
        case CoverageKind.MOVED_OUT:
            return _(
                "Since {year} the {counted} in {who:text}{share} leave out {some} who were among them"
                " before, so"
                " {year} does not compare with {year_2}.",
                year=at.year,
                counted=_name_counted(measure),
                who=at.country,
                share=share,
                some=_say_some(at),
                year_2=at.year - 1,
            )
        case CoverageKind.RECOUNTED:
            return _(
                "Since {year} the {counted} in {who:text}{share} are from another source or estimated"
                " anew, so {year}"
                " does not compare with {year_2}.",
                year=at.year,
                counted=_name_counted(measure),
                who=at.country,
                share=share,
                year_2=at.year - 1,
            )
        case CoverageKind.LAPSED_CLOSED:
            return _(
                "In {year} {who:text}{share} closed the files of some {number} people whose permits had"
                " lapsed, so"
                " {year} does not compare with {year_2}.",
                year=at.year,
                who=at.country,
                share=share,
                number=say_number(at.figure),
                year_2=at.year - 1,
            )
        case CoverageKind.REVIEWS_ONLY | CoverageKind.SAID_TO_BE_EARLIER:
            return _(
                "{of_one_year}, so they compare with no other year.",
                of_one_year=_say_of_one_year(measure, at),
            )
        case CoverageKind.MEMBERS_CHANGED | CoverageKind.PART_SPLIT_OFF:
            return _(
                "{composition_changed}{share}, so {year} does not compare with {year_2}.",
                composition_changed=_say_composition_changed(at),
                share=share,
                year=at.year,
                year_2=at.year - 1,
            )
        case CoverageKind.ORIGINS_UNPUBLISHED:
            return _(
                "Since {year} {who:text}{share} does not publish the origin of many claims, so a fall may"
                " be none.",
                year=at.year,
                who=at.country,
                share=share,
            )
        case _:
            raise ValueError(at.kind)


def say_break_of_one_year(measure: Measure, at: Break) -> str:
    """Say what a year's figure leaves out or includes since then, where it is set beside no other year."""
    counted = _name_counted(measure)
    match at.kind:
        case CoverageKind.ONE_PERSON_A_CASE:
            return _(
                "Some claims waiting for a decision in {who:text} were counted in cases, each as one person.",
                who=at.country,
            )
        case CoverageKind.RECLASSIFIED:
            return _(
                "Since {year} the {counted} in {who:text} include {some} not counted before.",
                year=at.year,
                counted=counted,
                who=at.country,
                some=_say_some(at),
            )
        case CoverageKind.MOVED_OUT:
            return _(
                "Since {year} the {counted} in {who:text} leave out {some} counted before.",
                year=at.year,
                counted=counted,
                who=at.country,
                some=_say_some(at),
            )
        case CoverageKind.REVIEWS_ONLY | CoverageKind.SAID_TO_BE_EARLIER:
            return f"{_say_of_one_year(measure, at)}."
        case CoverageKind.ORIGINS_UNPUBLISHED:
            return _(
                "Since {year} {who:text} does not publish the origin of many claims, so there may be more.",
                year=at.year,
                who=at.country,
            )
        case _:
            return say_break(measure, at)


def _say_of_one_year(measure: Measure, at: Break) -> str:
    whose, share = f"{own(at.country)} {at.year}", say_part(at)
    if at.kind is CoverageKind.REVIEWS_ONLY:
        return _(
            "Of {whose} applications and decisions{share} UNHCR has appeals and reviews only, without"
            " first instances",
            whose=whose,
            share=share,
        )
    return _(
        "UNHCR calls {whose} {counted}{share} those of the end of an earlier year, though they differ"
        " from that year's",
        whose=whose,
        counted=_name_counted(measure),
        share=share,
    )


def say_part(at: Break, *, of_old: bool = False) -> str:
    """Say in brackets how much of the change that is told a break makes, or else of the total.

    `of_old`: not of the total that is told, but of the one in the year of the break.
    """
    if at.share is None:
        return ""
    if of_old and at.of_change is None and at.unit is not Unit.CASES:
        return _(" ({share} of that year's total)", share=say_share(at.share))
    if at.of_change is None or at.figure is None:
        return f" ({_say_share_of_total(at)})"
    return (
        _(" ({share} of the change)", share=say_share(at.of_change))
        if at.of_change < 1
        else _(" (more than the change)")
    )


def _say_share_of_total(at: Break) -> str:
    """Persons and cases are never one total."""
    share = say_share(at.share or 0)
    return (
        _("{share} of all cases", share=share)
        if at.unit is Unit.CASES
        else _("{share} of the total", share=share)
    )


def _name_counted(measure: Measure) -> str:
    return _("claims") if is_on_asylum(measure) else SUBJECTS_WITHIN[measure]


def _say_some(at: Break) -> str:
    return _("people") if at.figure is None else _("{number} people", number=say_number(at.figure))


def _say_composition_changed(at: Break) -> str:
    """Say what came to a group or left it, or which part a country is counted without."""
    if at.part:
        return _(
            "Since {year} figures on {country:text} are without {part:text}",
            year=at.year,
            country=at.country,
            part=at.part,
        )
    before, after = (members(at.country.code, year) for year in (at.year - 1, at.year))
    came, left = len(after - before), len(before - after)
    year, group = at.year, name(at.country, "text")
    if not came:
        return _("In {year} {group} lost {members}", year=year, group=group, members=_count_members(left))
    if not left:
        return _("In {year} {group} gained {members}", year=year, group=group, members=_count_members(came))
    return _(
        "In {year} {group} gained {members} and lost {members_2}",
        year=year,
        group=group,
        members=_count_members(came),
        members_2=_count_members(left),
    )


def _count_members(number: int) -> str:
    return _("1 member") if number == 1 else _("{number} members", number=number)


def name_break(measure: Measure, at: Break) -> str:
    """Name a break in a few words; of a total, with the country and its share."""
    if at.kind is CoverageKind.PARTIAL and at.extent:
        span = say_within(measure.nature, at.extent, at.year)
        span = say_probably(
            at.extent, _("as of {span}", span=span) if measure.nature is Nature.STOCK else span
        )
        words = _("cases of {span} only", span=span) if at.unit is Unit.CASES else _("{span} only", span=span)
    elif at.kind is CoverageKind.MEMBERS_CHANGED:
        before, now = (len(members(at.country.code, year)) for year in (at.year - 1, at.year))
        words = (
            _("of {now} members, before of {before}", now=now, before=before)
            if now != before
            else name_kind(at)
        )
    else:
        words = name_kind(at)
    if at.share is None:
        return words
    return f"{name(at.country)} {words} ({say_share(at.share)})"


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
    return _("across a break in the series") if len(breaks) == 1 else _("across breaks in the series")


def note_breaks(measure: Measure, breaks: Iterable[Break], *, dated: bool = True) -> str:
    """Add what a figure passes over: “; with the USA's figure of 30 June”."""
    return behind(tell_breaks(measure, breaks, dated=dated))


def behind(note: str) -> str:
    """Put a note behind what is in brackets already."""
    return _("; {note}", note=note) if note else ""


def tell_breaks(measure: Measure, breaks: Iterable[Break], *, dated: bool = True, apart: bool = False) -> str:
    """Say what a figure passes over: “with the USA's figure of 30 June”.

    Not `dated` where their year was said just before; `apart` from any year, that of a part is said too.
    """
    told: dict[str, list[str]] = {}
    for at in breaks:
        if at.extent:
            span = say_span(measure.nature, at.extent, dated=apart or at.extent.year != at.year)
            told[
                _(
                    "with {country:own} figure {said}",
                    country=at.country,
                    said=say_probably(at.extent, say_of(measure.nature, span)),
                )
            ] = []
        else:
            where = [] if at.share is None else [_("in {country:text}", country=at.country)]
            told.setdefault(_date_break(at) if dated else name_kind(at), []).extend(where)
    notes = [" ".join(filter(None, (say_list(where), words))) for words, where in told.items()]
    return "; ".join(notes[:MAX_NOTED])


def _date_break(at: Break) -> str:
    return (
        _("{kind} in {year}", kind=name_kind(at), year=at.year)
        if at.of_one_year
        else _("{kind} since {year}", kind=name_kind(at), year=at.year)
    )


def name_kind(at: Break) -> str:
    """Name what happened in about three words."""
    return _("without {part:text}", part=at.part) if at.part else SHORT[at.kind]


SHORT = phrases(
    {
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
)
"""The same in the picture."""
