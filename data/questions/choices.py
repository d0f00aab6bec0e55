"""From what somebody typed to a question, where that takes a decision or must be refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import Unanswerable
from data.findings import Role
from data.model import Country, Measure, Place
from data.questions.kinds import AskExport, AskMap, AskPeriod, AskRanking, By, Years

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date


def compare_places(place: Place, others: Sequence[Country]) -> tuple[Place, ...]:
    """Set `place` beside others, each once: countries of asylum where it names one, else origins."""
    if place.asylum:
        places = [place, *(Place(place.origin, other) for other in others)]
    elif place.origin:
        places = [place, *(Place(other, None) for other in others)]
    else:  # nothing named: the others are compared among themselves, as countries of asylum
        places = [Place(None, other) for other in others] or [place]
    return tuple(dict.fromkeys(places))


def choose_ranking(
    measure: Measure, role: Role | None, place: Place, year: int | None, as_of: date | None
) -> AskRanking:
    """Rank what is left open: a named origin ranks countries of asylum, and the other way round.

    Raises `Unanswerable` when nothing is left to rank.
    """
    return AskRanking(measure, _choose_role("ranking", role, place), place, year, as_of)


def choose_map(
    measure: Measure, role: Role | None, place: Place, year: int | None, as_of: date | None
) -> AskMap:
    """Colour what is left open, as `choose_ranking` ranks it."""
    return AskMap(measure, _choose_role("map", role, place), place, year, as_of)


def _choose_role(what: str, role: Role | None, place: Place) -> Role:
    chosen = role or (Role.ORIGIN if place.asylum and not place.origin else Role.ASYLUM)
    if (place.origin if chosen is Role.ORIGIN else place.asylum) is not None:
        named = "origins" if chosen is Role.ORIGIN else "countries of asylum"
        raise Unanswerable(
            f"A {what} of {named} cannot name one of them;"
            f" leave out “{chosen.value}”, or use /asylum figures for a pair."
        )
    return chosen


def choose_period(
    measure: Measure, place: Place, years: Years, against: Years, as_of: date | None
) -> AskPeriod:
    """Ask about one span, and about another where a year of it is named."""
    return AskPeriod(measure, place, years, None if against == (None, None) else against, as_of)


def choose_export(
    measure: Measure, place: Place, by: By | None, years: Years, as_of: date | None
) -> AskExport:
    """Ask for a line a year unless told otherwise; a side that is named cannot be listed as well.

    Raises `Unanswerable` when it is.
    """
    named = {By.ORIGIN: place.origin, By.ASYLUM: place.asylum}.get(by or By.YEAR)
    if named is not None:
        raise Unanswerable(
            f"An export by {by} lists every one; leave out “{by}”, or choose by:year for {named.text} alone."
        )
    return AskExport(measure, place, by or By.YEAR, years, as_of)
