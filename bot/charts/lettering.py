"""Strings as pixels, set from words rasterised once; and broken into lines that fit their room."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import font_lato
import matplotlib as mpl
import numpy as np
from matplotlib.font_manager import get_font
from matplotlib.ft2font import FT2Font, LoadFlags
from numpy.typing import NDArray

_KEPT_STRINGS, _KEPT_WORDS, _KEPT_SHEETS = 320, 1024, 512
_MAX_LENGTH = 600
"""No chart has room for more characters; a pasted book must not cost its rasterising."""
_MAX_MARKS = 2
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
            text = "".join(self._drawn(unicodedata.normalize("NFC", text[:_MAX_LENGTH])))
        return " ".join(text[:_MAX_LENGTH].split())

    def _drawn(self, text: str) -> Iterable[str]:
        marks = 0
        for character in text:
            category = unicodedata.category(character)
            marks = marks + 1 if category.startswith("M") else 0
            if category == "Cc" or category.startswith("Z"):
                yield " "
            elif character in self._drawable and not category.startswith("C") and marks <= _MAX_MARKS:
                yield character

    def _letters(self, clean: str, size: int, bold: bool) -> Letters:
        """The clean text in a font of so many pixels."""
        return (self._bold if bold else self._regular).set(clean, size)


_FIGURE = re.compile(r"\d{3}|\d{1,3}(?:,\d{3})+|\d{1,3}\.\d+[%kM]?", re.ASCII)
"""A number that no chart may have had before; years, and numbers of fewer digits, come again as they are."""
_DIGIT = re.compile(r"\d", re.ASCII)


class _Sheet(NamedTuple):
    """All rows of a line with a string on them, and the columns in which its characters begin."""

    pixels: NDArray[np.uint8]
    starts: list[int]
    advance: float


class _Face:
    """One weight: a font, and the one that steps in for it."""

    def __init__(self, main: Path, fallback: Path) -> None:
        self._font: FT2Font = get_font([main, fallback])
        self.known = frozenset(
            chr(code) for file in (main, fallback) for code in get_font(file).get_charmap()
        )
        self._leftward = frozenset(c for c in self.known if unicodedata.bidirectional(c) in _LEFTWARD)
        self._word = lru_cache(_KEPT_WORDS)(self._set_word)
        self._sheet = lru_cache(_KEPT_SHEETS)(self._rasterise)

    def set(self, text: str, size: int) -> Letters:
        if not self._leftward.isdisjoint(text):
            return _trim(self._rasterise(text, size), size).letters  # such words change places
        pen, placed = 0.0, []
        for word in (self._word(word, size) for word in text.split()):
            placed.append((round(pen) + word.offset, word.letters))
            pen += word.advance
        return _join([(x, letters) for x, letters in placed if letters.width])

    def _set_word(self, text: str, size: int) -> _Word:
        set_anew = self._put_together if _FIGURE.fullmatch(text) else self._rasterise
        return _trim(set_anew(text, size), size)

    def _put_together(self, number: str, size: int) -> _Sheet:
        """Take each digit from the number of the same form that has no other: the 7 of "17.4" from "77.7".

        All are equally wide. Most words that a chart is the first to have are numbers, and FreeType takes
        0.2 ms to fit one to its rows.
        """
        sheets = [self._sheet(_DIGIT.sub(digit, number), size) for digit in _DIGIT.findall(number)]
        pixels = np.zeros_like(max((sheet.pixels for sheet in sheets), key=lambda each: each.shape[1]))
        starts, advance = sheets[0].starts, sheets[0].advance
        digits = iter(sheets)
        for character, start, end in zip(number, starts, [*starts[1:], None], strict=True):
            if character.isdigit():
                sheet = next(digits)
            piece = sheet.pixels[:, start:end]
            pixels[:, start : start + piece.shape[1]] = piece
        return _Sheet(pixels, starts, advance)

    def _rasterise(self, text: str, size: int) -> _Sheet:
        font = self._font
        font.set_size(size, 72)
        # With a space before it a string begins at a whole pixel, and FreeType's columns are where
        # they should be; else its first letter comes up to a pixel too close to the second.
        places = font.set_text(f" {text}", 0.0, flags=_HINTING, features=_NO_LIGATURES)
        font.draw_glyphs_to_bitmap(antialiased=True)
        width, height = font.get_width_height()
        rows = font.get_image()
        # The bitmap has an empty row around the ink.
        highest = (height - font.get_descent()) // 64 + 1 - round(_ASCENT * size)
        pixels = np.zeros((round(_ASCENT * size) + round(_DESCENT * size), rows.shape[1]), np.uint8)
        within = rows[max(0, highest) : max(0, highest + len(pixels))]
        first = max(0, -highest)
        pixels[first : first + len(within)] = within
        return _Sheet(pixels, [0, *(round(x / 64) for x, _ in places[2:])], width / 64)


def _trim(sheet: _Sheet, size: int) -> _Word:
    """Cut off what is empty around the ink."""
    top, bottom = _ends(np.any(sheet.pixels, axis=1))
    first, last = _ends(np.any(sheet.pixels, axis=0))
    ink = np.ascontiguousarray(sheet.pixels[top:bottom, first:last])
    return _Word(Letters(ink, bottom - round(_ASCENT * size)), first, sheet.advance)


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


MeasureText = Callable[[str], float]

_MONTH = re.compile(
    r"(?:\w+–)?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A month, or several: “June”, “January–June”."""

_DAY = re.compile(r"[^\w]*\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d\b.*")
_NUMBER = re.compile(r"[^\w]*\d[\d,.]*%?")
_NO_NOUNS = frozenset({"and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "than", "to", "with"})


def wrap(text: str, room: float, most: int, measure: MeasureText) -> list[str] | None:
    """Break the text at its spaces into lines no wider than the room; not within a date if that can be.

    None when it would take more than `most` lines, or when one word alone is too wide.
    """
    if measure(text) <= room:
        return [text] if text else []
    if most == 1:
        return None
    words = text.split()
    pieces = list(_join_lines(words))
    lines = _break(pieces, room, most, measure)
    return lines or _break(words, room, most, measure) if len(pieces) < len(words) else lines


def _break(pieces: Sequence[str], room: float, most: int, measure: MeasureText) -> list[str] | None:
    # Words come again in other texts, and measuring them is cheap; whole lines are new each time.
    space = measure("n n") - 2 * measure("n")
    lines, free = [""], room
    for piece in pieces:
        needed = sum(measure(word) + space for word in piece.split())
        if needed <= free or lines == [""]:
            lines[-1] = f"{lines[-1]} {piece}".lstrip()
            free -= needed
        else:
            lines.append(piece)
            free = room - needed
    fits = len(lines) <= most and all(measure(line) <= room for line in lines)
    return lines if fits else None


def _join_lines(words: Sequence[str]) -> Iterator[str]:
    """Put together what is read as one: a date, and a number with what it counts."""
    piece, last = "", ""
    for word in words:
        if piece and not _belong_together(last, word):
            yield piece
            piece = ""
        piece, last = f"{piece} {word}".lstrip(), word
    if piece:
        yield piece


def _belong_together(before: str, after: str) -> bool:
    if _MONTH.fullmatch(before) and _YEAR.fullmatch(after):
        return True
    if _DAY.fullmatch(before) and _MONTH.match(after):
        return True
    counts = _NUMBER.fullmatch(before) and not _YEAR.fullmatch(before)
    return bool(counts) and after[:1].isalpha() and after not in _NO_NOUNS


def fit(text: str, room: float, most: int, measure: MeasureText, tail: str = "") -> list[str]:
    """As `wrap`, but shortened with an ellipsis where the text does not fit.

    `tail` is the end of the text that must stay; it goes too when there is no room even for it.
    """
    lines = wrap(text, room, most, measure)
    if lines is not None:
        return lines
    head, best = text.removesuffix(tail), []
    fits, too_many = 0, len(head)
    while too_many - fits > 1:
        kept = (fits + too_many) // 2
        lines = wrap(f"{head[:kept].rstrip()}…{tail}", room, most, measure)
        if lines is None:
            too_many = kept
        else:
            best, fits = lines, kept
    if best or tail.strip() in ("", text):
        return best
    return fit(tail.strip(), room, most, measure)
