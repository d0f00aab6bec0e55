"""Mark old messages whose key figure a later release gives otherwise: slowly, and as well as can be."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import structlog

from bot.alerts.pace import FAILURES
from bot.replies.alert import mark
from bot.sentences import say
from data.errors import AsylumBotError
from data.state.model import MarkReason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.alerts.pace import SendPacer
    from bot.discord.traffic import Traffic
    from data.alerts.news import Superseded
    from data.alerts.superseded import SupersededAlerts

log = structlog.stdlib.get_logger(__name__)

AT_ONCE = 5
POLL = 30.0
_FINAL = frozenset({403, 404})


class SupersededMarker:
    """Edits the bot's own old messages, one after the other."""

    def __init__(
        self,
        client: discord.Client,
        superseded_alerts: SupersededAlerts,
        traffic: Traffic,
        pacer: SendPacer,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._superseded = superseded_alerts
        self._traffic = traffic
        self._pacer = pacer
        self._sleep = sleep

    async def run(self) -> None:
        """Mark messages for as long as the bot runs."""
        while True:
            if not await self.run_once():
                await self._sleep(POLL)

    async def run_once(self) -> int:
        """Mark a few messages that are due, and return how many were tried."""
        if self._traffic.is_dangerous:
            return 0
        try:
            due = await self._superseded.claim(AT_ONCE)
            for each in due:
                with self._traffic.watching(self._pacer):
                    await self._mark(each)
        except AsylumBotError as error:
            log.warning("old messages cannot be marked now; it will be tried again", why=say(error))
            return 0
        except Exception:
            log.exception("marking old messages broke, which is a fault of the program")
            return 0
        return len(due)

    async def _mark(self, each: Superseded) -> None:
        try:
            # One that is not known, as another process's, need not be asked for: the message says what it is.
            known = self._client.get_channel(each.channel)
            channel = known or self._client.get_partial_messageable(each.channel)
            if not isinstance(channel, discord.abc.Messageable):
                await self._superseded.settle_failed(each, MarkReason.TAKES_NO_MESSAGES, final=True)
                return
            message = await channel.fetch_message(each.message)
            if message.author != self._client.user:
                await self._superseded.settle_failed(each, MarkReason.NOT_OURS, final=True)
                return
            text = mark(message.content, each)
            if text != message.content:
                await message.edit(content=text, allowed_mentions=discord.AllowedMentions.none())
            await self._superseded.settle_marked(each)
        except discord.HTTPException as error:
            detail = f"{error.status} {error.code}"
            await self._superseded.settle_failed(
                each, MarkReason.REFUSED, detail, final=error.status in _FINAL
            )
        except FAILURES as error:
            await self._superseded.settle_failed(each, MarkReason.NETWORK, type(error).__name__, final=False)
