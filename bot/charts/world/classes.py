"""Into which classes a map puts its values: round limits, each class several times as large as the last."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

CLASSES = 5
RATE_LIMITS = (20.0, 40.0, 60.0, 80.0)
_LEAST = 10.0
"""UNHCR rounds smaller counts; they are one class."""
_ROUND = tuple(float(f"{factor}e{power}") for power in range(1, 12) for factor in (1, 2, 5))
_DECADE, _DOUBLING = 3, 1
"""Steps along the round numbers."""


def choose_limits(values: Iterable[float]) -> tuple[float, ...]:
    """Return the least values of the second to the fifth class, for counts.

    Powers of ten where the largest value leaves room for them, else steps of four or five times, or two.
    """
    largest = max(values, default=0)
    for step in (_DECADE, 2, _DOUBLING):
        starts = _ROUND[::_DECADE] if step == _DECADE else _ROUND
        tops = [_ROUND.index(each) for each in starts if each <= largest]
        if tops and tops[-1] >= step * (CLASSES - 2):
            return tuple(_ROUND[tops[-1] - step * back] for back in range(CLASSES - 2, -1, -1))
    return _ROUND[: CLASSES - 1]


def find_class(value: float, limits: Sequence[float]) -> int:
    """Return the class of a value, 0 for the lowest; a limit belongs to the class above it."""
    return bisect_right(limits, value)
