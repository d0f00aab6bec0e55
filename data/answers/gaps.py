"""What a line over years lacks: large hosts that have not reported, and stocks that were carried forward."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.answers.desk import MOST_NAMED, codes
from data.answers.tallies import tally_at
from data.caveats import CarriedForward, NotReported, NotReportedOfSome
from data.measures import COLUMNS
from data.model import Measure, Tally, Unit
from data.statistics import LEAST_CARRIED, find_carried, find_silent
from data.store.figures import read_large

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Country, Number, Place
    from data.store.figures import YearCounts

    Values = Mapping[tuple[int, Unit], Mapping[str, Number]]
    Hosts = Mapping[str, Values]

MOST_CARRIED = 2
"""So many stocks that were carried forward are named of one place, and one of each of several."""


async def read_hosts(desk: Desk, measure: Measure, places: Iterable[Place], last: int) -> Hosts:
    """Return what each large country of asylum had in the last two years, by the code of the origin.

    Only of places without a country of asylum of their own; a rate has no such gaps.
    """
    origins = [codes(place)[0] for place in places if place.asylum is None]
    if measure not in COLUMNS or not origins:
        return {}
    years = (last - 1, last)
    return await read_large(desk.connection, desk.release, years, origins, COLUMNS[measure], LEAST_CARRIED)


def find_gaps(
    desk: Desk, measure: Measure, counts: Mapping[Place, YearCounts], hosts: Hosts, last: int
) -> list[Caveat]:
    """Say where a large part of the figures of these places is not in; `counts` are their own."""
    if measure not in COLUMNS:
        return []
    silent: list[tuple[Place, Country, Tally]] = []
    carried: list[Caveat] = []
    for place, own in counts.items():
        before, now = (tally_at(measure, year, own) for year in (last - 1, last))
        values = hosts.get(codes(place)[0], {})
        if place.asylum:
            values = {key: {place.asylum.code: each.pending} for key, each in own.items() if each.pending}
        else:
            silent += [(place, *each) for each in _find_silent(desk, values, last, before.main)]
        if measure is Measure.PENDING:
            named = _find_carried(desk, place, values, last, now.persons, alone=len(counts) == 1)
            carried += named[: MOST_CARRIED if len(counts) == 1 else 1]
    if not silent:
        return carried
    final = not desk.is_partial(last)
    if len(counts) > 1:
        return [NotReportedOfSome(measure, last, _gather_origins(silent), final), *carried]
    return [NotReported(measure, last, tuple([each[1:] for each in silent]), final), *carried]


def _gather_origins(
    silent: Sequence[tuple[Place, Country, Tally]],
) -> tuple[tuple[Country, tuple[Country, ...]], ...]:
    """Name each country once, with the origins that it has no figure of; none are those of all the world."""
    missing: dict[Country, list[Country]] = {}
    for place, country, _ in silent:
        missing.setdefault(country, []).extend([place.origin] if place.origin else [])
    return tuple((country, tuple(origins)) for country, origins in missing.items())


def _find_silent(desk: Desk, values: Values, year: int, whole: Number | None) -> list[tuple[Country, Tally]]:
    """Return the largest countries without a figure, which is in cases where there is none in persons."""
    now, before = (
        {**values.get((y, Unit.CASES), {}), **values.get((y, Unit.PERSONS), {})} for y in (year, year - 1)
    )
    persons, cases = (values.get((year - 1, unit), {}) for unit in (Unit.PERSONS, Unit.CASES))
    return [
        (desk.country(code), Tally(persons.get(code), cases.get(code)))
        for code in find_silent(now, before, whole)[:MOST_NAMED]
    ]


def _find_carried(
    desk: Desk, place: Place, values: Values, year: int, whole: Number | None, *, alone: bool
) -> list[Caveat]:
    now, before = (values.get((y, Unit.PERSONS), {}) for y in (year, year - 1))
    return [
        CarriedForward(desk.country(code), int(value), year, year - 1, None if alone else place.origin)
        for code, value in find_carried(now, before, whole)
    ]
