"""Countries on a map."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.subjects.heading import Heading, require_drawable

MOST_CLASSES = 5


@dataclass(frozen=True, slots=True)
class Area:
    """One country: its key on the plate, its value, and whether that is in cases alone."""

    key: str
    value: float
    cases: bool = False

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class WorldMap:
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
        if len(self.labels) != len(self.limits) + 1 or len(self.labels) > MOST_CLASSES:
            raise ValueError(f"Give one label for each of at most {MOST_CLASSES} classes.")
