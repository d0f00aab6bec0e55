"""One SQLite file: many readers, one writer lane.

Every read sees one state of the file (a deferred transaction in WAL mode); every write is one
`BEGIN IMMEDIATE` … `COMMIT` on the only connection that writes.
"""

from __future__ import annotations

import asyncio
import errno
import os
import sqlite3
import stat
from contextlib import AsyncExitStack, asynccontextmanager, closing, contextmanager
from typing import TYPE_CHECKING, Any, Self

import aiosqlite

from data.errors import DatabaseUnusable

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

Connection = aiosqlite.Connection
"""What reads and writes are given; only the store runs SQL on it."""

APPLICATION_ID = 0x4153594C
"""Marks our files ("ASYL" in ASCII), so that another program's database is never touched."""

_HEADER = b"SQLite format 3\x00"
_HEADER_SIZE = 100
_ID_AT = slice(68, 72)
_SETTINGS = (
    "PRAGMA busy_timeout = 60000",  # longer than another process imports a release
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # or else REPLACE would pass by those that keep the ledger
    "PRAGMA synchronous = NORMAL",
    "PRAGMA temp_store = MEMORY",
    "PRAGMA cache_size = -6000",
)
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_UNREADABLE = "Could not decode to UTF-8"
"""What Python says of a text in which a bit has changed."""
_OUTSIDE = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_READONLY,
    }
)
_PASSING = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR})


def may_pass(error: BaseException) -> bool:
    """Say whether what the disk or SQLite refused may succeed later, as where a full disk is emptied."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
    return getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF in _PASSING


@contextmanager
def failures_in_words(path: Path) -> Iterator[None]:
    """Turn what the file, its disk or another process does wrong into `DatabaseUnusable`.

    Faulty SQL stays what it is: a fault of this program.
    """
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in _DAMAGED or _UNREADABLE in str(error):
            raise _damaged(path, str(error)) from error
        if code in _OUTSIDE:
            raise DatabaseUnusable("database-fails", path=path, why=str(error)) from error
        raise


def _damaged(path: Path, how: str) -> DatabaseUnusable:
    if log := _find_log(path):
        return DatabaseUnusable(
            "database-damaged-beside-log", path=path, why=how, log=log.name, shared=f"{path.name}-shm"
        )
    return DatabaseUnusable("database-damaged", path=path, why=how)


def _find_log(path: Path) -> Path | None:
    """Return the log of a database where it holds anything: what it says counts more than the file."""
    log = path.with_name(f"{path.name}-wal")
    return log if log.exists() and log.stat().st_size else None


def is_read_only(path: Path) -> bool:
    """Say whether the file stands where nothing can be written, so that it is as it is for good.

    Raises `DatabaseUnusable` where a log beside it holds what the file lacks: SQLite would have to write to
    read that.
    """
    if not path.exists() or os.access(path.parent, os.W_OK):
        return False
    if log := _find_log(path):
        raise DatabaseUnusable("database-read-only-beside-log", path=path, log=log.name)
    return True


def _write_address(path: Path, mode: str = "immutable=1") -> str:
    """Write where SQLite finds a file; one that is `immutable` it reads without making others beside it."""
    return f"{path.absolute().as_uri()}?{mode}"


def open_file(path: Path) -> sqlite3.Connection:
    """Open a file that is there, for whoever needs no `Database`."""
    return sqlite3.connect(_write_address(path, "immutable=1" if is_read_only(path) else "mode=rw"), uri=True)


def check_file(path: Path) -> None:
    """Refuse a file whose structure is damaged, rather than fail at some later question; reads all of it.

    Where there is a log, nothing is written: it may belong to another file, and closing would write it
    into this one.
    """
    mode = "immutable=1" if is_read_only(path) else "mode=ro" if _find_log(path) else "mode=rw"
    with (
        failures_in_words(path),
        closing(sqlite3.connect(_write_address(path, mode), uri=True)) as connection,
    ):
        ((found,),) = connection.execute("PRAGMA quick_check(1)")
    if found != "ok":
        raise _damaged(path, found.splitlines()[-1])


def inspect_file(path: Path) -> None:
    """Refuse a file that cannot be ours, without writing to it.

    Raises `DatabaseUnusable`. A missing file is fine: it is the first start.
    """
    try:
        _inspect(path)
    except OSError as error:
        raise DatabaseUnusable("database-unreadable", path=path, why=error.strerror) from error


def _inspect(path: Path) -> None:
    log = path.with_name(f"{path.name}-wal")
    # The log first: another process that starts now makes the file before its log.
    if log.exists() and not path.exists():
        raise DatabaseUnusable("log-without-database", log=log)
    if not path.exists():
        if not path.parent.is_dir():
            raise DatabaseUnusable("database-folder-missing", folder=path.parent)
        return
    if not path.is_file():
        raise DatabaseUnusable("database-is-no-file", path=path)
    if path.stat().st_size == 0:
        raise DatabaseUnusable("database-is-empty", path=path)
    with path.open("rb") as file:
        header = file.read(_HEADER_SIZE)
    if not header.startswith(_HEADER):
        raise DatabaseUnusable("database-is-none", path=path)
    if int.from_bytes(header[_ID_AT], "big") != APPLICATION_ID:
        _insist_on_no_content(path)
    # Root may write to a file that says it is read-only: honour the mark all the same.
    if not path.stat().st_mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise DatabaseUnusable("database-is-read-only", path=path)


def _insist_on_no_content(path: Path) -> None:
    """Refuse a file that has another program's tables; `immutable` leaves no log file beside it."""
    with (
        failures_in_words(path),
        closing(sqlite3.connect(_write_address(path), uri=True)) as connection,
    ):
        ((tables,),) = connection.execute("SELECT count(*) FROM sqlite_master")
    if tables:
        raise DatabaseUnusable("database-is-anothers", path=path)


def copy_database(source: Path, target: Path) -> None:
    """Copy one state of the whole file, also while others use it.

    Raises `DatabaseUnusable` where there is no room for it.
    """
    with (
        failures_in_words(target),
        closing(open_file(source)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)


def close_into_one_file(path: Path) -> None:
    """Have the file hold everything by itself: with no log beside it, and opened without one."""
    with failures_in_words(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


class Database:
    """Hands out connections to the file at `path`, which it creates when missing.

    Where nothing can be written, it lends those that read, and `writing` raises `DatabaseUnusable`.
    """

    def __init__(self, path: Path, *, readers: int = 3) -> None:
        self.path = path
        self._size = readers
        # The one given back last is lent next: what it has read lately is still in its cache.
        self._readers: asyncio.LifoQueue[aiosqlite.Connection] = asyncio.LifoQueue()
        self._writing = asyncio.Lock()
        self._writer: aiosqlite.Connection
        self.read_only = False
        self.filling: asyncio.Future[None] | None = None
        """What still finds what releases changed; see `wait_until_whole`."""

        self.shared: Any = None
        """What keeps shared state where that is not in this file; see `data.state.opening`."""

        self._open = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await asyncio.to_thread(inspect_file, self.path)
        self.read_only = await asyncio.to_thread(is_read_only, self.path)
        lasting = () if self.read_only else ("PRAGMA journal_mode = WAL",)
        try:
            with failures_in_words(self.path):
                # The writer holds a whole ledger while it compares a release with it.
                self._writer = await self._connect(*lasting, "PRAGMA cache_size = -6000")
                for _ in range(self._size):
                    self._readers.put_nowait(await self._connect("PRAGMA query_only = ON"))
        except BaseException:
            await self._open.aclose()
            raise
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._open.aclose()

    async def _connect(self, *settings: str) -> aiosqlite.Connection:
        connection = self._connect_to_file()
        try:
            await self._open.enter_async_context(connection)
        except sqlite3.Error:
            # aiosqlite tells the thread to stop and does not wait: it would answer a loop that is closed.
            await asyncio.to_thread(connection._thread.join)  # noqa: SLF001 - it has no other way
            raise
        for setting in (*_SETTINGS, *settings):
            await connection.execute_fetchall(setting)
        return connection

    def _connect_to_file(self) -> aiosqlite.Connection:
        if self.read_only:
            return aiosqlite.connect(_write_address(self.path), uri=True, isolation_level=None)
        return aiosqlite.connect(self.path, isolation_level=None)

    @property
    def is_whole(self) -> bool:
        """Say whether all is there that the releases are known by, also what each changed."""
        return self.filling is None or self.filling.done()

    async def wait_until_whole(self) -> None:
        """Wait until it is; raises what keeps it from that."""
        if self.filling is not None:
            await asyncio.shield(self.filling)

    async def empty_log(self) -> None:
        """Write the log back into the file, which is whole without it then; closing hides a failure.

        Raises `DatabaseUnusable` where there is no room for it.
        """
        with failures_in_words(self.path):
            ((busy, *_),) = await self._writer.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        if busy:
            raise DatabaseUnusable("database-in-use", path=self.path)

    @asynccontextmanager
    async def reading(self, *, whole: bool = False) -> AsyncIterator[aiosqlite.Connection]:
        """Lend a connection whose statements all see the same state; for the `whole`, wait for it.

        Raises `DatabaseUnusable` for what the disk or another process does wrong.
        """
        if whole:
            await self.wait_until_whole()
        connection = await self._readers.get()
        try:
            with failures_in_words(self.path):
                await connection.execute("BEGIN")
                yield connection
        finally:
            try:
                await connection.rollback()
            finally:  # also where whoever asked gives up now: its thread rolls back before all else
                self._readers.put_nowait(connection)

    @asynccontextmanager
    async def reading_aside(self) -> AsyncIterator[aiosqlite.Connection]:
        """Lend a connection of its own for what reads everything: no question waits for it."""
        with failures_in_words(self.path):
            async with self._connect_to_file() as connection:
                for setting in (*_SETTINGS, "PRAGMA query_only = ON", "BEGIN"):
                    await connection.execute_fetchall(setting)
                yield connection

    @asynccontextmanager
    async def writing(self, *, beside: Path | None = None) -> AsyncIterator[aiosqlite.Connection]:
        """Lend the writer: committed on success, rolled back on any failure.

        SQL finds another file `beside` it under that name. Raises `DatabaseUnusable` for what the disk or
        another process does wrong.
        """
        if self.read_only:
            raise DatabaseUnusable("database-on-read-only-disk", path=self.path)
        async with self._writing:
            try:
                with failures_in_words(self.path):
                    if beside:
                        await self._writer.execute("ATTACH ? AS beside", (str(beside),))
                    await self._writer.execute("BEGIN IMMEDIATE")
                    yield self._writer
                    await self._writer.commit()
            except BaseException:
                await self._writer.rollback()
                raise
            finally:
                if beside:
                    await self._writer.execute("DETACH beside")
