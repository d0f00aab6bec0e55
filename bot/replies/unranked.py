"""Who is not ranked by change, and why: their years do not compare."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.languages import _, name
from bot.replies.coverage import (
    name_break,
)
from data.countries.groups import members
from data.model import Group, RankBy, Role
from data.questions.ranking import find_score

if TYPE_CHECKING:
    from data.questions.ranking import Apart
    from data.questions.top import Top


MAX_APART = 3
MAX_SHORT = 5
"""So many of a ranking stand in a short answer."""


def say_apart(found: Top, *, briefly: bool = False) -> str:
    """Name the first countries that are not ranked by change, and why, in one line.

    `briefly`, without a figure of one year are told only those that might stand among those told.
    """
    least = find_score(RankBy.CHANGE, found.rows[:MAX_SHORT][-1]) if found.apart else 0
    listed = [each for each in found.apart if not (briefly and each.lacks) or each.moved / (least or 1) >= 1]
    if not listed:
        return ""
    told = [f"{name(each.country)} ({_say_why_apart(found, each)})" for each in listed[:MAX_APART]]
    more = len(listed) - len(told)
    return _(
        "Not ranked, as their years do not compare: {list}{value}.",
        list=", ".join(told),
        value=_(" and {more} more", more=more) if more else "",
    )


def _say_why_apart(found: Top, apart: Apart) -> str:
    """Say in a few words why a country's years do not compare."""
    if apart.lacks:
        ranked = found.place.origin if found.role is Role.ORIGIN else found.place.asylum
        if isinstance(ranked, Group) and apart.country.code not in members(ranked.code, apart.lacks):
            return _("no member in {lacks}", lacks=apart.lacks)
        return _("no figure for {lacks}", lacks=apart.lacks)
    if not apart.breaks:
        return _("partly in cases")
    at = apart.breaks[0]
    who = "" if at.share is None else f"{name(at.country)} "
    return _(
        "{who}{year}: {told}", who=who, year=at.year, told=name_break(found.measure, replace(at, share=None))
    )


def list_all_apart(found: Top) -> tuple[str, ...]:
    """Name all that are not ranked by change, by the reason, where one line does not name them."""
    if len(found.apart) <= MAX_APART:
        return ()
    reasons: dict[str, list[str]] = {}
    for each in found.apart:
        reasons.setdefault(_say_why_apart(found, each), []).append(name(each.country))
    told = "; ".join(f"{', '.join(names)} ({why})" for why, names in reasons.items())
    return (_("All that are not ranked, and why: {told}.", told=told),)
