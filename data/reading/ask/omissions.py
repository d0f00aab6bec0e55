"""What a question names and none of its answers has: a country, a year, a share, an average."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.errors import quote
from data.model import STATELESS, Group, Measure, Nature, Order, Per, RankBy
from data.questions.decisions import AskDecisions
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.refinement import measure_of
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.outcome import Point
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from data.model import Area
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues
    from data.reading.ask.outcome import Answer
    from data.reading.words import Mention


def find_omitted(clues: Clues, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return what was named for nothing, in the order of the text, as it was typed."""
    spans = sorted((each.start, each.end) for each in _find(clues, answers))
    return tuple(dict.fromkeys(quote(clues.text[start:end]) for start, end in spans))


def _find(clues: Clues, answers: Sequence[Answer]) -> Iterator[Mention[object]]:
    questions = [each.question for each in answers]
    areas = {area.code for question in questions for area in _list_areas(question)}
    if Measure.STATELESS in map(measure_of, questions):
        areas.add(STATELESS)
    years = {None, *(year for question in questions for year in _list_years(question))}
    for place in clues.places:
        named = place.value.countries
        if areas.isdisjoint(area.code for area in named) and not _has_members(named[0], areas):
            yield place
    for span in clues.years:
        if not {span.value.first, span.value.last} <= years:
            yield span
    for slot in clues.slots:
        met = _MET.get(slot.value)
        if met and not any(map(met, answers)) and not _is_an_order(slot, clues):
            yield slot
    for floor in clues.floors:
        if not any(map(_is_above, answers)):
            yield floor


def _is_an_order(slot: Mention[Slot], clues: Clues) -> bool:
    """Say whether a share is only how much there is: “the largest share of refugees”."""
    ordered = (each for each in clues.slots if each.value in (Slot.MOST, Slot.LEAST))
    return slot.value is Slot.SHARE and any(0 <= slot.start - each.end <= 1 for each in ordered)


def _has_members(group: Area, codes: set[str]) -> bool:
    """Say whether all that is told are members of a group: “European country: France or Italy?”."""
    several = isinstance(group, Group) and len(codes) > 1
    return several and codes <= members(group.code, date.max.year)


def _list_areas(question: Question) -> Iterator[Area]:
    for place in question.places if isinstance(question, AskTrend) else (question.place,):
        yield from filter(None, (place.origin, place.asylum, getattr(question, "of", None)))


def _list_years(question: Question) -> Iterator[int]:
    for name in ("year", "first", "last", "since", "years", "against"):
        value = getattr(question, name, None)
        yield from value if isinstance(value, tuple) else (value,)
    if question.as_of:
        yield question.as_of.year


_SHARES = (Point.SHARE, Point.TOP_SHARE, Point.PERCENT, Point.WITHOUT)


def _is_share(answer: Answer) -> bool:
    measure = measure_of(answer.question)
    rate = measure is not None and measure.nature is Nature.RATE
    aimed = answer.aim is not None and answer.aim.point in _SHARES
    return aimed or rate or isinstance(answer.question, AskDecisions) or _is_per_head(answer)


def _is_per_head(answer: Answer) -> bool:
    found = (getattr(answer.question, name, None) for name in ("per", "by"))
    return any(each in (Per.INHABITANTS, RankBy.INHABITANTS) for each in found)


def _is_ranking(answer: Answer) -> bool:
    return isinstance(answer.question, AskTop | AskMap)


def _tells_a_rank(answer: Answer) -> bool:
    asked = answer.aim is not None and answer.aim.point is Point.FIRST
    return asked or getattr(answer.question, "rank", None) is not None


def _sets_in_order(answer: Answer) -> bool:
    return _is_ranking(answer) or len(getattr(answer.question, "places", ())) > 1


def _is_above(answer: Answer) -> bool:
    above = getattr(answer.question, "above", None) is not None
    return above or (answer.aim is not None and answer.aim.point in (Point.ABOVE, Point.PASSED))


_MET: Mapping[Slot, Callable[[Answer], bool]] = {
    Slot.SHARE: _is_share,
    Slot.HEAD: _is_per_head,
    Slot.COUNTRIES: _sets_in_order,
    Slot.WHO: _sets_in_order,
    Slot.RANK: _is_ranking,
    Slot.NTH: _tells_a_rank,
    Slot.LEAST: lambda answer: (
        (answer.aim is not None and answer.aim.point is Point.RECORD and answer.aim.sign < 0)
        or getattr(answer.question, "order", None) is Order.SMALLEST
    ),
    Slot.FACTOR: lambda answer: not isinstance(answer.question, AskTop),
    Slot.PERIOD: lambda answer: isinstance(answer.question, AskPeriod),
}
"""What an answer must have for a word that asks for it; other words are for the answer to weigh."""
