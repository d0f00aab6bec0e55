"""A question as the slash command that puts it: people learn the commands from what they asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.findings import Role
from data.model import Level, Place
from data.questions import (
    AskChanges,
    AskDecisions,
    AskFigures,
    AskHistory,
    AskMap,
    AskPeriod,
    AskRanking,
    AskTrend,
    compare_places,
)

if TYPE_CHECKING:
    from data.questions import Question

    Options = dict[str, object]

RANKS = {Role.ORIGIN: "origins", Role.ASYLUM: "countries of asylum"}


def write_line(question: Question) -> str:
    """Write `/asylum trend measure:applications origin:China to:2025`: only the options that are needed.

    Empty where no command puts this question, as when two origins are set beside each other in one country.
    """
    if isinstance(question, AskTrend) and not _is_list(question.places):
        return ""
    command, options = _over_years(question) or _in_a_year(question)
    if not isinstance(question, AskChanges):
        options["as_of"] = question.as_of
    told = [f"{name}:{value}" for name, value in options.items() if value is not None]
    return " ".join([f"/asylum {command}", *told])


def _over_years(question: Question) -> tuple[str, Options] | None:
    """Return the command and options of a question about several years."""
    options: Options
    match question:
        case AskTrend():
            options = {"measure": question.measure.value, **_places(question.places)}
            options |= {"from": question.first, "to": question.last}
            return "trend", options | {"scale": question.scale if question.scale != "linear" else None}
        case AskDecisions():
            level = None if question.level is Level.ALL else question.level.value
            options = {**_place(question.place), "level": level}
            return "decisions", options | {"from": question.first, "to": question.last}
        case AskPeriod(years=years, against=against):
            options = {"measure": question.measure.value, **_place(question.place)}
            options |= {"from": years[0], "to": years[1]}
            other = against or (None, None)
            return "period", options | {"against_from": other[0], "against_to": other[1]}
        case _:
            return None


def _in_a_year(question: Question) -> tuple[str, Options]:
    """Return the command and options of any other question."""
    options: Options
    match question:
        case AskFigures():
            return "figures", {**_place(question.place), "year": question.year}
        case AskRanking():
            options = {"measure": question.measure.value, "rank": RANKS[question.role]}
            return "top", options | {"year": question.year, **_place(question.place)}
        case AskMap():
            options = {"measure": question.measure.value, "by": RANKS[question.role]}
            return "map", options | {"year": question.year, **_place(question.place)}
        case AskHistory():
            options = {"measure": question.measure.value, **_place(question.place)}
            return "history", options | {"year": question.year}
        case AskChanges():
            options = {"release": question.as_of, **_place(question.place)}
            options |= {"measure": question.measure and question.measure.value}
            options |= {"kinds": question.kind and question.kind.value}
            return "changes", options | {"at_least": question.at_least if question.at_least > 1 else None}
        case _:
            raise TypeError(question)


def _place(place: Place) -> Options:
    return {
        "origin": place.origin and place.origin.name,
        "asylum": place.asylum and place.asylum.name,
    }


def _places(places: tuple[Place, ...]) -> Options:
    """Name the first place, and beside it the countries that stand in its stead in the others."""
    first, *others = places
    side = "asylum" if first.asylum else "origin"
    named = [country.name for other in others if (country := getattr(other, side))]
    return {**_place(first), "versus": ", ".join(named) or None}


def _is_list(places: tuple[Place, ...]) -> bool:
    """Say whether the option `versus` makes these places: countries of asylum, or origins worldwide."""
    first, *others = places
    side = "asylum" if first.asylum else "origin"
    return compare_places(first, [country for other in others if (country := getattr(other, side))]) == places
