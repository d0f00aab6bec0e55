"""Which figures a number may be: each that fits it, at what cost. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import chain, product
from math import inf
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from data.measures import WITHOUT_ORIGIN, is_at_home
from data.model import ALL, Country, Level, Measure, Nature, Place, ReferencePeriod, Unit
from data.reading.check import costs
from data.reading.check.claim import Agreement, Mark, Near, Subject, Term
from data.reading.check.evidence import BY_NAME, FORMS, Fact, Hit, Spread, Variant, codes_of
from data.reading.check.shares import find_parts, share_holds
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import Extremes, Fit, Joint, Match, Total
from data.reading.numbers import Bound, NumberForm
from data.statistics import TRIFLE
from data.store.value_index import MIN_COUNT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from data.model import Number, Release
    from data.reading.check.claim import Claim, Named
    from data.reading.check.evidence import Evidence, Form
    from data.reading.numbers import Quantity
    from data.store.value_index import Codes

LEAST = 0.65
"""The least that surprise must outweigh cost by: some six times likelier meant than hit by chance."""

FLOOR = -1.0
"""Less likely matches are not even told of the very figure that the sentence speaks of."""

NEAR = 0.02
"""How far a figure is from a number that is still close to it."""

NEARLY, SLIP = 0.005, 0.001
"""So near the figure that is meant is hardly another; so far may one be on the wrong side of “more than”."""

LOOSEST = 0.06
"""How far a figure may be from “about 30,000”: 28,500 is, 25,210 is not."""

TINY = 1e-9
OVER = 0.2
FAIR = 3
MAX_DOZENS = 120
MIN_COUNTRIES = 3
MAX_PLACES = 4
MAX_RANKED = 30
SUMMED = 0.6
"""What a sum of stocks costs at most where the text speaks of applications: it is what people add up."""

MAX_MEANT, MAX_JOINT = 8, 2
LEAST_AT_FIRST = 0.1
MAX_READINGS = 3
"""Figures that are told of a number that is none of them."""

UNLIKELIER = 2.0
"""How much dearer than the likeliest a place may be of which a figure is told that a number is not."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A match and how much its surprise outweighs its cost; the larger, the likelier is it meant."""

    match: Match
    score: float
    features: tuple[str, ...] = ()


def find_candidates(
    claim: Claim, evidence: Evidence, then: Release | None, at_least: float = FLOOR
) -> list[Candidate]:
    """Find all that a number may be, the likeliest first; `then` is the release of the day of the text.

    Figures that score less than `at_least` are left out.
    """
    quantity = claim.quantity
    if quantity is None:
        return []
    if claim.subject is Subject.COUNTRIES:
        found = _find_spreads(claim, quantity, evidence)
    elif quantity.form is NumberForm.PERCENT:
        found = chain(_find_rates(claim, quantity, evidence), _find_shares(claim, quantity, evidence))
    elif quantity.form is not NumberForm.COUNT or quantity.high < MIN_COUNT:
        return []
    elif quantity.is_range:
        found = _find_extremes(claim, quantity, evidence)
    elif claim.joint:
        found = _find_joint(claim, quantity, evidence)
    else:
        found = chain(
            _find_facts(claim, quantity, evidence, then, at_least), _find_totals(claim, quantity, evidence)
        )
    return sorted(found, key=lambda each: (-each.score, _rank(each)))


def _rank(candidate: Candidate) -> int:
    """Put what is simply counted before sums that come to the same."""
    source = candidate.match.source
    return BY_NAME[source.measure, source.variant, source.level].number if isinstance(source, Fact) else 0


def fit(quantity: Quantity, value: Number) -> tuple[Fit, float] | None:
    """Say how a figure fits a number, and within which width; None where it does not."""
    low, step = quantity.low, min(quantity.step, 2 * LOOSEST * quantity.low)
    if value == low:
        return Fit.EXACT, step
    off = abs(value - low)
    if step > 1 and quantity.bound in (Bound.OVER, Bound.UNDER):
        reach = min(quantity.step, OVER * low) if quantity.digits == 1 else step  # “over a million”
        if off < reach and (value > low) is (quantity.bound is Bound.OVER):
            return Fit.ROUNDED, reach
    if step > 1:
        close = off <= SLIP * low  # “more than 80,000” of 79,974
        if off <= min(step / 2, LOOSEST * low) and (close or quantity.bound in (Bound.PLAIN, Bound.ABOUT)):
            return Fit.ROUNDED, step
        if off < step and quantity.digits >= FAIR and quantity.bound is Bound.ABOUT:
            return Fit.ROUNDED, 2 * step  # “about 178,000” of 178,725: cut rather than rounded
    if off <= NEAR * low and low >= MIN_COUNT:
        return Fit.NEAR, max(2 * off, step)
    return None


def _find_facts(
    claim: Claim, quantity: Quantity, evidence: Evidence, then: Release | None, at_least: float
) -> Iterator[Candidate]:
    weighing = costs.weigh(claim)
    base, likely = weighing.base
    surprising = lru_cache(maxsize=None)(partial(_surprise, quantity))
    years = weighing.weigh_years(evidence.years_known)
    places = weighing.weigh_places(evidence.places_known)
    bands = [(reach, worth - at_least - likely) for reach, worth in _list_bands(quantity)]
    for hit, values in evidence.search(quantity.low, bands, years, weighing.forms, places):
        at_most = max(map(surprising, values)) - at_least - likely
        when, away = weighing.year(hit.year)
        what, other = weighing.form(hit.form, hit.unit)
        if other + away > at_most or (hit.form.measure in WITHOUT_ORIGIN and hit.codes[0] != ALL):
            continue
        where, far = weighing.place(hit.codes, at_home=is_at_home(hit.form.measure))
        so_far = far + away + other
        if so_far > at_most:
            continue
        for fact in evidence.lay_out(hit):
            fitting = fit(quantity, fact.value)
            if fitting is None or _is_to_come(claim, fact):
                continue
            kind, width = fitting
            if kind is Fit.NEAR and Mark.SOURCE in claim.marks:
                continue  # what another body counts is often close to what UNHCR does, and is not it
            rest = tuple(costs.of_time(claim, fact, then))
            if kind is Fit.NEAR:
                rest = *rest, "fit:near" if claim.years.get(hit.year) in _DATED else "fit:near-undated"
            score = costs.surprise(quantity.low, width) - so_far - likely - costs.cost(rest)
            if score >= at_least:
                yield Candidate(Match(fact, kind), score, (*base, *where, *when, *what, *rest))


def _list_bands(quantity: Quantity) -> Iterator[tuple[float, float]]:
    """List how far figures may be from a number, and how much one there speaks for itself at most."""
    low = quantity.low
    reach = width = min(quantity.step, 2 * LOOSEST * low)
    yield reach, costs.surprise(low, width) + TINY
    near = costs.cost(["fit:near"])
    while reach < NEAR * low:
        worth = costs.surprise(low, max(2 * reach, width)) - near + TINY
        reach = min(4 * reach, NEAR * low)
        yield reach, worth


def _surprise(quantity: Quantity, value: int) -> float:
    """Say how much a figure speaks for itself at most; it fits no number where that is nothing."""
    fitting = fit(quantity, value)
    if fitting is None:
        return -inf
    kind, width = fitting
    near = costs.cost(["fit:near"]) if kind is Fit.NEAR else 0.0
    return costs.surprise(quantity.low, width) - near


def _is_to_come(claim: Claim, fact: Fact) -> bool:
    """Say whether a figure stands for a time after the text was written, but for a month."""
    middle = fact.period is ReferencePeriod.MID_YEAR
    return date(fact.year, 6 if middle else 12, 1) > claim.written


_DATED = frozenset({*Near} - {Near.IMPLIED, Near.STALE, Near.NEVER})
"""A text names such a year; only then is a figure close to a number hardly so by chance."""

_NEVER_MEANT = frozenset({"measure:other", "level:first-unsaid", "form:with-seekers-unsaid"})
"""What nobody means who does not say it."""

_CONFUSED = frozenset({"measure:confused", "measure:text", "measure:unsaid"})
"""What is told only where nothing is published of what the words mean."""


def find_meant(claim: Claim, quantity: Quantity, evidence: Evidence) -> list[Hit]:
    """Find the figures that may be meant by a number which is none, the likeliest first, at most three.

    Likely is what the sentence speaks of and what is near to the number: who writes 4.2 million of Syria's
    refugees means those from there, not the 21,112 who live there. Each is of another place or year.
    """
    weighing, newest = costs.weigh(claim), evidence.newest
    years = [year for year in _list_said_years(claim) if year <= newest.newest_year][:MAX_PLACES]
    ranked = rank_places(claim, evidence)[:MAX_MEANT]
    likely = _choose_said(claim, map(codes_of, ranked))
    most = weighing.place(likely[0])[1] + UNLIKELIER if likely else 0.0
    likely = [codes for codes in likely if weighing.place(codes)[1] <= most]
    for forms in _list_meant(weighing.words, at_first=claim.at_first is Near.CLAUSE):
        if found := _find_nearest(quantity, evidence, weighing, product(likely, years), forms):
            return found
    return []


Meant = tuple[float, int, "Form", "Unit | None"]
"""What a form in a unit costs, its place among all of them, and both."""


@lru_cache(maxsize=128)
def _list_meant(words: costs.Words, *, at_first: bool) -> tuple[list[Meant], ...]:
    """List what may be meant by these words, the cheapest first: by its own, by others, or confused."""
    meant, plainly, own = [], [], []
    for place, (form, unit) in enumerate(product(FORMS, (*Unit, None))):
        told, other = words.weigh_form(form, unit)
        if not _NEVER_MEANT.isdisjoint(told):
            continue
        if at_first and form.level is not Level.FIRST and form.measure not in costs.CONFUSED:
            continue
        meant.append((other, place, form, unit))
        if _CONFUSED.isdisjoint(told):
            plainly.append(meant[-1])
            if "measure:sentence" not in told:
                own.append(meant[-1])
    return sorted(own), sorted(plainly), sorted(meant)


def _find_nearest(
    quantity: Quantity,
    evidence: Evidence,
    weighing: costs.Weighing,
    cells: Iterable[tuple[Codes, int]],
    forms: Sequence[Meant],
) -> list[Hit]:
    nearest = costs.distance(1, 1)
    found: list[tuple[float, Hit]] = []
    for codes, year in cells:
        away = weighing.year(year)[1]
        far = [weighing.place(codes, at_home=at_home)[1] for at_home in (False, True)]
        now = evidence.newest_of(codes, year)
        most = found[-1][0] if len(found) == MAX_READINGS else inf
        at_least, best, hit = min(far) + away + nearest, (most, 0), None
        for other, place, form, unit in forms if now else ():
            if at_least + other >= best[0]:
                break
            dear = far[is_at_home(form.measure)] + away + other
            if dear + nearest > best[0] or unit not in now or not _stands_for_itself(now, form, unit):
                continue
            if form.measure in WITHOUT_ORIGIN and codes[0] != ALL:
                continue
            dear += costs.distance(quantity.low, now[unit][form.number])
            if dear < most and (dear, place) < best:
                told = unit if unit or not now.get(Unit.PERSONS) else Unit.PERSONS  # never as a sum
                best, hit = (dear, place), Hit(codes, year, told, form)
        if hit:  # of as likely ones the first is meant
            found = sorted([*found, (best[0], hit)], key=itemgetter(0))[:MAX_READINGS]
    return [hit for dear, hit in found if dear <= found[0][0] + UNLIKELIER]


def _stands_for_itself(now: Mapping[Unit | None, Sequence[int]], form: Form, unit: Unit | None) -> bool:
    """Say whether a figure can be told: it is there, not beside persons counted otherwise, and no rest.

    Where less than a tenth of the decisions stands under first instance, most stand under no level at all.
    """
    persons = now.get(Unit.PERSONS)
    if unit is Unit.CASES and persons and persons[form.number]:
        return False
    if form.level is Level.FIRST:
        at_first, every = (
            now[unit][BY_NAME[Measure.DECISIONS, Variant.PLAIN, level].number]
            for level in (Level.FIRST, Level.ALL)
        )
        if at_first < LEAST_AT_FIRST * every:
            return False
    return now[unit][form.number] > 0


def _list_said_years(claim: Claim) -> list[int]:
    """List the years that a claim may speak of: of those that its sentence names the nearest, else all."""
    here = [near for near in claim.years.values() if near.rank <= Near.SENTENCE.rank]
    least = min(here, key=lambda near: near.rank, default=None)
    years = rank_years(claim)
    if least and not claim.span:
        return [year for year in years if claim.years.get(year) is least]
    return [year for year in years if date(year, 12, 1) <= claim.written] or years


def _choose_said(claim: Claim, places: Iterable[Codes]) -> list[Codes]:
    """Choose the places that the sentence names, if it names any, and the origin that it says."""
    here = {code for side in (claim.origins, claim.asylums) for code, each in side.items() if _is_here(each)}
    near = (code for code, each in claim.origins.items() if each.near.rank <= Near.BESIDE.rank)
    origins = {code for code in near if claim.origins[code].agreement is Agreement.SAID}
    linked = {code for code in origins if claim.origins[code].near is Near.LINKED}  # “4.7 million Afghans”
    origins = linked or origins
    everywhere = claim.worldwide or not here
    chosen = [
        codes
        for codes in places
        if (everywhere and codes == (ALL, ALL))
        or ((not origins or codes[0] in origins) and (not here or not here.isdisjoint(codes)))
    ]
    return [codes for codes in chosen if not _is_anothers(claim, codes)] or chosen


def _is_anothers(claim: Claim, codes: Codes) -> bool:
    """Say whether a place is that of another number, where this one has one: “Chad (3,000)”."""
    for side, code in zip((claim.origins, claim.asylums), codes, strict=True):
        told = any(
            each.near is Near.LINKED and each.agreement is not Agreement.AGAINST for each in side.values()
        )
        if told and code in side and side[code].near is Near.TAKEN:
            return True
    return False


def _is_here(named: Named) -> bool:
    return named.near.in_sentence and named.near is not Near.TAKEN


def rank_places(claim: Claim, evidence: Evidence) -> list[Place]:
    """List the places that a claim may speak of, the likeliest first."""
    weighing = costs.weigh(claim)
    if weighing.where not in evidence.ranked:
        known = evidence.places_known
        likely = weighing.rank_named(known)[:MAX_RANKED]
        likely = likely[np.argsort(weighing.weigh_places(known)[likely], kind="stable")]
        evidence.ranked[weighing.where] = [evidence.place(known.codes[row]) for row in likely.tolist()]
    return evidence.ranked[weighing.where]


def is_one_sided(place: Place) -> bool:
    """Say whether a place is an origin in all countries, or a country of asylum of all origins."""
    return (place.origin is None) != (place.asylum is None)


def rank_years(claim: Claim) -> list[int]:
    """List the years that a claim may speak of, the likeliest first."""
    years = dict.fromkeys([*claim.years, *(claim.span or ())])
    return sorted(years, key=lambda year: (costs.weigh(claim).year(year)[1], -year))


def _list_ends(claim: Claim, evidence: Evidence) -> Iterator[tuple[int, int]]:
    if claim.span is not None:
        first, last = claim.span
        here = (year for year, near in claim.years.items() if near.rank < Near.SENTENCE.rank)
        named = [year for year in here if first < year < last]
        for end in dict.fromkeys((last, last - 1, *named)):
            for begin in (first, first + 1):  # since whoever took office in 2012: that year, or the next
                if begin < end <= evidence.newest.newest_year:
                    yield begin, end


def _list_measures(claim: Claim) -> list[Measure]:
    meant = [measure for measure in MEANT[claim.term] if measure.nature is not Nature.RATE]
    confused = () if claim.term is Term.REFUGEES else costs.CONFUSED
    return [*meant, *(measure for measure in confused if measure not in meant)]


def _find_totals(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    """Find sums over the years of a span: of flows, or of stocks, which count the same claims again."""
    if claim.subject is not Subject.PEOPLE or quantity.low < 1000:  # noqa: PLR2004 - below, a sum is found by chance
        return
    ends = [*_list_ends(claim, evidence)]
    weighing = costs.weigh(claim)
    base = weighing.base[1]
    most = next(_list_bands(quantity))[1]
    for place in rank_places(claim, evidence)[:2] if ends else ():
        where = weighing.place(codes_of(place))[1]
        for (first, last), measure in product(ends, _list_measures(claim)):
            shift = 0.1 * ((first, last) != claim.span)
            form = BY_NAME[measure, Variant.PLAIN, Level.ALL]
            what = min(weighing.form(form, Unit.PERSONS)[1], SUMMED)
            what += costs.cost([f"total:{measure.nature.value}"])
            if most - base - where - what - shift < 0:
                continue
            told = evidence.add_up(place, measure, first, last)
            now = next((value for value, release in told.items() if release is evidence.newest), None)
            if now is None:
                continue
            sums: list[tuple[Fit, float, Total]] = []
            for value, release in told.items():
                if fitting := fit(quantity, value):
                    total = Total(place, measure, Unit.PERSONS, first, last, value, release, now)
                    sums.append((*fitting, total))
            # The newest that fits; one that is only close where none does.
            for kind, width, total in sorted(sums, key=lambda each: each[0] is Fit.NEAR)[:1]:
                late = 0.0 if total.release is evidence.newest else 0.1
                late += costs.cost(["fit:near"]) if kind is Fit.NEAR else 0.0
                score = costs.surprise(quantity.low, width) - base - where - what - shift - late
                if score >= 0:
                    yield Candidate(Match(total, kind), score)


def list_joint(claim: Claim, evidence: Evidence) -> Iterator[tuple[Joint, bool]]:
    """List what the countries have together of which a number is said, and whether that adds up alike.

    The likeliest comes first.
    """
    origins, asylums = costs.weigh(claim).sides
    of_origin = all(
        code in claim.origins and claim.origins[code].agreement is Agreement.SAID for code in claim.joint
    )
    others = asylums if of_origin else origins
    rest = [code for code in sorted(others, key=others.__getitem__) if code not in claim.joint]
    for other, measure, year in product(rest[:MAX_JOINT], _list_measures(claim), rank_years(claim)[:2]):
        pairs = [(code, other) if of_origin else (other, code) for code in claim.joint]
        if not all(pair in evidence.known for pair in pairs):
            continue
        found = [evidence.current(evidence.place(pair), year, measure)[:1] for pair in pairs]
        facts = tuple(fact for some in found for fact in some if fact.unit is Unit.PERSONS and fact.value)
        if len(facts) == len(pairs):
            yield Joint(facts), all(is_whole(fact, evidence) for fact in facts)


def is_whole(fact: Fact, evidence: Evidence) -> bool:
    """Say whether a figure is of all its year, and of persons with no more than a trifle of cases beside."""
    form = BY_NAME[fact.measure, fact.variant, fact.level]
    cases = evidence.value(fact.place, fact.year, form, fact.last, Unit.CASES)
    half = fact.period is ReferencePeriod.MID_YEAR or evidence.find_part(fact) is not None
    return not half and (cases or 0) < TRIFLE * fact.value


def _find_joint(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    """Find sums over countries that the text names together."""
    weighing = costs.weigh(claim)
    for place, (joint, alike) in enumerate(list_joint(claim, evidence)):
        if (fitting := fit(quantity, joint.value)) and alike:
            form = BY_NAME[joint.measure, Variant.PLAIN, Level.ALL]
            what = weighing.form(form, Unit.PERSONS)[1] + weighing.year(joint.facts[0].year)[1]
            near = costs.cost(["fit:near"]) if fitting[0] is Fit.NEAR else 0.0
            score = costs.surprise(quantity.low, fitting[1]) - weighing.base[1] - what - near - place * TINY
            if score >= 0:
                yield Candidate(Match(joint, fitting[0]), score)


def _find_extremes(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    if claim.span is None:
        return
    first, last = claim.span
    for place in rank_places(claim, evidence)[:2]:
        where = costs.weigh(claim).place(codes_of(place))[1]
        for rank, measure in enumerate(_list_measures(claim)):
            for release in reversed(evidence.releases):
                line = evidence.line(place, measure, release)
                years = [year for year in line if first <= year <= last]
                if len(years) < (last - first + 1) * 0.8:
                    continue
                low, high = min(years, key=line.__getitem__), max(years, key=line.__getitem__)
                if _is_end(quantity, quantity.low, line[low]) and _is_end(
                    quantity, quantity.high, line[high]
                ):
                    exact = (line[low], line[high]) == (quantity.low, quantity.high)
                    ends = ((line[low], low), (line[high], high))
                    source = Extremes(place, measure, Unit.PERSONS, first, last, *ends, release)
                    yield Candidate(Match(source, Fit.EXACT if exact else Fit.ROUNDED), 3 - where - rank / 10)
                    break


def _is_end(quantity: Quantity, end: float, value: Number) -> bool:
    """Say whether a figure rounds to one end of a range, up or down: “7,000” is 7,732, cut."""
    return value == end or (quantity.step > 1 and abs(value - end) < quantity.step)


RATES = {
    Term.RECOGNISED: (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE),
    Term.PROTECTED: (Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE),
    Term.REJECTED: (Measure.REJECTION_RATE,),
}


def _find_rates(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    """Find the rate that a percentage is, of the likeliest place in a year that the text names."""
    years = [year for year in rank_years(claim) if claim.years.get(year)]
    years = years[:1] if claim.says_year else years
    levels = sorted(Level, key=lambda level: (level is Level.FIRST) != (claim.at_first.in_sentence))
    telling = costs.surprise(100, quantity.step) - costs.weigh(claim).base[1]
    for place in rank_places(claim, evidence)[:1]:
        for rank, (measure, level, year) in enumerate(
            (measure, level, year)
            for level in levels
            for measure in RATES.get(claim.term, ())
            for year in years[:MAX_PLACES]
        ):
            for fact in evidence.facts(place, year, measure, level=level):
                meant = not rank and bool(claim.terms[claim.term].in_sentence)
                if rate_fits(quantity, fact.value) or (meant and passes_threshold(quantity, fact.value)):
                    late = 0.0 if fact.replaced_by is None else 0.05
                    yield Candidate(Match(fact, Fit.EXACT), telling - rank / 10 - late)


def _find_shares(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    """Find what a percentage is a share of, in the likeliest year."""
    if hinders_share(claim):
        return
    for year in rank_years(claim)[:1]:
        for rank, part in enumerate(find_parts(claim, evidence, year)):
            if share_holds(quantity, part.value * 100):
                yield Candidate(Match(part, Fit.EXACT), 1 - rank / 100)


def hinders_share(claim: Claim) -> bool:
    """Say whether a sentence says what no share of a whole year can be held against."""
    return bool(claim.marks & costs.HINDERING or claim.comparisons or claim.span)


def rate_fits(quantity: Quantity, value: Number) -> bool:
    """Say whether a rate is the percentage."""
    share = value * 100
    slack = 0.5 if quantity.bound is Bound.ABOUT else quantity.step / 2
    if quantity.bound in (Bound.OVER, Bound.UNDER) and not passes_threshold(quantity, value):
        return False
    return abs(share - quantity.low) <= slack + 1e-9


def passes_threshold(quantity: Quantity, value: Number) -> bool:
    """Say whether a rate is on the side of a percentage that the text says: “below 1%”, “over 90%”."""
    share = value * 100
    if quantity.bound is Bound.OVER:
        return share > quantity.low - quantity.step / 20
    return quantity.bound is Bound.UNDER and share < quantity.low + quantity.step / 20


def _find_spreads(claim: Claim, quantity: Quantity, evidence: Evidence) -> Iterator[Candidate]:
    """Find in how many countries claims were pending; the newest release that fits."""
    one_sided = [place for place in rank_places(claim, evidence) if is_one_sided(place)]
    places = [each for each in one_sided if isinstance(each.origin or each.asylum, Country)]
    places = sorted(places[:MAX_PLACES], key=lambda place: not place.origin)[:2]
    places.sort(key=lambda place: (not _may_be_left(claim, place), not _is_named(claim, place)))
    years = rank_years(claim)[:2]
    for rank, spread in enumerate(reversed(evidence.spreads)):
        if spread.place in places and spread.year in years and _spread_fits(quantity, spread):
            exact = quantity.form is not NumberForm.COUNT or quantity.low == spread.countries
            dear = places.index(spread.place) + rank / 100
            yield Candidate(Match(spread, Fit.EXACT if exact else Fit.ROUNDED), 3 - dear)


def _may_be_left(claim: Claim, place: Place) -> bool:
    """Say whether people are from the one country of a place: dozens of countries are those they went to."""
    return place.origin is not None and claim.origins[place.origin.code].agreement is not Agreement.AGAINST


def _is_named(claim: Claim, place: Place) -> bool:
    """Say whether the number's own sentence names the one country of a place."""
    side, area = (claim.origins, place.origin) if place.origin else (claim.asylums, place.asylum)
    return area is not None and side[area.code].near.in_sentence


def _spread_fits(quantity: Quantity, spread: Spread) -> bool:
    if quantity.form is NumberForm.SINGLE:
        return spread.under_ten > 0
    if quantity.form is NumberForm.DOZENS:
        return quantity.low <= spread.countries <= MAX_DOZENS
    if quantity.low < MIN_COUNTRIES:
        return False
    if quantity.bound is Bound.OVER:
        return quantity.low <= spread.countries <= quantity.low + max(5, quantity.step)
    if quantity.bound is Bound.ABOUT:
        return abs(spread.countries - quantity.low) <= 2  # noqa: PLR2004 - “about 50 countries”
    return spread.countries == quantity.low
