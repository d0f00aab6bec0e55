"""Strings as pixels, each rasterised once: text is what takes longest in a chart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import font_lato
import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

_KEPT_STRINGS = 1024
_LONGEST = 400
"""No chart has room for more characters; a pasted book must not cost its rasterising."""
_MOST_MARKS = 2
"""Combining marks on one letter; more of them pile up over the neighbouring lines."""
ASCENT, DESCENT = 0.95, 0.25
"""Of the font size; what a fallback font draws beyond is cut off, so that lines never touch."""


class Letters(NamedTuple):
    """A rasterised string: how much of each pixel is inked (0 to 255), and the rows below the baseline.

    The first row is the lowest, and the pixels end where the ink ends.
    """

    coverage: NDArray[np.uint8]
    below: int

    @property
    def width(self) -> int:
        """Of the ink, in pixels."""
        return int(self.coverage.shape[1])


class Lettering:
    """Lato in two weights, and DejaVu Sans for what Lato lacks. For the one thread that made it."""

    def __init__(self) -> None:
        lato, fallback = Path(font_lato.font_directory), Path(mpl.get_data_path(), "fonts/ttf")
        self._regular = _Face(lato / "Lato-Regular.ttf", fallback / "DejaVuSans.ttf")
        self._bold = _Face(lato / "Lato-Bold.ttf", fallback / "DejaVuSans-Bold.ttf")
        self.letters = lru_cache(_KEPT_STRINGS)(self._rasterise)
        self.clean = lru_cache(_KEPT_STRINGS)(self._clean)

    def _rasterise(self, text: str, size: int, bold: bool) -> Letters:
        """The clean text in a font of so many pixels."""
        if not text:
            return Letters(np.zeros((0, 0), np.uint8), 0)
        return (self._bold if bold else self._regular).rasterise(text, size)

    def _clean(self, text: str) -> str:
        """What of the text can be drawn in one line: no control characters, no glyph that both fonts lack."""
        if not (text.isascii() and text.isprintable()):
            text = self._drawable(unicodedata.normalize("NFC", text[:_LONGEST]))
        return " ".join(text[:_LONGEST].split())

    def _drawable(self, text: str) -> str:
        known, kept, marks = self._regular.known & self._bold.known, [], 0
        for character in text:
            category = unicodedata.category(character)
            marks = marks + 1 if category.startswith("M") else 0
            if category == "Cc" or category.startswith("Z"):
                kept.append(" ")
            elif character in known and not category.startswith("C") and marks <= _MOST_MARKS:
                kept.append(character)
        return "".join(kept)


class _Face:
    """One weight: a font and the one that steps in for it."""

    def __init__(self, *files: Path) -> None:
        self._font: FT2Font = get_font(files)
        self.known = frozenset(chr(code) for file in files for code in get_font(file).get_charmap())

    def rasterise(self, text: str, size: int) -> Letters:
        font = self._font
        font.set_size(size, 72)
        # Hinted, every "a" is the same pixels, which compress better and look crisper. Lato joins
        # "ti" and "tt" in a way that looks like a mistake on a screen: no ligatures.
        font.set_text(text, 0.0, flags=LoadFlags.DEFAULT, features=("-liga",))
        font.draw_glyphs_to_bitmap(antialiased=True)
        # FreeType's first row is the highest, and the bitmap has an empty row below the ink.
        rows = font.get_image()[::-1]
        below = 1 - (-font.get_descent() // 64)
        lowest, highest = _ends(np.any(rows, axis=1))
        lowest = max(lowest, below - round(DESCENT * size))
        highest = min(highest, below + round(ASCENT * size))
        first, last = _ends(np.any(rows, axis=0))
        return Letters(np.ascontiguousarray(rows[lowest:highest, first:last]), below - lowest)


def _ends(inked: NDArray[np.bool_]) -> tuple[int, int]:
    """From the first that is inked to behind the last; nothing for none."""
    found = np.flatnonzero(inked)
    return (int(found[0]), int(found[-1]) + 1) if len(found) else (0, 0)
