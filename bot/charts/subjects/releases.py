"""Figures of several releases."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.subjects.heading import Heading, Tone, require_drawable


@dataclass(frozen=True, slots=True)
class Move:
    """One row: a figure before and after, and the words that say both ("199,610 → 96,789")."""

    label: str
    before: float | None
    after: float | None
    text: str
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        require_drawable(self.before)
        require_drawable(self.after)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Up to ten figures at two times, on one scale; rows beyond are counted but not drawn."""

    heading: Heading
    moves: tuple[Move, ...]
    before_label: str
    after_label: str


@dataclass(frozen=True, slots=True)
class EditionBar:
    """One figure as a release of that day gave it; `hollow` marks a mid-year figure."""

    day: str
    label: str
    value: float | None
    text: str
    hollow: bool
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class EditionChart:
    """One figure in up to twelve releases, oldest first; of more the newest are drawn, the rest counted."""

    heading: Heading
    editions: tuple[EditionBar, ...]
    hollow_note: str = ""
