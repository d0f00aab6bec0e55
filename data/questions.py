"""Questions as values: what a command, a button or a sentence asks for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

from data.errors import Unanswerable
from data.findings import Role
from data.model import Country, Level, Measure, Place

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.compare import Kind
    from data.model import Release

Scale = Literal["linear", "log"]
Years = tuple[int | None, int | None]
"""The first and the last; None is the earliest or the newest."""


@dataclass(frozen=True, slots=True)
class AskFigures:
    """Everything about a place in a year; None is the newest year or release."""

    place: Place
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskTrend:
    """One measure of a few places over years."""

    measure: Measure
    places: tuple[Place, ...]
    first: int | None = None
    last: int | None = None
    scale: Scale = "linear"
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskRanking:
    """The largest origins or countries of asylum; `place` fixes the other side, or nothing."""

    measure: Measure
    role: Role
    place: Place
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskHistory:
    """One figure in every release up to `as_of`."""

    measure: Measure
    place: Place
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskChanges:
    """What the release of a day changed; no measure is every measure, no kind is every kind."""

    place: Place
    measure: Measure | None = None
    kind: Kind | None = None
    at_least: int = 1
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskDecisions:
    """What became of claims over years, at all levels or at first instance."""

    place: Place
    level: Level = Level.ALL
    first: int | None = None
    last: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskMap:
    """Where people went, or came from; `place` fixes the other side, or nothing."""

    measure: Measure
    role: Role
    place: Place
    year: int | None = None
    as_of: date | None = None


@dataclass(frozen=True, slots=True)
class AskPeriod:
    """One measure over a span of years, and against another span."""

    measure: Measure
    place: Place
    years: Years = (None, None)
    against: Years | None = None
    as_of: date | None = None


class By(StrEnum):
    """What an export has one line for."""

    YEAR = "year"
    ORIGIN = "origin"
    ASYLUM = "asylum"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class AskExport:
    """One measure as a file: a line a year, or a year and country, or a year and pair of countries."""

    measure: Measure
    place: Place
    by: By = By.YEAR
    years: Years = (None, None)
    as_of: date | None = None


Question = AskFigures | AskTrend | AskRanking | AskHistory | AskChanges | AskDecisions | AskMap | AskPeriod
Asked = TypeVar(
    "Asked",
    AskFigures,
    AskTrend,
    AskRanking,
    AskHistory,
    AskChanges,
    AskDecisions,
    AskMap,
    AskPeriod,
    AskExport,
)


def pin(question: Asked, release: Release) -> Asked:
    """Ask the same of one release, whatever comes after it."""
    return replace(question, as_of=release.day)


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
