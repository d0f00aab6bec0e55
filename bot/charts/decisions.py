"""Stacked columns over years, and above them the shares that follow from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from bot.charts.boxes import Box
from bot.charts.colours import GHOST, GRID, INK, MUTED, PAPER, SERIES
from bot.charts.heading import LegendEntry, write_heading, write_legend, write_nothing
from bot.charts.labels import (
    CALLOUT_HEIGHT,
    EndLabel,
    PlacedCallout,
    Stretch,
    sample,
    width_of,
    write_callouts,
    write_end_labels,
)
from bot.charts.lines import split
from bot.charts.page import SMALL, Page
from bot.charts.scale import Scale, compact, fit_scale, percent, year_ticks
from bot.charts.subjects import Callout, Heading, Line, LinePoint, require_drawable, require_few
from bot.charts.subjects.lines import BreakMark

MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One year: its parts from the bottom up; `half` marks a year that is only half covered."""

    year: int
    parts: tuple[float | None, ...]
    half: bool = False

    def __post_init__(self) -> None:
        for part in self.parts:
            require_drawable(part)


@dataclass(frozen=True, slots=True)
class DecisionsChart:
    """Stacked columns of up to four parts, and above them lines of shares in per cent.

    `labels` name the parts from the bottom up, as they stand beside the last column. `rates` reach over
    the same years, and `callouts` are remarks on them. `half_note` says what hatched columns and hollow
    points are ("Jan–Jun 2025 only").
    """

    heading: Heading
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    columns_title: str
    rates: tuple[Line, ...]
    rates_title: str
    half_note: str = ""
    breaks: tuple[BreakMark, ...] = ()
    callouts: tuple[Callout, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.rates, self.callouts)
        years = [column.year for column in self.columns]
        if years != sorted(set(years)):
            raise ValueError("Give the columns in the order of their years, each year once.")
        if len(self.labels) > MAX_PARTS or any(len(c.parts) != len(self.labels) for c in self.columns):
            raise ValueError(f"Give every column one value for each of at most {MAX_PARTS} labels.")


INKS = (SERIES[0], SERIES[2], SERIES[1], GHOST)
"""Of the parts from the bottom up; the first two inks are also those of the rates that rest on them."""
_TITLE_HEIGHT, _YEARS_HEIGHT, _BETWEEN = 42, 50, 18
_RATES_SHARE = 0.44
"""Of the room's height."""
_MAX_LABEL = 0.3
_BEFORE_AXIS = 12
_TICK_PITCH, _RATE_PITCH, _YEAR_PITCH = 48.0, 48.0, 100
_WHITE = 0.26
"""Of a year's width, between two columns."""
_MAX_THICK = 90
_THICK, _DOT = 5.0, 14.0
_DASH = (8.0, 6.0)
_BREAK, _BREAK_DASH = 2.0, (4.0, 5.0)


class _Span(NamedTuple):
    """The years along the page; each has a slot of its own."""

    left: float
    right: float
    first: int
    last: int

    @property
    def slot(self) -> float:
        return (self.right - self.left) / (self.last - self.first + 1)

    def x(self, year: float) -> float:
        return self.left + self.slot * (year - self.first + 0.5)


def draw_decisions(page: Page, chart: DecisionsChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    totals = [sum(part or 0 for part in column.parts) for column in chart.columns]
    if not any(totals):
        write_nothing(page, room)
        return page.png()
    half = chart.half_note and any(c.half and total for c, total in zip(chart.columns, totals, strict=True))
    entries = [LegendEntry(chart.half_note, "cases")] if half else []
    entries += [LegendEntry(each.text, "break") for each in chart.breaks]
    if entries:
        room = write_legend(page, room, entries)
    middle = room.top - room.height * _RATES_SHARE
    above = _title(page, room._replace(bottom=middle), chart.rates_title)
    below = _title(page, room._replace(top=middle - _BETWEEN), chart.columns_title)
    below = below._replace(bottom=below.bottom + _YEARS_HEIGHT)
    counts = fit_scale("linear", totals, (below.bottom, below.top), _TICK_PITCH, whole=True)
    shares = [point.value for line in chart.rates for point in line.points if point.value is not None]
    highest = above.top - (CALLOUT_HEIGHT if chart.callouts else _DOT)
    rates = fit_scale("linear", shares or [100.0], (above.bottom, highest), _RATE_PITCH)
    marks = [*map(compact, counts.ticks), *map(percent, rates.ticks)]
    parts, lines = _label_parts(page, chart, room.width), _label_rates(page, chart, room.width)
    span = _Span(
        room.left + _BEFORE_AXIS + max(page.width(words, SMALL) for words in marks),
        room.right - width_of(page, [*parts, *lines]),
        chart.columns[0].year,
        chart.columns[-1].year,
    )
    _draw_grid(page, span, counts, [compact(tick) for tick in counts.ticks])
    _draw_breaks(page, span, (below.bottom, above.top), chart.breaks)
    _draw_columns(page, span, counts, chart.columns)
    _draw_years(page, span, below.bottom)
    write_end_labels(page, parts, _tips(span, counts, chart.columns), span.right, (below.bottom, below.top))
    if shares:
        _draw_grid(page, span, rates, [percent(tick) for tick in rates.ticks])
        tips = [_draw_rate(page, span, rates, *each) for each in zip(chart.rates, INKS, strict=False)]
        write_end_labels(page, lines, tips, span.right, (above.bottom, above.top))
        if chart.callouts:
            around = Box(span.left, above.bottom + 2, span.right, above.top)
            write_callouts(page, _remarks(span, rates, chart), sample(_strokes(span, rates, chart)), around)
    else:
        page.text(
            (span.left + span.right) / 2,
            (above.bottom + above.top) / 2,
            "no rate on so few decisions",
            SMALL,
            MUTED,
            align="centre",
            middle=True,
        )
    return page.png()


def _title(page: Page, room: Box, words: str) -> Box:
    for line in page.fit(words, room.width, 1, SMALL, bold=True):
        page.text(room.left, room.top - 26, line, SMALL, INK, bold=True)
    return room._replace(top=room.top - _TITLE_HEIGHT)


def _label_parts(page: Page, chart: DecisionsChart, room: float) -> list[EndLabel]:
    """The parts that any year has, each in its ink; grey is too pale for letters."""
    found = []
    for label, ink in zip(chart.labels, INKS, strict=False):
        words = page.fit(label, room * _MAX_LABEL, 1, SMALL, bold=True)
        found.append(EndLabel(tuple(words), MUTED if ink == GHOST else ink))
    return found


def _label_rates(page: Page, chart: DecisionsChart, room: float) -> list[EndLabel]:
    return [
        EndLabel(tuple(page.fit(line.end_label or line.name, room * _MAX_LABEL, 1, SMALL, bold=True)), ink)
        for line, ink in zip(chart.rates, INKS, strict=False)
    ]


def _draw_grid(page: Page, span: _Span, scale: Scale, marks: Sequence[str]) -> None:
    for tick, words in zip(scale.ticks, marks, strict=True):
        y = round(scale.at(tick))
        page.rect(Box(span.left, y, span.right, y + (2 if tick == 0 else 1)), MUTED if tick == 0 else GRID)
        page.text(span.left - _BEFORE_AXIS, y, words, SMALL, MUTED, align="right", middle=True)


def _draw_columns(page: Page, span: _Span, scale: Scale, columns: Sequence[Column]) -> None:
    thick = min(span.slot * (1 - _WHITE), _MAX_THICK)
    for column in columns:
        left, below = round(span.x(column.year) - thick / 2), 0.0
        for part, ink in zip(column.parts, INKS, strict=False):
            box = Box(left, scale.at(below), left + max(2, round(thick)), scale.at(below + (part or 0)))
            below += part or 0
            if round(box.top) > round(box.bottom):
                (page.hatch if column.half else page.rect)(box, ink)


def _draw_breaks(page: Page, span: _Span, ends: tuple[float, float], breaks: Sequence[BreakMark]) -> None:
    for each in breaks:
        x = span.x(each.at)
        page.line((x, x), ends, MUTED, _BREAK, _BREAK_DASH)


def _draw_years(page: Page, span: _Span, axis: float) -> None:
    for year in year_ticks(span.first, span.last, span.slot * (span.last - span.first), _YEAR_PITCH):
        x = round(span.x(year))
        page.rect(Box(x, axis - 7, x + 1, axis), MUTED)
        page.text(x, axis - 42, str(year), SMALL, MUTED, align="centre")


def _tips(span: _Span, scale: Scale, columns: Sequence[Column]) -> list[tuple[float, float] | None]:
    """The middles of the parts of the last column that has any, at its right edge."""
    last = next(column for column in reversed(columns) if any(column.parts))
    found: list[tuple[float, float] | None] = []
    x = span.x(last.year) + min(span.slot * (1 - _WHITE), _MAX_THICK) / 2
    below = 0.0
    for part in last.parts:
        found.append((x, scale.at(below + (part or 0) / 2)))
        below += part or 0
    return found


def _strokes(span: _Span, scale: Scale, chart: DecisionsChart) -> list[Stretch]:
    """What is drawn of the rates, which no words may hide."""
    return [
        (
            [span.x(point.year) for point in stroke.points],
            [scale.at(point.value or 0) for point in stroke.points],
        )
        for line in chart.rates
        for stroke in split(line.points, _is_given)
    ]


def _remarks(span: _Span, scale: Scale, chart: DecisionsChart) -> Iterator[PlacedCallout]:
    for callout in chart.callouts:
        for point in chart.rates[callout.line].points:
            if point.year == callout.year and point.value is not None:
                x, y = span.x(point.year), scale.at(point.value)
                yield PlacedCallout(x, y, callout.text, INKS[callout.line], hollow=point.hollow)


def _is_given(point: LinePoint) -> bool:
    return point.value is not None


def _draw_rate(page: Page, span: _Span, scale: Scale, line: Line, ink: str) -> tuple[float, float] | None:
    """Draw one line of shares; return where it ends."""
    tip = None
    for stroke in split(line.points, _is_given):
        xs = [span.x(point.year) for point in stroke.points]
        ys = [scale.at(point.value or 0) for point in stroke.points]
        if len(xs) > 1:
            page.line(xs, ys, ink, _THICK, _DASH if stroke.dashed else None)
        tip = xs[-1], ys[-1]
    for point in line.points:
        if point.value is not None and (point.hollow or (tip and span.x(point.year) == tip[0])):
            x, y = span.x(point.year), scale.at(point.value)
            page.dot(x, y, _DOT, PAPER if point.hollow else ink, edge=ink if point.hollow else None, thick=3)
    return tip
