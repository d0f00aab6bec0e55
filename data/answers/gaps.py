"""What a line over years lacks: large hosts that have not reported, and stocks that were carried forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.answers.desk import MOST_NAMED, codes, tallies_at
from data.caveats import CarriedForward, NotReportedOfSome
from data.measures import COLUMNS
from data.model import OTHER, Measure, Unit
from data.statistics import LEAST_CARRIED, find_carried, find_silent
from data.store.figures import read_large

if TYPE_CHECKING:
    from collections.abc import Mapping

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Country, Number, Place
    from data.store.figures import YearCounts

    Values = Mapping[tuple[int, Unit], Mapping[str, Number]]

MOST_CARRIED = 2
"""So many stocks that were carried forward are named of one place."""


async def find_gaps(
    desk: Desk, measure: Measure, counts: Mapping[Place, YearCounts], last: int
) -> list[Caveat]:
    """Say where a large part of the figures of these places is not in; `counts` are their own."""
    if len(counts) > 1:
        return await _find_gaps_of_several(desk, measure, counts, last)
    ((place, own),) = counts.items()
    found: list[Caveat] = []
    if place.asylum is None:
        partners = await desk.read_asylum(place, last - 1, last)
        if silent := desk.find_not_reported(measure, last, partners):
            found.append(silent)
    else:
        partners = {(place.asylum.code, *key): each for key, each in own.items()}
    if measure is Measure.PENDING:
        found += desk.find_carried_forward(last, partners)[:MOST_CARRIED]
    return found


async def _find_gaps_of_several(
    desk: Desk, measure: Measure, counts: Mapping[Place, YearCounts], last: int
) -> list[Caveat]:
    """Say it of up to six places: each missing country once, and of each place the largest stock."""
    if measure not in COLUMNS:
        return []
    everywhere = [codes(place)[0] for place in counts if place.asylum is None]
    years = (last - 1, last)
    read = await read_large(desk.connection, desk.release, years, everywhere, COLUMNS[measure], LEAST_CARRIED)
    missing: dict[Country, list[Country]] = {}
    carried: list[Caveat] = []
    for place, own in counts.items():
        before, now = (tallies_at(year, own)[measure] for year in years)
        if place.asylum is None:
            values: Values = read.get(codes(place)[0], {})
            for code in _find_silent(values, last, before.main):
                missing.setdefault(desk.country(code), []).extend([place.origin] if place.origin else [])
        else:
            values = {key: {place.asylum.code: each.pending} for key, each in own.items() if each.pending}
        if measure is Measure.PENDING:
            carried += _find_carried(desk, place, values, last, now.persons)
    if not missing:
        return carried
    named = tuple((country, tuple(origins)) for country, origins in missing.items())
    return [NotReportedOfSome(measure, last, named, final=not desk.is_partial(last)), *carried]


def _find_silent(values: Values, year: int, whole: Number | None) -> list[str]:
    """Return the largest countries without a figure, which is in cases where there is none in persons."""
    now, before = (
        {**values.get((y, Unit.CASES), {}), **values.get((y, Unit.PERSONS), {})} for y in (year, year - 1)
    )
    return [code for code in find_silent(now, before, whole)[:MOST_NAMED] if code != OTHER]


def _find_carried(desk: Desk, place: Place, values: Values, year: int, whole: Number | None) -> list[Caveat]:
    now, before = (values.get((y, Unit.PERSONS), {}) for y in (year, year - 1))
    found = [(code, value) for code, value in find_carried(now, before, whole) if code != OTHER]
    return [
        CarriedForward(desk.country(code), int(value), year, year - 1, place.origin)
        for code, value in found[:1]
    ]
