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
    letters = _letter(breaks)
    ordered = sorted(breaks, key=lambda each: each.at)
    return [LegendEntry(f"{letters[each.at]} {each.text}".strip(), "break") for each in ordered]


def measure_letters(breaks: Sequence[BreakMark]) -> int:
    """Return how high the row is that letters need above a picture."""
    return _LETTERS_HEIGHT if any(_letter(breaks).values()) else 0


def draw_breaks(
    page: Page,
    x: Callable[[float], float],
    ends: tuple[float, float],
    breaks: Sequence[BreakMark],
    row: float,
) -> None:
    """Draw dashed uprights where years are no single series, and their letters in a row that begins there."""
    clusters: list[tuple[list[float], str]] = []
    for at, letter in _letter(breaks).items():
        page.line((x(at), x(at)), ends, MUTED, _THICK, _DASH)
        if clusters and x(at) - _right(page, *clusters[-1]) < page.width(letter, SMALL) / 2 + _APART:
            xs, letters = clusters.pop()
            clusters.append(([*xs, x(at)], letters + letter))
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


def _letter(breaks: Sequence[BreakMark]) -> dict[float, str]:
    """Give a letter to each place where there is a break, from left to right; one alone needs none."""
    places = sorted({each.at for each in breaks})
    return dict(zip(places, ascii_uppercase, strict=False)) if len(places) > 1 else dict.fromkeys(places, "")
