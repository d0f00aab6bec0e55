"""A checksum of each part of a release, and what of the database the disk has changed since."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from data.model import Dataset
from data.store.observations import TABLES
from data.store.rollups import COUNTS, OUTCOMES_AT_FIRST

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Sequence

    import aiosqlite


_MODULUS = 1 << 61
_BYTES = 8


class Part(StrEnum):
    """What of a release has a checksum of its own; the values are stored."""

    POPULATION = "population"
    APPLICATIONS = "applications"
    DECISIONS = "decisions"
    SOLUTIONS = "solutions"
    RECODINGS = "recodings"
    ROLLUPS = "rollups"
    CHANGES = "changes"
    CHANGE_COUNTS = "change counts"
    DIGEST = "digest"


LEDGER = {
    Part.POPULATION: Dataset.POPULATION,
    Part.APPLICATIONS: Dataset.APPLICATIONS,
    Part.DECISIONS: Dataset.DECISIONS,
    Part.SOLUTIONS: Dataset.SOLUTIONS,
}
"""The parts that come from outside; all others are derived from these."""

CHANGES = (Part.CHANGES, Part.CHANGE_COUNTS, Part.DIGEST)
"""The parts that say what a release changed, beside the one before it."""


@dataclass(frozen=True, slots=True)
class PartRows:
    """The table in which a part's rows stand, its key besides the release, and its values."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...] = ()


ROWS = {
    **{part: PartRows(TABLES[d].name, TABLES[d].key, TABLES[d].values) for part, d in LEDGER.items()},
    Part.RECODINGS: PartRows("recoding", ('"column"', "old"), ("new",)),
    Part.ROLLUPS: PartRows("rollup", ("origin", "asylum", "year", "unit"), (*COUNTS, *OUTCOMES_AT_FIRST)),
    Part.CHANGES: PartRows(
        "change", ("asylum", "origin", "year", "unit", "measure"), ("before", "after", "kind")
    ),
    Part.CHANGE_COUNTS: PartRows("change_count", ("year", "unit", "kind"), ("changes",)),
    Part.DIGEST: PartRows("digest", ("dataset", "kind"), ("figures",)),
}


def _hash(rows: bytes) -> int:
    return int.from_bytes(blake2b(rows, digest_size=_BYTES).digest(), "big") % _MODULUS


def _sum_up(rows: PartRows) -> str:
    """Return the SQL for the hashes of a release's groups of rows.

    `NOT INDEXED` reads the table itself: whether its indexes say the same is for SQLite to check.
    """
    columns = (*rows.key, *rows.values)
    line = f"printf('{','.join(['%s'] * len(columns))}', {', '.join(columns)})"
    return (
        f"SELECT checksum(CAST({rows.key[0]} || char(10) || group_concat({line}, char(10)) AS BLOB))"
        f" FROM (SELECT * FROM {rows.table} NOT INDEXED WHERE release = ?"
        f" ORDER BY {', '.join(rows.key)}) GROUP BY {rows.key[0]}"
    )


_SUMS = {part: _sum_up(rows) for part, rows in ROWS.items()}


async def compute_checksum(connection: aiosqlite.Connection, release: int, part: Part) -> int:
    """Return what the rows of a part sum up to now."""
    await connection.create_function("checksum", 1, _hash, deterministic=True)
    hashes = await connection.execute_fetchall(_SUMS[part], (release,))
    return sum(int(value) for (value,) in hashes) % _MODULUS


async def write_checksums(
    connection: aiosqlite.Connection, releases: Iterable[int], parts: Sequence[Part] = tuple(Part)
) -> None:
    """Take what these releases say now for right; within the transaction that wrote it."""
    for release in releases:
        found = {part: await compute_checksum(connection, release, part) for part in parts}
        await keep_checksums(connection, release, found, replace=True)


async def digest_figures(connection: aiosqlite.Connection) -> str:
    """Return a digest of all that the published releases say: equal on two hosts that answer the same."""
    rows = [
        await connection.execute_fetchall("SELECT release, part, value FROM checksum ORDER BY 1, 2"),
        await connection.execute_fetchall("SELECT id, label, period, state FROM release ORDER BY 1"),
    ]
    return blake2b(
        repr([[tuple(row) for row in each] for each in rows]).encode(), digest_size=_BYTES
    ).hexdigest()


async def forget_checksums(connection: aiosqlite.Connection, release: int) -> None:
    """Remove those of a release that is not published any more."""
    await connection.execute("DELETE FROM checksum WHERE release = ?", (release,))


async def keep_checksums(
    connection: aiosqlite.Connection, release: int, found: dict[Part, int], *, replace: bool
) -> None:
    """Keep checksums that were computed, in place of those that are there, or only where none is."""
    either = "REPLACE" if replace else "IGNORE"
    await connection.executemany(
        f"INSERT OR {either} INTO checksum (release, part, value) VALUES (?, ?, ?)",
        [(release, part.value, value) for part, value in found.items()],
    )


async def read_checksums(connection: aiosqlite.Connection) -> dict[int, dict[Part, int]]:
    """Return the checksums that are kept, by release; of a part that nobody knows, none."""
    rows = await connection.execute_fetchall("SELECT release, part, value FROM checksum ORDER BY 1, 2")
    kept: dict[int, dict[Part, int]] = {}
    known = {part.value: part for part in Part}
    for release, part, value in rows:
        if part in known:
            kept.setdefault(release, {})[known[part]] = value
    return kept


SOUND = "ok"
_MAX_FAULTS = 10


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
    rows = await connection.execute_fetchall(f"PRAGMA integrity_check({_MAX_FAULTS})")
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
