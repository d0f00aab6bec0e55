"""What one release changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.answers.desk import codes, say_day, tallies_at
from data.caveats import CompletedNotCorrected, StarterFigures, UnitsApart
from data.compare import Kind, kind_of
from data.errors import NoFigures, Unanswerable
from data.findings import Changed, Changes
from data.model import ALL, OTHER, Measure, Nature, Place, Unit
from data.store import changes, figures

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Release, Tally
    from data.store.changes import ChangeRow

MOST = 10
_COLUMNS = {
    Measure.PENDING: ("pending",),
    Measure.APPLICATIONS: ("new",),
    Measure.ALL_STAGES: ("all_stages",),
    Measure.DECISIONS: ("recognised", "complementary", "rejected", "closed"),
    Measure.RECOGNISED: ("recognised",),
    Measure.COMPLEMENTARY: ("complementary",),
    Measure.REJECTED: ("rejected",),
    Measure.CLOSED: ("closed",),
}
_MEASURES = {
    "pending": Measure.PENDING,
    "new": Measure.APPLICATIONS,
    "all_stages": Measure.ALL_STAGES,
    "recognised": Measure.RECOGNISED,
    "complementary": Measure.COMPLEMENTARY,
    "rejected": Measure.REJECTED,
    "closed": Measure.CLOSED,
}


async def answer_changes(
    desk: Desk, place: Place, measure: Measure | None, kinds: Collection[Kind], at_least: int
) -> Changes:
    """Compare the desk's release with the one before it, for a place, from `at_least` on."""
    if measure is not None and measure.nature is Nature.RATE:
        raise Unanswerable("A rate changes with its decisions; ask for measure:decisions.")
    await desk.check_coverage(place)
    before = await _find_before(desk)
    wanted = _COLUMNS[measure] if measure else tuple(_MEASURES)
    rows = await changes.read_changes(
        desk.connection,
        desk.release.id,
        starter=before.starter,
        origin=place.origin.code if place.origin else None,
        asylum=place.asylum.code if place.asylum else None,
        measures=wanted,
        kinds=[kind.value for kind in kinds],
        least=at_least,
    )
    pairs = [row for row in rows if ALL not in (row.origin, row.asylum)]
    listed = (
        pairs if place.origin or place.asylum else [r for r in rows if r.origin == ALL and r.asylum != ALL]
    )
    totals = await _compare_totals(desk, before, place, {row.year for row in rows})
    if measure:
        totals = [total for total in totals if total.measure is measure]
    totals = [t for t in totals if t.size >= at_least and (not kinds or t.kind in kinds)]
    if not rows and not totals:
        raise NoFigures(
            f"{desk.release.label} ({say_day(desk.release.day)}) changed nothing that matches;"
            " ask for less, or another release."
        )
    counted = {} if before.starter else await changes.read_digest(desk.connection, desk.release.id)
    return Changes(
        release=desk.release,
        before=before,
        place=place,
        totals=tuple(totals),
        largest=tuple(_make(desk, row) for row in listed if OTHER not in (row.origin, row.asylum))[:MOST],
        all_changes=tuple(_make(desk, row) for row in pairs),
        counts={(dataset, Kind(kind)): figures for (dataset, kind), figures in counted.items()},
        caveats=tuple(_find_caveats(desk.release, before, rows)),
    )


async def _find_before(desk: Desk) -> Release:
    """Return the release to compare with: the one before it in full, or among the starter ones."""
    earlier = [r for r in desk.releases if r.id < desk.release.id]
    full = [r for r in earlier if not r.starter]
    if not desk.release.starter and full:
        return full[-1]
    if earlier and await changes.has_starter_changes(desk.connection, desk.release.id):
        return next(r for r in reversed(earlier))
    raise NoFigures(
        f"{desk.release.label} ({say_day(desk.release.day)}) is the first release kept, so there is nothing"
        " to compare it with; choose a later one."
    )


async def _compare_totals(desk: Desk, before: Release, place: Place, years: Collection[int]) -> list[Changed]:
    now = await figures.read_series(desk.connection, desk.release, *codes(place))
    then = await figures.read_series(desk.connection, before, *codes(place))
    found = []
    for year in sorted(years):
        tallies_now, tallies_then = tallies_at(year, now), tallies_at(year, then)
        for of in _COLUMNS:
            for unit in Unit:
                old, new = (_in(unit, tallies[of]) for tallies in (tallies_then, tallies_now))
                if (old or 0) != (new or 0):
                    kind = kind_of(before, desk.release, year, new)
                    found.append(Changed(of, place, year, unit, old, new, kind))
    return sorted(found, key=lambda each: -each.size)


def _in(unit: Unit, tally: Tally) -> float | None:
    return tally.persons if unit is Unit.PERSONS else tally.cases


def _make(desk: Desk, row: ChangeRow) -> Changed:
    origin, asylum = (None if code == ALL else desk.country(code) for code in (row.origin, row.asylum))
    return Changed(
        _MEASURES[row.measure],
        Place(origin, asylum),
        row.year,
        row.unit,
        row.before,
        row.after,
        Kind(row.kind),
    )


def _find_caveats(release: Release, before: Release, rows: Collection[ChangeRow]) -> list[Caveat]:
    found: list[Caveat] = []
    if completed := [row.year for row in rows if row.kind == Kind.COMPLETED.value]:
        found.append(CompletedNotCorrected(max(completed)))
    if len({row.unit for row in rows}) > 1:
        found.append(UnitsApart())
    if release.starter or before.starter:
        found.append(StarterFigures())
    return found
