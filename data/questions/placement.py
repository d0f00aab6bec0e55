"""On which side of a claim a measure counts people: not everyone who is counted came from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from data.errors import Unanswerable
from data.model import STATELESS, Country, Group, Measure, Place, Role
from data.questions.export import AskExport, By
from data.questions.sides import AskSide
from data.questions.trend import AskTrend

if TYPE_CHECKING:
    from data.questions.registry import Question

Asked = TypeVar("Asked", bound="Question | AskExport")


def settle(question: Asked) -> Asked:
    """Ask the same of the side on which the measure counts people, where it has only one.

    Raises `Unanswerable` where the question names another country than the one that they are in.
    """
    measure: Measure | None = getattr(question, "measure", None)
    if measure is None or Role.ORIGIN in measure.row.sides:
        return question
    if isinstance(question, AskTrend):
        places = dict.fromkeys(settle_place(measure, each) for each in question.places)
        return replace(question, places=tuple(places))
    place = settle_place(measure, question.place)
    settled: dict[str, Any] = {"place": place}
    if isinstance(question, AskSide):
        if isinstance(place.asylum, Country):
            raise Unanswerable("nowhere-else-to-rank", measure=measure, country=place.asylum)
        settled["role"] = Role.ASYLUM
    if isinstance(question, AskExport) and question.by in (By.ORIGIN, By.PAIR):
        settled["by"] = By.YEAR if place.asylum else By.ASYLUM
    return replace(question, **settled)


def settle_place(measure: Measure | None, place: Place) -> Place:
    """Return where a measure counts the people of a place: whoever is displaced is so in his own country.

    From a group it counts nobody: its members are countries that people are displaced in.
    """
    if measure is None or place.origin is None or Role.ORIGIN in measure.row.sides:
        return place
    stateless = measure is Measure.STATELESS
    if stateless and place.origin.code == STATELESS:
        return Place(asylum=place.asylum)
    if stateless or isinstance(place.origin, Group) or place.asylum not in (None, place.origin):
        raise Unanswerable("counted-where-they-are", measure=measure)
    return Place(asylum=place.origin)
