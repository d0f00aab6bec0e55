"""Files beside the database that one process at a time may hold; the system frees them when it ends."""

from __future__ import annotations

import errno
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from filelock import AsyncFileLock, Timeout

from data.errors import DatabaseUnusable, NotNow

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

_SYNC, _BOT = "sync-lock", "bot-lock"
_PASSING = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EMFILE, errno.ENFILE, errno.ENOMEM})
"""Why a file cannot be made for the moment; whatever else it is, somebody has to change it."""


@asynccontextmanager
async def hold_sync(database: Path) -> AsyncIterator[None]:
    """Be the only one who syncs; raises `NotNow`, and `DatabaseUnusable` where nothing can be written."""
    async with _hold(_find(database, _SYNC), NotNow("sync-is-running")):
        yield


@asynccontextmanager
async def hold_bot(database: Path) -> AsyncIterator[None]:
    """Be the only one who answers and delivers from this database; raises what `hold_sync` does."""
    async with _hold(_find(database, _BOT), NotNow("bot-is-running", path=database)):
        yield


async def is_bot_running(database: Path) -> bool:
    """Say whether somebody holds the database as its bot; leaves no file behind."""
    if not _find(database, _BOT).exists():
        return False
    try:
        async with hold_bot(database):
            return False
    except (NotNow, DatabaseUnusable) as error:
        return error.code == "bot-is-running"


def _find(database: Path, suffix: str) -> Path:
    path = database.resolve()  # a link leads to the same database as the file itself
    return path.with_name(f"{path.name}.{suffix}")


@asynccontextmanager
async def _hold(path: Path, taken: NotNow) -> AsyncIterator[None]:
    lock = AsyncFileLock(path, timeout=0)
    try:
        await lock.acquire()
    except Timeout as error:
        raise taken from error
    except OSError as error:
        why = error.strerror or str(error)
        if error.errno in _PASSING:
            raise NotNow("lock-not-made-now", path=path, why=why) from error
        raise DatabaseUnusable("lock-not-made", path=path, why=why) from error
    try:
        yield
    finally:
        await lock.release()
