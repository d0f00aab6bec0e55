"""A checksum of each part of a release: taken when it is written, and compared with the rows ever after.

SQLite notices a broken structure, but not a digit that has become another on the disk. A part's checksum
is the sum of the hashes of its groups of rows (such as those of one origin), so that nothing depends on
the order in which releases came in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import TYPE_CHECKING

from data.model import Dataset
from data.store.observations import TABLES
from data.store.rollups import COUNTS, OUTCOMES_AT_FIRST

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import aiosqlite

_MODULUS = 1 << 61
_BYTES = 8


class Part(StrEnum):
    """What of a release has a checksum of its own; the values are stored."""

    POPULATION = "population"
    APPLICATIONS = "applications"
    DECISIONS = "decisions"
    RECODINGS = "recodings"
    ROLLUPS = "rollups"
    CHANGES = "changes"
    CHANGE_COUNTS = "change counts"
    DIGEST = "digest"


LEDGER = {
    Part.POPULATION: Dataset.POPULATION,
    Part.APPLICATIONS: Dataset.APPLICATIONS,
    Part.DECISIONS: Dataset.DECISIONS,
}
"""The parts that come from outside; all others are derived from these."""

CHANGES = (Part.CHANGES, Part.CHANGE_COUNTS, Part.DIGEST)
"""The parts that say what a release changed, beside the one before it."""


@dataclass(frozen=True, slots=True)
class Rows:
    """The table in which a part's rows stand, its key besides the release, and its values."""

    table: str
    key: tuple[str, ...]
    values: tuple[str, ...] = ()


ROWS = {
    **{part: Rows(TABLES[d].name, TABLES[d].key, TABLES[d].values) for part, d in LEDGER.items()},
    Part.RECODINGS: Rows("recoding", ('"column"', "old"), ("new",)),
    Part.ROLLUPS: Rows("rollup", ("origin", "asylum", "year", "unit"), (*COUNTS, *OUTCOMES_AT_FIRST)),
    Part.CHANGES: Rows(
        "change", ("asylum", "origin", "year", "unit", "measure"), ("before", "after", "kind")
    ),
    Part.CHANGE_COUNTS: Rows("change_count", ("year", "unit", "kind"), ("changes",)),
    Part.DIGEST: Rows("digest", ("dataset", "kind"), ("figures",)),
}


def _hash(rows: bytes) -> int:
    return int.from_bytes(blake2b(rows, digest_size=_BYTES).digest(), "big") % _MODULUS


def _sum_up(rows: Rows) -> str:
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
