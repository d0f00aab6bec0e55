"""How well a figure and the sentence of a number go together, in powers of ten. Pure.

A number that fits a figure by chance is the rarer the more it says: the surprise. What the sentence says
otherwise than the figure is, costs; nothing forbids. `weights.csv` was fitted on labelled texts: each weight
is how many times less often a figure is meant that differs from its sentence so, as a power of ten.
"""

from __future__ import annotations

import csv
import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from itertools import chain
from operator import itemgetter
from typing import TYPE_CHECKING

import numpy as np

from data.model import ALL, Level, Measure, Nature, ReferencePeriod, Unit
from data.reading.check.claim import Agreement, Mark, Near, Subject, Term
from data.reading.check.evidence import FORMS, Variant
from data.reading.check.terms import MEANT
from data.store.value_index import UNITS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from data.model import Release
    from data.reading.check.claim import Claim, Named
    from data.reading.check.evidence import Fact, Form
    from data.store.value_index import Array, Codes, PlaceTable

CONFUSED = (Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES)
"""What people take for each other."""

CONFUSING = frozenset(
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
RANGE = 0.85
"""Figures are spread over seven times the width of an e-fold: the logarithm of it."""


@cache
def read_weights() -> Mapping[str, float]:
    """Read the table that lies beside this module."""
    table = files(__package__).joinpath("weights.csv").read_text(encoding="utf-8")
    return {row["feature"]: float(row["weight"]) for row in csv.DictReader(table.splitlines())}


def cost(features: Iterable[str]) -> float:
    """Sum up what these differences cost."""
    weights = read_weights()
    return sum(weights[feature] for feature in features)


def surprise(value: float, width: float) -> float:
    """Say how rarely a number would hit a figure within this width by chance."""
    return math.log10(max(value, 1) / max(width, 1)) + RANGE


NO_WIDTH = 0.01


def distance(value: float, other: float) -> float:
    """Say what it costs that two values are apart: a hit within that width surprises the less."""
    width = max(2 * (max(value, other) / max(min(value, other), 1) - 1), NO_WIDTH)
    return read_weights()["distance"] * math.log10(width)


def of_claim(claim: Claim) -> Iterator[str]:
    """What makes it unlikely that the number is any figure at all."""
    yield f"noun:{claim.subject.value}" if claim.subject is Subject.UNCLEAR else "noun:people"
    if not claim.about_asylum:
        yield "text:other"
    for mark in claim.marks:
        yield f"mark:{mark.value}"


def _leave_sides_open(features: Iterable[str]) -> Iterator[str]:
    return (each for each in features if not each.endswith(":against"))


Weighed = tuple[tuple[str, ...], float]
"""Differences, and what they cost together."""


class Weighing:
    """What a figure differs in from a claim, each weighed once."""

    def __init__(self, claim: Claim) -> None:
        self.claim = claim
        self.base = _weigh(of_claim(claim))
        self.where = _share_places(_Same(claim.origins), _Same(claim.asylums), claim.worldwide)
        self.words = _share_words(
            claim.term,
            frozenset(claim.terms.items()),
            claim.kin_measures,
            claim.at_first,
            claim.cases,
            claim.with_seekers,
            claim.kin_repeats,
        )
        if not self.words.kinds:
            self.words.weigh(claim)

    @property
    def sides(self) -> tuple[dict[str, float], dict[str, float]]:
        """What each of the countries that a text names, and all of them, would cost as either side."""
        if not self.where.named:
            self.where.named = self._weigh_named("origin"), self._weigh_named("asylum")
        origins, asylums = self.where.named
        return origins, asylums

    def _weigh_named(self, side: str) -> dict[str, float]:
        """Weigh each of the countries of one side: most are outdone by the same one."""
        named = self.claim.asylums if side == "asylum" else self.claim.origins
        near = [(code, near) for code, near in self.claim.telling[side == "asylum"] if near is not Near.TAKEN]
        first, nearest = near[0] if near else ("", Near.NEVER)
        alike: dict[tuple[Near, Agreement], float] = {}
        found = {ALL: self._side(side, ALL, "")[1]}
        for code, each in named.items():
            if code == first:
                found[code] = self._side(side, code, "")[1]
                continue
            own = each.near, each.agreement
            if own not in alike:
                alike[own] = _weigh_side(side, own, nearest)[1]
            found[code] = alike[own]
        return found

    def place(self, codes: Codes, *, at_home: bool = False) -> Weighed:
        """Weigh the places of a figure."""
        key, places = (codes, at_home), self.where.places
        if key not in places:
            origin, asylum = codes
            sides = self._side("origin", origin, asylum), self._side("asylum", asylum, origin)
            rest = _weigh(of_both(self.claim, codes))
            found = (
                tuple(chain(*(told for told, _ in (*sides, rest)))),
                sum(dear for _, dear in (*sides, rest)),
            )
            if at_home:
                either = (found, self.place((asylum, origin)))
                found = min((_weigh(_leave_sides_open(told)) for told, _ in either), key=itemgetter(1))
            places[key] = found
        return places[key]

    def _side(self, side: str, code: str, other: str) -> Weighed:
        """Weigh one place; the `other` matters only where the text puts it on this side as well."""
        telling = self.claim.telling[side == "asylum"]
        nearest = Near.NEVER
        for key, near in telling:
            if key not in (code, other) and near is not Near.TAKEN:
                nearest = near
                break
        if code == ALL:
            return _weigh_side(side, None, nearest, everywhere=True)
        own = (self.claim.asylums if side == "asylum" else self.claim.origins).get(code)
        return _weigh_side(side, own and (own.near, own.agreement), nearest)

    def year(self, year: int) -> Weighed:
        """Weigh the year of a figure."""
        return self._years.get(year) or (_SPAN if _is_within(self.claim, year) else _NEVER)

    def weigh_years(self, known: Sequence[int]) -> Array:
        """Return what each of these years costs, which are in order."""
        found = [_NEVER[1]] * len(known)
        if self.claim.span is not None:
            first, after = bisect_left(known, self.claim.span[0]), bisect_right(known, self.claim.span[1])
            found[first:after] = [_SPAN[1]] * (after - first)
        for year, (_, dear) in self._years.items():
            number = bisect_left(known, year)
            found[number : bisect_right(known, year, number)] = [dear] * (
                known[number : number + 1] == [year]
            )
        return np.array(found)

    def rank_named(self, known: PlaceTable) -> Array:
        """Return the rows of those places of which both sides are named, the likeliest of these first."""
        dear, orders = np.zeros(len(known.codes)), []
        for side, named in zip(known.sides, self.sides, strict=True):
            order = {code: number for number, code in enumerate(named)}
            orders.append(np.array([order.get(code, -1) for code in known.numbers], int)[side])
            dear += np.array([named.get(code, 0.0) for code in known.numbers])[side]
        rows = np.flatnonzero(np.minimum(*orders) >= 0)
        first, second = (each[rows] for each in orders)
        return rows[np.lexsort((second, first, dear[rows]))]

    def weigh_places(self, known: PlaceTable) -> Array:
        """Return what each of these places costs, where nobody is counted at home."""
        if self.where.weighed[0] is not known:
            sides = [
                self._weigh_side_of(known, side, number, other)
                for side, number, other in zip(
                    ("origin", "asylum"), known.sides, known.sides[::-1], strict=True
                )
            ]
            at, elsewhere = known.sides == known.numbers.get(ALL, -1)
            found = np.zeros(len(at))
            if self.claim.worldwide:
                found[~elsewhere] = _weigh(["asylum:though-world"])[1]
            else:
                found[at & elsewhere] = _weigh(["world:unsaid"])[1]
            self.where.weighed = known, sides[0] + sides[1] + found
        return self.where.weighed[1]

    def _weigh_side_of(self, known: PlaceTable, side: str, codes: Array, others: Array) -> Array:
        """Return what one side of each place costs: less where the other one is what outdoes it."""
        never = _weigh_side(side, None, Near.NEVER)[1]
        weighed = self.sides[side == "asylum"]
        alone = np.array([weighed.get(code, never) for code in known.numbers])[codes]
        telling = [key for key, near in self.claim.telling[side == "asylum"] if near is not Near.TAKEN]
        names = [*known.numbers]
        for first in telling[:2]:  # the nearest of all, and that beside it
            for row in np.flatnonzero(others == known.numbers.get(first, -1)).tolist():
                code = names[codes[row]]
                if code == ALL or code in weighed:
                    alone[row] = self._side(side, code, first)[1]
        return alone

    @cached_property
    def _years(self) -> dict[int, Weighed]:
        """What the years cost that the text names, and those beside them."""
        claim = self.claim
        beside = {year + step for year, near in claim.years.items() if near.in_sentence for step in (-1, 1)}
        ranks = [near.rank for near in claim.years.values() if near is not Near.TAKEN]
        least = min(ranks, default=Near.NEVER.rank)
        spoken = {*claim.years, *claim.kin_years, *beside}
        return {year: _weigh(of_year(claim, year, least)) for year in spoken}

    def form(self, form: Form, unit: Unit | None) -> Weighed:
        """Weigh what is counted."""
        return self.words.weigh_form(form, unit)

    @property
    def forms(self) -> Array:
        """What each of `FORMS` costs in each of `UNITS`."""
        return self.words.costs


class _Same:
    """A mapping of places, told from others by being another one."""

    __slots__ = ("_named",)

    def __init__(self, named: Mapping[str, Named]) -> None:
        self._named = named

    def __hash__(self) -> int:
        return id(self._named)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self._named is other._named


@dataclass(slots=True, eq=False)
class Where:
    """What places were weighed for the claims that name the same: `named` on each side, and pairs.

    `weighed` is what each of the places costs of which a text's releases know anything.
    """

    named: tuple[dict[str, float], ...] = ()
    weighed: tuple[PlaceTable | None, Array] = (None, np.empty(0))
    places: dict[tuple[Codes, bool], Weighed] = field(default_factory=dict)


@lru_cache(maxsize=128)
def _share_places(*_names: object) -> Where:
    """Return what was weighed for a claim before it was known what the others of its text are."""
    return Where()


@dataclass(slots=True, eq=False)
class Words:
    """What is weighed for the claims that say the same of what is counted: each of `FORMS`, and each unit."""

    kinds: list[Weighed] = field(default_factory=list)
    units: dict[Unit | None, Weighed] = field(default_factory=dict)
    costs: Array = field(default_factory=lambda: np.empty(0))

    def weigh(self, claim: Claim) -> None:
        """Weigh them once for all of these claims."""
        terms = sorted(claim.terms.items(), key=lambda each: each[1].rank)
        said: dict[tuple[Measure, Variant], str] = {}
        for form in FORMS:  # what is said of a measure, is said of both of its levels
            key = form.measure, form.variant
            if key not in said:
                said[key] = _of_measure(claim, form, terms)
            self.kinds.append(_weigh(of_form(claim, form, said[key])))
        self.units |= {unit: _weigh(of_unit(claim, unit)) for unit in UNITS}
        self.costs = np.array([[dear + more for _, dear in self.kinds] for _, more in self.units.values()])

    def weigh_form(self, form: Form, unit: Unit | None) -> Weighed:
        """Weigh a form in a unit."""
        (told, dear), (more, besides) = self.kinds[form.number], self.units[unit]
        return (*told, *more), dear + besides


@lru_cache(maxsize=128)
def _share_words(*_words: object) -> Words:
    """Return what was weighed for claims in the same words: all that what is counted is weighed by."""
    return Words()


@lru_cache(maxsize=128)
def weigh(claim: Claim) -> Weighing:
    """Return what was weighed of a claim already; a text has at most half as many."""
    return Weighing(claim)


def _weigh(features: Iterable[str]) -> Weighed:
    return _weigh_together(tuple(features))


@lru_cache(maxsize=4096)
def _weigh_together(features: tuple[str, ...]) -> Weighed:
    """Weigh differences that come together again and again."""
    return features, cost(features)


_NEVER, _SPAN = _weigh(["year:never"]), _weigh(["year:span"])


def of_both(claim: Claim, codes: Codes) -> Iterator[str]:
    """How the places of a figure go together, and with a text on the world."""
    origin, asylum = codes
    if asylum != ALL and claim.worldwide:
        yield "asylum:though-world"
    if codes == (ALL, ALL) and not claim.worldwide and claim.names_place_before:
        yield "world:unsaid"
    if origin == asylum != ALL:
        yield "same-country"


@cache
def _weigh_side(
    side: str, own: tuple[Near, Agreement] | None, nearest: Near, *, everywhere: bool = False
) -> Weighed:
    """Weigh how near a text puts one side of a figure, and how near the `nearest` other that it tells of.

    `own` is None where the text does not name it; `everywhere`: it is all countries.
    """
    return _weigh(_of_side(side, own, nearest, everywhere=everywhere))


def _of_side(
    side: str, own: tuple[Near, Agreement] | None, nearest: Near, *, everywhere: bool
) -> Iterator[str]:
    if everywhere:
        yield f"no-{side}:{nearest.value}"
        return
    if own is None:
        yield f"{side}:never"
        return
    near, agreement = own
    yield f"{side}:{near.value}"
    if agreement is not Agreement.SAID:
        yield f"{side}:{agreement.value}"
    if nearest.rank < near.rank:
        yield f"{side}:outdone"


def of_year(claim: Claim, year: int, least: int) -> Iterator[str]:
    """How far the year of a figure is from those the text names, of which `least` is the nearest rank."""
    near = claim.years.get(year)
    if year in claim.kin_years and (near is None or near.rank > Near.EARLIER.rank):
        yield "year:kin"
        return
    if near is None or (near is Near.SENTENCE and _is_inside(claim, year)):
        yield "year:span" if _is_within(claim, year) else "year:next"
        return
    yield f"year:{near.value}"
    if least < near.rank:
        yield "year:outdone"


def _is_inside(claim: Claim, year: int) -> bool:
    """Say whether a year lies between the ends of a span, neither of which it is."""
    return claim.span is not None and claim.span[0] < year < claim.span[1]


def _is_within(claim: Claim, year: int) -> bool:
    return claim.span is not None and claim.span[0] <= year <= claim.span[1]


def of_form(claim: Claim, form: Form, said: str) -> Iterator[str]:
    """How far what is counted is from what the text says; `said` is how far its measure is."""
    open_to_kin = claim.term in CONFUSING or not claim.terms[claim.term].in_sentence
    kin = form.measure in claim.kin_measures and form.variant is not Variant.REPEATS and open_to_kin
    yield "measure:kin" if kin and said in _UNSAID else said
    alone = form.variant is Variant.WITH_SEEKERS and not claim.with_seekers
    variant = form.variant
    if claim.kin_repeats and form.measure is Measure.APPLICATIONS and variant in _SWAPPED:
        variant = _SWAPPED[variant]  # its other numbers count repeat applications
    yield "form:with-seekers-unsaid" if alone else _FORM[variant]
    if form.level is Level.FIRST:
        yield (
            "level:first-said"
            if claim.at_first is Near.CLAUSE
            else "level:first-mentioned"
            if claim.at_first is Near.EARLIER
            else "level:first-unsaid"
        )
    elif claim.at_first is Near.CLAUSE and form.measure not in CONFUSED:
        yield "level:all-though-first"


def of_unit(claim: Claim, unit: Unit | None) -> Iterator[str]:
    """How far the unit is from what the text says: who says nothing, means persons."""
    if unit is Unit.CASES:
        yield "unit:cases-said" if claim.cases else "unit:cases"
    elif unit is None:
        yield "unit:both"


_FORM = {each: f"form:{each.value}" for each in Variant}
_SWAPPED = {Variant.PLAIN: Variant.WITH_REPEATS, Variant.WITH_REPEATS: Variant.PLAIN}

_UNSAID = frozenset({"measure:unsaid", "measure:text", "measure:confused", "measure:other"})


def _of_measure(claim: Claim, form: Form, terms: Sequence[tuple[Term, Near]]) -> str:
    own = claim.term
    if own is Term.NOTHING or not claim.terms:
        unsaid = form.measure in CONFUSED and form.variant is not Variant.REPEATS
        return "measure:unsaid" if unsaid else "measure:other"
    if is_meant(own, form):
        if not claim.terms[own].in_sentence:
            return "measure:carried"
        return "measure:first" if is_meant_first(own, form) else "measure:meant"
    nearest = next((near for term, near in terms if term is not own and is_meant(term, form)), None)
    if nearest:
        return (
            "measure:sentence"
            if nearest.in_sentence
            else "measure:carried"
            if nearest is Near.CARRIED and not claim.terms[own].in_sentence
            else "measure:text"
        )
    confused = form.measure in CONFUSED and form.variant is not Variant.REPEATS and own in CONFUSING
    return "measure:confused" if confused else "measure:other"


@cache
def is_meant(term: Term, form: Form) -> bool:
    """Say whether what a text says of a number agrees with what is counted."""
    if form.variant is Variant.REPEATS or term is Term.REPEAT:
        return form.variant is Variant.REPEATS and term is Term.REPEAT
    if form.variant is Variant.PROTECTED:
        return term in (Term.PROTECTED, Term.RECOGNISED)
    if form.variant is Variant.WITH_SEEKERS:
        return term in (Term.REFUGEES, Term.SEEKERS)
    return form.measure in MEANT[term]


def is_meant_first(term: Term, form: Form) -> bool:
    """Say whether it is what the words mean in the first place."""
    if form.variant is Variant.PROTECTED:
        return term is Term.PROTECTED
    return form.measure is MEANT[term][0]


_OF_NEWEST = frozenset({Variant.FIRST_ALONE, Variant.WITH_REPEATS, Variant.REPEATS})
"""What is read by stage, from the newest release alone."""


def of_time(claim: Claim, fact: Fact, then: Release | None) -> Iterator[str]:
    """How a figure stands to the day of the text, `then` the release of that day, and to the year."""
    middle = claim.means_middle(fact.measure.nature, fact.year)
    half = fact.period is ReferencePeriod.MID_YEAR
    replaced = fact.replaced_by
    later = then is not None and fact.first.id > then.id and fact.variant not in _OF_NEWEST
    if then:
        yield "text:kept"
    if then and not later and (replaced is None or replaced.id > then.id or (half and middle)):
        yield "release:then"
    elif replaced is None:
        yield "release:newer" if later else "release:now"
    else:
        yield "release:later" if later else "release:older"
    if half and not middle:
        yield "half:stock" if fact.measure.nature is Nature.STOCK else "half:unsaid"
    elif not half and middle:
        yield "half:whole"


HINDERING = frozenset(
    {
        Mark.MONTHS,
        Mark.FISCAL,
        Mark.SOURCE,
        Mark.REGION,
        Mark.TOWN,
        Mark.SO_FAR,
        Mark.PART,
        Mark.SUM,
        Mark.UNRWA,
    }
)
"""Marks of what cannot be checked here."""
