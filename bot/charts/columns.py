"""Stacked columns over years: what a total is made of, and what every chart of columns shares."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bot.charts.boxes import Box
from bot.charts.breaks import draw_breaks, list_entries, measure_letters
from bot.charts.colours import GHOST, GRID, MUTED, PAPER, SERIES
from bot.charts.heading import LegendEntry, write_heading, write_legend, write_nothing
from bot.charts.labels import EndLabel, width_of, write_end_labels
from bot.charts.page import SMALL, Page
from bot.charts.scale import Scale, compact, fit_scale, year_ticks
from bot.charts.subjects import Heading, require_drawable
from bot.charts.subjects.lines import BreakMark
from bot.languages import N_

MAX_STACKED = 5
STACK = SERIES[: MAX_STACKED - 1]
"""The inks of what a total is made of, from the bottom up; all others are grey."""

YEARS_HEIGHT = 50
MAX_LABEL = 0.3
BEFORE_AXIS = 12
TICK_PITCH, _YEAR_PITCH = 48.0, 100
_WHITE = 0.26
"""Of a year's width, between two columns."""
_MAX_THICK = 90
_EDGE = 3
"""The outline of a hollow column, in pixels."""


@dataclass(frozen=True, slots=True)
class Column:
    """One year: its parts from the bottom up; `half` marks a year that is only half covered."""

    year: int
    parts: tuple[float | None, ...]
    half: bool = False

    def __post_init__(self) -> None:
        for part in self.parts:
            require_drawable(part)

    @property
    def total(self) -> float:
        """How high it is."""
        return sum(part or 0 for part in self.parts)


@dataclass(frozen=True, slots=True)
class StackChart:
    """What a total is made of, a column a year: up to four parts, and above them all others.

    `labels` name the parts from the bottom up, as they stand beside the last column; where there is a `rest`,
    it is the last of them. `half_note` says what hollow columns are ("Jan–Jun 2025 only").
    """

    PICTURE: ClassVar[str] = N_("Columns over years, each of its largest parts and all others")

    heading: Heading
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    rest: bool = True
    half_note: str = ""
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_parts(self.columns, self.labels, MAX_STACKED)


def require_parts(columns: Sequence[Column], labels: Sequence[str], most: int) -> None:
    """Raise ValueError where columns are out of order, or have not a part for each label."""
    years = [column.year for column in columns]
    if years != sorted(set(years)):
        raise ValueError("Give the columns in the order of their years, each year once.")
    if len(labels) > most or any(len(column.parts) != len(labels) for column in columns):
        raise ValueError(f"Give every column one value for each of at most {most} labels.")


class YearAxis(NamedTuple):
    """The years along the page; each has a slot of its own."""

    left: float
    right: float
    first: int
    last: int

    @property
    def slot(self) -> float:
        """The width of a year."""
        return (self.right - self.left) / (self.last - self.first + 1)

    def x(self, year: float) -> float:
        """The middle of a year."""
        return self.left + self.slot * (year - self.first + 0.5)


def draw_stack(page: Page, chart: StackChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    room = write_above(page, chart.heading, chart.columns, chart.half_note, chart.breaks)
    totals = [column.total for column in chart.columns]
    if not any(totals):
        write_nothing(page, room)
        return page.png()
    room = room._replace(top=room.top - measure_letters(chart.breaks))
    bottom, top = room.bottom + YEARS_HEIGHT, room.top - BEFORE_AXIS
    scale = fit_scale("linear", totals, (bottom, top), TICK_PITCH, whole=True)
    inks = (*STACK[: len(chart.labels) - chart.rest], *[GHOST] * chart.rest)
    labels = label_parts(page, chart.labels, inks, room.width)
    span = YearAxis(
        room.left + BEFORE_AXIS + max(page.width(compact(tick), SMALL) for tick in scale.ticks),
        room.right - width_of(page, labels),
        chart.columns[0].year,
        chart.columns[-1].year,
    )
    draw_grid(page, span, scale, [compact(tick) for tick in scale.ticks])
    draw_columns(page, span, scale, chart.columns, inks)
    draw_breaks(page, span.x, (bottom, room.top), chart.breaks, room.top)
    draw_years(page, span, bottom)
    write_end_labels(page, labels, find_tips(span, scale, chart.columns), span.right, (bottom, top))
    return page.png()


def write_above(
    page: Page, heading: Heading, columns: Sequence[Column], half_note: str, breaks: Sequence[BreakMark]
) -> Box:
    """Begin a page with its heading and a legend of what columns have; return the room that is left."""
    page.clear()
    room = write_heading(page, heading)
    half = half_note and any(column.half and column.total for column in columns)
    entries = [LegendEntry(half_note, "muted")] if half else []
    entries += list_entries(breaks)
    return write_legend(page, room, entries) if entries else room


def label_parts(page: Page, labels: Sequence[str], inks: Sequence[str], room: float) -> list[EndLabel]:
    """Return what stands beside each part, in its ink; grey is too pale for letters.

    A long name is shortened, never the figure behind it.
    """

    def fit(label: str) -> tuple[str, ...]:
        *_, figure = label.rpartition(" ")
        return tuple(page.fit(label, room * MAX_LABEL, 2, SMALL, bold=True, tail=figure))

    return [
        EndLabel(fit(label), MUTED if ink == GHOST else ink) for label, ink in zip(labels, inks, strict=False)
    ]


def draw_grid(page: Page, span: YearAxis, scale: Scale, marks: Sequence[str]) -> None:
    """Draw a line at each mark of the scale."""
    for tick, words in zip(scale.ticks, marks, strict=True):
        y = round(scale.at(tick))
        page.rect(Box(span.left, y, span.right, y + (2 if tick == 0 else 1)), MUTED if tick == 0 else GRID)
        page.text(span.left - BEFORE_AXIS, y, words, SMALL, MUTED, align="right", middle=True)


def draw_columns(
    page: Page, span: YearAxis, scale: Scale, columns: Sequence[Column], inks: Sequence[str]
) -> None:
    """Draw a column a year, its parts from the bottom up."""
    thick = min(span.slot * (1 - _WHITE), _MAX_THICK)
    for column in columns:
        left, below = round(span.x(column.year) - thick / 2), 0.0
        for part, ink in zip(column.parts, inks, strict=False):
            box = Box(left, scale.at(below), left + max(2, round(thick)), scale.at(below + (part or 0)))
            below += part or 0
            if round(box.top) > round(box.bottom):
                page.rect(box, ink)
                inner = box.grown(-_EDGE)
                if column.half and inner.height >= 1:
                    page.rect(inner, PAPER)


def draw_years(page: Page, span: YearAxis, axis: float) -> None:
    """Write the years below."""
    for year in year_ticks(span.first, span.last, span.slot * (span.last - span.first), _YEAR_PITCH):
        x = round(span.x(year))
        page.rect(Box(x, axis - 7, x + 1, axis), MUTED)
        page.text(x, axis - 42, str(year), SMALL, MUTED, align="centre")


def find_tips(span: YearAxis, scale: Scale, columns: Sequence[Column]) -> list[tuple[float, float] | None]:
    """The middles of the parts of the last column that has any, at its right edge."""
    last = next(column for column in reversed(columns) if any(column.parts))
    found: list[tuple[float, float] | None] = []
    x = span.x(last.year) + min(span.slot * (1 - _WHITE), _MAX_THICK) / 2
    below = 0.0
    for part in last.parts:
        found.append((x, scale.at(below + (part or 0) / 2)))
        below += part or 0
    return found
