"""Which of the countries in a question people came from, and in which they asked for asylum."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, product
from typing import TYPE_CHECKING

from data.model import Group, Place, Role
from data.reading.ask.usual_sides import read_usual_sides
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.model import Area
    from data.reading.ask.clues import Clues
    from data.reading.places import Naming
    from data.reading.words import Mention

_OWN = re.compile(
    r"(?:['’]s?)?\s(?:(?!(?:as|by|for|and|or)\b)[\w-]+\s)?"
    r"(?:refugees?|asylum|displaced|claimants?|applicants?|applications|claims|rejections|recognitions)\b",
    re.IGNORECASE,
)
_WERE = re.compile(r"\b(?:are|were|is|was) (?:the )?$", re.IGNORECASE)
OTHER = {Role.ORIGIN: Role.ASYLUM, Role.ASYLUM: Role.ORIGIN}
OPEN, UNUSUAL = 0.5, 1.5
"""What it costs to take a side that nothing tells: the one that is usual, and the other."""


@dataclass(frozen=True, slots=True)
class Sides:
    """Origins and countries of asylum, each once and in the order named.

    `first` is the side of the country that was named first; `cost` what was guessed, and `guessed` whether
    the names themselves leave open which country is meant, or the sides do.
    """

    origins: tuple[Area, ...]
    asylums: tuple[Area, ...]
    first: Role | None = None
    cost: float = 0.0

    @property
    def places(self) -> tuple[Place, ...]:
        """Every pair of an origin and a country of asylum; the whole world where none is named."""
        return tuple(Place(*pair) for pair in product(self.origins or (None,), self.asylums or (None,)))

    def on(self, role: Role) -> tuple[Area, ...]:
        """Return those on one side."""
        return self.origins if role is Role.ORIGIN else self.asylums


MAX_WAYS = 64
"""Six names of two countries each."""


def take_sides(namings: Sequence[Naming]) -> tuple[Sides, ...]:
    """Return every likely way to take the countries named, the likeliest first.

    A name means the same wherever it stands, and of very many ways only the first are looked at.
    """
    found: dict[Sides, None] = {}
    names = list(dict.fromkeys(tuple(naming.countries) for naming in namings))
    for meant in islice(product(*names), MAX_WAYS):
        meaning = dict(zip(names, meant, strict=True))
        countries = [meaning[tuple(naming.countries)] for naming in namings]
        for roles, cost in _choose_roles(namings, countries):
            pairs = list(zip(countries, roles, strict=True))
            origins = dict.fromkeys(country for country, role in pairs if role is Role.ORIGIN)
            asylums = dict.fromkeys(country for country, role in pairs if role is Role.ASYLUM)
            found[Sides(tuple(origins), tuple(asylums), roles[0] if roles else None, cost)] = None
    return tuple(sorted(found, key=lambda sides: sides.cost))


def _choose_roles(
    namings: Sequence[Naming], countries: Sequence[Area]
) -> Iterator[tuple[tuple[Role, ...], float]]:
    """Yield the roles of all countries and what is guessed in them."""
    roles = _fill(namings, countries)
    given = tuple(role for role in roles if role)
    if len(given) == len(roles):
        yield given, 0.0
        return
    pair = len(roles) == 2 and not any(roles) and not namings[1].listed  # noqa: PLR2004
    habits = read_usual_sides()
    if (
        pair
        and len(usual := {each.code: habits[each.code] for each in countries if each.code in habits}) == 1
    ):
        both = tuple(usual.get(country.code, OTHER[next(iter(usual.values()))]) for country in countries)
        yield both, OPEN
        return
    likely = Role.ORIGIN if any(naming.people for naming in namings) else Role.ASYLUM
    for role in (likely, OTHER[likely]):
        yield tuple(each or role for each in roles), OPEN if role is likely else UNUSUAL


def _fill(namings: Sequence[Naming], countries: Sequence[Area]) -> list[Role | None]:
    """Give a role to those that the text leaves without: the side left over, else the one out of habit."""
    roles = [naming.role for naming in namings]
    habits = [
        None if naming.open else read_usual_sides().get(country.code)
        for naming, country in zip(namings, countries, strict=True)
    ]
    given = {role for role in roles if role}
    for place, naming in enumerate(namings):
        if roles[place] is None:
            if len(given) == 1 and _may_be(naming, habits[place], other := OTHER[next(iter(given))]):
                roles[place] = other
            elif naming.people:
                roles[place] = habits[place] if len(namings) == 1 else Role.ORIGIN
    if all(role is None for role in roles) and len(set(habits)) == 1:
        return habits
    if len(roles) == 2 and None in roles and not any(roles) and None not in habits:  # noqa: PLR2004 - a pair
        return habits
    return roles


def _may_be(naming: Naming, habit: Role | None, role: Role) -> bool:
    """Say whether a country may be on this side, given how it is named and what is usual.

    A group by its own name is no origin where nothing says so: “20% of EU applications”.
    """
    if role is Role.ORIGIN and not naming.people and isinstance(naming.countries[0], Group):
        return False
    return not (naming.people and role is Role.ASYLUM and habit is not Role.ASYLUM)


def owns(clues: Clues, place: Mention[Naming]) -> bool:
    """Say whether people are a country's own: “Canada's refugees”, who came from elsewhere."""
    end = place.end - 2 if re.search(r"['’]s$", clues.text[: place.end]) else place.end
    return not place.value.people and _OWN.match(clues.text, end) is not None


def composes(clues: Clues) -> bool:
    """Say whether a share is of those who are counted: “of the rejected were Turks”, no rate of decisions."""
    if not clues.has(Slot.SHARE) or len(clues.places) < 2:  # noqa: PLR2004 - whole and part
        return False
    first, last = clues.places[0], clues.places[-1]
    told = last.value.people and _WERE.search(clues.text[: last.start])
    return bool(told) or (first.value.people and owns(clues, last))
