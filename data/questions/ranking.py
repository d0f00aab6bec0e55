"""Countries in order: by a figure, or by how far it moved. What is set apart, and what a figure means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from data.caveats import RateMeaning, StageUnknown, TooFewDecisions, find_meaning
from data.countries.population import population_of
from data.measures import FORMULAS, NOTHING, UNITS, count_substantive
from data.model import Extent, Measure, Nature, Order, RankBy, Tally, Unit
from data.statistics import SMALL, Change, find_ratio, mixes_units, rank_values
from data.store.rollups import FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Country, Counts, Number
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import PartnerCounts

    Summed = Mapping[tuple[str, Unit], Counts]
    Missing = Mapping[tuple[str, Unit], int]

MIN_RANKED_DECISIONS = 500
"""A rate on fewer substantive decisions would top every ranking by chance."""

MIN_GROWN = 1_000
"""From a smaller figure a percentage would top every ranking by chance."""

MIN_PER_HEAD = 500
"""Fewer people would make the smallest countries the first of every ranking per inhabitant."""


class Ranked(NamedTuple):
    """One row of a ranking. `rank` is None for figures in cases, which are not ranked with persons.

    `extent` is what the figure stands for where that is less than the ranking's year; of a sum over years,
    what its last such part stands for, and `missing` is how many of the years have no figure. `per_head` is
    the figure divided by the country's inhabitants, where that is ranked. `crossed` are breaks that its
    change passes over. `carried` is how much of a stock was carried forward; `breaks` are those of its years.
    """

    rank: int | None
    country: Country
    unit: Unit
    value: Number | None
    share: float | None
    change: Change | None
    extent: Extent | None = None
    missing: int = 0
    per_head: float | None = None
    crossed: tuple[Break, ...] = ()
    carried: Carried | None = None
    breaks: tuple[Break, ...] = ()


@dataclass(frozen=True, slots=True)
class Apart:
    """A country that is not ranked by change, and why: breaks, a year without a figure, or else cases.

    `moved` is how far its figures lie apart, `lacks` the year of which there is none.
    """

    country: Country
    moved: Number
    breaks: tuple[Break, ...] = ()
    lacks: int | None = None


def find_score(by: RankBy, row: Ranked) -> Number:
    """Return what a row is ranked by."""
    if by is RankBy.INHABITANTS:
        return row.per_head or 0
    if by is RankBy.AMOUNT or row.change is None:
        return row.value or 0
    if by is RankBy.PERCENT:
        return row.change.ratio or 0
    return row.change.after - row.change.before


def choose_year(counts: PartnerCounts, year: int) -> Summed:
    """Take the counts of each country in one of the years."""
    return {(code, unit): each for (code, its_year, unit), each in counts.items() if its_year == year}


def value_ranked(of: Measure, each: Counts) -> Number | None:
    """Return a figure; a rate only of as many decisions as it takes to be ranked."""
    if of.nature is Nature.RATE and (count_substantive(each) or 0) < MIN_RANKED_DECISIONS:
        return None
    return FORMULAS[of](each)


def list_amounts(
    view: ReleaseView,
    of: Measure,
    summed: Summed,
    missing: Missing,
    total: Tally,
    order: Order,
    *,
    below: bool = False,
) -> list[Ranked]:
    """List the figures of a year, or the sums over several; of the smallest those of at least ten.

    `below`: those below a threshold are asked for, and rates of zero are.

    Figures in cases stand between those in persons without a rank.
    """
    least: Number = SMALL if order is Order.SMALLEST and of.nature is not Nature.RATE else 0
    zeros = of.nature is Nature.RATE and (below or order is Order.SMALLEST)
    found = []
    for (code, unit), each in summed.items():
        value = value_ranked(of, each)
        if value is None or value < least or (value == 0 and not zeros):
            continue
        if (country := view.country(code)).is_country:
            share, absent = _share(of, value, total, unit), missing.get((code, unit), 0)
            found.append(Ranked(None, country, unit, value, share, None, missing=absent))
    return rank_rows(found, RankBy.AMOUNT, order)


def rank_rows(rows: Iterable[Ranked], by: RankBy, order: Order) -> list[Ranked]:
    """Set rows in order and give those in persons their ranks, which equal ones share."""
    sign = -1 if order is Order.LARGEST else 1
    ordered = sorted(
        rows, key=lambda row: (sign * find_score(by, row), row.country.name, row.unit is Unit.CASES)
    )
    ranks = iter(rank_values(find_score(by, row) for row in ordered if row.unit is Unit.PERSONS))
    return [row._replace(rank=next(ranks)) if row.unit is Unit.PERSONS else row for row in ordered]


def list_changes(
    view: ReleaseView, of: Measure, counts: PartnerCounts, years: tuple[int, int], by: RankBy
) -> tuple[list[Ranked], list[Apart]]:
    """List how far figures in persons moved between two years, and apart those that nobody can compare.

    These are partly in cases, or have no figure of one of the years, which is not zero.
    """
    before = years[0]
    found: list[Ranked] = []
    apart: list[Apart] = []
    for code in dict.fromkeys(code for code, year, _ in counts if year in years):
        if not (country := view.country(code)).is_country:
            continue
        tallies = [
            Tally(*(FORMULAS[of](counts.get((code, y, each), NOTHING)) for each in UNITS)) for y in years
        ]
        if by is RankBy.PERCENT and (tallies[0].main or 0) < MIN_GROWN:
            continue
        then, now = (each.persons for each in tallies)
        lacking = [year for year, each in zip(years, tallies, strict=True) if not each.published]
        if lacking:
            if known := max(count or 0 for each in tallies for count in each):
                apart.append(Apart(country, known if lacking[0] == before else -known, lacks=lacking[0]))
        elif then is None or now is None or mixes_units(*tallies):
            apart.append(Apart(country, (now or 0) - (then or 0)))
        else:
            change = Change(before, then, now, find_ratio(then, now, of.nature))
            found.append(Ranked(None, country, Unit.PERSONS, now, None, change))
    return found, apart


def list_per_head(
    view: ReleaseView, of: Measure, counts: PartnerCounts, year: int
) -> tuple[list[Ranked], list[Country]]:
    """List figures in persons by their countries' inhabitants, and the countries whose nobody gives."""
    found: list[Ranked] = []
    unknown: list[Country] = []
    for (code, unit), each in choose_year(counts, year).items():
        value = FORMULAS[of](each)
        if unit is not Unit.PERSONS or value is None or value < MIN_PER_HEAD:
            continue
        inhabitants = population_of(code, year)
        country = view.country(code)
        if inhabitants:
            found.append(Ranked(None, country, unit, value, None, None, per_head=value / inhabitants))
        elif country.is_country:
            unknown.append(country)
    return found, unknown


def _share(of: Measure, value: Number, total: Tally, unit: Unit) -> float | None:
    """Return the part of a total; of one that is counted in persons and cases there is none."""
    whole = total.persons if unit is Unit.PERSONS else total.cases
    if not whole or of.nature is Nature.RATE or mixes_units(total):
        return None
    return value / whole


def find_meaning_caveats(of: Measure, year: int, least: int = MIN_RANKED_DECISIONS) -> list[Caveat]:
    """Say what the measure means; `least` is the number of decisions below which no rate is given."""
    if of.nature is Nature.RATE:
        return [RateMeaning(of, year), TooFewDecisions(least)]
    if of is Measure.APPLICATIONS and year < FIRST_YEAR_OF_NEW:
        return [StageUnknown(FIRST_YEAR_OF_NEW - 1)]
    return find_meaning(of)
