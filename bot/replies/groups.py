"""Whose list of members a group has, and who they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, name, phrases
from bot.words import (
    capitalise,
    list_parts,
    say_list,
)
from data.countries.groups import GroupList, contrast, find_member, list_of, members
from data.countries.letters import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Group

LISTS = phrases(
    {
        GroupList.TREATY: "its {count} members on 31 December {year}",
        GroupList.FIXED: "the same {count} countries in every year",
        GroupList.AGREEMENT: "its {count} countries on 31 December {year}",
        GroupList.UN: "the {count} countries and areas on the United Nations' list",
        GroupList.UNHCR: "the {count} countries and areas of UNHCR's region",
        GroupList.WORLD_BANK: "the {count} countries and areas in the World Bank's list of {year}",
        GroupList.USUAL: "the {count} countries that are mostly meant",
    }
)
SOURCES = phrases(
    {
        GroupList.TREATY: "the treaty and the accessions to it",
        GroupList.FIXED: "the same composition in all years, as Eurostat uses it",
        GroupList.AGREEMENT: "what its countries agreed on",
        GroupList.UN: "United Nations Statistics Division, M49",
        GroupList.UNHCR: "UNHCR's regional bureaux",
        GroupList.WORLD_BANK: "World Bank, country classification by income",
        GroupList.USUAL: "common usage; there is no official list",
    }
)
_BY = phrases(
    {
        GroupList.UN: "{text} as the UN counts it: {count} countries and areas",
        GroupList.UNHCR: "{text} as UNHCR counts it: {count} countries and areas",
        GroupList.USUAL: "{text} as mostly meant: {count} countries",
    }
)
_CHANGING = (GroupList.TREATY, GroupList.AGREEMENT, GroupList.WORLD_BANK)


def name_member(code: str) -> str:
    """Name a country that may belong to a group, by UNHCR's code."""
    return name(find_member(code))


def say_members(group: Group, year: int) -> str:
    """Say whose list it is, and who stood on it: “its 27 members on 31 December 2025: Austria, …”."""
    listed = members(group.code, year)
    named = ", ".join(sorted(map(name_member, listed), key=fold))
    return _("{told}: {named}", told=LISTS.say(list_of(group), count=len(listed), year=year), named=named)


def define_group(group: Group, year: int) -> str:
    """Say who belongs to a group, or last did, and which years' members are summed."""
    year = next(each for each in range(year, 0, -1) if members(group.code, each))
    each_year = _(" Figures are of each year's own members.") if list_of(group) in _CHANGING else ""
    return f"{capitalise(say_members(group, year))}.{each_year}"


def say_which(group: Group, year: int) -> str:
    """Say which list is meant where another common one gives another figure; else nothing."""
    added, missing = contrast(group)
    if not added and not missing:
        return ""
    how = _BY.say(list_of(group), text=capitalise(name(group, "text")), count=len(members(group.code, year)))
    plus = _("with {list}", list=_name(added)) if added else ""
    minus = _("without {list}", list=_name(missing)) if missing else ""
    return f"{list_parts(how, plus, minus)}."


def _name(codes: Iterable[str]) -> str:
    return say_list(map(name_member, codes))
