"""Find out what of the database the disk has changed, and clear a damaged table for what is written anew."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.store.checksums import ROWS, Part, compute_checksum, read_checksums

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    import aiosqlite

SOUND = "ok"
_MOST_FAULTS = 10


@dataclass(frozen=True, slots=True)
class Damage:
    """A part of a release that is not as it was written; `found` is what its rows sum up to now."""

    release: int
    part: Part
    found: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What is damaged; what SQLite itself objects to; and what has no checksum yet, computed now."""

    damaged: tuple[Damage, ...]
    faults: tuple[str, ...]
    unknown: tuple[Damage, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.damaged and not self.faults


async def inspect(connection: aiosqlite.Connection, releases: Sequence[int]) -> Inspection:
    """Compare every part of these releases with its checksum, and have SQLite check the whole file.

    Reads everything: a second or two, in statements of a few hundredths of a second. What cannot be
    read at all raises as SQLite does.
    """
    kept = await read_checksums(connection)
    damaged, unknown = [], []
    for release in releases:
        for part in Part:
            found = Damage(release, part, await compute_checksum(connection, release, part))
            expected = kept.get(release, {}).get(part)
            if expected is None:
                unknown.append(found)
            elif expected != found.found:
                damaged.append(found)
            await asyncio.sleep(0)
    return Inspection(tuple(damaged), await find_faults(connection), tuple(unknown))


async def find_faults(connection: aiosqlite.Connection) -> tuple[str, ...]:
    """Return what SQLite objects to in the file, such as an index that differs from its table."""
    rows = await connection.execute_fetchall(f"PRAGMA integrity_check({_MOST_FAULTS})")
    return tuple(str(found) for (found,) in rows if found != SOUND)


@asynccontextmanager
async def unlocked(connection: aiosqlite.Connection, part: Part) -> AsyncIterator[None]:
    """Let rows of the ledger be deleted meanwhile, which its triggers forbid."""
    triggers = list(
        await connection.execute_fetchall(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (ROWS[part].table,)
        )
    )
    for name, _ in triggers:
        await connection.execute(f"DROP TRIGGER {name}")
    yield
    for _, sql in triggers:
        await connection.execute(sql)


async def keep_rows(connection: aiosqlite.Connection, part: Part, releases: Iterable[int]) -> None:
    """Keep a part's rows of these releases only, in a table built anew.

    A damaged key stands in the wrong place, where no search finds it, but a reading of the whole does.
    """
    table = ROWS[part].table
    numbers = ", ".join(map(str, releases))
    await connection.execute(
        f"CREATE TEMP TABLE sound AS SELECT * FROM {table} NOT INDEXED WHERE release IN ({numbers})"
    )
    await connection.execute(f"DELETE FROM {table}")
    await connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM sound")
    await connection.execute("DROP TABLE temp.sound")


async def rebuild_indexes(connection: aiosqlite.Connection) -> None:
    """Make every index again from its table."""
    await connection.execute("REINDEX")


@asynccontextmanager
async def attempt(connection: aiosqlite.Connection) -> AsyncIterator[Attempt]:
    """Undo what is done meanwhile, unless the attempt is told to keep it; within a transaction."""
    trial = Attempt()
    await connection.execute("SAVEPOINT attempt")
    try:
        yield trial
    finally:
        if not trial.kept:
            await connection.execute("ROLLBACK TO attempt")
        await connection.execute("RELEASE attempt")


@dataclass(slots=True)
class Attempt:
    """Whether what was tried is kept."""

    kept: bool = False
