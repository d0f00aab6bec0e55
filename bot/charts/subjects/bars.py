"""Bars, alone or beside lines."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.subjects.heading import Heading, Tone, require_drawable
from bot.charts.subjects.lines import BreakMark, Callout, Line, require_few


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: its name, its value, and the words at the bar's end (the exact figure, a share)."""

    label: str
    value: float | None
    text: str
    tone: Tone = "persons"
    hollow: bool = False

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Horizontal bars, in the given order from the top.

    The legend names the tones and appears when both persons and cases occur, as the two are
    never comparable at a glance. `hollow_note` says what hollow bars are.
    """

    heading: Heading
    bars: tuple[Bar, ...]
    legend: tuple[tuple[Tone, str], ...] = ()
    hollow_note: str = ""


@dataclass(frozen=True, slots=True)
class Overview:
    """Lines on the left, up to eight bars on the right: everything about a country in a year."""

    heading: Heading
    left_title: str
    left: tuple[Line, ...]
    right_title: str
    right: tuple[Bar, ...]
    percent: bool = False
    callouts: tuple[Callout, ...] = ()
    left_hollow_note: str = ""
    right_hollow_note: str = ""
    legend: tuple[tuple[Tone, str], ...] = ()
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.left, self.callouts)
