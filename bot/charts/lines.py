"""Lines over years."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import ClassVar, NamedTuple

from bot.charts.boxes import Box
from bot.charts.breaks import draw_breaks, list_entries, measure_letters
from bot.charts.colours import GRID, MUTED, PAPER, SERIES
from bot.charts.heading import LegendEntry, write_heading, write_legend, write_nothing
from bot.charts.labels import (
    CALLOUT_HEIGHT,
    PlacedCallout,
    Stretch,
    compose_end_labels,
    sample,
    width_of,
    write_callouts,
    write_end_labels,
)
from bot.charts.page import SMALL, Page
from bot.charts.scale import Scale, compact, fit_scale, percent, year_ticks
from bot.charts.subjects import Callout, Heading, Line, LinePoint, ScaleKind, require_few
from bot.charts.subjects.lines import BreakMark
from bot.languages import N_


@dataclass(frozen=True, slots=True)
class LineChart:
    """Up to six lines over years. Zeros and gaps cannot be shown on a log scale: they break the line.

    The more important callouts come first: one that finds no free room is left out.
    `hollow_note` says what hollow points are ("Jan–Jun 2025"). `breaks` are dashed uprights that the
    legend names.
    """

    PICTURE: ClassVar[str] = N_("Lines over years")

    heading: Heading
    lines: tuple[Line, ...]
    scale: ScaleKind = "linear"
    percent: bool = False
    callouts: tuple[Callout, ...] = ()
    hollow_note: str = ""
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.lines, self.callouts)


_THICK = 5.0
_CASING = 5.0
_DOT = 14.0
_DASH = (8.0, 6.0)
_YEARS_HEIGHT = 52
_ABOVE = 14
_TICK_PITCH = {"linear": 76.0, "log": 46.0}
_YEAR_PITCH = 100
_BEFORE_AXIS = 12


class _Trace(NamedTuple):
    """A stroke in pixels, and which of its points are hollow."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    hollow: list[bool]
    dashed: bool

    @property
    def end(self) -> tuple[float, float]:
        return self.xs[-1], self.ys[-1]


class _Frame(NamedTuple):
    """The picture's two axes, and the years between which its lines run."""

    scale: Scale
    left: float
    right: float
    first: int
    last: int

    def x(self, year: float) -> float:
        if self.first == self.last:
            return self.right
        return self.left + (self.right - self.left) * (year - self.first) / (self.last - self.first)

    def shows(self, point: LinePoint) -> bool:
        return self.scale.shows(point.value)

    def place(self, point: LinePoint) -> tuple[float, float]:
        return self.x(point.year), self.scale.at(point.value or 0)

    def trace(self, stroke: Stroke) -> _Trace:
        xs, ys = zip(*map(self.place, stroke.points), strict=True)
        return _Trace(xs, ys, [point.hollow for point in stroke.points], stroke.dashed)


def draw_lines(page: Page, chart: LineChart) -> bytes:
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
    hollow = chart.hollow_note and any(point.hollow for point in points)
    entries = [LegendEntry(chart.hollow_note)] if hollow else []
    first, last = min(point.year for point in points), max(point.year for point in points)
    breaks = [each for each in chart.breaks if first <= each.at <= last]
    entries += list_entries(breaks)
    if entries:
        room = write_legend(page, room, entries)
    room = room._replace(top=room.top - measure_letters(breaks))
    bottom, top = room.bottom + _YEARS_HEIGHT, room.top - _ABOVE - (CALLOUT_HEIGHT if chart.callouts else 0)
    scale = fit_scale(chart.scale, values, (bottom, top), _TICK_PITCH[chart.scale], whole=not chart.percent)
    marks = [percent(tick) if chart.percent else compact(tick) for tick in scale.ticks]
    ends = compose_end_labels(page, chart.lines, room.width, top - bottom)
    frame = _Frame(
        scale,
        left=room.left + _BEFORE_AXIS + max(page.width(words, SMALL) for words in marks),
        right=room.right - max(width_of(page, ends), _DOT),
        first=first,
        last=last,
    )
    _draw_axes(page, frame, marks)
    draw_breaks(page, frame.x, (bottom, top), breaks, room.top)
    series = [list(map(frame.trace, split(line.points, frame.shows))) for line in chart.lines]
    _draw_series(page, series, casings([line.points for line in chart.lines]))
    tips = [traces[-1].end if traces else None for traces in series]
    write_end_labels(page, ends, tips, frame.right, (bottom - 6, top + 12))
    if chart.callouts:
        drawn: list[Stretch] = [(trace.xs, trace.ys) for traces in series for trace in traces]
        # A line that ends early is joined to its label, which words must not cover either.
        drawn += [((tip[0], frame.right), (tip[1], tip[1])) for tip in tips if tip]
        drawn += [((frame.x(each.at),) * 2, (bottom, top)) for each in breaks]
        around = Box(frame.left - _BEFORE_AXIS - 2, bottom + 4, room.right, room.top)
        write_callouts(page, _remarks(frame, chart), sample(drawn), around)


def _draw_axes(page: Page, frame: _Frame, marks: list[str]) -> None:
    """Horizontal grid with its values, and the years below; zero has a stronger line than the grid."""
    page.rect(Box(frame.left, frame.scale.start, frame.right, frame.scale.start + 1), GRID)
    for tick, words in zip(frame.scale.ticks, marks, strict=True):
        y = round(frame.scale.at(tick))
        zero = tick == 0
        page.rect(Box(frame.left, y, frame.right, y + (2 if zero else 1)), MUTED if zero else GRID)
        page.text(frame.left - _BEFORE_AXIS, y, words, SMALL, MUTED, align="right", middle=True)
    for year in year_ticks(frame.first, frame.last, frame.right - frame.left, _YEAR_PITCH):
        x, axis = round(frame.x(year)), frame.scale.start
        page.rect(Box(x, axis - 7, x + 1, axis), MUTED)
        page.text(x, axis - 42, str(year), SMALL, MUTED, align="centre")


def _draw_series(page: Page, series: list[list[_Trace]], covered: list[int]) -> None:
    """Draw every line, then the dots on all of them: at its end, alone between gaps, and at mid-year."""
    for traces, ink, times in zip(series, SERIES, covered, strict=False):
        for trace in traces:
            if len(trace.xs) > 1:
                dash = _DASH if trace.dashed else None
                page.line(trace.xs, trace.ys, ink, _THICK + _CASING * times, dash)
    for traces, ink in zip(series, SERIES, strict=False):
        for trace in traces:
            if len(trace.xs) == 1 or trace is traces[-1]:
                page.dot(*trace.end, _DOT, ink)
            for x, y, hollow in zip(trace.xs, trace.ys, trace.hollow, strict=True):
                if hollow:
                    page.dot(x, y, _DOT, PAPER, edge=ink, thick=3)


def _remarks(frame: _Frame, chart: LineChart) -> Iterator[PlacedCallout]:
    """What is to be remarked, at which pixels; nothing about a year that shows no figure."""
    for callout in chart.callouts:
        for point in chart.lines[callout.line].points:
            if point.year == callout.year and frame.shows(point):
                yield PlacedCallout(
                    *frame.place(point), callout.text, SERIES[callout.line], hollow=point.hollow
                )


class Stroke(NamedTuple):
    """Neighbouring points to be joined: solid between full years, dashed to and from a mid-year figure.

    A lone point, with a gap on either side, is a stroke of its own.
    """

    points: tuple[LinePoint, ...]
    dashed: bool


def split(points: Sequence[LinePoint], shows: Callable[[LinePoint], bool]) -> Iterator[Stroke]:
    """The strokes of a series, in order; points that cannot be shown are gaps."""
    for shown, run in groupby(points, shows):
        if not shown:
            continue
        first, *others = run
        if not others:
            yield Stroke((first,), dashed=False)
        for dashed, steps in groupby(
            pairwise((first, *others)), lambda step: step[0].hollow or step[1].hollow
        ):
            (start, end), *later = steps
            yield Stroke((start, end, *(step[1] for step in later)), dashed)


def casings(series: Sequence[Sequence[LinePoint]]) -> list[int]:
    """For each series, how many of the later ones cover a part of it.

    It is drawn wider by that much, so that equal lines are all seen.
    """
    places = [[(point.year, point.value) for point in points] for points in series]
    steps = [{step for step in pairwise(line) if None not in (step[0][1], step[1][1])} for line in places]
    return [sum(not own.isdisjoint(later) for later in steps[i + 1 :]) for i, own in enumerate(steps)]
