"""How a series falls into strokes: at gaps, and where a mid-year figure begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, pairwise
from typing import NamedTuple

from bot.charts.subjects import Point


class Stroke(NamedTuple):
    """Neighbouring points to be joined: solid between full years, dashed to and from a mid-year figure.

    A lone point, with a gap on either side, is a stroke of its own.
    """

    points: tuple[Point, ...]
    dashed: bool


def split(points: Sequence[Point], shows: Callable[[Point], bool]) -> Iterator[Stroke]:
    """The strokes of a series, in order; points that cannot be shown are gaps."""
    for shown, run in groupby(points, shows):
        if not shown:
            continue
        first, *others = run
        if not others:
            yield Stroke((first,), dashed=False)
        for dashed, steps in groupby(
            pairwise((first, *others)), lambda step: step[0].hollow or step[1].hollow
        ):
            (start, end), *later = steps
            yield Stroke((start, end, *(step[1] for step in later)), dashed)


def casings(series: Sequence[Sequence[Point]]) -> list[int]:
    """For each series, how many of the later ones cover a part of it.

    It is drawn wider by that much, so that equal lines are all seen.
    """
    places = [[(point.year, point.value) for point in points] for points in series]
    steps = [{step for step in pairwise(line) if None not in (step[0][1], step[1][1])} for line in places]
    return [sum(not own.isdisjoint(later) for later in steps[i + 1 :]) for i, own in enumerate(steps)]
