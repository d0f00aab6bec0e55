"""Countries that a release is the first to name: known from the start, and as soon as one comes in."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from data.errors import AsylumBotError
from data.model import Country
from data.store.countries import read_countries

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.countries import Atlas
    from data.store.database import Database

log = structlog.stdlib.get_logger(__name__)

EVERY = timedelta(seconds=2)
"""Another process may publish a release at any time."""


async def learn_names(database: Database, atlas: Atlas) -> None:
    """Teach the atlas every country that a release brought."""
    async with database.reading() as connection:
        places = await read_countries(connection)
    # Where there is a new one, all names are indexed anew, which takes a while.
    await asyncio.to_thread(
        atlas.learn, [Country(code, iso3, None, name, name) for code, iso3, name in places]
    )


async def keep_named(
    database: Database, atlas: Atlas, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
) -> None:
    """Go on learning for as long as the bot runs."""
    while True:
        await sleep(EVERY.total_seconds())
        try:
            await learn_names(database, atlas)
        except AsylumBotError as error:
            log.warning("the countries cannot be read; it is tried again", why=str(error))
