"""Which country each pixel of a map belongs to, and where each is: of the world, and of some regions."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

HEIGHT = 470
WORLD = "world"
REGIONS = (
    "benelux",
    "northern-triangle",
    "baltic",
    "western-balkans",
    "visegrad",
    "western-europe",
    "gulf",
    "southern-europe",
    "caribbean",
    "nordic",
    "southern-africa",
    "horn-of-africa",
    "central-asia",
    "sahel",
    "melanesia",
    "maghreb",
    "northern-europe",
    "western-africa",
    "polynesia",
    "central-america",
    "northern-africa",
    "europe",
    "eastern-asia",
    "western-asia",
    "australia-and-new-zealand",
    "southern-asia",
    "south-east-asia",
    "micronesia",
    "middle-africa",
    "eastern-africa",
    "nile",
    "europe-and-svalbard",
    "americas",
    "oceania",
    "south-america",
    "africa",
    "asia",
    "latin-america",
)
"""From those that show little, largest, to those that show most."""
WIDTHS = {WORLD: 1140, **dict.fromkeys(REGIONS, 760)}
"""Of each plate, in pixels. Those of a region leave room for a legend beside them."""
COVERAGE = 8
"""A pixel that is wholly of one country has so many parts of it."""
_MAX_NUMBERS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Raster:
    """For each pixel, the highest row first: whose it is, and how much of it.

    `owner` is the number of a country, 0 at sea; `cells` holds that times `COVERAGE` + 1, and besides
    how many parts of the pixel are the country's.
    """

    owner: NDArray[np.uint8]
    cells: NDArray[np.uint16]
    places: Mapping[str, Spot]

    @classmethod
    def load(cls, plate: str = WORLD) -> Self:
        """Read a packaged plate."""
        packed = gzip.decompress(files(__package__).joinpath(f"{plate}.gz").read_bytes())
        owner, coverage = np.frombuffer(packed, np.uint8).reshape(2, HEIGHT, WIDTHS[plate])
        return cls(owner, owner.astype(np.uint16) * (COVERAGE + 1) + coverage, read_places(plate))

    def ink(self, entries: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return for every pixel the entry that `entries` has for its country and its coverage."""
        return entries.reshape(_MAX_NUMBERS * (COVERAGE + 1)).take(self.cells)


PLACES = "places.csv"
MIN_PIXELS = 24
"""A country with fewer is shown as a dot."""


class Spot(NamedTuple):
    """A country on a plate: its number, where its dot stands (pixels from the top left), and its pixels.

    It is `whole` where hardly any of it is cut off, by a heading of two lines neither.
    """

    number: int
    x: float
    y: float
    pixels: int
    whole: bool = True

    @property
    def small(self) -> bool:
        """Whether it would be overlooked without a dot."""
        return self.pixels < MIN_PIXELS


@cache
def read_places(plate: str = WORLD) -> Mapping[str, Spot]:
    """Return every country of a plate by its key, UNHCR's code; land that is nobody's has the key "-".

    They come with the program and never change, so they are read once.
    """
    rows = csv.DictReader(files(__package__).joinpath(PLACES).read_text("utf-8").splitlines())
    return MappingProxyType(
        {
            row["code"]: Spot(
                int(row["number"]), float(row["x"]), float(row["y"]), int(row["pixels"]), row["whole"] == "1"
            )
            for row in rows
            if row["plate"] == plate
        }
    )
