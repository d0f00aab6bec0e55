"""Sync with UNHCR once a day, for as long as the bot runs."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.shell.doubts import ACT_ON_REFUSAL, act_on_doubt, describe_doubt, list_unread
from data.errors import AsylumBotError, BadRelease, Unsettled
from data.sync import Refused

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.sync import Sync, Synced

log = structlog.stdlib.get_logger(__name__)

EVERY = timedelta(days=1)
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)


async def keep_synced(sync: Sync, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Probe at the start and daily; after a failure wait 5, 10, 20 … minutes, at most six hours.

    A failure is one sentence in the log: the bot goes on answering from what it has. What UNHCR
    publishes and cannot be taken in is no failure to be mended by trying soon: it waits a day.
    """
    wait = FIRST_WAIT
    told: set[str] = set()
    while True:
        if await _succeeds(sync, told, again_in=wait):
            wait = FIRST_WAIT
            await sleep(EVERY.total_seconds())
        else:
            await sleep(wait.total_seconds())
            wait = min(wait * 2, LONGEST_WAIT)


async def _succeeds(sync: Sync, told: set[str], *, again_in: timedelta) -> bool:
    try:
        synced = await sync.run()
    except Unsettled as error:
        log.warning("the sync failed", why=str(error), again_in=str(again_in))
        return False
    except BadRelease as error:
        _tell_refusal(error, told)
        return True
    except AsylumBotError as error:
        log.warning("the sync failed", why=str(error), again_in=str(again_in))
        return False
    except Exception:
        log.exception("the sync broke, which is a fault of the program", again_in=str(again_in))
        return False
    _tell(synced)
    return True


def _tell_refusal(error: BadRelease, told: set[str]) -> None:
    """Tell the operator once; later only that it is so still."""
    why = str(error)
    if why in told or (isinstance(error, Refused) and error.again):
        log.info("UNHCR's figures are still refused", why=why)
    else:
        log.error("UNHCR's figures were refused", why=why, act=ACT_ON_REFUSAL)
    told.add(why)


def _tell(synced: Synced) -> None:
    if synced.notes_fault:
        log.warning("UNHCR's notes were not all taken; those kept before stay", why=synced.notes_fault)
    for field in synced.unknown:
        log.warning("UNHCR's rows have a field that this program does not know", field=field)
    imported = synced.imported
    if imported is None:
        log.info("UNHCR has nothing new", why=synced.why)
        return
    for row in list_unread(imported.unread):
        log.warning("a row could not be read and was set aside", row=row)
    if imported.doubt:
        log.error(
            "a release is in quarantine",
            why=describe_doubt(imported.doubt),
            act=act_on_doubt(imported.release),
        )
    else:
        log.info("a release was published", release=imported.release.label)
