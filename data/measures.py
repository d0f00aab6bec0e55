"""What each measure is made of. Pure arithmetic on published counts, within one unit."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any

from data.model import Counts, Dataset, Measure, Nature, Role, Tally, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from data.model import Number

MIN_DECISIONS = 50
"""On fewer substantive decisions no rate is given: UNHCR's rounding alone could move it by percents."""

INHABITANTS = {Nature.STOCK: 1_000, Nature.FLOW: 100_000}
"""Of so many inhabitants each kind of figure is given; a rate is of none."""

NOTHING = Counts()
UNPUBLISHED = Tally()


def add(*counts: int | None) -> int | None:
    """Sum what is published; None when nothing is."""
    published = [count for count in counts if count is not None]
    return sum(published) if published else None


def sum_counts(counts: Iterable[Counts]) -> Counts:
    """Add the counts of several years or places, flows with flows; a stock would be counted again."""
    each = list(counts)
    flows = {column for of, columns in COLUMNS.items() if of.nature is Nature.FLOW for column in columns}
    return Counts(**{column: add(*(getattr(c, column) for c in each)) for column in flows})


def count_substantive(counts: Counts) -> int | None:
    """Decisions on the merits: recognised, complementary protection, rejected."""
    return add(counts.recognised, counts.complementary, counts.rejected)


def count_decisions(counts: Counts) -> int | None:
    """All decisions, the otherwise closed ones among them."""
    return add(count_substantive(counts), counts.closed)


def _rate(of: int | None, counts: Counts) -> float | None:
    substantive = count_substantive(counts)
    if of is None or substantive is None or substantive < MIN_DECISIONS:
        return None
    return of / substantive


def _make_formula(of: Measure) -> Callable[[Counts], Number | None]:
    if of.row.part:
        part = _make_sum(of.row.part)
        return lambda counts: _rate(part(counts), counts)
    read = _make_sum(of.row.columns)
    return read if is_zero_a_figure(of) else lambda counts: read(counts) or None


def is_zero_a_figure(of: Measure) -> bool:
    """Whether a 0 was counted: the table of populations has one wherever nobody reported such people."""
    reported = (Measure.PENDING, Measure.REFUGEES, Measure.OTHERS_IN_NEED)
    return of in reported or of.row.dataset is not Dataset.POPULATION


def _make_sum(columns: tuple[str, ...]) -> Callable[[Counts], int | None]:
    read: Callable[[Counts], Any] = attrgetter(*columns)
    return read if len(columns) == 1 else lambda counts: add(*read(counts))


FORMULAS = {each: _make_formula(each) for each in Measure}
"""How each measure comes from counts, for those who take it of hundreds of countries."""

COLUMNS = {each: each.row.columns for each in Measure if each.row.columns}
"""Which counts a measure is the sum of; a rate is none."""

SUBSTANTIVE = ("recognised", "complementary", "rejected")
"""The counts of decisions on the merits, which every rate is a share of."""

BY_COLUMN = {columns[0]: each for each, columns in reversed(COLUMNS.items()) if len(columns) == 1}
"""The measure that each count is by itself; the first of the table where several are."""

OUTCOMES = tuple(BY_COLUMN[column] for column in COLUMNS[Measure.DECISIONS])
"""The measures that `Measure.DECISIONS` is the sum of."""

WITHOUT_ORIGIN = frozenset(each for each in Measure if each.row.sides == (Role.ASYLUM,))
"""Counted in the country that people are in, by no origin."""

_CAME_BACK = frozenset({Measure.RETURNED_REFUGEES, Measure.RETURNED_DISPLACED})


def is_at_home(measure: Measure) -> bool:
    """Say whether people are counted at home, or came back there: “from Pakistan” is no origin of theirs."""
    return measure in WITHOUT_ORIGIN or measure in _CAME_BACK


def measure(measure: Measure, counts: Counts) -> Number | None:
    """Return the value of a measure; rates come from summed counts and lie between 0 and 1."""
    return FORMULAS[measure](counts)


def tally(of: Measure, persons: Counts | None, cases: Counts | None) -> Tally:
    """Return a measure in both units, from the counts in each."""
    if persons is None and cases is None:
        return UNPUBLISHED
    formula = FORMULAS[of]
    return Tally(None if persons is None else formula(persons), None if cases is None else formula(cases))


def tally_substantive(persons: Counts | None, cases: Counts | None) -> Tally:
    """Return the number of substantive decisions in both units."""
    return Tally(count_substantive(persons or NOTHING), count_substantive(cases or NOTHING))


def tally_rated(persons: Counts | None, cases: Counts | None) -> Tally:
    """Return the same of the units that have enough of them for a rate."""
    both = tally_substantive(persons, cases)
    return Tally(*(n if n is not None and n >= MIN_DECISIONS else None for n in (both.persons, both.cases)))


UNITS = (Unit.PERSONS, Unit.CASES)
