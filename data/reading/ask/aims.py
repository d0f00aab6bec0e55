"""What an answer has to begin with: yes or no, a difference, all together, a share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.model import Measure, Order
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.counts import find_joined
from data.reading.ask.outcome import Aim, Point
from data.reading.ask.ranking import WHETHER, Ranking
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues

_FACTORS = {
    "doubl": 2.0,
    "twice": 2.0,
    "tripl": 3.0,
    "three": 3.0,
    "quadrupl": 4.0,
    "four": 4.0,
    "five": 5.0,
    "ten": 10.0,
    "halv": 0.5,
}
_FEWER = re.compile(r"\b(?:fewer|less|lower|smaller)\b", re.IGNORECASE)
_PERCENT = re.compile(r"percent|per cent|%", re.IGNORECASE)
_AVERAGE = re.compile(r"\baverage|\bmean\b", re.IGNORECASE)
_MORE = re.compile(r"\b(?:more|fewer|less|higher|lower|larger|smaller|bigger)\b", re.IGNORECASE)
_SO_MANY = re.compile(r"\b(?:all|only|just|every|half|majority|many|enough|too)\b", re.IGNORECASE)
"""Words that ask for more than whether there are any."""
_MAJORITY = re.compile(r"^\W*(?:are|were|do|did) (?:the )?(?:most|majority)\b", re.IGNORECASE)
_EITHER = re.compile(r"\bor\b", re.IGNORECASE)


def choose_aim(clues: Clues, question: Question, ranking: Ranking | None) -> Aim | None:
    """Return what has to be said first of what is found; None where the figures say it themselves."""
    if find_joined(clues):  # “more displaced people than refugees”: two counts, each by itself
        return None
    whether = WHETHER.match(clues.text) is not None
    if isinstance(question, AskTop) and ranking:
        return _aim_at_place(clues, question, ranking.rank, whether=whether)
    if ranking and clues.has(Slot.SHARE):
        return Aim(Point.SHARE)
    if isinstance(question, AskPeriod):
        return Aim(Point.AVERAGE) if clues.says(_AVERAGE) and not question.against else None
    if not isinstance(question, AskTrend):
        return Aim(Point.SOME, True) if whether and not clues.has(Slot.CHANGES, Slot.HISTORY) else None
    whether = whether and not clues.says(_EITHER)
    sign = -1 if clues.says(_FEWER) else 1
    if len(question.places) > 1:
        return _aim_at_several(clues, whether=whether, sign=sign)
    if clues.has(Slot.WHICH_YEAR, Slot.RECORD) and not clues.has(Slot.LEAST, Slot.DOWN):
        return Aim(Point.RECORD, whether)
    if whether and not is_of_arrivals(clues, question):
        return _aim_at_one(clues, sign)
    moves = clues.says(_PERCENT) and clues.has(Slot.CHANGE, Slot.UP, Slot.DOWN)
    return Aim(Point.PERCENT) if moves else None


def is_of_arrivals(clues: Clues, question: Question) -> bool:
    """Say whether it is asked how many come, and those who live there are counted."""
    if not isinstance(question, AskTrend) or question.measure is not Measure.REFUGEES:
        return False
    moves = clues.has(Slot.EACH_YEAR, Slot.UP, Slot.DOWN, Slot.CHANGE) or clues.says(_MORE)
    return len(question.places) == 1 and moves and clues.has(Slot.CAME, Slot.TOOK, Slot.GOT)


def _aim_at_place(clues: Clues, question: AskTop, rank: int | None, *, whether: bool) -> Aim | None:
    if question.of is None:
        return None
    if clues.has(Slot.SHARE) or clues.says(_MAJORITY):
        return Aim(Point.SHARE, clues.says(_MAJORITY))
    down = -1 if question.order is Order.SMALLEST else 1
    return Aim(Point.FIRST, True, down, rank or 1) if whether else None


def _aim_at_several(clues: Clues, *, whether: bool, sign: int) -> Aim | None:
    if clues.has(Slot.TOGETHER, Slot.TOTAL) and not clues.has(Slot.COMPARE):
        return Aim(Point.TOGETHER)
    if clues.has(Slot.DIFFERENCE) or (clues.says(_EITHER) and clues.says(_MORE)):
        return Aim(Point.DIFFERENCE, sign=sign)
    if clues.has(Slot.COMPARE) and whether:
        return Aim(Point.MORE, True, sign)
    return None


def _aim_at_one(clues: Clues, sign: int) -> Aim | None:
    if clues.has(Slot.FACTOR):
        said = " ".join(clues.text[e.start : e.end].casefold() for e in clues.slots if e.value is Slot.FACTOR)
        factor = next((value for stem, value in _FACTORS.items() if stem in said), None)
        return Aim(Point.CHANGED, True, 1 if (factor or 2) > 1 else -1, factor)
    if clues.has(Slot.UP, Slot.DOWN):
        up = clues.has(Slot.UP)
        return None if up and clues.has(Slot.DOWN) else Aim(Point.CHANGED, True, 1 if up else -1)
    if clues.floors:
        return Aim(Point.ABOVE, True, sign, clues.floors[0].value.low)
    if clues.has(Slot.COMPARE) or clues.says(_MORE):
        return Aim(Point.CHANGED, True, sign)
    if clues.has(Slot.MOST, Slot.LEAST) or clues.says(_SO_MANY):
        return None
    return Aim(Point.SOME, True)
