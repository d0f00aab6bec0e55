"""Where a series breaks: dashed uprights, which letters join to their words where there are several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from string import ascii_uppercase

from bot.charts.colours import MUTED
from bot.charts.heading import LegendEntry
from bot.charts.page import SMALL, Page
from bot.charts.subjects.lines import BreakMark

_THICK, _DASH = 2.0, (4.0, 5.0)
_LETTERS_HEIGHT = 36
_APART = 6
"""Pixels between letters; where breaks are nearer, their letters stand together."""


def list_entries(breaks: Sequence[BreakMark]) -> list[LegendEntry]:
    """Name each break in a legend, from the first year on."""
    return [LegendEntry(f"{letter} {each.text}".strip(), "break") for each, letter in _letter(breaks)]


def measure_letters(breaks: Sequence[BreakMark]) -> int:
    """Return how high the row is that letters need above a picture."""
    return _LETTERS_HEIGHT if any(letter for _, letter in _letter(breaks)) else 0


def draw_uprights(
    page: Page, x: Callable[[float], float], ends: tuple[float, float], breaks: Sequence[BreakMark]
) -> None:
    """Draw a dashed upright at each break, without its letter."""
    for at in dict.fromkeys(each.at for each in breaks):
        page.line((x(at), x(at)), ends, MUTED, _THICK, _DASH)


def draw_breaks(
    page: Page,
    x: Callable[[float], float],
    ends: tuple[float, float],
    breaks: Sequence[BreakMark],
    row: float,
) -> None:
    """Draw dashed uprights where years are no single series, and their letters in a row that begins there."""
    draw_uprights(page, x, ends, breaks)
    clusters: list[tuple[list[float], str]] = []
    lettered = _letter(breaks)
    for at in dict.fromkeys(each.at for each, _ in lettered):
        letter = " ".join(letter for each, letter in lettered if each.at == at).strip()
        if clusters and x(at) - _right(page, *clusters[-1]) < page.width(letter, SMALL) / 2 + _APART:
            xs, letters = clusters.pop()
            clusters.append(([*xs, x(at)], f"{letters} {letter}"))
        else:
            clusters.append(([x(at)], letter))
    for xs, letters in clusters:
        if letters:
            page.text(
                sum(xs) / len(xs),
                row + _LETTERS_HEIGHT / 2,
                letters,
                SMALL,
                MUTED,
                align="centre",
                middle=True,
            )


def _right(page: Page, xs: Sequence[float], letters: str) -> float:
    return sum(xs) / len(xs) + page.width(letters, SMALL) / 2


def _letter(breaks: Sequence[BreakMark]) -> list[tuple[BreakMark, str]]:
    """Give each break a letter from left to right; where all are at one place, none needs any."""
    ordered = sorted(breaks, key=lambda each: each.at)
    several = len({each.at for each in breaks}) > 1
    return list(zip(ordered, ascii_uppercase if several else [""] * len(ordered), strict=False))
