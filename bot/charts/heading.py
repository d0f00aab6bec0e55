"""What every chart says around its picture: the finding above, the source below."""

from __future__ import annotations

from bot.charts.boxes import Box
from bot.charts.inks import INK, MUTED
from bot.charts.page import HEIGHT, WIDTH, Page
from bot.charts.subjects import Heading

MARGIN = 30
LINE_HEIGHT = 1.22
"""Of the font size, from one baseline to the next."""
_ROOM = WIDTH - 2 * MARGIN
Sizes = tuple[tuple[int, int], ...]
_TITLE_SIZES = ((32, 1), (29, 1), (31, 2), (27, 2))
"""Font size and lines, the first that holds the title; beyond the last it is shortened."""
_SUBTITLE_SIZES = ((23, 1), (22, 2))
_SOURCE_SIZES = ((20, 1), (19, 1), (19, 2))
NO_FIGURES = "No figures published"


def write_heading(page: Page, heading: Heading) -> Box:
    """Write title, subtitle and source; return the room that is left between them."""
    y = HEIGHT - 14.0
    for words, sizes, ink, bold, gap in (
        (heading.title, _TITLE_SIZES, INK, True, 9),
        (heading.subtitle, _SUBTITLE_SIZES, MUTED, False, 18),
    ):
        size, lines = _fitted(page, words, sizes, bold)
        for line in lines:
            y -= size * LINE_HEIGHT
            page.text(MARGIN, y, line, size, ink, bold=bold)
        y -= gap
    size, lines = _fitted(page, heading.source, _SOURCE_SIZES, bold=False)
    bottom = 16 + size * LINE_HEIGHT * len(lines)
    for row, line in enumerate(lines, start=1):
        page.text(MARGIN, bottom - size * LINE_HEIGHT * row, line, size, MUTED)
    return Box(MARGIN, bottom + 4, WIDTH - MARGIN, y)


def write_nothing(page: Page, box: Box) -> None:
    """Say that there is nothing to show."""
    page.text(
        (box.left + box.right) / 2,
        (box.bottom + box.top) / 2,
        NO_FIGURES,
        28,
        MUTED,
        align="centre",
        middle=True,
    )


def _fitted(page: Page, words: str, sizes: Sizes, bold: bool) -> tuple[int, list[str]]:
    for size, most in sizes:
        lines = page.wrap(words, _ROOM, most, size, bold=bold)
        if lines is not None:
            return size, lines
    size, most = sizes[-1]
    *_, licence = words.rpartition(" · ")
    return size, page.fit(
        words, _ROOM, most, size, bold=bold, tail=f" · {licence}" if licence != words else ""
    )
