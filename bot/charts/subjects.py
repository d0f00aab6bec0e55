"""What is to be drawn, in finished words and plain numbers.

Subjects are values: equal subjects make equal pictures, byte for byte, so a subject is also
the key under which its picture is kept. `None` for a value means that nothing was published;
it leaves a gap, which a zero never does.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Tone = Literal["persons", "cases", "muted"]
ScaleKind = Literal["linear", "log"]

MOST_LINES = 6
"""More lines than this nobody can tell apart."""


@dataclass(frozen=True, slots=True)
class Heading:
    """The finding, then what is measured, where and when, then where the figures come from."""

    title: str
    subtitle: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """One year's value; `hollow` marks a mid-year figure that the full year will replace."""

    year: int
    value: float | None
    hollow: bool = False

    def __post_init__(self) -> None:
        _require_drawable(self.value)


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
class LineChart:
    """Up to six lines over years. Zeros and gaps cannot be shown on a log scale: they break the line.

    The more important callouts come first: one that finds no free room is left out.
    `hollow_note` says what hollow points are ("Jan–Jun 2025").
    """

    heading: Heading
    lines: tuple[Line, ...]
    scale: ScaleKind = "linear"
    percent: bool = False
    callouts: tuple[Callout, ...] = ()
    hollow_note: str = ""

    def __post_init__(self) -> None:
        _require_few(self.lines, self.callouts)


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its value, and the words at the bar's end (the exact figure, a share)."""

    label: str
    value: float | None
    text: str
    tone: Tone = "persons"
    hollow: bool = False

    def __post_init__(self) -> None:
        _require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, in the given order from the top.

    The legend names the tones and appears when both persons and cases occur, as the two are
    never comparable at a glance. `hollow_note` says what hollow bars are.
    """

    heading: Heading
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Tone, str], ...] = ()
    hollow_note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Lines on the left, up to eight bars on the right: everything about a country in a year."""

    heading: Heading
    left_title: str
    left: tuple[Line, ...]
    right_title: str
    right: tuple[Bar, ...]
    percent: bool = False
    callouts: tuple[Callout, ...] = ()
    left_hollow_note: str = ""
    right_hollow_note: str = ""
    legend: tuple[tuple[Tone, str], ...] = ()

    def __post_init__(self) -> None:
        _require_few(self.left, self.callouts)


@dataclass(frozen=True, slots=True)
class Move:
    """One row: a figure before and after, and the words that say both ("199,610 → 96,789")."""

    label: str
    before: float | None
    after: float | None
    text: str
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        _require_drawable(self.before)
        _require_drawable(self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Up to ten figures at two times, on one scale; rows beyond are counted but not drawn."""

    heading: Heading
    moves: tuple[Move, ...]
    before_label: str
    after_label: str


@dataclass(frozen=True, slots=True)
class EditionBar:
    """One figure as a release of that day gave it; `hollow` marks a mid-year figure."""

    day: str
    label: str
    value: float | None
    text: str
    hollow: bool
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        _require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class EditionChart:
    """One figure in up to twelve releases, oldest first; of more the newest are drawn, the rest counted."""

    heading: Heading
    editions: tuple[EditionBar, ...]
    hollow_note: str = ""


Chart = LineChart | BarChart | Overview | Comparison | EditionChart


def _require_drawable(value: float | None) -> None:
    if value is not None and not (math.isfinite(value) and value >= 0):
        raise ValueError(
            f"A chart shows counts and rates, which are finite and not negative: {value!r} is not."
        )


def _require_few(lines: tuple[Line, ...], callouts: tuple[Callout, ...]) -> None:
    if len(lines) > MOST_LINES:
        raise ValueError(f"A chart shows at most {MOST_LINES} lines; leave out {len(lines) - MOST_LINES}.")
    if any(not 0 <= callout.line < len(lines) for callout in callouts):
        raise ValueError(f"A callout is about one of the {len(lines)} lines, counted from 0.")
