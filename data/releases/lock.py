"""Files beside the database that one process at a time may hold; the system frees them when it ends."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from filelock import AsyncFileLock, Timeout

from data.errors import NotNow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path


@asynccontextmanager
async def hold_sync(database: Path) -> AsyncIterator[None]:
    """Be the only one who syncs; raises `NotNow`."""
    async with _hold(database, "sync-lock", NotNow("sync-is-running")):
        yield


@asynccontextmanager
async def hold_bot(database: Path) -> AsyncIterator[None]:
    """Be the only one who answers and delivers from this database; raises `NotNow`."""
    async with _hold(database, "bot-lock", NotNow("bot-is-running", path=database)):
        yield


@asynccontextmanager
async def _hold(database: Path, suffix: str, taken: NotNow) -> AsyncIterator[None]:
    # A link leads to the same database as the file itself.
    path = await asyncio.to_thread(database.resolve)
    lock = AsyncFileLock(path.with_name(f"{path.name}.{suffix}"), timeout=0)
    try:
        await lock.acquire()
    except Timeout as error:
        raise taken from error
    except OSError as error:
        why = error.strerror or str(error)
        raise NotNow("lock-not-made", path=lock.lock_file, why=why) from error
    try:
        yield
    finally:
        await lock.release()
