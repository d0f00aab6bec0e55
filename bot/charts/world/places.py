"""Which countries the plate has, and where."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

PLACES = "places.csv"
_LEAST_PIXELS = 24
"""A country with fewer is shown as a dot."""


class Place(NamedTuple):
    """A country on the plate: its number, where its dot stands (pixels from the top left), and its pixels."""

    number: int
    x: float
    y: float
    pixels: int

    @property
    def small(self) -> bool:
        """Whether it would be overlooked without a dot."""
        return self.pixels < _LEAST_PIXELS


@cache
def read_places() -> Mapping[str, Place]:
    """Return every country of the plate by its key, UNHCR's code; land that is nobody's has the key "-".

    They come with the program and never change, so they are read once.
    """
    rows = csv.DictReader(files(__package__).joinpath(PLACES).read_text("utf-8").splitlines())
    return MappingProxyType(
        {
            row["code"]: Place(int(row["number"]), float(row["x"]), float(row["y"]), int(row["pixels"]))
            for row in rows
        }
    )
