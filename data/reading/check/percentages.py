"""What is right where a percentage is no rate and no share that its text speaks of. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.coverage import CoverageKind
from data.measures import MIN_DECISIONS
from data.model import ALL, Level, Measure
from data.reading.check.candidates import (
    RATES,
    hinders_share,
    is_whole,
    passes_threshold,
    rank_places,
    rank_years,
)
from data.reading.check.claim import Near, Subject, Term
from data.reading.check.evidence import BY_NAME, Variant, codes_of
from data.reading.check.shares import find_parts, is_near, share_holds
from data.reading.check.verdicts import ClaimFinding, ClosedIncluded, Fit, Match, UnjudgedReason, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Fact
    from data.reading.check.verdicts import ShareOf
    from data.reading.numbers import Quantity


def reject_percentage(
    claim: Claim, quantity: Quantity, evidence: Evidence
) -> ClaimFinding | UnjudgedReason | None:
    """Give the rates, or the share, that a percentage should have been; else say that it is not judged."""
    return (
        _reject_rate(claim, quantity, evidence)
        or _reject_share(claim, quantity, evidence)
        or _leave_share(claim)
    )


def _reject_share(claim: Claim, quantity: Quantity, evidence: Evidence) -> ClaimFinding | None:
    """Say what a part has of a whole, where both are told beyond doubt and the percentage is another one."""
    if claim.share is None or not claim.share.clear or hinders_share(claim) or not claim.about_asylum:
        return None
    year = rank_years(claim)[0]
    parts = [*find_parts(claim, evidence, year)]
    if not parts or any(claim.means_middle(part.measure.nature, year) for part in parts):
        return None
    facts = [fact for part in parts for fact in (part.fact, part.whole)]
    if not all(is_whole(fact, evidence) and not _is_disturbed(fact, evidence) for fact in facts):
        return None
    best = max(parts, key=lambda part: (part.measure is parts[0].measure, part.fact.value))
    if passes_threshold(quantity, best.value):
        return ClaimFinding(claim, Verdict.MATCHES, Match(best, Fit.EXACT))
    if is_near(quantity, best.value * 100):
        return ClaimFinding(claim, Verdict.CLOSE, Match(best, Fit.NEAR))
    known = [each for part in parts for each in _count_otherwise(part, evidence)]
    if min(known) * 100 <= quantity.low <= max(known) * 100 or any(
        share_holds(quantity, each * 100) or is_near(quantity, each * 100) for each in known
    ):
        return None  # others, whom texts call refugees too, may be meant with them
    return ClaimFinding(claim, Verdict.NOT_FOUND, share=best)


def _is_disturbed(fact: Fact, evidence: Evidence) -> bool:
    """Say whether part of a total stands for less than its year."""
    breaks = evidence.breaks(fact.place, fact.measure, fact.unit)
    return any(each.year == fact.year and each.kind is CoverageKind.PARTIAL for each in breaks)


_PALESTINIANS = 6_000_000
"""Refugees under UNRWA's mandate, whom some add to those of the world."""


def _count_otherwise(part: ShareOf, evidence: Evidence) -> Iterator[float]:
    """List what a share comes to with all whom texts call refugees."""
    yield part.value
    if part.measure is Measure.REFUGEES:
        form = BY_NAME[Measure.REFUGEES, Variant.WITH_OTHERS, Level.ALL]
        some, every = (
            evidence.value(fact.place, fact.year, form, fact.last, fact.unit) or fact.value
            for fact in (part.fact, part.whole)
        )
        yield some / every
        yield part.fact.value / every
        if codes_of(part.whole.place) == (ALL, ALL):
            yield part.fact.value / (every + _PALESTINIANS)


def _leave_share(claim: Claim) -> UnjudgedReason | None:
    """Name a percentage that is no rate, in a text on asylum."""
    said = claim.of_claims or claim.says_term or claim.says_place
    return UnjudgedReason.SHARE if claim.about_asylum and said else None


def _reject_rate(claim: Claim, quantity: Quantity, evidence: Evidence) -> ClaimFinding | None:
    """Give the published rates where a percentage of claims is none of them; None where none is claimed."""
    said = claim.of_claims or claim.terms.get(claim.term) is Near.CLAUSE
    if not (said and claim.goes_on_place) or claim.subject is not Subject.RATE or claim.term not in RATES:
        return None
    instead = () if claim.span else _list_rates_now(claim, evidence)
    if not instead:
        return ClaimFinding(claim, Verdict.UNCHECKED)
    if _is_of_all_decisions(claim, quantity, instead[0], evidence):
        return ClaimFinding(claim, Verdict.ELSE, flaws=(ClosedIncluded(),), instead=instead)
    return ClaimFinding(claim, Verdict.NOT_FOUND, instead=instead)


def _list_rates_now(claim: Claim, evidence: Evidence) -> tuple[Fact, ...]:
    """Return the rates that the newest release gives for the likeliest place and year."""
    level = Level.FIRST if claim.at_first is Near.CLAUSE else Level.ALL
    for place in rank_places(claim, evidence)[:1]:
        for year in rank_years(claim)[:1]:
            return tuple(
                fact
                for measure in RATES[claim.term]
                for fact in evidence.facts(place, year, measure, level=level)
                if fact.replaced_by is None
            )
    return ()


_OUTCOMES = {
    Term.RECOGNISED: (Measure.RECOGNISED,),
    Term.PROTECTED: (Measure.RECOGNISED, Measure.COMPLEMENTARY),
    Term.REJECTED: (Measure.REJECTED,),
}


def _is_of_all_decisions(claim: Claim, quantity: Quantity, rate: Fact, evidence: Evidence) -> bool:
    """Say whether a percentage is the share of all decisions, which no rate is: the closed ones are in it."""
    where, newest = (rate.place, rate.year), evidence.newest
    counts = [evidence.value(*where, of, newest) for of in _OUTCOMES[claim.term]]
    everything = evidence.value(*where, Measure.DECISIONS, newest)
    if not everything or everything < MIN_DECISIONS or not any(counts):
        return False
    share = sum(count or 0 for count in counts) / everything * 100
    return abs(share - quantity.low) <= quantity.step / 2 + 1e-9
