"""A question as the slash command that puts it: people learn the commands from what they asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.findings import Role
from data.model import Level, Place
from data.questions import AskChanges, AskDecisions, AskFigures, AskHistory, AskRanking, AskTrend, compare_places

if TYPE_CHECKING:
    from data.questions import Question

RANKS = {Role.ORIGIN: "origins", Role.ASYLUM: "countries of asylum"}


def write_line(question: Question) -> str:
    """Write `/asylum trend measure:applications origin:China to:2025`: only the options that are needed.

    Empty where no command puts this question, as when two origins are set beside two countries of asylum.
    """
    if isinstance(question, AskTrend) and not _is_list(question.places):
        return ""
    match question:
        case AskFigures():
            command, options = "figures", {**_place(question.place), "year": question.year}
        case AskTrend():
            command = "trend"
            options = {"measure": question.measure.value, **_places(question.places)}
            options |= {"from": question.first, "to": question.last}
            options |= {"scale": question.scale if question.scale != "linear" else None}
        case AskRanking():
            command = "top"
            options = {"measure": question.measure.value, "rank": RANKS[question.role], "year": question.year}
            options |= _place(question.place)
        case AskHistory():
            command = "history"
            options = {"measure": question.measure.value, **_place(question.place), "year": question.year}
        case AskChanges():
            command = "changes"
            options = {"release": question.as_of, **_place(question.place)}
            options |= {"measure": question.measure and question.measure.value}
            options |= {"kinds": question.kind and question.kind.value}
            options |= {"at_least": question.at_least if question.at_least > 1 else None}
        case AskDecisions():
            command = "decisions"
            options = {
                **_place(question.place),
                "level": None if question.level is Level.ALL else question.level.value,
            }
            options |= {"from": question.first, "to": question.last}
    if not isinstance(question, AskChanges):
        options["as_of"] = question.as_of
    told = [f"{name}:{value}" for name, value in options.items() if value is not None]
    return " ".join([f"/asylum {command}", *told])


def _place(place: Place) -> dict[str, object]:
    return {
        "origin": place.origin and place.origin.name,
        "asylum": place.asylum and place.asylum.name,
    }


def _places(places: tuple[Place, ...]) -> dict[str, object]:
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
