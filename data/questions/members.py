"""What is to be said of a group's members: who counts cases, and how many of the people are its own."""

from __future__ import annotations

from itertools import permutations
from typing import TYPE_CHECKING

from data.caveats import GroupMeant, MembersInCases, PartBeside, WithinGroup
from data.countries.groups import members
from data.errors import NoFigures
from data.model import FIRST_YEAR, Group, Nature, Place, Role, Unit
from data.questions.view import MAX_NAMED, tally_at, tally_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.caveats import Caveat
    from data.model import Area, Measure
    from data.notes import Subjects
    from data.questions.view import ReleaseView
    from data.store.figures import YearCounts

MIN_WITHIN = 0.2
"""From this share on it is said how many of a group's people are from the group itself."""

MIN_CASES = 1_000


def find_member_side(place: Place) -> Role | None:
    """Return the side on which a place has a group, whose members are listed: first that of asylum."""
    if isinstance(place.asylum, Group):
        return Role.ASYLUM
    return Role.ORIGIN if isinstance(place.origin, Group) else None


def require_members(view: ReleaseView, places: Iterable[Place], first: int, last: int) -> None:
    """Refuse a group that had no members in any of these years: it had not begun, or was no more."""
    years = range(first, last + 1)
    for area in (area for place in places for area in (place.origin, place.asylum)):
        if isinstance(area, Group) and not any(members(area.code, year) for year in years):
            kept = range(min(first, FIRST_YEAR), view.release.newest_year + 1)
            known = [year for year in kept if members(area.code, year)]
            raise NoFigures("group-not-yet", group=area, years=(first, last), first=known[0], last=known[-1])


def find_groups(subjects: Subjects) -> tuple[GroupMeant, ...]:
    """Return every group that was asked about, each once, in the newest of the years that are told."""
    year = max(subjects.years, default=subjects.since)
    areas = (area for place in subjects.places[: subjects.named] for area in (place.origin, place.asylum))
    return tuple(dict.fromkeys(GroupMeant(area, year) for area in areas if isinstance(area, Group)))


def find_parts(places: Sequence[Place], year: int) -> list[PartBeside]:
    """Name who stands beside a group that it is part of in a year: members, or a group of some of them."""
    found: dict[Group, dict[Area, None]] = {}
    for whole, part in permutations(places, 2):
        for group, area, same in (
            (whole.asylum, part.asylum, whole.origin == part.origin),
            (whole.origin, part.origin, whole.asylum == part.asylum),
        ):
            if (
                same
                and area
                and isinstance(group, Group)
                and _list_codes(area, year) < members(group.code, year)
            ):
                found.setdefault(group, {})[area] = None
    return [PartBeside(group, tuple(parts)) for group, parts in found.items()]


def _list_codes(area: Area, year: int) -> frozenset[str]:
    return members(area.code, year) if isinstance(area, Group) else frozenset([area.code])


async def find_member_caveats(
    view: ReleaseView, place: Place, measures: Sequence[Measure], year: int, counts: YearCounts
) -> list[Caveat]:
    """Name the members that count cases, and say how much of a group's figures it makes up on both sides.

    `counts` are the place's own.
    """
    measures = [of for of in measures if of.nature is not Nature.RATE]
    found: list[Caveat] = []
    if isinstance(place.asylum, Group):
        hosts = await view.read_asylum(place, year - 1, year)
        for of in measures:
            cases = {
                code: tally_of(of, hosts, code, year).cases for code, *_, unit in hosts if unit is Unit.CASES
            }
            large = [(view.country(code), n) for code, n in cases.items() if n and n >= MIN_CASES]
            if large:
                named = tuple(sorted(large, key=lambda each: -each[1])[:MAX_NAMED])
                found.append(MembersInCases(of, year, named))
    group = place.asylum or place.origin
    if isinstance(group, Group) and (place.origin is None or place.asylum is None):
        own = await view.read_year(Place(group, group), year)
        for of in measures[:1]:
            part, whole = tally_at(of, year, own).persons, tally_at(of, year, counts).persons
            if part and whole and part >= MIN_WITHIN * whole:
                found.append(WithinGroup(group, of, year, part, part / whole))
    return found
