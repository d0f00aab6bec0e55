"""The one caveat that goes with an answer: which changes the reading most, in one short sentence."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.languages import N_, _, name, phrases
from bot.replies.caveats import say_caveat
from bot.replies.coverage import say_break, say_break_of_one_year, say_of, say_part, say_repeated, say_within
from bot.replies.nameless import name_nameless
from bot.words import capitalise, say_number, say_probably, say_tally
from bot.words.measures import SUBJECTS_WITHIN, say_place
from data import caveats as c
from data.coverage import CoverageKind, Remark
from data.model import Measure, Nature, Place, Unit
from data.statistics import CarriedForward

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.coverage import Break
    from data.model import Area


WEIGHTS: tuple[type[c.Caveat], ...] = (
    c.UnrwaApart,
    c.PartialYear,
    c.OthersApart,
    c.SeriesBreak,
    c.NotOneSeries,
    c.OriginUnknown,
    c.PartInTotal,
    c.NotReported,
    c.NotReportedOfSome,
    c.MidYear,
    CarriedForward,
    c.StageUnknown,
    c.LessThanHalf,
    c.UnitsChanged,
    c.CasesNotCompared,
    c.CasesBeside,
    c.MembersInCases,
    c.PartlyCounted,
    c.SmallParts,
    c.HalfYearLeftOut,
    c.NotCountries,
    c.OnlyFirstInstance,
    Remark,
    c.SplitOff,
)
"""What changes the reading most comes first; what is not here is a definition, and stands in Details only."""

MAX_NAMED = 2
MIN_SHARE = 0.005
"""A smaller part of a total changes no reading."""


def choose_mind(caveats: Iterable[c.Caveat], years: tuple[int, int] | None = None) -> c.Caveat | None:
    """Choose the caveat that goes with an answer; None where none changes the reading.

    `years` are the first and the last that the answer tells of: what is of others waits in Details.
    """
    told = (each if years is None else _keep_within(each, *years) for each in caveats)
    weighed = [each for each in told if each and type(each) in WEIGHTS and not _is_aside(each)]
    newest = max((year for each in weighed if (year := getattr(each, "year", None))), default=None)
    return min(weighed, key=lambda each: _weigh(each, newest), default=None)


def _keep_within(caveat: c.Caveat, first: int, last: int) -> c.Caveat | None:
    """Leave of a caveat what is on these years; None where nothing is."""
    match caveat:
        case c.NotOneSeries(breaks=breaks):
            within = (at for at in breaks if first <= at.year <= last)
            kept = tuple(at for at in within if first < last or at.kind in _OF_ONE_YEAR)
            return replace(caveat, breaks=kept) if kept else None
        case c.SeriesBreak(at=at):
            told = first < last or at.kind in _OTHERS_COUNTED
            return caveat if told and first <= at.year <= last else None
        case c.PartialYear() | c.PartInTotal() | c.SmallParts() | c.OriginUnknown() | Remark():
            return caveat if first <= caveat.year <= last else None
        case _:
            return caveat


_OTHERS_COUNTED = (
    CoverageKind.MOVED_OUT,
    CoverageKind.RECLASSIFIED,
    CoverageKind.ONE_PERSON_A_CASE,
    CoverageKind.REVIEWS_ONLY,
    CoverageKind.SAID_TO_BE_EARLIER,
)
"""Breaks that change what a year's figure is by itself, set beside no other year."""
_OF_ONE_YEAR = (*_OTHERS_COUNTED, CoverageKind.PARTIAL, CoverageKind.ORIGINS_UNPUBLISHED)
"""Those that may set places apart in one year."""


def _weigh(caveat: c.Caveat, newest: int | None) -> float:
    """Put a part of the newest total first; its cases, which stand beside the figure, before other years.

    What disturbs the change that is told comes before what is counted apart, and several parts of years
    before one of them.
    """
    if isinstance(caveat, c.NotOneSeries) and caveat.crossed:
        parts = sum(at.kind is CoverageKind.PARTIAL for at in caveat.crossed)
        return WEIGHTS.index(c.PartialYear) + (0.5 if parts <= 1 else -0.4)
    if isinstance(caveat, c.PartInTotal) and caveat.year == newest:
        behind = c.UnrwaApart if caveat.unit is Unit.PERSONS else c.SeriesBreak
        return WEIGHTS.index(behind) + 0.5
    return WEIGHTS.index(type(caveat))


def _is_aside(caveat: c.Caveat) -> bool:
    """Whether it is on another figure than the one that leads, or on too little of it."""
    if isinstance(caveat, c.SmallParts):
        return caveat.share < MIN_SHARE
    return isinstance(caveat, c.OriginUnknown) and not caveat.first


def say_mind(caveat: c.Caveat, *, moves: bool = True) -> str:
    """Say a caveat in one line, naming two of a list at most; `moves`: the answer is of several times."""
    return _("Mind: {short}", short=_say_short(caveat, moves=moves))


def _say_short(caveat: c.Caveat, *, moves: bool) -> str:
    match caveat:
        case c.OriginUnknown():
            return _say_origin_unknown(caveat, moves=moves)
        case c.SeriesBreak(at=at) if at.kind is CoverageKind.ORIGINS_UNPUBLISHED:
            return say_break(caveat.measure, at)
        case c.SeriesBreak(measure=measure, at=at) if not moves:
            return say_break_of_one_year(measure, at)
        case c.PartInTotal(amounts=amounts):  # first of what leads
            return say_caveat(replace(caveat, amounts=amounts[:1]))
        case c.NotOneSeries():
            return _say_not_one_series(caveat, moves=moves)
        case c.OnlyFirstInstance():
            return _("The USA and some others publish their first decisions under other levels.")
        case c.MidYear(year=year, nature=Nature.FLOW):
            return _("{year} is half a year, January–June, and does not compare with a whole one.", year=year)
        case CarriedForward():
            return _say_carried_forward(caveat)
        case c.NotReported():
            return _say_not_reported(caveat)
        case _:
            return _say_listed(caveat)


def _say_listed(caveat: c.Caveat) -> str:
    match caveat:
        case c.NotReportedOfSome(measure=measure, year=year, missing=missing):
            named = _list_first(name(country, "text") for country, _ in missing)
            return _(
                "For {year} there are no {name} yet from {named}, so some lines end too low.",
                year=year,
                name=_name(measure),
                named=named,
            )
        case c.CasesBeside(year=year, countries=countries):
            named = _list_first(
                f"{_name_or_world(country)} {say_number(value)}" for country, value in countries
            )
            return _(
                "Cases are counted apart and not in these persons ({year}: {named}).", year=year, named=named
            )
        case c.CasesNotCompared(newest=newest):
            named = _list_first(
                _(
                    "{or_world} {number} in {year}",
                    or_world=_name_or_world(country),
                    number=say_number(value),
                    year=year,
                )
                for country, year, value in newest
            )
            return _("Cases are counted apart and left out here ({named}).", named=named)
        case c.MembersInCases(measure=measure, countries=countries):
            named = _list_first(
                f"{name(country, 'text')} {say_number(value)}" for country, value in countries
            )
            return _(
                "Some members count {name} in cases, which are not in this figure ({named}).",
                name=_name(measure),
                named=named,
            )
        case c.PartlyCounted(missing=missing):
            named = _list_first(name(country, "text") for country, _ in missing)
            return _("Some sums leave out years without a figure: {named}.", named=named)
        case c.NotCountries(measure=measure, entries=entries):
            named = _list_first(
                f"{name(country)} ({say_tally(measure, tally)})" for country, tally in entries
            )
            return _("Not ranked, since these are no countries: {named}.", named=named)
        case _:
            return say_caveat(caveat)


def _say_origin_unknown(caveat: c.OriginUnknown, *, moves: bool) -> str:
    who, what, tally = caveat.country, name_nameless(caveat.measure), caveat.after
    told = _(
        "{what} of {year} ({amount})", what=what, year=caveat.year, amount=say_tally(caveat.measure, tally)
    )
    if not tally.cases:
        told = _("{number} {what} of {year}", number=say_number(tally.persons), what=what, year=caveat.year)
    if moves:
        return _("Part of any fall is not real: {who:text} gives no origin for {told}.", who=who, told=told)
    return _("{told} are left out, as {who:text} gives no origin.", told=capitalise(told), who=who)


def _say_carried_forward(caveat: CarriedForward) -> str:
    whose = say_place(Place(caveat.origin, caveat.country))
    what = _("waiting") if caveat.measure is Measure.PENDING else _name(caveat.measure)
    return _(
        "The {number} {what} {whose} are exactly {repeated}, probably carried forward and not counted anew.",
        number=say_number(caveat.value),
        what=what,
        whose=whose,
        repeated=say_repeated(caveat),
    )


def _say_not_reported(caveat: c.NotReported) -> str:
    named = _list_first(
        _(
            "{country:text} ({amount} in {year})",
            country=country,
            amount=say_tally(caveat.measure, tally),
            year=caveat.year - 1,
        )
        for country, tally in caveat.countries
    )
    words = (
        N_("For {year} there are no {name} from {named}.")
        if caveat.final
        else N_("For {year} there are no {name} yet from {named}.")
    )
    return _(words, year=caveat.year, name=_name(caveat.measure), named=named)


def _say_not_one_series(caveat: c.NotOneSeries, *, moves: bool) -> str:
    """Name the breaks that weigh most; those of the place itself have no share and weigh all.

    Those that disturb the change that is told come first. Of about equal ones parts of years do, and then
    the newest.
    """
    crossed = {(at.country, at.year, at.kind): at for at in caveat.crossed}
    breaks = [crossed.get((at.country, at.year, at.kind), at) for at in caveat.breaks]

    def order(at: Break) -> tuple[bool, float, bool, int]:
        weight = 1 if at.share is None else round(at.share, 2)
        return at not in caveat.crossed, -weight, at.kind is not CoverageKind.PARTIAL, -at.year

    weighed = sorted(breaks, key=order)
    if len(weighed) == 1 and weighed[0].kind is not CoverageKind.PARTIAL:
        return (say_break if moves else say_break_of_one_year)(caveat.measure, weighed[0])
    newest = max(at.year for at in weighed)
    told = "; ".join(_tell_break(caveat.measure, at, of_old=at.year < newest) for at in weighed[:MAX_NAMED])
    told += _("; and more") if len(weighed) > MAX_NAMED else ""
    return (
        _("The years are not one series: {told}.", told=told)
        if moves
        else _("They are not counted alike: {told}.", told=told)
    )


_BREAKS = phrases(
    {
        CoverageKind.PERSONS_FOR_CASES: "since {year} {who:text} counts persons, not cases",
        CoverageKind.ORIGINS_UNPUBLISHED: "since {year} {who:text} leaves many without an origin",
        CoverageKind.ONE_PERSON_A_CASE: "since {year} {who:text} counts cases as one person each",
        CoverageKind.RECLASSIFIED: "since {year} {who:text} counts more widely",
        CoverageKind.LAPSED_CLOSED: "in {year} {who:text} closed lapsed claims",
        CoverageKind.SAID_TO_BE_EARLIER: "for {year} {who:text} has figures of an earlier year",
        CoverageKind.REVIEWS_ONLY: "for {year} {who:text} has appeals and reviews only",
        CoverageKind.RECOUNTED: "since {year} {who:text} counts from another source",
        CoverageKind.MOVED_OUT: "since {year} {who:text} counts more narrowly",
        CoverageKind.MEMBERS_CHANGED: "since {year} {who:text} has other members",
        CoverageKind.PART_SPLIT_OFF: "since {year} {who:text} is counted without {part:text}",
    }
)
_PARTS = (
    N_("{country:own} {year} figure is {of} only"),
    N_("{country:own} {year} cases are {of} only"),
)


def _tell_break(measure: Measure, at: Break, *, of_old: bool) -> str:
    """Say in a few words what happened, and how much of a total it is."""
    if at.kind is CoverageKind.PARTIAL and at.extent:
        within = say_within(measure.nature, at.extent, at.year)
        told = _(
            _PARTS[at.unit is Unit.CASES],
            country=at.country,
            year=at.year,
            of=say_probably(at.extent, say_of(measure.nature, within)),
        )
    else:
        told = _BREAKS.say(at.kind, year=at.year, who=at.country, part=at.part)
    return told + say_part(at, of_old=of_old)


def _name(measure: Measure) -> str:
    return SUBJECTS_WITHIN[measure]


def _list_first(names: Iterable[str], most: int = MAX_NAMED) -> str:
    """List the first, and how many more there are."""
    first, rest = list(names), 0
    if len(first) > most:
        first, rest = first[:most], len(first) - most
    told = ", ".join(first)
    return _("{told} and {rest} more", told=told, rest=rest) if rest else told


def _name_or_world(country: Area | None) -> str:
    return name(country, "text") if country else _("the world")
