"""What has become of a claim: where its number comes from, and what the text got wrong about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Nature
from data.reading.check.evidence import Fact, Spread

if TYPE_CHECKING:
    from data.coverage import Break
    from data.model import Country, Measure, Number, Place, Release, Unit
    from data.reading.check.claim import Claim, Comparison, Term
    from data.reading.check.evidence import Split


class Verdict(StrEnum):
    """How a claim stands to the figures; `UNTIL` is followed by a day."""

    MATCHES = "matches"
    ELSE = "matches, but is something else"
    UNTIL = "was right until"
    ROUNDED = "rounded"
    NOT_FOUND = "not in these figures"
    UNCHECKED = "cannot be checked"
    """The figures it would have to be held against are not known here."""


@dataclass(frozen=True, slots=True)
class Total:
    """A sum of the yearly figures of a span, as a release gave them; `now` is that of the newest one."""

    place: Place
    measure: Measure
    unit: Unit
    first: int
    last: int
    value: Number
    release: Release
    now: Number


@dataclass(frozen=True, slots=True)
class Extremes:
    """The lowest and the highest yearly figure of a span, each a value and its year."""

    place: Place
    measure: Measure
    unit: Unit
    first: int
    last: int
    low: tuple[Number, int]
    high: tuple[Number, int]
    release: Release


Source = Fact | Total | Extremes | Spread
"""Where a number comes from."""


@dataclass(frozen=True, slots=True)
class Match:
    """A source that fits a number; `exact` to the last digit, or as the number is rounded."""

    source: Source
    exact: bool
    cost: float = 0.0


@dataclass(frozen=True, slots=True)
class OtherMeasure:
    """The text says one thing of the number, and it is another."""

    said: Term
    measure: Measure


@dataclass(frozen=True, slots=True)
class HalfYear:
    """The text speaks of the year, or of its end; the number covers January–June, or stood on 30 June."""

    year: int
    nature: Nature = Nature.FLOW


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The text speaks of the middle of the year, the number is that of its end, or of all of it."""

    year: int
    nature: Nature


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The number is that of another year."""

    year: int


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """The number is that of all countries, or of another one."""

    place: Place


@dataclass(frozen=True, slots=True)
class SidesSwapped:
    """Where people came from and where they asked for asylum are exchanged."""

    place: Place


@dataclass(frozen=True, slots=True)
class CasesNotPeople:
    """The number counts cases, each of one or more persons."""


@dataclass(frozen=True, slots=True)
class RepeatsIncluded:
    """Repeat claims and appeals are in the number."""


@dataclass(frozen=True, slots=True)
class ClosedIncluded:
    """The percentage is of all decisions, the otherwise closed ones among them, which no rate counts."""


@dataclass(frozen=True, slots=True)
class OtherLevel:
    """The text speaks of first instance, the number is that of all levels together."""


@dataclass(frozen=True, slots=True)
class StocksSummed:
    """The number adds up what was pending in each year, the same claims again and again."""


Flaw = (
    OtherMeasure
    | HalfYear
    | WholeYear
    | OtherYear
    | OtherPlace
    | SidesSwapped
    | CasesNotPeople
    | RepeatsIncluded
    | OtherLevel
    | ClosedIncluded
    | StocksSummed
)


@dataclass(frozen=True, slots=True)
class Carried:
    """The stock is exactly that of the year before: probably not counted anew."""

    country: Country | None
    value: Number
    before: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison beside the figures: whether it holds (None: that cannot be told).

    `bases` are the years compared with and their figures, the record and its year where one is claimed.
    `breaks` and `splits` are what it passes over: years with one between them do not compare, and nothing
    holds (None). `fits` is what their bare figures would say; None where the base is too small to tell.
    """

    comparison: Comparison
    measure: Measure
    place: Place
    year: int
    value: Number
    bases: tuple[tuple[int, Number], ...]
    holds: bool | None
    release: Release
    breaks: tuple[Break, ...] = ()
    splits: tuple[Split, ...] = ()
    fits: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A claim and its verdict.

    `until` is the release that said otherwise, `now` what the newest one says where that is something else.
    `beside` is the same figure in the other unit, cases or persons, which is never added.
    `instead` are the newest figures that the text should have looked at, where none fits or another does;
    `flow` are the applications of the years whose stocks were summed, in persons and in cases. `breaks` are
    what the change from the figure to the newest one passes over. `decisions` are the substantive ones that
    a rate is a share of.
    """

    claim: Claim
    verdict: Verdict
    match: Match | None = None
    until: Release | None = None
    flaws: tuple[Flaw, ...] = ()
    now: Fact | None = None
    beside: Number | None = None
    carried: Carried | None = None
    compared: tuple[Compared, ...] = ()
    instead: tuple[Fact, ...] = ()
    flow: tuple[Total, ...] = ()
    breaks: tuple[Break, ...] = ()
    decisions: Number | None = None


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a text, the most telling first; `left_out` findings are not shown."""

    findings: tuple[Finding, ...]
    left_out: int
    release: Release
