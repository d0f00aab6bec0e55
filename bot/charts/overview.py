"""Two pictures on one page: how it came about, and who is behind it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from bot.charts.bars import Bar, BarChart, plot_bars
from bot.charts.boxes import Box
from bot.charts.colours import INK
from bot.charts.heading import write_heading
from bot.charts.lines import LineChart, plot_lines
from bot.charts.page import Page
from bot.charts.subjects import Callout, Heading, Line, Tone, require_few
from bot.charts.subjects.lines import BreakMark
from bot.languages import N_


@dataclass(frozen=True, slots=True)
class Overview:
    """Lines on the left, up to eight bars on the right: everything about a country in a year."""

    PICTURE: ClassVar[str] = N_("Lines over years, and bars")

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
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.left, self.callouts)


_SIZE = 28
_TITLE_HEIGHT = 46
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
