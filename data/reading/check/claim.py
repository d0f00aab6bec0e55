"""A claim: a number in a text, and what the text says that it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Level, Nature

if TYPE_CHECKING:
    from data.model import Place
    from data.reading.numbers import Quantity


class Subject(StrEnum):
    """What a number counts, as the words beside it say."""

    PEOPLE = "people"
    COUNTRIES = "countries"
    RATE = "rate"
    CHANGE = "change"
    UNCLEAR = "unclear"
    """Nothing beside it says: a claim only where the figures know the number."""
    OTHER = "other"
    """Employees, euros, pages: none of our business."""


class Term(StrEnum):
    """What the text calls the people that it counts."""

    APPLIED = "applied"
    APPLICATIONS = "applications"
    NEW = "new"
    PENDING = "pending"
    CLAIMS = "claims"
    """Made or pending: the word leaves it open."""
    SEEKERS = "asylum-seekers"
    """Waiting or applying: people say it of both, UNHCR of those who wait."""
    REFUGEES = "refugees"
    DECIDED = "decided"
    RECOGNISED = "recognised"
    PROTECTED = "protected"
    """Recognised or given another protection: “accepted”."""
    COMPLEMENTARY = "complementary"
    REJECTED = "rejected"
    CLOSED = "closed"
    NOTHING = "nothing"


class TrendClaim(StrEnum):
    """Where a figure is said to have gone."""

    UP = "up"
    DOWN = "down"
    RECORD = "record"
    REVISED_UP = "revised up"
    REVISED_DOWN = "revised down"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim about how a figure stands to another one.

    `amount` is how many times as much (2.0 for “more than double”), or a change in percent. `bases` are
    the years it is compared with, empty for the year before;
    `until` is the year it leads to, where the text names both: “tripled between 2019 and 2025”.
    """

    start: int
    end: int
    trend_claim: TrendClaim
    bases: tuple[int, ...] = ()
    times: float | None = None
    percent: Quantity | None = None
    at_least: bool = False
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A number at `start` in the text, and what the text says of it, the likeliest reading first.

    `places` and `years` are those that the text names around it; `span` is set where it speaks of all
    years of one. `half` says that the text means the middle of the year, or its first half;
    `june` are the years of whose June, or its last day, it speaks: of stocks the same, of flows not.
    `year_end`: the text speaks of the end of the year.
    `time_beside`: no other number stands between this one and its time, and no year’s end after it.
    `of_claims`: the text says that it is a rate, or so many percent of claims.
    `levels` are those of the decisions that may be meant, the likeliest first.
    `origin_linked`: the origin of the likeliest place is said of the number itself, not only beside it.
    `comparisons` are made in the same breath. `number` and `quote` are how the text puts it.
    """

    start: int
    end: int
    number: str
    quote: str
    quantity: Quantity | None
    subject: Subject
    places: tuple[Place, ...]
    years: tuple[int, ...]
    span: tuple[int, int] | None = None
    half: bool = False
    time_beside: bool = False
    june: tuple[int, ...] = ()
    term: Term = Term.NOTHING
    first_time: bool = False
    cases: bool = False
    of_claims: bool = False
    levels: tuple[Level, ...] = (Level.ALL,)
    comparisons: tuple[Comparison, ...] = ()
    years_named: bool = True
    places_named: bool = True
    origin_linked: bool = False
    saying_named: bool = True
    year_end: bool = False

    def means_middle(self, nature: Nature, year: int) -> bool:
        """Say whether a figure of this kind is meant as it stood in the middle of that year."""
        return self.half or (year in self.june and nature is Nature.STOCK)
