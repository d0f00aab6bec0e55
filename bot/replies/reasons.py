"""Codes in words: why an alert was sent or not, why a subscription is paused, what became of publishing."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

import discord

from bot.errors import name_permissions
from bot.languages import _
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
        Reason.PAUSED: "the subscriptions were paused then",
        Reason.NEW: "it is about to be sent",
        Reason.NETWORK: "Discord could not be reached",
        Reason.TIMEOUT: "Discord could not be reached (Discord took too long)",
        Reason.TROUBLE: "Discord is having problems",
        Reason.SLOW_DOWN: "Discord asked to slow down",
        Reason.STOPPED: "sending is on hold, because Discord refused too many requests",
        Reason.BROKEN: "the message could not be made, which is a fault of the program",
        Reason.STALE: "it was too old when it could have been sent",
        Reason.MERGED: "it was sent in one message with a newer release",
        Reason.WITHDRAWN: "the release was withdrawn before it was sent",
        Reason.PUBLISHED_AGAIN: "the release was published again before its withdrawal was sent",
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


REFUSALS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        10003: ("that channel is gone", "give the subscription another one with /alerts edit"),
        10004: ("I am no longer in that server", "invite me again"),
        10013: ("Discord no longer knows whom to write to", "remove it with /alerts remove"),
        20009: ("Discord took it for explicit content", "allow messages from me in the privacy settings"),
        20026: ("Discord does not deliver my messages there", "subscribe a channel of a server instead"),
        40001: ("Discord does not let me do that there", "give me “Send Messages” in its settings"),
        40066: (
            "that forum wants a tag that only moderators may set",
            "let others set one, or pick another channel with /alerts edit",
        ),
        40067: (
            "that forum wants a tag on every post, and I cannot know which",
            "switch that off in its settings, or pick another channel with /alerts edit",
        ),
        50001: ("Discord does not let me see that channel", "give me “View Channel” in its settings"),
        50007: (
            "you take no direct messages from me",
            "allow them in the privacy settings of a server we share",
        ),
        50008: ("channels of that kind take no messages", "pick another one with /alerts edit"),
        50009: ("that server's verification keeps me out", "give me a role that is exempt from it"),
        50013: (
            "Discord does not let me send there",
            "give me “Send Messages”, “Embed Links” and “Attach Files”",
        ),
        50024: ("channels of that kind take no messages", "pick another one with /alerts edit"),
        50083: ("that thread is archived", "open it again, or pick another channel with /alerts edit"),
        50095: ("that server is not available where I run", "tell the operator of this bot"),
        50278: ("we share no server any more", "join one that I am in"),
        60003: (
            "that server asks this bot's operator for two-factor authentication",
            "switch that off in the server's safety settings",
        ),
        160005: ("that thread is locked", "unlock it, or pick another channel with /alerts edit"),
        160006: ("that server has as many active threads as Discord allows", "archive some"),
        200000: (
            "AutoMod blocked the message",
            "exempt my role from that rule of the server",
        ),
        200001: (
            "AutoMod blocked the title",
            "exempt my role from that rule of the server",
        ),
        240000: ("Discord mistook a link in the message for a harmful one", "tell the operator of this bot"),
        400001: ("Discord limits file uploads in that server", "wait until it allows them again"),
    }
)
"""What Discord's refusals mean, by their codes, and what whoever manages the channel may do."""

_REFUSAL = re.compile(r"\d{3} (\d+)\b", re.ASCII)


def find_refusal(detail: str) -> tuple[str, str] | None:
    """Return what a refusal means that was kept as “403 50013: …”, and what helps; else None."""
    found = _REFUSAL.match(detail)
    return REFUSALS.get(int(found[1])) if found else None


def say_reason(why: Reason | PauseReason, detail: str = "") -> str:
    """Say why, with Discord's own words or the missing permissions: “a permission is missing (…)”."""
    return f"{REASONS[why]} ({_say_detail(detail)})" if detail else REASONS[why]


def _say_detail(detail: str) -> str:
    """Name permissions, which are kept by their codes; anything else is said as it is."""
    words = detail.split()
    return name_permissions(words) if set(words) <= set(discord.Permissions.VALID_FLAGS) else detail


def say_publication(what: Publication, detail: str = "") -> str:
    """Say what became of sending a message on from its announcement channel."""
    return (
        _("{publications}: {detail}", publications=PUBLICATIONS[what], detail=detail)
        if detail
        else PUBLICATIONS[what]
    )
