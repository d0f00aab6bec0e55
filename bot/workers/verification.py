"""Verify at the start and once a week that the figures are still those that were published."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from data.errors import AsylumBotError
from data.releases.verification import find_damage

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.store.damage import Inspection
    from data.store.database import Database

log = structlog.stdlib.get_logger(__name__)

FIRST_WAIT = timedelta(seconds=15)
"""Whoever asks first after a start need not share the disk with what reads everything."""

EVERY = timedelta(days=7)
REMEDY = "stop the bot, run “python -m bot verify”, start it again"


async def keep_verified(
    database: Database, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Go on for as long as the bot runs; the same damage is told once."""
    told: Inspection | None = None
    await sleep(FIRST_WAIT.total_seconds())
    while True:
        try:
            found = await find_damage(database)
        except AsylumBotError as error:
            log.error("the figures cannot be verified", why=str(error), act=REMEDY)  # noqa: TRY400 - a sentence
        except Exception:
            log.exception("the verification broke, which is a fault of the program")
        else:
            if not found.sound and found != told:
                _tell(found)
            told = found
        await sleep(EVERY.total_seconds())


def _tell(found: Inspection) -> None:
    parts = [f"{each.part.value} of release {each.release}" for each in found.damaged]
    log.error(
        "the disk has changed figures since they were published; every answer from them says so",
        damaged=parts,
        faults=list(found.faults),
        act=REMEDY,
    )
