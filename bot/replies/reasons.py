"""Codes in words: why an alert was sent or not, why a subscription is paused, what became of publishing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import discord

from bot.errors import name_permissions
from data.state.model import PauseReason, Publication, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

REASONS: Mapping[Reason | PauseReason, str] = MappingProxyType(
    {
        Reason.MATCHES: "it matches",
        Reason.BASELINE: "it is the first release that is kept",
        Reason.NOT_NEWEST: "a newer release was kept already",
        Reason.OTHER_PLACE: "it changed nothing of this place",
        Reason.OTHER_MEASURE: "it changed other measures of this place only",
        Reason.OTHER_KIND: "its changes are of other kinds",
        Reason.TOO_SMALL: "its changes are below the threshold",
        Reason.NOT_SUBSCRIBED: "the channel was not subscribed then",
        Reason.UNSUBSCRIBED: "the subscriptions were removed before it was sent",
        Reason.PAUSED: "the subscriptions are paused",
        Reason.NEW: "it is about to be sent",
        Reason.NETWORK: "Discord could not be reached",
        Reason.TIMEOUT: "Discord could not be reached (Discord took too long)",
        Reason.TROUBLE: "Discord has trouble of its own",
        Reason.SLOW_DOWN: "Discord asked to slow down",
        Reason.STOPPED: "all sends rest, because Discord refused too many requests",
        Reason.BROKEN: "the message could not be made, which is a fault of the program",
        Reason.STALE: "it was too old when it could have been sent",
        Reason.MERGED: "it was told in one message with a newer release",
        Reason.WITHDRAWN: "the release was withdrawn before it was told",
        Reason.PUBLISHED_AGAIN: "the release was published again before its withdrawal was told",
        PauseReason.MODERATOR: "paused by a moderator",
        PauseReason.CHANNEL_GONE: "the channel is gone",
        PauseReason.NO_PERMISSION: "a permission is missing",
        PauseReason.CANNOT_BE_SURE: "whether the last message arrived cannot be seen",
        PauseReason.REFUSED: "Discord refused the message",
        PauseReason.SERVER_LEFT: "the bot was removed from the server",
    }
)

PUBLICATIONS: Mapping[Publication, str] = MappingProxyType(
    {
        Publication.PUBLISHED: "published",
        Publication.NOT_ANNOUNCEMENT: "not an announcement channel",
        Publication.SLOW_DOWN: "not published: Discord asked to slow down",
        Publication.FAILED: "not published",
    }
)


def say_reason(why: Reason | PauseReason, detail: str = "") -> str:
    """Say why, with Discord's own words or the missing permissions: “a permission is missing (…)”."""
    return f"{REASONS[why]} ({_say_detail(detail)})" if detail else REASONS[why]


def _say_detail(detail: str) -> str:
    """Name permissions, which are kept by their codes; anything else is said as it is."""
    words = detail.split()
    return name_permissions(words) if set(words) <= set(discord.Permissions.VALID_FLAGS) else detail


def say_publication(what: Publication, detail: str = "") -> str:
    """Say what became of sending a message on from its announcement channel."""
    return f"{PUBLICATIONS[what]}: {detail}" if detail else PUBLICATIONS[what]
