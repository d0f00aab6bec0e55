"""The verdict on each claim of a text, and what the text got wrong about it. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.countries.territories import PALESTINE
from data.coverage import CoverageKind
from data.model import ALL, Dataset, Level, Measure, Nature, ReferencePeriod, Unit
from data.reading.check.bounds import bound_holds
from data.reading.check.candidates import (
    FLOOR,
    LEAST,
    NEARLY,
    SLIP,
    find_candidates,
    fit,
    list_joint,
    rank_places,
    rank_years,
)
from data.reading.check.claim import Agreement, Mark, Near, Subject, Term
from data.reading.check.comparison_checks import compare_fact, is_nearly_so, judge_trend_claim
from data.reading.check.corrections import find_instead, list_instead
from data.reading.check.costs import HINDERING
from data.reading.check.evidence import BY_NAME, Fact, Hit, Variant, codes_of, is_of_a_region
from data.reading.check.flaws import find_flaws
from data.reading.check.kin import join_kin
from data.reading.check.percentages import reject_percentage
from data.reading.check.standing_checks import find_ranked_facts
from data.reading.check.terms import MEANT, WEAK
from data.reading.check.verdicts import (
    BothUnits,
    Check,
    ClaimFinding,
    FirstAlone,
    Fit,
    Match,
    NotArrivals,
    OtherLevel,
    OtherMeasure,
    OtherPlace,
    OthersIncluded,
    OtherYear,
    RepeatsIncluded,
    SidesSwapped,
    Total,
    UnchangedStock,
    Unjudged,
    UnjudgedReason,
    Verdict,
)
from data.reading.numbers import NumberForm
from data.statistics import TRIFLE, is_carried_forward

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.coverage import Break
    from data.model import Number, Release
    from data.reading.check.candidates import Candidate
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence
    from data.reading.check.verdicts import Compared, Flaw, NumberSource
    from data.reading.numbers import Quantity

RIVAL = 0.3
"""A second meaning that scores so little less is told beside the first."""

FAR = 1.5
"""A number of no country is told of the world where it is so near to it."""

ALONE = 0.0
"""What is only close must be so likely what is meant."""

SMALLEST = 0.5
"""So likely is a small number the figure that it equals: “only 45 Russians in 2021”."""

SMALL = 0.005
"""A correction of so little leaves a rounded number close."""

THOUSAND = 1000
MIN_COUNT, MIN_WORLD = 10, 100_000


def judge_claims(claims: Iterable[Claim], evidence: Evidence, then: Release | None = None) -> Check:
    """Judge every claim, in the order of the text; `then` is the release of the day it was written."""
    findings: list[ClaimFinding] = []
    unjudged: list[Unjudged] = []
    single: ClaimFinding | None = None
    for claim in join_kin(claims, evidence, then):
        judged = judge_claim(claim, evidence, then, single)
        if isinstance(judged, ClaimFinding):
            findings.append(judged)
            single = judged if _goes_on(judged, single) else single
        elif judged is not None:
            unjudged.append(Unjudged(claim.number, judged))
    return Check(tuple(findings), tuple(dict.fromkeys(unjudged)), evidence.newest)


def _goes_on(judged: ClaimFinding, before: ClaimFinding | None) -> bool:
    """Say whether a text goes on with a figure: not with that of an earlier year that it only sets beside."""
    source = judged.match.source if judged.match else None
    last = before.match.source if before and before.match else None
    if not isinstance(source, Fact):
        return False
    alike = isinstance(last, Fact) and (last.place, last.measure) == (source.place, source.measure)
    return not (alike and isinstance(last, Fact) and source.year < last.year)


def judge_claim(
    claim: Claim, evidence: Evidence, then: Release | None = None, before: ClaimFinding | None = None
) -> ClaimFinding | UnjudgedReason | None:
    """Judge one claim; else say why it is not judged, or None where it is none of ours.

    `before` is the last finding of a single figure.
    """
    if claim.subject is Subject.CHANGE:
        judged = judge_trend_claim(claim, evidence, before)
        # Of first instance, or of a part, it is not told from what went at all levels, or for all.
        hindered = claim.at_first is Near.CLAUSE or bool(claim.marks & HINDERING)
        if judged and judged.verdict is Verdict.NOT_FOUND and is_of_a_region(judged.compared[0].place):
            hindered, claim = True, replace(claim, marks=claim.marks | {Mark.REGION})
        if judged is None:
            return UnjudgedReason.CHANGE if _is_told_change(claim) else None
        return ClaimFinding(claim, Verdict.UNCHECKED) if hindered else judged
    if claim.subject is Subject.STANDING:
        return find_ranked_facts(claim, evidence)
    found = [
        each
        for each in find_candidates(claim, evidence, then)
        if not _is_far_fetched(claim, each.match, evidence)
    ]
    if found and found[0].score >= LEAST:
        best, *others = found
        rival = next((each for each in others if _tells_otherwise(each.match, best.match)), None)
        near = rival is not None and best.score - rival.score <= RIVAL and rival.match.fit is best.match.fit
        return _tell(claim, best.match, evidence, rival.match if rival and near else None)
    return _reject_sum(claim, evidence) if claim.joint else _reject(claim, evidence, found)


def _is_told_change(claim: Claim) -> bool:
    """Say whether a text says by how much something of asylum rose or fell."""
    counted = any(each.percent is not None for each in claim.comparisons)
    return counted and claim.about_asylum and claim.says_term


MAX_ROUND = 3
"""Digits of a number that many figures come near to."""


_FAR_FETCHED = OtherMeasure | OtherPlace | OtherYear | SidesSwapped | FirstAlone | BothUnits


def _is_far_fetched(claim: Claim, match: Match, evidence: Evidence) -> bool:
    """Say whether a figure is not what the text speaks of, in two ways, or in one where it is only close.

    It is so by chance; a long number that is the figure to its last digit is not.
    """
    if match.exact:
        return False
    hits = claim.quantity is not None and _hits_nearly(claim.quantity, match)
    source = match.source if match.fit is Fit.NEAR else None
    if isinstance(source, Fact) and (
        _is_of_another_time(claim, source, evidence) or is_of_a_region(source.place)
    ):
        return True
    flaws = find_flaws(claim, match.source, evidence)
    if match.fit is Fit.ROUNDED:
        long = claim.quantity is not None and claim.quantity.digits > MAX_ROUND
        return not long and sum(isinstance(flaw, _FAR_FETCHED) for flaw in flaws) > 1
    if isinstance(match.source, Total):
        return not (claim.span and claim.quantity and _is_nearly(claim.quantity, match))
    return sum(isinstance(flaw, _FAR_FETCHED) for flaw in flaws) > hits


def _hits_nearly(quantity: Quantity, match: Match) -> bool:
    """Say whether a long number misses a figure hardly by chance, so closely: 464,230 and 464,223."""
    value = match.source.value if isinstance(match.source, Fact) else 0
    return quantity.digits > MAX_ROUND and abs(value - quantity.low) <= SLIP * quantity.low


def _is_of_another_time(claim: Claim, fact: Fact, evidence: Evidence) -> bool:
    """Say whether a text means the middle of a year, of which nothing is kept, and a figure is of its end."""
    middle = claim.means_middle(fact.measure.nature, fact.year)
    kept = any(each.period is ReferencePeriod.MID_YEAR for each in _list_alike(fact, evidence))
    return middle and not kept and fact.period is ReferencePeriod.YEAR_END


def _tells_otherwise(one: Match, other: Match) -> bool:
    """Say whether two matches differ in what is counted, where or when, not only in the release."""
    first, second = one.source, other.source
    if not (isinstance(first, Fact) and isinstance(second, Fact)):
        return False
    if (first.place, first.year, first.value) == (second.place, second.year, second.value):
        return Measure.PENDING in (first.measure, second.measure) and first.measure is not second.measure
    return (first.place, first.year, first.measure) != (second.place, second.year, second.measure)


def _tell(claim: Claim, match: Match, evidence: Evidence, rival: Match | None) -> ClaimFinding:
    """Tell all that stands behind a number."""
    match = _renew(claim, match, evidence)
    source = match.source
    if isinstance(source, Fact) and source.measure is Measure.REFUGEES and _speaks_of_palestinians(claim):
        claim = replace(claim, marks=claim.marks | {Mark.UNRWA})
    flaws = find_flaws(claim, source, evidence)
    if OtherLevel() in flaws and isinstance(source, Fact) and not _knows_first_instance(source, evidence):
        return ClaimFinding(claim, Verdict.UNCHECKED, match)
    now, until = _find_now(source, evidence), _find_until(source, evidence)
    return ClaimFinding(
        claim,
        _choose(claim, match, flaws, until),
        match,
        rival,
        until,
        flaws,
        now,
        _find_beside(source, evidence),
        find_carried(source, evidence),
        tuple(_compare(claim, match, evidence)),
        _list_beside(claim, source, flaws, evidence)
        if {*flaws} - {NotArrivals()} and isinstance(source, Fact)
        else (),
        add_flow(source, evidence) if isinstance(source, Total) else (),
        _find_breaks(source, now, evidence),
        _count_decisions(source, evidence),
    )


def _renew(claim: Claim, match: Match, evidence: Evidence) -> Match:
    """Prefer the newest figure where a number is that as well, rounded."""
    source = match.source
    now = _find_now(source, evidence) if match.fit is Fit.ROUNDED and isinstance(source, Fact) else None
    if not (now and claim.quantity and isinstance(source, Fact) and now.period is source.period):
        return match
    fitting = fit(claim.quantity, now.value)
    if fitting and fitting[0] is Fit.ROUNDED:
        return Match(now, Fit.ROUNDED)
    small = abs(now.value - source.value) <= SMALL * source.value  # 6.5 million: was 6,547,818, is 6,559,736
    return Match(now, Fit.NEAR) if fitting and small else match


def _count_decisions(source: NumberSource, evidence: Evidence) -> Number | None:
    """Return the substantive decisions that a rate is a share of, as the same release gave them."""
    if not isinstance(source, Fact) or source.measure.nature is not Nature.RATE:
        return None
    whole = BY_NAME[Measure.DECISIONS, Variant.SUBSTANTIVE, source.level]
    return evidence.value(source.place, source.year, whole, source.last, source.unit)


def _find_breaks(source: NumberSource, now: Fact | None, evidence: Evidence) -> tuple[Break, ...]:
    """Return what of a total stands for less, and what keeps the newest figure from being compared."""
    if not isinstance(source, Fact):
        return ()
    return tuple(
        each
        for each in evidence.breaks(source.place, source.measure, source.unit)
        if each.year == source.year
        and (now or (each.kind is CoverageKind.PARTIAL and each.share is not None))
    )


def _knows_first_instance(fact: Fact, evidence: Evidence) -> bool:
    """Say whether there are decisions at first instance that a figure of all levels can be told from."""
    return bool(evidence.facts(fact.place, fact.year, Measure.DECISIONS, level=Level.FIRST))


def _find_now(source: NumberSource, evidence: Evidence) -> Fact | None:
    """Return what the newest release says where that differs from the figure that fits."""
    if not isinstance(source, Fact) or source.replaced_by is None:
        return None
    now = next((fact for fact in _list_alike(source, evidence) if fact.replaced_by is None), None)
    return now if now and now.value != source.value else None


def _list_alike(source: Fact, evidence: Evidence) -> tuple[Fact, ...]:
    """Return what all releases say of a figure."""
    return evidence.facts(
        source.place, source.year, source.measure, (source.unit,), source.variant, source.level
    )


def _find_beside(source: NumberSource, evidence: Evidence) -> Number | None:
    """Return the figure in the other unit, where it is more than a trifle beside this one."""
    if not isinstance(source, Fact) or source.measure.nature is Nature.RATE or source.unit is None:
        return None
    other = Unit.CASES if source.unit is Unit.PERSONS else Unit.PERSONS
    form = BY_NAME[source.measure, source.variant, source.level]
    value = evidence.value(source.place, source.year, form, source.last, other)
    return value if value and value >= TRIFLE * source.value else None


def _find_until(source: NumberSource, evidence: Evidence) -> Release | None:
    """Return the release that said otherwise, where the newest one still does."""
    if isinstance(source, Fact):
        withdrawn = source.replaced_by is not None and not any(
            fact.replaced_by is None and fact.value == source.value for fact in _list_alike(source, evidence)
        )
        return source.replaced_by if withdrawn else None
    if isinstance(source, Total) and source.now != source.value:
        later = (release for release in evidence.releases if release.id > source.release.id)
        return next(later, None)
    return None


def _choose(claim: Claim, match: Match, flaws: Sequence[Flaw], until: Release | None) -> Verdict:
    if match.fit is Fit.NEAR:
        return Verdict.CLOSE
    if any(not _is_usage(claim, flaw) for flaw in flaws):
        return Verdict.ELSE
    if until is not None and not _stays_right(claim, match.source, until):
        return Verdict.UNTIL
    return Verdict.MATCHES if match.exact else Verdict.ROUNDED


def _is_usage(claim: Claim, flaw: Flaw) -> bool:
    """Say whether a text that counts so is right: offices call new and repeat applications applications."""
    if flaw == OthersIncluded():
        return Term.REFUGEES in claim.terms  # as UNHCR's own reports say who is hosted, and who fled
    return flaw == RepeatsIncluded(appeals=False) and not claim.says_new


def _stays_right(claim: Claim, source: NumberSource, until: Release) -> bool:
    """Say whether the text names the middle of the year, of which a figure stays right at the year's end.

    Not where another figure for the middle took its place.
    """
    return (
        isinstance(source, Fact)
        and claim.means_middle(source.measure.nature, source.year)
        and source.period is ReferencePeriod.MID_YEAR
        and until.period_of(source.year) is ReferencePeriod.YEAR_END
    )


def _compare(claim: Claim, match: Match, evidence: Evidence) -> Iterable[Compared]:
    source = match.source
    if isinstance(source, Fact) and source.measure.nature is not Nature.RATE:
        for comparison in claim.comparisons:
            compared = compare_fact(comparison, source, claim, evidence)
            nearly = compared and match.fit is Fit.NEAR and is_nearly_so(compared)
            if compared and not nearly and (compared.holds or not is_of_a_region(source.place)):
                yield compared


def _reject(
    claim: Claim, evidence: Evidence, found: Sequence[Candidate]
) -> ClaimFinding | UnjudgedReason | None:
    """Hold a number against the figure that is meant; `found` is what it is, but less likely."""
    quantity = claim.quantity
    if quantity is None or claim.subject not in (Subject.PEOPLE, Subject.UNCLEAR, Subject.RATE):
        return None
    if quantity.form is NumberForm.PERCENT:
        return reject_percentage(claim, quantity, evidence)
    if quantity.form is not NumberForm.COUNT:
        return None
    if quantity.high < MIN_COUNT:  # UNHCR rounds what is so small
        return UnjudgedReason.SMALL if _is_of_people(claim) and claim.says_term else None
    if reason := _excuse(claim, quantity):
        if reason is UnjudgedReason.SMALL and found and found[0].match.exact and found[0].score >= SMALLEST:
            return _tell(claim, found[0].match, evidence, None)
        told = claim.about_asylum and (reason is not UnjudgedReason.NOUN or quantity.high >= THOUSAND)
        return reason if told or _is_of_people(claim) else None
    instead, otherwise = find_instead(claim, quantity, evidence)
    large = claim.says_term and claim.says_year and quantity.high >= MIN_WORLD and quantity.digits > 1
    world = Mark.SUM in claim.marks or large or (instead and _is_worldwide(claim, quantity, instead[0]))
    if not (claim.origins or claim.asylums or world):
        return UnjudgedReason.PLACE
    claim = _mark_kind(claim, quantity, evidence, instead)
    judged = _hold_against(claim, quantity, evidence, instead, found)
    if not isinstance(judged, ClaimFinding) or judged.match:
        return judged
    return _judge_bound(replace(judged, otherwise=otherwise), quantity, evidence)


def _judge_bound(finding: ClaimFinding, quantity: Quantity, evidence: Evidence) -> ClaimFinding:
    """Say whether a number that is no figure is rightly said to be above, or below, the one meant."""
    claim = finding.claim
    holds = bound_holds(claim, quantity, evidence, finding) if finding.verdict is Verdict.NOT_FOUND else None
    if holds is None or find_flaws(claim, finding.instead[0], evidence):
        return finding
    if not holds:
        return replace(finding, holds=False)
    told = _tell(claim, Match(finding.instead[0], Fit.ROUNDED), evidence, None)
    return replace(told, verdict=Verdict.MATCHES, holds=True)


def _mark_kind(claim: Claim, quantity: Quantity, evidence: Evidence, instead: Sequence[Fact]) -> Claim:
    """Mark what of the figure that is meant keeps a number from being held against it."""
    marks = set()
    if instead and is_of_a_region(instead[0].place):
        marks.add(Mark.REGION)
    if instead and (_counts_palestinians(quantity, instead[0], evidence) or _speaks_of_palestinians(claim)):
        marks.add(Mark.UNRWA)
    return replace(claim, marks=claim.marks | marks)


def _reject_sum(claim: Claim, evidence: Evidence) -> ClaimFinding | UnjudgedReason | None:
    """Hold a number against what several countries have together."""
    if claim.quantity is None or not _is_of_people(claim):
        return None
    if reason := _excuse(claim, claim.quantity):
        return reason
    joint, alike = next(list_joint(claim, evidence), (None, False))
    return ClaimFinding(claim, Verdict.NOT_FOUND, joint=joint) if alike else UnjudgedReason.SUM


def _hold_against(
    claim: Claim,
    quantity: Quantity,
    evidence: Evidence,
    instead: Sequence[Fact],
    found: Sequence[Candidate],
) -> ClaimFinding | UnjudgedReason:
    """Say how a number stands to the figures that are meant by it."""
    at_first = any(fact.level is Level.FIRST for fact in instead)
    leveled = claim.at_first is Near.CLAUSE and not (instead and instead[0].measure in _WITHOUT_LEVELS)
    if claim.marks & HINDERING or not instead or (leveled and not at_first):
        return ClaimFinding(claim, Verdict.UNCHECKED, instead=tuple(instead))
    likely = next((each for each in found if _is_of(each.match.source, instead[0])), None)
    least = ALONE if likely and likely.match.fit is Fit.NEAR else FLOOR
    if likely and claim.about_asylum and (likely.score >= least or _is_nearly(quantity, likely.match)):
        told = _tell(claim, likely.match, evidence, None)
        if _is_nearly(quantity, likely.match) or not any(isinstance(flaw, _OTHERS) for flaw in told.flaws):
            return told
    if exact := next((fact for fact in instead if fact.value == quantity.low), None):
        return _tell(claim, Match(exact, Fit.EXACT), evidence, None)  # which it is, whatever is said of it
    fitting = fit(quantity, instead[0].value)
    if fitting and fitting[0] is not Fit.NEAR:
        return UnjudgedReason.ROUND
    if not claim.about_asylum:
        return UnjudgedReason.NOUN
    middle = claim.means_middle(instead[0].measure.nature, instead[0].year)
    unknown = middle and instead[0].period is ReferencePeriod.YEAR_END  # what was then is no longer known
    return ClaimFinding(claim, Verdict.UNCHECKED if unknown else Verdict.NOT_FOUND, instead=tuple(instead))


def _is_of_people(claim: Claim) -> bool:
    """Say whether a number counts people in a text on asylum, of a place or of what was done with them."""
    named = claim.says_place or claim.says_term
    return claim.about_asylum and claim.subject is Subject.PEOPLE and named


_WITHOUT_LEVELS = frozenset(
    each for each in Measure if each.row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS)
) - {Measure.PENDING}
"""Nothing of it is decided at first instance, of whatever else a sentence says that."""


def _counts_palestinians(quantity: Quantity, fact: Fact, evidence: Evidence) -> bool:
    """Say whether a number of the world's refugees may have those under UNRWA's mandate in it."""
    if codes_of(fact.place) != (ALL, ALL) or fact.measure is not Measure.REFUGEES:
        return False
    forms = (BY_NAME[Measure.REFUGEES, each, Level.ALL] for each in (Variant.PLAIN, Variant.WITH_OTHERS))
    known = (
        each.value
        for form in forms
        for each in evidence.lay_out(Hit((ALL, ALL), fact.year, Unit.PERSONS, form))
    )
    return any(_UNRWA[0] <= quantity.low - value <= _UNRWA[1] for value in known)


def _speaks_of_palestinians(claim: Claim) -> bool:
    """Say whether a number is of refugees from Palestine, most of whom are under UNRWA's mandate."""
    named = claim.origins.get(PALESTINE)
    said = (
        named is not None and named.near.rank <= Near.BESIDE.rank and named.agreement is not Agreement.AGAINST
    )
    return said and claim.term is Term.REFUGEES


_OTHERS = OtherMeasure | OtherPlace | SidesSwapped
"""What is less likely is told of the very figure that the text speaks of, not of another one."""

_UNRWA = (4_600_000, 6_200_000)
"""Palestine refugees that UNHCR's totals add."""


def _is_nearly(quantity: Quantity, match: Match) -> bool:
    """Say whether the figure that is meant is so close to a number that it is hardly another."""
    value = match.source.value if isinstance(match.source, Fact | Total) else 0
    return abs(value - quantity.low) <= NEARLY * quantity.low


def _is_of(source: NumberSource, fact: Fact) -> bool:
    """Say whether both are of the same place, year and measure."""
    same = (fact.place, fact.year, fact.measure, fact.variant)
    return isinstance(source, Fact) and (source.place, source.year, source.measure, source.variant) == same


def _is_worldwide(claim: Claim, quantity: Quantity, fact: Fact) -> bool:
    """Say whether a number without a country is one of the world: by what is said, or by its size."""
    return claim.worldwide or 1 / FAR <= quantity.low / max(fact.value, 1) <= FAR


def _excuse(claim: Claim, quantity: Quantity) -> UnjudgedReason | None:
    """Say why a number is no claim of asylum figures, or too little of one."""
    for mark, reason in REASONS.items():
        if mark in claim.marks:
            return reason
    if Mark.SUM not in claim.marks and (claim.subject is Subject.UNCLEAR or not _tells_what(claim)):
        return UnjudgedReason.NOUN
    if claim.marks == {Mark.PART} and not claim.term_beside:
        return UnjudgedReason.PART
    placed = claim.goes_on_place and claim.says_year and not claim.marks & HINDERING
    told = placed or (_is_listed(claim) and not claim.term_beside)
    least = MIN_COUNT if told or claim.term not in WEAK else THOUSAND
    return (
        UnjudgedReason.SMALL if quantity.high < least else None
    )  # 147 asylum seekers may be those of one boat


REASONS = {
    Mark.FORECAST: UnjudgedReason.FORECAST,
    Mark.THRESHOLD: UnjudgedReason.THRESHOLD,
    Mark.PER_HEAD: UnjudgedReason.PER_HEAD,
}
"""Marks of what claims nothing that could be checked."""


def _tells_what(claim: Claim) -> bool:
    """Say whether a sentence tells what is counted, or continues a list of which the text told it."""
    far = Near.LATER if _is_listed(claim) else Near.TOPIC
    told = any(near.rank <= far.rank for near in claim.terms.values())
    return told and (claim.about_asylum or claim.says_place)


def _is_listed(claim: Claim) -> bool:
    """Say whether a country or a year is put right beside a number: “430 in 2010”."""
    named = (*claim.origins.values(), *claim.asylums.values())
    return Near.LINKED in claim.years.values() or any(each.near in _LISTED for each in named)


_LISTED = (Near.LINKED, Near.TAKEN)
"""Beside the number, or beside another one of the sentence: “6.7 million in 2018, 6.3 million in 2017”."""


def _list_beside(claim: Claim, source: Fact, flaws: Sequence[Flaw], evidence: Evidence) -> tuple[Fact, ...]:
    """Return what the text should have looked at: of its figure's place and year, where those are right."""
    place, year = source.place, source.year
    if any(isinstance(flaw, OtherPlace | SidesSwapped) for flaw in flaws):
        place = [*rank_places(claim, evidence), place][0]
    if any(isinstance(flaw, OtherYear) for flaw in flaws):
        year = [*rank_years(claim), year][0]
    place = next((each.said for each in flaws if isinstance(each, OtherPlace) and each.said), place)
    form = BY_NAME[(*MEANT[claim.term], Measure.PENDING)[0], Variant.PLAIN, Level.ALL]
    if claim.at_first is Near.CLAUSE:
        form = BY_NAME.get((form.measure, Variant.PLAIN, Level.FIRST), form)
    found = list_instead(claim, evidence, Hit(codes_of(place), year, Unit.PERSONS, form))
    return tuple(fact for fact in found if fact.value != source.value or fact.measure is not source.measure)


def add_flow(total: Total, evidence: Evidence) -> tuple[Total, ...]:
    """Add up the new applications of the years whose stocks were summed, persons and cases apart.

    Of a sum of flows it is the same flow in both units, where part of it was counted in cases.
    """
    summed_stocks = total.measure.nature is Nature.STOCK
    measure = Measure.APPLICATIONS if summed_stocks else total.measure
    found = []
    for unit in Unit:
        line = evidence.line(total.place, measure, evidence.newest, unit)
        value = sum(value for year, value in line.items() if total.first <= year <= total.last)
        if value:
            found.append(
                replace(total, measure=measure, unit=unit, value=value, release=evidence.newest, now=value)
            )
    return tuple(found) if summed_stocks or len(found) > 1 else ()


def find_carried(source: NumberSource, evidence: Evidence) -> UnchangedStock | None:
    """Say that a stock is exactly that of the year before, as the same release gave it."""
    if not isinstance(source, Fact) or source.measure is not Measure.PENDING:
        return None
    before = evidence.value(source.place, source.year - 1, source.measure, source.last)
    if not is_carried_forward(source.value, before):
        return None
    return UnchangedStock(source.place.host, source.value, source.year - 1)
