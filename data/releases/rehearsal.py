"""A rehearsal of a publication: a copy of the database in which the newest release is still to come."""

from __future__ import annotations

import asyncio
import os
import shutil
import stat
import sys
import tempfile
import time
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from data.releases.announcements import enqueue
from data.state.opening import state_of
from data.store import releases
from data.store.database import copy_database

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime

    from data.model import Release
    from data.store.database import Database


PREFIX = "asylum-preview-"
LOCK = "in-use"
_AGE = 10.0
"""Seconds after which a copy that is in use surely has its lock."""


@asynccontextmanager
async def open_copy(path: Path) -> AsyncIterator[Path]:
    """Lend a copy of the database, which is gone afterwards; the original is only read.

    A process that is killed leaves its copy behind; the next one removes it.
    """
    await asyncio.to_thread(_discard_left_copies)
    with (
        tempfile.TemporaryDirectory(prefix=PREFIX, ignore_cleanup_errors=True) as folder,
        FileLock(Path(folder, LOCK)),
    ):
        copy = Path(folder, path.name)
        await asyncio.to_thread(copy_database, path, copy)
        yield copy


def _discard_left_copies() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if _is_left(folder):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(folder: Path) -> bool:
    """Say whether a folder is surely ours and nobody's any more: a lock goes with its process."""
    try:
        found = folder.lstat()
        ours = sys.platform == "win32" or found.st_uid == os.geteuid()
        old = time.time() - found.st_mtime > _AGE
        if not (stat.S_ISDIR(found.st_mode) and ours and old and (folder / LOCK).is_file()):
            return False
        with FileLock(folder / LOCK, timeout=0):
            return True
    except (OSError, Timeout):
        return False


async def hold_back(database: Database) -> Release | None:
    """Take the newest release back, and every subscription with it; None where no release is left then."""
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        await state.forget_channels()
        kept = await releases.read_releases(connection)
        if len(kept) < 2:  # noqa: PLR2004 - one to hold back, and one to answer from
            return None
        await releases.change_release(connection, kept[-1], state="quarantined")
        return kept[-1]


async def publish_held(database: Database, release: Release, now: datetime) -> int:
    """Publish what was held back, and owe it to the subscribed channels, in one transaction.

    Returns how many they are.
    """
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        await releases.change_release(connection, release, state="published")
        return await enqueue(connection, state, release, now)
