"""Releases that look implausible, or were withdrawn: kept whole beside the ledger, with what was wrong."""

from __future__ import annotations

import json
import lzma
from dataclasses import asdict
from typing import TYPE_CHECKING

from data.doubt import Doubt, Side, Why
from data.model import Dataset, RevisionKind, RowFault, Unread
from data.store.releases import add_release

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import aiosqlite

    from data.model import Release, Row

    Unreadable = Mapping[Dataset, Iterable[Unread]]


PLACES = "places"
"""The part that is no dataset."""


class Kept:
    """A release that was put aside, offered as any other source of one."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        self.parts = parts

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        """Yield the rows of one dataset, as they were parsed; `last_year` was checked then."""
        del last_year
        return unpack(self.parts.get(dataset.value) or pack(()))

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        for row in unpack(self.parts[PLACES]):
            if isinstance(row, tuple):
                code, iso3, name = row
                yield str(code), None if iso3 is None else str(iso3), str(name)


def pack(rows: Iterable[Iterable[object] | Unread]) -> bytes:
    """Compress rows, one JSON array a line; what could not be read is an object."""
    return compress(
        "\n".join(
            json.dumps(asdict(row) if isinstance(row, Unread) else list(row), separators=(",", ":"))
            for row in rows
        )
    )


def compress(lines: str) -> bytes:
    """Compress rows that are written already."""
    return lzma.compress(lines.encode(), preset=1)


def unpack(packed: bytes) -> Iterator[Row | Unread]:
    """Read back what `pack` wrote."""
    for line in lzma.decompress(packed).decode().splitlines():
        row = json.loads(line)
        if isinstance(row, dict):
            key = row.get("key")
            yield Unread(row["line"], RowFault(row["fault"]), row["cell"], row["text"], key and tuple(key))
        else:
            yield tuple(row)


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


_CODES = {"dataset": Dataset, "kind": RevisionKind, "side": Side}


async def keep_unread(connection: aiosqlite.Connection, release: int, unread: Unreadable) -> None:
    """Keep the rows of a release that could not be read."""
    await fill_unread(
        connection,
        [
            (release, dataset.value, each.line, each.fault.value, each.cell, each.text)
            for dataset, rows in unread.items()
            for each in rows
        ],
    )


async def fill_unread(connection: aiosqlite.Connection, lines: Iterable[Sequence[object]]) -> None:
    """Write those of several releases at once, as they stand in the table."""
    await connection.executemany(
        "INSERT INTO unread (release, dataset, line, fault, cell, text) VALUES (?, ?, ?, ?, ?, ?)", lines
    )


async def read_unread_table(connection: aiosqlite.Connection) -> Iterable[aiosqlite.Row]:
    """Return the whole table: release, dataset, line, fault, cell, text."""
    return await connection.execute_fetchall("SELECT release, dataset, line, fault, cell, text FROM unread")


async def read_unread(connection: aiosqlite.Connection) -> dict[int, dict[Dataset, list[Unread]]]:
    """Return all rows that could not be read, by release and dataset."""
    found: dict[int, dict[Dataset, list[Unread]]] = {}
    for release, dataset, line, fault, cell, text in await connection.execute_fetchall(
        "SELECT release, dataset, line, fault, cell, text FROM unread ORDER BY release, dataset, line"
    ):
        rows = found.setdefault(release, {}).setdefault(Dataset(dataset), [])
        rows.append(Unread(line, RowFault(fault), cell, text))
    return found


async def put_in(
    connection: aiosqlite.Connection,
    release: Release,
    digest: str | None,
    doubt: Doubt,
    parts: Mapping[str, bytes],
) -> None:
    """Put a release in quarantine: its parts, why, and which of its rows could not be read."""
    kept = Kept(parts)
    unread = {
        dataset: [row for row in kept.rows(dataset, release.newest_year) if isinstance(row, Unread)]
        for dataset in Dataset
    }
    await add_release(connection, release, state="quarantined", digest=digest)
    await connection.execute(
        "INSERT INTO doubt (release, why, parameters) VALUES (?, ?, ?)", (release.id, *write_doubt(doubt))
    )
    await keep_unread(connection, release.id, unread)
    await keep(connection, release.id, parts)


def write_doubt(doubt: Doubt) -> tuple[str, str]:
    """Write why a release was not published, and its parameters as JSON."""
    parameters = {name: value for name, value in asdict(doubt).items() if name != "why" and value is not None}
    return doubt.why.value, json.dumps(parameters)


async def read_doubts(connection: aiosqlite.Connection) -> dict[int, Doubt]:
    """Return why releases were not published, as far as that is known."""
    rows = await connection.execute_fetchall("SELECT release, why, parameters FROM doubt")
    return {release: read_doubt(why, parameters) for release, why, parameters in rows}


def read_doubt(why: str, written: str) -> Doubt:
    """Read back what `write_doubt` wrote."""
    parameters = json.loads(written)
    for name, code in _CODES.items():
        if name in parameters:
            parameters[name] = code(parameters[name])
    return Doubt(Why(why), **parameters)
