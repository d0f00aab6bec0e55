"""What is said of ranks and shares in a text, and whether they are so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, name
from bot.words import say_list, say_number, say_ordinal, say_share, say_value
from bot.words.measures import say_origin
from data.measures import is_at_home
from data.model import Role

if TYPE_CHECKING:
    from data.model import Country, Number, Place
    from data.reading.check import verdicts as v


def say_standing(stood: v.Stood) -> str:
    """Say in a sentence whether a rank or a share is what the text says."""
    if stood.holds is None:
        if stood.standing.rival:
            return _(
                "whether it is “{said}” cannot be told: {standing_short}, but one of the two counts cases"
                " as well, or is of half a year.",
                said=stood.standing.said,
                standing_short=say_standing_short(stood),
            )
        return _(
            "whether it is “{said}” cannot be told: some of these are of half a year.",
            said=stood.standing.said,
        )
    so = _("that is so") if stood.holds else _("that is not so")
    return f"{so}: {say_standing_short(stood)}."


def say_standing_short(stood: v.Stood) -> str:
    """Say in short which rank or share is right."""
    if stood.standing.rival and stood.other:
        measure, year = stood.fact.measure, stood.fact.year
        return _(
            "{text} had {value} in {year}",
            text=stood.standing.rival.text,
            value=say_value(measure, stood.value),
            year=year,
        )
    if stood.share is not None and stood.other:
        return _say_share_of(stood, stood.other, say_share(stood.share))
    among = _name_others(stood)
    if stood.rank == 1:
        return _("it is the highest {among}", among=among)
    ahead = say_list(map(_name_ahead, stood.ahead))
    rank = say_ordinal(stood.rank or 1)
    if stood.rank == len(stood.ahead) + 1:
        return _("it is the {rank} highest {among}, behind {ahead}", rank=rank, among=among, ahead=ahead)
    return _("it is the {rank} highest {among}, where {ahead} lead", rank=rank, among=among, ahead=ahead)


def _say_share_of(stood: v.Stood, other: Place, share: str) -> str:
    value = say_number(stood.value)
    if not stood.standing.part:
        if other.asylum:
            return _(
                "it is {share} of all {value} in {asylum:text}", share=share, value=value, asylum=other.asylum
            )
        return _("it is {share} of all {value} worldwide", share=share, value=value)
    if stood.standing.part == other.origin:
        return _(
            "{share} are {origin} ({value})", share=share, origin=say_origin(stood.standing.part), value=value
        )
    if is_at_home(stood.fact.measure):
        return _(
            "{share} came from {part:text} ({value})", share=share, part=stood.standing.part, value=value
        )
    return _("{share} are in {part:text} ({value})", share=share, part=stood.standing.part, value=value)


def _name_others(stood: v.Stood) -> str:
    """Say among whom a figure has its rank."""
    place, group = stood.fact.place, stood.standing.group
    if group:
        return _("in {group:text}", group=group)
    if stood.role is Role.ORIGIN:
        return (
            _("of all origins in {asylum:text}", asylum=place.asylum) if place.asylum else _("of all origins")
        )
    return (
        _("of all countries of asylum for people {origin}", origin=say_origin(place.origin))
        if place.origin
        else _("of all countries")
    )


def _name_ahead(ahead: tuple[Country, Number, bool]) -> str:
    country, value, half = ahead
    amount = say_number(value)
    return (
        _("{country:text} ({amount} in half a year)", country=country, amount=amount)
        if half
        else f"{name(country, 'text')} ({amount})"
    )
