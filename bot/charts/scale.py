"""Where values and years stand on an axis, and what is written there."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from bot.charts.subjects import ScaleKind
from bot.languages import digits, pgettext

_SIZES = (1e9, 1e6, 1e3)
_YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis of values between two pixels, with the values to be marked on it."""

    kind: ScaleKind
    low: float
    high: float
    start: float
    end: float
    ticks: tuple[float, ...]

    def shows(self, value: float | None) -> bool:
        """Whether the value has a place at all: zero has none on a log scale."""
        return value is not None and (self.kind == "linear" or value > 0)

    def at(self, value: float) -> float:
        """The pixel of a value that the scale shows."""
        if self.kind == "log":
            share = (math.log(value) - math.log(self.low)) / (math.log(self.high) - math.log(self.low))
        else:
            share = (value - self.low) / (self.high - self.low)
        return self.start + (self.end - self.start) * share


def fit_scale(
    kind: ScaleKind,
    values: Sequence[float],
    between: tuple[float, float],
    pitch: float,
    *,
    whole: bool = False,
) -> Scale:
    """The scale that shows these values between two pixels, with ticks at least `pitch` pixels apart."""
    start, end = between
    most = max(1, int((end - start) / pitch))
    top = max(values, default=0) or 1
    if kind == "linear":
        return Scale(kind, 0, top, start, end, linear_ticks(top, most, whole=whole))
    low, high = log_bounds(min(values, default=1), top)
    return Scale(kind, low, high, start, end, log_ticks(low, high, most))


def linear_ticks(top: float, most: int, *, whole: bool = False) -> tuple[float, ...]:
    """Zero and round values up to `top`, at most `most` steps of 1, 2, 2.5 or 5 times a power of ten.

    `whole` keeps to whole numbers, as nobody counts half persons.
    """
    magnitude = 10.0 ** math.floor(math.log10(top / most))
    steps = [factor * magnitude for factor in (1, 2, 2.5, 5, 10, 20)]
    if whole:
        steps = [step for step in steps if step.is_integer()] or [1.0]
    step = next((step for step in steps if top / step <= most * (1 + 1e-9)), steps[-1])
    return tuple(float(f"{step * i:.12g}") for i in range(int(top / step * (1 + 1e-9)) + 1))


def log_bounds(low: float, high: float) -> tuple[float, float]:
    """The nearest 1, 2 or 5 times a power of ten below `low`, and a top that is at least twice that."""
    magnitude = 10.0 ** math.floor(math.log10(low))
    below = max(factor * magnitude for factor in (1, 2, 5) if factor * magnitude <= low * (1 + 1e-9))
    return min(below, low), max(high, 2 * below)


def log_ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    """Round values from `low` to `high`: 1, 2 and 5 times powers of ten, fewer where these are too close."""
    decades = math.log10(high) - math.log10(low)
    # The closest pair of 1, 2 and 5 is 0.3 of a decade apart.
    factors: tuple[int, ...] = (1, 2, 5)
    every = 1
    if decades / 0.301 > most:
        factors, every = (1,), max(1, math.ceil(decades / most))
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    ticks = (float(f"{factor}e{power}") for power in powers if power % every == 0 for factor in factors)
    return tuple(tick for tick in ticks if low * (1 - 1e-9) <= tick <= high * (1 + 1e-9))


def year_ticks(first: int, last: int, width: float, pitch: float) -> tuple[int, ...]:
    """Round years at least `pitch` pixels apart along `width` pixels, and the last year always."""
    if first == last:
        return (first,)
    per_year = width / (last - first)
    step = next((step for step in _YEAR_STEPS if step * per_year >= pitch), last - first)
    years = list(range(-(-first // step) * step, last + 1, step))
    if not years or (years[0] - first) * per_year >= pitch:
        years.insert(0, first)
    # The last year is what readers look for: it takes the place of a round one too near to it.
    if (last - years[-1]) * per_year < pitch:
        years.pop()
    return (*years, last)


def compact(value: float) -> str:
    """A count in at most three digits and a letter: "850", "35.7k", "1.2M"."""
    for size in _SIZES:
        # 999.6k is 1M, not 1000k: round before choosing the letter.
        if value >= size * 0.9995:
            return _name_size(size, _three_digits(value / size))
    return _three_digits(value)


def _name_size(size: float, number: str) -> str:
    if size == 1e9:  # noqa: PLR2004 - a billion
        return pgettext("on an axis", "{number}bn", number=number)
    if size == 1e6:  # noqa: PLR2004 - a million
        return pgettext("on an axis", "{number}M", number=number)
    return pgettext("on an axis", "{number}k", number=number)


def percent(value: float) -> str:
    """A rate, which comes in per cent already: "7.5%"."""
    return _three_digits(value, "%")


def _three_digits(value: float, sign: str = "") -> str:
    rounded = float(f"{value:.3g}")
    return digits(f"{rounded:,.0f}{sign}" if rounded >= 100 else f"{rounded:g}{sign}")  # noqa: PLR2004  (three digits)


def dodge(wanted: Sequence[float], heights: Sequence[float], low: float, high: float) -> list[float]:
    """Centres for labels of these heights as near as can be to the wanted ones.

    No two overlap, their order is kept, all stay between `low` and `high` while they fit there at all.
    """
    order = sorted(range(len(wanted)), key=wanted.__getitem__)
    # Shifted down by all that lies below it, every label may rest on the one before: what remains
    # is to find the nearest non-decreasing sequence, by pooling neighbours that are out of order.
    pools: list[list[float]] = []
    offsets: list[float] = []
    below = 0.0
    for index in order:
        offsets.append(below + heights[index] / 2)
        below += heights[index]
        pools.append([wanted[index] - offsets[-1], 1])
        while len(pools) > 1 and pools[-2][0] >= pools[-1][0]:
            (mean, size), (mean_before, size_before) = pools.pop(), pools.pop()
            pools.append(
                [(mean * size + mean_before * size_before) / (size + size_before), size + size_before]
            )
    bases = [max(low, min(mean, high - below)) for mean, size in pools for _ in range(int(size))]
    placed = dict(
        zip(order, (base + offset for base, offset in zip(bases, offsets, strict=True)), strict=True)
    )
    return [placed[index] for index in range(len(wanted))]
