"""Lines over years."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.charts.subjects.heading import Heading, require_drawable

ScaleKind = Literal["linear", "log"]

MOST_LINES = 6
"""More lines than this nobody can tell apart."""


@dataclass(frozen=True, slots=True)
class Point:
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
    points: tuple[Point, ...]
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


@dataclass(frozen=True, slots=True)
class BreakMark:
    """Where a line is no single series, in about three words: between two years (2020.5), or at one."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class LineChart:
    """Up to six lines over years. Zeros and gaps cannot be shown on a log scale: they break the line.

    The more important callouts come first: one that finds no free room is left out.
    `hollow_note` says what hollow points are ("Jan–Jun 2025"). `breaks` are dashed uprights that the
    legend names.
    """

    heading: Heading
    lines: tuple[Line, ...]
    scale: ScaleKind = "linear"
    percent: bool = False
    callouts: tuple[Callout, ...] = ()
    hollow_note: str = ""
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.lines, self.callouts)


def require_few(lines: tuple[Line, ...], callouts: tuple[Callout, ...]) -> None:
    """Refuse more lines than can be told apart, and remarks about none of them."""
    if len(lines) > MOST_LINES:
        raise ValueError(f"A chart shows at most {MOST_LINES} lines; leave out {len(lines) - MOST_LINES}.")
    if any(not 0 <= callout.line < len(lines) for callout in callouts):
        raise ValueError(f"A callout is about one of the {len(lines)} lines, counted from 0.")
