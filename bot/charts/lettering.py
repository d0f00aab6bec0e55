"""Strings as pixels: letters are rasterised once, and set again and again.

Text is what takes longest in a chart, if every string is left to the font library.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import font_lato
import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

_KEPT_STRINGS, _KEPT_GLYPHS, _KEPT_PAIRS = 1024, 4096, 8192
_LONGEST = 400
"""No chart has room for more characters; a pasted book must not cost its rasterising."""
_MOST_MARKS = 2
"""Combining marks on one letter; more of them pile up over the neighbouring lines."""
_ASCENT, _DESCENT = 0.95, 0.25
"""Of the font size; what a fallback font draws beyond is cut off, so that lines never touch."""
_EM = 1000


class Letters(NamedTuple):
    """Pixels of a string, 0 (paper) to 255 (ink), and how many rows of them lie below the baseline.

    The first row is the lowest; all four sides end where the ink ends.
    """

    coverage: NDArray[np.uint8]
    below: int

    @property
    def width(self) -> int:
        """Of the ink, in pixels."""
        return int(self.coverage.shape[1])


class _Piece(NamedTuple):
    """Rasterised in one go: a letter, or a string that must be shaped as a whole."""

    letters: Letters
    offset: int
    advance: int


class Lettering:
    """Lato in two weights, and DejaVu Sans for what Lato lacks. For the one thread that made it."""

    def __init__(self) -> None:
        lato, dejavu = Path(font_lato.font_directory), Path(mpl.get_data_path(), "fonts/ttf")
        self._regular = _Face(lato / "Lato-Regular.ttf", dejavu / "DejaVuSans.ttf")
        self._bold = _Face(lato / "Lato-Bold.ttf", dejavu / "DejaVuSans-Bold.ttf")
        self._drawable = self._regular.known & self._bold.known
        self.clean = lru_cache(_KEPT_STRINGS)(self._clean)
        self.letters = lru_cache(_KEPT_STRINGS)(self._letters)

    def _clean(self, text: str) -> str:
        """What of the text can be drawn in one line: no control characters, no glyph that both fonts lack."""
        if not (text.isascii() and text.isprintable()):
            text = "".join(self._drawn(unicodedata.normalize("NFC", text[:_LONGEST])))
        return " ".join(text[:_LONGEST].split())

    def _drawn(self, text: str) -> Iterable[str]:
        marks = 0
        for character in text:
            category = unicodedata.category(character)
            marks = marks + 1 if category.startswith("M") else 0
            if category == "Cc" or category.startswith("Z"):
                yield " "
            elif character in self._drawable and not category.startswith("C") and marks <= _MOST_MARKS:
                yield character

    def _letters(self, clean: str, size: int, bold: bool) -> Letters:
        """The clean text in a font of so many pixels."""
        return (self._bold if bold else self._regular).set(clean, size)


class _Face:
    """One weight: a font, and the one that steps in for it."""

    def __init__(self, main: Path, fallback: Path) -> None:
        self._font: FT2Font = get_font([main, fallback])
        own = frozenset(map(chr, get_font(main).get_charmap()))
        self.known = own | frozenset(map(chr, get_font(fallback).get_charmap()))
        # These stand side by side as they are; all other scripts join, stack or turn around.
        self._plain = frozenset(c for c in own if unicodedata.bidirectional(c) not in ("R", "AL", "NSM"))
        self._piece = lru_cache(_KEPT_GLYPHS)(self._rasterise)
        self._kern = lru_cache(_KEPT_PAIRS)(self._measure_kern)

    def set(self, text: str, size: int) -> Letters:
        if not self._plain.issuperset(text):
            return self._rasterise(text, size).letters
        pieces, pen, placed = [self._piece(letter, size) for letter in text], 0, []
        kerns = (round(self._kern(pair) * size) for pair in map("".join, pairwise(text)))
        for piece, kern in zip(pieces, (*kerns, 0), strict=False):
            placed.append((pen + piece.offset, piece.letters))
            pen += piece.advance + kern
        return _join([(x, letters) for x, letters in placed if letters.width])

    def _rasterise(self, text: str, size: int) -> _Piece:
        font = self._font
        font.set_size(size, 72)
        # Hinted, every "a" has the same pixels: crisp, and small in a PNG. Lato's "ti" is one glyph
        # that looks like a mistake on a screen: no ligatures.
        font.set_text(text, 0.0, flags=LoadFlags.DEFAULT, features=("-liga",))
        font.draw_glyphs_to_bitmap(antialiased=True)
        # FreeType's first row is the highest, and the bitmap has an empty row below the ink.
        rows = font.get_image()[::-1]
        below = 1 - (-font.get_descent() // 64)
        lowest, highest = _ends(np.any(rows, axis=1))
        lowest = max(lowest, below - round(_DESCENT * size))
        highest = min(highest, below + round(_ASCENT * size))
        first, last = _ends(np.any(rows, axis=0))
        letters = Letters(np.ascontiguousarray(rows[lowest:highest, first:last]), below - lowest)
        offset = first + round(font.get_bitmap_offset()[0] / 64)
        return _Piece(letters, offset, round(font.get_width_height()[0] / 64))

    def _measure_kern(self, pair: str) -> float:
        """What is added between two letters, of the font size."""
        both, *each = (self._measure(text) for text in (pair, *pair))
        return (both - sum(each)) / _EM

    def _measure(self, text: str) -> float:
        self._font.set_size(_EM, 72)
        self._font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING, features=("-liga",))
        return self._font.get_width_height()[0] / 64


def _join(placed: list[tuple[int, Letters]]) -> Letters:
    """One string of the letters, each given with its left edge."""
    if not placed:
        return Letters(np.zeros((0, 0), np.uint8), 0)
    first = min(x for x, _ in placed)
    width = max(x + letters.width for x, letters in placed) - first
    below = max(letters.below for _, letters in placed)
    above = max(len(letters.coverage) - letters.below for _, letters in placed)
    coverage = np.zeros((below + above, width), np.uint8)
    for x, letters in placed:
        bottom = below - letters.below
        window = coverage[bottom : bottom + len(letters.coverage), x - first : x - first + letters.width]
        np.maximum(window, letters.coverage, out=window)
    return Letters(coverage, below)


def _ends(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first that is inked to behind the last; nothing for none."""
    found = np.flatnonzero(inked)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)
