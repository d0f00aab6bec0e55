"""Labels at the ends of lines, instead of a legend."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.charts.inks import MUTED, SERIES, tint
from bot.charts.page import Page
from bot.charts.scale import dodge
from bot.charts.subjects import Line

_SIZE = 23
_PITCH = 28
_ASIDE = 16
"""Pixels from the end of a line to its label."""
_BESIDE = 8
"""Pixels from the end of a line to where its connector begins, which clears the dot."""
_MOST_SHARE = 0.36
"""Of the picture's width that labels may take."""
_NUDGE = 9
"""A label moved by more pixels than this is joined to its line."""


class End(NamedTuple):
    """A label in its lines of words."""

    words: tuple[str, ...]
    ink: str

    @property
    def height(self) -> float:
        """In pixels, with the space that keeps neighbours apart."""
        return _PITCH * len(self.words)


def compose_ends(page: Page, lines: Sequence[Line], room: float, height: float) -> list[End]:
    """The labels of these lines, in two lines of words where one is too long and the height allows."""
    ends = _compose(page, lines, room * _MOST_SHARE, 2)
    if sum(end.height for end in ends) > height:
        ends = _compose(page, lines, room * _MOST_SHARE, 1)
    return ends


def width_of(page: Page, ends: Sequence[End]) -> float:
    """The room that these labels take to the right of a picture."""
    widths = [page.width(words, _SIZE, bold=True) for end in ends for words in end.words]
    return max(widths) + _ASIDE if widths else 0


def write_ends(
    page: Page,
    ends: Sequence[End],
    tips: Sequence[tuple[float, float] | None],
    x: float,
    between: tuple[float, float],
) -> None:
    """Write each label at `x` beside the tip of its line, or where there is room, joined to the tip.

    A line without a tip has no figures: its label stands lowest, in grey.
    """
    low, high = between
    wanted = [low if tip is None else tip[1] for tip in tips]
    centres = dodge(wanted, [end.height for end in ends], low, high)
    for end, tip, centre in zip(ends, tips, centres, strict=True):
        if end.words and tip is not None and (abs(centre - tip[1]) > _NUDGE or tip[0] < x - 1):
            turns = (tip[0] + _BESIDE, x + _BESIDE, x + _ASIDE - 2)
            page.line(turns, (tip[1], tip[1], centre), tint(end.ink, 0.5), 1.5)
    for end, tip, centre in zip(ends, tips, centres, strict=True):
        for row, words in enumerate(end.words):
            y = centre + (len(end.words) - 1 - 2 * row) * _PITCH / 2
            page.text(x + _ASIDE, y, words, _SIZE, end.ink if tip else MUTED, bold=True, middle=True)


def _compose(page: Page, lines: Sequence[Line], room: float, most: int) -> list[End]:
    ends = []
    for line, ink in zip(lines, SERIES, strict=False):
        label = line.end_label or line.name
        value = label.removeprefix(line.name) if label != line.name else ""
        tail = value if value != label else ""
        ends.append(End(tuple(page.fit(label, room, most, _SIZE, bold=True, tail=tail)), ink))
    return ends
