"""A backup: one state of the whole database in one verified file, made while it is used, and put back."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.releases.lock import hold_bot, hold_sync
from data.releases.opening import discard
from data.store import checksums, releases
from data.store.database import Database, close_into_one_file, copy_database, inspect_file
from data.store.migrations import is_current, list_migrations

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from datetime import datetime
    from pathlib import Path


async def make_backup(path: Path, target: Path) -> int:
    """Copy the database at `path` to `target`, in whose place only a whole and sound copy is put.

    An older backup is replaced; any other file is left alone. The original is only read, so that it may be
    of an older version of this program; then it has no checksums yet, and SQLite alone checks the copy.
    Returns how many releases are published in it. Raises `DatabaseUnusable`.
    """
    await asyncio.to_thread(_inspect, path, target)
    damaged = DatabaseUnusable("backup-of-damaged", path=path, target=target)
    async with _copied(path, target, damaged) as (new, published):
        await asyncio.to_thread(_put_in_place, new, target)
    return published


async def restore_backup(backup: Path, path: Path, now: datetime) -> tuple[int, Path | None]:
    """Put a sound copy of `backup` in the place of the database at `path`, which is kept beside it.

    Returns how many releases are published in it, and where the database of before is, with its log.
    Raises `DatabaseUnusable`, and `NotNow` while a bot runs on the database.
    """
    path = await asyncio.to_thread(path.resolve)  # what a link leads to is replaced, not the link
    await asyncio.to_thread(_inspect_backup, backup, path)
    damaged = DatabaseUnusable("restore-of-damaged", path=backup, target=path)
    async with hold_bot(path), hold_sync(path), _copied(backup, path, damaged) as (new, published):
        kept = await asyncio.to_thread(_put_aside, path, f"{now:%Y%m%d-%H%M%S}")
        await asyncio.to_thread(_put_in_place, new, path)
    return published, kept


@asynccontextmanager
async def _copied(path: Path, target: Path, damaged: DatabaseUnusable) -> AsyncIterator[tuple[Path, int]]:
    """Lend a whole and sound copy beside `target`, with how many releases are published in it."""
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        await asyncio.to_thread(discard, new)
        await asyncio.to_thread(new.touch)  # else SQLite would say no more than that it cannot open it
        await asyncio.to_thread(copy_database, path, new)
        async with Database(new, readers=1) as copy, copy.reading_aside() as connection:
            if await is_current(connection, list_migrations()):
                known = [each.id for each in await releases.read_releases(connection)]
                sound = (await checksums.inspect(connection, known)).sound
            else:
                sound = not await checksums.find_faults(connection)
            published = await releases.count_published(connection)
        if not sound:
            raise damaged
        yield new, published
    except OSError as error:
        raise DatabaseUnusable("backup-not-written", target=target, why=error.strerror) from error
    finally:
        await asyncio.to_thread(discard, new)


def _inspect(path: Path, target: Path) -> None:
    """Refuse to copy what is no database, or to where no backup of it may be."""
    inspect_file(path)
    if not path.exists():
        raise DatabaseUnusable("backup-of-nothing", path=path)
    if not target.parent.is_dir():
        raise DatabaseUnusable("backup-folder-missing", folder=target.parent)
    if target.exists():
        _insist_on_two(path, target)
        try:
            inspect_file(target)
        except DatabaseUnusable as error:
            raise DatabaseUnusable("backup-on-another-file", target=target) from error


def _inspect_backup(backup: Path, path: Path) -> None:
    """Refuse to restore what is no backup, or to where no database can be; whatever is there is kept."""
    if not backup.exists():
        raise DatabaseUnusable("restore-of-nothing", path=backup)
    try:
        inspect_file(backup)
    except DatabaseUnusable as error:
        raise DatabaseUnusable("restore-of-no-backup", path=backup) from error
    if not path.parent.is_dir():
        raise DatabaseUnusable("database-folder-missing", folder=path.parent)
    if path.exists():
        _insist_on_two(backup, path)


def _insist_on_two(path: Path, target: Path) -> None:
    if target.samefile(path):
        raise DatabaseUnusable("backup-on-itself", target=target)


def _put_in_place(new: Path, target: Path) -> None:
    """Write the copy through to the disk, then rename it: whatever happens, one whole file is there."""
    close_into_one_file(new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(target)


def _put_aside(path: Path, moment: str) -> Path | None:
    """Keep what is at `path` under another name as well, with the log that belongs to it.

    The log goes first: beside another file it would be written into that one.
    """
    kept = path.with_name(f"{path.name}.{moment}")
    moved = False
    for suffix in ("-wal", "-shm"):
        part = path.with_name(f"{path.name}{suffix}")
        if part.exists():
            part.rename(kept.with_name(f"{kept.name}{suffix}"))
            moved = True
    if path.exists():
        try:
            os.link(path, kept)
        except OSError:  # a file system without hard links
            path.rename(kept)
        moved = True
    return kept if moved else None
