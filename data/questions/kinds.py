"""One class for each kind of question."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Literal, TypeVar

from data.findings import Role
from data.model import Level, Measure, Place

if TYPE_CHECKING:
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
