"""A question as a frame: slots that its words fill, each way to fill them with what that costs.

`fill` makes the frames of a sentence, the cheapest first; `ask` makes the question of one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.measures import OUTCOMES
from data.model import STATELESS, Group, Level, Measure, Nature, Per, Place, RankBy, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import MAX_SINGLE, AskTrend
from data.reading.ask.answer_forms import choose_aim, names_either
from data.reading.ask.counts import NEAR, Together, choose_counted, find_joined
from data.reading.ask.factors import read_move
from data.reading.ask.outcome import Aim, AimKind, Answer, Unfit
from data.reading.ask.ranking import COMING, LATEST, OF_THE_GROUP, Ranking, choose_rankings, find_within
from data.reading.ask.sides import Sides, owns, take_sides
from data.reading.ask.times import choose_times
from data.reading.ask.usual_sides import hosts_more, is_usual_host, sends_more
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.model import Area, Release
    from data.questions.registry import Question
    from data.questions.trend import ScaleName
    from data.reading.ask.clues import Clues
    from data.reading.ask.counts import Counted
    from data.reading.ask.times import Times
    from data.reading.measures import Wording
    from data.reading.places import Naming
    from data.reading.words import Mention

MAX_PLACES, MAX_SUMMED = 6, 4
NEXT = 5
"""So many characters may stand between “citizens” and whose: “ the ”."""
_GRANTED: tuple[Measure, ...] = (Measure.RECOGNISED, Measure.COMPLEMENTARY)
_COMES = re.compile(r"\b(?:from|of|by|fled|fleeing|left|leaving)\b", re.IGNORECASE)
_PRODUCES = re.compile(
    r"\b(?:do|does|did|has|have) .{2,60} (?:produced?|generated?)\b"
    r"|\b(?:refugees|asylum[ -]seekers|applicants) (?:that )?[A-Z]\w+ (?:has |have )?(?:produc|generat)",
    re.IGNORECASE,
)
_REFUGEES = re.compile(r"['’]?s? refugees?\b", re.IGNORECASE)
_FROM_A_LIST = re.compile(
    r"\bfrom (?:[a-z]+ ){0,4}(?:countries|nations|places|nationalities)\W{1,3}$", re.IGNORECASE
)
"""What stands before a list of origins: “come from just three countries: …”."""
_SET_BEFORE = re.compile(
    r"\b(?:as many|as high|more|fewer|less|times|twice)\b.* (?:as|than) (?:in |the )*$", re.IGNORECASE
)
"""What stands before a place that is compared with one named after it: “how many more than Denmark did …”."""
_WHO_HOSTS = re.compile(
    r"\b(?:who|which)\b[^.?!]{0,20}"
    r"\b(?:host(?:s|ed)?|shelters?|receive[sd]?|ha[sd]|have|takes? in|took in|got|gets)\b",
    re.IGNORECASE,
)
_WHOSE = re.compile(r" (?:the )?")
_HOME = re.compile(r"\bhomes? in (?:the )?$", re.IGNORECASE)
_OVER_YEARS = (Slot.TREND, Slot.RECORD, Slot.LOG, Slot.PERIOD, Slot.EACH_YEAR, Slot.WHICH_YEAR)
_MOVES = (Slot.UP, Slot.DOWN, Slot.CHANGE, Slot.FACTOR, Slot.COMPARE)


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to take a sentence: its slots filled, and what was guessed in filling them."""

    clues: Clues
    counted: Counted
    """What is counted."""
    sides: Sides
    """Where from, and where to."""
    times: Times
    """When, and as of which release."""
    ranking: Ranking | None = None
    """What is set in order, and how; None where nothing is."""
    per: Per = Per.NONE
    """Per what."""
    cost: float = 0.0

    def has(self, *slots: Slot) -> bool:
        """Say whether the sentence has a word for any of these."""
        return self.clues.has(*slots)

    @property
    def measure(self) -> Measure:
        """The one measure; raises `Unfit` where there is none."""
        if isinstance(self.counted, Measure):
            return self.counted
        raise Unfit("several-measures")

    @property
    def place(self) -> Place:
        """The one place; raises `Unfit` where there are several."""
        places = self.sides.places
        if len(places) > 1:
            raise Unfit("several-places")
        return _on_its_sides(places[0], self.counted)

    @property
    def over_years(self) -> bool:
        """Whether a figure is to be seen among those of other years."""
        return self.times.spans or self.has(*_OVER_YEARS)


def fill(clues: Clues, releases: Sequence[Release]) -> list[Frame]:
    """Fill the slots in every likely way, the cheapest first; raises `Unfit` for years without figures."""
    times = choose_times(clues, releases)
    named = place_named(clues)
    within = find_within(clues)
    ranked = {mention.start for mention in within}
    left = take_sides([mention.value for mention in named if mention.start not in ranked])
    frames = [*_fill_rankings(clues, left, within, times)]
    if not frames:
        rest = [mention for mention in named if mention.start not in ranked]
        told = rest if len(rest) > 1 else named  # “European country …: Germany, France or Italy?”
        frames = [*_fill(clues, take_sides([mention.value for mention in told]), times)]
    return sorted(frames, key=lambda frame: frame.cost)


def place_named(clues: Clues) -> list[Mention[Naming]]:
    """Give places the sides that the whole sentence tells, and set the one compared with behind the other."""
    clues = _leave_common_group(clues)
    named = _seat_named(clues)
    one, other = (*named, None, None)[:2]
    if (
        one
        and other
        and _SET_BEFORE.search(clues.text[: one.start])
        and one.value.people == other.value.people
    ):
        role = other.value.role or one.value.role
        pair = (replace(each, value=replace(each.value, role=role)) for each in (other, one))
        other, one = pair
        return [other, replace(one, value=replace(one.value, listed=True)), *named[2:]]
    return named


def _leave_common_group(clues: Clues) -> Clues:
    """Leave out a group that all who are compared are in: “has Germany more EU applications than Spain?”."""
    held = [each for each in clues.places if not isinstance(each.value.countries[0], Group)]
    groups = [each for each in clues.places if each not in held and OF_THE_GROUP.match(clues.text, each.end)]
    if len(held) < 2 or len(groups) != 1 or not clues.has(Slot.COMPARE, Slot.DIFFERENCE, Slot.FACTOR):  # noqa: PLR2004
        return clues
    inside = members(groups[0].value.countries[0].code, LATEST)
    if any(each.value.countries[0].code not in inside or each.value.people for each in held):
        return clues
    return replace(clues, places=tuple(held))


def _seat_named(clues: Clues) -> list[Mention[Naming]]:
    """Leave out “stateless people”, UNHCR's name of an origin, where they are what is counted.

    Who returns does so to where he came from: sides are turned.
    """
    heads = [each for each in clues.slots if each.value is Slot.HEAD]
    if heads and len(clues.places) > 1:  # “what share of the Lebanese population are Syrian refugees?”
        own = [each for each in clues.places if any(head.start <= each.start < head.end for head in heads)]
        if len(own) == 1:
            return [_seat(each) if each in own else each for each in clues.places]
    if len(clues.places) == 1 and _are_inhabitants(clues, clues.places[0], heads):
        return [_seat(each) for each in clues.places]
    return _seat_by_words(clues)


def _seat_by_words(clues: Clues) -> list[Mention[Naming]]:
    """Give places the sides that words tell: who hosts, who produces, who returns."""
    counted = [each for each in clues.measures if not each.value.weak]
    listed = all(each.value.listed for each in clues.places[1:])
    hosts = all(is_usual_host(each.value) for each in clues.places)
    hosts = listed and hosts and not _COMES.search(clues.text)
    if clues.places and (hosts or _asks_which_hosts(clues)):
        return [_seat(each) for each in clues.places]
    if clues.places and _FROM_A_LIST.search(clues.text[: clues.places[0].start]):
        return [replace(each, value=replace(each.value, role=Role.ORIGIN)) for each in clues.places]
    if clues.says(_PRODUCES) and not any(each.value.people for each in clues.places):
        return [replace(each, value=replace(each.value, role=Role.ORIGIN)) for each in clues.places]
    told = {each.value.role for each in clues.places} - {None}
    alike = len({each.value.people for each in clues.places}) == 1
    if len(clues.places) > 1 and listed and alike and told == {Role.ASYLUM}:  # “Kenya, Uganda and Chad host”
        return [_seat(each) for each in clues.places]
    whence = clues.has(Slot.ORIGINS) or clues.says(COMING)
    if whence and len(clues.places) == 1 and _is_of_a_host(clues, clues.places[0]):
        return [_seat(each) for each in clues.places]
    if any(each.value.measures == (Measure.RETURNED_REFUGEES,) for each in counted):
        return [_turn(each, clues) for each in clues.places]
    if citizens := [each for each in counted if each.value.measures == (Measure.NATURALISED,)]:
        return [_seat(each) if _gives_citizenship(each, citizens) else each for each in clues.places]
    alone = bool(counted) and all(each.value.measures == (Measure.STATELESS,) for each in counted)
    alone = alone or Measure.STATELESS in find_joined(clues)
    named = [each for each in clues.places if not (alone and each.value.countries[0].code == STATELESS)]
    shared = clues.has(Slot.SHARE)
    come = any(
        (each.value.role is Role.ORIGIN or (shared and each.value.people)) and not owns(clues, each)
        for each in named
    )
    return [_seat(each) if come and owns(clues, each) else _open(each, clues) for each in named]


def _are_inhabitants(clues: Clues, place: Mention[Naming], heads: Sequence[Mention[Slot]]) -> bool:
    """Say whether a people is the whole that refugees are set against: “per 1,000 Germans”.

    Of a people most of whom are refugees abroad it is left open: “what share of the Syrian population fled?”.
    """
    whole = any(
        head.start <= place.start < head.end
        or (head.end <= place.start and _WHOSE.fullmatch(clues.text[head.end : place.start]))
        for head in heads
    )
    return whole and place.value.people and not sends_more(place.value)


def _open(place: Mention[Naming], clues: Clues) -> Mention[Naming]:
    """Leave open who the refugees of a country that hosts many are: “Uganda refugees”."""
    hosts = hosts_more(place.value) and place.value.role is not Role.ASYLUM
    if hosts and _REFUGEES.match(clues.text, place.end) and not clues.has(Slot.WORLDWIDE):
        return replace(place, value=replace(place.value, role=None, open=True))
    return place


def _asks_which_hosts(clues: Clues) -> bool:
    """Say whether groups are named to choose from: “who hosts more refugees, Asia or Africa?”."""
    bare = [each.value for each in clues.places if each.value.role is None and not each.value.people]
    groups = [each for each in bare if isinstance(each.countries[0], Group)]
    return len(groups) == len(clues.places) > 1 and clues.says(_WHO_HOSTS)


def _is_of_a_host(clues: Clues, place: Mention[Naming]) -> bool:
    """Say whether people are called after where they are: “Canada's refugees”, “Australian refugees”."""
    called = place.value.people and is_usual_host(place.value, people=True)
    return owns(clues, place) or (called and clues.says(COMING))


def _gives_citizenship(place: Mention[Naming], naturalised: Sequence[Mention[Wording]]) -> bool:
    """Say whether it is its citizens that people become: “German citizens”, “citizenship of Canada”."""
    return any(each.start <= place.start <= each.end + NEXT for each in naturalised)


def _seat(place: Mention[Naming]) -> Mention[Naming]:
    """Make it the country of asylum: “UK refugees from Iran”."""
    return replace(place, value=replace(place.value, role=Role.ASYLUM))


def _turn(place: Mention[Naming], clues: Clues) -> Mention[Naming]:
    naming = place.value
    home = naming.people or _HOME.search(clues.text[: place.start])
    role = Role.ORIGIN if home or naming.role is not Role.ORIGIN else Role.ASYLUM
    return replace(place, value=replace(naming, role=role))


def _fill_rankings(
    clues: Clues, ways: Sequence[Sides], within: list[Mention[Naming]], times: Times
) -> Iterator[Frame]:
    """Fill the frames of questions that set countries in order."""
    for sides in ways:
        counted = choose_counted(clues, several=True)
        rankings = choose_rankings(clues, sides, within)
        for (count, cost), (ranking, more) in product(counted.items(), rankings.items()):
            if isinstance(count, Measure) and ranking.role not in count.row.sides:
                continue
            cost_of_all = sides.cost + cost + more
            yield Frame(clues, count, ranking.sides, times, ranking, _per(clues, count), cost_of_all)


def _fill(clues: Clues, ways: Sequence[Sides], times: Times) -> Iterator[Frame]:
    """Fill the frames of all other questions."""
    for sides in ways:
        for count, cost in choose_counted(clues, several=len(sides.places) > 1).items():
            yield Frame(clues, count, sides, times, None, _per(clues, count), sides.cost + cost)


def _per(clues: Clues, counted: Counted) -> Per:
    rate = isinstance(counted, Measure) and counted.nature is Nature.RATE
    return Per.INHABITANTS if clues.has(Slot.HEAD) and not rate else Per.NONE


def _on_its_sides(place: Place, counted: Counted) -> Place:
    """Put a country on the one side that a measure has: who is displaced is so in a country."""
    if not isinstance(counted, Measure) or len(counted.row.sides) > 1:
        return place
    return Place(None, place.asylum or place.origin)


def answer(frame: Frame) -> Answer:
    """Make a question of a frame, with what its answer has to begin with; raises `Unfit` where none fits."""
    if isinstance(frame.counted, Measure):
        begin, times = frame.counted.row.first_year, frame.times
        if times.spans and not times.years and (times.first or begin) < begin < (times.last or LATEST):
            frame = replace(frame, times=replace(times, first=begin))
        elif any(year is not None and year < begin for year in (times.first, times.last)):
            raise Unfit("begins-later", measure=frame.counted, first=begin)
    question = ask(frame)
    apart = frame.has(*_OVER_YEARS, *_MOVES, Slot.MOST, Slot.LEAST)
    if frame.clues.left_out and isinstance(question, AskTop):
        return pass_over(question, frame.clues.left_out)
    if frame.clues.left_out:
        if apart or frame.clues.included:
            raise Unfit("exclude")
        question = set_parts(question, frame.clues.left_out)
    if frame.clues.included:
        return _include(question, () if apart or frame.has(Slot.SHARE) else frame.clues.included)
    others = Measure.OTHERS_IN_NEED
    unnamed = frame.counted is others and all(others not in m.value.measures for m in frame.clues.measures)
    aim = choose_aim(frame.clues, question, frame.ranking, back=frame.times.back)
    return Answer(question, aim, if_any=unnamed)


def ask(frame: Frame) -> Question:
    """Make the question of a frame."""
    if frame.ranking:
        if frame.has(Slot.SHARE) and isinstance(frame.ranking.of, Group):
            return _ask_share(frame, frame.ranking)
        return _ask_ranking(frame, frame.ranking)
    times, counted = frame.times, frame.counted
    if frame.has(Slot.CHANGES):
        return AskChanges(frame.place, counted if isinstance(counted, Measure) else None, as_of=times.as_of)
    if frame.has(Slot.HISTORY):
        return AskHistory(frame.measure, frame.place, times.last, as_of=times.as_of)
    if counted is Together.OUTCOMES:
        level = Level.FIRST if frame.has(Slot.FIRST_INSTANCE) else Level.ALL
        first = times.first if times.spans else None
        return AskDecisions(frame.place, level, first, times.last, as_of=times.as_of)
    if counted is Together.EVERYTHING:
        if not times.spans and len(frame.sides.places) == 1:
            return set_against(AskFigures(frame.place, times.last, as_of=times.as_of), frame.per)
        frame = replace(frame, counted=Measure.APPLICATIONS)
    if _is_of_a_period(frame):
        years = (times.first, times.last)
        return AskPeriod(frame.measure, frame.place, years, times.against, as_of=times.as_of)
    return _ask_trend(frame)


def set_against(question: Question, per: Per) -> Question:
    """Set a figure against inhabitants, where its kind can be."""
    if isinstance(question, AskTop) and per is Per.INHABITANTS:
        return replace(question, by=RankBy.INHABITANTS)
    return replace(question, per=per) if isinstance(question, AskFigures | AskTrend | AskMap) else question


def _ask_trend(frame: Frame) -> Question:
    times, measure = frame.times, frame.measure
    places = tuple(dict.fromkeys(_on_its_sides(place, measure) for place in frame.sides.places))
    if len(places) > MAX_PLACES:
        raise Unfit("many-places", most=MAX_PLACES)
    alone = not frame.over_years or frame.has(Slot.RECORD)
    first = times.first if times.spans or alone else None
    scale: ScaleName = "log" if frame.has(Slot.LOG) and measure.nature is not Nature.RATE else "linear"
    ends = frame.has(*_MOVES) and len(times.years) == 2 and not names_either(frame.clues)  # noqa: PLR2004 - two
    years = () if ends else times.years
    if not years and times.spans and len(places) == 1 and frame.has(Slot.EACH_YEAR):
        years = _list_years(times)
    if not frame.ranking and _is_share_of_several(frame, places):
        side = "origin" if places[0].origin != places[1].origin else "asylum"
        places = (replace(places[0], **{side: None}), *places)
    asked = AskTrend(measure, places, first, times.last, scale, years=years, as_of=times.as_of)
    return set_against(asked, frame.per)


def _is_share_of_several(frame: Frame, places: Sequence[Place]) -> bool:
    """Say whether it is asked what share several places together have of all."""
    apart = frame.has(Slot.COMPARE, Slot.DIFFERENCE, Slot.TREND, Slot.UP, Slot.DOWN, Slot.HEAD)
    sides = [len({getattr(each, side) for each in places}) for side in ("origin", "asylum")]
    several = 1 < len(places) < MAX_PLACES and sorted(sides) == [1, len(places)]
    if not several or not frame.clues.measures or (sides[0] == 1 and frame.clues.says(COMING)):
        return False  # “come from”, and they were taken for hosts
    whole = places[0].origin if sides[0] == 1 else places[0].asylum
    if whole is not None and whole not in frame.clues.places[0].value.countries:
        return False  # “what share of Afghans and Syrians are in Germany” is one of them, not of Germany's
    counts = frame.measure.nature is not Nature.RATE
    return frame.has(Slot.SHARE) and counts and not apart and not frame.times.spans


def _list_years(times: Times) -> tuple[int, ...]:
    """Name each of a few years, as “in each of the past five years” asks for."""
    listed = range(times.first, times.last + 1) if times.first and times.last else ()
    return tuple(listed) if 1 < len(listed) <= MAX_SINGLE else ()


def sum_years(question: Question, *, rejected: bool) -> tuple[Question, ...]:
    """Sum decisions over the years asked for, where they are told in one line, which has only the newest.

    `rejected`: those are asked for too.
    """
    if not isinstance(question, AskDecisions | AskTrend) or question.first in (None, question.last):
        return (question,)
    measures = (*_GRANTED, Measure.REJECTED) if rejected else _GRANTED
    years = (question.first, question.last)
    if isinstance(question, AskTrend) and _are_summed_apart(question):
        of, as_of = question.measure, question.as_of
        return tuple(AskPeriod(of, each, years, as_of=as_of) for each in question.places)
    if isinstance(question, AskDecisions):
        place = question.place
    elif question.measure in OUTCOMES and len(question.places) == 1 and not question.years:
        place, measures = question.places[0], (question.measure,)
    else:
        return (question,)
    return tuple(AskPeriod(of, place, years, as_of=question.as_of) for of in measures)


def _are_summed_apart(question: AskTrend) -> bool:
    """Say whether a trend is of several places whose years can be summed, each by itself."""
    if question.years or question.per is not Per.NONE:
        return False
    return 1 < len(question.places) <= MAX_SUMMED and question.measure.nature is Nature.FLOW


def _is_of_a_period(frame: Frame) -> bool:
    """Say whether years are taken together: a mean, two spans, or a number since or between years."""
    times = frame.times
    if times.against:
        return len(frame.sides.places) == 1
    added = times.spans and frame.has(Slot.TOTAL, Slot.TOGETHER) and not frame.has(Slot.UP, Slot.DOWN)
    together = frame.has(Slot.PERIOD) or added
    if len(frame.sides.places) > 1 or frame.per is not Per.NONE:
        return False
    nature = frame.measure.nature
    if times.years and (times.last or 0) - (times.first or 0) + 1 > len(times.years):
        return False
    if together:
        return nature is not Nature.STOCK or frame.has(Slot.PERIOD)
    counting = frame.has(Slot.HOW_MANY) and times.spans and nature is Nature.FLOW and not times.years
    return counting and not frame.has(*_OVER_YEARS, *_MOVES)


def _ask_ranking(frame: Frame, ranking: Ranking) -> Question:
    """Rank one side, within what is named of the other."""
    times, measure = frame.times, frame.measure
    place = frame.place
    if Slot.MAP in {each.value for each in frame.clues.slots}:
        return set_against(AskMap(measure, ranking.role, place, times.last, as_of=times.as_of), frame.per)
    by = RankBy.INHABITANTS if frame.per is Per.INHABITANTS else ranking.by
    moves = by in (RankBy.CHANGE, RankBy.PERCENT)
    sums = measure.nature is Nature.FLOW or moves
    since = times.first if times.spans and sums and times.first != times.last else None
    return AskTop(
        measure,
        ranking.role,
        place,
        times.last,
        since=since,
        by=by,
        order=ranking.order,
        rank=None if ranking.of else ranking.rank,
        of=ranking.of,
        above=_read_floor(frame, by, 1),
        below=_read_floor(frame, by, -1),
        as_of=times.as_of,
    )


def _read_floor(frame: Frame, by: RankBy, sign: int) -> int | None:
    """Read what rows must exceed, or stay below; a percentage is no threshold of people."""
    move = read_move(frame.clues) if by is RankBy.PERCENT else None
    if move is not None and sign > 0:
        return round(abs(move - 1) * 100)
    percent = frame.measure.nature is Nature.RATE or by is RankBy.PERCENT
    floors = (each.value for each in frame.clues.floors if each.value.percent is percent)
    return next((int(floor.value) for floor in floors if floor.sign == sign), None)


def _include(question: Question, included: Sequence[Mention[Naming]]) -> Answer:
    """Tell what is among a figure beside it; what is no part of it is added: “the EU including the UK”."""
    try:
        if included:
            return Answer(set_parts(question, included), Aim(AimKind.INCLUDING))
    except Unfit:
        if isinstance(question, AskTrend) and len(question.places) == 1 and not question.places[0].origin:
            whole, added = question.places[0], [each.value for each in included]
            if whole.asylum and not any(each.people or len(each.countries) > 1 for each in added):
                places = (whole, *(Place(None, each.countries[0]) for each in added))
                return Answer(replace(question, places=places), Aim(AimKind.TOGETHER))
    raise Unfit("include")


def pass_over(question: AskTop, left_out: Sequence[Mention[Naming]]) -> Answer:
    """Leave countries out of a ranking of their own side: “which country outside Europe hosts most?”."""
    origins = question.role is Role.ORIGIN
    for each in left_out:
        side = Role.ORIGIN if each.value.people else each.value.role or question.role
        if side is not question.role or len(each.value.countries) > 1 or question.picks or question.of_change:
            raise Unfit("exclude")
    ranked = question.place.origin if origins else question.place.asylum
    areas = tuple(each.value.countries[0] for each in left_out)
    if ranked in areas:
        raise Unfit("exclude")
    return Answer(question, Aim(AimKind.OUTSIDE, left_out=areas))


def set_parts(question: Question, parts_named: Sequence[Mention[Naming]]) -> AskTrend:
    """Set beside a figure parts of it, as to leave them out; raises `Unfit` for what is no part of it."""
    if not isinstance(question, AskTrend) or question.per is not Per.NONE:
        raise Unfit("exclude")
    whole, parts = question.places[0], []
    for mention in parts_named:
        area, people = mention.value.countries[0], mention.value.people
        inside = _has_member(whole.asylum, area, question.last) and not people
        if isinstance(whole.asylum, Group) and not (inside or people):
            raise Unfit("exclude")
        role = mention.value.role
        on_origins = not inside and (people or role is Role.ORIGIN or whole.asylum is not None)
        taken = whole.origin if on_origins else None if inside else whole.asylum
        named = on_origins or inside or role is not None or whole.origin is not None
        known = taken is None or _has_member(taken, area, question.last)
        beside = on_origins and role is Role.ASYLUM  # “in Germany and not in France”
        if len(mention.value.countries) > 1 or beside or not (named and known):
            raise Unfit("exclude")
        parts.append(replace(whole, origin=area) if on_origins else replace(whole, asylum=area))
    alone = question.first == question.last and not question.years and len(question.places) == 1
    if not alone or len(parts) >= MAX_PLACES or question.measure.nature is Nature.RATE:
        raise Unfit("exclude")
    return replace(question, places=(whole, *dict.fromkeys(parts)))


def _has_member(group: Area | None, area: Area, year: int | None) -> bool:
    return isinstance(group, Group) and area.code in members(group.code, year or LATEST)


def _ask_share(frame: Frame, ranking: Ranking) -> AskTrend:
    """Set a group beside the whole that it is a part of: the whole comes first."""
    whole, times = frame.place, frame.times
    part = Place(ranking.of, whole.asylum) if ranking.role is Role.ORIGIN else Place(whole.origin, ranking.of)
    return AskTrend(frame.measure, (whole, part), times.first, times.last, as_of=times.as_of)


def name_ends(question: Question, times: Times) -> Question | None:
    """Return the ranking of the first year of a span, where stocks or rates cannot be summed over it."""
    if isinstance(question, AskTop) and times.spans and question.since is None and times.first:
        return replace(question, year=times.first) if times.first != question.year else None
    return None


def is_close(frame: Frame, best: Frame) -> bool:
    """Say whether a frame is offered beside the best."""
    return frame.cost - best.cost <= NEAR
