"""What was measured, what it was measured against, and whether the budget is held. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean


@dataclass(frozen=True, slots=True)
class Reference:
    """What our figure is set beside, measured in the same run and in the same unit."""

    name: str
    value: float


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table.

    With a reference the `budget` is a ratio to it, without one an amount in the row's own unit. No budget
    means that the row only informs. `at_least` turns the comparison round.
    """

    group: str
    what: str
    ours: float
    unit: str
    reference: Reference | None = None
    budget: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Ours as a part of the reference; None without one."""
        return None if self.reference is None else self.ours / self.reference.value

    @property
    def held(self) -> bool | None:
        """Whether the budget is held; None where there is none. What could not be measured is not held."""
        if self.budget is None:
            return None
        figure = self.ours if self.reference is None else self.ours / self.reference.value
        return figure >= self.budget if self.at_least else figure <= self.budget


@dataclass(frozen=True, slots=True)
class Peer:
    """One tool on one chart; the first of each chart is this bot."""

    chart: str
    tool: str
    ms: float
    kilobytes: float


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed (nearest rank)."""
    if not values:
        return math.nan
    ordered = sorted(values)
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def median(values: Sequence[float]) -> float:
    """The middle value, or the mean of the two in the middle."""
    if not values:
        return math.nan
    ordered = sorted(values)
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def slope(xs: Sequence[float], ys: Sequence[float]) -> float:
    """The exponent of growth: 0 stays the same, 1 doubles when x doubles (least squares on logarithms)."""
    points = [(math.log(x), math.log(y)) for x, y in zip(xs, ys, strict=True)]
    x_mean, y_mean = fmean(x for x, _ in points), fmean(y for _, y in points)
    spread = sum((x - x_mean) ** 2 for x, _ in points)
    return sum((x - x_mean) * (y - y_mean) for x, y in points) / spread if spread else math.nan


def say_slope(exponent: float) -> str:
    """Growth in words, for an exponent as `slope` returns it."""
    if math.isnan(exponent):
        return "not enough points"
    for most, words in (
        (-0.1, "falls"),
        (0.1, "does not grow"),
        (0.4, "grows slowly"),
        (0.8, "grows, but less than in step"),
        (1.2, "grows in step"),
    ):
        if exponent <= most:
            return words
    return "grows faster than in step"
