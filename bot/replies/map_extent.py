"""Which part of the world a map shows, and who on it is of the group that was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.charts.map import MapArea, choose_plate, find_cut
from bot.languages import N_, _
from bot.replies.groups import name_member
from data.countries.groups import members
from data.countries.letters import fold
from data.countries.population import population_of
from data.model import Group, Role

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.questions.map import Map

OUTSIDE = N_("outside the group")


class MapExtent(NamedTuple):
    """A plate; of a group that is coloured its members, what the legend calls the others, and who is cut."""

    plate: str
    members: frozenset[str] = frozenset()
    outside: str = ""
    cut: str = ""


def frame(found: Map, counted: Collection[MapArea]) -> MapExtent:
    """Show a coloured group whole; else what is `counted`, and the group that it is counted in."""
    sides = (found.place.origin, found.place.asylum)
    coloured, other = sides if found.role is Role.ORIGIN else reversed(sides)
    if isinstance(coloured, Group):
        within = members(coloured.code, found.year)
        lived_in = {each for each in within if population_of(each, found.year)}
        plate = choose_plate([MapArea(key, 1) for key in lived_in], lived_in)
        cut = ", ".join(sorted(map(name_member, find_cut(plate, lived_in)), key=fold))
        return MapExtent(plate, within, _(OUTSIDE), _("cut off: {cut}", cut=cut) if cut else "")
    return MapExtent(
        choose_plate(counted, members(other.code, found.year) if isinstance(other, Group) else ())
    )
