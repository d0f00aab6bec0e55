"""Read a drawn map again: which colour each country has."""

from __future__ import annotations

import numpy as np

from bot.charts.heading import MARGIN
from bot.charts.page import HEIGHT as PAGE_HEIGHT
from bot.charts.world.raster import COVERAGE, HEIGHT, Raster
from tests.bot.charts.sketches import colours

PLATE = Raster.load()
_DOT = 14
BELOW_HEADING = 124
"""Pixels from the top that the heading may cover, with the Arctic below it."""
_REACH = 7
_EVERY = 9
_FULL = PLATE.cells % (COVERAGE + 1) == COVERAGE


def read_colours(png: bytes) -> dict[str, tuple[int, ...]]:
    """Return the commonest colour of each country's pixels, or that of its dot's middle.

    Dots that another may cover are left out, and so are countries of which dots may cover every whole pixel.
    """
    pixels = colours(png)
    top = find_top(pixels)
    spots = [(code, place) for code, place in PLATE.places.items() if place.small and code != "-"]
    covered = np.zeros(PLATE.owner.shape, np.bool_)
    for _, place in spots:
        across, down = round(place.x), round(place.y)
        covered[max(0, down - _REACH) : down + _REACH, max(0, across - _REACH) : across + _REACH] = True
    whole = np.where(_FULL & ~covered, PLATE.owner, 0)
    whole[: max(0, BELOW_HEADING - top)] = 0
    found = {}
    for code, place in PLATE.places.items():
        if code == "-":
            continue
        if place.small:
            near = [c for c, other in spots if abs(other.x - place.x) + abs(other.y - place.y) < _DOT]
            if near == [code]:
                found[code] = tuple(map(int, pixels[top + round(place.y), MARGIN + round(place.x)]))
            continue
        rows, columns = np.nonzero(whole == place.number)
        seen, count = np.unique(
            pixels[top + rows, MARGIN + columns] @ (1 << 16, 1 << 8, 1), return_counts=True
        )
        if len(seen):
            found[code] = tuple(int(seen[count.argmax()]).to_bytes(3, "big"))
    return found


def find_top(pixels: np.ndarray) -> int:
    """The row of the picture where the plate's first row is: where its land fits that of the picture."""
    land = (PLATE.owner > 0)[:, ::_EVERY]
    drawn = (pixels[:, MARGIN : MARGIN + PLATE.owner.shape[1] : _EVERY] != 255).any(axis=2)

    def fit(top: int) -> float:
        shown = max(0, BELOW_HEADING - top)
        return float((drawn[top + shown : top + HEIGHT] == land[shown:]).mean())

    return max(range(40, PAGE_HEIGHT - HEIGHT), key=fit)
