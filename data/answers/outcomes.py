"""What became of claims: outcomes and rates over years, at all levels or at first instance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import check_years, codes, describe
from data.answers.tallies import tallies_at
from data.answers.unknown import find_origin_unknown
from data.caveats import (
    CasesNotDrawn,
    LevelsTogether,
    MidYear,
    NotOneSeries,
    OnlyFirstInstance,
    RateMeaning,
    SmallCounts,
    TooFewDecisions,
)
from data.coverage import Kind
from data.errors import NoFigures
from data.findings.outcomes import Decided, Outcomes
from data.measures import LEAST_DECISIONS, OUTCOMES, tally_substantive
from data.model import Level, Measure, Nature, Unit
from data.statistics import SMALL
from data.store import figures
from data.store.rollups import FIRST_YEAR

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.answers.comparability import Comparability
    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Place, Tally
    from data.store.figures import YearCounts

RATES = (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)


async def answer_outcomes(
    desk: Desk, place: Place, level: Level, asked_years: tuple[int | None, int | None]
) -> Outcomes:
    """Lay out what was decided in each year."""
    first = desk.choose_year(asked_years[0]) if asked_years[0] is not None else FIRST_YEAR
    last = desk.choose_year(asked_years[1])
    check_years(first, last)
    everything = await desk.read(place)
    counts = everything
    if level is Level.FIRST:
        counts = await figures.read_first_instance(desk.connection, desk.release, *codes(place))
    years = [_decide(desk, place, year, counts) for year in range(first, last + 1)]
    decided = [each for each in years if each.tallies[Measure.DECISIONS].main]
    if not decided:
        raise NoFigures(_say_nothing_published(place, level, first, last))
    latest = decided[-1]
    nameless = await find_origin_unknown(desk, place, [Measure.DECISIONS], latest.year)
    compared = await read_comparability(desk, place, everything, nameless)
    return Outcomes(
        place,
        level,
        desk.release,
        tuple(years),
        latest,
        _substantive(everything, latest.year),
        (
            *compared.find_partial([Measure.DECISIONS], latest.year),
            *_find_breaks(compared, first, latest.year),
            *compared.name_origins([Measure.DECISIONS], latest.year),
            *compared.find_remarks([Measure.DECISIONS], latest.year),
            *_find_caveats(desk, level, years, latest),
        ),
        tuple(at for at in compared.list_breaks(Measure.DECISIONS) if first < at.year <= last),
    )


def _find_breaks(compared: Comparability, first: int, latest: int) -> list[Caveat]:
    """Say where the years before the newest are no single series; that one is told by itself."""
    within = tuple(
        at
        for at in compared.list_breaks(Measure.DECISIONS)
        if first <= at.year <= latest and (at.kind is not Kind.PARTIAL or at.year < latest)
    )
    return [NotOneSeries(Measure.DECISIONS, within)] if within and first < latest else []


def _say_nothing_published(place: Place, level: Level, first: int, last: int) -> str:
    span = f"for {first}" if first == last else f"from {first} to {last}"
    if level is Level.FIRST:
        return (
            f"UNHCR has published no decisions of {describe(place)} as first instance {span};"
            " leave out “level” for decisions of all levels, or choose other years."
        )
    return (
        f"UNHCR has published no asylum decisions of {describe(place)} {span};"
        " choose other years or another country."
    )


def _decide(desk: Desk, place: Place, year: int, counts: YearCounts) -> Decided:
    tallies = tallies_at(year, counts)
    told = {of: tallies[of] for of in (*OUTCOMES, Measure.DECISIONS, *RATES)}
    found = desk.find_extents(place, year, Measure.DECISIONS)
    decided = Decided(
        year,
        desk.is_partial(year),
        told,
        _substantive(counts, year),
        {unit: extent for (_, unit), extent in found.items()},
    )
    return replace(decided, partial=True) if decided.extent else decided


def _substantive(counts: YearCounts, year: int) -> Tally:
    return tally_substantive(counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES)))


def _find_caveats(desk: Desk, level: Level, years: Sequence[Decided], latest: Decided) -> list[Caveat]:
    found: list[Caveat] = [RateMeaning(Measure.PROTECTION_RATE, latest.year, latest.substantive)]
    if desk.is_partial(years[-1].year) and years[-1].tallies[Measure.DECISIONS].published:
        found.append(MidYear(years[-1].year, Nature.FLOW))
    found.append(OnlyFirstInstance() if level is Level.FIRST else LevelsTogether())
    in_cases = tuple(each.year for each in years if each.tallies[Measure.DECISIONS].cases)
    if in_cases and any(each.tallies[Measure.DECISIONS].persons for each in years):
        found.append(CasesNotDrawn(in_cases, years[-1].year))
    if any(_lacks_a_rate(each) for each in years):
        found.append(TooFewDecisions(LEAST_DECISIONS))
    values = [tally.main or 0 for of in OUTCOMES if (tally := latest.tallies[of])]
    if any(0 < value < SMALL for value in values):
        found.append(SmallCounts())
    return found


def _lacks_a_rate(each: Decided) -> bool:
    return bool(each.tallies[Measure.DECISIONS].main) and not each.tallies[RATES[0]].published
