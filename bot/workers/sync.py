"""Sync with UNHCR once a day, for as long as the bot runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from data.errors import AsylumBotError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.sync import Sync

log = structlog.stdlib.get_logger(__name__)

EVERY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


async def keep_synced(sync: Sync, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Probe at the start and daily; after a failure wait 5, 10, 20 … minutes, at most six hours.

    A failure is one sentence in the log: the bot goes on answering from what it has.
    """
    wait = FIRST_WAIT
    while True:
        try:
            synced = await sync.run()
        except AsylumBotError as error:
            log.warning("the sync failed", why=str(error), again_in=str(wait))
            await sleep(wait.total_seconds())
            wait = min(wait * 2, LONGEST_WAIT)
            continue
        wait = FIRST_WAIT
        if synced.imported is None:
            log.info("UNHCR has nothing new")
        elif synced.imported.doubt:
            log.error("a release is in quarantine", why=synced.imported.doubt, act="python -m bot releases")
        else:
            log.info("a release was published", release=synced.imported.release.label)
        await sleep(EVERY.total_seconds())
