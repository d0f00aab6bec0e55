"""A claim: a number in a text, and what the text says that it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from data.model import Nature

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.model import Area, Group, Measure, Role
    from data.reading.numbers import Quantity


class Subject(StrEnum):
    """What a number counts, as the words beside it say."""

    PEOPLE = "people"
    COUNTRIES = "countries"
    RATE = "rate"
    CHANGE = "change"
    STANDING = "standing"
    """A rank that a text gives without a number: “hosts the most refugees in the world”."""
    UNCLEAR = "unclear"
    """A noun that may be anything: a claim only where the figures know the number."""
    OTHER = "other"
    """Employees, euros, pages: none of our business."""


class Term(StrEnum):
    """What the text calls the people that it counts."""

    APPLIED = "applied"
    APPLICATIONS = "applications"
    NEW = "new"
    REPEAT = "repeat"
    """Applied again."""
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
    DISPLACED = "displaced"
    STATELESS = "stateless"
    RETURNED = "returned"
    RESETTLED = "resettled"
    NATURALISED = "naturalised"
    IN_NEED = "in need"
    """Others in need of international protection."""
    NOTHING = "nothing"


_POPULATIONS = frozenset({Term.DISPLACED, Term.STATELESS, Term.RESETTLED, Term.NATURALISED, Term.IN_NEED})


MAX_YEAR = 9999


class TrendClaim(StrEnum):
    """Where a figure is said to have gone."""

    UP = "up"
    DOWN = "down"
    RECORD = "record"
    LOW = "low"
    """The lowest of all years."""
    REVISED_UP = "revised up"
    REVISED_DOWN = "revised down"


@dataclass(frozen=True, slots=True)
class Comparison:
    """A claim about how a figure stands to another one.

    `amount` is how many times as much (2.0 for “more than double”), or a change in percent. `bases` are
    the years it is compared with, empty for the year before;
    `until` is the year it leads to, where the text names both: “tripled between 2019 and 2025”. A record is
    one `since` a year, or over so many years (`over`), and of the years up to `latest`, the newest that had
    figures when it was written. `said` is how the text puts it. `leads` is where the number begins that it
    goes to, “rose to 229,740”, and `base` the one that it comes from, of whatever year. `nth` is 2 for the
    second highest of all years. `denied`: something of it is denied, so that it is not judged.
    """

    start: int
    end: int
    trend_claim: TrendClaim
    bases: tuple[int, ...] = ()
    times: float | None = None
    percent: Quantity | None = None
    at_least: bool = False
    about: bool = False
    until: int | None = None
    since: int | None = None
    over: int | None = None
    latest: int = MAX_YEAR
    said: str = ""
    leads: int | None = None
    base: Quantity | None = None
    nth: int = 1
    denied: bool = False

    @property
    def of_record(self) -> bool:
        """Whether a year is said to be the highest or the lowest."""
        return self.trend_claim in (TrendClaim.RECORD, TrendClaim.LOW)


@dataclass(frozen=True, slots=True)
class StandingClaim:
    """A rank, 1 for the largest, or a share in percent; `said` is how the text puts it.

    `role` is which side is ranked, where the words tell. `part` is who a share is of, else it is what the
    figure has of a whole, of the people of the one country `whole` where the text names it. `group`: among
    whose members; `others` are groups that the text names elsewhere. `rival` is a country that the figure is
    said to be `above`, or below. `of_countries`: what is ranked are called countries, who of a pair are those
    of asylum. `denied`: the text says that it is not so; None where it denies something, and nobody can tell
    what.
    """

    start: int
    end: int
    said: str
    rank: int | None = None
    role: Role | None = None
    share: Quantity | None = None
    part: Area | None = None
    whole: Area | None = None
    group: Group | None = None
    others: tuple[Group, ...] = ()
    rival: Area | None = None
    above: bool = True
    of_countries: bool = False
    denied: bool | None = False


@dataclass(frozen=True, slots=True)
class ShareClaim:
    """Who a percentage is said to be of, the `whole`, and which `part` of them: countries, by their codes.

    `told`: the words say of whom it is, else only what was named. `world`: it is of all countries.
    `by_whole`, `by_part`: on which side the words put each, if they do.
    `clear`: nothing but a verb stands between, so that no other part can be meant.
    """

    told: bool = False
    world: bool = False
    whole: str | None = None
    part: str | None = None
    by_whole: Role | None = None
    by_part: Role | None = None
    clear: bool = False


@dataclass(frozen=True, slots=True)
class SideClaim:
    """Where a text sets a number among others, and how: “more than Germany”, “a record”."""

    start: int
    end: int
    said: str


class Near(StrEnum):
    """How near a text puts something to a number, the nearest first; the values are rows of `weights.csv`.

    `rank` is 0 for the nearest; `in_sentence`: the sentence of the number says it.
    """

    rank: int
    in_sentence: bool

    LINKED = "linked"
    """No more than a few words between the two: “6,435 of them in Canada”, “Italy (3,857)”."""
    CLAUSE = "clause"
    BESIDE = "beside"
    """In its sentence, with no other number between."""
    SENTENCE = "sentence"
    CARRIED = "carried"
    """What the text spoke of last, before this sentence."""
    TAKEN = "taken"
    """In its sentence, but said of another number, or of a part of this one: “most of them from Syria”."""
    TOPIC = "topic"
    """What it began with."""
    EARLIER = "earlier"
    LATER = "later"
    IMPLIED = "implied"
    """A text that names no year speaks of the newest one with figures on its day."""
    STALE = "stale"
    """Or of the year before that."""
    NEVER = "never"

    def __init__(self, name: str) -> None:
        self.rank = len(type(self).__members__)
        self.in_sentence = name in ("linked", "clause", "beside", "sentence", "taken")


class Agreement(StrEnum):
    """Whether the words around a country put it on a side."""

    SAID = "said"
    OPEN = "open"
    AGAINST = "against"


class Mark(StrEnum):
    """What a sentence says that these figures cannot be held against, or that makes its number no claim."""

    MONTHS = "months"
    FISCAL = "fiscal"
    SOURCE = "source"
    REGION = "region"
    TOWN = "town"
    SO_FAR = "so far"
    FORECAST = "forecast"
    THRESHOLD = "threshold"
    PART = "part"
    SUM = "sum"
    """Of populations that overlap, which UNHCR subtracts from each other."""
    UNRWA = "unrwa"
    """With Palestine refugees under UNRWA's mandate, whom these figures leave out."""
    PER_HEAD = "per head"


@dataclass(frozen=True, slots=True)
class Named:
    """A country or group that a text names, as one side of a claim."""

    area: Area
    near: Near
    agreement: Agreement


@dataclass(frozen=True, eq=False)
class Claim:
    """A number at `start` in the text, and what the text says of it. Nothing is settled here: all is weighed.

    `origins` and `asylums` are all countries that the text names, by UNHCR's code, as either side; `years`
    and `terms` likewise. `span` is set where it speaks of all years of one. `half`: the middle of the year
    is meant, or its first half; `june` are the years of whose June it speaks: of stocks the same, of flows
    not. `term_beside`: nothing parts it from what is said of it. `year_end`: the text speaks of the end of
    the year. `time_beside`: no other number stands between this one and its time. `says_new`: its sentence
    speaks of what is new or the first, `says_all` of repeat claims too, or of all stages. `says_arrived`: so
    many are said to have come in a year. `comparisons`, `standings` and `asides` are made in the same breath.
    `number` and `quote` are how the text, of the day `written`, puts it, in which of its sentences. `joint`
    are the countries that it is said of together. `share`: who a percentage is of. `kin_…` is what other
    numbers of the text were found to be, to the last digit; `kin_repeats`: with repeat applications.
    """

    start: int
    end: int
    number: str
    quote: str
    quantity: Quantity | None
    subject: Subject
    sentence: int = 0
    origins: Mapping[str, Named] = field(default_factory=dict)
    asylums: Mapping[str, Named] = field(default_factory=dict)
    years: Mapping[int, Near] = field(default_factory=dict)
    terms: Mapping[Term, Near] = field(default_factory=dict)
    term_beside: bool = False
    span: tuple[int, int] | None = None
    half: bool = False
    june: frozenset[int] = frozenset()
    year_end: bool = False
    time_beside: bool = False
    cases: bool = False
    says_new: bool = False
    says_all: bool = False
    says_arrived: bool = False
    on_merits: bool = False
    with_seekers: bool = False
    of_claims: bool = False
    at_first: Near = Near.NEVER
    worldwide: bool = False
    about_asylum: bool = True
    written: date = date.max
    kin_measures: frozenset[Measure] = frozenset()
    kin_years: frozenset[int] = frozenset()
    kin_repeats: bool = False
    marks: frozenset[Mark] = frozenset()
    comparisons: tuple[Comparison, ...] = ()
    standings: tuple[StandingClaim, ...] = ()
    asides: tuple[SideClaim, ...] = ()
    joint: tuple[str, ...] = ()
    share: ShareClaim | None = None

    @cached_property
    def telling(self) -> tuple[tuple[tuple[str, Near], ...], tuple[tuple[str, Near], ...]]:
        """The countries that the words put on each side, of origin and of asylum, the nearest first.

        A name alone is rather one of asylum.
        """
        origins = [
            (code, each.near) for code, each in self.origins.items() if each.agreement is Agreement.SAID
        ]
        asylums = [
            (code, each.near)
            for code, each in self.asylums.items()
            if each.agreement is not Agreement.AGAINST
        ]
        for side in (origins, asylums):
            side.sort(key=lambda each: each[1].rank)
        return tuple(origins), tuple(asylums)

    @cached_property
    def term(self) -> Term:
        """The nearest thing said of it; of several as near what names a population of its own."""
        return min(
            self.terms,
            key=lambda term: (self.terms[term].rank, term not in _POPULATIONS),
            default=Term.NOTHING,
        )

    @property
    def nearest_year(self) -> int | None:
        """The year that stands nearest to it; the later of two."""
        return min(self.years, key=lambda year: (self.years[year].rank, -year), default=None)

    @property
    def says_term(self) -> bool:
        """Whether its own sentence says what is counted."""
        return any(near.in_sentence for near in self.terms.values())

    @property
    def says_year(self) -> bool:
        """Whether the text names its year at all."""
        return bool(self.span) or any(near.rank <= Near.EARLIER.rank for near in self.years.values())

    @property
    def says_place(self) -> bool:
        """Whether its own sentence names a country, or the world."""
        return self.worldwide or self.names_place

    @property
    def names_place(self) -> bool:
        """Whether its own sentence names a country."""
        named = (*self.origins.values(), *self.asylums.values())
        return any(each.near.in_sentence for each in named)

    @property
    def names_place_before(self) -> bool:
        """Whether its sentence or one before names a country that is not said of another number."""
        named = (*self.origins.values(), *self.asylums.values())
        return any(each.near.rank <= Near.EARLIER.rank and each.near is not Near.TAKEN for each in named)

    @property
    def goes_on_place(self) -> bool:
        """Whether its own sentence names a country, or the text goes on with one."""
        named = (*self.origins.values(), *self.asylums.values())
        return self.says_place or any(each.near is Near.CARRIED for each in named)

    def means_middle(self, nature: Nature, year: int) -> bool:
        """Say whether a figure of this kind is meant as it stood in the middle of that year."""
        return self.half or (year in self.june and nature is Nature.STOCK)
