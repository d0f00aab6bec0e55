"""What stands behind a claim, and what the text got wrong about it, in short exact sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from bot.replies.caveats import say_territory
from bot.replies.coverage import note_breaks, say_disturbance
from bot.words import (
    NAMES,
    SUBJECTS,
    capitalise,
    name_place,
    say_day,
    say_number,
    say_ratio,
    say_short_day,
    say_subject,
    say_tally,
    say_value,
    say_when,
)
from data.measures import OUTCOMES
from data.model import Level, Measure, Nature, Tally, Unit
from data.reading.check import verdicts as v
from data.reading.check.claim import Subject, Term, TrendClaim
from data.reading.check.comparison_checks import REVISED
from data.reading.check.evidence import Fact, Spread
from data.reading.numbers import Form
from data.statistics import find_ratio

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.coverage import Break
    from data.model import Number, Place, Release
    from data.reading.check.claim import Claim


MAX_REASONS = 2
"""Why figures do not compare; more would bury the verdict."""


def say_verdict(finding: v.Finding) -> str:
    """Write the verdict: “matches”, “was right until 12 June 2026”."""
    if finding.verdict is v.Verdict.UNTIL and finding.until:
        return f"{finding.verdict.value} {say_day(finding.until.day)}"
    return finding.verdict.value


def say_finding(finding: v.Finding, *, again: bool = False) -> str:
    """Say where the number comes from, what the text got wrong, and what has become of it.

    `again`: what a stock is was said of another claim already.
    """
    return " ".join(capitalise(sentence) for sentence in _say_all(finding, again=again) if sentence)


def _say_all(finding: v.Finding, *, again: bool) -> Iterator[str]:
    if finding.match:
        yield _say_source(finding.match, finding.claim, () if finding.now else finding.breaks)
    if finding.verdict is v.Verdict.UNCHECKED:
        yield _say_unchecked(finding)
    if finding.decisions is not None:
        yield f"That is a share of {say_number(finding.decisions)} substantive decisions."
    yield from (say_flaw(flaw, again=again) for flaw in finding.flaws)
    if finding.beside and finding.match and isinstance(finding.match.source, Fact):
        yield _say_beside(finding.match.source.unit, finding.beside)
    yield _say_flow(finding)
    if finding.carried:
        before = finding.carried.before
        yield f"{before} had exactly the same: probably carried forward, not counted anew."
    if finding.now and finding.match and isinstance(finding.match.source, Fact):
        yield _say_now(finding.match.source, finding.now, finding.claim, finding.breaks)
    alone = finding.match is None
    yield from dict.fromkeys(_say_comparison(compared, alone=alone) for compared in finding.compared)
    yield _say_instead(finding)


def _say_unchecked(finding: v.Finding) -> str:
    """Say what is not known here, and where to look."""
    if finding.compared:
        return ""
    if finding.match:
        return (
            "That is the figure of all levels together; of first instance, which the text speaks of,"
            " no figure is known here to compare with."
        )
    if finding.claim.subject is Subject.RATE:
        return "No such rate is known here: on this, too few decisions are published, or none."
    together = " Of all levels together:" if finding.instead else ""
    return f"No such figure at first instance is known here{_say_where(finding.instead)}.{together}"


def _say_where(instead: Sequence[Fact]) -> str:
    """Say where decisions at first instance are."""
    decided = [fact for fact in instead if fact.measure in (Measure.DECISIONS, *OUTCOMES)]
    return "; such decisions are under /asylum decisions, level:first-instance" if decided else ""


def _say_source(match: v.Match, claim: Claim, breaks: Sequence[Break]) -> str:
    source = match.source
    match source:
        case Fact():
            note = note_breaks(source.measure, breaks)
            told = f"{_say_fact(source)} ({_name_release(_release_of(source))}{note})."
            exact = match.exact and source.measure.nature is not Nature.RATE
            return told if exact else f"exactly {_amount(source)}: {_continue(source.measure, told)}"
        case v.Total():
            now = (
                ""
                if source.now == source.value
                else f"; by the newest figures it is {say_number(source.now)}"
            )
            return (
                f"{say_number(source.value)} is the sum over {source.first}–{source.last} of"
                f" {_name_subject(source.measure, source.place)}"
                f" ({_name_release(source.release)}){now}."
            )
        case v.Extremes():
            (low, low_year), (high, high_year) = source.low, source.high
            return (
                f"{say_subject(source.measure, source.place)}, {source.first}–{source.last}:"
                f" lowest {say_number(low)} ({low_year}), highest {say_number(high)} ({high_year})."
            )
        case Spread():
            return _say_spread(source, claim)
        case _:
            assert_never(source)


def _say_spread(spread: Spread, claim: Claim) -> str:
    when = say_when(Nature.STOCK, spread.year, spread.release.period_of(spread.year))
    where = "countries of asylum" if spread.place.origin else "groups by origin"
    release = _name_release(spread.release)
    if claim.quantity and claim.quantity.form is Form.SINGLE:
        return (
            f"fewer than 10 claims were pending {when} in {spread.under_ten} of {spread.countries} {where}"
            f" ({release})."
        )
    return f"claims were pending {when} in {spread.countries} {where} ({release})."


def _say_beside(unit: Unit, other: Number) -> str:
    if unit is Unit.CASES:
        return f"Beside these cases there are {say_number(other)} persons; the two are never added."
    return (
        f"Beside these persons there are {say_number(other)} cases, each of one or more; they are not added."
    )


def _say_flow(finding: v.Finding) -> str:
    """Say how many applied in the years whose stocks were summed, or the cases beside a sum of persons."""
    if not finding.flow:
        return ""
    amounts = {total.unit: total.value for total in finding.flow}
    first = finding.flow[0]
    source = finding.match.source if finding.match else None
    if isinstance(source, v.Total) and source.measure is first.measure:
        return _say_beside(Unit.PERSONS, amounts[Unit.CASES])
    tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
    return f"{NAMES[first.measure]} over {first.first}–{first.last}: {say_tally(first.measure, tally)}."


def _name_release(release: Release) -> str:
    return f"{release.label}, {say_short_day(release.day)}"


def _say_fact(fact: Fact) -> str:
    when = say_when(fact.measure.nature, fact.year, fact.period)
    level = ", at first instance" if fact.level is Level.FIRST else ""
    cases = ", in cases" if fact.unit is Unit.CASES else ""
    return f"{say_subject(fact.measure, fact.place)} {when}{level}{cases}"


def _release_of(fact: Fact) -> Release:
    """Name the first release with a figure that was replaced, else the newest."""
    return fact.first if fact.replaced_by else fact.last


def _amount(fact: Fact) -> str:
    value = say_value(fact.measure, fact.value)
    return value if fact.unit is Unit.PERSONS or fact.measure.nature is Nature.RATE else f"{value} cases"


def _say_now(fact: Fact, now: Fact, claim: Claim, breaks: Sequence[Break]) -> str:
    stock = fact.measure.nature is Nature.STOCK
    if stock and claim.means_middle(Nature.STOCK, fact.year) and now.period is not fact.period:
        then = f"this stock is of 30 June {fact.year}"
        return f"{then}; that of 31 December {now.year} is another: {_amount(now)}."
    when = say_when(now.measure.nature, now.year, now.period).removeprefix("on ").removeprefix("in ")
    ratio = find_ratio(fact.value, now.value, now.measure.nature) if _compare_alike(fact, now) else None
    change = "" if ratio is None else f", {say_ratio(ratio)}{note_breaks(now.measure, breaks, dated=False)}"
    return f"now it is {_amount(now)} ({when}{change}), since {say_day(now.first.day)}."


def _compare_alike(fact: Fact, now: Fact) -> bool:
    return fact.period is now.period or fact.measure.nature is Nature.STOCK


def _say_comparison(compared: v.Compared, *, alone: bool) -> str:
    """Say whether a comparison holds; `alone`: the figure compared was not said yet."""
    trend_claim = compared.comparison.trend_claim
    if trend_claim in REVISED:
        return _say_revision(compared)
    if compared.holds is None and (compared.breaks or compared.splits):
        return _say_no_comparison(compared, alone=alone)
    if trend_claim is TrendClaim.RECORD:
        (year, record), *_ = compared.bases
        right = "as the text says" if compared.holds else "not that of the year the text says"
        note = note_breaks(compared.measure, (at for at in compared.breaks if at.year == year))
        subject = f"{_name_subject(compared.measure, compared.place)}: " if alone else ""
        return f"{subject}the record is {say_value(compared.measure, record)} ({year}{note}), {right}."
    told = " and ".join(f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases)
    if alone:
        subject = _name_subject(compared.measure, compared.place)
        told = f"{subject} were {told}, {say_value(compared.measure, compared.value)} in {compared.year}"
    if compared.holds is None:
        return f"{told}: too few to compare with."
    verdict = "the comparison holds" if compared.holds else "the comparison does not hold"
    return f"{verdict}: {told}{_say_times(compared)}."


def _say_no_comparison(compared: v.Compared, *, alone: bool) -> str:
    """Say which figures do not compare, and why, in sentences of their own."""
    value = f"{say_value(compared.measure, compared.value)} in {compared.year}"
    told = [f"{say_value(compared.measure, base)} in {year}" for year, base in compared.bases] + [value]
    subject = f"{_name_subject(compared.measure, compared.place)} were " if alone else ""
    largest = sorted(compared.breaks, key=lambda at: -(at.share or 1))
    reasons = [say_territory(split) for split in compared.splits]
    reasons += [say_disturbance(compared.measure, at) for at in largest]
    figures = f"{subject}{', '.join(told[:-1])} and {told[-1]}"
    return " ".join((f"{figures}: these do not compare.", *map(capitalise, reasons[:MAX_REASONS])))


def _say_revision(compared: v.Compared) -> str:
    (_, before), *_ = compared.bases
    change = say_ratio(compared.value / before - 1) if before else "changed"
    held = "indeed it was" if compared.holds else "it was not"
    change += note_breaks(compared.measure, compared.breaks)
    before_and_after = (say_value(compared.measure, value) for value in (before, compared.value))
    return (
        f"{held}: {' was replaced by '.join(before_and_after)}, {change} ({_name_release(compared.release)})."
    )


def _say_times(compared: v.Compared) -> str:
    if len(compared.bases) != 1:
        return ""
    ratio = find_ratio(compared.bases[0][1], compared.value, compared.measure.nature)
    return "" if ratio is None else f", so {say_ratio(ratio)}"


def _say_instead(finding: v.Finding) -> str:
    """Say the newest figures of what the text speaks of, in both units."""
    source = finding.match.source if finding.match else None
    if finding.instead and all(fact.measure.nature is Nature.RATE for fact in finding.instead):
        return _say_rates(finding)
    elsewhere = isinstance(source, Fact) and finding.instead and source.place != finding.instead[0].place
    told = []
    for measure in dict.fromkeys(fact.measure for fact in finding.instead):
        if isinstance(source, Fact) and source.measure is measure and not elsewhere:
            continue
        facts = {fact.unit: fact for fact in finding.instead if fact.measure is measure}
        first = next(iter(facts.values()))
        amounts = {unit: fact.value for unit, fact in facts.items()}
        tally = Tally(amounts.get(Unit.PERSONS), amounts.get(Unit.CASES))
        when = say_when(measure.nature, first.year, first.period)
        level = " at first instance" if first.level is Level.FIRST else ""
        told.append(f"{NAMES[measure].lower()}{level} {when}: {say_tally(measure, tally)}")
    if not told:
        return ""
    first = finding.instead[0]
    place = "" if source and not elsewhere else f"{name_place(first.place)}: "
    sentence = f"{place}{'; '.join(told)}."
    claim = finding.claim
    named = (*claim.years, *(claim.span or ()))
    # Where the figures are of a year that the text names, no other one was looked for.
    missing = first.year not in named and claim.years_named and [year for year in named if year > first.year]
    return f"For {missing[0]} there are no figures yet. {capitalise(sentence)}" if missing else sentence


def _say_rates(finding: v.Finding) -> str:
    """Say the published rates, and for a text of rejections their share."""
    first = finding.instead[0]
    told = []
    for fact in finding.instead:
        unit = " of cases" if fact.unit is Unit.CASES else ""
        told.append(f"{NAMES[fact.measure]} {say_value(fact.measure, fact.value)}{unit}")
        if finding.claim.term is Term.REJECTED:
            told[-1] += f", so {say_value(fact.measure, 1 - fact.value)} were rejected"
    when = say_when(first.measure.nature, first.year, first.period)
    level = " at first instance" if first.level is Level.FIRST else ""
    return (
        f"{name_place(first.place)}, decisions on the merits{level} {when}: {'; '.join(told)}."
        " Claims that were otherwise closed are left out of these shares."
    )


def _name_subject(measure: Measure, place: Place) -> str:
    return _continue(measure, say_subject(measure, place))


def _continue(measure: Measure, subject: str) -> str:
    """Put what heads a measure into a sentence; rates have proper names."""
    return f"the {subject}" if measure.nature is Nature.RATE else _lower(subject)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


SAID = {
    Term.APPLIED: "people who applied",
    Term.APPLICATIONS: "applications",
    Term.NEW: "new applications",
    Term.PENDING: "pending claims",
    Term.CLAIMS: "claims",
    Term.SEEKERS: "asylum-seekers",
    Term.REFUGEES: "refugees",
    Term.DECIDED: "decisions",
    Term.RECOGNISED: "recognitions as refugees",
    Term.PROTECTED: "people given protection",
    Term.COMPLEMENTARY: "complementary protection",
    Term.REJECTED: "rejections",
    Term.CLOSED: "closed claims",
    Term.NOTHING: "nothing certain",
}
"""What a text said of its number."""

_APPLYING = frozenset({Term.APPLIED, Term.APPLICATIONS, Term.NEW})


def say_flaw(flaw: v.Flaw, *, again: bool = False) -> str:
    """Say it; `again`: what a stock is was said already."""
    if again and is_about_a_stock(flaw):
        return "Again a stock, not applications."
    match flaw:
        case v.OtherMeasure():
            return _say_other_measure(flaw)
        case v.HalfYear() | v.WholeYear():
            return _say_span(flaw)
        case v.OtherYear(year=year):
            return f"The text names another year than {year}."
        case v.OtherPlace(place=place):
            if place.origin is None and place.asylum is None:
                return "That is the worldwide figure, of all origins and all countries of asylum together."
            of = "of all origins together, not of one" if place.origin is None else ""
            return (
                f"That is the figure for {name_place(place)} {of or 'in all countries together, not in one'}."
            )
        case v.SidesSwapped(place=place):
            return f"Origin and country of asylum are swapped: the figure is {name_place(place)}."
        case (
            v.CasesNotPeople() | v.RepeatsIncluded() | v.OtherLevel() | v.ClosedIncluded() | v.StocksSummed()
        ):
            return _COUNTED_OTHERWISE[type(flaw)]
        case _:
            assert_never(flaw)


def _say_span(flaw: v.HalfYear | v.WholeYear) -> str:
    match flaw:
        case v.HalfYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 30 June {year}, not on 31 December."
        case v.HalfYear(year=year):
            return f"That is only January–June, not all of {year}."
        case v.WholeYear(year=year, nature=Nature.STOCK):
            return f"That is the stock on 31 December {year}, not on 30 June."
        case v.WholeYear(year=year):
            return f"That is all of {year}, not only January–June."


_COUNTED_OTHERWISE: dict[type[v.Flaw], str] = {
    v.CasesNotPeople: "It counts cases, each of one or more persons, not people.",
    v.RepeatsIncluded: "It includes repeat claims and appeals, so it is not new applications alone.",
    v.ClosedIncluded: "That is a share of all decisions, the otherwise closed ones among them.",
    v.OtherLevel: "The text speaks of first instance; the figure is that of all levels, appeals among them.",
    v.StocksSummed: (
        "A sum of yearly stocks is no number of people: whoever waits for years is counted again in each."
    ),
}


def _say_other_measure(flaw: v.OtherMeasure) -> str:
    match flaw:
        case v.OtherMeasure(said=said, measure=Measure.PENDING) if said in _APPLYING:
            return "That is a stock, everyone waiting on that day, not the people who applied in the year."
        case v.OtherMeasure(said=Term.PENDING, measure=Measure.APPLICATIONS | Measure.ALL_STAGES):
            return "Those are applications made during the year, not the claims pending at its end."
        case v.OtherMeasure(said=Term.REFUGEES):
            return "These people asked for asylum; that does not make them refugees yet."
        case v.OtherMeasure(said=said, measure=measure):
            return f"The text speaks of {SAID[said]}; the figure is {_continue(measure, SUBJECTS[measure])}."


def is_about_a_stock(flaw: v.Flaw) -> bool:
    """Say whether a text took those who wait for those who applied."""
    return isinstance(flaw, v.OtherMeasure) and flaw.measure is Measure.PENDING and flaw.said in _APPLYING
