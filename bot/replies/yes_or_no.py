"""Yes or no, and how it is where that alone would mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _
from data.model import Nature
from data.reading.ask.aim_result import goes_beyond
from data.reading.ask.outcome import AimKind

if TYPE_CHECKING:
    from data.reading.ask.aim_result import AimResult

UNTOLD = "**That cannot be told**"
_NAMED = (AimKind.ABOVE, AimKind.SHARE, AimKind.TOP_SHARE)
"""A number is named, and it is asked whether it is that."""


def say_whether(verdict: AimResult) -> str:
    """Say yes or no, and how it is where more was found than asked, or another number than was named."""
    aim = verdict.aim
    if goes_beyond(verdict):
        return _("**Yes, more than that**")
    if verdict.holds:
        return _("**Yes**")
    found = verdict.figures[0].value if aim.point is AimKind.ABOVE and verdict.figures else verdict.value
    if aim.point not in _NAMED or aim.sign or aim.value is None or verdict.per_head or found is None:
        return _("**No**")
    if aim.point is not AimKind.ABOVE or verdict.measure.nature is Nature.RATE:
        return _("**No, more**") if found > aim.value else _("**No, less**")
    return _("**No, more**") if found > aim.value else _("**No, fewer**")
