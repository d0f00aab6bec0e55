"""Subscriptions in words: what they ask for, lists, why one is paused, what was told or why nothing was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.languages import _, digits, phrases
from bot.replies.reasons import REASONS, find_refusal, say_publication, say_reason
from bot.words import say_day, say_either, say_release, say_short_day
from bot.words.measures import NAMES_WITHIN, say_place
from data.model import RevisionKind
from data.state.model import DeliveryState, PauseReason, Threshold, say_threshold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from data.alerts.news import Explanation, News
    from data.model import Release
    from data.state.model import Closed, Filter, Pause, Subscription


MAX_PART = 1900
"""Characters of a list that go into one message."""

REMEDIES = phrases(
    {
        PauseReason.MODERATOR: "`/alerts resume` starts it again",
        PauseReason.CHANNEL_GONE: "give it another channel with `/alerts edit`, or `/alerts remove` it",
        PauseReason.NO_PERMISSION: "give me the permission in that channel's settings, then `/alerts resume`",
        PauseReason.CANNOT_BE_SURE: (
            "check whether the last alert is there, let me read the message history, then `/alerts resume`"
        ),
        PauseReason.REFUSED: "see with `/alerts test` what is wrong, then `/alerts resume`",
        PauseReason.SERVER_LEFT: "it comes back when I am invited again within 30 days",
    }
)
"""What to do about a subscription that is paused."""

STATES = phrases(
    {
        DeliveryState.WAITING: "is waiting to be sent",
        DeliveryState.SENT: "was sent",
        DeliveryState.SILENT: "was not sent",
        DeliveryState.MERGED: "was sent together with another release",
        DeliveryState.HELD: "is held back",
        DeliveryState.DROPPED: "was given up",
    }
)
"""What became of an alert."""

MAX_TOLD = 4
"""So many past alerts are named before Details."""

OLDER_IN_DETAILS = "… and {count:,} older, in Details."
AND_OLDER = "… and {count:,} older releases"
GONE = "a channel that is gone"
DIRECT = "this direct message"


def say_subscription(each: Subscription, place: str) -> str:
    """Write one line of a list; `place` names its channel."""
    parts = [f"**{each.id}** · {place} · {say_filter(each.wanted)}"]
    if each.role is not None:
        parts.append(_("pings <@&{role}>", role=each.role))
    if each.publish:
        parts.append(_("is published"))
    line = " · ".join(parts)
    return f"{line}\n-# {_say_pause(each.paused)}" if each.paused else line


def _say_pause(pause: Pause) -> str:
    since = say_short_day(pause.since.date())
    why, remedy = explain_pause(pause.why, pause.detail)
    if pause.why is PauseReason.MODERATOR:
        return _("Paused by a moderator since {since}; {remedy}.", since=since, remedy=remedy)
    return _("Paused since {since}: {why}; {remedy}.", since=since, why=why, remedy=remedy)


def explain_pause(why: PauseReason, detail: str) -> tuple[str, str]:
    """Say why a subscription is paused, and what to do about it; Discord's own code says most."""
    if refusal := find_refusal(detail):
        return refusal[0], _("{refusal}, then `/alerts resume`", refusal=refusal[1])
    return say_reason(why, detail), REMEDIES[why]


def say_closed(closed: Closed) -> str:
    """Tell a server's moderators that the subscriptions of a channel are paused from now on."""
    channel = f"<#{closed.where.channel}>" if closed.where else _("a channel")
    why, remedy = explain_pause(closed.reason, closed.detail)
    return _(
        "I could not post an asylum alert in {channel}: {why}. Its subscriptions are paused; nothing is"
        " lost. What helps: {remedy}.",
        channel=channel,
        why=why,
        remedy=remedy,
    )


def say_resumed(each: Subscription, missed: Sequence[Release]) -> str:
    """Say that a subscription is active again, and which releases came while it was not."""
    said = _("Number {id} is active again: **{filter}**.", id=each.id, filter=say_filter(each.wanted))
    if not missed:
        return said
    named = " · ".join(say_release(release) for release in missed)
    return _("{said} Published while it was paused, and not posted: {named}.", said=said, named=named)


def list_subscriptions(kept: Iterable[Subscription], places: Mapping[int, str]) -> list[str]:
    """Write a list in as many messages as it takes; `places` names each channel."""
    parts: list[list[str]] = []
    room = 0
    for each in kept:
        line = say_subscription(each, places.get(each.destination.channel, GONE))
        if len(line) >= room:
            parts.append([])
            room = MAX_PART
        parts[-1].append(line)
        room -= len(line) + 1
    return ["\n".join(lines) for lines in parts]


def say_no_news(news: News) -> str:
    """Say why a release would have sent nothing."""
    why = _(": {reasons}", reasons=REASONS[news.silence]) if news.silence else ""
    return _("{release} would have sent nothing{why}.", release=say_release(news.release), why=why)


def say_past_short(wanted: Filter, past: Sequence[News], titles: Mapping[int, str]) -> str:
    """Say how many releases would have been told, and the newest; `titles` by the release's number."""
    what = f"**{say_filter(wanted)}**"
    told = sorted((each.release for each in past if each.release.id in titles), key=lambda each: -each.id)
    if not told:
        return _(
            "None of {count} releases would have sent an alert on {what}; Details say why.",
            count=digits(f"{len(past):,}"),
            what=what,
        )
    lines = [
        _(
            "{count} of {count_2} releases would have sent an alert on {what}, newest first:",
            count=digits(f"{len(told):,}"),
            count_2=digits(f"{len(past):,}"),
            what=what,
        )
    ]
    lines += [f"• {say_short_day(each.day)} · {titles[each.id]}" for each in told[:MAX_TOLD]]
    if (older := len(told) - MAX_TOLD) > 0:
        lines.append(OLDER_IN_DETAILS.format(count=older))
    return "\n".join(lines)


def say_past(past: Iterable[News], headlines: Mapping[int, str], most: int) -> str:
    """Write what each release would have sent, the newest first; `headlines` by the release's number.

    It takes at most so many characters: older releases are only counted then.
    """
    lines: list[str] = []
    left = most - len(AND_OLDER.format(count=1_000_000))
    newest_first = sorted(past, key=lambda each: -each.release.id)
    for news in newest_first:
        line = f"• {headlines.get(news.release.id) or say_no_news(news)}"
        left -= len(line) + 1
        if left < 0:
            return "\n".join([*lines, AND_OLDER.format(count=len(newest_first) - len(lines))])
        lines.append(line)
    return "\n".join(lines)


def say_explanation(found: Explanation) -> str:
    """Say why a channel was, or was not, told of a release."""
    alert = _("The alert on {label} ({day})", label=found.release.label, day=say_day(found.release.day))
    if found.state is None:
        return _(
            "{alert} was never due in this channel: {reasons}.", alert=alert, reasons=REASONS[found.reason]
        )
    told = f", {say_release(found.told_with)}" if found.told_with else ""
    when = _(" on {day}", day=say_day(found.settled_at.date())) if found.settled_at else ""
    said = [
        _(
            "{alert} {states}{told}{when}: {reason}.",
            alert=alert,
            states=STATES[found.state],
            told=told,
            when=when,
            reason=say_reason(found.reason, found.detail),
        )
    ]
    if found.attempts > 1:
        said.append(_("It was tried {attempts} times.", attempts=digits(f"{found.attempts:,}")))
    if found.next_attempt:
        said.append(_("The next attempt is <t:{int}:R>.", int=int(found.next_attempt.timestamp())))
    if found.published:
        said.append(
            _(
                "Publishing: {publication}.",
                publication=say_publication(found.published, found.published_detail),
            )
        )
    return " ".join(said)


def say_filter(wanted: Filter) -> str:
    """Write a filter: “decisions in Canada, only corrected”, “all figures worldwide, changes from 10% on”."""
    what = NAMES_WITHIN[wanted.measure] if wanted.measure else _("all figures")
    where = say_place(wanted.place, wanted.measure)
    parts = [f"{what} {where}"]
    if wanted.kinds:
        named = [kind.value for kind in RevisionKind if kind in wanted.kinds]
        parts.append(_("only {list}", list=say_either(named)))
    if wanted.at_least != Threshold():
        parts.append(_("changes from {threshold} on", threshold=say_threshold(wanted.at_least)))
    return ", ".join(parts)
