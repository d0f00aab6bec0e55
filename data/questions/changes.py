"""What one release changed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.caveats import CompletedNotCorrected, LessThanHalf, UnitsApart
from data.coverage import CoverageKind
from data.errors import NoFigures, Unanswerable
from data.measures import BY_COLUMN, COLUMNS
from data.model import ALL, Dataset, Extent, Measure, Nature, Place, RevisionKind, Unit, kind_of
from data.questions.carried import read_carried
from data.questions.comparability import TOLD_BREAKS, Comparability, read_comparability
from data.questions.unknown_origins import find_origin_unknown
from data.questions.view import codes, read_coverage, tallies_at
from data.statistics import Changed
from data.store import changes
from data.store.comparison import read_recoded_countries
from data.store.releases import is_said_before
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    from data.caveats import Caveat
    from data.model import Dataset, Release, Tally
    from data.questions.view import ReleaseView
    from data.store.changes import ChangeRow


@dataclass(frozen=True, slots=True)
class AskChanges:
    """What the release of a day changed; no measure is every measure, no kind is every kind."""

    place: Place
    measure: Measure | None = None
    kind: RevisionKind | None = None
    at_least: int = 1
    as_of: date | None = field(default=None, kw_only=True)


@dataclass(frozen=True, slots=True)
class Changes:
    """What one release changed, with the one before it.

    `totals` are the place's own figures, the largest change first; `largest` those it is made of, at
    most ten, of the `matching` ones; `all_changes` lists those, where the whole was asked for.
    `counts` says how many published figures changed, by dataset and kind.
    """

    release: Release
    before: Release
    place: Place
    totals: tuple[Changed, ...]
    largest: tuple[Changed, ...]
    matching: int
    all_changes: tuple[Changed, ...]
    counts: Mapping[tuple[Dataset, RevisionKind], int]
    caveats: tuple[Caveat, ...]


MAX_COUNT = 10


async def answer_changes(
    view: ReleaseView,
    place: Place,
    measure: Measure | None,
    kinds: Collection[RevisionKind],
    at_least: int,
    *,
    whole: bool,
) -> Changes:
    """Compare the view's release with the one before it, for a place, from `at_least` on.

    Only the `whole` answer lists every change: a June release has twenty thousand.
    """
    if measure is not None and measure.nature is Nature.RATE:
        raise Unanswerable("rate-has-no-changes")
    before = find_before(view)
    if before is None:
        raise NoFigures("release-is-first", release=view.release)
    wanted = changes.Wanted(
        view.release.id,
        place.origin.code if place.origin else None,
        place.asylum.code if place.asylum else None,
        COLUMNS[measure] if measure else COUNTS,
        tuple(kind.value for kind in kinds),
        at_least,
    )
    counts = await changes.count_changes(view.connection, wanted)
    # A total may match though no single figure of it does: decisions are the sum of four.
    totals = [
        total
        for total in await compare_totals(view, before, place)
        if measure in (None, total.measure) and total.size >= at_least and (not kinds or total.kind in kinds)
    ]
    if not counts and not totals:
        raise NoFigures("release-changed-nothing", release=view.release)
    broken = await find_broken(view, totals)
    counted = await changes.read_digest(view.connection, view.release.id)
    listed = await changes.read_pair_changes(view.connection, wanted) if whole else []
    largest = tuple(
        make_changed(view, row) for row in await changes.read_largest(view.connection, wanted, MAX_COUNT)
    )
    all_changes = await asyncio.to_thread(lambda: tuple(make_changed(view, row) for row in listed))
    return Changes(
        release=view.release,
        before=before,
        place=place,
        totals=tuple(totals),
        largest=largest,
        matching=sum(count for *_, count in counts),
        all_changes=all_changes,
        counts={(dataset, RevisionKind(kind)): figures for (dataset, kind), figures in counted.items()},
        caveats=(*broken, *find_caveats([*totals, *largest, *all_changes], {unit for _, unit, *_ in counts})),
    )


async def find_broken(view: ReleaseView, told: Collection[Changed]) -> list[Caveat]:
    """Say of the first change that is told what its figure stands for, and what a comparison would hide."""
    for each in list(told)[:1]:
        nameless = await find_origin_unknown(view, each.place, [each.measure], each.year)
        counts = await view.read(each.place)
        compared = await read_comparability(view, each.place, counts, nameless)
        measures = [each.measure]
        kinds = TOLD_BREAKS if each.breaks else [CoverageKind.REVIEWS_ONLY]
        return [
            *compared.find_partial(measures, each.year),
            *compared.find_series_breaks(measures, each.year, kinds),
            *compared.name_origins(measures, each.year),
        ]
    return []


def find_before(view: ReleaseView) -> Release | None:
    """Return the release with which the view's is compared: the one before it, if there is one."""
    earlier = [each for each in view.releases if each.id < view.release.id]
    return earlier[-1] if earlier else None


async def compare_totals(view: ReleaseView, before: Release, place: Place) -> list[Changed]:
    """Return every figure of a place that differs: corrected ones first, then by size."""
    now, then = await view.read(place), await replace(view, release=before).read(place)
    recoded = await read_recoded_countries(view.connection, view.release.id)
    compared = await read_comparability(view, place, now)
    earlier = replace(view, release=before, coverage=await read_coverage(view, before))
    told = [
        of
        for of in COLUMNS
        if not of.row.dataset.may_lack
        or await is_said_before(view.connection, view.release.id, of.row.dataset)
    ]
    found = []
    for year in sorted(
        {year for year, unit in {**then, **now} if then.get((year, unit)) != now.get((year, unit))}
    ):
        tallies_now, tallies_then = tallies_at(year, now), tallies_at(year, then)
        for of in told:
            for unit in of.row.units:
                old, new = (_in(unit, tallies[of]) for tallies in (tallies_then, tallies_now))
                if (old or 0) != (new or 0):
                    kind = kind_of(before, view.release, year, new)
                    if recoded.intersection(codes(place)) and None in (old, new):
                        kind = RevisionKind.RECODED
                    changed = Changed(of, place, year, unit, old, new, kind)
                    if new is None and before.period_of(year) is not view.release.period_of(year):
                        changed = replace(changed, extent=before.extent_of(year))
                    if of.nature is Nature.STOCK and year in (before.newest_year, view.release.newest_year):
                        stale = [
                            await read_carried(each[0], of, each[1], year)
                            for each in ((earlier, {place: then}), (view, {place: now}))
                        ]
                        changed = replace(changed, carried=(stale[0].get(place), stale[1].get(place)))
                    found.append(_cover(compared, changed))
    return sorted(found, key=lambda each: (not each.mends, -each.size))


def _in(unit: Unit, tally: Tally) -> float | None:
    return tally.persons if unit is Unit.PERSONS else tally.cases


def make_changed(view: ReleaseView, row: ChangeRow) -> Changed:
    """Name the countries and the measure of a change that was read."""
    origin, asylum = (None if code == ALL else view.country(code) for code in (row.origin, row.asylum))
    place = Place(origin, asylum)
    changed = Changed(
        BY_COLUMN[row.measure], place, row.year, row.unit, row.before, row.after, RevisionKind(row.kind)
    )
    if row.asylum not in view.coverage.countries:  # as nearly all of tens of thousands
        return changed
    return _cover(Comparability(view, place, {}), changed)


def _cover(compared: Comparability, changed: Changed) -> Changed:
    """Add what a figure really stands for, and what keeps a completed one from being compared.

    A country that never completed its half year corrected it.
    """
    of, year = changed.measure, changed.year
    extent = compared.view.coverage.extent(codes(changed.place)[1], year, of, changed.unit)
    if changed.kind is not RevisionKind.COMPLETED:
        return replace(changed, extent=extent) if extent else changed
    breaks = tuple(at for at in compared.list_breaks(of) if at.year == year)
    if extent and extent <= Extent(year, Extent.HALF):
        return replace(changed, kind=RevisionKind.CORRECTED, extent=extent, breaks=breaks)
    return replace(changed, extent=extent, breaks=breaks) if extent or breaks else changed


def _is_less_than_half(each: Changed) -> bool:
    """Say whether the whole year has fewer than its half had."""
    completed = each.kind is RevisionKind.COMPLETED and each.measure.nature is Nature.FLOW
    return completed and each.before is not None and each.after is not None and each.after < each.before


def find_caveats(told: Collection[Changed], units: Collection[Unit]) -> list[Caveat]:
    """Return the caveats on changes that are told, the most telling first, of all that are in these units."""
    found: list[Caveat] = []
    if completed := [each.year for each in told if each.kind is RevisionKind.COMPLETED]:
        found.append(CompletedNotCorrected(max(completed)))
    found += [LessThanHalf(each.measure, each.year) for each in list(told)[:1] if _is_less_than_half(each)]
    if len({*units, *(each.unit for each in told)}) > 1:
        found.append(UnitsApart())
    return found
