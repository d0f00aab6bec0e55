"""Shared state in SQLite, in the file of the figures. What each method does is said in the protocol."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from data.state.sqlite.outbox import SqliteOutbox
from data.state.sqlite.subscriptions import SqliteSubscriptions
from data.state.sqlite.superseded import SqliteMarks

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from data.state.protocol import StateTransaction
    from data.store.database import Connection, Database


class SqliteTransaction(SqliteSubscriptions, SqliteOutbox, SqliteMarks):
    """A transaction of the database; whoever opened it commits it."""

    async def forget_channels(self) -> None:
        for table in ("ageing", "delivery", "absence", "subscription"):  # as rows refer to others
            await self._connection.execute(f"DELETE FROM {table}")


class SqliteState:
    """Shared state in the file of the figures: a transaction of the one is a transaction of the other."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[StateTransaction]:
        async with self._database.reading() as connection:
            yield SqliteTransaction(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[StateTransaction]:
        async with self._database.writing() as connection:
            yield SqliteTransaction(connection)

    @asynccontextmanager
    async def beside(self, figures: Connection) -> AsyncIterator[StateTransaction]:
        yield SqliteTransaction(figures)

    async def recall(self, key: str) -> str | None:
        async with self._database.reading() as connection:
            rows = list(await connection.execute_fetchall("SELECT value FROM memory WHERE key = ?", (key,)))
        return str(rows[0][0]) if rows else None

    async def remember(self, key: str, value: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute(
                "INSERT INTO memory (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    async def forget(self, key: str) -> None:
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM memory WHERE key = ?", (key,))
