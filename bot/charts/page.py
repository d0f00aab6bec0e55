"""The sheet that charts are drawn on, the few verbs to do it with, and its bytes as PNG."""

from __future__ import annotations

import struct
import threading
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

from bot.charts.boxes import Box
from bot.charts.colours import GHOST, GRID, INK, MUTED, SERIES, Palette
from bot.charts.lettering import Lettering, Letters, fit, wrap
from bot.charts.pen import Pen

WIDTH, HEIGHT = 1200, 675
SMALL = 27
"""Of all letters that carry meaning, the smallest: a phone shows the page 400 pixels wide, and them at 9."""
_MAX_BYTES = 40_500
"""Of a chart, which phones on slow lines load as well: 40 KB, and what stands around its pixels."""
_BYTES_OF_A_PAGE, _BYTES_OF_A_LETTER, _BYTES_OF_A_BOX, _BYTES_OF_A_STROKE = 7_000, 50, 60, 0.4
"""About what the picture of a page takes: of a stroke, each pixel."""
_DOUBT = 1.06
"""So many times the bytes that it may take, and a page surely takes more."""
_SHADES = 9
"""With fewer, round letters show corners; with more, the files grow."""
_CAP_HEIGHT = 0.72
_HALF_OPAQUE = np.uint32(0x80000000)
_HATCH = np.array((255, 255, 128, 0, 0, 0, 0, 0, 128))
"""Ink along a row of a hatched area, which the next row shifts by a pixel."""


class SetWords(NamedTuple):
    """Words that stand on the page, where their ink is, and how large they are."""

    words: str
    box: Box
    size: int


Align = Literal["left", "centre", "right"]
_SHARE_LEFT_OF: dict[Align, float] = {"left": 0.0, "centre": 0.5, "right": 1.0}


class Page:
    """One white sheet, drawn on and cleared again and again, by the thread that made it and no other.

    `texts` are all the words that stand on it, in the order of writing.
    """

    def __init__(self) -> None:
        self._thread = threading.get_ident()
        self._lettering = Lettering()
        self._palette = Palette((INK, MUTED, GRID, GHOST, *SERIES), _SHADES)
        self._scanlines = Scanlines(WIDTH, HEIGHT, self._palette.colours, self._palette.coarser)
        self._pen = Pen(WIDTH, HEIGHT)
        self._expected: float = _BYTES_OF_A_PAGE
        self.texts: list[SetWords] = []

    def clear(self) -> None:
        """Make it white and empty."""
        if threading.get_ident() != self._thread:
            raise RuntimeError("A page is drawn on by the thread that made it; ask the studio for the chart.")
        self._pen.lift()
        self._scanlines.clear()
        self._expected = _BYTES_OF_A_PAGE
        self.texts.clear()

    def png(self, most: int = _MAX_BYTES) -> bytes:
        """What stands on it, as a PNG of about so many bytes at most: the same ones for the same drawing."""
        self._settle()
        # Packing a page only to find that it is too large takes as long as drawing it.
        return self._scanlines.png(most, busy=self._expected > most * _DOUBT)

    def width(self, words: str, size: int, *, bold: bool = False) -> int:
        """How wide these words would be."""
        return self._letters(words, size, bold).width

    def wrap(self, words: str, room: float, most: int, size: int, *, bold: bool = False) -> list[str] | None:
        """These words in at most so many lines no wider than the room, or None when they do not fit."""
        clean = self._lettering.clean(words)
        return wrap(clean, room, most, lambda text: self.width(text, size, bold=bold))

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
        """Write one line of words where `place` says, and return that. Ink beyond the page is cut off."""
        box = self.place(x, y, words, size, bold=bold, align=align, middle=middle)
        if box.width:
            window = self._window(box)
            above, aside = max(0, int(box.top) - HEIGHT), max(0, -int(box.left))
            shades = self._palette.shades_of(ink).take(self._letters(words, size, bold).coverage)
            _print(window, shades[above:, aside:][: window.shape[0], : window.shape[1]])
            self.texts.append(SetWords(self._lettering.clean(words), box, size))
            self._expected += len(words) * _BYTES_OF_A_LETTER
        return box

    def line(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        ink: str,
        thick: float,
        dash: tuple[float, float] | None = None,
    ) -> None:
        """Join the points; a dash is so many pixels of ink, then so many of none."""
        self._pen.line(xs, ys, ink, thick, dash)

    def dot(
        self, x: float, y: float, size: float, ink: str, *, edge: str | None = None, thick: float = 0
    ) -> None:
        """A disc of this diameter, and an edge half inside of it."""
        self._pen.dot(x, y, size, ink, edge or ink, thick)

    def rect(self, box: Box, ink: str, strength: float = 1.0) -> None:
        """Fill a rectangle, to whole pixels; strength 1 is the ink itself, 0 the paper."""
        self._expected += _BYTES_OF_A_BOX
        self._window(box).fill(self._palette.shades_of(ink)[round(255 * strength)])

    def hatch(self, box: Box, ink: str, strength: float = 1.0) -> None:
        """Fill a rectangle with diagonal strokes."""
        window = self._window(box)
        rows, columns = np.ogrid[: window.shape[0], : window.shape[1]]
        stroke = self._palette.shades_of(ink)[np.rint(_HATCH * strength).astype(np.intp)]
        window[:] = stroke[(rows + columns) % len(stroke)]

    def shades_of(self, ink: str) -> NDArray[np.uint8]:
        """The 256 entries of the palette for this ink covering a pixel not at all to wholly."""
        return self._palette.shades_of(ink)

    def print(self, left: int, bottom: float, entries: NDArray[np.uint8]) -> None:
        """Put down a picture in entries of the palette, the highest row first; what is paper lets through."""
        height, width = entries.shape
        _print(self._window(Box(left, bottom, left + width, round(bottom) + height)), entries)

    def _letters(self, words: str, size: int, bold: bool) -> Letters:
        return self._lettering.letters(self._lettering.clean(words), size, bold)

    def _window(self, box: Box) -> NDArray[np.uint8]:
        """The pixels of this rectangle, ready to be written over."""
        self._settle()
        left, bottom, right, top = (max(0, round(side)) for side in box)
        return self._scanlines.pixels[max(0, HEIGHT - top) : max(0, HEIGHT - bottom), left:right]

    def _settle(self) -> None:
        """Put down what the pen has drawn, over all that stands there already."""
        drawn = self._pen.lift()
        if drawn is not None:
            self._expected += len(drawn.colours) * _BYTES_OF_A_STROKE
            window = self._scanlines.pixels[drawn.rows, drawn.columns]
            below, entries = window[drawn.inked], self._palette.nearest(drawn.colours)
            if below.any():
                # The faint edge of a stroke is a shade on paper: on an axis it would look like a gap.
                faint = (below > 0) & (drawn.colours < _HALF_OPAQUE)
                entries[faint] = below[faint]
            window[drawn.inked] = entries


def _print(window: NDArray[np.uint8], entries: NDArray[np.uint8]) -> None:
    """Put down entries of the palette; what is paper lets through, which white needs not be asked for."""
    if window.any():
        np.putmask(window, entries > 0, entries)
    else:
        window[:] = entries


_LEVEL, _EFFORTS = 3, (4, 6)
"""Levels of zlib-ng, which takes half as long as zlib: for a page, and for one that stays too large."""
_SAMPLED = 8
"""Of so many rows one tells whether a page has few colours."""
_FEW = 16
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Scanlines:
    """A page laid out as PNG wants it, so that writing the file copies nothing.

    `pixels` are entries of the palette, the highest row first, and may be written to. `coarser`
    gives for each of 256 entries the one that may take its place on a busy page.
    """

    def __init__(
        self,
        width: int,
        height: int,
        colours: Sequence[tuple[int, int, int]],
        coarser: NDArray[np.uint8],
    ) -> None:
        self._size = width, height
        # A scanline begins with the byte that names its filter: 0, for none.
        self._bytes = bytearray(height * (1 + width))
        self._lines = np.frombuffer(self._bytes, np.uint8).reshape(height, 1 + width)
        self.pixels: NDArray[np.uint8] = self._lines[:, 1:]
        self._colours = colours
        self._before = self._begin(8, colours)
        self._coarser = coarser
        self._after = _chunk(b"IEND", b"")

    def clear(self) -> None:
        """All pixels to entry 0, the paper."""
        self._lines.fill(0)

    def png(self, most: int, *, busy: bool = False) -> bytes:
        """The file. A page of more than so many bytes gets coarser edges; a `busy` one at once."""
        if not busy:
            packed = zlib_ng.compress(self._bytes, _LEVEL)
            if len(packed) <= most:
                return self._before + _chunk(b"IDAT", packed) + self._after
        before, lines = self._halve() or (self._before, self._bytes.translate(self._coarser.tobytes()))
        for level in (_LEVEL, *_EFFORTS):
            packed = zlib_ng.compress(lines, level)
            if len(packed) <= most:
                break
        return before + _chunk(b"IDAT", packed) + self._after

    def _halve(self) -> tuple[bytes, bytes] | None:
        """Put two coarser pixels into a byte where there are few colours; return what comes before, and them.

        Rows of words are then near enough to each other for zlib to find the same word in both.
        """
        sample = self._coarser.take(self._lines[::_SAMPLED])
        found = np.flatnonzero(np.bincount(sample.ravel(), minlength=256))
        if len(found) > _FEW:
            return None
        places = np.full(256, _FEW, np.uint8)
        places[found] = np.arange(len(found))
        lines = self._bytes.translate(places.take(self._coarser).tobytes())
        if _FEW in lines:
            return None
        width, height = self._size
        pixels = np.zeros((height, (width + 1) // 2 * 2), np.uint8)
        pixels[:, :width] = np.frombuffer(lines, np.uint8).reshape(height, 1 + width)[:, 1:]
        halved = np.zeros((height, 1 + pixels.shape[1] // 2), np.uint8)
        np.bitwise_or(pixels[:, ::2] << 4, pixels[:, 1::2], out=halved[:, 1:])
        return self._begin(4, [self._colours[entry] for entry in found.tolist()]), halved.tobytes()

    def _begin(self, bits: int, colours: Sequence[tuple[int, int, int]]) -> bytes:
        """All before the pixels."""
        header = struct.pack(">IIBBBBB", *self._size, bits, 3, 0, 0, 0)
        palette = bytes(channel for colour in colours for channel in colour)
        return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib_ng.crc32(kind + data))
