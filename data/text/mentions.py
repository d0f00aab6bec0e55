"""What a reader of texts returns: where something stands, and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value", covariant=True)  # noqa: PLC0105 - a mention is only read


@dataclass(frozen=True, slots=True)
class Mention(Generic[Value]):
    """Something that a text names at `text[start:end]`, and what is meant by it."""

    start: int
    end: int
    value: Value
