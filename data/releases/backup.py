"""A backup: one state of the whole database in one file, made while it is used, and verified."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.releases.opening import discard
from data.state import scratch_copy
from data.store import checksums, releases
from data.store.database import Database, inspect_file
from data.store.migrations import is_current, list_migrations

if TYPE_CHECKING:
    from pathlib import Path


async def make_backup(path: Path, target: Path) -> int:
    """Copy the database at `path` to `target`, in whose place only a whole and sound copy is put.

    An older backup is replaced; any other file is left alone. The original is only read, so that it may be
    of an older version of this program; then it has no checksums yet, and SQLite alone checks the copy.
    Returns how many releases are published in it. Raises `DatabaseUnusable`.
    """
    await asyncio.to_thread(_inspect, path, target)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        await asyncio.to_thread(discard, new)
        await asyncio.to_thread(scratch_copy.copy_database, path, new)
        async with Database(new, readers=1) as copy, copy.reading_aside() as connection:
            if await is_current(connection, list_migrations()):
                known = [each.id for each in await releases.read_releases(connection)]
                sound = (await checksums.inspect(connection, known)).sound
            else:
                sound = not await checksums.find_faults(connection)
            published = await releases.count_published(connection)
        if not sound:
            raise DatabaseUnusable("backup-of-damaged", path=path, target=target)
        await asyncio.to_thread(_put_in_place, new, target)
    except OSError as error:
        raise DatabaseUnusable("backup-not-written", target=target, why=error.strerror) from error
    finally:
        await asyncio.to_thread(discard, new)
    return published


def _inspect(path: Path, target: Path) -> None:
    inspect_file(path)
    if not path.exists():
        raise DatabaseUnusable("backup-of-nothing", path=path)
    if not target.parent.is_dir():
        raise DatabaseUnusable("backup-folder-missing", folder=target.parent)
    if target.exists():
        if target.samefile(path):
            raise DatabaseUnusable("backup-on-itself", target=target)
        try:
            inspect_file(target)
        except DatabaseUnusable as error:
            raise DatabaseUnusable("backup-on-another-file", target=target) from error


def _put_in_place(new: Path, target: Path) -> None:
    """Write the copy through to the disk, then rename it: whatever happens, one whole file is there."""
    scratch_copy.close_into_one_file(new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(target)
