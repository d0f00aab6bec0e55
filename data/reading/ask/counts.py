"""What a question counts: the measures that may be meant, each with what it costs to take it so."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise
from typing import TYPE_CHECKING

from data.measures import OUTCOMES
from data.model import Dataset, Measure, Nature
from data.reading.ask.sides import composes
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from data.reading.ask.clues import Clues


class Together(StrEnum):
    """What is counted where no single measure is."""

    OUTCOMES = "decisions and their outcomes"
    EVERYTHING = "everything"


Counted = Measure | Together
Costs = dict[Counted, float]

NEAR, FAR = 1.0, 3.0
"""A reading that is a close second, and one that is not offered unless nothing else is left."""

SUMMARY = re.compile(r"\b(?:snapshot|country profile|overview|fact ?sheet|dashboard)\b", re.IGNORECASE)
REFUGEES = re.compile(r"\brefugees?\b(?! (?:status|claim|application|applicant|protection))", re.IGNORECASE)
ASYLUM = re.compile(r"\basylum\b|\bclaim|\bapplic", re.IGNORECASE)
_ACCEPTED = re.compile(r"accept|admit|reject|let", re.IGNORECASE)
_ADMITTED = re.compile(r"\badmit(?:s|ted|ting)?\b", re.IGNORECASE)
_ARE_REFUGEES = re.compile(
    r"^\W*(?:is it true that )?(?:are|is) (?:an? |the |all )?[\w-]+"
    r" (?:really |considered |counted as |called )?(?:an? )?refugees?\W*$",
    re.IGNORECASE,
)
_ABROAD = re.compile(
    r"\b(?:abroad|outside (?:of )?(?:the|their) (?:country|home)|across borders)\b", re.IGNORECASE
)
_MOVING = (Slot.UP, Slot.DOWN, Slot.CHANGE)
_ARRIVING = (Slot.CAME, Slot.GOT, Slot.FLED, Slot.TOOK)
_BY_WAR = re.compile(
    r"\b(?:displaced|displacement|uprooted) by\b|\b(?:forced|driven) (?:from|out)", re.IGNORECASE
)
_RATES = frozenset({Measure.PROTECTION_RATE, Measure.RECOGNITION_RATE, Measure.REJECTION_RATE})
_SISTERS: dict[Counted, Measure] = {
    Measure.RECOGNITION_RATE: Measure.PROTECTION_RATE,
    Measure.PROTECTION_RATE: Measure.RECOGNITION_RATE,
}
_SEEKING = (Measure.APPLICATIONS, Measure.PENDING)
_POSITIVE = (Measure.RECOGNISED, Measure.COMPLEMENTARY)
_STATUS = {(Measure.RECOGNISED,), _POSITIVE, (Measure.REFUGEES, Measure.RECOGNISED)}
_WHO = re.compile(
    r"\b(?:who|that) (?:have|has|had|were|was|are|hold|got|received|possess)\b|\bwith\b", re.IGNORECASE
)
_CLAIMS = frozenset({Measure.PENDING, Measure.APPLICATIONS})
_POPULATIONS = frozenset(
    each for each in Measure if each.row.dataset in (Dataset.POPULATION, Dataset.SOLUTIONS)
) - {Measure.PENDING}
_SETTLED = (Measure.RESETTLED, Measure.NATURALISED, Measure.RETURNED_REFUGEES, Measure.RETURNED_DISPLACED)
_AND_DECIDED = re.compile(
    r"\b(?:receiv(?:e|ed|es)|get|got|filed?|made|lodged|submitted|registered?),? and (?:then |also )?"
    r"(?:approv|accept|grant|reject|refus|den[iy]|recogni[sz])",
    re.IGNORECASE,
)
"""Claims that came and what became of them, both asked for: “received and approved”."""
_HAVING = re.compile(
    r"\b(?:has|have|had) (?:the )?(?:most|more|largest|biggest|highest)\b|\bliv(?:e|es|ing)\b"
    r"|\b(?:are|were) (?:there )?(?:more|fewer)\b",
    re.IGNORECASE,
)
_JOINED = re.compile(
    r"\s*(?:(?:,|&|/|\+|\b(?:(?:and|or)(?: (?:are|were))?|to|vs\.?|versus|plus|as well as|together with"
    r"|compared (?:to|with)|(?:(?:are|were) there )?than)\b)\s*)+",
    re.IGNORECASE,
)
_AND = re.compile(r"\s*(?:,|&|,?\s*\band)\s*(?:the )?(?:number of )?", re.IGNORECASE)
_ORDERING = (
    Slot.COUNTRIES, Slot.WHERE, Slot.WHO, Slot.MOST, Slot.LEAST, Slot.NTH, Slot.RANK, Slot.SHARE, Slot.MAP,
    Slot.COMPARE, Slot.DIFFERENCE, Slot.UP, Slot.DOWN, Slot.CHANGE, Slot.TREND, Slot.EACH_YEAR, Slot.ORIGINS,
    Slot.ASYLUMS, Slot.RECORD, Slot.WHICH_YEAR,
)  # fmt: skip
"""What sets countries in order or beside each other; without any they are only named together."""
PEOPLE = (Measure.REFUGEES, Measure.OTHERS_IN_NEED, Measure.PENDING, Measure.APPLICATIONS)
_COUNTING = (
    Slot.HOW_MANY, Slot.MOST, Slot.LEAST, Slot.COMPARE, Slot.TREND, Slot.RECORD, Slot.SHARE, Slot.HISTORY,
    Slot.PERIOD, Slot.CAME, Slot.GOT, Slot.NOW, Slot.WHO, Slot.WHERE, Slot.UP, Slot.DOWN, Slot.HOSTED,
    Slot.TOOK, Slot.LIVING, Slot.FLED, Slot.TOTAL, Slot.TOGETHER, Slot.EACH_YEAR,
)  # fmt: skip


def choose_counted(clues: Clues, *, several: bool) -> Costs:
    """Return what may be counted, with costs.

    `several`: places are set beside each other, or ranked, for which a single measure is needed.
    """
    strong = list(dict.fromkeys(m.value.measures for m in clues.measures if not m.value.weak))
    if joined := find_joined(clues):
        return joined
    if clues.says(SUMMARY) and not strong and not several:
        return {Together.EVERYTHING: 0}
    if clues.has(Slot.CHANGES):
        return dict.fromkeys(strong[0], 0) if len(strong) == 1 else {Together.EVERYTHING: 0}
    if both := _choose_both(clues, strong, several=several):
        return both
    if refugees := _choose_refugees(clues, strong, several=several):
        return refugees
    if clues.has(Slot.OUTCOMES):
        if several:
            return {Measure.PROTECTION_RATE: 0, Measure.RECOGNITION_RATE: NEAR}
        return {Together.OUTCOMES: 0}
    listed = sum(each.value.single is not None for each in clues.years) > 1 and not several
    if listed and (decided := [of for each in strong for of in each if of in OUTCOMES]):  # a line for each
        return dict.fromkeys(decided, 0)
    if strong:
        counted = _settle(_choose_strong(strong), clues, several=several)
        return counted if several else _add_sister(counted)
    return _choose_weak(clues, several=several)


def find_joined(clues: Clues) -> Costs:
    """Return kinds of people that are named together: “refugees and internally displaced people”."""
    found: list[Counted] = []
    apart = True
    for one, other in pairwise(clues.measures):
        between, people = clues.text[one.end : other.start], _POPULATIONS | _CLAIMS
        side_by_side = between.isspace() and {one.value.measures[0], other.value.measures[0]} <= people
        if side_by_side or _JOINED.fullmatch(between):
            apart = apart and not side_by_side
            found += [one.value.measures[0], other.value.measures[0]]
    kinds = dict.fromkeys(found, 0.0)
    one_each = all(each.value.weak or len(each.value.measures) == 1 for each in clues.measures)
    people = (_POPULATIONS | _CLAIMS) & set(kinds)
    several = len(kinds) > 2 and one_each and bool(people)  # noqa: PLR2004 - more than a pair
    told = _POPULATIONS & set(kinds) or set(kinds) == _CLAIMS or several
    enough = len(kinds) > 1 if apart else several  # “refugees IDPs asylum seekers 2023”
    return kinds if enough and told else {}


def _choose_both(clues: Clues, strong: list[tuple[Measure, ...]], *, several: bool) -> Costs:
    """Return the claims that came and those that were decided, where both are asked for."""
    decided = [each for each in strong if not _CLAIMS & set(each)]
    came = Measure.APPLICATIONS if clues.says(_AND_DECIDED) else _find_claims_beside(clues)
    if several or not decided or came is None:
        return {}
    rest = _settle(_choose_strong(decided), clues, several=False)
    return {came: 0, **dict.fromkeys(rest, 0)}


def _find_claims_beside(clues: Clues) -> Measure | None:
    """Return the claims that are named together with decisions on them: “applications and rejections”."""
    named = {of for each in clues.measures for of in each.value.measures}
    for one, other in pairwise(clues.measures) if len(named & _CLAIMS) == 1 else ():
        kinds = (one.value.measures, other.value.measures)
        claims = [each for each in kinds if _CLAIMS & {*each}]
        decided = any({*each} <= {*OUTCOMES} for each in kinds)
        if len(claims) == 1 and decided and _AND.fullmatch(clues.text[one.end : other.start]):
            return claims[0][0]
    return None


def _choose_refugees(clues: Clues, strong: list[tuple[Measure, ...]], *, several: bool) -> Costs:
    """Refugees are not claims: a country that takes them in, or that they live in, has a stock."""
    if strong and clues.has(Slot.LIVING) and not clues.years and set(strong) <= _STATUS and clues.says(_WHO):
        return {Measure.REFUGEES: 0, Measure.RECOGNISED: NEAR}
    verbs = [m for m in clues.measures if not m.value.weak]
    plain = all(_ACCEPTED.match(clues.text[m.start : m.end].strip()) for m in verbs)
    taken = clues.has(Slot.MOST) or (clues.has(Slot.COMPARE) and not clues.years)
    people = clues.says(REFUGEES) or (taken and _names_people(clues) and not clues.says(ASYLUM))
    if set(strong) != {_POSITIVE} or not plain or not people:
        return {}
    if clues.has(Slot.SHARE, Slot.MAJORITY) and not several:
        return {Measure.PROTECTION_RATE: 0, Measure.RECOGNITION_RATE: NEAR}
    return {Measure.REFUGEES: 0, Together.OUTCOMES: NEAR, Measure.RESETTLED: NEAR}


def _names_people(clues: Clues) -> bool:
    """Say whether a people is who is taken in: “which country has accepted the most Ukrainians?”."""
    return any(each.value.people and each.value.countries for each in clues.places)


def _choose_strong(found: list[tuple[Measure, ...]]) -> tuple[Counted, ...]:
    """Of several wordings, the one that says most: a rate, else an outcome, else all of them."""
    rates = [each for each in found if set(each) <= _RATES]
    if rates and not {(of,) for of in _SETTLED} & {*found}:  # no “chance of resettling”
        return min(rates, key=len)
    if people := _choose_population(found):
        return people
    for vague in ((Measure.STATELESS,), (Measure.APPLICATIONS,), (Measure.DECISIONS,)):
        if len(found) > 1:  # “applied and were rejected”, “decisions that were positive”
            found = [each for each in found if each != vague] or found
    if {(Measure.RECOGNISED,), (Measure.COMPLEMENTARY,)} & set(found):  # “granted complementary protection”
        found = [each for each in found if each != _POSITIVE]
    if len(found) == 1:
        return found[0]
    if any(Measure.PENDING in each for each in found) or (Measure.APPLICATIONS,) in found:
        return (Together.EVERYTHING,)
    return (Together.OUTCOMES,)


def _choose_population(found: list[tuple[Measure, ...]]) -> tuple[Counted, ...]:
    """Return the kind of people that is named by itself, the last of several; none where there is none."""
    if (Measure.DISPLACED,) in found and (Measure.RETURNED_REFUGEES,) in found:
        return (Measure.RETURNED_DISPLACED,)
    if len(found) > 1:  # “stateless people who applied”: there they are an origin
        found = [each for each in found if each != (Measure.STATELESS,)] or found
    return tuple(each[0] for each in found if len(each) == 1 and each[0] in _POPULATIONS)[-1:]


def _settle(found: tuple[Counted, ...], clues: Clues, *, several: bool) -> Costs:
    """Take outcomes together where no single measure is named or needed; a share of them is a rate."""
    flows = {each for each in found if isinstance(each, Measure) and each.nature is Nature.FLOW}
    if clues.has(Slot.FIRST_INSTANCE) and not {*_CLAIMS, Measure.ALL_STAGES} & {*found}:
        return {Together.OUTCOMES: 0}
    if clues.has(Slot.SHARE) and found == (Measure.REFUGEES, Measure.RECOGNISED):  # “deemed refugees”
        found = (Measure.RECOGNISED,)
    outcomes = flows - {Measure.APPLICATIONS, Measure.ALL_STAGES, Measure.DECISIONS}
    parts = (clues.has(Slot.SHARE, Slot.MAJORITY) and not composes(clues)) or any(
        each.value.percent for each in clues.floors
    )
    if parts and outcomes and outcomes == set(found):
        if found == (Measure.REJECTED,):
            return {Measure.REJECTION_RATE: 0}
        if found == (Measure.RECOGNISED,):
            return {Measure.RECOGNITION_RATE: 0}
        if outcomes <= set(_POSITIVE):
            return {Measure.PROTECTION_RATE: 0, Measure.RECOGNITION_RATE: NEAR}
    if not several and (found == _POSITIVE or (set(found) == _RATES - {Measure.REJECTION_RATE})):
        apart = clues.years and clues.has(Slot.UP, Slot.DOWN, Slot.FACTOR, Slot.COMPARE, Slot.DIFFERENCE)
        return dict.fromkeys(found, 0) if apart else {Together.OUTCOMES: 0}  # each tells two years
    if found == (Measure.DISPLACED,) and clues.says(_ABROAD):
        return {Measure.REFUGEES: 0, Measure.OTHERS_IN_NEED: 0}
    if found == (Measure.DISPLACED,) and clues.says(_BY_WAR):
        return {Measure.DISPLACED: 0, Measure.REFUGEES: 0}
    return _by_place(found[::-1] if found == _SEEKING and clues.has(Slot.NOW) else found)


def _add_sister(counted: Costs) -> Costs:
    """Add to a rate the one that has what it leaves out: with and without complementary protection."""
    rate = next(iter(counted))
    return {rate: 0, _SISTERS[rate]: NEAR} if len(counted) == 1 and rate in _SISTERS else counted


def _by_place(found: tuple[Counted, ...]) -> Costs:
    """The first of a list costs nothing, those after it are close seconds."""
    return {each: NEAR * bool(place) for place, each in enumerate(found)}


def _take_refugees(clues: Clues) -> Costs:
    """Take refugees as such; of a people also who is in need as they are: most Venezuelans abroad."""
    if clues.says(_ARE_REFUGEES) and len(clues.places) == 1 and clues.places[0].value.people:
        return {Measure.REFUGEES: 0, Measure.OTHERS_IN_NEED: 0}
    costs: Costs = {Measure.REFUGEES: 0}
    return {**costs, Measure.APPLICATIONS: NEAR} if clues.has(*_ARRIVING) else costs


def _choose_weak(clues: Clues, *, several: bool) -> Costs:
    """Choose where only people are named: by what they did, else by what they are called."""
    weak = [m.value.measures for m in clues.measures]
    if clues.says(REFUGEES) and clues.says(_ADMITTED) and not several:  # who is admitted is resettled
        return {Measure.RESETTLED: 0, Measure.REFUGEES: NEAR}
    if clues.says(REFUGEES):
        return _take_refugees(clues)
    if not (weak or clues.claims or clues.has(*_COUNTING) or several):
        return {Together.EVERYTHING: 0}
    named = [
        each for measures in weak for each in measures if each in (Measure.PENDING, Measure.APPLICATIONS)
    ]
    if named or clues.says(ASYLUM):
        return _choose_claims(clues)
    had = several and clues.says(_HAVING) and not clues.has(Slot.CAME, Slot.GOT, *_MOVING)
    together = several and not clues.has(*_ORDERING, Slot.CAME, Slot.GOT, Slot.FLED, Slot.HOSTED, Slot.TOOK)
    if together and not had:
        return dict.fromkeys(PEOPLE, 0)
    if not had and several and not clues.has(Slot.FLED, Slot.HOSTED, Slot.TOOK, Slot.CAME):
        return {Measure.APPLICATIONS: 0, Measure.REFUGEES: NEAR}
    taken = clues.has(Slot.FLED) or (clues.has(Slot.HOSTED, Slot.TOOK) and not clues.has(Slot.CAME))
    if had or taken or several:
        return {Measure.REFUGEES: 0, Measure.OTHERS_IN_NEED: 0, Measure.APPLICATIONS: NEAR}
    if clues.has(Slot.CAME):
        return {Measure.REFUGEES: 0, Measure.APPLICATIONS: 0}
    if clues.has(Slot.GOT):
        return {Measure.APPLICATIONS: 0, Measure.REFUGEES: NEAR}
    return dict.fromkeys(PEOPLE, 0)


def _choose_claims(clues: Clues) -> Costs:
    """Those who wait, or those who come: the verb tells, else both are given."""
    came = clues.has(Slot.CAME, Slot.GOT, Slot.TOOK)
    if clues.has(Slot.NOW, Slot.HOSTED, Slot.LIVING) and not came:
        return {Measure.PENDING: 0, Measure.APPLICATIONS: NEAR}
    if came or clues.has(Slot.EACH_YEAR, Slot.UP, Slot.DOWN):
        return {Measure.APPLICATIONS: 0, Measure.PENDING: NEAR}
    if any(each.value.single is None and not each.value.newest for each in clues.years):
        return {Measure.APPLICATIONS: 0, Measure.PENDING: NEAR}
    return {Measure.PENDING: 0, Measure.APPLICATIONS: 0}
