"""The world map: countries looked up on a raster, and dots where they are too small to be seen."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.colours import GRID, MUTED, SERIES, tint
from bot.charts.heading import MARGIN, write_heading, write_nothing
from bot.charts.page import Page
from bot.charts.subjects import Heading, require_drawable
from bot.charts.world.raster import COVERAGE, HEIGHT, Raster

MAX_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Area:
    """One country: its key on the plate, its value, and whether that is in cases alone."""

    key: str
    value: float
    cases: bool = False

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class MapChart:
    """Countries coloured by the class of their value; those without an area are grey.

    `limits` are the least values of all classes but the first, rising; `labels` name the classes.
    Areas whose key the plate does not have are not drawn. `grey` says what countries
    without an area lack, `note` stands at the end of the legend.
    """

    heading: Heading
    areas: tuple[Area, ...]
    limits: tuple[float, ...]
    labels: tuple[str, ...]
    grey: str = "not published"
    note: str = ""

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
    top = max((each for each in _SMALL_AND_ROUND if each <= max(values, default=0)), default=1.0)
    at = max(_SMALL_AND_ROUND.index(top), 2 * (CLASSES - 2))
    return tuple(_SMALL_AND_ROUND[at - 2 * back] for back in range(CLASSES - 2, -1, -1))


def find_class(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, 0 for the lowest; a limit belongs to the class above it."""
    return bisect_right(limits, value)


_SIZES = ((20, 22), (18, 16), (17, 12), (16, 9))
"""Of the legend's words, and the pixels between two of them: the first that fit."""
_LEGEND_HEIGHT = 40
_SWATCH, _GAP = 26, 8
_DOT, _EDGE = 8.5, 1.4
_STRIPE, _WHITE = 7, 3
"""Pixels from one stroke of a hatched country to the next, and those that are left white."""

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
CASES_LABEL = "in cases"


def draw_map(page: Page, chart: MapChart) -> bytes:
    """Draw the map; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    if not chart.areas:
        write_nothing(page, room)
        return page.png()
    raster = _load()
    areas = {area.key: area for area in chart.areas if area.key in raster.places}
    bottom = room.bottom + _LEGEND_HEIGHT
    # A heading of several lines covers the Arctic, where nobody asks for asylum.
    height = min(HEIGHT, int(room.top - bottom))
    page.print(MARGIN, bottom, _ink(page, chart, raster, areas)[HEIGHT - height :])
    top = bottom + HEIGHT
    dots = [area for key, area in areas.items() if raster.places[key].small]
    for area in sorted(dots, key=lambda each: (each.value, each.key)):
        place = raster.places[area.key]
        if place.y > HEIGHT - height + _DOT:
            colour = _shade(chart, area).colour
            page.dot(MARGIN + place.x, top - place.y, _DOT, colour, edge=MUTED, thick=_EDGE)
    _write_legend(page, room, chart)
    return page.png(_MAX_BYTES)


@cache
def _load() -> Raster:
    return Raster.load()


def _shade(chart: MapChart, area: Area) -> Shade:
    return SHADES[find_class(area.value, chart.limits)]


def _ink(page: Page, chart: MapChart, raster: Raster, areas: Mapping[str, Area]) -> NDArray[np.uint8]:
    """The palette's entry for every pixel of the plate."""
    table = np.zeros((256, COVERAGE + 1), np.uint8)
    parts = np.arange(COVERAGE + 1) / COVERAGE
    hatched = np.zeros(256, np.bool_)
    for key, place in raster.places.items():
        area = areas.get(key)
        ink, strength = _shade(chart, area) if area else NOT_PUBLISHED
        table[place.number] = page.shades_of(ink)[np.rint(255 * strength * parts).astype(np.intp)]
        hatched[place.number] = area is not None and area.cases
    entries = raster.ink(table)
    if hatched.any():
        rows, columns = np.ogrid[: entries.shape[0], : entries.shape[1]]
        entries[hatched[raster.owner] & ((rows + columns) % _STRIPE < _WHITE)] = 0
    return entries


def _write_legend(page: Page, room: Box, chart: MapChart) -> None:
    """One row below the map, as much of it as there is room for."""
    x, y = room.left, room.bottom + _LEGEND_HEIGHT / 2 - 4
    entries = list(_entries(chart))
    size, between = next(
        (each for each in _SIZES if _width(page, entries, *each) <= room.width + each[1]), _SIZES[-1]
    )
    for words, shade, hatched in entries:
        swatch = Box(x, y - 9, x + _SWATCH, y + 9)
        indent = _SWATCH + _GAP if shade else 0
        for line in page.fit(words, room.right - x - indent, 1, size):
            if shade and hatched:
                page.hatch(swatch, shade.ink, shade.strength)
            elif shade:
                page.rect(swatch, shade.ink, shade.strength)
            x = page.text(x + indent, y, line, size, MUTED, middle=True).right + between


def _width(page: Page, entries: Sequence[MapEntry], size: int, between: int) -> float:
    swatches = ((_SWATCH + _GAP if shade else 0) for _, shade, _ in entries)
    return sum(page.width(words, size) + between for words, _, _ in entries) + sum(swatches)


def _entries(chart: MapChart) -> Iterator[MapEntry]:
    for label, shade in zip(chart.labels, SHADES, strict=False):
        yield MapEntry(label, shade)
    yield MapEntry(chart.grey, NOT_PUBLISHED)
    if any(area.cases for area in chart.areas):
        yield MapEntry(CASES_LABEL, SHADES[2], hatched=True)
    if chart.note:
        yield MapEntry(chart.note)
