"""What a release said, whole, in temporary tables: there it is compared with what is kept."""

from __future__ import annotations

import asyncio
import hashlib
import sqlite3
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.store import quarantine
from data.store.observations import TABLES, any_value, insert

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    import aiosqlite

    from data.model import Dataset, Row, Unread


async def receive(
    connection: aiosqlite.Connection, dataset: Dataset, rows: Iterable[Row | Unread]
) -> tuple[int, list[Unread]]:
    """Put a release's rows of one dataset into a temporary table; return how many, and what is unreadable.

    Raises `BadRelease` when two rows have one address.
    """
    table = TABLES[dataset]
    columns = table.key + table.values
    await connection.execute(f"DROP TABLE IF EXISTS temp.incoming_{table.name}")
    await connection.execute(
        f"CREATE TEMP TABLE incoming_{table.name}"
        f" ({', '.join(columns)}, PRIMARY KEY ({', '.join(table.key)})) WITHOUT ROWID"
    )
    # A failure undoes all: no need to keep a journal of each statement, which would cost more than it does.
    into = f"INSERT OR FAIL INTO incoming_{table.name} VALUES"
    unread: list[Unread] = []
    try:
        await insert(connection, into, f"({', '.join('?' * len(columns))})", _sift(rows, unread))
    except sqlite3.IntegrityError as error:
        raise BadRelease("rows-twice", dataset=dataset) from error
    ((count,),) = await connection.execute_fetchall(f"SELECT count(*) FROM incoming_{table.name}")
    return int(count), unread


def _sift(rows: Iterable[Row | Unread], unread: list[Unread]) -> Iterator[Row]:
    """Yield the rows, and put what is none into `unread`."""
    for each in rows:
        if isinstance(each, tuple):
            yield each
        else:
            unread.append(each)


async def recall(connection: aiosqlite.Connection, dataset: Dataset, release: int) -> None:
    """Put what a kept release said into the temporary table, as if it had just been received."""
    table = TABLES[dataset]
    key, values = ", ".join(table.key), ", ".join(table.values)
    await receive(connection, dataset, ())
    await connection.execute(
        f"INSERT INTO incoming_{table.name} ({key}, {values}) SELECT {key}, {values}"
        f" FROM (SELECT {key}, max(release), {values} FROM {table.name} WHERE release <= ? GROUP BY {key})"
        f" WHERE {any_value(table)} IS NOT NULL",
        (release,),
    )


async def pack(connection: aiosqlite.Connection, dataset: Dataset) -> bytes:
    """Compress the rows of a temporary table, as `quarantine.pack` does."""
    table = TABLES[dataset]
    columns = ", ".join(table.key + table.values)
    ((lines,),) = await connection.execute_fetchall(
        f"SELECT group_concat(json_array({columns}), char(10)) FROM incoming_{table.name}"
    )
    return await asyncio.to_thread(quarantine.compress, lines or "")


async def find_newest_year(connection: aiosqlite.Connection) -> int:
    """Return the newest year in what was received."""
    years = " UNION ALL ".join(f"SELECT max(year) AS year FROM incoming_{t.name}" for t in TABLES.values())
    ((newest_year,),) = await connection.execute_fetchall(f"SELECT max(year) FROM ({years})")
    return int(newest_year)


async def digest(connection: aiosqlite.Connection) -> str:
    """Return the SHA-256 of what was received in whatever order; rows without a value say nothing."""
    hashed = hashlib.sha256()

    def add(text: str) -> None:
        hashed.update(text.encode())

    for dataset, table in TABLES.items():
        line = " || ',' || ".join(f"coalesce({column}, '-')" for column in table.key + table.values)
        ((text,),) = await connection.execute_fetchall(
            f"SELECT group_concat({line}, char(10)) FROM (SELECT * FROM incoming_{table.name}"
            f" WHERE {any_value(table)} IS NOT NULL ORDER BY {', '.join(table.key)})"
        )
        if text is None and dataset.may_lack:
            continue
        await asyncio.to_thread(add, f"{table.name}\n{text}\n")
    return hashed.hexdigest()


async def discard(connection: aiosqlite.Connection, dataset: Dataset) -> None:
    """Drop the temporary table of the received rows."""
    await connection.execute(f"DROP TABLE temp.incoming_{TABLES[dataset].name}")
