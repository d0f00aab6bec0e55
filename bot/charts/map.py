"""Maps: countries looked up on a raster, and dots where they are too small to be seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.colours import GRID, MUTED, SERIES, tint
from bot.charts.heading import MARGIN, write_heading, write_nothing
from bot.charts.page import SMALL, Page
from bot.charts.subjects import Heading, require_drawable
from bot.charts.world.raster import COVERAGE, HEIGHT, REGIONS, WIDTHS, WORLD, Raster, read_places
from bot.languages import N_, _

MAX_CLASSES = 5


@dataclass(frozen=True, slots=True)
class MapArea:
    """One country: its key on the plate, its value, and whether that is in cases alone."""

    key: str
    value: float
    cases: bool = False

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class MapChart:
    """Countries coloured by the class of their value; those without an area are grey.

    Of a group's map the `members` are those who may have one; the others are its background, `outside` in
    the legend.

    `limits` are the least values of all classes but the first, rising; `labels` name the classes.
    Areas whose key the plate does not have are not drawn. `grey` says what countries
    without an area lack, `notes` stand at the end of the legend. `plate` is the world or a region of it.
    """

    PICTURE: ClassVar[str] = N_("Map, darker where more")

    heading: Heading
    areas: tuple[MapArea, ...]
    limits: tuple[float, ...]
    labels: tuple[str, ...]
    grey: str = N_("not published")
    notes: tuple[str, ...] = ()
    plate: str = WORLD
    members: frozenset[str] = frozenset()
    outside: str = ""

    def __post_init__(self) -> None:
        if list(self.limits) != sorted(set(self.limits)):
            raise ValueError("Give the limits of the classes rising, each once.")
        if len(self.labels) != len(self.limits) + 1 or len(self.labels) > MAX_CLASSES:
            raise ValueError(f"Give one label for each of at most {MAX_CLASSES} classes.")


CLASSES = 5
RATE_LIMITS = (20.0, 40.0, 60.0, 80.0)
_MIN_COUNT = 10.0
"""UNHCR rounds smaller counts; they are one class."""
_ROUND = tuple(float(f"{factor}e{power}") for power in range(1, 12) for factor in (1, 2, 5))
_SMALL_AND_ROUND = tuple(float(f"{factor}e{power}") for power in range(-5, 7) for factor in (1, 2, 5))
_DECADE, _DOUBLING = 3, 1
"""Steps along the round numbers."""


def choose_limits(values: Iterable[float]) -> tuple[float, ...]:
    """Return the least values of the second to the fifth class, for counts.

    Powers of ten where the largest value leaves room for them, else steps of four or five times, or two.
    """
    largest = max(values, default=0)
    for step in (_DECADE, 2, _DOUBLING):
        starts = _ROUND[::_DECADE] if step == _DECADE else _ROUND
        tops = [_ROUND.index(each) for each in starts if each <= largest]
        if tops and tops[-1] >= step * (CLASSES - 2):
            return tuple(_ROUND[tops[-1] - step * back] for back in range(CLASSES - 2, -1, -1))
    return _ROUND[: CLASSES - 1]


def choose_shares(values: Iterable[float]) -> tuple[float, ...]:
    """Return the same for figures per so many inhabitants, which may be far below one."""
    largest = max(values, default=0)
    top = max((each for each in _SMALL_AND_ROUND if each <= largest), default=1.0)
    at = max(_SMALL_AND_ROUND.index(top), 2 * (CLASSES - 2))
    return tuple(_SMALL_AND_ROUND[at - 2 * back] for back in range(CLASSES - 2, -1, -1))


def find_class(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, 0 for the lowest; a limit belongs to the class above it."""
    return bisect_right(limits, value)


_MOST_OF_ALL = 0.85


STORIES = ("europe", "americas", "nile", "south-east-asia")
"""Regions that are shown where nearly all that is counted is there; the others are for groups."""


def choose_plate(areas: Collection[MapArea], members: Collection[str] = ()) -> str:
    """Return the region that has nearly all that is counted; else the world.

    With `members` it has all of them, and shows them the closest. Where none has them all, one of them
    may be cut by its edge, as Russia is on any map of Europe.
    """
    whole = sum(area.value for area in areas)
    regions = REGIONS if members else STORIES
    shares = {plate: sum(area.value for area in areas if area.key in read_places(plate)) for plate in regions}
    held = [plate for plate in regions if shares[plate] > _MOST_OF_ALL * whole]
    if not members:
        return max(held, key=lambda plate: shares[plate], default=WORLD)
    shown = {plate: find_cut(plate, members) for plate in held if _has_all(plate, members)}
    return next((plate for most in (0, 1) for plate in shown if len(shown[plate]) <= most), WORLD)


def find_cut(plate: str, members: Collection[str]) -> list[str]:
    """Return the members of which the edge of a region cuts a good part off."""
    places = read_places(plate)
    return [key for key in members if key in places and not places[key].whole]


def _has_all(plate: str, members: Collection[str]) -> bool:
    return all(key in read_places(plate) for key in members if key in read_places())


_ROW = 34
_MAX_LINES = 4
"""Of one entry."""
_ABOVE_SOURCE = 4
_PACIFIC, _BESIDE = 282, 36
_SWATCH, _GAP = 28, 8
_DOT, _EDGE = 10.5, 1.4
_STRIPE, _WHITE = 7, 3
"""Pixels from one stroke of a hatched country to the next, and those that are left white."""

MAX_LOADED = 6
"""Plates that are kept, each in a megabyte."""

_MAX_BYTES = 54_000
"""Coasts and borders need more than the lines of other charts."""


class Shade(NamedTuple):
    """An ink of the palette, and how strong it is."""

    ink: str
    strength: float

    @property
    def colour(self) -> str:
        """As the renderer wants it."""
        return tint(self.ink, self.strength)


class MapEntry(NamedTuple):
    """Words of the legend, and the colour before them, hatched or not."""

    words: str
    shade: Shade | None = None
    hatched: bool = False


SHADES = (
    Shade(SERIES[0], 3 / 9),
    Shade(SERIES[0], 5 / 9),
    Shade(SERIES[0], 7 / 9),
    Shade(SERIES[0], 1.0),
    Shade(SERIES[4], 1.0),
)
"""Of the classes, lowest first, told apart in grey too; a busy page keeps these shades as they are."""
NOT_PUBLISHED = Shade(GRID, 7 / 9)
BACKGROUND = Shade(GRID, 3 / 9)
"""Of countries that a group's map is not about."""
CASES_LABEL = N_("in cases")


def draw_map(page: Page, chart: MapChart) -> bytes:
    """Draw the map; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    if not chart.areas:
        write_nothing(page, room)
        return page.png()
    raster = _load(chart.plate)
    areas = {area.key: area for area in chart.areas if area.key in raster.places}
    left, bottom = _place_map(room, chart.plate)
    # A heading of several lines covers the Arctic, where nobody asks for asylum.
    height = min(HEIGHT, int(room.top - bottom))
    page.print(left, bottom, _ink(page, chart, raster, areas)[HEIGHT - height :])
    _write_legend(page, room, chart)
    top = bottom + HEIGHT
    dots = [area for key, area in areas.items() if raster.places[key].small]
    for area in sorted(dots, key=lambda each: (each.value, each.key)):
        place = raster.places[area.key]
        if place.y > HEIGHT - height + _DOT:
            colour = _shade(chart, area).colour
            page.dot(left + place.x, top - place.y, _DOT, colour, edge=MUTED, thick=_EDGE)
    return page.png(_MAX_BYTES)


@lru_cache(MAX_LOADED)
def _load(plate: str) -> Raster:
    return Raster.load(plate)


def _shade(chart: MapChart, area: MapArea) -> Shade:
    return SHADES[find_class(area.value, chart.limits)]


def _ink(page: Page, chart: MapChart, raster: Raster, areas: Mapping[str, MapArea]) -> NDArray[np.uint8]:
    """The palette's entry for every pixel of the plate."""
    table = np.zeros((256, COVERAGE + 1), np.uint8)
    parts = np.arange(COVERAGE + 1) / COVERAGE
    hatched = np.zeros(256, np.bool_)
    for key, place in raster.places.items():
        area = areas.get(key)
        without = BACKGROUND if chart.members and key not in chart.members else NOT_PUBLISHED
        ink, strength = _shade(chart, area) if area else without
        table[place.number] = page.shades_of(ink)[np.rint(255 * strength * parts).astype(np.intp)]
        hatched[place.number] = area is not None and area.cases
    entries = raster.ink(table)
    if hatched.any():
        rows, columns = np.ogrid[: entries.shape[0], : entries.shape[1]]
        entries[hatched[raster.owner] & ((rows + columns) % _STRIPE < _WHITE)] = 0
    return entries


def _place_map(room: Box, plate: str) -> tuple[int, float]:
    """Return where the lower left corner of a plate is: a region's stands at the right."""
    left = MARGIN if plate == WORLD else round(room.right) - WIDTHS[plate]
    return left, room.bottom + _ABOVE_SOURCE


def _write_legend(page: Page, room: Box, chart: MapChart) -> None:
    """Write it in a column: into the Pacific, which is empty on a map of the world, or beside a region."""
    world = chart.plate == WORLD
    width = _PACIFIC if world else room.right - WIDTHS[chart.plate] - _BESIDE - room.left
    lines: list[tuple[float, MapEntry]] = []
    for entry in _entries(chart):
        shade = entry.shade
        indent = _SWATCH + _GAP if shade else 0
        for words in page.fit(entry.words, width - indent, 1 if world and shade else _MAX_LINES, SMALL):
            lines.append(
                (room.left if shade else room.left + indent, entry._replace(words=words, shade=shade))
            )
            shade = None
    lines = lines[: int((room.top - room.bottom) // _ROW)]
    top = room.bottom + _ABOVE_SOURCE + _ROW * len(lines) if world else room.top
    for number, (x, line) in enumerate(lines):
        _write_entry(page, x, top - _ROW * (number + 0.5), line)


def _write_entry(page: Page, x: float, y: float, entry: MapEntry) -> None:
    words, shade, hatched = entry
    if shade:
        swatch = Box(x, y - 11, x + _SWATCH, y + 11)
        page.hatch(swatch, shade.ink, shade.strength) if hatched else page.rect(
            swatch, shade.ink, shade.strength
        )
        x += _SWATCH + _GAP
    page.text(x, y, words, SMALL, MUTED, middle=True)


def _entries(chart: MapChart) -> Iterator[MapEntry]:
    for label, shade in zip(chart.labels, SHADES, strict=False):
        yield MapEntry(label, shade)
    published = {area.key for area in chart.areas}
    if not chart.members or not chart.members <= published:
        yield MapEntry(chart.grey, NOT_PUBLISHED)
    if chart.outside:
        yield MapEntry(chart.outside, BACKGROUND)
    if any(area.cases for area in chart.areas):
        yield MapEntry(_(CASES_LABEL), SHADES[2], hatched=True)
    yield from map(MapEntry, filter(None, chart.notes))
