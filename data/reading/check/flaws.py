"""What a text says wrongly of the figure that its number is. Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.measures import WITHOUT_ORIGIN, is_at_home
from data.model import Country, Level, Measure, Nature, ReferencePeriod, Unit
from data.reading.check.candidates import fit
from data.reading.check.claim import Agreement, Near, Term
from data.reading.check.evidence import BY_NAME, Fact, Variant
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import (
    BothUnits,
    CasesNotPeople,
    ComplementaryIncluded,
    Extremes,
    FirstAlone,
    HalfYear,
    Joint,
    NotArrivals,
    OtherLevel,
    OtherMeasure,
    OtherPlace,
    OthersIncluded,
    OtherYear,
    PartOfYear,
    RepeatsIncluded,
    SeekersIncluded,
    SidesSwapped,
    StocksSummed,
    SubstantiveOnly,
    Total,
    WholeYear,
)
from data.statistics import TRIFLE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from data.model import Area, Place
    from data.reading.check.claim import Claim, Named
    from data.reading.check.evidence import Evidence
    from data.reading.check.verdicts import Flaw, NumberSource

_OF_APPLICATIONS = frozenset({Measure.APPLICATIONS, Measure.ALL_STAGES, Measure.PENDING})
"""They are told apart by stages, or not at all, and have no level."""


def find_flaws(claim: Claim, source: NumberSource, evidence: Evidence) -> tuple[Flaw, ...]:
    """List what the text says wrongly of the figure that its number is."""
    if isinstance(source, Fact):
        return tuple(_of_a_fact(claim, source, evidence))
    if isinstance(source, Total) and source.measure.nature is Nature.STOCK:
        return (StocksSummed(),)
    if isinstance(source, Total | Extremes | Joint):
        return tuple(_of_a_measure(claim, source.measure, Variant.PLAIN))
    return ()


def _of_its_time(claim: Claim, fact: Fact, evidence: Evidence) -> Iterator[Flaw]:
    stock = fact.measure.nature is Nature.STOCK
    if fact.period is ReferencePeriod.MID_YEAR and (claim.year_end if stock else not claim.half):
        yield HalfYear(fact.year, Nature.STOCK if stock else Nature.FLOW)
    if part := evidence.find_part(fact):
        yield PartOfYear(fact.year, part, fact.measure.nature, of_cases=fact.unit is None)
    said = claim.years.get(fact.year, Near.NEVER)
    whole = fact.period is ReferencePeriod.YEAR_END and said.in_sentence
    if claim.time_beside and whole and claim.means_middle(fact.measure.nature, fact.year):
        yield WholeYear(fact.year, fact.measure.nature)


def _of_a_fact(claim: Claim, fact: Fact, evidence: Evidence) -> Iterator[Flaw]:
    yield from _of_a_measure(claim, fact.measure, fact.variant)
    if fact.measure is Measure.PROTECTION_RATE and _speaks_of_refugees_alone(claim):
        yield ComplementaryIncluded()
    if fact.variant is Variant.SUBSTANTIVE and claim.term is Term.DECIDED and not claim.on_merits:
        every = BY_NAME[Measure.DECISIONS, Variant.PLAIN, fact.level]
        yield SubstantiveOnly(evidence.value(fact.place, fact.year, every, fact.last, fact.unit))
    if claim.at_first is Near.CLAUSE and fact.level is Level.ALL and fact.measure not in _OF_APPLICATIONS:
        yield OtherLevel()
    yield from _of_its_time(claim, fact, evidence)
    if claim.says_arrived and _is_of_earlier_years(fact, evidence):
        yield NotArrivals()
    if fact.unit is Unit.CASES and not claim.cases:
        yield CasesNotPeople()
    if fact.unit is None:
        form = BY_NAME[fact.measure, fact.variant, fact.level]
        persons, cases = (evidence.value(fact.place, fact.year, form, fact.last, unit) for unit in Unit)
        yield BothUnits(persons or 0, cases or 0)
    if _names_another_year(claim, fact.year):
        yield OtherYear(fact.year)
    if _is_outdated(claim, fact, evidence):
        yield OtherYear(fact.year, named=False)
    if fact.measure in WITHOUT_ORIGIN:
        yield from _of_a_home(claim, fact.place)
    else:
        came_home = is_at_home(fact.measure) and fact.place.asylum is None
        yield from _of_a_place(claim, fact.place, came_home=came_home)


def _speaks_of_refugees_alone(claim: Claim) -> bool:
    """Say whether a share is said to be of recognitions, and nowhere of other protection."""
    return claim.term is Term.RECOGNISED and not {Term.PROTECTED, Term.COMPLEMENTARY} & claim.terms.keys()


def _is_of_earlier_years(fact: Fact, evidence: Evidence) -> bool:
    """Say whether many refugees of a stock were there the year before: who fled in 2022 had just come."""
    if fact.measure not in (Measure.REFUGEES, Measure.OTHERS_IN_NEED):
        return False
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    before = evidence.value(fact.place, fact.year - 1, form, fact.last, fact.unit)
    return before is not None and before >= TRIFLE * fact.value


def _is_outdated(claim: Claim, fact: Fact, evidence: Evidence) -> bool:
    """Say whether a text of today names no year, and the newest figure is another one by now."""
    if claim.years.get(fact.year) is not Near.STALE or fact.year in claim.kin_years or not claim.quantity:
        return False
    newest = evidence.newest.newest_year
    now = evidence.value(fact.place, newest, fact.measure, evidence.newest)
    return claim.years.get(newest) is Near.IMPLIED and now is not None and fit(claim.quantity, now) is None


def _names_another_year(claim: Claim, year: int) -> bool:
    """Say whether the sentence of a number names years, and neither it nor the one before names this one."""
    if claim.span is not None and claim.span[0] <= year <= claim.span[1]:
        return False
    near = claim.years.get(year, Near.NEVER)
    nearest = min((each.rank for each in claim.years.values()), default=near.rank)
    if nearest == Near.LINKED.rank:  # “439,300 in 2018, up from 387,900 in 2017”
        return near.rank > Near.BESIDE.rank
    if near is Near.TAKEN:
        return nearest <= Near.CLAUSE.rank
    return nearest <= Near.SENTENCE.rank and near.rank > Near.CARRIED.rank


def _of_a_place(claim: Claim, place: Place, *, came_home: bool) -> Iterator[Flaw]:
    """What the text says of the places: swapped, or of one country where the figure is of all.

    Who `came_home` is where he is from: “returned to Syria” swaps nothing.
    """
    origin = claim.origins.get(place.origin.code) if place.origin else None
    asylum = claim.asylums.get(place.asylum.code) if place.asylum else None
    against = [each for each in (origin, asylum) if each and each.agreement is Agreement.AGAINST]
    told = [each for each in (origin, asylum) if each]
    if against and not came_home and all(each.agreement is not Agreement.SAID for each in told):
        yield SidesSwapped(place)
    elif _is_said_of_one(claim.origins, place.origin is None) or _is_said_of_one(
        {
            code: each
            for code, each in claim.asylums.items()
            if each is not origin and not (place.origin and code == place.origin.code)
        },
        place.asylum is None,
    ):
        yield OtherPlace(place)
    elif named := _find_outweighing(claim.origins, origin, place.asylum):
        yield OtherPlace(place, replace(place, origin=named))
    elif named := _find_outweighing(claim.asylums, asylum, place.origin):
        yield OtherPlace(place, replace(place, asylum=named))


def _of_a_home(claim: Claim, place: Place) -> Iterator[Flaw]:
    """Find the one country that a number is put to, where its figure, by no origin, is of another one.

    Who is counted at home is from there as well: which side the words say is all the same.
    """
    own: dict[str, Named] = {}
    for code, each in (*claim.origins.items(), *claim.asylums.items()):
        if isinstance(each.area, Country) and (code not in own or each.near.rank < own[code].near.rank):
            own[code] = each
    told = own.get(place.asylum.code) if place.asylum else None
    if place.asylum and (told is None or told.near in _OWN):
        return
    linked = [each for each in own.values() if each.near is Near.LINKED]
    here = linked or [each for each in own.values() if each.near is Near.CLAUSE]
    if len(here) == 1 and not (told and told.near is Near.BESIDE and not linked):
        yield OtherPlace(place, replace(place, asylum=here[0].area))


_OWN = (Near.LINKED, Near.CLAUSE)


def _find_outweighing(side: Mapping[str, Named], told: Named | None, other: Area | None) -> Area | None:
    """Find the one country that a number's own clause puts on a side, where its figure's stands elsewhere.

    Elsewhere is another clause, another number or another sentence. The `other` side of the figure is none,
    and no group, which the figure's country may be in.
    """
    if told is None or told.near in _OWN:
        return None
    here = [
        each
        for each in side.values()
        if each.near in _OWN and isinstance(each.area, Country) and each.area != other
    ]
    said = [each for each in here if each.agreement is Agreement.SAID]
    linked = [each for each in said if each.near is Near.LINKED] or [
        each for each in here if _is_listed(each)
    ]
    found = linked or said
    if len(found) != 1 or (told.near is Near.BESIDE and not linked):
        return None
    return found[0].area


def _is_listed(named: Named) -> bool:
    """Say whether a country is put right beside a number, with nothing on its side: “France with 158,512”."""
    return named.near is Near.LINKED and named.agreement is Agreement.OPEN


def _is_said_of_one(named: Mapping[str, Named], is_open: bool) -> bool:
    """Say whether a number is linked to one country of a side that its figure leaves open."""
    return is_open and any(
        each.agreement is Agreement.SAID and each.near is Near.LINKED for each in named.values()
    )


def _list_said(claim: Claim) -> list[Term]:
    """List what the text says of a number as nearly as anything, where its own sentence says nothing."""
    own = claim.term
    return (
        [own]
        if claim.terms[own].in_sentence
        else [t for t, near in claim.terms.items() if near is claim.terms[own]]
    )


_INCLUDING: Mapping[Variant, tuple[frozenset[Term], Flaw]] = {
    Variant.PROTECTED: (frozenset({Term.RECOGNISED, Term.COMPLEMENTARY}), ComplementaryIncluded()),
    Variant.WITH_OTHERS: (frozenset({Term.REFUGEES, Term.IN_NEED}), OthersIncluded()),
    Variant.WITH_SEEKERS: (frozenset({Term.REFUGEES, Term.SEEKERS}), SeekersIncluded()),
}
"""Figures that count two kinds of people, and what is wrong where a text speaks of one of them."""


def _of_a_measure(claim: Claim, measure: Measure, variant: Variant) -> Iterator[Flaw]:
    said = claim.term
    if variant in _INCLUDING:
        terms, flaw = _INCLUDING[variant]
        if terms & claim.terms.keys() and not terms <= claim.terms.keys():
            yield flaw
        return
    if variant is Variant.WITH_REPEATS:
        yield RepeatsIncluded(appeals=False)
    elif variant is Variant.FIRST_ALONE and not (said is Term.NEW or claim.says_new):
        yield FirstAlone()
    if said is Term.NOTHING or measure.nature is Nature.RATE or not claim.terms:
        return
    if (measure is Measure.ALL_STAGES and said in (Term.NEW, Term.SEEKERS)) or (
        measure is Measure.ALL_STAGES
        and said in (Term.APPLIED, Term.APPLICATIONS, Term.CLAIMS)
        and claim.says_new
    ):
        yield RepeatsIncluded()
    elif _is_done_with(claim, measure):
        return
    elif not any(measure in MEANT[term] for term in _list_said(claim)):
        yield OtherMeasure(said, measure)


_DONE = {
    Measure.RETURNED_REFUGEES: (Term.RETURNED, Term.REFUGEES),
    Measure.RETURNED_DISPLACED: (Term.RETURNED, Term.DISPLACED),
    Measure.RESETTLED: (Term.RESETTLED, Term.REFUGEES),
}
"""What a sentence says was done, and with whom: “5.6 million went back, among them 317,200 refugees”."""


def _is_done_with(claim: Claim, measure: Measure) -> bool:
    """Say whether a sentence says elsewhere what was done with the people that are named beside a number."""
    if measure not in _DONE:
        return False
    done, whom = _DONE[measure]
    return claim.term is whom and claim.terms.get(done, Near.NEVER).in_sentence
