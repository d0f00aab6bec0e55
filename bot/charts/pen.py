"""Slanted and round strokes, drawn by matplotlib's Agg renderer without Figure, Axes or layout."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple, Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform, Transform
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.colours import channels


class _Renderer(Protocol):
    """What is used of matplotlib's RendererAgg, whose own module has no types."""

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgb: tuple[float, ...] | None = None
    ) -> None: ...

    def buffer_rgba(self) -> memoryview: ...


class Drawn(NamedTuple):
    """The part of the page where strokes were drawn: which pixels, and each one's colour and opacity."""

    rows: slice
    columns: slice
    inked: NDArray[np.bool_]
    colours: NDArray[np.uint32]


class Pen:
    """Draws on a sheet of glass above the page; `lift` takes off what was drawn."""

    def __init__(self, width: int, height: int) -> None:
        self._renderer = cast("_Renderer", RendererAgg(width, height, 72))  # type: ignore[no-untyped-call]  # matplotlib's Agg backend has no annotations
        self._pixels = np.asarray(self._renderer.buffer_rgba()).view(np.uint32)[..., 0]
        self._pixels.fill(0)
        self._glass = Box(0, 0, width, height)
        self._touched: Box | None = None

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        ink: str,
        thick: float,
        dash: tuple[float, float] | None,
    ) -> None:
        """Join the points; a dash is so many pixels of ink, then so many of none."""
        gc = _graphics(ink, thick)
        if dash:
            gc.set_capstyle("butt")
            gc.set_dashes(0, dash)
        self._renderer.draw_path(gc, Path(np.column_stack((xs, ys))), IdentityTransform())
        self._touch(Box(min(xs), min(ys), max(xs), max(ys)).grown(thick + 1))

    def dot(self, x: float, y: float, size: float, ink: str, edge: str, thick: float) -> None:
        """A disc of this diameter, and an edge half inside of it."""
        place = Affine2D().scale(size / 2).translate(x, y)
        self._renderer.draw_path(_graphics(edge, thick), Path.unit_circle(), place, _opaque(ink))
        self._touch(Box(x, y, x, y).grown(size / 2 + thick + 1))

    def lift(self) -> Drawn | None:
        """What was drawn since the last time, and an empty glass; None for nothing."""
        if self._touched is None:
            return None
        left, bottom, right, top = map(int, self._touched)
        height = len(self._pixels)
        rows, columns = slice(max(0, height - top - 1), height - bottom), slice(left, right + 1)
        window = self._pixels[rows, columns]
        inked = window != 0
        drawn = Drawn(rows, columns, inked, window[inked])
        window.fill(0)
        self._touched = None
        return drawn

    def _touch(self, box: Box) -> None:
        if self._touched is not None:
            box = box.around(self._touched)
        self._touched = box.within(self._glass)


@cache
def _opaque(ink: str) -> tuple[float, float, float, float]:
    """An ink as matplotlib takes it without reading its name anew for every stroke."""
    red, green, blue = (part / 255 for part in channels(ink))
    return red, green, blue, 1.0


def _graphics(ink: str, thick: float) -> GraphicsContextBase:
    gc = GraphicsContextBase()
    gc.set_foreground(_opaque(ink), isRGBA=True)
    gc.set_linewidth(thick)
    gc.set_joinstyle("round")
    gc.set_capstyle("round")
    return gc
