"""Strings as pixels: words are rasterised once, and set again and again.

Text is what takes longest in a chart, if every string is left to the font library.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import font_lato
import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

_KEPT_STRINGS, _KEPT_WORDS = 320, 1024
_LONGEST = 600
"""No chart has room for more characters; a pasted book must not cost its rasterising."""
_MOST_MARKS = 2
"""Combining marks on one letter; more of them pile up over the neighbouring lines."""
_ASCENT, _DESCENT = 0.95, 0.25
"""Of the font size; what a fallback font draws beyond is cut off, so that lines never touch."""
_HINTING = LoadFlags.FORCE_AUTOHINT | LoadFlags.TARGET_LIGHT
"""Letters are fitted to rows of pixels, which makes them crisp; fitted to columns they would be uneven."""
_NO_LIGATURES = ("-liga",)
"""Lato's "ti" is one glyph that looks like a mistake on a screen."""


_LEFTWARD = ("R", "AL", "AN")


class Letters(NamedTuple):
    """Pixels of a string, 0 (paper) to 255 (ink), and how many rows of them lie below the baseline.

    The first row is the highest; all four sides end where the ink ends.
    """

    coverage: NDArray[np.uint8]
    below: int

    @property
    def width(self) -> int:
        """Of the ink, in pixels."""
        return int(self.coverage.shape[1])


class _Word(NamedTuple):
    """Rasterised in one go, with the space before it, after which its ink begins at `offset`."""

    letters: Letters
    offset: int
    advance: float


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
        self.known = frozenset(
            chr(code) for file in (main, fallback) for code in get_font(file).get_charmap()
        )
        self._leftward = frozenset(c for c in self.known if unicodedata.bidirectional(c) in _LEFTWARD)
        self._word = lru_cache(_KEPT_WORDS)(self._rasterise)

    def set(self, text: str, size: int) -> Letters:
        if not self._leftward.isdisjoint(text):
            return self._rasterise(text, size).letters  # the words of such a line change places
        pen, placed = 0.0, []
        for word in (self._word(word, size) for word in text.split()):
            placed.append((round(pen) + word.offset, word.letters))
            pen += word.advance
        return _join([(x, letters) for x, letters in placed if letters.width])

    def _rasterise(self, text: str, size: int) -> _Word:
        font = self._font
        font.set_size(size, 72)
        # With a space before it a string begins at a whole pixel, and FreeType's columns are where
        # they should be; else its first letter comes up to a pixel too close to the second.
        font.set_text(f" {text}", 0.0, flags=_HINTING, features=_NO_LIGATURES)
        font.draw_glyphs_to_bitmap(antialiased=True)
        width, height = font.get_width_height()
        rows = font.get_image()
        # The bitmap has an empty row around the ink.
        baseline = (height - font.get_descent()) // 64 + 1
        top, bottom = _ends(np.any(rows, axis=1))
        top = max(top, baseline - round(_ASCENT * size))
        bottom = min(bottom, baseline + round(_DESCENT * size))
        first, last = _ends(np.any(rows, axis=0))
        letters = Letters(np.ascontiguousarray(rows[top:bottom, first:last]), bottom - baseline)
        return _Word(letters, first, width / 64)


def _join(placed: list[tuple[int, Letters]]) -> Letters:
    """One string of these, each given with its left edge."""
    if not placed:
        return Letters(np.zeros((0, 0), np.uint8), 0)
    first = min(x for x, _ in placed)
    width = max(x + letters.width for x, letters in placed) - first
    below = max(letters.below for _, letters in placed)
    above = max(len(letters.coverage) - letters.below for _, letters in placed)
    coverage = np.zeros((below + above, width), np.uint8)
    for x, letters in placed:
        bottom = len(coverage) - below + letters.below
        window = coverage[bottom - len(letters.coverage) : bottom, x - first : x - first + letters.width]
        np.maximum(window, letters.coverage, out=window)
    return Letters(coverage, below)


def _ends(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first that is inked to behind the last; nothing for none."""
    found = np.flatnonzero(inked)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)
