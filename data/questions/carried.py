"""How much of a stock was probably carried forward, not counted anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.measures import COLUMNS, is_zero_a_figure
from data.measures import measure as value_of
from data.model import ALL, Group, Nature, Unit
from data.questions.view import codes, keep_members, tally_at
from data.statistics import MIN_CARRIED, Carried, CarriedForward, find_carried
from data.store.figures import read_large
from data.store.groups import ALWAYS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.model import Area, Measure, Number, Place
    from data.questions.view import ReleaseView
    from data.store.figures import PartnerCounts, YearCounts

    Values = Mapping[tuple[int, Unit], Mapping[str, Number]]
    Hosts = Mapping[Place, Values]


async def read_carried(
    view: ReleaseView, of: Measure, own: Mapping[Place, YearCounts], year: int
) -> dict[Place, Carried]:
    """Say of each place how much of its stock of a year equals that of the year before, where any does.

    `own` are the places' own counts of at least these two years. What is no stock has nothing of the kind.
    """
    hosts = await read_hosts(view, of, own, year) if of.nature is Nature.STOCK else {}
    return weigh_each(view, of, own, hosts, year)


async def read_hosts(view: ReleaseView, measure: Measure, places: Iterable[Place], last: int) -> Hosts:
    """Return what each large country of asylum had in the last two years, by place.

    Only of places without one country of asylum of their own, and of those that are still in their group; a
    rate has no such gaps.
    """
    wanted = [place for place in places if place.host is None]
    if measure not in COLUMNS or not wanted:
        return {}
    years, columns = (last - 1, last), COLUMNS[measure]
    origins = [codes(place)[0] for place in wanted if not _has_group(place)]
    large: Mapping[str, Values] = (
        await read_large(view.connection, view.release, years, origins, columns, MIN_CARRIED)
        if origins
        else {}
    )
    if not is_zero_a_figure(measure):
        large = {origin: _leave_out_zeros(values) for origin, values in large.items()}
    hosts: dict[Place, Values] = {place: large.get(codes(place)[0], {}) for place in wanted}
    for place, read in (await _read_of_groups(view, [*filter(_has_group, wanted)], years)).items():
        found: dict[tuple[int, Unit], dict[str, Number]] = {}
        stayed = keep_members(place.asylum, read, last)
        for (code, year, unit), counts in stayed.items():
            if (value := value_of(measure, counts)) is not None:
                found.setdefault((year, unit), {})[code] = value
        hosts[place] = found
    return hosts


def _leave_out_zeros(values: Values) -> Values:
    return {key: {code: count for code, count in counts.items() if count} for key, counts in values.items()}


async def _read_of_groups(
    view: ReleaseView, places: Sequence[Place], years: tuple[int, int]
) -> dict[Place, PartnerCounts]:
    """Read the countries of asylum of places with a group: of several origins in the same group at once."""
    alike: dict[Area | None, list[Place]] = {}
    for place in places:
        if isinstance(place.asylum, Group) and not isinstance(place.origin, Group):
            alike.setdefault(place.asylum, []).append(place)
    found: dict[Place, PartnerCounts] = {place: {} for place in places}
    for group, several in alike.items():
        by_origin = {codes(place)[0]: found[place] for place in several}
        origins = tuple((code, *ALWAYS) for code in by_origin)
        read = (await view.open_sums()).read_both(origins, group.code if group else ALL, years)
        for (origin, asylum, year, unit), counts in read.items():
            by_origin[origin][asylum, year, unit] = counts
    for place in places:
        if place.asylum not in alike or isinstance(place.origin, Group):
            found[place] = await view.read_asylum(place, *years)
    return found


def _has_group(place: Place) -> bool:
    return isinstance(place.origin, Group) or isinstance(place.asylum, Group)


def weigh_each(
    view: ReleaseView, of: Measure, own: Mapping[Place, YearCounts], hosts: Hosts, year: int
) -> dict[Place, Carried]:
    """Say the same from what was read."""
    if of.nature is not Nature.STOCK:
        return {}
    found = {
        place: weigh_carried(view, of, place, counts, hosts.get(place, {}), year)
        for place, counts in own.items()
    }
    return {place: carried for place, carried in found.items() if carried}


def weigh_carried(
    view: ReleaseView, of: Measure, place: Place, own: YearCounts, hosts: Values, year: int
) -> Carried | None:
    """Say it of one place; where it has a country of asylum of its own there are no `hosts`."""
    now, before = (tally_at(of, each, own).persons for each in (year, year - 1))
    if place.host:
        code = place.host.code
        return list_carried(view, of, place, year, {code: now}, {code: before}, now)
    theirs, earlier = (hosts.get((each, Unit.PERSONS), {}) for each in (year, year - 1))
    return list_carried(view, of, place, year, theirs, earlier, now)


def list_carried(
    view: ReleaseView,
    of: Measure,
    place: Place,
    year: int,
    now: Mapping[str, Number | None],
    before: Mapping[str, Number | None],
    whole: Number | None,
) -> Carried | None:
    """Name the large parts of a place's stock that equal the year before's; None where none does.

    The parts are by country of asylum, or by origin in one; `whole` is their sum, or the place's stock.
    """
    host = place.host
    parts = tuple(
        CarriedForward(
            host or view.country(code),
            int(value),
            year,
            year - 1,
            view.country(code) if host and host.code != code else None,
            view.coverage.extent(host.code if host else code, year - 1, of),
            of,
        )
        for code, value in find_carried(now, before, whole)
    )
    whole = whole or sum(value for value in now.values() if value)
    return Carried(parts, sum(each.value for each in parts) / whole) if parts else None
