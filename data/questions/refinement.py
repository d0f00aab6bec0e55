"""The same question with another measure, other years, or origin and asylum swapped. Pure."""

from __future__ import annotations

from dataclasses import replace

from data.model import Measure, Nature, Place, RankBy, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.registry import Question
from data.questions.sides import AskSide
from data.questions.top import AskTop
from data.questions.trend import AskTrend


def measure_of(question: Question) -> Measure | None:
    """Return what a question counts; None where it is several things."""
    return Measure.PENDING if isinstance(question, AskFigures) else getattr(question, "measure", None)


def change_measure(question: Question, measure: Measure) -> Question:
    """Count something else. A year's figures begin with pending claims; any other measure stands alone."""
    match question:
        case AskFigures(place=place, year=year, as_of=as_of):
            if measure is Measure.PENDING:
                return question
            return AskTrend(measure, (place,), year, year, as_of=as_of)
        case AskDecisions(place=place, first=first, last=last, as_of=as_of):
            return AskTrend(measure, (place,), first, last, as_of=as_of)
        case AskTrend():
            scale = "linear" if measure.nature is Nature.RATE else question.scale
            return replace(question, measure=measure, scale=scale)
        case AskTop():
            if measure.nature is Nature.RATE:
                question = replace(question, by=RankBy.AMOUNT, above=None, below=None)
            since = question.since if measure.nature is not Nature.STOCK or question.of_change else None
            return replace(question, measure=measure, since=since)
        case AskHistory() | AskChanges() | AskMap() | AskPeriod():
            return replace(question, measure=measure)
    return question


def takes_span(question: Question) -> bool | None:
    """Say whether a question is of several years, or of one; None where it is of neither."""
    if isinstance(question, AskChanges):
        return None
    return isinstance(question, AskTrend | AskDecisions | AskPeriod)


def change_years(question: Question, first: int | None, last: int | None) -> Question:
    """Ask of these years; a question of one year takes the last."""
    match question:
        case AskTrend():
            return replace(question, first=first, last=last, years=())
        case AskDecisions():
            return replace(question, first=first, last=last)
        case AskPeriod():
            return replace(question, years=(first, last), against=None)
        case AskTop():
            return replace(question, year=last, since=None)
        case AskFigures() | AskHistory() | AskMap():
            return replace(question, year=last)
    return question


def swap_sides(question: Question) -> Question | None:
    """Take origins for countries of asylum and the other way round; None where no country is named."""
    match question:
        case AskTrend(places=places):
            swapped: Question = replace(question, places=tuple(map(_swap, places)))
        case AskSide(place=place, role=role):
            other = Role.ASYLUM if role is Role.ORIGIN else Role.ORIGIN
            swapped = replace(question, place=_swap(place), role=other)
        case AskFigures() | AskHistory() | AskChanges() | AskDecisions() | AskPeriod():
            swapped = replace(question, place=_swap(question.place))
        case _:
            return None
    return None if swapped == question else swapped


def _swap(place: Place) -> Place:
    return Place(place.asylum, place.origin)
