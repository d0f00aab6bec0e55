"""What every chart says around its picture: the finding above, the legend, the source below."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.charts.boxes import Box
from bot.charts.colours import GHOST, INK, MUTED, PAPER, SERIES
from bot.charts.page import HEIGHT, SMALL, WIDTH, Page
from bot.charts.subjects import Heading, Tone
from bot.languages import N_, _

MARGIN = 30
LINE_HEIGHT = 1.22
"""Of the font size, from one baseline to the next."""
_ROOM = WIDTH - 2 * MARGIN
_SOURCE_ROOM = _ROOM - 120
"""Discord lays its mark of alternative text over the lower right corner."""
Sizes = tuple[tuple[int, int], ...]
_TITLE_SIZES = ((38, 1), (34, 1), (36, 2), (31, 2), (SMALL, 2))
"""Font size and lines, the first that holds the title; beyond the last it is shortened."""
_SUBTITLE_SIZES = ((28, 1), (SMALL, 2))
_SOURCE_SIZES = ((SMALL, 1), (SMALL, 2))
NO_FIGURES = N_("No figures published")


def write_heading(page: Page, heading: Heading) -> Box:
    """Write title, subtitle and source; return the room that is left between them."""
    y = HEIGHT - 14.0
    for words, sizes, ink, bold, gap in (
        (heading.title, _TITLE_SIZES, INK, True, 7),
        (heading.subtitle, _SUBTITLE_SIZES, MUTED, False, 19),
    ):
        size, lines = _fitted(page, words, sizes, bold)
        for line in lines:
            y -= size * LINE_HEIGHT
            page.text(MARGIN, y, line, size, ink, bold=bold)
        y -= gap
    size, lines = _fitted(page, heading.source, _SOURCE_SIZES, bold=False, room=_SOURCE_ROOM)
    bottom = 14 + size * LINE_HEIGHT * len(lines)
    for row, line in enumerate(lines, start=1):
        page.text(MARGIN, bottom - size * LINE_HEIGHT * row, line, size, MUTED)
    return Box(MARGIN, bottom + 4, WIDTH - MARGIN, y)


def write_nothing(page: Page, box: Box) -> None:
    """Say that there is nothing to show."""
    page.text(
        (box.left + box.right) / 2,
        (box.bottom + box.top) / 2,
        _(NO_FIGURES),
        28,
        MUTED,
        align="centre",
        middle=True,
    )


def _fitted(page: Page, words: str, sizes: Sizes, bold: bool, room: int = _ROOM) -> tuple[int, list[str]]:
    for size, most in sizes:
        lines = page.wrap(words, room, most, size, bold=bold)
        if lines is not None:
            return size, lines
    size, most = sizes[-1]
    *_, licence = words.rpartition(" · ")
    return size, page.fit(
        words, room, most, size, bold=bold, tail=f" · {licence}" if licence != words else ""
    )


_HEIGHT = 42
_EDGE = 3
_FAINT = 0.3
_DOT_INDENT, _BAR_INDENT, _BREAK_INDENT = 28, 38, 20
_TIGHTER = 6
"""Pixels that a further row stands nearer to the one above."""


class LegendEntry(NamedTuple):
    """Words with a bar of this look before them, a dashed upright, or a dot where there is no tone."""

    words: str
    tone: Tone | Literal["break"] | None = None
    hollow: bool = True
    strength: float = 1.0


def draw_bar(page: Page, box: Box, tone: Tone, *, hollow: bool, strength: float = 1.0) -> None:
    """A bar in its tone: cases are hatched, so that a print in grey tells them from persons too."""
    page.rect(box, GHOST if tone == "muted" else SERIES[0], strength)
    inner = box.grown(-_EDGE)
    if (tone == "cases" or hollow) and inner.width >= 1 and inner.height >= 1:
        page.rect(inner, PAPER)
        if tone == "cases":
            page.hatch(inner, SERIES[0], (_FAINT if hollow else 1) * strength)


def write_legend(page: Page, room: Box, entries: Sequence[LegendEntry]) -> Box:
    """Write the entries at the top of the room, in as many rows as they need; return what is left of it."""
    x, y = room.left, room.top - 8
    for words, tone, hollow, strength in entries:
        indent = _DOT_INDENT if tone is None else _BREAK_INDENT if tone == "break" else _BAR_INDENT
        if x > room.left and x + indent + page.width(words, SMALL) > room.right:
            x, y = room.left, y - _HEIGHT + _TIGHTER
        if tone is None:
            page.dot(x + 8, y, 16, PAPER if hollow else SERIES[0], edge=MUTED if hollow else None, thick=3)
        elif tone == "break":
            page.line((x + 5, x + 5), (y - 13, y + 13), MUTED, 2, (4, 4))
        else:
            draw_bar(page, Box(x, y - 9, x + 28, y + 9), tone, hollow=hollow, strength=strength)
        x += indent
        for line in page.fit(words, room.right - x, 1, SMALL):
            x = page.text(x, y, line, SMALL, MUTED, middle=True).right + 30
    return room._replace(top=y + 8 - _HEIGHT)
