"""Several questions in one sentence: where each begins, and what it has from the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from data.model import Measure, Role
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from data.reading.ask.clues import Clues
    from data.reading.measures import Wording
    from data.reading.places import Naming
    from data.reading.words import Mention

ASKED = r"(?:how (?:many|much|has|have|did)|who|what|which|where)"
_WHO_TAKES = re.compile(
    r"\b(?:who|which \w+) (?:resettle[sd]?|naturali[sz]e[sd]?|hosts?|hosted|took)\b", re.IGNORECASE
)
_WHICH = re.compile(r"^\s*(?:which|who)\b", re.IGNORECASE)
_DOES = re.compile(
    r"\b(?:are|were|is|was|did|do|does|has|have|had|live[ds]?|living|in|there|came|went|appl\w+|fled|got)\b|ed\b",
    re.IGNORECASE,
)
_AND = r"(?: and| or|/)+ ?(?:also )?"
_AND_ALSO = re.compile(r",? (?:and|&|vs\.?|versus) (?:the )?(?:total )?(?:number of )?", re.IGNORECASE)
_BOTH_SIDES = re.compile(
    rf"\b(?:(?:in|to|into){_AND}from|from{_AND}(?:in|to|into))(?: the)? $",
    re.IGNORECASE,
)
_ASKED_TWICE = re.compile(rf"\b{ASKED}\b.*\b{ASKED}\b", re.IGNORECASE)
SIDES_AND_YEAR = 3
"""An origin, a country of asylum and a year: so many are named of a pair."""
_THEMSELVES = re.compile(
    r"\b(?:people|persons?|refugees?|asylum|applicants?|applications?|claims?|fled|flee|displaced)\b",
    re.IGNORECASE,
)
"""Words of a part that counts people of its own: not “and how many are from Syria?”."""
_NUMBERED = (
    r"(?:the )?(?:total )?number (?:of (?:those|them|these) )?"
    r"(?:(?:that|who|which|of those) |(?:granted|approved|accepted|rejected|refused|denied|recogni[sz]ed)\b)"
)
_LISTED = r"(?:the|their) (?:\w+ )?(?:nationalit|countries of origin)"
_PART = re.compile(
    rf"(?:[,;.?!:]\s+(?:and |but )?|\s+(?:and|&)\s+)(?=(?:(?:from|in|to) )?{ASKED}\b|{_LISTED}|{_NUMBERED})"
    r"|;\s+(?:and )?(?=(?:the )?(?:total )?numbers? of\b)",
    re.IGNORECASE,
)
_BEFORE_PART = re.compile(rf"\b(?:{ASKED}|is|are|did|do|does|has|have|was|were|number)\b", re.IGNORECASE)


def split_parts(clues: Clues) -> list[Clues]:
    """Part a sentence where a second question begins; what a part does not name it has from the whole."""
    if both := _part_sides(clues):
        return both
    starts = (
        find_pairs(clues)
        or _find_pairs_of_counts(clues)
        or [
            match.end()
            for match in _PART.finditer(clues.text)
            if _BEFORE_PART.search(clues.text[: match.start()])
        ]
    )
    if not starts:
        return [clues]
    bounds = [0, *starts, len(clues.text)]
    parts = [clues.within(one, other) for one, other in pairwise(bounds)]
    ranks, *later = (part.has(Slot.COUNTRIES, Slot.WHO) or part.says(_WHICH) for part in parts)
    whole = None if any(later) or not ranks else parts[0]  # “Which hosts the most, and how many has Kenya?”
    return [
        replace(
            part,
            text=part.text if part.measures else f"{part.text} {_people(clues)}",
            places=part.places if part is whole else _fill_places(part, clues),
            years=part.years or clues.years,
            measures=_fill_measures(part, parts) or clues.measures,
            slots=part.slots if clues.measures or part is parts[0] else (*part.slots, *_told_of(parts[0])),
        )
        for part in parts
    ]


def _part_sides(clues: Clues) -> list[Clues]:
    """Ask for both sides of one country: “in and from Rwanda”, “refugees in Rwanda and from Rwanda”."""
    one, other = (*clues.places, None, None)[:2]
    if one is None or len({each.value.countries for each in clues.places}) > 1:
        return []
    both = other is None and _BOTH_SIDES.search(clues.text[: one.start])
    roles = {one.value.role, other.value.role} if other else set()
    if not both and (roles != {*Role} or clues.says(_ASKED_TWICE)):
        return []
    return [
        replace(clues, places=(replace(one, value=replace(one.value, role=role, people=False)),))
        for role in (Role.ASYLUM, Role.ORIGIN)
    ]


def _fill_measures(part: Clues, parts: list[Clues]) -> tuple[Mention[Wording], ...]:
    """Take what is counted from the first part, or, where that has no verb, from the last: “… went home”."""
    if part is parts[0] and not part.says(_DOES):
        strong = tuple(each for each in parts[-1].measures if not each.value.weak)
        return strong or part.measures
    return part.measures or parts[0].measures


def _told_of(first: Clues) -> tuple[Mention[Slot], ...]:
    """Return what is said of people whom no other word counts: “who fled … and where are they now?”."""
    return tuple(each for each in first.slots if each.value in (Slot.FLED, Slot.HOSTED, Slot.LIVING))


def find_pairs(clues: Clues) -> list[int]:
    """Return where another country with a year of its own begins: “… in 2015 and in Sweden in 2014”."""
    if both := _find_pairs_of_sides(clues):
        return both
    places = [each for each in clues.places if not each.value.people]
    years = [each for each in clues.years if each.value.single]
    if not 1 < len(years) == len(places) or len({each.value.single for each in years}) == 1:
        return []
    ordered = sorted([*places, *years], key=lambda each: each.start)
    first, second = ordered[::2], ordered[1::2]
    if set(map(id, first)) not in ({*map(id, places)}, {*map(id, years)}):
        return []
    return [_begins_at(clues, before, one) for before, one in zip(second, first[1:], strict=False)]


def _find_pairs_of_sides(clues: Clues) -> list[int]:
    """Return where another pair of sides begins, each with its year: “Syrians in Germany in 2015 and …”."""
    years = [each for each in clues.years if each.value.single]
    named = sorted([*clues.places, *years], key=lambda each: each.start)
    kinds = "".join("y" if each in years else "p" for each in named)
    alike = len({each.value.single for each in years}) == 1
    if not years or alike or kinds not in ("ppy" * len(years), "ypp" * len(years)):
        return []
    groups = [named[at : at + SIDES_AND_YEAR] for at in range(0, len(named), SIDES_AND_YEAR)]
    ordered = sorted(clues.places, key=lambda each: each.start)
    for one, other in zip(ordered[::2], ordered[1::2], strict=True):
        if other.value.listed or (one.value.role and one.value.role is other.value.role):
            return []
    return [_begins_at(clues, before[-1], group[0]) for before, group in pairwise(groups)]


def _find_pairs_of_counts(clues: Clues) -> list[int]:
    """Return where something else is counted elsewhere: “refugees in Chad and IDPs in Niger”."""
    counted = [each for each in clues.measures if not any(each.overlaps(place) for place in clues.places)]
    named = sorted([*counted, *clues.places], key=lambda each: each.start)
    kinds = ["p" if each in clues.places else "m" for each in named]
    if kinds != ["m", "p", "m", "p"] or clues.places[0].value.people != clues.places[1].value.people:
        return []
    _, one, other, _ = named
    if counted[0].value == counted[1].value or not _AND_ALSO.fullmatch(clues.text[one.end : other.start]):
        return []
    return [other.start]


def _begins_at(clues: Clues, before: Mention[Any], one: Mention[Any]) -> int:
    """Return where what is said of a country begins: with what is counted there, if that is named."""
    counted = (each.start for each in clues.measures if before.end <= each.start < one.start)
    return next(counted, clues.text.rfind(" ", 0, one.end) + 1)


def _fill_places(part: Clues, whole: Clues) -> tuple[Mention[Naming], ...]:
    """Take from the whole what a part does not name: all places, or who came."""
    people = tuple(each for each in whole.places if each.value.people)
    if not part.places and part.says(_WHO_TAKES):  # it is asked which countries they are
        return people
    if not part.places:  # who fled from there returns to there
        back = any(Measure.RETURNED_REFUGEES in each.value.measures for each in part.measures)
        home = (replace(each, value=replace(each.value, role=None)) for each in whole.places)
        return tuple(home) if back else whole.places
    named = any(each.value.people or each.value.role is Role.ORIGIN for each in part.places)
    if named and not part.measures and not part.says(_THEMSELVES):  # “and how many are from Syria?”
        hosts = tuple(each for each in whole.places if each.value.role is Role.ASYLUM)
        own = {each.value.countries for each in part.places}  # “in Syria, and how many from Syria?”
        return part.places if any(each.value.countries in own for each in hosts) else (*hosts, *part.places)
    return part.places if named or part.measures else (*people, *part.places)


def _people(clues: Clues) -> str:
    """Return the word for those who are counted, for a part that says “they”."""
    found = re.search(r"\b(?:refugees?|asylum[ -]seekers?)\b", clues.text, re.IGNORECASE)
    return found[0] if found else ""
