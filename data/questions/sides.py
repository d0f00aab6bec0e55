"""What is asked of every country on one side of a claim, as a ranking or on a map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from data.errors import Unanswerable
from data.model import Country, Group, Measure, Place, Role

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.model import Country

Asked = TypeVar("Asked", bound="AskSide")


@dataclass(frozen=True, slots=True)
class AskSide:
    """A measure of each country in one role; `place` fixes the other side, or nothing."""

    measure: Measure
    role: Role
    place: Place
    year: int | None = None


def place_on(role: Role, fixed: Place, country: Country) -> Place:
    """Return the place that a country makes on its side with what a ranking or map fixes."""
    return Place(country, fixed.asylum) if role is Role.ORIGIN else Place(fixed.origin, country)


def choose_side(kind: Callable[..., Asked], *, role: Role | None, place: Place, **asked: Any) -> Asked:
    """Ask about the side that is left open: of a named origin countries of asylum, and the other way round.

    Of a group on that side its members are meant. Raises `Unanswerable` where it names a country there.
    """
    measure: Measure = asked["measure"]
    members_of_origin = isinstance(place.origin, Group) and place.host is not None
    home = measure is Measure.RETURNED_REFUGEES or place.asylum  # whoever returns goes to his origin
    chosen = role or (Role.ORIGIN if members_of_origin or (home and not place.origin) else Role.ASYLUM)
    if Role.ORIGIN not in measure.row.sides:
        return kind(role=Role.ASYLUM, place=place, **asked)
    if isinstance(place.origin if chosen is Role.ORIGIN else place.asylum, Country):
        raise Unanswerable("side-is-named", side=chosen)
    return kind(role=chosen, place=place, **asked)
