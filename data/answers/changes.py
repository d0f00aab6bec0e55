"""What one release changed."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.answers.desk import codes, say_day
from data.answers.tallies import tallies_at
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
        caveats=tuple(find_caveats(counts)),
    )


def find_before(desk: Desk) -> Release | None:
    """Return the release with which the desk's is compared: the one before it, if there is one."""
    earlier = [each for each in desk.releases if each.id < desk.release.id]
    return earlier[-1] if earlier else None


async def compare_totals(desk: Desk, before: Release, place: Place) -> list[Changed]:
    """Return every figure of a place that differs between two releases, the largest change first."""
    now = await figures.read_series(desk.connection, desk.release, *codes(place))
    then = await figures.read_series(desk.connection, before, *codes(place))
    recoded = await read_recoded_countries(desk.connection, desk.release.id)
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
                    found.append(Changed(of, place, year, unit, old, new, kind))
    return sorted(found, key=lambda each: -each.size)


def _in(unit: Unit, tally: Tally) -> float | None:
    return tally.persons if unit is Unit.PERSONS else tally.cases


def make_changed(desk: Desk, row: ChangeRow) -> Changed:
    """Name the countries and the measure of a change that was read."""
    origin, asylum = (None if code == ALL else desk.country(code) for code in (row.origin, row.asylum))
    return Changed(
        BY_COLUMN[row.measure],
        Place(origin, asylum),
        row.year,
        row.unit,
        row.before,
        row.after,
        Kind(row.kind),
    )


def find_caveats(counts: Collection[tuple[int, Unit, str, int]]) -> list[Caveat]:
    """Return the caveats on changes, counted by (year, unit, kind)."""
    found: list[Caveat] = []
    if completed := [year for year, _, kind, _ in counts if kind == Kind.COMPLETED.value]:
        found.append(CompletedNotCorrected(max(completed)))
    if len({unit for _, unit, _, _ in counts}) > 1:
        found.append(UnitsApart())
    return found
