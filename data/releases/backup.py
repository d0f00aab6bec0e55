"""A backup: one state of the whole database in one file, made while it is used, and verified."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.releases.verification import read_full
from data.startup import discard
from data.store import damage, scratch
from data.store.database import Database, inspect_file

if TYPE_CHECKING:
    from pathlib import Path

    from data.model import Release


async def make_backup(path: Path, target: Path) -> list[Release]:
    """Copy the database at `path` to `target`, in whose place only a whole and sound copy is put.

    An older backup is replaced; any other file is left alone. Returns the releases in the copy. Raises
    `DatabaseUnusable`.
    """
    await asyncio.to_thread(_inspect, path, target)
    new = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        await asyncio.to_thread(discard, new)
        await asyncio.to_thread(scratch.copy_database, path, new)
        async with Database(new, readers=1) as copy, copy.reading_aside() as connection:
            kept = await read_full(connection)
            found = await damage.inspect(connection, [each.id for each in kept])
        if not found.sound:
            raise DatabaseUnusable(
                f"{path} is damaged, and {target} was left as it is; run “python -m bot verify” first."
            )
        await asyncio.to_thread(_put_in_place, new, target)
    except OSError as error:
        raise DatabaseUnusable(
            f"{target} cannot be written ({error.strerror}); choose another place for the backup."
        ) from error
    finally:
        await asyncio.to_thread(discard, new)
    return kept


def _inspect(path: Path, target: Path) -> None:
    inspect_file(path)
    if not target.parent.is_dir():
        raise DatabaseUnusable(f"There is no folder {target.parent}; create it, or choose another place.")
    if target.exists():
        if target.samefile(path):
            raise DatabaseUnusable(f"{target} is the database itself; choose another place for the backup.")
        inspect_file(target)


def _put_in_place(new: Path, target: Path) -> None:
    """Write the copy through to the disk, then rename it: whatever happens, one whole file is there."""
    scratch.close_into_one_file(new)
    with new.open("rb") as file:
        os.fsync(file.fileno())
    new.replace(target)
