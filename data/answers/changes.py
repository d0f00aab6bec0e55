"""What one release changed."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from data.answers.comparability import Comparability, read_comparability
from data.answers.desk import codes, say_day
from data.answers.tallies import tallies_at
from data.answers.unknown import find_origin_unknown
from data.caveats import CompletedNotCorrected, UnitsApart
from data.compare import Kind, kind_of
from data.errors import NoFigures, Unanswerable
from data.findings import Changed, Changes
from data.measures import BY_COLUMN, COLUMNS
from data.model import ALL, Measure, Nature, Place, Unit
from data.store import changes, figures
from data.store.recodings import read_recoded_countries
from data.store.rollups import COUNTS

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Release, Tally
    from data.store.changes import ChangeRow

MOST = 10


async def answer_changes(
    desk: Desk, place: Place, measure: Measure | None, kinds: Collection[Kind], at_least: int, *, whole: bool
) -> Changes:
    """Compare the desk's release with the one before it, for a place, from `at_least` on.

    Only the `whole` answer lists every change: a June release has twenty thousand.
    """
    if measure is not None and measure.nature is Nature.RATE:
        raise Unanswerable("A rate changes with its decisions; ask for measure:decisions.")
    before = find_before(desk)
    if before is None:
        raise NoFigures(
            f"{desk.release.label} ({say_day(desk.release.day)}) is the first release kept, so there is"
            " nothing to compare it with; choose a later one."
        )
    wanted = changes.Wanted(
        desk.release.id,
        place.origin.code if place.origin else None,
        place.asylum.code if place.asylum else None,
        COLUMNS[measure] if measure else COUNTS,
        tuple(kind.value for kind in kinds),
        at_least,
    )
    counts = await changes.count_changes(desk.connection, wanted)
    # A total may match though no single figure of it does: decisions are the sum of four.
    totals = [
        total
        for total in await compare_totals(desk, before, place)
        if measure in (None, total.measure) and total.size >= at_least and (not kinds or total.kind in kinds)
    ]
    if not counts and not totals:
        raise NoFigures(
            f"{desk.release.label} ({say_day(desk.release.day)}) changed nothing that matches;"
            " ask for less, or another release."
        )
    broken = await find_broken(desk, totals)
    counted = await changes.read_digest(desk.connection, desk.release.id)
    listed = await changes.read_pair_changes(desk.connection, wanted) if whole else []
    return Changes(
        release=desk.release,
        before=before,
        place=place,
        totals=tuple(totals),
        largest=tuple(
            make_changed(desk, row) for row in await changes.read_largest(desk.connection, wanted, MOST)
        ),
        matching=sum(count for *_, count in counts),
        all_changes=await asyncio.to_thread(lambda: tuple(make_changed(desk, row) for row in listed)),
        counts={(dataset, Kind(kind)): figures for (dataset, kind), figures in counted.items()},
        caveats=(*broken, *find_caveats(counts)),
    )


async def find_broken(desk: Desk, told: Collection[Changed]) -> list[Caveat]:
    """Say of the first change that is told what its figure stands for, and what a comparison would hide."""
    for each in list(told)[:1]:
        nameless = await find_origin_unknown(desk, each.place, [each.measure], each.year)
        counts = await desk.read(each.place)
        compared = await read_comparability(desk, each.place, counts, nameless)
        measures = [each.measure]
        return [
            *compared.find_partial(measures, each.year),
            *(compared.find_series_breaks(measures, each.year) if each.breaks else ()),
            *compared.name_origins(measures, each.year),
        ]
    return []


def find_before(desk: Desk) -> Release | None:
    """Return the release with which the desk's is compared: the one before it, if there is one."""
    earlier = [each for each in desk.releases if each.id < desk.release.id]
    return earlier[-1] if earlier else None


async def compare_totals(desk: Desk, before: Release, place: Place) -> list[Changed]:
    """Return every figure of a place that differs between two releases, the largest change first."""
    now = await figures.read_series(desk.connection, desk.release, *codes(place))
    then = await figures.read_series(desk.connection, before, *codes(place))
    recoded = await read_recoded_countries(desk.connection, desk.release.id)
    compared = await read_comparability(desk, place, now)
    found = []
    for year in sorted(
        {year for year, unit in {**then, **now} if then.get((year, unit)) != now.get((year, unit))}
    ):
        tallies_now, tallies_then = tallies_at(year, now), tallies_at(year, then)
        for of in COLUMNS:
            for unit in of.row.units:
                old, new = (_in(unit, tallies[of]) for tallies in (tallies_then, tallies_now))
                if (old or 0) != (new or 0):
                    kind = kind_of(before, desk.release, year, new)
                    if recoded.intersection(codes(place)) and None in (old, new):
                        kind = Kind.RECODED
                    found.append(_cover(compared, Changed(of, place, year, unit, old, new, kind)))
    return sorted(found, key=lambda each: -each.size)


def _in(unit: Unit, tally: Tally) -> float | None:
    return tally.persons if unit is Unit.PERSONS else tally.cases


def make_changed(desk: Desk, row: ChangeRow) -> Changed:
    """Name the countries and the measure of a change that was read."""
    origin, asylum = (None if code == ALL else desk.country(code) for code in (row.origin, row.asylum))
    place = Place(origin, asylum)
    changed = Changed(
        BY_COLUMN[row.measure], place, row.year, row.unit, row.before, row.after, Kind(row.kind)
    )
    if row.asylum not in desk.coverage.countries:  # as nearly all of tens of thousands
        return changed
    return _cover(Comparability(desk, place, {}), changed)


def _cover(compared: Comparability, changed: Changed) -> Changed:
    """Add what a completed figure really stands for, and what keeps it from being compared."""
    if changed.kind is not Kind.COMPLETED:
        return changed
    of, year = changed.measure, changed.year
    extent = compared.desk.coverage.extent(codes(changed.place)[1], year, of, changed.unit)
    breaks = tuple(at for at in compared.list_breaks(of) if at.year == year)
    return replace(changed, extent=extent, breaks=breaks) if extent or breaks else changed


def find_caveats(counts: Collection[tuple[int, Unit, str, int]]) -> list[Caveat]:
    """Return the caveats on changes, counted by (year, unit, kind)."""
    found: list[Caveat] = []
    if completed := [year for year, _, kind, _ in counts if kind == Kind.COMPLETED.value]:
        found.append(CompletedNotCorrected(max(completed)))
    if len({unit for _, unit, _, _ in counts}) > 1:
        found.append(UnitsApart())
    return found
