"""A rehearsal of a publication: a copy of the database in which the newest release is still to come."""

from __future__ import annotations

import asyncio
import tempfile
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from data.alerts.announcements import enqueue
from data.store import releases, scratch

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from data.model import Release
    from data.store.database import Database


@asynccontextmanager
async def lend_copy(path: Path) -> AsyncIterator[Path]:
    """Lend a copy of the database, which is gone afterwards; the original is only read."""
    with tempfile.TemporaryDirectory(prefix="asylum-preview-", ignore_cleanup_errors=True) as folder:
        copy = Path(folder, path.name)
        await asyncio.to_thread(scratch.copy_database, path, copy)
        yield copy


async def hold_back(database: Database) -> Release | None:
    """Take the newest release back, and every subscription with it; None where no release is left then."""
    async with database.writing() as connection:
        await scratch.forget_channels(connection)
        kept = await releases.read_releases(connection)
        if len(kept) < 2:  # noqa: PLR2004 - one to hold back, and one to answer from
            return None
        await releases.change_release(connection, kept[-1], state="quarantined")
        return kept[-1]


async def publish_held(database: Database, release: Release, now: datetime) -> int:
    """Publish what was held back, and owe it to the subscribed channels, in one transaction.

    Returns how many they are.
    """
    async with database.writing() as connection:
        await releases.change_release(connection, release, state="published")
        return await enqueue(connection, release, now)
