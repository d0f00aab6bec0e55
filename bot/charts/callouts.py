"""Remarks at points of a line, written only where they hide nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.inks import INK, MUTED, PAPER
from bot.charts.page import Align, Page

_SIZE = 22
_RISES = (14, 34, 58, 86)
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


class Remark(NamedTuple):
    """Words about the point at these pixels, and the point's ink."""

    x: float
    y: float
    words: str
    ink: str


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


def write_callouts(page: Page, remarks: Iterable[Remark], strokes: NDArray[np.float64], bounds: Box) -> None:
    """Write each remark in the first free place near its point, or not at all.

    `strokes` are points on everything drawn that must stay visible.
    """
    for remark in remarks:
        for x, baseline, align, leader in _places(page, remark):
            box = page.place(x, baseline, remark.words, _SIZE, align=align)
            if box.width and bounds.holds(box) and _free(page, box, strokes) and _free(page, leader, strokes):
                page.rect(box.grown(2), PAPER)
                if leader.height:
                    page.rect(leader, MUTED)
                page.dot(remark.x, remark.y, 11, remark.ink, edge=PAPER, thick=2)
                page.text(x, baseline, remark.words, _SIZE, INK, align=align)
                break


def _places(page: Page, remark: Remark) -> Iterator[tuple[float, float, Align, Box]]:
    """Where the remark might stand, best first: x, baseline, alignment and the leader's box."""
    x, y, words, _ = remark
    ink = page.place(0, 0, words, _SIZE)
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
