"""A question after an answer, which changes one slot of it: “and in France?”."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.model import STATELESS, Group, Measure, Nature, Order, Per, Place, RankBy, Role
from data.questions.export import AskExport
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.refinement import change_measure, change_years, measure_of
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.answer_forms import aim_at_places, choose_aim, has_whole, list_so_many
from data.reading.ask.clues import gather, is_told_otherwise
from data.reading.ask.frame import pass_over, set_against, set_parts
from data.reading.ask.outcome import Aim, AimKind, Answer, Refused, Understood, Unfit
from data.reading.ask.ranking import LATEST, read_rank
from data.reading.ask.times import choose_times
from data.reading.ask.vocabulary import Slot, Way
from data.reading.words import split

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.countries import Atlas
    from data.model import Area, Release
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues
    from data.reading.ask.times import Times
    from data.reading.places import Naming

MAX_WORDS, MAX_NAMED, MAX_ALONE = 9, 4, 2
"""Words of a follow-up, of one that only asks how many of some there are, and of any at all."""
_BEGINS = re.compile(
    r"\W*(?:and|(?:what|how) about|compared?|vs|versus|with|or|but|also|in|for|from|to|since|per|now|then"
    r"|same|more|fewer|less|higher|lower|how (?:do|does|did) (?:that|this|it|they|those) compare"
    r"|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BEFORE_IT = re.compile(
    r"^(?:\W*(?:ok|okay|h+m+|pls|plz|please|just|only|so|thanks|thank you|great|nice|cool|wow|yes|yeah|no)\b"
    r"[,.!]*\s+){1,3}",
    re.IGNORECASE,
)
"""What is said before a follow-up and changes nothing: “ok, and Moldova?”."""
_EXTREME = re.compile(
    r"^\W*(?:and )?(?:what (?:was|is|were) |what['’]s )?(?:the |its |their )?(?:all[- ]time )?"
    r"(?:highest|max(?:imum)?|(?P<low>lowest|min(?:imum)?))(?: (?:ever|number|figure|value|level))?\W*$",
    re.IGNORECASE,
)
"""Years are asked about, where those of one place were told: “what was the highest?”."""
_IS_THAT = re.compile(
    r"^\W*(?:is|was) (?:that|it|this) (?:more|fewer|less|higher|lower|larger|smaller) than(?: in)?\b",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\b(?:only|just)\b", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"\b(?:year before|previous year|year earlier)\b(?! last)", re.IGNORECASE)
_WHENCE = re.compile(
    r"\bwhere .{0,30}\bfrom\b|\bfrom where\b|\bwho (?:were|are) (?:they|those|these)\b", re.IGNORECASE
)
_WHITHER = re.compile(r"\bwhere (?:to|did|do|are|were|have)\b(?!.*\bfrom\b)|\bto where\b", re.IGNORECASE)
_TOLD = ("year-to-come", "day", "two-halves", "no-mid-year", "no-year-end")
"""Why years that are named have no figures."""
_AIMED = (
    Slot.FACTOR, Slot.UP, Slot.DOWN, Slot.COMPARE, Slot.RECORD, Slot.WHICH_YEAR, Slot.EACH_DAY, Slot.PERIOD,
)  # fmt: skip


def follow_up(
    text: str, question: Question, atlas: Atlas, releases: Sequence[Release], today: date
) -> Understood | Refused | None:
    """Return the question with what a short text says changed in it; None where that is a new question."""
    if year := getattr(question, "year", None) or getattr(question, "last", None):
        text = _YEAR_BEFORE.sub(f"{year - 1}", text)
    if isinstance(question, AskTrend) and len(question.places) == 1 and (extreme := _EXTREME.match(text)):
        text = "when was the lowest level?" if extreme["low"] else "when was the peak?"
    text = _IS_THAT.sub("compared with", text)
    clues = gather(_ONLY.sub("", _BEFORE_IT.sub("", text)), atlas, today, releases[-1].newest_year)
    if not _goes_on(clues):
        return None
    try:
        changed = _change(question, clues, releases)
    except Unfit as unfit:
        return Refused(unfit.reason, unfit.values) if unfit.reason in _TOLD else None
    topics = [each.value.code for each in clues.topics if each.value.way is not Way.NOTE]
    topics = [code for code in topics if not is_told_otherwise(clues, code)]
    if topics or clues.parts:
        return Refused(topics[0] if topics else "cities", {}, (changed,))
    if clues.strays:
        return None
    measures = clues.measures[0].value.measures if clues.measures else ()
    questions = [change_measure(changed, each) for each in measures] if len(measures) > 1 else [changed]
    answers = tuple(Answer(each, _choose_aim(clues, each)) for each in questions)
    return None if answers == (Answer(question),) else Understood(answers)


def _goes_on(clues: Clues) -> bool:
    """Say whether a text is short, and not whole by itself."""
    words = len(split(clues.text))
    alone = words <= MAX_NAMED and not (clues.measures or clues.years)  # “how many Syrians?”
    named = clues.places and not alone
    whole = named or clues.has(Slot.WORLDWIDE) or (clues.has(Slot.COUNTRIES) and clues.measures)
    return words <= MAX_WORDS and bool(_BEGINS.match(clues.text) or words <= MAX_ALONE or not whole)


def _choose_aim(clues: Clues, question: Question) -> Aim | None:
    """Return what the answer has to begin with, where the text asks for more than a figure."""
    if isinstance(question, AskTop):
        left_out = tuple(each.value.countries[0] for each in clues.left_out)
        if left_out:
            return Aim(AimKind.OUTSIDE, left_out=left_out)
        shares = question.of and question.by is RankBy.AMOUNT and question.measure.nature is not Nature.RATE
        return Aim(AimKind.SHARE) if shares else list_so_many(clues, question)
    several = isinstance(question, AskTrend) and len(question.places) > 1
    if isinstance(question, AskTrend) and several and not (clues.places or clues.left_out):
        return aim_at_places(clues, question)
    return choose_aim(clues, question, None, back=False) if clues.left_out or clues.has(*_AIMED) else None


def _change(question: Question, clues: Clues, releases: Sequence[Release]) -> Question:
    """Change places, measure, years, or what a figure is set against, as far as they are named."""
    more = clues.has(Slot.COMPARE)
    stateless = any(Measure.STATELESS in each.value.measures for each in clues.measures)
    for mention in clues.places:
        if stateless and mention.value.countries[0].code == STATELESS:
            continue
        question = _change_place(question, mention.value, more=more or mention.value.listed)
    if clues.has(Slot.WORLDWIDE) and isinstance(question, AskTrend):
        question = replace(question, places=(Place(question.places[0].origin),))
    if clues.measures:
        question = change_measure(question, clues.measures[0].value.measures[0])
    if clues.years:
        question = _change_times(question, choose_times(clues, releases), more=more)
    if clues.left_out and isinstance(question, AskTop):
        return pass_over(question, clues.left_out).question
    if clues.left_out:
        return set_parts(question, clues.left_out)
    question = _rank(question, clues)
    return set_against(question, Per.INHABITANTS) if clues.has(Slot.HEAD) else _take_together(question, clues)


def _change_times(question: Question, times: Times, *, more: bool) -> Question:
    """Ask of other years; “compared with 2019” sets one beside the year that was asked for."""
    first, last = times.first, times.last
    alone = isinstance(question, AskTrend) and (question.last is None or question.first == question.last)
    if more and alone and first and first == (last or first) and isinstance(question, AskTrend):
        ends = [first, question.last or LATEST]
        first, last = min(ends), None if max(ends) == LATEST else max(ends)
    return replace(change_years(question, first, last), as_of=times.as_of or question.as_of)


def _rank(question: Question, clues: Clues) -> Question:
    """Set in order those who are in an answer, or where they are; or ask for another place in an order."""
    if isinstance(question, AskTop):
        if clues.has(Slot.NTH):
            return replace(question, rank=read_rank(clues), of=None)
        if clues.has(Slot.LEAST):
            question = replace(question, order=Order.SMALLEST)
    role = _choose_side(question, clues)
    several = isinstance(question, AskTrend) and len(question.places) > 1
    if role is None or several or isinstance(question, AskExport):
        return question
    measure = measure_of(question)
    place = question.places[0] if isinstance(question, AskTrend) else question.place
    if measure is Measure.RETURNED_REFUGEES:  # where they came from is where they were
        role = Role.ASYLUM if role is Role.ORIGIN else Role.ORIGIN
    if _on(place, role) and not isinstance(_on(place, role), Group):
        raise Unfit("nothing")
    year = getattr(question, "last", None) or getattr(question, "year", None)
    if measure is None or role not in measure.row.sides or clues.has(Slot.NTH):
        raise Unfit("nothing")
    kept = Place(None, place.asylum) if role is Role.ORIGIN else Place(place.origin)
    if clues.has(Slot.MAP):
        return AskMap(measure, role, kept, year, as_of=question.as_of)
    first = getattr(question, "first", None)
    since = first if measure.nature is Nature.FLOW and first != year else None
    return AskTop(measure, role, kept, year, since=since, as_of=question.as_of)


def _choose_side(question: Question, clues: Clues) -> Role | None:
    """Return the side that is asked for: “from where?”, “which countries took them?”; None where none is."""
    if clues.says(_WHENCE) or clues.has(Slot.WHO, Slot.ORIGINS):
        return Role.ORIGIN
    if clues.says(_WHITHER) or clues.has(Slot.ASYLUMS):
        return Role.ASYLUM
    if isinstance(question, AskTop | AskMap):
        return question.role if clues.has(Slot.MAP) else None
    if not clues.has(Slot.COUNTRIES, Slot.MAP) and not (clues.has(Slot.MOST) and not clues.has(Slot.RECORD)):
        return None
    place = question.places[0] if isinstance(question, AskTrend) else getattr(question, "place", Place())
    named = place.asylum is not None
    return Role.ORIGIN if named else Role.ASYLUM


def _take_together(question: Question, clues: Clues) -> Question:
    """Take the years of a span together: “in total?”, “on average?”."""
    if not isinstance(question, AskTrend) or not clues.has(Slot.TOTAL, Slot.TOGETHER, Slot.PERIOD):
        return question
    several = len(question.places) > 1 or question.years or question.per is not Per.NONE
    stock = question.measure.nature is Nature.STOCK and not clues.has(Slot.PERIOD)
    if several or stock or question.first is None or question.first == question.last:
        return question
    return AskPeriod(
        question.measure, question.places[0], (question.first, question.last), as_of=question.as_of
    )


def _change_place(question: Question, naming: Naming, *, more: bool) -> Question:
    """Put a country on the side that it is named on, else on the one that is named already.

    `more`: beside what there is, as in a comparison.
    """
    if len(naming.countries) != 1:
        raise Unfit("name")
    area = naming.countries[0]
    if isinstance(question, AskTrend):
        back = question.measure is Measure.RETURNED_REFUGEES
        put = _put(question.places[0], naming, area, back=back)
        whole, *parts = question.places
        if has_whole(question) and parts[0].asylum == whole.asylum != put.asylum:  # its parts go with it
            return replace(question, places=tuple(replace(p, asylum=put.asylum) for p in question.places))
        kept = question.places if more or len(question.places) > 1 else ()
        return replace(question, places=tuple(dict.fromkeys((*kept, put))))
    if isinstance(question, AskExport):
        raise Unfit("nothing")
    changed = _put(question.place, naming, area, getattr(question, "role", None))
    if isinstance(question, AskTop) and question.of and _on(changed, question.role) == area:
        return replace(question, of=area)
    ranked = _on(changed, question.role) if isinstance(question, AskTop | AskMap) else None
    if isinstance(question, AskTop | AskMap) and ranked and not isinstance(ranked, Group):
        return AskTrend(question.measure, (changed,), question.year, question.year, as_of=question.as_of)
    return replace(question, place=changed)


def _put(
    place: Place, naming: Naming, area: Area, ranked: Role | None = None, *, back: bool = False
) -> Place:
    role = naming.role or (Role.ORIGIN if naming.people else None)
    if back and not naming.people and role is Role.ORIGIN:  # they returned from there
        role = Role.ASYLUM
    if role is None:
        role = Role.ORIGIN if place.origin and not (place.asylum or ranked is Role.ASYLUM) else Role.ASYLUM
    if role is Role.ORIGIN:
        return Place(area, None if place.asylum == area else place.asylum)
    return Place(None if place.origin == area else place.origin, area)


def _on(place: Place, role: Role) -> Area | None:
    return place.origin if role is Role.ORIGIN else place.asylum
