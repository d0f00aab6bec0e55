"""Yes or no, and how it is where that alone would mislead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _
from data.model import Nature
from data.reading.ask.aim_result import goes_beyond
from data.reading.ask.outcome import AimKind

if TYPE_CHECKING:
    from data.reading.ask.aim_result import AimResult


def say_whether(verdict: AimResult) -> str:
    """Say yes or no, and how it is where more was found than asked, or another number than was named."""
    aim = verdict.aim
    if goes_beyond(verdict):
        return _("**Yes, more than that**")
    if verdict.holds:
        return _("**Yes**")
    if (
        aim.point is not AimKind.ABOVE
        or aim.sign
        or verdict.per_head
        or verdict.measure.nature is Nature.RATE
    ):
        return _("**No**")
    more = verdict.figures[0].value > (aim.value or 0)
    return _("**No, more**") if more else _("**No, fewer**")
