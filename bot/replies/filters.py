"""What a subscription asks for, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import NAMES, say_place
from data.compare import Kind
from data.model import Place
from data.subscriptions import Threshold, say_threshold

if TYPE_CHECKING:
    from data.subscriptions import Filter


def say_filter(wanted: Filter) -> str:
    """Write a filter: “decisions in Canada, only corrected”, “all figures worldwide, changes from 10% on”."""
    what = NAMES[wanted.measure].lower() if wanted.measure else "all figures"
    where = say_place(wanted.place) if wanted.place != Place() else "worldwide"
    parts = [f"{what} {where}"]
    if wanted.kinds:
        named = [kind.value for kind in Kind if kind in wanted.kinds]
        parts.append(f"only {_join(named)}")
    if wanted.at_least != Threshold():
        parts.append(f"changes from {say_threshold(wanted.at_least)} on")
    return ", ".join(parts)


def _join(words: list[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last
