"""Two pictures on one page: how it came about, and who is behind it."""

from __future__ import annotations

from bot.charts.bars import plot_bars
from bot.charts.boxes import Box
from bot.charts.heading import write_heading
from bot.charts.inks import INK
from bot.charts.line import plot_lines
from bot.charts.page import Page
from bot.charts.subjects import BarChart, LineChart, Overview

_SIZE = 23
_TITLE_HEIGHT = 40
_LEFT_SHARE = 0.54
_BETWEEN = 44


def draw_overview(page: Page, overview: Overview) -> bytes:
    """Draw both pictures under one heading; return them as a PNG."""
    page.clear()
    room = write_heading(page, overview.heading)
    middle = room.left + room.width * _LEFT_SHARE
    left = _title(page, room._replace(right=middle - _BETWEEN / 2), overview.left_title)
    right = _title(page, room._replace(left=middle + _BETWEEN / 2), overview.right_title)
    lines = LineChart(
        overview.heading,
        overview.left,
        percent=overview.percent,
        callouts=overview.callouts,
        hollow_note=overview.left_hollow_note,
        breaks=overview.breaks,
    )
    plot_lines(page, left, lines)
    plot_bars(
        page, right, BarChart(overview.heading, overview.right, overview.legend, overview.right_hollow_note)
    )
    return page.png()


def _title(page: Page, room: Box, words: str) -> Box:
    for line in page.fit(words, room.width, 1, _SIZE, bold=True):
        page.text(room.left, room.top - _SIZE, line, _SIZE, INK, bold=True)
    return room._replace(top=room.top - _TITLE_HEIGHT)
