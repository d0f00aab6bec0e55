"""What several charts show, in finished words and plain numbers: headings, lines, points."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Tone = Literal["persons", "cases", "muted"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The finding, then what is measured, where and when, then where the figures come from."""

    title: str
    subtitle: str
    source: str


def require_drawable(value: float | None) -> None:
    """Refuse a value that no chart can show."""
    if value is not None and not (math.isfinite(value) and value >= 0):
        raise ValueError(
            f"A chart shows counts and rates, which are finite and not negative: {value!r} is not."
        )


ScaleKind = Literal["linear", "log"]

MAX_LINES = 6
"""More lines than this nobody can tell apart."""


@dataclass(frozen=True, slots=True)
class LinePoint:
    """One year's value; `hollow` marks a figure that stands for less than the year."""

    year: int
    value: float | None
    hollow: bool = False

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class Line:
    """A yearly series, oldest year first; `None` breaks the line, a year left out does not.

    `end_label` is all that stands at the line's end, as a rule name and last value ("China
    99,716"). Where room is short the part that repeats `name` is cut, never the rest. Without
    it the name alone stands there. A line without any value is only named, in grey.
    """

    name: str
    points: tuple[LinePoint, ...]
    end_label: str

    def __post_init__(self) -> None:
        years = [point.year for point in self.points]
        if years != sorted(set(years)):
            raise ValueError(f"Give the points of {self.name!r} in the order of their years, each year once.")


@dataclass(frozen=True, slots=True)
class Callout:
    """A remark at one point of a line, which is given by its place among the lines."""

    line: int
    year: int
    text: str


def require_few(lines: tuple[Line, ...], callouts: tuple[Callout, ...]) -> None:
    """Refuse more lines than can be told apart, and remarks about none of them."""
    if len(lines) > MAX_LINES:
        raise ValueError(f"A chart shows at most {MAX_LINES} lines; leave out {len(lines) - MAX_LINES}.")
    if any(not 0 <= callout.line < len(lines) for callout in callouts):
        raise ValueError(f"A callout is about one of the {len(lines)} lines, counted from 0.")
