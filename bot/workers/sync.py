"""Sync with UNHCR once a day, for as long as the bot runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from data.errors import AsylumBotError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.sync import Sync, Synced

log = structlog.stdlib.get_logger(__name__)

EVERY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


async def keep_synced(sync: Sync, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Probe at the start and daily; after a failure wait 5, 10, 20 … minutes, at most six hours.

    A failure is one sentence in the log: the bot goes on answering from what it has.
    """
    wait = FIRST_WAIT
    while True:
        if await _succeeds(sync, again_in=wait):
            wait = FIRST_WAIT
            await sleep(EVERY.total_seconds())
        else:
            await sleep(wait.total_seconds())
            wait = min(wait * 2, LONGEST_WAIT)


async def _succeeds(sync: Sync, *, again_in: timedelta) -> bool:
    try:
        synced = await sync.run()
    except AsylumBotError as error:
        log.warning("the sync failed", why=str(error), again_in=str(again_in))
        return False
    except Exception:
        log.exception("the sync broke, which is a fault of the program", again_in=str(again_in))
        return False
    _tell(synced)
    return True


def _tell(synced: Synced) -> None:
    if synced.notes_fault:
        log.warning("UNHCR's notes were not all taken; those kept before stay", why=synced.notes_fault)
    if synced.imported is None:
        log.info("UNHCR has nothing new")
    elif synced.imported.doubt:
        log.error("a release is in quarantine", why=synced.imported.doubt, act="python -m bot releases")
    else:
        log.info("a release was published", release=synced.imported.release.label)
