"""Send messages on from announcement channels to those who follow them: patiently, apart from delivery."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import discord
import structlog

from bot.workers.refusals import FAILURES
from data.delivery import Publication
from data.errors import AsylumBotError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.workers.pace import Pacer
    from data.alerts.outbox import Outbox
    from data.delivery import Delivery, Sent

log = structlog.stdlib.get_logger(__name__)

_ALREADY = 40033
_LONGEST_WAIT = 2 * 3600.0
"""Seconds: Discord allows ten an hour in one channel."""

_MOST_ATTEMPTS = 5
_PAUSE = 60.0


class Crossposting:
    """Publishes messages, each in a task of its own; what becomes of it is recorded with the delivery."""

    def __init__(
        self,
        client: discord.Client,
        outbox: Outbox,
        pacer: Pacer,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._client = client
        self._outbox = outbox
        self._pacer = pacer
        self._sleep = sleep
        self._tasks: set[asyncio.Task[None]] = set()

    def publish(self, delivery: Delivery, sent: Sent) -> None:
        """Publish a message as soon as Discord lets it be."""
        task = asyncio.create_task(self._publish(delivery, sent), name="crosspost")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _publish(self, delivery: Delivery, sent: Sent) -> None:
        try:
            await self._outbox.note_publication(delivery, *await self._try(sent))
        except AsylumBotError as error:
            log.warning("what became of publishing is not recorded", channel=sent.place, why=str(error))
        except Exception:
            log.exception("publishing broke, which is a fault of the program", channel=sent.place)

    async def _try(self, sent: Sent) -> tuple[Publication, str]:
        channel = self._client.get_channel(sent.place)
        if not isinstance(channel, discord.TextChannel) or not channel.is_news():
            return Publication.NOT_ANNOUNCEMENT, ""
        what, why = Publication.FAILED, ""
        for attempt in range(_MOST_ATTEMPTS):
            wait = _PAUSE * 2**attempt
            try:
                await self._pacer.take_turn()
                await channel.get_partial_message(sent.message).publish()
            except discord.RateLimited as error:
                what, why, wait = Publication.SLOW_DOWN, "", error.retry_after
            except discord.HTTPException as error:
                if error.code == _ALREADY:
                    return Publication.PUBLISHED, ""
                what, why = Publication.FAILED, f"{error.status} {error.code}"
                if error.status in (403, 404):
                    break
            except FAILURES as error:
                what, why = Publication.FAILED, type(error).__name__
            else:
                return Publication.PUBLISHED, ""
            await self._sleep(min(wait, _LONGEST_WAIT))
        log.warning("an alert could not be published", channel=sent.place, what=what.value, why=why)
        return what, why
