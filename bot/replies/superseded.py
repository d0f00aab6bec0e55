"""The line that an old message has for as long as a later release gives its key figure otherwise."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.replies.reply import LONGEST_CONTENT
from bot.words import say_day, say_number
from data.compare import Kind
from data.model import Unit

if TYPE_CHECKING:
    from data.news import Superseded

_VERBS = {
    Kind.COMPLETED: "Completed",
    Kind.CORRECTED: "Superseded",
    Kind.WITHDRAWN: "Withdrawn",
    Kind.RECODED: "Superseded",
    Kind.NEW_PERIOD: "Superseded",
}
_LINE = re.compile(rf"\n-# (?:{'|'.join(sorted(set(_VERBS.values())))}) on [^\n]*$")


def mark(content: str, message: Superseded) -> str:
    """Add the line to a message's text, in place of an earlier one; or none, where all is as it was told.

    A text that would become too long for Discord is left as it is.
    """
    unmarked = _LINE.sub("", content)
    if message.changed.after == message.changed.before:
        return unmarked
    marked = f"{unmarked}\n-# {say_superseded(message)}"
    return marked if len(marked) <= LONGEST_CONTENT else content


def say_superseded(message: Superseded) -> str:
    """Write: “Superseded on 25 June 2026: now 96,789 instead of 199,610.”"""
    changed = message.changed
    unit = " cases" if changed.unit is Unit.CASES else ""
    verb, day = _VERBS[changed.kind], say_day(message.by.day)
    then = f"{say_number(changed.before)}{unit}" if changed.before is not None else "no figure"
    if changed.after is None:
        return f"{verb} on {day}: {then} is no longer published."
    whole = " for the whole period" if changed.kind is Kind.COMPLETED else ""
    return f"{verb} on {day}: now {say_number(changed.after)}{unit}{whole} instead of {then}."
