"""One SQLite file: many readers, one writer lane.

Every read sees one state of the file (a deferred transaction in WAL mode); every write is one
`BEGIN IMMEDIATE` … `COMMIT` on the only connection that writes.
"""

from __future__ import annotations

import asyncio
import sqlite3
import stat
from contextlib import AsyncExitStack, asynccontextmanager
from typing import TYPE_CHECKING, Self

import aiosqlite

from data.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

Connection = aiosqlite.Connection
"""What reads and writes are given; only the store runs SQL on it."""

APPLICATION_ID = 0x4153594C
"""Marks our files ("ASYL" in ASCII), so that another program's database is never touched."""

_HEADER = b"SQLite format 3\x00"


def inspect_file(path: Path) -> None:
    """Refuse a file that cannot be ours, without opening it as a database.

    Raises `DatabaseUnusable`. A missing file is fine: it is the first start.
    """
    if not path.exists():
        if not path.parent.is_dir():
            raise DatabaseUnusable(
                f"There is no folder {path.parent}; create it, or set DATABASE_PATH elsewhere."
            )
        return
    if not path.is_file():
        raise DatabaseUnusable(f"{path} is not a file; set DATABASE_PATH to a file.")
    if path.stat().st_size == 0:
        raise DatabaseUnusable(f"{path} is empty, not a database; delete it or set DATABASE_PATH elsewhere.")
    try:
        with path.open("rb") as file:
            header = file.read(len(_HEADER))
    except OSError as error:
        raise DatabaseUnusable(f"{path} cannot be read ({error.strerror}); check its permissions.") from error
    if header != _HEADER:
        raise DatabaseUnusable(f"{path} is not an SQLite database; set DATABASE_PATH to another file.")
    # Root may write to a file that says it is read-only: honour the mark all the same.
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise DatabaseUnusable(f"{path} is read-only; make it writable or set DATABASE_PATH to another file.")


class Database:
    """Hands out connections to the file at `path`, which it creates when missing."""

    def __init__(self, path: Path, *, readers: int = 3) -> None:
        self.path = path
        self._size = readers
        self._readers: asyncio.Queue[aiosqlite.Connection] = asyncio.Queue()
        self._writing = asyncio.Lock()
        self._writer: aiosqlite.Connection
        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        inspect_file(self.path)
        try:
            self._writer = await self._connect("PRAGMA journal_mode = WAL")
            for _ in range(self._size):
                self._readers.put_nowait(await self._connect("PRAGMA query_only = ON"))
        except sqlite3.DatabaseError as error:
            await self._open.aclose()
            raise DatabaseUnusable(
                f"{self.path} cannot be used as a database ({error});"
                " check the file, its folder and the disk."
            ) from error
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._open.aclose()

    async def _connect(self, *settings: str) -> aiosqlite.Connection:
        connection = await self._open.enter_async_context(aiosqlite.connect(self.path, isolation_level=None))
        for setting in (
            "PRAGMA busy_timeout = 5000",
            "PRAGMA foreign_keys = ON",
            "PRAGMA synchronous = NORMAL",
            "PRAGMA temp_store = MEMORY",
            *settings,
        ):
            await connection.execute_fetchall(setting)
        return connection

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[aiosqlite.Connection]:
        """Lend a connection whose statements all see the same state."""
        connection = await self._readers.get()
        try:
            await connection.execute("BEGIN")
            yield connection
        finally:
            await connection.rollback()
            self._readers.put_nowait(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[aiosqlite.Connection]:
        """Lend the writer: committed on success, rolled back on any failure."""
        async with self._writing:
            await self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                await self._writer.rollback()
                raise
            await self._writer.commit()

    async def run_script(self, sql: str) -> None:
        """Run a whole script as one transaction."""
        async with self._writing:
            try:
                await self._writer.executescript(f"BEGIN IMMEDIATE;\n{sql}\nCOMMIT;")
            except BaseException:
                await self._writer.rollback()
                raise
