"""The page as an 8-bit palette PNG: a quarter of the bytes of RGBA, and a fifth of the time."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MOST_COLOURS = 256
_QUICK, _THOROUGH = 3, 6
"""Levels of zlib: the thorough one takes a sixth off the size, and twice as long."""
_HEAVY = 39_500
"""Bytes; a busier page than this is worth compressing again."""
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


class Encoder:
    """Writes pages of one size in a fixed set of colours, the first of which is white, the paper.

    Every anti-aliased pixel of a chart lies close to the way from the paper to one ink, so
    that a few shades of every ink are all the colours it needs. Not for several threads: the
    scratch arrays are kept, to spare the page faults of new ones.
    """

    def __init__(self, height: int, width: int, colours: Sequence[tuple[int, int, int]]) -> None:
        if not 0 < len(colours) <= _MOST_COLOURS:
            raise ValueError(f"A palette has 1 to {_MOST_COLOURS} colours, not {len(colours)}.")
        palette = np.array(colours, np.uint8)
        self._nearest = _nearest_entries(palette)
        self._inked = np.empty(height * (width + 1), np.bool_)
        self._scanlines = np.zeros(1 + height * (width + 1), np.uint8)
        header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
        self._before = _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette.tobytes())
        self._after = _chunk(b"IEND", b"")

    def encode(self, pixels: NDArray[np.uint32]) -> bytes:
        """The PNG of these opaque pixels: red in the lowest byte, then green, blue and alpha.

        They have one column more than the picture, which is made white: there stands the byte
        that begins the next scanline and names its filter, 0 for none.
        """
        pixels[:, -1] = 0xFFFFFFFF
        flat = pixels.ravel()
        inked = np.flatnonzero(np.not_equal(flat, 0xFFFFFFFF, out=self._inked))
        colours = flat[inked]
        self._scanlines.fill(0)
        self._scanlines[inked + 1] = self._nearest[
            (colours & 0xF8) << 7 | (colours >> 6 & 0x3E0) | (colours >> 19 & 0x1F)
        ]
        packed = zlib.compress(self._scanlines[:-1].data, _QUICK)
        if len(packed) > _HEAVY:
            packed = zlib.compress(self._scanlines[:-1].data, _THOROUGH)
        return self._before + _chunk(b"IDAT", packed) + self._after


def _nearest_entries(palette: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The palette entry nearest to each colour of five bits a channel; its own colours map to themselves."""
    colours = palette.astype(np.float32)
    levels = np.arange(32, dtype=np.float32) * 255 / 31
    grid = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3)
    # |c - g|² without |g|², which is the same for every entry.
    distances: NDArray[np.float32] = (colours**2).sum(1) - 2 * grid @ colours.T
    nearest: NDArray[np.uint8] = distances.argmin(1).astype(np.uint8)
    bits = palette.astype(np.intp) >> 3
    own = bits[:, 0] << 10 | bits[:, 1] << 5 | bits[:, 2]
    nearest[own[::-1]] = np.arange(len(palette), dtype=np.uint8)[::-1]
    return nearest


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
