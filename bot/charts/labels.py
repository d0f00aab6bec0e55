"""Labels at the ends of lines, instead of a legend, and remarks at points where they hide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.colours import INK, MUTED, PAPER, SERIES, tint
from bot.charts.page import SMALL, Align, Page
from bot.charts.scale import dodge
from bot.charts.subjects import Line

_SIZE = 28
_PITCH = 34
CALLOUT_HEIGHT = 36
"""Pixels above the highest point that a remark on it needs."""
_ASIDE = 16
"""Pixels from the end of a line to its label."""
_BESIDE = 8
"""Pixels from the end of a line to where its connector begins, which clears the dot."""
_MAX_SHARE, _MAX_NARROW = 0.36, 0.28
"""Of the picture's width that labels may take, and of half a page's."""
_NARROW = 700
_NUDGE = 9
"""A label moved by more pixels than this is joined to its line."""


class EndLabel(NamedTuple):
    """A label in its lines of words."""

    words: tuple[str, ...]
    ink: str

    @property
    def height(self) -> float:
        """In pixels, with the space that keeps neighbours apart."""
        return _PITCH * len(self.words)


def compose_end_labels(page: Page, lines: Sequence[Line], room: float, height: float) -> list[EndLabel]:
    """The labels of these lines, in two lines of words where one is too long and the height allows."""
    ends = _compose(page, lines, room * (_MAX_NARROW if room < _NARROW else _MAX_SHARE), 2)
    if sum(end.height for end in ends) > height:
        ends = _compose(page, lines, room * _MAX_SHARE, 1)
    return ends


def width_of(page: Page, ends: Sequence[EndLabel]) -> float:
    """The room that these labels take to the right of a picture."""
    widths = [page.width(words, _SIZE, bold=True) for end in ends for words in end.words]
    return max(widths) + _ASIDE if widths else 0


def write_end_labels(
    page: Page,
    ends: Sequence[EndLabel],
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


def _compose(page: Page, lines: Sequence[Line], room: float, most: int) -> list[EndLabel]:
    ends = []
    for line, ink in zip(lines, SERIES, strict=False):
        label = line.end_label or line.name
        value = label.removeprefix(line.name) if label != line.name else ""
        tail = value if value != label else ""
        ends.append(EndLabel(tuple(page.fit(label, room, most, _SIZE, bold=True, tail=tail)), ink))
    return ends


_RISES = (16, 38, 64, 94)
"""Pixels between a point and its remark, the nearest that is free."""
_LEADER_FROM = 20
"""A remark farther off than this is joined to its point."""
_SIDE_STEP = 14
"""A remark beside its point still reaches so far over it."""
_STRIDE = 4
"""Pixels between two samples of a line; no letter fits between them."""
_CLEARANCE = 7


Stretch = tuple[Sequence[float], Sequence[float]]
"""A stroke's xs and ys."""


class PlacedCallout(NamedTuple):
    """Words about the point at these pixels, and the point's ink; a hollow point is marked already."""

    x: float
    y: float
    words: str
    ink: str
    hollow: bool = False


def sample(strokes: Sequence[Stretch]) -> NDArray[np.float64]:
    """Points along drawn strokes, a few pixels apart, as rows of x and y."""
    ends = np.cumsum([len(xs) for xs, _ in strokes])
    points = np.array([[x for xs, _ in strokes for x in xs], [y for _, ys in strokes for y in ys]])
    steps = np.hypot(*np.diff(points))
    steps[ends[:-1] - 1] = 0  # nothing is drawn from one stroke to the next
    travelled = np.concatenate(([0.0], np.cumsum(steps)))
    stops = np.arange(0, travelled[-1], _STRIDE)
    between = [np.interp(stops, travelled, along) for along in points]
    return np.concatenate((points, between), axis=1).T


def write_callouts(
    page: Page, remarks: Iterable[PlacedCallout], strokes: NDArray[np.float64], bounds: Box
) -> None:
    """Write each remark in the first free place near its point, or not at all.

    `strokes` are points on everything drawn that must stay visible.
    """
    for remark in remarks:
        for x, baseline, align, leader in _places(page, remark):
            box = page.place(x, baseline, remark.words, SMALL, align=align)
            if box.width and bounds.holds(box) and _free(page, box, strokes) and _free(page, leader, strokes):
                page.rect(box.grown(2), PAPER)
                if leader.height:
                    page.rect(leader, MUTED)
                if not remark.hollow:
                    page.dot(remark.x, remark.y, 11, remark.ink, edge=PAPER, thick=2)
                page.text(x, baseline, remark.words, SMALL, INK, align=align)
                break


def _places(page: Page, remark: PlacedCallout) -> Iterator[tuple[float, float, Align, Box]]:
    """Where the remark might stand, best first: x, baseline, alignment and the leader's box."""
    x, y, words, *_ = remark
    ink = page.place(0, 0, words, SMALL)
    for rise in _RISES:
        for upward in (True, False):
            baseline = y + rise - ink.bottom if upward else y - rise - ink.top
            near, far = (y + 8, y + rise - 4) if upward else (y - rise + 4, y - 8)
            leader = Box(round(x) - 1, near, round(x) + 1, far if rise > _LEADER_FROM else near)
            yield x, baseline, "centre", leader
            yield x + _SIDE_STEP, baseline, "right", leader
            yield x - _SIDE_STEP, baseline, "left", leader


def _free(page: Page, box: Box, strokes: NDArray[np.float64]) -> bool:
    if not box.height:
        return True
    left, bottom, right, top = box.grown(_CLEARANCE if box.width > _CLEARANCE else 1)
    xs, ys = strokes[:, 0], strokes[:, 1]
    if ((left < xs) & (xs < right) & (bottom < ys) & (ys < top)).any():
        return False
    return not any(Box(left, bottom, right, top).touches(text.box) for text in page.texts)
