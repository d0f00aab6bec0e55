"""Percentages of decisions: recognition and protection rates, and the share of rejections. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.measures import MIN_DECISIONS
from data.model import Measure
from data.reading.check.claim import Subject, Term
from data.reading.check.verdicts import ClosedIncluded, Finding, Match, Verdict
from data.reading.numbers import Bound

if TYPE_CHECKING:
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Fact
    from data.reading.numbers import Quantity

RATES = {
    Term.RECOGNISED: (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE),
    Term.PROTECTED: (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE),
    Term.REJECTED: (Measure.PROTECTION_RATE,),
}


_OUTCOMES = {
    Term.RECOGNISED: (Measure.RECOGNISED,),
    Term.PROTECTED: (Measure.RECOGNISED, Measure.COMPLEMENTARY),
    Term.REJECTED: (Measure.REJECTED,),
}
_OF_CLAIMS = re.compile(
    r" of (?:all |the |its |their |these )?(?:asylum )?"
    r"(?:claims|applications|applicants|claimants|decisions|asylum[- ]seekers)\b",
    re.IGNORECASE,
)
_RATE_OF = re.compile(
    r"\b(?:rejection|refusal|recognition|protection|acceptance|approval|grant|success) rates?\b"
    r"[^,;:()]{0,50}$",
    re.IGNORECASE,
)


def find_rate(claim: Claim, quantity: Quantity, evidence: Evidence) -> Match | None:
    """Find the rate that a percentage is, of the likeliest place in a year that the text names."""
    for fact in _list_rates(claim, evidence):
        percent = fact.value * 100
        share = 100 - percent if claim.term is Term.REJECTED else percent
        slack = 0.5 if quantity.bound is Bound.ABOUT else quantity.step / 2
        if abs(share - quantity.low) <= slack + 1e-9:
            return Match(fact, exact=True)
    return None


def reject_rate(claim: Claim, quantity: Quantity, evidence: Evidence) -> Finding | None:
    """Give the published rates where a percentage of claims is none of them; None where none is claimed."""
    named = claim.saying_named and claim.places_named and claim.of_claims
    if not named or claim.subject is not Subject.RATE or claim.term not in RATES:
        return None
    known = evidence.at(claim.levels[0])
    instead = list_rates_now(claim, known) if known and not claim.span else ()
    if not known or not instead:
        return Finding(claim, Verdict.UNCHECKED)
    if is_of_all_decisions(claim, quantity, known):
        return Finding(claim, Verdict.ELSE, flaws=(ClosedIncluded(),), instead=instead)
    return Finding(claim, Verdict.NOT_FOUND, instead=instead)


def list_rates_now(claim: Claim, evidence: Evidence) -> tuple[Fact, ...]:
    """Return the rates that the newest release gives for the likeliest place and year."""
    if not (claim.places and claim.years):
        return ()
    place, year = claim.places[0], claim.years[0]
    return tuple(
        fact for measure in RATES.get(claim.term, ()) for fact in evidence.current(place, year, measure)
    )


def is_of_all_decisions(claim: Claim, quantity: Quantity, evidence: Evidence) -> bool:
    """Say whether a percentage is the share of all decisions, which no rate is: the closed ones are in it."""
    place, year, newest = claim.places[0], claim.years[0], evidence.newest
    counts = [evidence.value(place, year, measure, newest) for measure in _OUTCOMES[claim.term]]
    everything = evidence.value(place, year, Measure.DECISIONS, newest)
    if not everything or everything < MIN_DECISIONS or not any(counts):
        return False
    share = sum(count or 0 for count in counts) / everything * 100
    return abs(share - quantity.low) <= quantity.step / 2 + 1e-9


def is_of_claims(text: str, number: tuple[int, int], begin: int) -> bool:
    """Say whether a percentage is said to be one of claims: “90% of claims”, “a rejection rate of 90%”."""
    return (
        _OF_CLAIMS.match(text, number[1]) is not None or _RATE_OF.search(text[begin : number[0]]) is not None
    )


def _list_rates(claim: Claim, evidence: Evidence) -> list[Fact]:
    return [
        fact
        for measure in RATES.get(claim.term, ())
        for year in claim.years
        for fact in evidence.facts(claim.places[0], year, measure)
    ]
