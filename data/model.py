"""The words of the domain: what UNHCR counts, where, when, and in which release.

Nothing here knows of Discord, HTTP, SQL or charts. `None` for a value always means
"not published" (UNHCR's "-", or no row at all), and `0` a zero that was published.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, NamedTuple, Self

ALL = "*"
"""Stands for every country in the place of a UNHCR country code: the world's total."""

STATELESS = "STA"
"""UNHCR's code for who is a citizen of no country: in its tables an origin."""


class Dataset(StrEnum):
    """A table UNHCR publishes; the value is its name in the API and of its file."""

    POPULATION = "population"
    APPLICATIONS = "asylum-applications"
    DECISIONS = "asylum-decisions"
    SOLUTIONS = "solutions"

    @property
    def may_lack(self) -> bool:
        """Whether a release may come without it: what was said of it before then still stands."""
        return self is Dataset.SOLUTIONS


class Unit(StrEnum):
    """What a count counts. A case holds one or more persons: never add the two."""

    PERSONS = "P"
    CASES = "C"

    # Enum's own hash is a function in Python, and every count is looked up by its unit.
    __hash__ = str.__hash__

    @property
    def word(self) -> str:
        """The unit as people write it."""
        return "persons" if self is Unit.PERSONS else "cases"


class ReferencePeriod(StrEnum):
    """What the figures of a year cover: its flows January–June and its stocks 30 June, or all of it."""

    MID_YEAR = "mid-year"
    YEAR_END = "year-end"


@dataclass(frozen=True, slots=True, order=True)
class Extent:
    """What a figure stands for: a flow from January to a month's end, a stock on the month's last day.

    `inferred`: nobody says so, but a figure that never changed since the middle of its year tells it.
    """

    year: int
    month: int = 12
    inferred: bool = field(default=False, compare=False)

    HALF: ClassVar[int] = 6

    @classmethod
    def of(cls, year: int, period: ReferencePeriod) -> Extent:
        """Return what the figures of a year stand for in a release that covers so much of it."""
        return cls(year, cls.HALF) if period is ReferencePeriod.MID_YEAR else cls(year)


class Nature(StrEnum):
    """A stock is counted on a day, a flow during a period, a rate is a ratio of two flows."""

    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"


class Role(StrEnum):
    """Which side of a claim a country is on."""

    ORIGIN = "origin"
    ASYLUM = "asylum"


_PERSONS = (Unit.PERSONS,)
FIRST_YEAR = 2000
"""UNHCR publishes asylum figures by country from 2000 on; before, only a few worldwide sums."""


class MeasureRow(NamedTuple):
    """What is known of a measure.

    `letter` stands for it in buttons: it is never changed, nor given to another. `columns` are the fields of
    `Counts` that it is the sum of. A rate has none: it is the share of `part` in the substantive decisions.
    UNHCR has none before the `first_year`, though its tables have zeros. `sides` are those that it is broken
    down by: who is displaced is counted in one country, and comes from no other.
    """

    letter: str
    nature: Nature
    dataset: Dataset
    columns: tuple[str, ...] = ()
    part: tuple[str, ...] = ()
    units: tuple[Unit, ...] = (Unit.PERSONS, Unit.CASES)
    first_year: int = FIRST_YEAR
    sides: tuple[Role, ...] = (Role.ORIGIN, Role.ASYLUM)


_STOCK, _FLOW, _RATE = Nature.STOCK, Nature.FLOW, Nature.RATE
_POPULATION, _APPLICATIONS = Dataset.POPULATION, Dataset.APPLICATIONS
_DECISIONS, _SOLUTIONS = Dataset.DECISIONS, Dataset.SOLUTIONS
_COUNTRY_ONLY = (Role.ASYLUM,)


def _count_people(
    letter: str,
    nature: Nature,
    column: str,
    first_year: int,
    dataset: Dataset = _POPULATION,
    sides: tuple[Role, ...] = (Role.ORIGIN, Role.ASYLUM),
) -> MeasureRow:
    return MeasureRow(letter, nature, dataset, (column,), (), _PERSONS, first_year, sides)


class Measure(StrEnum):
    """What people ask for, in one table: a code, which is stored, sent and typed in chat, and its row."""

    PENDING = "pending", _count_people("p", _STOCK, "pending", FIRST_YEAR)
    APPLICATIONS = "applications", MeasureRow("a", _FLOW, _APPLICATIONS, ("new",))
    ALL_STAGES = "applications-all-stages", MeasureRow("s", _FLOW, _APPLICATIONS, ("all_stages",))
    DECISIONS = (
        "decisions",
        MeasureRow("d", _FLOW, _DECISIONS, ("recognised", "complementary", "rejected", "closed")),
    )
    RECOGNISED = "recognised", MeasureRow("r", _FLOW, _DECISIONS, ("recognised",))
    COMPLEMENTARY = "complementary", MeasureRow("c", _FLOW, _DECISIONS, ("complementary",))
    REJECTED = "rejected", MeasureRow("j", _FLOW, _DECISIONS, ("rejected",))
    CLOSED = "closed", MeasureRow("o", _FLOW, _DECISIONS, ("closed",))
    RECOGNITION_RATE = "recognition-rate", MeasureRow("x", _RATE, _DECISIONS, part=("recognised",))
    PROTECTION_RATE = (
        "protection-rate",
        MeasureRow("y", _RATE, _DECISIONS, part=("recognised", "complementary")),
    )
    REJECTION_RATE = "rejection-rate", MeasureRow("z", _RATE, _DECISIONS, part=("rejected",))
    REFUGEES = "refugees", _count_people("f", _STOCK, "refugees", 1951)
    OTHERS_IN_NEED = "others-in-need", _count_people("i", _STOCK, "others_in_need", 2018)
    DISPLACED = "displaced", _count_people("l", _STOCK, "displaced", 1993, sides=_COUNTRY_ONLY)
    STATELESS = "stateless", _count_people("t", _STOCK, "stateless", 2004, sides=_COUNTRY_ONLY)
    RETURNED_REFUGEES = "returned-refugees", _count_people("b", _FLOW, "returned_refugees", 1965)
    RETURNED_DISPLACED = (
        "returned-displaced",
        _count_people("u", _FLOW, "returned_displaced", 1997, sides=_COUNTRY_ONLY),
    )
    RESETTLED = "resettled", _count_people("e", _FLOW, "resettled", 1959, _SOLUTIONS)
    NATURALISED = "naturalised", _count_people("n", _FLOW, "naturalised", 1990, _SOLUTIONS)

    row: MeasureRow
    nature: Nature
    """Whether this is a stock, a flow or a rate."""

    # A measure is looked up by its code alone: the row has a default for the type checker's sake.
    def __new__(cls, code: str, row: MeasureRow | None = None) -> Self:
        """Make a measure of a line of the table."""
        if row is None:
            raise TypeError(code)
        made = str.__new__(cls, code)
        made._value_, made.row, made.nature = code, row, row.nature
        return made

    __hash__ = str.__hash__


class Level(StrEnum):
    """Which decisions: those of every level, or those at first instance, apart from appeals and reviews."""

    ALL = "all"
    FIRST = "first-instance"


@dataclass(frozen=True, slots=True)
class Country:
    """A country or territory as UNHCR lists it, or one of its few codes that are no country.

    `code` is UNHCR's own and the only key; ISO codes may be missing, and collide with
    UNHCR's (`AUS` is Austria's there), so people are only ever shown names and ISO codes.
    `text` is the name inside a sentence ("the USA", "Germany").
    """

    code: str
    iso3: str | None
    iso2: str | None
    name: str
    text: str
    is_country: bool = True

    def __hash__(self) -> int:  # by the key alone: rankings look up hundreds
        return hash(self.code)

    def __str__(self) -> str:
        return self.code


@dataclass(frozen=True, slots=True)
class Group:
    """A named set of countries, which stands where a country stands; `data.countries.groups` has its members.

    `code` is ours, in small letters, and never one of UNHCR's, which are in capitals; `short` stands for it
    in buttons, where a code has three letters.
    """

    code: str
    short: str
    name: str
    text: str

    is_country: ClassVar[bool] = True  # made of them, and no entry such as “unknown origin”
    iso3: ClassVar[None] = None
    iso2: ClassVar[None] = None


Area = Country | Group
"""What stands on one side of a claim: one country, or the sum of several."""


class Per(StrEnum):
    """What a figure is set against: nothing, or the inhabitants of where it was counted."""

    NONE = "count"
    INHABITANTS = "inhabitants"


@dataclass(frozen=True, slots=True)
class Release:
    """All figures as UNHCR published them on one date.

    `id` is `retrieved_at` in whole seconds since 1970, so that releases sort as they appeared
    even when an older one is imported later. `newest_year` is the last year with figures and
    `period` what that year covers; every earlier year is complete. Of a `damaged` one the disk may have
    changed figures since.
    """

    id: int
    retrieved_at: datetime
    label: str
    newest_year: int
    period: ReferencePeriod
    damaged: bool = False

    def __str__(self) -> str:
        return f"{self.id}"

    @property
    def day(self) -> date:
        """The day it was retrieved (UTC)."""
        return self.retrieved_at.date()

    def period_of(self, year: int) -> ReferencePeriod:
        """What the figures of this year cover in this release."""
        return self.period if year == self.newest_year else ReferencePeriod.YEAR_END

    def extent_of(self, year: int) -> Extent:
        """What the figures of this year stand for in this release, where a country did not report less."""
        return Extent.of(year, self.period_of(year))

    @property
    def partial_year(self) -> int | None:
        """The year that is only half covered, if one is."""
        return self.newest_year if self.period is ReferencePeriod.MID_YEAR else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where from and where to; `None` is every country."""

    origin: Area | None = None
    asylum: Area | None = None

    @property
    def host(self) -> Country | None:
        """The one country of asylum; None where there are all, or several."""
        return self.asylum if isinstance(self.asylum, Country) else None

    def __str__(self) -> str:
        return f"{self.origin or ALL}>{self.asylum or ALL}"


class Counts(NamedTuple):
    """The published counts of one origin, asylum, year and unit, summed over authorities and levels.

    `None` in a field: UNHCR published none. Stocks, returns and solutions are only in persons.
    `new` is stages N and NR, UNHCR's headline; `all_stages` has repeat claims, appeals and the rest.
    A named tuple, as many hundreds are made for one answer.
    """

    pending: int | None = None
    new: int | None = None
    all_stages: int | None = None
    recognised: int | None = None
    complementary: int | None = None
    rejected: int | None = None
    closed: int | None = None
    refugees: int | None = None
    others_in_need: int | None = None
    displaced: int | None = None
    stateless: int | None = None
    returned_refugees: int | None = None
    returned_displaced: int | None = None
    resettled: int | None = None
    naturalised: int | None = None


Number = int | float
"""A count, or a rate between 0 and 1."""


class Tally(NamedTuple):
    """One measure in both units, side by side and never added. A rate is between 0 and 1."""

    persons: Number | None = None
    cases: Number | None = None

    @property
    def published(self) -> bool:
        """Whether there is a figure in either unit."""
        return self.persons is not None or self.cases is not None

    @property
    def main(self) -> Number | None:
        """Persons, or cases where nothing is published in persons."""
        return self.cases if self.persons is None else self.persons


class RankBy(StrEnum):
    """What sets countries in order: the figure itself, how far it moved, or how large it is for them."""

    AMOUNT = "amount"
    CHANGE = "change"
    PERCENT = "percent"
    INHABITANTS = "inhabitants"


class Order(StrEnum):
    """Which end of a ranking comes first; of changes, the smallest are the largest falls."""

    LARGEST = "largest"
    SMALLEST = "smallest"


class RevisionKind(StrEnum):
    """How a figure came to differ between two releases."""

    NEW_PERIOD = "new period"
    COMPLETED = "completed"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    RECODED = "recoded"


def find_kind(before: Release, after: Release, year: int) -> RevisionKind:
    """Return the kind of a changed figure of `year`, by what the two releases cover, unless it is gone."""
    if year > before.newest_year:
        return RevisionKind.NEW_PERIOD
    if (
        before.period_of(year) is ReferencePeriod.MID_YEAR
        and after.period_of(year) is ReferencePeriod.YEAR_END
    ):
        return RevisionKind.COMPLETED
    return RevisionKind.CORRECTED


def kind_of(before: Release, after: Release, year: int, new_value: Number | None) -> RevisionKind:
    """Return the kind of one changed figure, whose new value is given."""
    kind = find_kind(before, after, year)
    return RevisionKind.WITHDRAWN if kind is not RevisionKind.NEW_PERIOD and new_value is None else kind


Years = tuple[int | None, int | None]
"""The first and the last; None is the earliest or the newest."""


@dataclass(frozen=True, slots=True)
class Holdings:
    """Which releases are kept, oldest first, and when UNHCR was last asked for a newer one.

    So many `notes` of UNHCR's are in force now; they came with the release of `notes_day`.
    """

    releases: tuple[Release, ...]
    checked_at: datetime | None = None
    notes: int = 0
    notes_day: date | None = None


Row = tuple[str | int | None, ...]


class RowFault(StrEnum):
    """Why a row cannot be read; the values are stored."""

    COLUMNS = "columns"
    CODE = "code"
    COUNTRY = "country"
    UNIT = "unit"
    YEAR = "year"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class Unread:
    """A row that cannot be read: its line in the table (the header is line 1), why, and what it says.

    `cell` is what is at fault, `text` the whole row; both are cut short and fit into one line. `key` is its
    address, with None for what of it cannot be read; None where not even its columns are known.
    """

    line: int
    fault: RowFault
    cell: str
    text: str
    key: Row | None = field(default=None, compare=False)
