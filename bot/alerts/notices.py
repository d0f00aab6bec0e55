"""Tells a server's moderators that a channel's subscriptions are paused, where they would see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import discord
import structlog

from bot.alerts.pace import FAILURES
from bot.replies.subscriptions import say_closed
from data.state.model import PauseReason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.alerts.pace import SendPacer
    from bot.discord.traffic import Traffic
    from data.state.model import Closed

log = structlog.stdlib.get_logger(__name__)

THEIR_OWN_DOING = frozenset({PauseReason.MODERATOR, PauseReason.SERVER_LEFT})
"""What moderators know already, or can no longer be told."""


class Notices:
    """Says it once, at the common pace; what Discord refuses is logged and not tried again."""

    def __init__(self, client: discord.Client, traffic: Traffic, pacer: SendPacer) -> None:
        self._client = client
        self._traffic = traffic
        self._pacer = pacer

    async def warn(self, closed: Closed) -> None:
        """Tell which channel was found closed, why, and what helps; never in that channel itself."""
        where = closed.where
        if where is None or where.server is None or closed.reason in THEIR_OWN_DOING:
            return
        guild = self._client.get_guild(where.server)
        place = next(_find_places(guild, where.channel), None) if guild else None
        if place is None or self._traffic.is_dangerous:
            log.info("nobody can be told that a channel is closed", channel=where.channel)
            return
        try:
            with self._traffic.watching(self._pacer):
                await place.send(say_closed(closed), allowed_mentions=discord.AllowedMentions.none())
        except FAILURES as refusal:
            log.info("the moderators could not be told", channel=where.channel, refusal=repr(refusal))


def _find_places(guild: discord.Guild, closed: int) -> Iterator[discord.TextChannel]:
    """Yield where moderators read what Discord itself tells them, as far as the bot may write there."""
    for channel in (guild.public_updates_channel, guild.safety_alerts_channel, guild.system_channel):
        if channel is not None and channel.id != closed:
            allowed = channel.permissions_for(guild.me)
            if allowed.view_channel and allowed.send_messages:
                yield channel
