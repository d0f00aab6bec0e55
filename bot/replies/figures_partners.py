"""Where or whence they are, and where the place stands among others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, name
from bot.words import (
    SMALL,
    say_number,
    say_share,
)
from bot.words.measures import say_place
from data.model import Measure, Place, Role

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.questions.figures import Figures, Partner


MAX_NAMED = 5


def say_partners(found: Figures) -> str:
    """Name the largest countries of asylum, origins or members, in full."""
    abroad = found.partner_role is Role.ASYLUM
    parts = []
    if (told := _name_largest(found.partners)) and abroad:
        parts.append(_("Pending in: {told}.", told=told))
    elif told:
        parts.append(_("Pending by origin: {told}.", told=told))
    if (countries := found.partners_with_claims) > 1 and abroad:
        small = (
            _(
                ", {partners_under_ten} of them with fewer than 10",
                partners_under_ten=found.partners_under_ten,
            )
            if found.partners_under_ten
            else ""
        )
        parts.append(
            _(
                "Claims are pending in {countries} countries of asylum{small}.",
                countries=countries,
                small=small,
            )
        )
    if told := _name_largest(found.members):
        parts.append(_("By member: {told}.", told=told))
    return " ".join(parts)


def _name_largest(partners: Iterable[Partner]) -> str:
    """Name the countries with the most claims; empty where there is but one."""
    named = [f"{name(p.country)} {say_number(p.pending.persons)}" for p in partners if p.pending.persons]
    return ", ".join(named[:MAX_NAMED]) if len(named) > 1 else ""


def say_standing(found: Figures) -> str:
    """Say the rank; among figures that UNHCR rounds so coarsely there is none."""
    standing, pending = found.standings.get(Measure.PENDING), found.tallies[Measure.PENDING].persons
    if standing is None or (pending or 0) < SMALL:
        return ""
    if standing.rank is None:
        own = found.place.origin if found.place.asylum else None
        whose = _(" of people {place}", place=say_place(Place(own))) if own else ""
        return _(
            "That is {share} of all claims waiting for a decision{whose} worldwide.",
            share=say_share(standing.share or 0),
            whose=whose,
        )
    among = (
        _("{among} countries of asylum", among=standing.among)
        if found.place.asylum
        else _("{among} origins", among=standing.among)
    )
    origin = found.place.origin if found.place.asylum else None
    whose = _(" for people {place}", place=say_place(Place(origin=origin))) if origin else ""
    share = ""
    if standing.share:
        of = "their" if origin else "all"
        share = _(
            ", with {share} of {of} claims waiting for a decision", share=say_share(standing.share), of=of
        )
    return _(
        "Rank {rank} of {among}{whose}{share}.", rank=standing.rank, among=among, whose=whose, share=share
    )
