"""What a channel that was told of a release hears when it is withdrawn: that it is, and what is valid."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.words import say_day, say_number, say_release, say_subject, say_when
from data.model import Unit

if TYPE_CHECKING:
    from data.findings import Changed
    from data.model import Number, Release
    from data.news import Withdrawal


def write_title(withdrawal: Withdrawal) -> str:
    """Write the title of a forum's post."""
    return f"Withdrawn: UNHCR's figures of {say_day(withdrawal.release.day)}"


def say_withdrawal(withdrawal: Withdrawal) -> str:
    """Say which figures were withdrawn, by whom, and which are the newest now, on one line."""
    again = "again" if withdrawal.newest.id < withdrawal.release.id else "still"
    return (
        f"**{write_title(withdrawal)}.** The operator of this bot took them back; the newest figures are"
        f" {again} those of {say_release(withdrawal.newest)}."
    )


def say_what_is_valid(withdrawal: Withdrawal) -> str:
    """Say what has become of the figure that was told."""
    told, then, now = withdrawal.told, withdrawal.release, withdrawal.newest
    if told is None:
        return "What you read here about them is no longer valid."
    subject = say_subject(told.measure, told.place)
    subject = f"{subject[0].lower()}{subject[1:]}"
    spans = [say_when(told.measure.nature, told.year, each.period_of(told.year)) for each in (then, now)]
    read = f"{subject} ({_say_figure(told.before, told)} {spans[0]})"
    if told.after == told.before and spans[0] == spans[1]:
        return f"What you read here about {read} is also in the figures that are valid now."
    valid = "nothing is published of it now"
    if told.after is not None:
        when = f" ({spans[1]})" if spans[0] != spans[1] else ""
        valid = f"the figure is {_say_again(then, now)}{_say_figure(told.after, told)}{when}"
    return f"What you read here about {read} is no longer valid; {valid}."


def _say_again(then: Release, now: Release) -> str:
    return "again " if now.id < then.id else ""


def _say_figure(value: Number | None, told: Changed) -> str:
    if value is None:
        return "not published"
    return f"{say_number(value)} cases" if told.unit is Unit.CASES else say_number(value)
