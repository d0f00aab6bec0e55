"""Rows between heading and picture that say what hollow and hatched marks mean, and where lines break."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from bot.charts.boxes import Box
from bot.charts.inks import GHOST, MUTED, PAPER, SERIES
from bot.charts.page import Page
from bot.charts.subjects import Tone

_HEIGHT = 38
_SIZE = 22
_EDGE = 3
_FAINT = 0.3
_DOT_INDENT, _BAR_INDENT, _BREAK_INDENT = 26, 38, 18
_TIGHTER = 6
"""Pixels that a further row stands nearer to the one above."""


class Entry(NamedTuple):
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


def write_legend(page: Page, room: Box, entries: Sequence[Entry]) -> Box:
    """Write the entries at the top of the room, in as many rows as they need; return what is left of it."""
    x, y = room.left, room.top - 8
    for words, tone, hollow, strength in entries:
        indent = _DOT_INDENT if tone is None else _BREAK_INDENT if tone == "break" else _BAR_INDENT
        if x > room.left and x + indent + page.width(words, _SIZE) > room.right:
            x, y = room.left, y - _HEIGHT + _TIGHTER
        if tone is None:
            page.dot(x + 8, y, 13, PAPER if hollow else SERIES[0], edge=MUTED if hollow else None, thick=3)
        elif tone == "break":
            page.line((x + 5, x + 5), (y - 11, y + 11), MUTED, 2, (4, 4))
        else:
            draw_bar(page, Box(x, y - 9, x + 28, y + 9), tone, hollow=hollow, strength=strength)
        x += indent
        for line in page.fit(words, room.right - x, 1, _SIZE):
            x = page.text(x, y, line, _SIZE, MUTED, middle=True).right + 30
    return room._replace(top=y + 8 - _HEIGHT)
