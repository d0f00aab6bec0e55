"""Releases that look implausible, or were withdrawn: kept whole beside the ledger, for the operator."""

from __future__ import annotations

import json
import lzma
from typing import TYPE_CHECKING

from data.model import Dataset

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    import aiosqlite

    from data.unhcr.parse import Row

PLACES = "places"
"""The part that is no dataset."""


class Kept:
    """A release that was put aside, offered as any other source of one."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self._parts = parts

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        """Yield the rows of one dataset, as they were parsed; `last_year` was checked then."""
        del last_year
        return unpack(self._parts[dataset.value])

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        for code, iso3, name in unpack(self._parts[PLACES]):
            yield str(code), None if iso3 is None else str(iso3), str(name)


def pack(rows: Iterable[Iterable[object]]) -> bytes:
    """Compress rows, one JSON array a line."""
    return compress("\n".join(json.dumps(list(row), separators=(",", ":")) for row in rows))


def compress(lines: str) -> bytes:
    """Compress rows that are written already."""
    return lzma.compress(lines.encode(), preset=1)


def unpack(packed: bytes) -> Iterator[Row]:
    """Read back what `pack` wrote."""
    for line in lzma.decompress(packed).decode().splitlines():
        yield tuple(json.loads(line))


async def keep(connection: aiosqlite.Connection, release: int, parts: Mapping[str, bytes]) -> None:
    """Keep the packed parts of a release: one per dataset, and `places`."""
    await connection.executemany(
        "INSERT OR REPLACE INTO quarantine (release, part, rows) VALUES (?, ?, ?)",
        [(release, part, packed) for part, packed in parts.items()],
    )


async def read_kept(connection: aiosqlite.Connection, release: int) -> Kept:
    """Return the rows of a release that was put aside; they go when the release does."""
    rows = await connection.execute_fetchall(
        "SELECT part, rows FROM quarantine WHERE release = ?", (release,)
    )
    return Kept({str(part): bytes(packed) for part, packed in rows})
