"""Many figures at once: one measure, a line a year, country or pair."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from data.caveats import MidYear, SmallCounts, StageUnknown, UnitsApart
from data.errors import NoFigures, Unanswerable
from data.measures import MIN_DECISIONS
from data.measures import measure as value_of
from data.model import ALL, Country, Counts, Measure, Nature, Place, Unit, Years
from data.questions.carried import read_carried, weigh_carried
from data.questions.comparability import Comparability, read_comparability
from data.questions.members import require_members
from data.questions.ranking import find_meaning_caveats
from data.questions.view import check_years, codes, name_area, tally_at
from data.statistics import MIN_CARRIED, SMALL
from data.store import country_totals, figures
from data.store.groups import is_group, list_members
from data.store.rollups import FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from data.caveats import Caveat
    from data.coverage import Break
    from data.model import Area, Extent, Number, Release
    from data.questions.view import ReleaseView
    from data.statistics import Carried
    from data.store.figures import ManyRow, YearCounts
    from data.store.packed_rollups import RollupSide


class By(StrEnum):
    """What an export has one line for."""

    YEAR = "year"
    ORIGIN = "origin"
    ASYLUM = "asylum"
    PAIR = "pair"


@dataclass(frozen=True, slots=True)
class AskExport:
    """One measure as a file: a line a year, or a year and country, or a year and pair of countries."""

    measure: Measure
    place: Place
    by: By = By.YEAR
    years: Years = (None, None)
    as_of: date | None = field(default=None, kw_only=True)


def choose_export(
    measure: Measure, place: Place, by: By | None, years: Years, as_of: date | None
) -> AskExport:
    """Ask for a line a year unless told otherwise; a country that is named cannot be listed as well.

    Of a group its members are listed.

    Raises `Unanswerable` when it is.
    """
    named = {By.ORIGIN: place.origin, By.ASYLUM: place.asylum}.get(by or By.YEAR)
    if isinstance(named, Country):
        raise Unanswerable("export-names-its-side", by=by, country=named)
    return AskExport(measure, place, by or By.YEAR, years, as_of=as_of)


@dataclass(frozen=True, slots=True)
class ExportLine:
    """One figure at one address; `place` names what its line is about.

    `extent` is what the figure stands for where its country of asylum never completed it, `breaks` are those
    of its year, and `carried` is how much of a stock was carried forward.
    """

    place: Place
    year: int
    unit: Unit
    value: Number | None
    extent: Extent | None = None
    breaks: tuple[Break, ...] = ()
    carried: Carried | None = None


@dataclass(frozen=True, slots=True)
class Export:
    """One measure over years, as of a release: the oldest year first, then by origin, asylum and unit.

    Lines without a figure are left out, unless there is only one line a year and unit.
    """

    measure: Measure
    place: Place
    release: Release
    years: tuple[int, int]
    lines: tuple[ExportLine, ...]
    caveats: tuple[Caveat, ...]


async def answer_export(view: ReleaseView, asked: AskExport) -> Export:
    """Gather every published figure; a rate only where there are decisions enough for one."""
    place = asked.place
    begin = asked.measure.row.first_year
    first = begin if asked.years[0] is None else view.choose_year(asked.years[0], asked.measure)
    last = view.choose_year(asked.years[1], asked.measure)
    check_years(first, last)
    require_members(view, [place], first, last)
    sides = zip(_SIDES, codes(place), strict=True)
    origin, asylum = (_choose_side(asked, side, code) for side, code in sides)
    # With the year before the first, by which one sees what was carried forward.
    rows = await _read_many(view, (first - 1, last), origin, asylum)
    whole = await view.read(place)
    compared = await read_comparability(view, place, whole)
    notes = _Notes(view, asked.measure, compared)
    notes.carried = await read_carried(view, asked.measure, {place: whole}, view.release.newest_year)
    if asked.by is By.ORIGIN and place.host is None:
        await notes.read_origins((first, last))
    # There may be hundreds of thousands, which would keep the event loop from its work.
    return await asyncio.to_thread(_lay_out, view, asked, (first, last), rows, notes)


async def _read_many(
    view: ReleaseView, years: tuple[int, int], origin: RollupSide, asylum: RollupSide
) -> Iterable[ManyRow]:
    if isinstance(origin, tuple) or isinstance(asylum, tuple) or is_group(origin, asylum):
        return (await view.open_sums()).read_many(origin, asylum, range(years[0], years[1] + 1))
    return await figures.read_many(view.connection, view.release, years, origin, asylum)


class _Notes:
    """What must be known of single lines: breaks in their series, and what was carried forward."""

    def __init__(self, view: ReleaseView, of: Measure, compared: Comparability) -> None:
        self.view, self.of, self.compared = view, of, compared
        self.carried: Mapping[Place, Carried] = {}
        self._pieces: dict[str, dict[tuple[str, int, Unit], Counts]] = {}
        self._known: dict[tuple[str, str], Mapping[int, tuple[Break, ...]]] = {}

    async def read_origins(self, years: tuple[int, int]) -> None:
        """Read what the countries in question add to the totals of every origin."""
        view = self.view
        origins = {code for code, _, _ in await view.read_origins(Place(), *years)}
        since = dict.fromkeys(view.coverage.countries, years[0])
        parts = await country_totals.read_parts(view.connection, view.release, origins, since, years[1])
        for (origin, asylum, year, unit), counts in parts.items():
            self._pieces.setdefault(origin, {})[asylum, year, unit] = counts

    def find_breaks(self, place: Place, own: YearCounts, year: int) -> tuple[Break, ...]:
        """Return the breaks of a line; to all origins in a country of asylum but a few the same apply."""
        origin, asylum = codes(place)
        named = place.origin is not None and place.origin.is_country
        key = (origin, asylum) if asylum == ALL else (("*named" if named else origin), asylum)
        if key not in self._known:
            compared = self.compared
            if place != compared.place:
                compared = Comparability(self.view, place, own, self._pieces.get(origin, {}))
            by_year: dict[int, tuple[Break, ...]] = {}
            for at in compared.list_breaks(self.of):
                by_year[at.year] = (*by_year.get(at.year, ()), at)
            self._known[key] = by_year
        return self._known[key].get(year, ())

    def find_carried(self, place: Place, own: YearCounts, year: int) -> Carried | None:
        """Say how much of a stock is that of the year before; of the total asked for, in its last year."""
        if self.of.nature is not Nature.STOCK:
            return None
        if place.host is None:
            return self.carried.get(place) if year == self.view.release.newest_year else None
        stock = tally_at(self.of, year, own).persons
        return (
            weigh_carried(self.view, self.of, place, own, {}, year) if (stock or 0) >= MIN_CARRIED else None
        )


def _lay_out(
    view: ReleaseView, asked: AskExport, years: tuple[int, int], rows: Iterable[ManyRow], notes: _Notes
) -> Export:
    lines = tuple(_make_lines(view, asked.measure, years, rows, notes))
    if asked.by is By.YEAR:
        lines = _fill_years(lines, asked.place, *years)
    if not any(line.value is not None for line in lines):
        raise NoFigures("no-figures-in-years", counted=(asked.measure, asked.place), spans=[years])
    caveats = (
        *notes.compared.find_breaks_within(asked.measure, *years),
        *_find_caveats(view, asked.measure, lines),
    )
    return Export(asked.measure, asked.place, view.release, years, lines, caveats)


_SIDES = (By.ORIGIN, By.ASYLUM)


def _choose_side(asked: AskExport, side: By, code: str) -> RollupSide:
    """Return what is read of this side: each country, each member of a group, or what is named."""
    if asked.by not in (side, By.PAIR):
        return code
    if is_group(code):
        return list_members(code)
    return None if code == ALL else code


def _make_lines(
    view: ReleaseView, of: Measure, years: tuple[int, int], rows: Iterable[ManyRow], notes: _Notes
) -> Iterator[ExportLine]:
    """Yield a line for each row with a figure, the oldest year first."""
    found: dict[int, list[ExportLine]] = {}
    places: dict[tuple[str, str], tuple[Place, YearCounts]] = {}
    for origin, asylum, year, unit, *counts, _ in rows:
        if (origin, asylum) not in places:
            places[origin, asylum] = Place(_find(view, origin), _find(view, asylum)), {}
        places[origin, asylum][1][year, Unit(unit)] = Counts(*counts)
    for (_, asylum), (place, own) in places.items():
        for (year, unit), each in own.items():
            value = value_of(of, each)
            if value is not None and year >= years[0]:
                line = ExportLine(
                    place,
                    year,
                    unit,
                    value,
                    view.coverage.extent(asylum, year, of, unit),
                    notes.find_breaks(place, own, year),
                    notes.find_carried(place, own, year),
                )
                found.setdefault(year, []).append(line)
    for year in sorted(found):
        # Year by year, for other threads must wait while a list is sorted.
        yield from sorted(found[year], key=_order)


def _find(view: ReleaseView, code: str) -> Area | None:
    return None if code == ALL else name_area(view.countries, code)


def _order(line: ExportLine) -> tuple[str, str, bool]:
    """By names; persons before cases."""
    origin, asylum = (side.name if side else "" for side in (line.place.origin, line.place.asylum))
    return origin, asylum, line.unit is Unit.CASES


def _fill_years(lines: tuple[ExportLine, ...], place: Place, first: int, last: int) -> tuple[ExportLine, ...]:
    """Give every year a line in persons, and one in cases where any year has those."""
    known = {(line.year, line.unit): line for line in lines}
    units = [unit for unit in Unit if unit is Unit.PERSONS or any(each is unit for _, each in known)]
    return tuple(
        known.get((year, unit), ExportLine(place, year, unit, None))
        for year in range(first, last + 1)
        for unit in units
    )


def _find_caveats(view: ReleaseView, of: Measure, lines: tuple[ExportLine, ...]) -> list[Caveat]:
    years = {line.year for line in lines if line.value is not None}
    found: list[Caveat] = [
        each
        for each in find_meaning_caveats(of, max(years), MIN_DECISIONS)
        if not isinstance(each, StageUnknown)
    ]
    if of is Measure.APPLICATIONS and lines[0].year < FIRST_YEAR_OF_NEW:
        found.append(StageUnknown(FIRST_YEAR_OF_NEW - 1))
    if view.is_partial(max(years)):
        found.append(MidYear(max(years), of.nature))
    if any(line.unit is Unit.CASES for line in lines):
        found.append(UnitsApart())
    if of.nature is not Nature.RATE and any((line.value or 0) < SMALL for line in lines):
        found.append(SmallCounts())
    return found
