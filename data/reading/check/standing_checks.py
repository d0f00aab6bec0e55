"""Ranks and shares that a text gives a figure, held against the figures. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.model import ALL, Country, Level, Measure, Nature, Place, Role, Unit
from data.reading.check.candidates import is_one_sided, rank_places, rank_years
from data.reading.check.claim import Agreement
from data.reading.check.costs import HINDERING
from data.reading.check.evidence import BY_NAME, Variant, codes_of
from data.reading.check.shares import share_holds
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import ClaimFinding, Stood, Verdict
from data.statistics import MIN_BASE

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from data.model import Area, Number
    from data.reading.check.claim import Claim, StandingClaim
    from data.reading.check.evidence import Evidence, Fact

MAX_AHEAD = 2
"""Countries that are named as having more."""

MAX_GROWN = 2
"""What half a year may come to when it is whole."""


def judge_share(standing: StandingClaim, fact: Fact, evidence: Evidence) -> Stood | None:
    """Hold a share against a figure and its part, or its whole; None where one of the two is not known."""
    if standing.share is None or fact.measure.nature is Nature.RATE:
        return None
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    other = _find_other(standing, fact.place)
    if other is None or codes_of(other) not in evidence.known:
        return None
    value = evidence.value(other, fact.year, form, fact.last, fact.unit)
    part, whole = (value, fact.value) if standing.part else (fact.value, value)
    if value is None or part is None or not whole or whole < MIN_BASE or part > whole:
        return None
    return Stood(
        standing,
        fact,
        share_holds(standing.share, part / whole * 100),
        share=part / whole,
        other=other,
        value=value,
    )


def judge_rival(standing: StandingClaim, fact: Fact, evidence: Evidence) -> Stood | None:
    """Hold a figure against that of the country it is said to be above; None where it is not known alike."""
    other = _find_rival(standing, fact.place)
    if other is None or fact.measure.nature is Nature.RATE or fact.unit is not Unit.PERSONS:
        return None
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    value = evidence.value(other, fact.year, form, fact.last, fact.unit)
    if not value or not fact.value or value == fact.value:
        return None
    holds: bool | None = (fact.value > value) is standing.above
    behind = other if fact.value > value else fact.place
    least = evidence.value(behind, fact.year, form, fact.last, Unit.CASES) or 0
    covered = evidence.period_of(codes_of(behind), fact.year, fact.measure, fact.last)
    if least or covered is not fact.last.period_of(fact.year):  # it may have more, all counted
        holds = None
    return Stood(standing, fact, holds, other=other, value=value)


def _find_rival(standing: StandingClaim, place: Place) -> Place | None:
    """Put the other country on the side of the figure's own that the words mean, or that alone is named."""
    if standing.rival is None or standing.rival in (place.origin, place.asylum):
        return None
    by_origin = place.origin is not None and (place.asylum is None or standing.role is Role.ORIGIN)
    if by_origin:
        return replace(place, origin=standing.rival)
    return replace(place, asylum=standing.rival) if place.asylum else None


def _find_other(standing: StandingClaim, place: Place) -> Place | None:
    """Find the part of a place, or the whole that it is of: of all origins, else of all countries."""
    if standing.part:
        if place.origin is None:
            return replace(place, origin=standing.part)
        return replace(place, asylum=standing.part) if place.asylum is None else None
    if standing.whole:
        sides = {place.origin: replace(place, asylum=None), place.asylum: replace(place, origin=None)}
        return sides.get(standing.whole) if place.origin and place.asylum else None
    if place.origin and place.asylum:
        return replace(place, origin=None)
    return Place() if place.origin or place.asylum else None


def find_ranked(standing: StandingClaim, fact: Fact) -> Role | None:
    """Tell which side a rank is of; None where the words do not tell, or no list is kept of it."""
    if standing.rank is None or fact.variant is not Variant.PLAIN or fact.level is Level.FIRST:
        return None
    if fact.measure.nature is Nature.RATE or fact.unit is not Unit.PERSONS:
        return None
    open_side = {
        role
        for role, area in ((Role.ORIGIN, fact.place.origin), (Role.ASYLUM, fact.place.asylum))
        if area is not None and codes_of(fact.place) != (ALL, ALL) and area.iso3
    }
    if standing.role:
        return standing.role if standing.role in open_side else None
    if len(open_side) > 1 and standing.of_countries:
        return Role.ASYLUM
    return open_side.pop() if len(open_side) == 1 else None


def judge_rank(
    standing: StandingClaim,
    fact: Fact,
    ranked: Area,
    values: Mapping[Country, tuple[Number, Number]],
    partial: Mapping[Country, bool],
    shared: Collection[str] = (),
) -> Stood | None:
    """Hold a rank against the values of all countries, in persons and in cases; `partial` are of half a year.

    It holds where it does in persons, or with the cases beside them; what half a year hides stays open. The
    figure may be one that the text gives others as well, which are `shared`: “Iran and Türkiye each”.
    """
    own = next((each for each in values if each == ranked), None)
    if own is None or not fact.value:
        return None
    persons, cases = fact.value, values[own][1]
    others = {each: value for each, value in values.items() if each != own}
    ahead = sorted((each for each in others if others[each][0] > persons), key=lambda each: -others[each][0])
    with_cases = sum(sum(value) > persons + cases for value in others.values())
    beside = sum(each.code in shared for each in ahead)
    ranks = {len(ahead) + 1, len(ahead) + 1 - beside, with_cases + 1}
    holds: bool | None = standing.rank in ranks
    grown = [each for each in others if partial.get(each) and others[each][0] <= persons]
    if holds and any(others[each][0] * MAX_GROWN > persons for each in grown):
        holds = None
    if not holds and partial.get(own):
        holds = None
    if standing.denied and holds is not None:
        holds = None if holds and len(ranks) > 1 else not holds
    told = tuple((each, others[each][0], partial.get(each, False)) for each in ahead[:MAX_AHEAD])
    role = Role.ORIGIN if ranked == fact.place.origin else Role.ASYLUM
    return Stood(standing, fact, holds, rank=len(ahead) + 1, role=role, ahead=told)


def find_ranked_facts(claim: Claim, evidence: Evidence) -> ClaimFinding | None:
    """Find the figures that a rank without a number may be of; None where the sentence does not tell."""
    (standing,) = claim.standings
    measures = [
        each
        for each in MEANT[claim.term]
        if each.nature is not Nature.RATE and (claim.says_all or each is not Measure.ALL_STAGES)
    ]
    if not (claim.says_term and claim.about_asylum) or claim.marks & HINDERING:
        return None
    for place in rank_places(claim, evidence):
        role = (Role.ORIGIN if place.origin else Role.ASYLUM) if is_one_sided(place) else standing.role
        area = place.origin if role is Role.ORIGIN else place.asylum
        if role is None or standing.role not in (None, role) or not isinstance(area, Country):
            continue
        named = (claim.origins if role is Role.ORIGIN else claim.asylums)[area.code]
        if not named.near.in_sentence or named.agreement is Agreement.AGAINST:
            continue
        if role is Role.ORIGIN and named.agreement is not Agreement.SAID and standing.role is not role:
            continue
        other = place.asylum if role is Role.ORIGIN else place.origin
        if (other.code if other else None) not in (_list_across(claim, role, area) or {None}):
            continue  # “the largest group of refugees in Germany” is not one of the world's
        year = rank_years(claim)[0]
        facts = [fact for measure in measures for fact in evidence.current(place, year, measure)[:1]]
        known = tuple(fact for fact in facts if fact.value and fact.unit is Unit.PERSONS)
        return ClaimFinding(claim, Verdict.UNCHECKED, instead=known) if known else None
    return None


def _list_across(claim: Claim, role: Role, ranked: Country) -> set[str | None]:
    """List the countries that the sentence says on the other side of the one that is ranked."""
    side = claim.asylums if role is Role.ORIGIN else claim.origins
    return {
        code
        for code, each in side.items()
        if each.near.in_sentence and each.agreement is Agreement.SAID and code != ranked.code
    }
