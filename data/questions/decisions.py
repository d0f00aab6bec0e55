"""What became of claims: outcomes and rates over years, at all levels or at first instance."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

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
from data.coverage import CoverageKind
from data.errors import NoFigures
from data.measures import MIN_DECISIONS, OUTCOMES, sum_counts, tally_substantive
from data.model import FIRST_YEAR, Level, Measure, Nature, Place, Unit
from data.questions.comparability import read_comparability
from data.questions.members import require_members
from data.questions.unknown_origins import find_origin_unknown
from data.questions.view import check_years, tallies_at
from data.statistics import SMALL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Extent, Release, Tally
    from data.questions.comparability import Comparability
    from data.questions.view import ReleaseView
    from data.store.figures import YearCounts


@dataclass(frozen=True, slots=True)
class AskDecisions:
    """What became of claims over years, at all levels or at first instance."""

    place: Place
    level: Level = Level.ALL
    first: int | None = None
    last: int | None = None
    as_of: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Decided:
    """The decisions of one year: the four outcomes, their sum and both rates, and the rates' denominator.

    A `partial` year covers January–June only, or its `extents`, which a country of asylum never completed.
    A rate is missing on fewer than 50 substantive decisions. `reviews_only`: appeals and reviews without
    first instances.
    """

    year: int
    partial: bool
    tallies: Mapping[Measure, Tally]
    substantive: Tally
    extents: Mapping[Unit, Extent] = field(default_factory=dict)
    reviews_only: bool = False

    @property
    def extent(self) -> Extent | None:
        """What the decisions stand for, in the unit that they are told in."""
        return self.extents.get(
            Unit.CASES if self.tallies[Measure.DECISIONS].persons is None else Unit.PERSONS
        )


@dataclass(frozen=True, slots=True)
class Decisions:
    """What was decided on claims of a place over consecutive years, as of a release.

    `latest` is the newest year with a decision. `at_all_levels` are the substantive decisions of that
    year at every level, to set those at first instance beside. `pooled` are all decisions of the whole years
    that were asked for together, `pooled_years`, where a first one was asked for; `left_out` are the parts of
    years that are not among them, in one unit or the other.
    """

    place: Place
    level: Level
    release: Release
    years: tuple[Decided, ...]
    latest: Decided
    at_all_levels: Tally
    caveats: tuple[Caveat, ...]
    breaks: tuple[Break, ...] = ()
    pooled: Decided | None = None
    pooled_years: tuple[int, ...] = ()
    left_out: tuple[tuple[Unit, Extent], ...] = ()

    @property
    def crossed(self) -> tuple[Break, ...]:
        """The breaks that `pooled` passes over."""
        if not self.pooled_years:
            return ()
        first, last = self.pooled_years[0], self.pooled_years[-1]
        own = [at for at in self.breaks if at.kind is CoverageKind.PARTIAL and at.share is None]
        return tuple(at for at in self.breaks if at not in own and at.lies_within(first, last))


RATES = (Measure.RECOGNITION_RATE, Measure.PROTECTION_RATE)


async def answer_decisions(
    view: ReleaseView, place: Place, level: Level, asked_years: tuple[int | None, int | None]
) -> Decisions:
    """Lay out what was decided in each year."""
    first = view.choose_year(asked_years[0]) if asked_years[0] is not None else FIRST_YEAR
    last = view.choose_year(asked_years[1])
    check_years(first, last)
    require_members(view, [place], first, last)
    everything = await view.read(place)
    counts = everything
    if level is Level.FIRST:
        counts = await view.read_first_instance(place)
    years = [_decide(view, place, year, counts) for year in range(first, last + 1)]
    decided = [each for each in years if each.tallies[Measure.DECISIONS].main]
    if not decided:
        if level is Level.FIRST:
            raise NoFigures("no-first-instance-decisions", place=place, years=(first, last))
        raise NoFigures("no-decisions", place=place, years=(first, last))
    latest = decided[-1]
    nameless = await find_origin_unknown(view, place, [Measure.DECISIONS], latest.year)
    compared = await read_comparability(view, place, everything, nameless)
    return Decisions(
        place,
        level,
        view.release,
        tuple(years),
        latest,
        _substantive(everything, latest.year),
        (
            *compared.find_partial([Measure.DECISIONS], latest.year),
            *_find_breaks(compared, first, latest.year),
            *(
                compared.find_series_breaks([Measure.DECISIONS], latest.year, [CoverageKind.REVIEWS_ONLY])
                if first == latest.year
                else ()
            ),
            *compared.name_origins([Measure.DECISIONS], latest.year),
            *compared.find_small_parts([Measure.DECISIONS], latest.year),
            *compared.find_remarks([Measure.DECISIONS], latest.year),
            *_find_caveats(view, level, years, latest),
        ),
        tuple(at for at in compared.list_breaks(Measure.DECISIONS) if first <= at.year <= last),
        *(_pool(view, place, counts, decided) if asked_years[0] is not None else ()),
    )


def _pool(
    view: ReleaseView, place: Place, counts: YearCounts, decided: Sequence[Decided]
) -> tuple[Decided | None, tuple[int, ...], tuple[tuple[Unit, Extent], ...]]:
    """Put the decisions of whole years together; None where there are not several."""
    whole = tuple(each.year for each in decided if not each.partial and not each.reviews_only)
    if len(whole) <= 1:
        return None, (), ()
    extents = {each.year: each.extents for each in decided}
    summed = {
        (whole[-1], unit): sum_counts(
            counts[year, unit] for year in whole if (year, unit) in counts and unit not in extents[year]
        )
        for unit in Unit
    }
    pooled = replace(_decide(view, place, whole[-1], summed), extents={})
    left_out = [(unit, extent) for each in decided for unit, extent in each.extents.items()]
    left_out = [(unit, extent) for unit, extent in left_out if (extent.year, unit) in counts]
    return pooled, whole, tuple(left_out)


def _find_breaks(compared: Comparability, first: int, latest: int) -> list[Caveat]:
    """Say where the years before the newest are no single series; that one is told by itself."""
    within = tuple(
        at
        for at in compared.list_breaks(Measure.DECISIONS)
        if at.lies_within(first, latest) and (at.kind is not CoverageKind.PARTIAL or at.year < latest)
    )
    return [NotOneSeries(Measure.DECISIONS, within)] if within and first < latest else []


def _decide(view: ReleaseView, place: Place, year: int, counts: YearCounts) -> Decided:
    tallies = tallies_at(year, counts)
    told = {of: tallies[of] for of in (*OUTCOMES, Measure.DECISIONS, *RATES)}
    found = view.find_extents(place, year, Measure.DECISIONS)
    decided = Decided(
        year,
        view.is_partial(year),
        told,
        _substantive(counts, year),
        {unit: extent for (_, unit), extent in found.items()},
        view.rests_on_reviews(place, year, Measure.DECISIONS),
    )
    return replace(decided, partial=True) if decided.extent else decided


def _substantive(counts: YearCounts, year: int) -> Tally:
    return tally_substantive(counts.get((year, Unit.PERSONS)), counts.get((year, Unit.CASES)))


def _find_caveats(view: ReleaseView, level: Level, years: Sequence[Decided], latest: Decided) -> list[Caveat]:
    found: list[Caveat] = [RateMeaning(Measure.PROTECTION_RATE, latest.year, latest.substantive)]
    if view.is_partial(years[-1].year) and years[-1].tallies[Measure.DECISIONS].published:
        found.append(MidYear(years[-1].year, Nature.FLOW))
    found.append(OnlyFirstInstance() if level is Level.FIRST else LevelsTogether())
    in_cases = tuple(each.year for each in years if each.tallies[Measure.DECISIONS].cases)
    if in_cases and any(each.tallies[Measure.DECISIONS].persons for each in years):
        found.append(CasesNotDrawn(in_cases, years[-1].year))
    if any(_lacks_a_rate(each) for each in years):
        found.append(TooFewDecisions(MIN_DECISIONS))
    values = [tally.main or 0 for of in OUTCOMES if (tally := latest.tallies[of])]
    if any(0 < value < SMALL for value in values):
        found.append(SmallCounts())
    return found


def _lacks_a_rate(each: Decided) -> bool:
    return bool(each.tallies[Measure.DECISIONS].main) and not each.tallies[RATES[0]].published
