"""Pages of one byte a pixel as PNG: a quarter of the bytes of RGBA, and a fifth of the time."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from zlib_ng import zlib_ng

_LEVELS = (2, 3)
"""Of zlib-ng, which takes half as long as zlib for the same size; higher ones save little."""
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
        # A scanline begins with the byte that names its filter: 0, for none.
        self._lines = np.zeros((height, 1 + width), np.uint8)
        self.pixels: NDArray[np.uint8] = self._lines[:, 1:]
        header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
        palette = bytes(channel for colour in colours for channel in colour)
        self._before = _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", palette)
        self._coarser = coarser
        self._after = _chunk(b"IEND", b"")

    def clear(self) -> None:
        """All pixels to entry 0, the paper."""
        self._lines.fill(0)

    def png(self, most: int) -> bytes:
        """The file. A busy page takes longer to be no more than so many bytes, and may need coarser edges."""
        for level in _LEVELS:
            packed = zlib_ng.compress(self._lines.data, level)
            if len(packed) <= most:
                break
        else:  # which takes a fifth off
            packed = zlib_ng.compress(self._coarser.take(self._lines).data, level)
        return self._before + _chunk(b"IDAT", packed) + self._after


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib_ng.crc32(kind + data))
