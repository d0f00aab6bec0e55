"""Lines over years."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BreakMark:
    """Where a line is no single series, in about three words: between two years (2020.5), or at one."""

    at: float
    text: str
