"""Horizontal bars, one row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bot.charts.boxes import Box
from bot.charts.colours import INK, MUTED
from bot.charts.heading import LegendEntry, draw_bar, write_heading, write_legend, write_nothing
from bot.charts.page import SMALL, Page
from bot.charts.subjects import Heading, Tone, require_drawable
from bot.languages import N_, _


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its value, and the words at the bar's end (the exact figure, a share).

    A value below zero, a fall, goes to the left of a line at zero.
    """

    label: str
    value: float | None
    text: str
    tone: Tone = "persons"
    hollow: bool = False

    def __post_init__(self) -> None:
        require_drawable(None if self.value is None else abs(self.value))


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, in the given order from the top.

    The legend names the tones and appears when both persons and cases occur, as the two are
    never comparable at a glance. `hollow_note` says what hollow bars are.
    """

    PICTURE: ClassVar[str] = N_("Bars")

    heading: Heading
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Tone, str], ...] = ()
    hollow_note: str = ""


_LARGE = 29
_MIN_PITCH, _LARGE_PITCH, _MAX_PITCH = 33.0, 42.0, 130.0
_ABOVE_PITCH = 66.0
"""Rows at least this high have room for a name above its bar."""
_THICKNESS = 0.72
"""Of the pitch; the rest is white."""
_MAX_SHARE = 0.46
"""Of the room that names may take, and the words at the bars' ends."""
_BEFORE_BARS, _AFTER_BARS = 12, 10
_BELOW_NAME = 32
NOT_PUBLISHED = N_("not published")


class _Rows(NamedTuple):
    """How the rows are set: names beside their bars, which begin at `left`, or above them."""

    top: float
    pitch: float
    left: float
    size: int
    names_above: bool

    def bar_of(self, row: int) -> Box:
        top = self.top - self.pitch * row
        if self.names_above:
            return Box(self.left, top - self.pitch * 0.86, self.left, top - _BELOW_NAME)
        white = self.pitch * (1 - _THICKNESS) / 2
        return Box(self.left, top - self.pitch + white, self.left, top - white)


def draw_bars(page: Page, chart: BarChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    plot_bars(page, write_heading(page, chart.heading), chart)
    return page.png()


def plot_bars(page: Page, room: Box, chart: BarChart) -> None:
    """Draw the bars with their names and legend into the room; the heading is not drawn."""
    if all(bar.value is None for bar in chart.bars):
        write_nothing(page, room)
        return
    entries = _legend(chart)
    if entries:
        room = write_legend(page, room, entries)
    most = int(room.height // _MIN_PITCH)
    bars = chart.bars if len(chart.bars) <= most else chart.bars[: most - 1]
    rows = _set_rows(page, room, bars, min(len(chart.bars), most))
    words = [page.fit(bar.text, room.width * _MAX_SHARE, 1, rows.size) for bar in bars]
    lengths = _lengths(page, bars, words, rows, room.right)
    falls = [length for bar, length in zip(bars, lengths, strict=True) if (bar.value or 0) < 0]
    fallen = max(2, round(max(falls))) if falls else 0
    for row, (bar, text, length) in enumerate(zip(bars, words, lengths, strict=True)):
        box = rows.bar_of(row)
        middle = (box.bottom + box.top) / 2
        if rows.names_above:
            for name in page.fit(bar.label, room.width, 1, rows.size):
                page.text(rows.left, box.top + 10, name, rows.size)
        else:
            for name in page.fit(bar.label, room.width * _MAX_SHARE, 1, rows.size):
                page.text(rows.left - _BEFORE_BARS, middle, name, rows.size, align="right", middle=True)
        zero = box.left + (fallen if bar.value is not None else 0)
        box = _draw_bar(page, box._replace(left=zero, right=zero), bar, length)
        published = bar.value is not None
        for line in text if published else [_(NOT_PUBLISHED)]:
            x = box.right + (0 if rows.names_above and not published else _AFTER_BARS)
            page.text(x, middle, line, rows.size, INK if published else MUTED, middle=True)
    if len(bars) < len(chart.bars):
        words_left = f"and {len(chart.bars) - len(bars)} more, not shown"
        page.text(
            rows.left, rows.top - rows.pitch * (len(bars) + 0.5), words_left, rows.size, MUTED, middle=True
        )


def _draw_bar(page: Page, at_zero: Box, bar: Bar, length: float) -> Box:
    """Draw the bar to either side of zero; return the room that it takes to the right of it."""
    if not bar.value:
        return at_zero
    pixels = max(2, round(length))
    if bar.value < 0:
        draw_bar(page, at_zero._replace(left=at_zero.left - pixels), bar.tone, hollow=bar.hollow)
        return at_zero
    box = at_zero._replace(right=at_zero.left + pixels)
    draw_bar(page, box, bar.tone, hollow=bar.hollow)
    return box


def _set_rows(page: Page, room: Box, bars: Sequence[Bar], count: int) -> _Rows:
    pitch = min(room.height / count, _MAX_PITCH)
    top = room.top - (room.height - pitch * count) / 2  # few rows stand in the middle
    for size in (_LARGE, SMALL) if pitch >= _LARGE_PITCH else (SMALL,):
        beside: float = max(page.width(bar.label, size) for bar in bars)
        if beside <= room.width * _MAX_SHARE:
            break
    else:
        if pitch >= _ABOVE_PITCH:
            return _Rows(top, pitch, room.left, SMALL, names_above=True)
        beside = room.width * _MAX_SHARE
    return _Rows(top, pitch, room.left + beside + _BEFORE_BARS, size, names_above=False)


def _legend(chart: BarChart) -> list[LegendEntry]:
    """Tones are named when persons and cases meet, hollow bars whenever there are any."""
    drawn = [bar for bar in chart.bars if bar.value is not None]
    tones = {bar.tone for bar in drawn}
    entries = []
    if {"persons", "cases"} <= tones:
        for tone, words in chart.legend:
            looks = {bar.hollow for bar in drawn if bar.tone == tone}
            entries += [LegendEntry(words, tone, hollow=looks == {True})] if looks else []
    if chart.hollow_note and any(bar.hollow for bar in drawn):
        entries.append(LegendEntry(chart.hollow_note, "muted"))
    return entries


def _lengths(
    page: Page, bars: Sequence[Bar], words: Sequence[list[str]], rows: _Rows, right: float
) -> list[float]:
    """The bars in pixels, as long as leaves room for the words at every one's end, right of zero."""
    values = [bar.value or 0 for bar in bars]
    deepest = -min(0, *values)
    longest = max(map(abs, values)) or 1
    room = right - rows.left - _AFTER_BARS
    widths = (max((page.width(line, rows.size) for line in lines), default=0) for lines in words)
    reaches = ((max(value, 0) + deepest) / longest for value in values)
    full = min((room - width) / max(reach, 1 / room) for reach, width in zip(reaches, widths, strict=True))
    return [abs(value) / longest * full for value in values]
