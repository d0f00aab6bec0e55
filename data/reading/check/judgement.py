"""The verdict on each claim of a text, and what the text got wrong about it. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.coverage import CoverageKind
from data.model import Level, Measure, Nature, ReferencePeriod, Unit
from data.reading.check.arithmetic import add_flow, find_over_years, find_spread
from data.reading.check.claim import Subject, Term
from data.reading.check.comparison_checks import compare_fact, judge_trend_claim
from data.reading.check.evidence import Fact
from data.reading.check.matches import MIN_COUNT, THOUSAND, find_fact, list_instead
from data.reading.check.rates import find_rate, reject_rate
from data.reading.check.terms import MEANT, WEAK
from data.reading.check.verdicts import (
    Carried,
    CasesNotPeople,
    Check,
    Extremes,
    Finding,
    HalfYear,
    OtherLevel,
    OtherMeasure,
    OtherPlace,
    OtherYear,
    RepeatsIncluded,
    SidesSwapped,
    StocksSummed,
    Total,
    Verdict,
    WholeYear,
)
from data.reading.numbers import Form
from data.statistics import TRIFLE, is_carried_forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.coverage import Break
    from data.model import Number, Release
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence
    from data.reading.check.verdicts import Compared, Flaw, Match, Source


MAX_FINDINGS = 10
_WEIGHTS = {
    Verdict.ELSE: 0,
    Verdict.UNTIL: 1,
    Verdict.NOT_FOUND: 2,
    Verdict.UNCHECKED: 3,
    Verdict.ROUNDED: 4,
    Verdict.MATCHES: 5,
}


def judge_claims(claims: Iterable[Claim], evidence: Evidence) -> Check:
    """Judge every claim; the ten most telling are kept, in order of the text where they are equal."""
    findings: list[Finding] = []
    single: Finding | None = None
    for claim in claims:
        finding = judge_claim(claim, evidence, single)
        if finding is not None:
            findings.append(finding)
            single = finding if finding.match and isinstance(finding.match.source, Fact) else single
    telling = sorted(findings, key=lambda finding: _WEIGHTS[finding.verdict])
    return Check(tuple(telling[:MAX_FINDINGS]), max(0, len(telling) - MAX_FINDINGS), evidence.newest)


def judge_claim(claim: Claim, evidence: Evidence, before: Finding | None = None) -> Finding | None:
    """Judge one claim; None where it is none of ours. `before` is the last finding of a single figure."""
    if claim.subject is Subject.CHANGE:
        return _judge_trend_claim(claim, evidence, before)
    for level in claim.levels:
        known = evidence.at(level)
        match = _find_source(claim, known) if known else None
        if known and match:
            return _tell(claim, match, known)
    return _reject(claim, evidence)


def _judge_trend_claim(claim: Claim, evidence: Evidence, before: Finding | None) -> Finding | None:
    """Judge where a figure went; of first instance that is not told from what went at all levels."""
    judged = judge_trend_claim(claim, evidence, before)
    at_first = claim.levels[0] is Level.FIRST
    return Finding(claim, Verdict.UNCHECKED) if judged and at_first else judged


def _tell(claim: Claim, match: Match, evidence: Evidence) -> Finding:
    """Tell all that stands behind a number; `evidence` is at the level that the figure is of."""
    source = match.source
    flaws = find_flaws(claim, source)
    if OtherLevel() in flaws and isinstance(source, Fact) and not _knows_first_instance(source, evidence):
        return Finding(claim, Verdict.UNCHECKED, match)
    now, until = _find_now(source, evidence), _find_until(source, evidence)
    return Finding(
        claim,
        _choose(claim, match, flaws, until),
        match,
        until,
        flaws,
        now,
        _find_beside(source, evidence),
        find_carried(source, evidence),
        tuple(_compare(claim, source, evidence)),
        () if not flaws else list_instead(claim, evidence) if isinstance(source, Fact) else (),
        add_flow(source, evidence) if isinstance(source, Total) else (),
        _find_breaks(source, now, evidence),
        _count_decisions(source, evidence),
    )


def _count_decisions(source: Source, evidence: Evidence) -> Number | None:
    """Return the substantive decisions that a rate is a share of, as the same release gave them."""
    if not isinstance(source, Fact) or source.measure.nature is not Nature.RATE:
        return None
    outcomes = (Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED)
    counts = [evidence.value(source.place, source.year, of, source.last, source.unit) for of in outcomes]
    return sum(count for count in counts if count is not None)


def _find_breaks(source: Source, now: Fact | None, evidence: Evidence) -> tuple[Break, ...]:
    """Return what of a total stands for less, and what keeps the newest figure from being compared."""
    if not isinstance(source, Fact):
        return ()
    return tuple(
        each
        for each in evidence.breaks(source.place, source.measure, source.unit)
        if each.year == source.year
        and (now or (each.kind is CoverageKind.PARTIAL and each.share is not None))
    )


def _find_source(claim: Claim, evidence: Evidence) -> Match | None:
    quantity = claim.quantity
    if quantity is None or not claim.places:
        return None
    if claim.subject is Subject.COUNTRIES:
        return find_spread(claim, quantity, evidence)
    if quantity.form is Form.PERCENT:
        return find_rate(claim, quantity, evidence)
    over_years = None if claim.levels[0] is Level.FIRST else find_over_years(claim, quantity, evidence)
    return over_years or find_fact(claim, quantity, evidence)


def _knows_first_instance(fact: Fact, evidence: Evidence) -> bool:
    """Say whether there are decisions at first instance that a figure of all levels can be told from."""
    at_first = evidence.at(Level.FIRST)
    return at_first is not None and bool(at_first.current(fact.place, fact.year, Measure.DECISIONS))


def _find_now(source: Source, evidence: Evidence) -> Fact | None:
    """Return what the newest release says where that differs from the figure that fits."""
    if not isinstance(source, Fact) or source.replaced_by is None:
        return None
    said = evidence.current(source.place, source.year, source.measure)
    now = next((fact for fact in said if fact.unit is source.unit), None)
    return now if now and now.value != source.value else None


def _find_beside(source: Source, evidence: Evidence) -> Number | None:
    """Return the figure in the other unit, where it is more than a trifle beside this one."""
    if not isinstance(source, Fact) or source.measure.nature is Nature.RATE:
        return None
    other = Unit.CASES if source.unit is Unit.PERSONS else Unit.PERSONS
    value = evidence.value(source.place, source.year, source.measure, source.last, other)
    return value if value and value >= TRIFLE * source.value else None


def _find_until(source: Source, evidence: Evidence) -> Release | None:
    """Return the release that said otherwise, where the newest one still does."""
    if isinstance(source, Fact):
        withdrawn = source.replaced_by is not None and not any(
            fact.replaced_by is None and fact.value == source.value
            for fact in evidence.facts(source.place, source.year, source.measure)
        )
        return source.replaced_by if withdrawn else None
    if isinstance(source, Total) and source.now != source.value:
        later = (release for release in evidence.releases if release.id > source.release.id)
        return next(later, None)
    return None


def _choose(claim: Claim, match: Match, flaws: Sequence[Flaw], until: Release | None) -> Verdict:
    if flaws:
        return Verdict.ELSE
    if until is not None and not _stays_right(claim, match.source, until):
        return Verdict.UNTIL
    return Verdict.MATCHES if match.exact else Verdict.ROUNDED


def _stays_right(claim: Claim, source: Source, until: Release) -> bool:
    """Say whether the text names the middle of the year, of which a figure stays right at the year's end.

    Not where another figure for the middle took its place.
    """
    return (
        isinstance(source, Fact)
        and claim.means_middle(source.measure.nature, source.year)
        and source.period is ReferencePeriod.MID_YEAR
        and until.period_of(source.year) is ReferencePeriod.YEAR_END
    )


def _compare(claim: Claim, source: Source, evidence: Evidence) -> Iterable[Compared]:
    if isinstance(source, Fact) and source.measure.nature is not Nature.RATE:
        for comparison in claim.comparisons:
            if compared := compare_fact(comparison, source, evidence):
                yield compared


def _reject(claim: Claim, evidence: Evidence) -> Finding | None:
    """Say that a number is not in these figures, where the text leaves no doubt that it should be."""
    quantity = claim.quantity
    if quantity is not None and quantity.form is Form.PERCENT:
        return reject_rate(claim, quantity, evidence)
    certain = claim.saying_named and claim.term is not Term.REFUGEES and bool(claim.places)
    if quantity is None or claim.subject is not Subject.PEOPLE or not certain:
        return None
    least = THOUSAND if claim.term in WEAK else MIN_COUNT  # 147 asylum seekers may be those of one boat
    if quantity.form is not Form.COUNT or quantity.high < least:
        return None
    at_first = evidence.at(Level.FIRST) if Level.FIRST in claim.levels else None
    likeliest = evidence.at(claim.levels[0])
    instead = list_instead(claim, likeliest) if likeliest else ()
    if Level.FIRST not in claim.levels or (instead and at_first and not claim.span):
        return Finding(claim, Verdict.NOT_FOUND, instead=instead) if instead else None
    return Finding(claim, Verdict.UNCHECKED, instead=list_instead(claim, evidence))


_OF_APPLICATIONS = frozenset({Measure.APPLICATIONS, Measure.ALL_STAGES})
"""They are told apart by stages, and have no level."""


def find_flaws(claim: Claim, source: Source) -> tuple[Flaw, ...]:
    """List what the text says wrongly of the figure that its number is."""
    if isinstance(source, Fact):
        return tuple(_of_a_fact(claim, source))
    if isinstance(source, Total) and source.measure.nature is Nature.STOCK:
        return (StocksSummed(),)
    if isinstance(source, Total | Extremes):
        return tuple(_of_a_measure(claim, source.measure))
    return ()


def _of_a_fact(claim: Claim, fact: Fact) -> Iterator[Flaw]:
    yield from _of_a_measure(claim, fact.measure)
    if claim.levels[0] is Level.FIRST and fact.level is Level.ALL and fact.measure not in _OF_APPLICATIONS:
        yield OtherLevel()
    if fact.period is ReferencePeriod.MID_YEAR and fact.measure.nature is not Nature.STOCK and not claim.half:
        yield HalfYear(fact.year)
    if fact.period is ReferencePeriod.MID_YEAR and fact.measure.nature is Nature.STOCK and claim.year_end:
        yield HalfYear(fact.year, Nature.STOCK)
    in_year = claim.time_beside and fact.year in claim.years[:1] and fact.period is ReferencePeriod.YEAR_END
    if in_year and claim.means_middle(fact.measure.nature, fact.year):
        yield WholeYear(fact.year, fact.measure.nature)
    if fact.unit is Unit.CASES and not claim.cases:
        yield CasesNotPeople()
    if claim.years_named and claim.years and fact.year not in claim.years and not _is_within(claim, fact):
        yield OtherYear(fact.year)
    if fact.place not in claim.places:
        yield SidesSwapped(fact.place)
    elif claim.places_named and _sums_more_than_said(claim, fact):
        yield OtherPlace(fact.place)


def _sums_more_than_said(claim: Claim, fact: Fact) -> bool:
    """Say whether the text speaks of one country where the figure is of all.

    An origin may be named for another reason: “Syrians were the largest group of the 113,216”.
    """
    likeliest, of = claim.places[0], fact.place
    if of.origin is None and likeliest.origin is not None and claim.origin_linked:
        return True
    return of.asylum is None and likeliest.asylum is not None and of.origin == likeliest.origin


def _of_a_measure(claim: Claim, measure: Measure) -> Iterator[Flaw]:
    said = claim.term
    if said is Term.NOTHING or measure.nature is Nature.RATE:
        return
    if (measure is Measure.ALL_STAGES and said in (Term.NEW, Term.SEEKERS)) or (
        measure is Measure.ALL_STAGES
        and said in (Term.APPLIED, Term.APPLICATIONS, Term.CLAIMS)
        and claim.first_time
    ):
        yield RepeatsIncluded()
    elif measure not in MEANT[said]:
        yield OtherMeasure(said, measure)


def _is_within(claim: Claim, fact: Fact) -> bool:
    return claim.span is not None and claim.span[0] <= fact.year <= claim.span[1]


def find_carried(source: Source, evidence: Evidence) -> Carried | None:
    """Say that a stock is exactly that of the year before, as the same release gave it."""
    if not isinstance(source, Fact) or source.measure is not Measure.PENDING:
        return None
    before = evidence.value(source.place, source.year - 1, source.measure, source.last)
    if not is_carried_forward(source.value, before):
        return None
    return Carried(source.place.host, source.value, source.year - 1)
