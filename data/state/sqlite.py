"""Shared state in SQLite, in the file of the figures."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from data.state.sql import SqlState, Transaction

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from data.store.database import Connection, Database


class SqliteState(SqlState):
    """A transaction of the figures is one of the shared state, and each release is there for both."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[Transaction]:
        async with self._database.reading() as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[Transaction]:
        async with self._database.writing() as connection:
            yield Transaction(connection)

    @asynccontextmanager
    async def beside(self, figures: Connection) -> AsyncIterator[Transaction]:
        yield Transaction(figures)

    reading_beside = beside
