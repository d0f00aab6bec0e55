"""Percentages of decisions: recognition and protection rates, and the share of rejections. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.claims.claim import Saying
from data.claims.verdicts import Match
from data.model import Measure
from data.text.numbers import Bound

if TYPE_CHECKING:
    from data.claims.claim import Claim
    from data.claims.evidence import Evidence, Fact
    from data.text.numbers import Quantity

RATES = {
    Saying.RECOGNISED: (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE),
    Saying.PROTECTED: (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE),
    Saying.REJECTED: (Measure.PROTECTION_RATE,),
}


def find_rate(claim: Claim, quantity: Quantity, evidence: Evidence) -> Match | None:
    """Find the rate that a percentage is, of the likeliest place in a year that the text names."""
    for fact in _list_rates(claim, evidence):
        percent = fact.value * 100
        share = 100 - percent if claim.saying is Saying.REJECTED else percent
        slack = 0.5 if quantity.bound is Bound.ABOUT else quantity.step / 2
        if abs(share - quantity.low) <= slack + 1e-9:
            return Match(fact, exact=True)
    return None


def list_rates_now(claim: Claim, evidence: Evidence) -> tuple[Fact, ...]:
    """Return the rates that the newest release gives for the likeliest place and year."""
    return tuple(fact for fact in _list_rates(claim, evidence) if fact.replaced_by is None)[:2]


def _list_rates(claim: Claim, evidence: Evidence) -> list[Fact]:
    return [
        fact
        for measure in RATES.get(claim.saying, ())
        for year in claim.years
        for fact in evidence.facts(claim.places[0], year, measure)
    ]
