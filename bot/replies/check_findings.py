"""What stands behind a claim, and what the text got wrong about it, in short exact sentences.

The words of the verdicts (“right”, “close”, “rounded”, “until”) stand in the verdicts alone.
"""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, assert_never

from bot.languages import _, name, phrases
from bot.replies.check_comparisons import name_release, name_subject, say_comparison
from bot.replies.check_facts import OF_VARIANT, release_of, say_amount, say_fact, say_flaw, say_time, state
from bot.replies.check_standings import say_standing
from bot.replies.coverage import note_breaks
from bot.words import (
    capitalise,
    say_covered,
    say_day,
    say_list,
    say_number,
    say_ratio,
    say_share,
    say_tally,
    say_value,
    say_when,
)
from bot.words.measures import NAMES, NAMES_WITHIN, name_place, say_origin
from data.measures import OUTCOMES
from data.model import Level, Measure, Nature, Tally, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Mark, Near, Subject, Term
from data.reading.check.evidence import Fact, Spread
from data.reading.numbers import NumberForm
from data.statistics import find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.coverage import Break
    from data.model import Number
    from data.reading.check.claim import Claim


ELSEWHERE = phrases(
    {
        Mark.MONTHS: "UNHCR publishes half-years and years; months are with the country's own office",
        Mark.FISCAL: "UNHCR counts calendar years; fiscal years are with the country's own office",
        Mark.SOURCE: "another body counted it, in its own way",
        Mark.REGION: "it is of a group of countries",
        Mark.TOWN: "UNHCR counts countries; cities and camps are with the local authorities",
        Mark.SO_FAR: "it was added up since some day; UNHCR counts years",
        Mark.UNRWA: (
            "Palestine refugees under UNRWA's mandate, whom UNHCR's totals add, are not in these tables"
        ),
        Mark.SUM: "UNHCR subtracts people counted twice; these tables do not give the sum",
        Mark.PART: "it is a part that UNHCR does not count in these tables",
    }
)
"""Why what a text says cannot be held against these figures, and who has it."""


def say_finding(finding: v.ClaimFinding, *, again: bool = False, stated: Fact | None = None) -> str:
    """Say where the number comes from, what the text got wrong, and what has become of it.

    The correction, with the figure itself, was said before. `again`: what a stock is was said of another
    claim already. `stated`: what the correction says beside the figure.
    """
    return " ".join(list_sentences(finding, again=again, stated=stated))


def list_sentences(finding: v.ClaimFinding, *, again: bool = False, stated: Fact | None = None) -> list[str]:
    """Say the same sentence by sentence."""
    return [capitalise(sentence) for sentence in _say_all(finding, again=again, stated=stated) if sentence]


def _say_all(finding: v.ClaimFinding, *, again: bool, stated: Fact | None) -> Iterator[str]:
    if finding.match:
        yield _say_source(finding.match, () if finding.now else finding.breaks)
    if finding.verdict is v.Verdict.UNCHECKED:
        yield _say_unchecked(finding)
    if finding.decisions is not None:
        yield _("That is a share of {number} substantive decisions.", number=say_number(finding.decisions))
    yield _say_unrwa(finding)
    yield from (say_flaw(flaw, again=again) for flaw in finding.flaws)
    if finding.rival:
        yield _("Or else: {rival}.", rival=_say_rival(finding.rival))
    if finding.beside and finding.match and isinstance(finding.match.source, Fact):
        yield _say_beside(finding.match.source.unit, finding.beside)
    yield _say_flow(finding)
    if finding.carried:
        before = finding.carried.before
        yield _("{before} had exactly the same: probably carried forward, not counted anew.", before=before)
    if finding.now and finding.match and isinstance(finding.match.source, Fact):
        yield _say_now(finding.match.source, finding.now, finding.claim, finding.breaks)
    alone = finding.match is None
    yield from dict.fromkeys(say_comparison(compared, alone=alone) for compared in finding.compared)
    yield from map(say_standing, finding.stood)
    yield _say_instead(finding, stated)
    if finding.joint:
        yield f"{say_joint(finding.joint)}."
    if finding.otherwise:
        yield _("Or, if that is meant: {list}.", list="; ".join(map(state, finding.otherwise)))


def _say_unrwa(finding: v.ClaimFinding) -> str:
    return f"{ELSEWHERE[Mark.UNRWA]}." if finding.match and Mark.UNRWA in finding.claim.marks else ""


def _say_rival(match: v.Match) -> str:
    source = match.source
    if not isinstance(source, Fact):
        return ""
    return f"{say_number(source.value)}, {say_fact(source, within=True)}"


def _say_unchecked(finding: v.ClaimFinding) -> str:
    """Say what is not known here, and where to look."""
    if finding.compared:
        return ""
    marks = [ELSEWHERE[mark] for mark in ELSEWHERE if mark in finding.claim.marks]
    if marks and not finding.match:
        whole = finding.instead and finding.claim.marks & _OF_TIME
        return _("{marks}. Of the whole year:", marks=marks[0]) if whole else f"{marks[0]}."
    if finding.instead and finding.claim.at_first is not Near.CLAUSE:
        first = finding.instead[0]
        if finding.claim.means_middle(first.measure.nature, first.year):
            return _("No figure of the middle of {year} is kept here.", year=first.year)
    if finding.match:
        return _(
            "That is the figure for all levels together; for first instance, which the text means,"
            " there is none to compare with."
        )
    if finding.claim.subject is Subject.RATE:
        return _("No such rate is known here: too few decisions on this are published, or none.")
    if not finding.instead and finding.claim.at_first is not Near.CLAUSE:
        return _("No such figure of {said} is in these tables.", said=_name_said(finding.claim))
    together = _(" Of all levels together:") if finding.instead else ""
    return _(
        "No such figure at first instance is known here{where}.{together}",
        where=_say_where(finding.instead),
        together=together,
    )


def _name_said(claim: Claim) -> str:
    """Name the places and the year that a text speaks of, as near to its number as any."""
    origins, asylums = claim.telling
    areas = [
        side[told[0][0]].area for side, told in ((claim.origins, origins), (claim.asylums, asylums)) if told
    ]
    names = " → ".join(name(area, "text") for area in areas) or _("the world")
    return f"{names}, {claim.nearest_year}" if claim.nearest_year else names


_OF_TIME = frozenset({Mark.MONTHS, Mark.FISCAL})


def _say_where(instead: Sequence[Fact]) -> str:
    """Say where decisions at first instance are."""
    decided = [fact for fact in instead if fact.measure in (Measure.DECISIONS, *OUTCOMES)]
    return _("; such decisions are under /asylum decisions, level:first-instance") if decided else ""


def _say_source(match: v.Match, breaks: Sequence[Break]) -> str:
    """Say what the figure counts, and in which release it stands."""
    source = match.source
    if isinstance(source, Fact):
        note = note_breaks(source.measure, breaks)
        return f"{say_fact(source)} ({name_release(release_of(source))}{note})."
    return _("From {release}{newest}.", release=name_release(source.release), newest=_say_newest(source))


def _say_newest(source: v.NumberSource) -> str:
    if not isinstance(source, v.Total) or source.now == source.value:
        return ""
    return _("; by the newest figures it is {number}", number=say_number(source.now))


def name_source(source: v.NumberSource, claim: Claim) -> str:
    """Say what arithmetic a number comes from."""
    match source:
        case v.Total():
            return _(
                "{number} adds up {subject} of every year {first}–{last}",
                number=say_number(source.value),
                subject=name_subject(source.measure, source.place),
                first=source.first,
                last=source.last,
            )
        case v.Extremes():
            (low, low_year), (high, high_year) = source.low, source.high
            return _(
                "{subject}, {first}–{last}: lowest {number} ({low_year}), highest {number_2} ({high_year})",
                subject=name_subject(source.measure, source.place),
                first=source.first,
                last=source.last,
                number=say_number(low),
                low_year=low_year,
                number_2=say_number(high),
                high_year=high_year,
            )
        case Spread():
            return _say_spread(source, claim)
        case v.Joint():
            return say_joint(source)
        case v.ShareOf():
            return say_part(source)
        case Fact():
            return state(source)
        case _:
            assert_never(source)


def say_joint(joint: v.Joint) -> str:
    """Say what some countries have together, and each of them."""
    first = joint.facts[0]
    parts = say_list(f"{name_place(fact.place)} {say_number(fact.value)}" for fact in joint.facts)
    counted = f"{NAMES_WITHIN[first.measure]} {say_time(first)}"
    return _(
        "{number} is the sum of {counted}: {parts}",
        number=say_number(joint.value),
        counted=counted,
        parts=parts,
    )


def say_part(part: v.ShareOf) -> str:
    """Say which part of what a figure is."""
    whole = part.whole.place
    where = _("in {asylum:text}", asylum=whole.asylum) if whole.asylum else "worldwide"
    where = say_origin(whole.origin) if whole.origin else where
    return _(
        "{state}, {share} of all {number} {where}",
        state=state(part.fact),
        share=say_share(part.value),
        number=say_number(part.whole.value),
        where=where,
    )


def _say_spread(spread: Spread, claim: Claim) -> str:
    when = say_when(Nature.STOCK, spread.year, spread.release.period_of(spread.year))
    where = _("countries of asylum") if spread.place.origin else _("groups by origin")
    if claim.quantity and claim.quantity.form is NumberForm.SINGLE:
        return _(
            "fewer than 10 claims were pending {when} in {under_ten} of {countries} {where}",
            when=when,
            under_ten=spread.under_ten,
            countries=spread.countries,
            where=where,
        )
    return _(
        "claims were pending {when} in {countries} {where}",
        when=when,
        countries=spread.countries,
        where=where,
    )


def _say_beside(unit: Unit | None, other: Number) -> str:
    if unit is Unit.CASES:
        return _(
            "Beside these cases there are {number} persons; the two are never added.",
            number=say_number(other),
        )
    return _(
        "Beside these persons there are {number} cases, each of one or more; they are not added.",
        number=say_number(other),
    )


def _say_flow(finding: v.ClaimFinding) -> str:
    """Say how many applied in the years whose stocks were summed, or the cases beside a sum of persons."""
    if not finding.flow:
        return ""
    amounts = {total.unit: total.value for total in finding.flow}
    first = finding.flow[0]
    source = finding.match.source if finding.match else None
    if isinstance(source, v.Total) and source.measure is first.measure:
        return _say_beside(Unit.PERSONS, amounts[Unit.CASES])
    tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
    return _(
        "{measure} over {first}–{last}: {amount}.",
        measure=NAMES[first.measure],
        first=first.first,
        last=first.last,
        amount=say_tally(first.measure, tally),
    )


def _say_now(fact: Fact, now: Fact, claim: Claim, breaks: Sequence[Break]) -> str:
    stock = fact.measure.nature is Nature.STOCK
    if stock and claim.means_middle(Nature.STOCK, fact.year) and now.period is not fact.period:
        then = _("this stock is of 30 June {year}", year=fact.year)
        return _(
            "{then}; that of 31 December {year} is another: {amount}.",
            then=then,
            year=now.year,
            amount=say_amount(now),
        )
    when = say_covered(now.measure.nature, now.covers)
    ratio = find_ratio(fact.value, now.value, now.measure.nature) if _compare_alike(fact, now) else None
    change = "" if ratio is None else f", {say_ratio(ratio)}{note_breaks(now.measure, breaks, dated=False)}"
    return _(
        "now it is {amount} ({when}{change}), since {day}.",
        amount=say_amount(now),
        when=when,
        change=change,
        day=say_day(now.first.day),
    )


def _compare_alike(fact: Fact, now: Fact) -> bool:
    return fact.period is now.period or fact.measure.nature is Nature.STOCK


def _say_instead(finding: v.ClaimFinding, stated: Fact | None) -> str:
    """Say the newest figures of what the text speaks of, in both units, but for what was `stated` already."""
    source = finding.match.source if finding.match else None
    if finding.instead and all(fact.measure.nature is Nature.RATE for fact in finding.instead):
        return _say_rates(finding)
    elsewhere = isinstance(source, Fact) and finding.instead and source.place != finding.instead[0].place
    told = []
    counted = attrgetter("measure", "variant", "level")
    for kind in dict.fromkeys(map(counted, finding.instead)):
        measure = kind[0]
        if isinstance(source, Fact) and not elsewhere and not _is_beside(finding, source, measure):
            continue
        facts = {fact.unit: fact for fact in finding.instead if counted(fact) == kind}
        if [*facts.values()] == [stated]:
            continue
        first = next(iter(facts.values()))
        amounts = {unit: fact.value for unit, fact in facts.items()}
        tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
        said = (
            _("{number} persons plus cases", number=say_number(first.value))
            if None in facts
            else say_tally(measure, tally)
        )
        when = say_when(measure.nature, first.year, first.covers)
        level = _(" at first instance") if first.level is Level.FIRST else ""
        variant = OF_VARIANT.get(first.variant, "")
        told.append(f"{NAMES_WITHIN[measure]}{variant}{level} {when}: {said}")
    if not told:
        return ""
    first = finding.instead[0]
    place = "" if source and not elsewhere else f"{name_place(first.place)}: "
    return f"{place}{'; '.join(told)}."


def _is_beside(finding: v.ClaimFinding, source: Fact, measure: Measure) -> bool:
    """Whether a measure is what the text may have meant, beside that of its number; a flow is no stock."""
    if any(isinstance(flaw, v.OtherMeasure) for flaw in finding.flaws):
        return source.measure is not measure
    return source.measure is not measure and source.measure.nature is measure.nature


def _say_rates(finding: v.ClaimFinding) -> str:
    """Say the published rates, and for a text of rejections their share."""
    first = finding.instead[0]
    told = []
    for fact in finding.instead:
        unit = _(" of cases") if fact.unit is Unit.CASES else ""
        rate = f"{NAMES[fact.measure]} {say_value(fact.measure, fact.value)}{unit}"
        if finding.claim.term is Term.REJECTED and fact.measure is not Measure.REJECTION_RATE:
            rate = _(
                "{rate}, so {value} were rejected", rate=rate, value=say_value(fact.measure, 1 - fact.value)
            )
        told.append(rate)
    when = say_when(first.measure.nature, first.year, first.covers)
    level = _(" at first instance") if first.level is Level.FIRST else ""
    return _(
        "{place}, decisions on the merits{level} {when}: {list}. Claims that were otherwise closed are"
        " left out of these shares.",
        place=name_place(first.place),
        level=level,
        when=when,
        list="; ".join(told),
    )
