"""Which side a question sets in order, by what, from which end, and whose place in it is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.model import Group, Measure, Order, RankBy, Role
from data.reading.ask.counts import NEAR
from data.reading.ask.factors import read_move
from data.reading.ask.sides import OTHER, composes, owns
from data.reading.ask.vocabulary import WHETHER, Slot

if TYPE_CHECKING:
    from data.model import Area
    from data.reading.ask.clues import Clues
    from data.reading.ask.sides import Sides
    from data.reading.places import Naming
    from data.reading.words import Mention

LATEST = 9999
"""A year after all others: the members that a group has now."""
_ASKING = (Slot.COUNTRIES, Slot.WHERE, Slot.WHO)
_ORDERING = (Slot.MOST, Slot.LEAST, Slot.NTH, Slot.RANK)
_MOVING = (Slot.UP, Slot.DOWN, Slot.CHANGE)
_WORLD_NUMBER = re.compile(
    r"\b(?:high|low|larg|small|bigg)est(?: [a-z]+)? (?:numbers?|totals?|figures?|levels?)\b"
    r".*\b(?:world ?wide|global|the world)",
    re.IGNORECASE,
)
"""Years are set in order, not countries: “what was the highest number of refugees worldwide?”."""
_RANKING = re.compile(r"\b(?:rankings?|league tables?|leader ?boards?)\b", re.IGNORECASE)
_FASTEST = re.compile(r"fastest|percent|%|relative|proportion", re.IGNORECASE)
EXTREME_SINCE = re.compile(
    r"\b(?:lowest|highest|fewest|largest|smallest|most|least)\b[^.?!]{0,30}\bsince (?:the )?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
"""Of a country that is named, years are set in order: “the lowest since 2012”."""
_THAN_IN_YEAR = re.compile(
    r"\b(?:(?P<less>fewer|less|smaller|lower)|more|larger|higher|greater)\b(?:(?! than\b)[^.;?!]){0,80}?"
    r" than (?:(?:they|it) )?(?:(?:had|did|hosted|got|were|was) )?(?:in )?(?P<base>(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""Each country's figure is held against its own of another year: “had more in 2025 than in 2015”."""
_NUMBERED = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)\b", re.IGNORECASE)
_BUT = {
    "but one": 2,
    "one but last": 2,
    "two but last": 3,
    "next": 2,
    "penultimate": 2,
    "but two": 3,
    "but three": 4,
}
"""Places that no ordinal names: “the lowest but one”, “next to last”."""
_ORDINALS = {
    name: number
    for number, name in enumerate(
        ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"), 1
    )
}
_COUNTRY_AFTER = re.compile(
    r"['’]?s? (?:\w+ )?(?:countr(?:y|ies)|nations?|states?|members?)\b", re.IGNORECASE
)
_COUNTRY_BEFORE = re.compile(
    r"\b(?:countr(?:y|ies)|nations?|states?|hosts?|where|largest|biggest|most|main|top|bottom|last|lowest|highest)"
    r"(?: (?:hosts?|recipients?|refugees?|asylum[ -]seekers?|IDPs?|number)(?: of refugees| populations?)?)?"
    r" (?:in|of|within|across|from)"
    r"(?: the| all(?: of)?)?\s*$",
    re.IGNORECASE,
)
COMING = re.compile(
    r"\bfrom (?:which|what|where)\b|\bwhere .{1,60} from\b(?! (?:19|20)\d\d)"
    r"|\bby (?:the |their )?(?:countr(?:y|ies) of origin|nationalit)"
    r"|\b(?:com(?:e|es|ing)|came) from\b|\boriginat|\bfrom\W*$"
    r"|\b(?:largest|biggest|worst|main) refugee cris[ei]s\b"
    r"|\bsources? of (?:the )?(?:world['’]?s )?(?:most |asylum|refugee|applica|claim)",
    re.IGNORECASE,
)
OF_THE_GROUP = re.compile(r"(?:['’]s)? (?:new )?(?:asylum|refugee|claims|applications)", re.IGNORECASE)
_WHO_HAS = re.compile(
    r"\bwho (?:has|have|had|hosts?|hosted|gets?|got|takes?|took|receive[sd]?)\b", re.IGNORECASE
)
_APPLYING = re.compile(r"\bappl(?:y|ied|ying)\b|\bseek(?:ing)?\b(?! asylum)|\bsought\b", re.IGNORECASE)
_DID_MOVE = re.compile(
    r"\b(?:where|(?:which|what) (?:[a-z]+ )?(?:countr|nation|state|origin)\w*)\b.{0,80}?"
    r"\b(?:ris(?:e|en|ing)|rose|f[ae]ll(?:en|ing)?|increas(?:ed?|ing)|decreas(?:ed?|ing)|grow(?:n|ing)?|grew"
    r"|drop(?:ped)?|declin(?:ed?|ing)|go (?:up|down)|went (?:up|down))\b",
    re.IGNORECASE,
)
"""Countries are asked for by how figures moved there: “where did applications fall?”."""
_THAN = re.compile(r"\bthan (?:in |the )*$", re.IGNORECASE)
_EITHER = re.compile(r"\bor\b(?! (?:more|over|above|fewer|less|under|below)\b)", re.IGNORECASE)
ONE_OF = re.compile(
    r"\b(?:which|who|what)\b(?: (?:one|country|nation))? (?:of|among|between|out of)\b", re.IGNORECASE
)
"""It is asked which of those named is first: “which of Kenya, Uganda and Chad hosts the most?”."""
_FLED = re.compile(r"\bfle(?:d|e|es|eing) (?!to\b)", re.IGNORECASE)
_LEFT = re.compile(
    r"\b(?:countr(?:y|ies)|nations?|states?)\b.{1,60}"
    r"\b(?:leav(?:e|es|ing)|flee(?:s|ing)?|escap(?:e|es|ing))\b"
    r"(?=\W*$| (?:it|them|as|because|due|their|every|each|in \d)\b)",
    re.IGNORECASE,
)
"""Countries that people leave, whatever verb they are the subject of: “has the most refugees leaving”."""
_WORLD = re.compile(
    r"\b(?:world['’]?s?|global|all(?: the)?) (?:\w+ )?refugees?\b"
    r"|\brefugees? (?:worldwide|globally|in the world)\b",
    re.IGNORECASE,
)
_FOREMOST = re.compile(r"(?:most|largest|biggest|main|top)\b", re.IGNORECASE)
_OWN_SHARE = re.compile(
    r"..?['’]?s? (?:[a-z]+ )?(?:share|part|portion|percentage|proportion)\b", re.IGNORECASE
)
_MAKING_UP = re.compile(r"\b(?:account(?:s|ed)? for|ma(?:ke|kes|de) up|constitut|represent)", re.IGNORECASE)
_THAN_ALL_OTHERS = re.compile(r"\bthan all (?:of )?(?:the )?(?:others?|rest)\b", re.IGNORECASE)
_AMONG = re.compile(
    r"\b(?:among|amongst|of all|out of|as an? (?:share|percentage|proportion|percent) of)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is set in order: one side; `sides` are the countries that are left to name the whole.

    `rank` is the place in the list that is asked for, `of` whose place.
    """

    role: Role
    sides: Sides
    by: RankBy = RankBy.AMOUNT
    order: Order = Order.LARGEST
    rank: int | None = None
    of: Area | None = None


def find_within(clues: Clues) -> list[Mention[Naming]]:
    """Find the groups that are what is ranked: “which EU countries”, “which country in Africa”."""
    if (clues.has(Slot.SHARE) and not clues.has(*_ASKING)) or clues.has(Slot.RANK):
        return [each for each in clues.places if _is_whole(clues, each)]
    return [each for each in clues.places if _is_within(clues, each) or _is_of_a_member(clues, each)]


def _is_of_a_member(clues: Clues, group: Mention[Naming]) -> bool:
    """Say whether a country's place in its own group is asked for: “is the UK first in Europe?”."""
    area = group.value.countries[0]
    ordered = WHETHER.match(clues.text) and clues.has(*_ORDERING)
    if not ordered or not isinstance(area, Group) or group.value.people:
        return False
    year = clues.years[-1].value.last if clues.years else None
    inside = members(area.code, year or LATEST)
    others = (each.value for each in clues.places if each is not group)
    return any(
        not each.people and each.role is not Role.ORIGIN and each.countries[0].code in inside
        for each in others
    )


def _is_whole(clues: Clues, place: Mention[Naming]) -> bool:
    """Say whether a group is what a country has a share or place in: “Germany's share of EU claims”."""
    if not isinstance(place.value.countries[0], Group):
        return False
    return any(
        not isinstance(other.value.countries[0], Group)
        and other.value.people == place.value.people
        and (
            None in (roles := {other.value.role, place.value.role})
            or len(roles) == 1
            or (owns(clues, place) and _is_inside(other, place))  # “40% of Africa's refugees”
        )
        for other in clues.places
    )


def _is_inside(one: Mention[Naming], group: Mention[Naming]) -> bool:
    return one.value.countries[0].code in members(group.value.countries[0].code, LATEST)


def choose_rankings(clues: Clues, sides: Sides, within: list[Mention[Naming]]) -> dict[Ranking, float]:
    """Return the rankings that may be asked for, with costs; none where nothing is to be set in order.

    `sides` are those of all countries named, but for the groups that are ranked `within`.
    """
    if not _is_ranking(clues, sides):
        return {}
    found: dict[Ranking, float] = {}
    for role, cost in _choose_roles(clues, sides, within).items():
        ranking = _make(clues, sides, role, within)
        if ranking is not None:
            found[ranking] = cost
    return found


def _is_ranking(clues: Clues, sides: Sides) -> bool:
    """Say whether countries are to be set in order, or shares of a whole told."""
    if clues.has(Slot.CHANGES, Slot.HISTORY) or (clues.left_out and not _asks_for_order(clues)):
        return False
    named = len(sides.origins) + len(sides.asylums)
    asking = clues.has(*_ASKING)
    of_group = all(isinstance(each, Group) for each in (*sides.origins, *sides.asylums))
    if clues.has(Slot.MAP) or (clues.says(_RANKING) and of_group):
        return True
    beside = max(len(sides.origins), len(sides.asylums)) > 1  # “than the US”, “Germany or France”
    if beside and (
        clues.has(Slot.COMPARE, Slot.SHARE, Slot.FACTOR) or clues.says(_EITHER) or clues.says(ONE_OF)
    ):
        return False
    of_years = clues.has(Slot.RECORD, Slot.WHICH_YEAR) or (
        clues.says(EXTREME_SINCE) and not asking if named else clues.says(_WORLD_NUMBER)
    )
    if of_years and not clues.has(Slot.COUNTRIES, Slot.WHO):
        return False
    if clues.has(Slot.MAJORITY) and not asking and _is_of_decisions(clues):
        return False
    if clues.has(Slot.SHARE) and not clues.has(Slot.HEAD) and not asking:
        whole = clues.says(_WORLD) or composes(clues) or not _is_of_decisions(clues)
        return bool(named) and whole and not clues.has(*_MOVING)
    if clues.has(*_ORDERING) and not asking:
        if clues.has(Slot.TREND, Slot.EACH_YEAR) and not clues.has(Slot.ORIGINS, Slot.ASYLUMS):
            return False
        return (
            not named
            or bool(clues.years)
            or clues.has(Slot.ORIGINS, Slot.ASYLUMS, Slot.RANK, Slot.NTH)
            or WHETHER.match(clues.text) is not None
        )
    if asking and not clues.has(Slot.COUNTRIES) and sides.origins and sides.asylums:
        return clues.has(*_ORDERING) and any(
            isinstance(each, Group) for each in (*sides.origins, *sides.asylums)
        )
    return asking


def _asks_for_order(clues: Clues) -> bool:
    """Say whether countries are asked for, or the first of those on one side: “largest host”."""
    first = clues.has(Slot.MOST, Slot.LEAST) and clues.has(Slot.ASYLUMS, Slot.ORIGINS)
    return first or clues.has(*_ASKING)


def _is_of_decisions(clues: Clues) -> bool:
    """Say whether a share is one of decisions, which is a rate."""
    meant = {
        measure for mention in clues.measures if not mention.value.weak for measure in mention.value.measures
    }
    decided = {Measure.RECOGNISED, Measure.COMPLEMENTARY, Measure.REJECTED, Measure.CLOSED}
    return bool(meant & decided) or any(measure.row.part for measure in meant)


def _is_within(clues: Clues, place: Mention[Naming]) -> bool:
    if not isinstance(place.value.countries[0], Group):
        return False
    if re.search(
        r"(?:countr(?:y|ies)|nations?|states?|neighbou?rs)$",
        clues.text[place.start : place.end],
        re.IGNORECASE,
    ):
        return True
    if _COUNTRY_AFTER.match(clues.text, place.end):
        return True
    if clues.says(_RANKING) and place.value.role is None:
        return True
    held = clues.has(Slot.COUNTRIES) and clues.has(Slot.COMPARE) and len(clues.places) == 2  # noqa: PLR2004
    if held and OF_THE_GROUP.match(clues.text, place.end):  # “which country has more EU claims than Spain?”
        return True
    before = _COUNTRY_BEFORE.search(clues.text[: place.start])
    return before is not None and not (_FOREMOST.match(before[0]) and _is_of_applicants(clues))


def _is_of_applicants(clues: Clues) -> bool:
    """Say whether those who apply are set in order, by where they come from: “who applied most in …”."""
    applied = any(each.value.measures == (Measure.APPLICATIONS,) for each in clues.measures)
    return applied and (clues.has(Slot.ORIGINS) or (clues.has(Slot.WHO) and not clues.has(Slot.COUNTRIES)))


def _choose_roles(clues: Clues, sides: Sides, within: list[Mention[Naming]]) -> dict[Role, float]:
    """Return which side is ranked; both where nothing tells."""
    if clues.has(Slot.SHARE) and not clues.has(*_ASKING) and (sides.origins or sides.asylums):
        return _choose_share(clues, sides)
    told = [
        role for role, slot in ((Role.ORIGIN, Slot.ORIGINS), (Role.ASYLUM, Slot.ASYLUMS)) if clues.has(slot)
    ]
    if _LEFT.search(clues.text) or (len(told) != 1 and COMING.search(clues.text)):
        told = [Role.ORIGIN]
    if within:
        return {Role.ORIGIN if told == [Role.ORIGIN] else Role.ASYLUM: 0}
    named = {role for role in Role if sides.on(role)}
    if len(named) == 1:
        role = next(iter(named))
        whether = WHETHER.match(clues.text) is not None and clues.has(*_ORDERING)
        than = any(_THAN.search(clues.text[: each.start]) for each in clues.places)
        if (whether or than or clues.has(Slot.RANK)) and told in ([], [role]):
            return {role: 0}
        mapped = clues.has(Slot.MAP) and role is Role.ASYLUM and not told
        if any(isinstance(each, Group) for each in sides.on(role)):
            if told == [role] or mapped:
                return {role: 0}
            hosting = role is Role.ASYLUM and not told and not clues.says(_APPLYING)
            if hosting and (
                clues.has(Slot.COUNTRIES, Slot.NTH) or clues.says(_WHO_HAS) or clues.says(_RANKING)
            ):  # “which country is last in the EU”
                return {role: 0, OTHER[role]: NEAR}
        return {OTHER[role]: 0}
    if len(named) == 2:  # noqa: PLR2004 - both sides
        asked, first = WHETHER.match(clues.text), sides.first or Role.ASYLUM
        whose = asked and clues.text[asked.end() : clues.places[0].start].strip() in ("", "the")
        return {told[0]: 0} if len(told) == 1 else {first if whose else OTHER[first]: 0}  # “Is Syria the …”
    return _choose_untold(clues, told)


def _choose_untold(clues: Clues, told: list[Role]) -> dict[Role, float]:
    """Choose the side where no country is named."""
    if any(each.value.measures == (Measure.RETURNED_REFUGEES,) for each in clues.measures):
        return {Role.ASYLUM if clues.says(COMING) else Role.ORIGIN: 0}  # where they returned from, or to
    if len(told) == 1:
        return {told[0]: 0}
    if clues.has(Slot.WHO) or clues.says(_FLED):
        return {Role.ORIGIN: 0, Role.ASYLUM: NEAR}
    return {Role.ASYLUM: 0, Role.ORIGIN: NEAR}


def _choose_share(clues: Clues, sides: Sides) -> dict[Role, float]:
    """Rank the parts of a whole: origins of those in Germany, countries of asylum of Syrians; or both."""
    if not (sides.origins and sides.asylums):
        return {Role.ASYLUM if sides.asylums else Role.ORIGIN: 0}
    if clues.says(_THAN_ALL_OTHERS) and sides.first:  # “does Egypt host more Sudanese than all others?”
        return {sides.first: 0}
    one, other = clues.places[0], clues.places[-1]
    if _OWN_SHARE.match(clues.text, one.end - 2) and sides.first:  # “Germany's share of refugees from Syria”
        return {sides.first: 0}
    if composes(clues) or sides.first is Role.ASYLUM or _AMONG.search(clues.text[one.end : other.start]):
        return {Role.ORIGIN: 0}
    if clues.says(_MAKING_UP) and sides.first:
        return {sides.first: 0}
    counted = any(one.end <= mention.start < other.start for mention in clues.measures)
    return {Role.ASYLUM: 0} if counted else {Role.ASYLUM: 0, Role.ORIGIN: NEAR}


def _make(clues: Clues, sides: Sides, role: Role, within: list[Mention[Naming]]) -> Ranking | None:
    """Make the ranking of a side: a country there is whose place is asked, a group what is ranked within."""
    groups = tuple(each for place in within for each in place.value.countries)
    on = [each for each in sides.on(role) if each not in groups]
    shared = clues.has(Slot.SHARE) and not clues.has(*_ASKING)
    countries = [each for each in on if shared or not isinstance(each, Group)]
    if len(countries) == 2 and shared:  # “Germany's share of claims in the EU” # noqa: PLR2004 - part and whole
        countries = [each for each in on if not isinstance(each, Group)] or countries
    if len(countries) > 1:
        return None
    of = countries[0] if countries else None
    inside = groups[:1] or tuple(each for each in on if each is not of)[:1]
    other = tuple(each for each in sides.on(OTHER[role]) if each not in groups)
    if role is Role.ORIGIN:
        left = replace(sides, origins=inside, asylums=other)
    else:
        left = replace(sides, origins=other, asylums=inside)
    return Ranking(role, left, _choose_by(clues), _choose_order(clues), read_rank(clues), of)


def _choose_by(clues: Clues) -> RankBy:
    if read_move(clues):
        return RankBy.PERCENT
    if _THAN_IN_YEAR.search(clues.text):
        return RankBy.CHANGE
    moved = clues.has(Slot.MOST, Slot.LEAST) or _FASTEST.search(clues.text) or _DID_MOVE.search(clues.text)
    if not clues.has(*_MOVING) or not moved:
        return RankBy.AMOUNT
    return RankBy.PERCENT if _FASTEST.search(clues.text) else RankBy.CHANGE


def _choose_order(clues: Clues) -> Order:
    falling = (read_move(clues) or 1) < 1 or (clues.has(Slot.DOWN) and not clues.has(Slot.UP))
    if than := _THAN_IN_YEAR.search(clues.text):
        dated = [each.value.single for each in clues.years if each.value.single]
        falling = (than["less"] is not None) != (int(than["base"]) == max(dated, default=0))
    smallest = falling if _choose_by(clues) is not RankBy.AMOUNT else clues.has(Slot.LEAST)
    return Order.SMALLEST if smallest else Order.LARGEST


def read_rank(clues: Clues) -> int | None:
    """Read “second most”, “4th largest”."""
    for each in clues.slots:
        if each.value is Slot.NTH:
            said = clues.text[each.start : each.end].casefold()
            if numbered := _NUMBERED.search(said):
                return int(numbered[1])
            named = (number for name, number in _ORDINALS.items() if said.startswith(name))
            return next(named, None) or next((place for words, place in _BUT.items() if words in said), None)
    return None
