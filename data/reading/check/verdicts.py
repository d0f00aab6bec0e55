"""What has become of a claim: where its number comes from, and what the text got wrong about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Nature
from data.reading.check.evidence import Fact, Spread

if TYPE_CHECKING:
    from data.coverage import Break
    from data.model import Country, Extent, Measure, Number, Place, Release, Role, Unit
    from data.reading.check.claim import Claim, Comparison, StandingClaim, Term
    from data.reading.check.evidence import Split


class Verdict(StrEnum):
    """How a claim stands to the figures."""

    MATCHES = "matches"
    ELSE = "else"
    """The figure is there, and is something else than the text says."""
    UNTIL = "until"
    """Right until a later release."""
    ROUNDED = "rounded"
    CLOSE = "close"
    """Within two in a hundred of what the text speaks of."""
    NOT_FOUND = "not-found"
    UNCHECKED = "unchecked"
    """The figures it would have to be held against are not known here."""


class Fit(StrEnum):
    """How a figure fits a number."""

    EXACT = "exact"
    ROUNDED = "rounded"
    NEAR = "near"


class UnjudgedReason(StrEnum):
    """Why a number that looks like a figure of asylum was not judged."""

    FORECAST = "forecast"
    THRESHOLD = "threshold"
    PER_HEAD = "per-head"
    SHARE = "share"
    """A percentage of claims or people that is no rate."""
    CHANGE = "change"
    """A percentage by which something rose or fell that is not known."""
    NOUN = "noun"
    """What it counts is not said."""
    PLACE = "place"
    """Of which country it is said cannot be told."""
    SMALL = "small"
    ROUND = "round"
    """So round that many figures would do."""
    PART = "part"
    SUM = "sum"
    """Of countries one of which counts cases, or stands for half a year."""


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


@dataclass(frozen=True, slots=True)
class Joint:
    """What some countries have together in a year: the newest figure of each."""

    facts: tuple[Fact, ...]

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.facts[0].measure

    @property
    def release(self) -> Release:
        """The release that has them."""
        return self.facts[0].last

    @property
    def places(self) -> tuple[Place, ...]:
        """Where they are counted."""
        return tuple(fact.place for fact in self.facts)

    @property
    def year(self) -> int:
        """The year they are of."""
        return self.facts[0].year

    @property
    def value(self) -> Number:
        """The sum."""
        return sum(fact.value for fact in self.facts)


@dataclass(frozen=True, slots=True)
class ShareOf:
    """What a figure has of another one, of which it is a part: of all origins, or of all countries."""

    fact: Fact
    whole: Fact

    @property
    def measure(self) -> Measure:
        """What is counted."""
        return self.fact.measure

    @property
    def release(self) -> Release:
        """The release that has them."""
        return self.fact.last

    @property
    def places(self) -> tuple[Place, ...]:
        """Where the part is counted."""
        return (self.fact.place,)

    @property
    def year(self) -> int:
        """The year it is of."""
        return self.fact.year

    @property
    def value(self) -> float:
        """The share, 0.42 for 42%."""
        return self.fact.value / self.whole.value


NumberSource = Fact | Total | Extremes | Spread | Joint | ShareOf
"""Where a number comes from."""


@dataclass(frozen=True, slots=True)
class Match:
    """A source that fits a number: to the last digit, as the number is rounded, or nearly."""

    source: NumberSource
    fit: Fit

    @property
    def exact(self) -> bool:
        """Whether it is the number itself."""
        return self.fit is Fit.EXACT


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
class PartOfYear:
    """The number stands for less than the year it is of; `of_cases`: those that are in it do."""

    year: int
    extent: Extent
    nature: Nature
    of_cases: bool = False


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The text speaks of the middle of the year, the number is that of its end, or of all of it."""

    year: int
    nature: Nature


@dataclass(frozen=True, slots=True)
class OtherYear:
    """The number is that of another year; `named`: the text names one, else the newest is meant."""

    year: int
    named: bool = True


@dataclass(frozen=True, slots=True)
class OtherPlace:
    """The number is that of all countries, or of another than is `said` right beside it."""

    place: Place
    said: Place | None = None


@dataclass(frozen=True, slots=True)
class SidesSwapped:
    """Where people came from and where they asked for asylum are exchanged."""

    place: Place


@dataclass(frozen=True, slots=True)
class CasesNotPeople:
    """The number counts cases, each of one or more persons."""


@dataclass(frozen=True, slots=True)
class BothUnits:
    """The number is persons and cases together, as UNHCR's own reports then added them."""

    persons: Number
    cases: Number


@dataclass(frozen=True, slots=True)
class RepeatsIncluded:
    """Repeat claims and appeals are in the number; `appeals` False: repeat claims alone."""

    appeals: bool = True


@dataclass(frozen=True, slots=True)
class FirstAlone:
    """The number leaves out the new applications of people who had been registered before."""


@dataclass(frozen=True, slots=True)
class SubstantiveOnly:
    """The number leaves out the claims that were otherwise closed; `every` are the decisions with them."""

    every: Number | None


@dataclass(frozen=True, slots=True)
class ComplementaryIncluded:
    """The number has complementary protection in it, the text speaks of refugees recognised."""


@dataclass(frozen=True, slots=True)
class ClosedIncluded:
    """The percentage is of all decisions, the otherwise closed ones among them, which no rate counts."""


@dataclass(frozen=True, slots=True)
class OthersIncluded:
    """Others in need of international protection are in the number, beside refugees."""


@dataclass(frozen=True, slots=True)
class SeekersIncluded:
    """Asylum-seekers, whose claims are pending, are in the number, beside refugees."""


@dataclass(frozen=True, slots=True)
class OtherLevel:
    """The text speaks of first instance, the number is that of all levels together."""


@dataclass(frozen=True, slots=True)
class NotArrivals:
    """The text says that so many came in a year; the number is everyone who was there at its end."""


@dataclass(frozen=True, slots=True)
class StocksSummed:
    """The number adds up what was pending in each year, the same claims again and again."""


Flaw = (
    OtherMeasure
    | HalfYear
    | PartOfYear
    | WholeYear
    | OtherYear
    | OtherPlace
    | SidesSwapped
    | CasesNotPeople
    | BothUnits
    | RepeatsIncluded
    | FirstAlone
    | SubstantiveOnly
    | ComplementaryIncluded
    | OthersIncluded
    | SeekersIncluded
    | OtherLevel
    | ClosedIncluded
    | NotArrivals
    | StocksSummed
)


@dataclass(frozen=True, slots=True)
class UnchangedStock:
    """The stock is exactly that of the year before: probably not counted anew."""

    country: Country | None
    value: Number
    before: int


@dataclass(frozen=True, slots=True)
class Compared:
    """A comparison beside the figures: whether it holds (None: that cannot be told).

    `bases` are the years compared with and their figures, the record and its year where one is claimed.
    `breaks` and `splits` are what it passes over: years with one between them do not compare, and nothing
    holds (None), but for breaks that are little of a total, which are told beside. `fits` is what their bare
    figures would say; None where the base is too small to tell.
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
class Stood:
    """A rank or a share that a text gives a figure: whether it is so (None: that cannot be told).

    `rank` is the right one of that side, and `ahead` are countries with more, some of them in half a year;
    `share` is the right one, with `value` as the part, or the whole, of the `other` place.
    """

    standing: StandingClaim
    fact: Fact
    holds: bool | None
    rank: int | None = None
    role: Role | None = None
    ahead: tuple[tuple[Country, Number, bool], ...] = ()
    share: float | None = None
    other: Place | None = None
    value: Number = 0


@dataclass(frozen=True, slots=True)
class ClaimFinding:
    """A claim and its verdict.

    `rival` is what the number may as well be. `until` is the release that said otherwise, `now` what the
    newest one says where that is something else. `beside` is the same figure in the other unit, cases or
    persons, which is never added. `instead` are the newest figures that the text should have looked at, where
    none fits or another does, and `otherwise` those of other places or years that it may speak of. `flow` are
    the applications of the years whose stocks were summed, in persons and in cases. `breaks` are what the
    change from the figure to the newest one passes over. `decisions` are the substantive ones that a rate is
    a share of. `stood` are its rank among others and its shares, where the text gives any, `unheard` is what
    the text says beside the number that was not judged. `joint` is what the countries have together of which
    a number is said that is not theirs, `share` what the part has of the whole that a percentage is not.
    `holds`: whether the figure is above, or below, a number far from it, as the text says.
    """

    claim: Claim
    verdict: Verdict
    match: Match | None = None
    rival: Match | None = None
    until: Release | None = None
    flaws: tuple[Flaw, ...] = ()
    now: Fact | None = None
    beside: Number | None = None
    carried: UnchangedStock | None = None
    compared: tuple[Compared, ...] = ()
    instead: tuple[Fact, ...] = ()
    flow: tuple[Total, ...] = ()
    breaks: tuple[Break, ...] = ()
    decisions: Number | None = None
    otherwise: tuple[Fact, ...] = ()
    stood: tuple[Stood, ...] = ()
    unheard: tuple[str, ...] = ()
    joint: Joint | None = None
    share: ShareOf | None = None
    holds: bool | None = None


@dataclass(frozen=True, slots=True)
class Unjudged:
    """A number that looks like a figure of asylum, and why nothing is said of it."""

    number: str
    reason: UnjudgedReason


@dataclass(frozen=True, slots=True)
class Check:
    """What was found in a text, in its order, and the numbers that were not judged."""

    findings: tuple[ClaimFinding, ...]
    unjudged: tuple[Unjudged, ...]
    release: Release
