"""What a text got wrong about a number whose source is known. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.claims.claim import Saying
from data.claims.evidence import Fact
from data.claims.sayings import MEANT
from data.claims.verdicts import (
    Carried,
    CasesNotPeople,
    Extremes,
    HalfYear,
    OtherLevel,
    OtherMeasure,
    OtherPlace,
    OtherYear,
    RepeatsIncluded,
    SidesSwapped,
    StocksSummed,
    Total,
    WholeYear,
)
from data.model import Level, Measure, Nature, Period, Unit
from data.statistics import is_carried_forward

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.claims.claim import Claim
    from data.claims.evidence import Evidence
    from data.claims.verdicts import Flaw, Source

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
    if fact.period is Period.MID_YEAR and fact.measure.nature is not Nature.STOCK and not claim.half:
        yield HalfYear(fact.year)
    if fact.period is Period.MID_YEAR and fact.measure.nature is Nature.STOCK and claim.year_end:
        yield HalfYear(fact.year, Nature.STOCK)
    in_year = claim.time_beside and fact.year in claim.years[:1] and fact.period is Period.YEAR_END
    if in_year and claim.means_middle(fact.measure.nature, fact.year):
        yield WholeYear(fact.year, fact.measure.nature)
    if fact.unit is Unit.CASES and not claim.cases:
        yield CasesNotPeople()
    if claim.years_named and claim.years and fact.year not in claim.years and not _is_within(claim, fact):
        yield OtherYear(fact.year)
    if fact.place not in claim.places:
        yield SidesSwapped(fact.place)
    elif _sums_more_than_said(claim, fact):
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
    said = claim.saying
    if said is Saying.NOTHING or measure.nature is Nature.RATE:
        return
    if (measure is Measure.ALL_STAGES and said in (Saying.NEW, Saying.SEEKERS)) or (
        measure is Measure.ALL_STAGES
        and said in (Saying.APPLIED, Saying.APPLICATIONS, Saying.CLAIMS)
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
    return Carried(source.place.asylum, source.value, source.year - 1)
