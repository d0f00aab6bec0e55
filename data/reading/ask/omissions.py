"""What a question names and none of its answers has: a country, a year, a share, an average."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import quote
from data.model import STATELESS, Measure, Nature, Order, Per, RankBy
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
    years = {year for question in questions for year in _list_years(question)}
    counted = {measure_of(question) for question in questions}
    for place in clues.places:
        codes = {area.code for area in place.value.countries}
        if not codes & areas and not (STATELESS in codes and Measure.STATELESS in counted):
            yield place
    for span in clues.years:
        ends = {span.value.first, span.value.last} - {None}
        if not ends <= years:
            yield span
    for slot in clues.slots:
        met = _MET.get(slot.value)
        if met and not any(met(each) for each in answers) and not _is_an_order(slot, clues):
            yield slot
    for floor in clues.floors:
        if not any(_is_above(each) for each in answers):
            yield floor


def _is_an_order(slot: Mention[Slot], clues: Clues) -> bool:
    """Say whether a share is only how much there is: “the largest share of refugees”."""
    ordered = (each for each in clues.slots if each.value in (Slot.MOST, Slot.LEAST))
    return slot.value is Slot.SHARE and any(0 <= slot.start - each.end <= 1 for each in ordered)


def _list_areas(question: Question) -> list[Area]:
    places = [*getattr(question, "places", ()), getattr(question, "place", None)]
    sides = [side for place in places if place for side in (place.origin, place.asylum)]
    return [area for area in (*sides, getattr(question, "of", None)) if area]


def _list_years(question: Question) -> list[int]:
    as_of = question.as_of
    spans = [*(getattr(question, "years", ()) or ()), *(getattr(question, "against", None) or ())]
    named = [getattr(question, name, None) for name in ("year", "first", "last", "since")]
    return [year for year in (*spans, *named, as_of and as_of.year) if year]


def _is_share(answer: Answer) -> bool:
    measure = measure_of(answer.question)
    aimed = answer.aim is not None and answer.aim.point in (Point.SHARE, Point.PERCENT)
    rate = measure is not None and measure.nature is Nature.RATE
    return aimed or rate or isinstance(answer.question, AskDecisions) or _is_per_head(answer)


def _is_per_head(answer: Answer) -> bool:
    question = answer.question
    return (
        getattr(question, "per", None) is Per.INHABITANTS
        or getattr(question, "by", None) is RankBy.INHABITANTS
    )


def _is_ranking(answer: Answer) -> bool:
    return isinstance(answer.question, AskTop | AskMap)


def _sets_in_order(answer: Answer) -> bool:
    return _is_ranking(answer) or (isinstance(answer.question, AskTrend) and len(answer.question.places) > 1)


def _is_nth(answer: Answer) -> bool:
    return isinstance(answer.question, AskTop) and answer.question.rank is not None


def _is_least(answer: Answer) -> bool:
    question = answer.question
    return isinstance(question, AskPeriod) or getattr(question, "order", None) is Order.SMALLEST


def _is_period(answer: Answer) -> bool:
    return isinstance(answer.question, AskPeriod)


def _is_above(answer: Answer) -> bool:
    above = getattr(answer.question, "above", None) is not None
    return above or (answer.aim is not None and answer.aim.point is Point.ABOVE)


_MET: Mapping[Slot, Callable[[Answer], bool]] = {
    Slot.SHARE: _is_share,
    Slot.HEAD: _is_per_head,
    Slot.COUNTRIES: _sets_in_order,
    Slot.WHO: _sets_in_order,
    Slot.RANK: _is_ranking,
    Slot.NTH: _is_nth,
    Slot.LEAST: _is_least,
    Slot.PERIOD: _is_period,
}
"""What an answer must have for a word that asks for it; other words are for the answer to weigh."""
