"""Lines over years."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.callouts import Remark, sample, write_callouts
from bot.charts.ends import compose_ends, width_of, write_ends
from bot.charts.heading import write_heading, write_nothing
from bot.charts.inks import GRID, MUTED, PAPER, SERIES
from bot.charts.legend import Entry, write_legend
from bot.charts.page import Page
from bot.charts.scale import Scale, compact, fit_scale, percent, year_ticks
from bot.charts.strokes import casings, split
from bot.charts.subjects import LineChart, Point

_SIZE = 22
_THICK = 4.4
_CASING = 5.0
_DOT = 12.0
_DASH = (8.0, 6.0)
_YEARS_HEIGHT = 48
_ABOVE = 14
_CALLOUT_HEIGHT = 28
_TICK_PITCH = {"linear": 72.0, "log": 40.0}
_YEAR_PITCH = 84
_BEFORE_AXIS = 12


class _Frame(NamedTuple):
    """The picture's two axes, and the years between which its lines run."""

    scale: Scale
    left: float
    right: float
    first: int
    last: int

    def x(self, year: int) -> float:
        if self.first == self.last:
            return self.right
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def shows(self, point: Point) -> bool:
        return self.scale.shows(point.value)

    def place(self, point: Point) -> tuple[float, float]:
        return self.x(point.year), self.scale.at(point.value or 0)


def draw_line(page: Page, chart: LineChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    plot_lines(page, write_heading(page, chart.heading), chart)
    return page.png()


def plot_lines(page: Page, room: Box, chart: LineChart) -> None:
    """Draw the lines with their axes, labels and remarks into the room; the heading is not drawn."""
    points = [point for line in chart.lines for point in line.points]
    values = [
        point.value for point in points if point.value or (point.value == 0 and chart.scale == "linear")
    ]
    if not values:
        write_nothing(page, room)
        return
    if chart.hollow_note and any(point.hollow for point in points):
        room = write_legend(page, room, [Entry(chart.hollow_note)])
    bottom, top = room.bottom + _YEARS_HEIGHT, room.top - _ABOVE - (_CALLOUT_HEIGHT if chart.callouts else 0)
    scale = fit_scale(chart.scale, values, (bottom, top), _TICK_PITCH[chart.scale], whole=not chart.percent)
    marks = [percent(tick) if chart.percent else compact(tick) for tick in scale.ticks]
    ends = compose_ends(page, chart.lines, room.width, top - bottom)
    frame = _Frame(
        scale,
        left=room.left + _BEFORE_AXIS + max(page.width(words, _SIZE) for words in marks),
        right=room.right - max(width_of(page, ends), _DOT),
        first=min(point.year for point in points),
        last=max(point.year for point in points),
    )
    _draw_axes(page, frame, marks)
    strokes = _draw_strokes(page, frame, chart)
    tips = [
        next((frame.place(point) for point in reversed(line.points) if frame.shows(point)), None)
        for line in chart.lines
    ]
    write_ends(page, ends, tips, frame.right, (bottom - 6, top + 12))
    remarks = [
        Remark(*frame.place(point), callout.text, SERIES[callout.line])
        for callout in chart.callouts
        for point in chart.lines[callout.line].points
        if point.year == callout.year and frame.shows(point)
    ]
    write_callouts(page, remarks, strokes, Box(frame.left, bottom + 4, room.right, room.top))


def _draw_axes(page: Page, frame: _Frame, marks: list[str]) -> None:
    """Horizontal grid with its values, and the years below; zero has a stronger line than the grid."""
    page.rect(Box(frame.left, frame.scale.start, frame.right, frame.scale.start + 1), GRID)
    for tick, words in zip(frame.scale.ticks, marks, strict=True):
        y = round(frame.scale.at(tick))
        zero = tick == 0
        page.rect(Box(frame.left, y, frame.right, y + (2 if zero else 1)), MUTED if zero else GRID)
        page.text(frame.left - _BEFORE_AXIS, y, words, _SIZE, MUTED, align="right", middle=True)
    for year in year_ticks(frame.first, frame.last, frame.right - frame.left, _YEAR_PITCH):
        x, axis = round(frame.x(year)), frame.scale.start
        page.rect(Box(x, axis - 7, x + 1, axis), MUTED)
        page.text(x, axis - 38, str(year), _SIZE, MUTED, align="centre")


def _draw_strokes(page: Page, frame: _Frame, chart: LineChart) -> NDArray[np.float64]:
    """Draw every line, then the dots on all of them; return samples of what was drawn."""
    drawn = []
    for line, ink, covered in zip(
        chart.lines, SERIES, casings([line.points for line in chart.lines]), strict=False
    ):
        for stroke in split(line.points, frame.shows):
            xs, ys = zip(*map(frame.place, stroke.points), strict=True)
            drawn.append(sample(xs, ys))
            if len(xs) > 1:
                page.line(xs, ys, ink, _THICK + _CASING * covered, _DASH if stroke.dashed else None)
    for line, ink in zip(chart.lines, SERIES, strict=False):
        strokes = list(split(line.points, frame.shows))
        lone = {stroke.points[0] for stroke in strokes if len(stroke.points) == 1}
        tip = {stroke.points[-1] for stroke in strokes[-1:]}
        for point in line.points:
            if frame.shows(point) and point.hollow:
                page.dot(*frame.place(point), _DOT, PAPER, edge=ink, thick=3)
            elif point in lone | tip:
                page.dot(*frame.place(point), _DOT, ink)
    return np.concatenate(drawn)
