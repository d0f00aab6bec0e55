"""Shared state in PostgreSQL, for a bot whose servers and subscriptions shall outlive the machine it runs on.

`psycopg` comes with the extra “postgresql” and is imported by this module alone.
"""

from __future__ import annotations

import re
from contextlib import asynccontextmanager, contextmanager
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Self

import psycopg
from psycopg_pool import AsyncConnectionPool

from data.errors import DatabaseUnusable
from data.state.sql import SqlState, Transaction

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
    from contextlib import AbstractAsyncContextManager

    from data.store.database import Connection

SCHEMA = 1
_TABLES = files("data.state") / "postgresql.sql"
_WRITER = 0x4153594C
"""Whoever writes holds this lock until the transaction ends, as SQLite lets one write at a time."""
_CONNECTIONS = 4
PATIENCE = 10.0
"""Seconds to wait for a connection before saying that there is none."""


@lru_cache(maxsize=200)
def _translate(sql: str) -> str:
    """Write `?` and `:name` as psycopg wants them; no statement has either in a text of its own."""
    return re.sub(r":([a-z]\w*)", r"%(\1)s", sql).replace("?", "%s")


class _Statements:
    """A connection that takes statements as SQLite's does."""

    def __init__(self, connection: psycopg.AsyncConnection[Sequence[Any]]) -> None:
        self._connection = connection

    async def execute(self, sql: str, parameters: Any = None, /) -> None:
        await self._connection.execute(_translate(sql), parameters)

    async def execute_fetchall(self, sql: str, parameters: Any = None, /) -> list[Sequence[Any]]:
        cursor = await self._connection.execute(_translate(sql), parameters)
        return await cursor.fetchall()

    async def executemany(self, sql: str, parameters: Iterable[Any], /) -> None:
        async with self._connection.cursor() as cursor:
            await cursor.executemany(_translate(sql), parameters)


@contextmanager
def _failures_in_words() -> Iterator[None]:
    """Turn what the server or the way to it does wrong into `DatabaseUnusable`."""
    try:
        yield
    except psycopg.OperationalError as error:
        raise DatabaseUnusable("state-unreachable", why=str(error).splitlines()[0]) from error


class _Transaction(Transaction):
    """The releases are not here, but which there are and which are withdrawn."""

    async def note_release(self, number: int, *, withdrawn: bool = False) -> None:
        await self._connection.execute(
            "INSERT INTO release (id, state) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (number, "withdrawn" if withdrawn else "published"),
        )


class PostgresqlState(SqlState):
    """Shared state at an address like `postgresql://bot@host/asylum`; open it with `async with`.

    Raises `DatabaseUnusable` where PostgreSQL cannot be reached or its tables are a newer program's.
    """

    def __init__(self, address: str) -> None:
        self._pool = AsyncConnectionPool(
            address, min_size=1, max_size=_CONNECTIONS, timeout=PATIENCE, open=False
        )

    async def __aenter__(self) -> Self:
        try:
            with _failures_in_words():
                await self._pool.open(wait=True, timeout=PATIENCE)
            await self._prepare()
        except BaseException:
            await self._pool.close()
            raise
        return self

    async def __aexit__(self, *exc: object) -> None:
        await self._pool.close()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with self._connect() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield _Transaction(_Statements(connection))

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with self._connect() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            yield _Transaction(_Statements(connection))

    def beside(self, figures: Connection) -> AbstractAsyncContextManager[Transaction]:  # noqa: ARG002
        # Kept when the block ends, and so before the figures: what is owed of a release waits for it.
        return self.writing()

    @asynccontextmanager
    async def _connect(self) -> AsyncIterator[psycopg.AsyncConnection[Sequence[Any]]]:
        """Lend a connection in a transaction: committed on success, rolled back on any failure."""
        with _failures_in_words():
            async with self._pool.connection() as connection:
                yield connection

    async def _prepare(self) -> None:
        """Make the tables where there are none."""
        async with self._connect() as connection:
            await connection.execute("SELECT pg_advisory_xact_lock(%s)", (_WRITER,))
            await connection.execute("CREATE TABLE IF NOT EXISTS schema_version (version integer NOT NULL)")
            cursor = await connection.execute("SELECT version FROM schema_version")
            (version,) = await cursor.fetchone() or (0,)
            if version > SCHEMA:
                raise DatabaseUnusable("state-is-newer", schema=version, known=SCHEMA)
            if not version:
                await connection.execute(_TABLES.read_bytes())
                await connection.execute("INSERT INTO schema_version VALUES (%s)", (SCHEMA,))
