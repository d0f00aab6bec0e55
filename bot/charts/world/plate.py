"""The plate that comes with the program, and how to ink it."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

import numpy as np
from numpy.typing import NDArray

from bot.charts.world.places import Place, read_places

WIDTH, HEIGHT = 1140, 470
OUTLINES = "plate.gz"
COVERAGE = 8
"""A pixel that is wholly of one country has so many parts of it."""
_MOST_NUMBERS = 256


@dataclass(frozen=True, slots=True, eq=False)
class Plate:
    """For each pixel, the highest row first: whose it is, and how much of it.

    `owner` is the number of a country, 0 at sea; `cells` holds that times `COVERAGE` + 1, and besides
    how many parts of the pixel are the country's.
    """

    owner: NDArray[np.uint8]
    cells: NDArray[np.uint16]
    places: Mapping[str, Place]

    @classmethod
    def load(cls) -> Self:
        """Read the packaged plate."""
        packed = gzip.decompress(files(__package__).joinpath(OUTLINES).read_bytes())
        owner, coverage = np.frombuffer(packed, np.uint8).reshape(2, HEIGHT, WIDTH)
        return cls(owner, owner.astype(np.uint16) * (COVERAGE + 1) + coverage, read_places())

    def ink(self, entries: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """Return for every pixel the entry that `entries` has for its country and its coverage."""
        return entries.reshape(_MOST_NUMBERS * (COVERAGE + 1)).take(self.cells)
