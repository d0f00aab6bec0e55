"""What the numbers of a text have in common: those of a list count one thing, in one year. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from data.model import Level, Measure
from data.reading.check.candidates import LEAST, find_candidates
from data.reading.check.claim import Near, Subject, Term
from data.reading.check.evidence import Fact, Variant
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import Fit, Match
from data.reading.numbers import NumberForm

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.model import Release
    from data.reading.check.claim import Claim
    from data.reading.check.evidence import Evidence

LONG = 10_000
"""A number of so many is hardly a figure by chance."""


def join_kin(claims: Iterable[Claim], evidence: Evidence, then: Release | None) -> list[Claim]:
    """Tell each claim of a text what others were found to be that are hardly so by chance."""
    claims = join_lists(list(claims), evidence, then)
    alike = [match for claim in claims if (match := _find_match(claim, evidence, then))]
    exact = [fact for match in alike if (fact := _find_exact(match))]
    if exact or len(alike) > 1:
        measures, years = frozenset(fact.measure for fact in exact), frozenset(fact.year for fact in exact)
        repeats = any(_counts_repeats(match) for match in alike)
        claims = [
            replace(
                claim,
                about_asylum=True,
                kin_measures=measures,
                kin_years=years,
                kin_repeats=repeats and claim.term is not Term.NEW,
            )
            for claim in claims
        ]
    return claims


def join_lists(claims: Sequence[Claim], evidence: Evidence, then: Release | None) -> list[Claim]:
    """Let the numbers of a list count one thing in one year: those that fit most, where none is said."""
    found = list(claims)
    for _, some in groupby(enumerate(claims), key=lambda each: each[1].sentence):
        listed = [(place, claim) for place, claim in some if _is_of_list(claim)]
        if len(listed) < MIN_LISTED:
            continue
        fitting = [_list_counted(claim, evidence, then) for _, claim in listed]
        counted = Counter(each for some in fitting for each in some).most_common(1)
        dated = Counter(year for some in fitting for year in {year for _, year in some}).most_common(1)
        for place, claim in listed:
            for (measure, _), often in counted:
                if often >= max(MIN_LISTED, len(listed) / 2) and not claim.says_term:
                    term = next((each for each, meant in MEANT.items() if meant[0] is measure), Term.NOTHING)
                    found[place] = replace(found[place], terms={term: Near.CARRIED})
            for year, often in dated:
                if often >= max(MIN_LISTED, len(listed) / 2) and not claim.says_year:
                    found[place] = replace(found[place], years={year: Near.CARRIED})
    return found


MIN_LISTED = 3
_LIKELY = -2.0


def _is_of_list(claim: Claim) -> bool:
    """Say whether a number is one of a list, with its country beside it, which leaves something open."""
    named = any(each.near is Near.LINKED for each in (*claim.origins.values(), *claim.asylums.values()))
    counted = claim.quantity is not None and claim.quantity.form is NumberForm.COUNT
    unsaid = not claim.says_term or not claim.says_year
    return counted and named and unsaid and claim.subject is Subject.PEOPLE


def _list_counted(claim: Claim, evidence: Evidence, then: Release | None) -> set[tuple[Measure, int]]:
    """List what is counted by the figures that a number is, as it is rounded, and in which year."""
    sources = [
        each.match.source
        for each in find_candidates(claim, evidence, then, _LIKELY)
        if each.match.fit is not Fit.NEAR
    ]
    return {
        (fact.measure, fact.year)
        for fact in sources
        if isinstance(fact, Fact) and fact.level is Level.ALL and fact.variant in _LISTED_VARIANTS
    }


_LISTED_VARIANTS = (Variant.PLAIN, Variant.WITH_OTHERS)


def _find_match(claim: Claim, evidence: Evidence, then: Release | None) -> Match | None:
    """Find what a number is, if anything, by itself."""
    if claim.quantity is None:
        return None
    best = next(iter(find_candidates(claim, evidence, then, LEAST)), None)
    return best.match if best and best.score >= LEAST else None


def _counts_repeats(match: Match) -> bool:
    """Say whether a long number has repeat applications in it, as then those beside it have."""
    source = match.source
    return isinstance(source, Fact) and source.variant is Variant.WITH_REPEATS and source.value >= LONG


def _find_exact(match: Match) -> Fact | None:
    """Return the figure that a long number is to the last digit."""
    source = match.source if match.exact else None
    long = isinstance(source, Fact) and source.value >= LONG and source.value % 100 != 0
    return source if isinstance(source, Fact) and long else None
