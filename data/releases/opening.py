"""Open the database, and build it from the releases that come with the program when there is none yet."""

from __future__ import annotations

import asyncio
import os
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.releases.installation import finish, install
from data.releases.replication import follow
from data.sources.shipped import Shipped
from data.state.opening import open_state
from data.store.database import Database, check_file, failures_in_words, inspect_file, may_pass
from data.store.migrations import list_migrations, migrate
from data.store.packed_rollups import keep_packed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from pathlib import Path

PREPARED = "-rollups"
GIVES_WAY = timedelta(seconds=2)
"""For so long a first start leaves the processor to the first question, where nobody waits for the whole."""


@asynccontextmanager
async def open_database(
    path: Path,
    *,
    whole: bool = True,
    shipped: Shipped | None = None,
    to_repair: bool = False,
    address: str | None = None,
) -> AsyncIterator[Database]:
    """Lend the database at `path`, up to date in schema and with the shipped releases.

    With an `address`, shared state is kept there, and for the `whole` every step of other hosts is taken.

    Where nothing can be written it is lent as it is. Every release answers at once. What each changed is
    still to be found at the first start, and is waited for where the `whole` is wanted; otherwise that goes
    on meanwhile, and `Database.wait_until_whole` waits for it. Raises `DatabaseUnusable` with a
    sentence; a file that is not ours is never written to, and one whose structure is damaged is lent only
    `to_repair` it. What sums over groups rest on is packed at the end, if it is not.
    """
    shipped = shipped or Shipped()
    await asyncio.to_thread(inspect_file, path)
    if not await asyncio.to_thread(path.exists):
        await _build(path, shipped)
    elif not to_repair:
        await asyncio.to_thread(check_file, path)
    async with Database(path) as database, open_state(database, address):
        if database.read_only:
            await migrate(database, list_migrations())  # which refuses what is of another version
            yield database
            return
        await _bring_up_to_date(database, shipped)
        after = timedelta(0) if whole else GIVES_WAY
        database.filling = asyncio.create_task(finish(database, shipped, after=after))
        try:
            if whole:
                await database.wait_until_whole()
                await follow(database)
            yield database
            if not to_repair:
                with suppress(DatabaseUnusable):  # whoever needs it then reads what it is made of
                    await keep_packed(database)
        finally:
            database.filling.cancel()
            await asyncio.wait({database.filling})


async def _bring_up_to_date(database: Database, shipped: Shipped, prepared: Path | None = None) -> None:
    await migrate(database, list_migrations())
    with failures_in_words(database.path):
        await install(database, shipped, prepared)


async def _build(path: Path, shipped: Shipped) -> None:
    """Build beside the place and move there whole, so that a crash leaves no half database."""
    scratch = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        # In a container every start may have the same number, and the last one may have been killed.
        await asyncio.to_thread(discard, scratch)
        prepared = await asyncio.to_thread(_lay_beside, scratch, shipped.rollups)
        async with Database(scratch, readers=1) as database:
            await _bring_up_to_date(database, shipped, prepared)
            await database.empty_log()  # only the file itself is moved
        await asyncio.to_thread(_publish, scratch, path)
    except (OSError, DatabaseUnusable) as error:
        cause = error.__cause__ or error
        why = cause.strerror if isinstance(cause, OSError) else cause
        if may_pass(cause):
            raise DatabaseUnusable("database-not-created-now", path=path, why=why) from error
        raise DatabaseUnusable("database-not-created", path=path, why=why) from error
    finally:
        await asyncio.to_thread(discard, scratch)


def _lay_beside(scratch: Path, read: Callable[[], bytes | None]) -> Path | None:
    """Put the rollups that are ready beside the database that is to take them, if there are any."""
    content, prepared = read(), scratch.with_name(f"{scratch.name}{PREPARED}")
    if content is None:
        return None
    prepared.write_bytes(content)
    return prepared


def _publish(scratch: Path, path: Path) -> None:
    try:
        os.link(scratch, path)
    except FileExistsError:
        return  # another process was quicker; its file is as good
    except OSError:  # a file system without hard links
        if not path.exists():
            scratch.rename(path)


def discard(scratch: Path) -> None:
    """Remove a database and whatever files were put beside it."""
    for suffix in ("", "-wal", "-shm", "-journal", PREPARED):
        file = scratch.with_name(scratch.name + suffix)
        if file.exists():  # else a disk that is read-only would refuse
            file.unlink(missing_ok=True)
