"""Stacked columns over years, and above them the shares that follow from them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from bot.charts.boxes import Box
from bot.charts.breaks import draw_breaks, draw_uprights, measure_letters
from bot.charts.colours import GHOST, INK, MUTED, PAPER, SERIES
from bot.charts.columns import (
    BEFORE_AXIS,
    MAX_LABEL,
    TICK_PITCH,
    YEARS_HEIGHT,
    Column,
    YearAxis,
    draw_columns,
    draw_grid,
    draw_years,
    find_tips,
    label_parts,
    require_parts,
    write_above,
)
from bot.charts.heading import write_nothing
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
from bot.charts.scale import Scale, compact, fit_scale, percent
from bot.charts.subjects import Callout, Heading, Line, LinePoint, require_few
from bot.charts.subjects.lines import BreakMark
from bot.languages import N_, _

MAX_PARTS = 4


@dataclass(frozen=True, slots=True)
class DecisionsChart:
    """Stacked columns of up to four parts, and above them lines of shares in per cent.

    `labels` name the parts from the bottom up, as they stand beside the last column. `rates` reach over
    the same years, and `callouts` are remarks on them. `half_note` says what hollow columns and
    points are ("Jan–Jun 2025 only").
    """

    PICTURE: ClassVar[str] = N_("Columns of outcomes and lines of rates over years")

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
        require_parts(self.columns, self.labels, MAX_PARTS)


INKS = (SERIES[0], SERIES[2], SERIES[1], GHOST)
"""Of the parts from the bottom up; the first two inks are also those of the rates that rest on them."""
_TITLE_HEIGHT, _BETWEEN = 46, 18
_RATES_SHARE = 0.44
"""Of the room's height."""
_RATE_PITCH = 48.0
_THICK, _DOT = 5.0, 14.0
_DASH = (8.0, 6.0)


def draw_decisions(page: Page, chart: DecisionsChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    room = write_above(page, chart.heading, chart.columns, chart.half_note, chart.breaks)
    totals = [column.total for column in chart.columns]
    if not any(totals):
        write_nothing(page, room)
        return page.png()
    middle = room.top - room.height * _RATES_SHARE
    parts, lines = label_parts(page, chart.labels, INKS, room.width), _label_rates(page, chart, room.width)
    right = room.right - width_of(page, [*parts, *lines])  # labels may stand as high as a title
    above = _title(page, room._replace(bottom=middle), chart.rates_title, right)
    above = above._replace(top=above.top - measure_letters(chart.breaks))
    below = _title(page, room._replace(top=middle - _BETWEEN), chart.columns_title, right)
    below = below._replace(bottom=below.bottom + YEARS_HEIGHT)
    counts = fit_scale("linear", totals, (below.bottom, below.top), TICK_PITCH, whole=True)
    shares = [point.value for line in chart.rates for point in line.points if point.value is not None]
    highest = above.top - (CALLOUT_HEIGHT if chart.callouts else _DOT)
    rates = fit_scale("linear", shares or [100.0], (above.bottom, highest), _RATE_PITCH)
    marks = [*map(compact, counts.ticks), *map(percent, rates.ticks)]
    span = YearAxis(
        room.left + BEFORE_AXIS + max(page.width(words, SMALL) for words in marks),
        right,
        chart.columns[0].year,
        chart.columns[-1].year,
    )
    draw_grid(page, span, counts, [compact(tick) for tick in counts.ticks])
    draw_breaks(page, span.x, (above.bottom, above.top), chart.breaks, above.top)
    draw_uprights(page, span.x, (below.bottom, below.top), chart.breaks)
    draw_columns(page, span, counts, chart.columns, INKS)
    draw_years(page, span, below.bottom)
    write_end_labels(
        page, parts, find_tips(span, counts, chart.columns), span.right, (below.bottom, below.top)
    )
    if shares:
        draw_grid(page, span, rates, [percent(tick) for tick in rates.ticks])
        tips = [_draw_rate(page, span, rates, *each) for each in zip(chart.rates, INKS, strict=False)]
        write_end_labels(page, lines, tips, span.right, (above.bottom, above.top))
        if chart.callouts:
            around = Box(span.left, above.bottom + 2, room.right, above.top)
            drawn = [*_strokes(span, rates, chart), *_uprights(span, around, chart)]
            write_callouts(page, _remarks(span, rates, chart), sample(drawn), around)
    else:
        page.text(
            (span.left + span.right) / 2,
            (above.bottom + above.top) / 2,
            _("no rate on so few decisions"),
            SMALL,
            MUTED,
            align="centre",
            middle=True,
        )
    return page.png()


def _title(page: Page, room: Box, words: str, right: float) -> Box:
    for line in page.fit(words, right - room.left, 1, SMALL, bold=True):
        page.text(room.left, room.top - 26, line, SMALL, INK, bold=True)
    return room._replace(top=room.top - _TITLE_HEIGHT)


def _label_rates(page: Page, chart: DecisionsChart, room: float) -> list[EndLabel]:
    return [
        EndLabel(tuple(page.fit(line.end_label or line.name, room * MAX_LABEL, 1, SMALL, bold=True)), ink)
        for line, ink in zip(chart.rates, INKS, strict=False)
    ]


def _strokes(span: YearAxis, scale: Scale, chart: DecisionsChart) -> list[Stretch]:
    """What is drawn of the rates, which no words may hide."""
    return [
        (
            [span.x(point.year) for point in stroke.points],
            [scale.at(point.value or 0) for point in stroke.points],
        )
        for line in chart.rates
        for stroke in split(line.points, _is_given)
    ]


def _uprights(span: YearAxis, around: Box, chart: DecisionsChart) -> list[Stretch]:
    return [((span.x(each.at),) * 2, (around.bottom, around.top)) for each in chart.breaks]


def _remarks(span: YearAxis, scale: Scale, chart: DecisionsChart) -> Iterator[PlacedCallout]:
    for callout in chart.callouts:
        for point in chart.rates[callout.line].points:
            if point.year == callout.year and point.value is not None:
                x, y = span.x(point.year), scale.at(point.value)
                yield PlacedCallout(x, y, callout.text, INKS[callout.line], hollow=point.hollow)


def _is_given(point: LinePoint) -> bool:
    return point.value is not None


def _draw_rate(page: Page, span: YearAxis, scale: Scale, line: Line, ink: str) -> tuple[float, float] | None:
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
