"""A question after an answer, which changes one slot of it: “and in France?”."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.model import Group, Order, Per, Place, Role
from data.questions.export import AskExport
from data.questions.map import AskMap
from data.questions.refinement import change_measure, change_years
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.answer_forms import choose_aim, has_whole
from data.reading.ask.clues import gather
from data.reading.ask.frame import set_against, set_parts
from data.reading.ask.outcome import Answer, Refused, Understood, Unfit
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
    from data.reading.places import Naming

MAX_WORDS, MAX_ALONE = 9, 2
"""Words of a follow-up, and of one that does not begin like one."""
_BEGINS = re.compile(
    r"\W*(?:and|(?:what|how) about|compared|vs|versus|with|or|but|also|in|for|from|to|since|per|now|then|same"
    r"|only|(?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(r"\b(?:year before|previous year|year earlier)\b(?! last)", re.IGNORECASE)
_TOLD = ("year-to-come", "day", "two-halves", "no-mid-year", "no-year-end")
"""Why years that are named have no figures."""


def follow_up(
    text: str, question: Question, atlas: Atlas, releases: Sequence[Release], today: date
) -> Understood | Refused | None:
    """Return the question with what a short text says changed in it; None where that is a new question."""
    if year := getattr(question, "year", None) or getattr(question, "last", None):
        text = _YEAR_BEFORE.sub(f"{year - 1}", text)
    clues = gather(text, atlas, today, releases[-1].newest_year)
    words = len(split(clues.text))
    whole = clues.places or clues.has(Slot.WORLDWIDE, Slot.COUNTRIES)
    if words > MAX_WORDS or not (_BEGINS.match(clues.text) or words <= MAX_ALONE or not whole):
        return None
    try:
        changed = _change(question, clues, releases)
    except Unfit as unfit:
        return Refused(unfit.reason, unfit.values) if unfit.reason in _TOLD else None
    topics = [each.value.code for each in clues.topics if each.value.way is not Way.NOTE]
    if topics or clues.parts:
        return Refused(topics[0] if topics else "cities", {}, (changed,))
    if clues.strays:
        return None
    measures = clues.measures[0].value.measures if clues.measures else ()
    answers = [change_measure(changed, each) for each in measures] if len(measures) > 1 else [changed]
    if changed in (None, question):
        return None
    aimed = clues.left_out or clues.has(Slot.FACTOR, Slot.UP, Slot.DOWN, Slot.COMPARE)
    return Understood(
        tuple(Answer(each, choose_aim(clues, each, None, back=False) if aimed else None) for each in answers)
    )


def _change(question: Question, clues: Clues, releases: Sequence[Release]) -> Question:
    """Change places, measure, years, or what a figure is set against, as far as they are named."""
    more = clues.has(Slot.COMPARE)
    for mention in clues.places:
        question = _change_place(question, mention.value, more=more or mention.value.listed)
    if clues.has(Slot.WORLDWIDE) and isinstance(question, AskTrend):
        question = replace(question, places=(Place(question.places[0].origin),))
    if clues.measures:
        question = change_measure(question, clues.measures[0].value.measures[0])
    if clues.years:
        times = choose_times(clues, releases)
        question = replace(
            change_years(question, times.first, times.last), as_of=times.as_of or question.as_of
        )
    if clues.left_out:
        return set_parts(question, clues.left_out)
    if clues.has(Slot.LEAST) and isinstance(question, AskTop):
        question = replace(question, order=Order.SMALLEST)
    return set_against(question, Per.INHABITANTS) if clues.has(Slot.HEAD) else question


def _change_place(question: Question, naming: Naming, *, more: bool) -> Question:
    """Put a country on the side that it is named on, else on the one that is named already.

    `more`: beside what there is, as in a comparison.
    """
    if len(naming.countries) != 1:
        raise Unfit("name")
    area = naming.countries[0]
    if isinstance(question, AskTrend):
        put = _put(question.places[0], naming, area)
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


def _put(place: Place, naming: Naming, area: Area, ranked: Role | None = None) -> Place:
    role = naming.role or (Role.ORIGIN if naming.people else None)
    if role is None:
        role = Role.ORIGIN if place.origin and not (place.asylum or ranked is Role.ASYLUM) else Role.ASYLUM
    if role is Role.ORIGIN:
        return Place(area, None if place.asylum == area else place.asylum)
    return Place(None if place.origin == area else place.origin, area)


def _on(place: Place, role: Role) -> Area | None:
    return place.origin if role is Role.ORIGIN else place.asylum
