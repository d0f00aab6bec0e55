"""From what a question says to the one question value, or several, that it can mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import Unanswerable
from data.model import Level, Measure, Nature, Place, Role
from data.questions.changes import AskChanges
from data.questions.decisions import AskDecisions
from data.questions.figures import AskFigures
from data.questions.history import AskHistory
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.counts import Together
from data.reading.ask.vocabulary import Intent

if TYPE_CHECKING:
    from data.questions.registry import Question
    from data.questions.trend import Scale
    from data.reading.ask.clues import Clues
    from data.reading.ask.counts import Counted
    from data.reading.ask.sides import Sides
    from data.reading.ask.times import Times

MAX_PLACES = 6
_AMONG = re.compile(r"\b(?:among|amongst|of all|out of)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Case:
    """A question with everything chosen but its kind."""

    clues: Clues
    sides: Sides
    counted: Counted
    times: Times

    @property
    def place(self) -> Place:
        """The one place; raises `Unanswerable` where there are several."""
        places = self.sides.places
        if len(places) > 1:
            raise Unanswerable("That needs a single country, or one origin in one country of asylum.")
        return places[0]

    @property
    def measure(self) -> Measure:
        """The one measure; raises `Unanswerable` where there is none."""
        if isinstance(self.counted, Measure):
            return self.counted
        raise Unanswerable("Several things are counted there; ask for one of them.")


def is_ranking(clues: Clues, countries: int) -> bool:
    """Say whether countries are to be set in order, or shares of a whole told."""
    if clues.has(Intent.CHANGES, Intent.HISTORY):
        return False
    if clues.has(Intent.RECORD) and not _asks_for_countries(clues):
        return False
    if clues.has(Intent.SHARE):
        return _asks_for_countries(clues) or (bool(countries) and not _is_of_decisions(clues))
    return clues.has(Intent.MAP) or (
        clues.has(Intent.TOP) and not (clues.has(Intent.COMPARE) and countries > 1)
    )


def _is_of_decisions(clues: Clues) -> bool:
    """Say whether a share is one of decisions, which is a rate."""
    meant = {
        measure for mention in clues.measures if not mention.value.weak for measure in mention.value.measures
    }
    return bool(meant - {Measure.PENDING, Measure.APPLICATIONS, Measure.ALL_STAGES, Measure.DECISIONS})


def _asks_for_countries(clues: Clues) -> bool:
    return clues.has(Intent.TOP) and clues.has(Intent.ORIGINS, Intent.ASYLUMS)


def ask_ranking(case: Case, role: Role) -> Question:
    """Rank this side, within what is named of the other."""
    sides, times = case.sides, case.times
    if times.spans:
        raise Unanswerable("A ranking is of one year: name one.")
    place = _whole(sides, role) if case.clues.has(Intent.SHARE) else case.place
    if (place.origin if role is Role.ORIGIN else place.asylum) is not None:
        raise Unanswerable("A ranking cannot name one of what it ranks; ask for that country's own figures.")
    kind = AskMap if case.clues.has(Intent.MAP) else AskTop
    return kind(case.measure, role, place, times.last, as_of=times.as_of)


def _whole(sides: Sides, role: Role) -> Place:
    """Return what a share is of: all, or those of the one country that is not on the ranked side."""
    if not (sides.origins and sides.asylums):
        return Place()
    whole = sides.asylums if role is Role.ORIGIN else sides.origins
    if len(whole) > 1:
        raise Unanswerable("A share is of one whole: name one country for it.")
    return Place(None, whole[0]) if role is Role.ORIGIN else Place(whole[0], None)


def choose_ranked(clues: Clues, sides: Sides) -> tuple[Role, ...]:
    """Return which side is ranked; both where nothing tells."""
    if clues.has(Intent.SHARE) and (sides.origins or sides.asylums):
        return _choose_share(clues, sides)
    if sides.origins and not sides.asylums:
        return (Role.ASYLUM,)
    if sides.asylums and not sides.origins:
        return (Role.ORIGIN,)
    named = [
        role
        for role, intent in ((Role.ORIGIN, Intent.ORIGINS), (Role.ASYLUM, Intent.ASYLUMS))
        if clues.has(intent)
    ]
    return tuple(named) if len(named) == 1 else (Role.ASYLUM, Role.ORIGIN)


def _choose_share(clues: Clues, sides: Sides) -> tuple[Role, ...]:
    """Rank the parts of a whole: origins of those in Germany, countries of asylum of Syrians; or both."""
    if not (sides.origins and sides.asylums):
        return (Role.ASYLUM if sides.asylums else Role.ORIGIN,)
    one, other = clues.places[0], clues.places[-1]
    if sides.first is Role.ASYLUM or _AMONG.search(clues.text[one.end : other.start]):
        return (Role.ORIGIN,)
    counted = any(one.end <= mention.start < other.start for mention in clues.measures)
    return (Role.ASYLUM,) if counted else (Role.ASYLUM, Role.ORIGIN)


def ask(case: Case) -> Question:
    """Choose the kind of question that is no ranking; raises `Unanswerable` where there is none."""
    clues, times = case.clues, case.times
    if clues.has(Intent.CHANGES):
        measure = case.counted if isinstance(case.counted, Measure) else None
        return AskChanges(case.place, measure, as_of=times.as_of)
    if clues.has(Intent.HISTORY):
        return AskHistory(case.measure, case.place, times.last, times.as_of)
    if _is_of_a_period(case):
        return AskPeriod(case.measure, case.place, (times.first, times.last), times.against, times.as_of)
    if case.counted is Together.OUTCOMES:
        level = Level.FIRST if clues.has(Intent.FIRST_INSTANCE) else Level.ALL
        return AskDecisions(case.place, level, times.first if times.spans else None, times.last, times.as_of)
    if case.counted is Together.EVERYTHING:
        if times.spans:
            raise Unanswerable("Over several years I can show one measure at a time: say which.")
        return AskFigures(case.place, times.last, as_of=times.as_of)
    if len(case.sides.places) > MAX_PLACES:
        raise Unanswerable(f"At most {MAX_PLACES} places can be compared at once; name fewer.")
    if _is_one_figure(case):
        return AskFigures(case.place, times.last, as_of=times.as_of)
    first = times.first if times.spans or not _is_over_years(case) else None
    scale: Scale = "log" if clues.has(Intent.LOG) and case.measure.nature is not Nature.RATE else "linear"
    return AskTrend(case.measure, case.sides.places, first, times.last, scale, as_of=times.as_of)


def _is_of_a_period(case: Case) -> bool:
    """Say whether years are taken together: a mean, two spans, or a number since or between years."""
    clues, times = case.clues, case.times
    asked = clues.has(Intent.PERIOD) or (clues.has(Intent.TOTAL) and times.spans)
    if times.listed and (times.last or 0) - (times.first or 0) + 1 > len(clues.years):
        if asked:
            raise Unanswerable("Years taken together are a span, as 2015–2020; name one.")
        return False
    if times.against or clues.has(Intent.PERIOD):
        return True
    together = clues.has(Intent.TOTAL, Intent.HOW_MANY) and isinstance(case.counted, Measure)
    if not together or not times.spans or len(case.sides.places) > 1:
        return False
    over_years = clues.has(Intent.TREND, Intent.COMPARE, Intent.RECORD, Intent.LOG)
    return asked or (not times.listed and case.measure.nature is Nature.FLOW and not over_years)


def _is_one_figure(case: Case) -> bool:
    """Say whether a stock of one place in one year is asked for, with which its figures begin."""
    alone = len(case.sides.places) == 1 and not case.clues.has(Intent.COMPARE)
    return case.measure.nature is Nature.STOCK and alone and not _is_over_years(case)


def _is_over_years(case: Case) -> bool:
    """Say whether a figure is to be seen among those of other years."""
    return case.times.spans or case.clues.has(Intent.TREND, Intent.RECORD, Intent.LOG, Intent.PERIOD)
