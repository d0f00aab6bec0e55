"""The sheet that charts are drawn on: a few verbs over matplotlib's Agg renderer.

No Figure, no Axes and no layout pass: those take ten times as long as all the drawing. All
coordinates are pixels from the bottom-left corner.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Literal, Protocol, cast

import numpy as np
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform, Transform
from numpy.typing import NDArray

from bot.charts.boxes import Box
from bot.charts.inks import GHOST, GRID, INK, MUTED, PAPER, SERIES, channels, ramps, tint
from bot.charts.lettering import Lettering, Letters
from bot.charts.png import Encoder
from bot.charts.wrapping import fit, wrap

WIDTH, HEIGHT = 1200, 675
_SHADES = 9
"""Steps from paper to each ink; with fewer, round letters show corners, with more the files grow."""
_CAP_HEIGHT = 0.72
_HATCH = (1.0, 1.0, 0.5, 0.0, 0.0, 0.0, 0.0, 0.0, 0.5)
"""Ink along a row of a hatched area, which the next row shifts by a pixel."""

Align = Literal["left", "centre", "right"]
_SHARE_LEFT_OF = {"left": 0.0, "centre": 0.5, "right": 1.0}


class _Renderer(Protocol):
    """What is used of matplotlib's RendererAgg, whose own module has no types."""

    def draw_path(
        self, gc: GraphicsContextBase, path: Path, transform: Transform, rgb: tuple[float, ...] | None = None
    ) -> None: ...

    def draw_image(self, gc: GraphicsContextBase, x: int, y: int, image: NDArray[np.uint8]) -> None: ...

    def buffer_rgba(self) -> memoryview: ...


class Page:
    """One white sheet, drawn on and cleared again and again, by the thread that made it and no other.

    `texts` are the boxes of all words that stand on it, in the order of writing.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._lettering = Lettering()
        self._renderer = cast("_Renderer", RendererAgg(WIDTH + 1, HEIGHT, 72))  # type: ignore[no-untyped-call]  # matplotlib's Agg backend has no annotations
        self._pixels = np.asarray(self._renderer.buffer_rgba()).view(np.uint32)[..., 0]
        self._encoder = Encoder(HEIGHT, WIDTH, ramps((INK, MUTED, GRID, GHOST, *SERIES), _SHADES))
        self.texts: list[Box] = []

    def clear(self) -> None:
        """Make it white and empty."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("A page is drawn on by the thread that made it; ask the studio for the chart.")
        self._pixels.fill(0xFFFFFFFF)
        self.texts.clear()

    def png(self) -> bytes:
        """What stands on it, as a PNG: the same bytes for the same drawing."""
        return self._encoder.encode(self._pixels)

    def width(self, words: str, size: int, *, bold: bool = False) -> int:
        """How wide these words would be."""
        return self._letters(words, size, bold).width

    def wrap(self, words: str, room: float, most: int, size: int, *, bold: bool = False) -> list[str] | None:
        """These words in at most so many lines no wider than the room, or None when they do not fit."""
        return wrap(self._lettering.clean(words), room, most, lambda text: self.width(text, size, bold=bold))

    def fit(
        self, words: str, room: float, most: int, size: int, *, bold: bool = False, tail: str = ""
    ) -> list[str]:
        """As `wrap`, but shortened where they do not fit; the words end with `tail`, which stays."""
        clean, kept = self._lettering.clean(words), self._lettering.clean(tail)
        kept = f" {kept}" if clean.endswith(f" {kept}") else kept
        return fit(clean, room, most, lambda text: self.width(text, size, bold=bold), kept.rstrip())

    def place(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        *,
        bold: bool = False,
        align: Align = "left",
        middle: bool = False,
    ) -> Box:
        """Where the ink of these words would be, their baseline at `y` or their capitals centred on it."""
        letters = self._letters(words, size, bold)
        height, width = letters.coverage.shape
        left = round(x - width * _SHARE_LEFT_OF[align])
        bottom = round(y - (size * _CAP_HEIGHT / 2 if middle else 0)) - letters.below
        return Box(left, bottom, left + width, bottom + height)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: int,
        ink: str = INK,
        *,
        bold: bool = False,
        align: Align = "left",
        middle: bool = False,
    ) -> Box:
        """Write one line of words where `place` says, and return that."""
        box = self.place(x, y, words, size, bold=bold, align=align, middle=middle)
        if box.width:
            coverage = self._letters(words, size, bold).coverage
            image = (coverage.astype(np.uint32) << 24 | _word(ink) & 0xFFFFFF).view(np.uint8)
            image = image.reshape(*coverage.shape, 4)
            self._renderer.draw_image(GraphicsContextBase(), int(box.left), int(box.bottom), image)
            self.texts.append(box)
        return box

    def _letters(self, words: str, size: int, bold: bool) -> Letters:
        return self._lettering.letters(self._lettering.clean(words), size, bold)

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        ink: str,
        thick: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Join the points; a dash is so many pixels of ink, then so many of none."""
        gc = _pen(ink, thick)
        if dash:
            gc.set_capstyle("butt")
            gc.set_dashes(0, dash)
        self._renderer.draw_path(gc, Path(np.column_stack((xs, ys))), IdentityTransform())

    def dot(
        self, x: float, y: float, size: float, ink: str, *, edge: str | None = None, thick: float = 0
    ) -> None:
        """A disc of this diameter, and an edge half inside of it."""
        rgb = tuple(part / 255 for part in channels(ink))
        place = Affine2D().scale(size / 2).translate(x, y)
        self._renderer.draw_path(_pen(edge or ink, thick), Path.unit_circle(), place, (*rgb, 1.0))

    def rect(self, box: Box, ink: str) -> None:
        """Fill a rectangle, to whole pixels."""
        self._window(box).fill(_word(ink))

    def hatch(self, box: Box, ink: str, strength: float = 1.0) -> None:
        """Fill a rectangle with diagonal strokes."""
        window = self._window(box)
        rows, columns = np.ogrid[: window.shape[0], : window.shape[1]]
        stroke = np.array([_word(tint(ink, share * strength)) for share in _HATCH], np.uint32)
        window[:] = stroke[(rows + columns) % len(stroke)]

    def _window(self, box: Box) -> NDArray[np.uint32]:
        left, bottom, right, top = (max(0, round(side)) for side in box)
        return self._pixels[max(0, HEIGHT - top) : max(0, HEIGHT - bottom), left:right]


def _pen(ink: str, thick: float) -> GraphicsContextBase:
    gc = GraphicsContextBase()
    gc.set_foreground(ink)
    gc.set_linewidth(thick)
    gc.set_joinstyle("round")
    gc.set_capstyle("round")
    return gc


def _word(ink: str) -> int:
    red, green, blue = channels(ink)
    return 0xFF << 24 | blue << 16 | green << 8 | red


__all__ = ["HEIGHT", "PAPER", "WIDTH", "Align", "Page"]
