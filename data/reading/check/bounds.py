"""Whether a figure is on the said side of a number far from it: “over a million” of 2.7 million. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.model import Unit
from data.reading.check.claim import Subject
from data.reading.check.evidence import BY_NAME
from data.reading.check.terms import MEANT
from data.reading.numbers import Bound

if TYPE_CHECKING:
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence, Fact
    from data.reading.check.verdicts import ClaimFinding
    from data.reading.numbers import Quantity

MAX_FAR = 10
"""A number so many times off the figure is hardly a bound of it, but of some of these people."""


_OTHERWISE = re.compile(
    r"\b(?:should|must|would|could|may|might|wants?|wanted|no more than|limit\w*|caps?|capped|targets?|goals?"
    r"|aims?|plan\w*|demand\w*|calls? for|called for|promis\w*|pledg\w*|agreed|quotas?|up to \w+ a"
    r"|jobs?|work|works|worked|working|employ\w*|schools?|pupils|students|protest\w*|demonstrat\w*|aid|polled"
    r"|surveyed|debe\w*|quiere\w*|soll\w*|will|wollen|doit|veut|veulent)\b",
    re.IGNORECASE,
)
"""What is wished, or said of some of those who are there."""


def bound_holds(claim: Claim, quantity: Quantity, evidence: Evidence, finding: ClaimFinding) -> bool | None:
    """Say whether it holds; None where more than one figure may be meant, and they do not say the same."""
    fact = next(iter(finding.instead), None)
    if quantity.bound not in (Bound.OVER, Bound.UNDER) or fact is None or not _is_told(claim, fact):
        return None
    facts = [each for each in finding.instead if each.measure in MEANT[claim.term]]
    sides = {side for each in (*facts, *finding.otherwise) for side in _list_sides(quantity, evidence, each)}
    if fact not in facts or len(sides) != 1 or not _is_comparable(quantity, fact, evidence):
        return None
    return sides.pop() is (quantity.bound is Bound.OVER)


def _is_told(claim: Claim, fact: Fact) -> bool:
    """Say whether the sentence itself tells the place, the year and what is counted, and nothing else."""
    said = claim.years.get(fact.year)
    dated = said is not None and said.in_sentence and claim.span is None
    counted = claim.subject is Subject.PEOPLE and claim.says_term and claim.about_asylum
    if claim.says_arrived or _OTHERWISE.search(claim.quote):
        return False
    return dated and counted and claim.names_place and not claim.marks


def _is_comparable(quantity: Quantity, fact: Fact, evidence: Evidence) -> bool:
    near = 1 / MAX_FAR <= fact.value / max(quantity.low, 1) <= MAX_FAR
    return near and fact.unit is Unit.PERSONS and evidence.find_part(fact) is None


def _list_sides(quantity: Quantity, evidence: Evidence, fact: Fact) -> set[bool]:
    """List on which sides of the number a figure is, in persons, and with the cases beside them."""
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    persons, cases = (evidence.value(fact.place, fact.year, form, fact.last, unit) or 0 for unit in Unit)
    return {persons > quantity.low, persons + cases > quantity.low}
