"""Weigh a release against the one before it: is it likely to be what UNHCR meant to publish? Pure.

What is weighed are numbers of rows and sums of figures, so that it costs little and one odd figure
among hundreds of thousands does not matter. The bounds come from the eleven releases of April 2023 to
June 2026: each passes beside any earlier one. Below each bound stands the largest move there was.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.model import Dataset, ReferencePeriod, RevisionKind, find_kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from data.model import Release

MAX_WITHDRAWN = 0.05
"""The largest share of a dataset that a plausible release withdraws; the largest real one was 0.6%."""

MAX_SHRUNK = 0.05
"""The largest share by which a dataset may shrink."""

MIN_ROWS = 200
"""Of so few a share says nothing: a dataset that small is never judged."""

MIN_OF_LATER = 0.5
"""A release older than all others has so much of the next one's rows: in three years they grew by 12%."""

MIN_TOTAL = 50_000
"""The same of a sum of people: smaller ones move as they like."""

MAX_UNREAD = 20
"""So many rows may be unreadable. Eleven releases had one between them. A slip touches a row or two, but a
code or a column that changes touches every row that has it: of 22 codes in use, one stands in a single row
of the newest release and every other in 46 or more."""

MIN_COUNTRY = 200
"""The same of a country's own total: UNHCR rounds small ones, and they move as they like."""

MIN_MOVE = 50
"""A country that moves by no more people is not doubted, whatever its share."""

LARGE = 0.1
"""A country with so much of the world's total is large: the USA, Germany and the Emirates in applications of
2024, Venezuela, Sudan and the unknown origins in claims pending in 2025."""


class Why(StrEnum):
    """What makes a release doubtful; the values are stored."""

    ROWS = "rows"
    ROWS_WITHDRAWN = "rows withdrawn"
    FIGURES = "figures"
    FIGURES_WITHDRAWN = "figures withdrawn"
    UNREAD = "unread"
    REVISED = "revised"
    WORLD = "world"
    COUNTRY = "country"
    COUNTRY_MOVED = "country moved"


class Side(StrEnum):
    """Where a total is broken down: by origin, or by country of asylum."""

    ORIGIN = "origin"
    ASYLUM = "asylum"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a release is doubtful: a code and what it speaks of, which differs from code to code.

    `before` and `after` are numbers of rows, of figures or of people; what was withdrawn or revised is
    `after`. `column` is a column of the ledger. A new year (`kind`) has the year before it as `before`.
    """

    why: Why
    before: int
    after: int
    dataset: Dataset | None = None
    column: str | None = None
    year: int | None = None
    kind: RevisionKind | None = None
    side: Side | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class WeighedTotal:
    """The sum of a column over a year, persons and cases together, in the release before and in this one.

    Cases are people too, counted otherwise: a country that changes from one to the other has not lost
    anybody. `revised` is how much its figures moved, upwards or downwards. `sides` are the same by
    country, before and after.
    """

    dataset: Dataset
    column: str
    year: int
    before: int
    after: int
    revised: int
    sides: Mapping[tuple[Side, str], tuple[int, int]]


@dataclass(frozen=True, slots=True)
class TotalBounds:
    """Between what a total may move.

    `revised`: the share of the world's total that may be revised while the period stays the same.
    The others are ratios of after to before: `completed` while half a year becomes a whole one, `half`
    and `year` when a new year is there, as half of one or as a whole, beside the year before it.
    `falls` are the lowest ratios for one large country: in the same period, completed, new (0: it may
    be missing altogether, as the applications of the USA were in the middle of 2025).
    """

    revised: float
    completed: tuple[float, float]
    half: tuple[float, float]
    year: tuple[float, float]
    falls: tuple[float, float, float] | None


@dataclass(frozen=True, slots=True)
class CountryBounds:
    """Between what the total of a country of asylum, however small, may move.

    `reissued` are ratios of after to before in the newest year, while it covers the same. `latest` is how
    many people the last closed year of the release before may move by beyond `LATEST`, when newer figures
    come; all years before it are `SETTLED`. `rise` and `fall` hold where half a year becomes a whole one or
    a new year comes: a ratio, and how many people it takes beyond it.
    """

    reissued: tuple[float, float]
    latest: int
    rise: tuple[float, int]
    fall: tuple[float, int]


SETTLED = (0.97, 1.03)
"""Of years that were closed long ago the largest real move was 0.5%, or 23 people."""

LATEST = (0.67, 1.5)

_ANYTHING = (0.0, 0)

# What really happened, in this order: Canada's decisions of 2025 × 0.48; in June 2024, for 2022, Côte
# d'Ivoire's claims 176 → 3,561 and North Macedonia's refugees 635 → 7,065; with new and completed years the
# Congo's claims × 65 (+98,566), Libya's refugees × 93 (+198,174) and Iran's × 4.1, Iran's × 0.22 (−2.7
# million) and Russia's × 0.01 (−1.2 million), and flows that are missing altogether.
_PENDING = CountryBounds((0.67, 1.5), 3_500, (4, 150_000), (0.25, 120_000))
_REFUGEES = CountryBounds((0.67, 1.5), 7_000, (4.5, 300_000), (0.2, 1_500_000))
_OTHERS = CountryBounds((0.67, 1.5), 900, (4, 150_000), (0.25, 150_000))
_APPLIED = CountryBounds((0.67, 1.5), 200, (8, 150_000), _ANYTHING)
_DECIDED = CountryBounds((0.45, 1.5), 1_500, (8, 200_000), _ANYTHING)

COUNTRY_BOUNDS: Mapping[tuple[Dataset, str], CountryBounds] = {
    (Dataset.POPULATION, "asylum_seekers"): _PENDING,
    (Dataset.POPULATION, "refugees"): _REFUGEES,
    (Dataset.POPULATION, "idps"): _OTHERS,
    (Dataset.POPULATION, "stateless"): _OTHERS,
    (Dataset.POPULATION, "oip"): _OTHERS,
    (Dataset.APPLICATIONS, "applied"): _APPLIED,
    (Dataset.DECISIONS, "total"): _DECIDED,
}
"""Of which columns each country is weighed; outcomes come and go, and are part of all decisions."""

# What really happened:    revised          completed      new half year   a large country's fall
_STOCK = TotalBounds(0.05, (0.75, 1.4), (0.75, 1.4), (0.6, 1.6), (0.25, 0.25, 0.1))
#                          0.2%             0.93–1.18      0.94–1.17       –, 0.56, 0.22 (Iran's refugees)
_APPLICATIONS = TotalBounds(0.05, (0.9, 5), (0.15, 1.25), (0.4, 2.5), (0.25, 0.4, 0))
#                          0.3%             1.64–2.96      0.33–0.60       –, 1.6, 0 (the USA)
_DECISIONS = TotalBounds(0.10, (0.9, 5), (0.15, 1.25), (0.4, 2.5), (0.25, 0.4, 0))
#                          4.7% (South      1.83–2.74      0.47–0.56       0.49 (Canada), 1.4, 0 (the USA)
#                          Africa 2022)
_OUTCOME = TotalBounds(0.25, (0.9, 5), (0.15, 1.25), (0.3, 3), None)
#                          13.6% (the same) 1.2–3.3        0.31–0.68       whole countries come and go

BOUNDS: Mapping[tuple[Dataset, str], TotalBounds] = {
    (Dataset.POPULATION, "asylum_seekers"): _STOCK,
    (Dataset.POPULATION, "refugees"): _STOCK,
    (Dataset.POPULATION, "idps"): _STOCK,
    (Dataset.POPULATION, "stateless"): _STOCK,
    (Dataset.POPULATION, "oip"): _STOCK,
    (Dataset.APPLICATIONS, "applied"): _APPLICATIONS,
    (Dataset.DECISIONS, "total"): _DECISIONS,
    (Dataset.DECISIONS, "recognised"): _OUTCOME,
    (Dataset.DECISIONS, "complementary"): _OUTCOME,
    (Dataset.DECISIONS, "rejected"): _OUTCOME,
    (Dataset.DECISIONS, "closed"): _OUTCOME,
}
"""Which columns are weighed. Returns, others of concern and host communities are not: UNHCR revises them
by whole multiples (returned refugees of 2022: 339,261, then 1,356,261). Solutions are not: 6,344 of their
naturalisations were missing in October 2024, and back in June 2025."""


def find_missing(
    dataset: Dataset, column: str | None, before: int, after: int, withdrawn: int
) -> Doubt | None:
    """Doubt a dataset, or a column's figures above zero, of which too many are gone."""
    if before < MIN_ROWS:
        return None
    if after < (1 - MAX_SHRUNK) * before:
        return Doubt(Why.FIGURES if column else Why.ROWS, before, after, dataset, column)
    if withdrawn > MAX_WITHDRAWN * before:
        why = Why.FIGURES_WITHDRAWN if column else Why.ROWS_WITHDRAWN
        return Doubt(why, before, withdrawn, dataset, column)
    return None


def find_fragment(dataset: Dataset, rows: int, later: int) -> Doubt | None:
    """Doubt a dataset that is older than all others, and far smaller than the next one."""
    if later >= MIN_ROWS and rows < MIN_OF_LATER * later:
        return Doubt(Why.ROWS, later, rows, dataset)
    return None


def find_unreadable(rows: int, unread: int) -> Doubt | None:
    """Doubt a release of which too many rows, besides those that were read, cannot be read."""
    return Doubt(Why.UNREAD, rows + unread, unread) if unread > MAX_UNREAD else None


def find_moved(totals: Iterable[WeighedTotal], before: Release, after: Release) -> Doubt | None:
    """Doubt a release whose totals moved as they never do; the worst of its moves is told."""
    doubts = [doubt for total in totals for doubt in _weigh(total, before, after)]
    return max(doubts, key=_gravity, default=None)


def _weigh(total: WeighedTotal, before: Release, after: Release) -> Iterator[Doubt]:
    """Yield what is wrong with a total: first of the world, then of large countries."""
    if total.before < MIN_TOTAL:
        return
    bounds = BOUNDS[total.dataset, total.column]
    kind = find_kind(before, after, total.year)
    about = (total.dataset, total.column, total.year, kind)
    if kind is RevisionKind.CORRECTED:
        if total.revised > bounds.revised * total.before:
            yield Doubt(Why.REVISED, total.before, total.revised, *about)
    else:
        low, high = _ratios(bounds, kind, after.period_of(total.year))
        if not low * total.before <= total.after <= high * total.before:
            yield Doubt(Why.WORLD, total.before, total.after, *about)
    if bounds.falls:
        least = bounds.falls[
            (RevisionKind.CORRECTED, RevisionKind.COMPLETED, RevisionKind.NEW_PERIOD).index(kind)
        ]
        for (side, country), (had, has) in total.sides.items():
            if had >= LARGE * total.before and has < least * had:
                yield Doubt(Why.COUNTRY, had, has, *about, side, country)
    yield from _weigh_countries(total, before, after)


def _weigh_countries(total: WeighedTotal, before: Release, after: Release) -> Iterator[Doubt]:
    """Yield each country of asylum, however small, whose total moved as none does."""
    bounds = COUNTRY_BOUNDS.get((total.dataset, total.column))
    if bounds is None:
        return
    kind = find_kind(before, after, total.year)
    (low, high), fallen, risen = _limits(bounds, kind, total.year, before, after)
    for (side, country), (had, has) in total.sides.items():
        if side is Side.ORIGIN or not had or max(had, has) < MIN_COUNTRY:
            continue
        if (has < low * had and had - has > fallen) or (has > high * had and has - had > risen):
            yield Doubt(
                Why.COUNTRY_MOVED, had, has, total.dataset, total.column, total.year, kind, side, country
            )


def _limits(
    bounds: CountryBounds, kind: RevisionKind, year: int, before: Release, after: Release
) -> tuple[tuple[float, float], int, int]:
    """Return between which ratios a country may move, and by how many people below and above them."""
    if kind is not RevisionKind.CORRECTED:
        return (bounds.fall[0], bounds.rise[0]), bounds.fall[1], bounds.rise[1]
    reissue = (before.newest_year, before.period) == (after.newest_year, after.period)
    last_closed = before.newest_year - (before.period is ReferencePeriod.MID_YEAR)
    if reissue and year == after.newest_year:
        return bounds.reissued, MIN_MOVE, MIN_MOVE
    if not reissue and year == last_closed:
        return LATEST, bounds.latest, bounds.latest
    return SETTLED, MIN_MOVE, MIN_MOVE


def _ratios(bounds: TotalBounds, kind: RevisionKind, period: ReferencePeriod) -> tuple[float, float]:
    if kind is RevisionKind.COMPLETED:
        return bounds.completed
    return bounds.half if period is ReferencePeriod.MID_YEAR else bounds.year


def _gravity(doubt: Doubt) -> tuple[int, int]:
    """A large country that is gone says more than the total that lacks it, a small one less."""
    weight = {Why.COUNTRY: 2, Why.COUNTRY_MOVED: 0}.get(doubt.why, 1)
    return weight, doubt.after if doubt.why is Why.REVISED else abs(doubt.after - doubt.before)
