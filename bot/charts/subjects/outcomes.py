"""Parts of a whole over years, and shares of them."""

from __future__ import annotations

from dataclasses import dataclass

from bot.charts.subjects.heading import Heading, require_drawable
from bot.charts.subjects.lines import BreakMark, Line, require_few

MOST_PARTS = 4


@dataclass(frozen=True, slots=True)
class Column:
    """One year: its parts from the bottom up; `half` marks a year that is only half covered."""

    year: int
    parts: tuple[float | None, ...]
    half: bool = False

    def __post_init__(self) -> None:
        for part in self.parts:
            require_drawable(part)


@dataclass(frozen=True, slots=True)
class OutcomeChart:
    """Stacked columns of up to four parts, and above them lines of shares in per cent.

    `labels` name the parts from the bottom up, as they stand beside the last column. `rates` reach over
    the same years. `half_note` says what hatched columns and hollow points are ("Jan–Jun 2025 only").
    """

    heading: Heading
    columns: tuple[Column, ...]
    labels: tuple[str, ...]
    columns_title: str
    rates: tuple[Line, ...]
    rates_title: str
    half_note: str = ""
    breaks: tuple[BreakMark, ...] = ()

    def __post_init__(self) -> None:
        require_few(self.rates, ())
        years = [column.year for column in self.columns]
        if years != sorted(set(years)):
            raise ValueError("Give the columns in the order of their years, each year once.")
        if len(self.labels) > MOST_PARTS or any(len(c.parts) != len(self.labels) for c in self.columns):
            raise ValueError(f"Give every column one value for each of at most {MOST_PARTS} labels.")
