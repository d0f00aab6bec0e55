"""What is said of ranks and shares in a text, and whether they are so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import say_list, say_number, say_ordinal, say_origin, say_share, say_value
from data.measures import is_at_home
from data.model import Role

if TYPE_CHECKING:
    from data.model import Country, Number, Place
    from data.reading.check import verdicts as v


def say_standing(stood: v.Stood) -> str:
    """Say in a sentence whether a rank or a share is what the text says."""
    if stood.holds is None:
        if stood.standing.rival:
            return (
                f"whether it is “{stood.standing.said}” cannot be told: {say_standing_short(stood)}, but one"
                " of the two counts cases as well, or is of half a year."
            )
        return f"whether it is “{stood.standing.said}” cannot be told: some of these are of half a year."
    so = "that is so" if stood.holds else "that is not so"
    return f"{so}: {say_standing_short(stood)}."


def say_standing_short(stood: v.Stood) -> str:
    """Say in short which rank or share is right."""
    if stood.standing.rival and stood.other:
        measure, year = stood.fact.measure, stood.fact.year
        return f"{stood.standing.rival.text} had {say_value(measure, stood.value)} in {year}"
    if stood.share is not None and stood.other:
        return _say_share_of(stood, stood.other, say_share(stood.share))
    among = _name_others(stood)
    if stood.rank == 1:
        return f"it is the highest {among}"
    ahead = say_list(map(_name_ahead, stood.ahead))
    rank = say_ordinal(stood.rank or 1)
    if stood.rank == len(stood.ahead) + 1:
        return f"it is the {rank} highest {among}, behind {ahead}"
    return f"it is the {rank} highest {among}, where {ahead} lead"


def _say_share_of(stood: v.Stood, other: Place, share: str) -> str:
    value = say_number(stood.value)
    if not stood.standing.part:
        if other.asylum:
            return f"it is {share} of all {value} in {other.asylum.text}"
        return f"it is {share} of all {value} worldwide"
    if stood.standing.part == other.origin:
        return f"{share} are {say_origin(stood.standing.part)} ({value})"
    if is_at_home(stood.fact.measure):
        return f"{share} came from {stood.standing.part.text} ({value})"
    return f"{share} are in {stood.standing.part.text} ({value})"


def _name_others(stood: v.Stood) -> str:
    """Say among whom a figure has its rank."""
    place, group = stood.fact.place, stood.standing.group
    if group:
        return f"in {group.text}"
    if stood.role is Role.ORIGIN:
        return f"of all origins in {place.asylum.text}" if place.asylum else "of all origins"
    return (
        f"of all countries of asylum for people {say_origin(place.origin)}"
        if place.origin
        else "of all countries"
    )


def _name_ahead(ahead: tuple[Country, Number, bool]) -> str:
    country, value, half = ahead
    amount = say_number(value)
    return f"{country.text} ({amount} in half a year)" if half else f"{country.text} ({amount})"
