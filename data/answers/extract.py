"""Many figures at once: one measure, a line a year, country or pair."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from data.answers.comparability import read_comparability
from data.answers.desk import check_years, codes, describe
from data.answers.ranking import find_meaning_caveats
from data.caveats import MidYear, SmallCounts, StageUnknown, UnitsApart
from data.errors import NoFigures
from data.findings.extract import Extract, Line
from data.measures import LEAST_DECISIONS
from data.measures import measure as value_of
from data.model import ALL, Counts, Measure, Nature, Place, Unit
from data.questions import By
from data.statistics import SMALL
from data.store import figures
from data.store.rollups import FIRST_YEAR, FIRST_YEAR_OF_NEW

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.answers.desk import Desk
    from data.caveats import Caveat
    from data.model import Country
    from data.questions import AskExport
    from data.store.figures import ManyRow


async def answer_extract(desk: Desk, asked: AskExport) -> Extract:
    """Gather every published figure; a rate only where there are decisions enough for one."""
    place = asked.place
    first = desk.choose_year(asked.years[0]) if asked.years[0] is not None else FIRST_YEAR
    last = desk.choose_year(asked.years[1])
    check_years(first, last)
    sides = zip(_SIDES, codes(place), strict=True)
    origin, asylum = (None if _lists(asked, side) else code for side, code in sides)
    rows = await figures.read_many(desk.connection, desk.release, (first, last), origin, asylum)
    compared = await read_comparability(desk, place, await desk.read(place))
    breaks = compared.find_breaks_within(asked.measure, first, last)
    # There may be hundreds of thousands, which would keep the event loop from its work.
    return await asyncio.to_thread(_lay_out, desk, asked, (first, last), rows, breaks)


def _lay_out(
    desk: Desk,
    asked: AskExport,
    years: tuple[int, int],
    rows: Iterable[ManyRow],
    breaks: Sequence[Caveat],
) -> Extract:
    lines = tuple(_make_lines(desk, asked.measure, rows))
    if asked.by is By.YEAR:
        lines = _fill_years(lines, asked.place, *years)
    if not any(line.value is not None for line in lines):
        raise NoFigures(_say_nothing_published(asked.place, *years))
    caveats = (*breaks, *_find_caveats(desk, asked.measure, lines))
    return Extract(asked.measure, asked.place, desk.release, years, lines, caveats)


_SIDES = (By.ORIGIN, By.ASYLUM)


def _lists(asked: AskExport, side: By) -> bool:
    """Whether there is a line for each country on this side."""
    named = asked.place.origin if side is By.ORIGIN else asked.place.asylum
    return named is None and asked.by in (side, By.PAIR)


def _make_lines(desk: Desk, of: Measure, rows: Iterable[ManyRow]) -> Iterator[Line]:
    """Yield a line for each row with a figure, the oldest year first."""
    found: dict[int, list[Line]] = {}
    places: dict[tuple[str, str], Place] = {}
    for origin, asylum, year, unit, *counts, _ in rows:
        value = value_of(of, Counts(*counts))
        if value is not None:
            place = places.get((origin, asylum))
            if place is None:
                place = places[origin, asylum] = Place(_find(desk, origin), _find(desk, asylum))
            extent = desk.coverage.extent(asylum, year, of, Unit(unit))
            found.setdefault(year, []).append(Line(place, year, Unit(unit), value, extent))
    for year in sorted(found):
        # Year by year, for other threads must wait while a list is sorted.
        yield from sorted(found[year], key=_order)


def _find(desk: Desk, code: str) -> Country | None:
    return None if code == ALL else desk.country(code)


def _order(line: Line) -> tuple[str, str, bool]:
    """By names; persons before cases."""
    origin, asylum = (side.name if side else "" for side in (line.place.origin, line.place.asylum))
    return origin, asylum, line.unit is Unit.CASES


def _fill_years(lines: tuple[Line, ...], place: Place, first: int, last: int) -> tuple[Line, ...]:
    """Give every year a line in persons, and one in cases where any year has those."""
    known = {(line.year, line.unit): line for line in lines}
    units = [unit for unit in Unit if unit is Unit.PERSONS or any(each is unit for _, each in known)]
    return tuple(
        known.get((year, unit), Line(place, year, unit, None))
        for year in range(first, last + 1)
        for unit in units
    )


def _say_nothing_published(place: Place, first: int, last: int) -> str:
    span = f"{first}" if first == last else f"{first}–{last}"
    return (
        f"UNHCR has published no such figures on {describe(place)} for {span};"
        " choose other years, another measure or another country."
    )


def _find_caveats(desk: Desk, of: Measure, lines: tuple[Line, ...]) -> list[Caveat]:
    years = {line.year for line in lines if line.value is not None}
    found: list[Caveat] = [
        each
        for each in find_meaning_caveats(of, max(years), LEAST_DECISIONS)
        if not isinstance(each, StageUnknown)
    ]
    if of is Measure.APPLICATIONS and lines[0].year < FIRST_YEAR_OF_NEW:
        found.append(StageUnknown(FIRST_YEAR_OF_NEW - 1))
    if desk.is_partial(max(years)):
        found.append(MidYear(max(years), of.nature))
    if any(line.unit is Unit.CASES for line in lines):
        found.append(UnitsApart())
    if of.nature is not Nature.RATE and any((line.value or 0) < SMALL for line in lines):
        found.append(SmallCounts())
    return found
