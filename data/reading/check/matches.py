"""Where a number comes from: the figure that fits it best, and enough besides that it is no coincidence.

Figures are many, and a number that is looked for everywhere is found somewhere. So it is only looked for at
the places that the text names around it, and the less it says itself, the more must agree with it:

* five digits or more, to the last one: any measure and any year of these places, also with the sides swapped;
* four digits: a year that the text names, or the likeliest place and what the text says is counted;
* three digits, or rounded to three (147k, 1.33 million): the likeliest place, a year that the text names, and
  pending claims or applications, which people take for each other; below 1,000 just what the text says;
* two digits or one: the likeliest place, a year that the text names, and just what the text says is counted.

Counts below ten are never claims: UNHCR rounds them, and everything matches.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.model import Measure, Nature, ReferencePeriod, Unit
from data.reading.check.claim import Subject, Term
from data.reading.check.evidence import is_superseded
from data.reading.check.scope import swap
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import Match
from data.reading.numbers import Bound

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.model import Number, Place
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Fact
    from data.reading.numbers import Quantity

MIN_COUNT = 10
THOUSAND = 1000
LOOSEST = 0.05
"""How far a figure may be from “about 30,000”: 28,500 is, 25,210 is not."""

SURE, GOOD, FAIR = 5, 4, 3
"""Digits that a number says: enough alone, with little support, with more."""

CONFUSED = (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES)
_CONFUSING = frozenset(
    {
        Term.APPLIED,
        Term.APPLICATIONS,
        Term.NEW,
        Term.PENDING,
        Term.CLAIMS,
        Term.SEEKERS,
        Term.REFUGEES,
        Term.NOTHING,
    }
)
_COUNTED = tuple(measure for measure in Measure if measure.nature is not Nature.RATE)


def find_fact(claim: Claim, quantity: Quantity, evidence: Evidence) -> Match | None:
    """Find the single figure that fits a count best."""
    if quantity.low < MIN_COUNT or quantity.is_range:
        return None
    found = [*_match_around(claim, quantity, evidence), *_match_anywhere(claim, quantity, evidence)]
    return min(found, key=lambda match: match.cost, default=None)


def fits(quantity: Quantity, value: Number) -> bool:
    """Say whether a figure, rounded as the number is, gives the number."""
    step = quantity.step
    if value == quantity.low:
        return True
    if step <= 1:
        return False
    if quantity.bound is Bound.OVER:
        return quantity.low <= value < min(quantity.low + step, quantity.low * (1 + 2 * LOOSEST))
    if quantity.bound is Bound.UNDER:
        return max(quantity.low - step, quantity.low * (1 - 2 * LOOSEST)) < value <= quantity.low
    off = abs(value - quantity.low)
    if quantity.bound is Bound.ABOUT and quantity.digits >= FAIR:
        return off < step  # “about 178,000” of 178,725, cut rather than rounded
    return off <= min(step / 2, LOOSEST * quantity.low)


def _match_around(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Match]:
    """Look at the places and years that the text names."""
    years = claim.years or ((claim.span[1],) if claim.span else ())
    for place in claim.places:
        for year in years:
            for measure in _COUNTED:
                for fact in evidence.facts(place, year, measure):
                    if fits(quantity, fact.value) and _is_supported(claim, quantity, fact):
                        yield Match(fact, fact.value == quantity.low, _cost(claim, quantity, fact))


def _match_anywhere(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Match]:
    """Look at all years and sides of these places for exactly this number."""
    places = {*claim.places, *map(swap, claim.places)}
    for place, year in evidence.search(quantity.low):
        if place in places:
            for measure in _COUNTED:
                for fact in evidence.facts(place, year, measure):
                    if fact.value == quantity.low and _is_supported(claim, quantity, fact):
                        yield Match(fact, exact=True, cost=_cost(claim, quantity, fact))


def _is_supported(claim: Claim, quantity: Quantity, fact: Fact) -> bool:
    """Say whether enough agrees with the number that the figure is no chance hit: see above."""
    digits, exact = quantity.digits, fact.value == quantity.low
    in_year = fact.year in claim.years or (not claim.years and claim.span is not None)
    said = fact.measure in MEANT[claim.term] and claim.term is not Term.NOTHING
    confused = fact.measure in CONFUSED and claim.term in _CONFUSING
    likeliest = fact.place in claim.places[: _count_likeliest(claim)]
    if claim.subject is Subject.UNCLEAR:
        return exact and digits >= GOOD and in_year and fact.place in claim.places
    if exact and digits >= SURE:
        return True
    if exact and digits >= GOOD:
        return (in_year and fact.place in claim.places) or (likeliest and said)
    if not (in_year and likeliest and claim.years):
        return False
    if digits >= FAIR and quantity.low >= THOUSAND:
        return said or confused
    return said and fact.measure is not Measure.ALL_STAGES


def _count_likeliest(claim: Claim) -> int:
    """Return 2 where the sentence names no origin, so that its country of asylum may be meant alone."""
    first, *rest = claim.places
    return 2 if rest and rest[0].origin is None and rest[0].asylum == first.asylum and first.asylum else 1


def _cost(claim: Claim, quantity: Quantity, fact: Fact) -> float:
    """Say how far a figure is from what the text says; of two that fit, the nearer one is meant."""
    meant = MEANT[claim.term]
    cost = float(claim.places.index(fact.place)) if fact.place in claim.places else 4.0
    cost += claim.years.index(fact.year) * 0.3 if fact.year in claim.years else 3.0
    if fact.measure in meant:
        cost += meant.index(fact.measure) * 0.1
    else:
        cost += 1.0 if fact.measure in CONFUSED else 2.0
    cost += 0.05 if fact.measure is Measure.DECISIONS else 0.0  # which may be but one outcome's number
    cost += 0.5 if fact.value != quantity.low else 0.0
    cost += 0.2 if is_superseded(fact) else 0.0
    cost += 0.5 if fact.unit is Unit.CASES else 0.0
    if fact.period is ReferencePeriod.MID_YEAR:
        cost += 0.0 if claim.means_middle(fact.measure.nature, fact.year) else 0.1
    elif claim.means_middle(fact.measure.nature, fact.year):
        cost += 0.3
    return cost


def list_instead(claim: Claim, evidence: Evidence) -> tuple[Fact, ...]:
    """Return the newest figures of the likeliest place and year: what is said, and its counterpart."""
    if not claim.places:
        return ()
    years = [year for year in (*claim.years, *(claim.span or ())) if year <= evidence.newest.newest_year]
    year = years[0] if years else evidence.newest.newest_year
    wanted = [*MEANT[claim.term][:1]] or [Measure.PENDING]
    if claim.term in _CONFUSING:
        wanted += [measure for measure in (Measure.APPLICATIONS, Measure.PENDING) if measure not in wanted]
    place = claim.places[0]
    return tuple(fact for measure in wanted for fact in _list_now(claim, place, year, measure, evidence))


def _list_now(
    claim: Claim, place: Place, year: int, measure: Measure, evidence: Evidence
) -> tuple[Fact, ...]:
    """Return the newest figure in each unit, of the middle of the year where that is meant."""
    middle: dict[Unit, Fact] = {}
    if claim.means_middle(measure.nature, year):
        for fact in evidence.facts(place, year, measure):  # the newest first
            if fact.period is ReferencePeriod.MID_YEAR:
                middle.setdefault(fact.unit, fact)
    return tuple(middle.values()) or evidence.current(place, year, measure)
