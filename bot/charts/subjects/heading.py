"""What every chart has: a heading, tones, and values that can be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Tone = Literal["persons", "cases", "muted"]


@dataclass(frozen=True, slots=True)
class Heading:
    """The finding, then what is measured, where and when, then where the figures come from."""

    title: str
    subtitle: str
    source: str


def require_drawable(value: float | None) -> None:
    """Refuse a value that no chart can show."""
    if value is not None and not (math.isfinite(value) and value >= 0):
        raise ValueError(
            f"A chart shows counts and rates, which are finite and not negative: {value!r} is not."
        )
