"""What a reader of texts returns: where something stands, and what it means."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable

Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a mention is only read


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value]):
    """Something that a text names at `text[start:end]`, and what is meant by it."""

    start: int
    end: int
    value: Value

    def overlaps(self, other: Mention[object]) -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


def keep_longest(mentions: Iterable[Mention[Value]]) -> tuple[Mention[Value], ...]:
    """Leave out what a longer mention covers, the earlier of equals staying; in the order of the text."""
    kept: list[Mention[Value]] = []  # in the order of the text, none overlapping another
    for mention in sorted(mentions, key=lambda each: (each.start - each.end, each.start)):
        place = bisect_left(kept, mention.start, key=lambda each: each.start)
        if not any(mention.overlaps(other) for other in kept[max(place - 1, 0) : place + 1]):
            kept.insert(place, mention)
    return tuple(kept)
