"""Shared state as statements that SQLite and PostgreSQL take; the protocol says what each method does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.state.sql.key_values import KeyValues
from data.state.sql.outbox import Deliveries
from data.state.sql.rows import KeptRows
from data.state.sql.subscriptions import Subscriptions
from data.state.sql.superseded import Marks

if TYPE_CHECKING:
    from contextlib import AbstractAsyncContextManager

    from data.state.cluster import Step


class Transaction(Subscriptions, Deliveries, Marks, KeyValues, KeptRows):
    """A transaction of a database; whoever opened it commits it."""

    async def read_clock(self) -> datetime:
        return datetime.now(UTC)

    async def share_step(self, step: Step, known: int) -> int:  # noqa: ARG002
        """Nobody is to be told where the releases themselves are in the same file."""
        return 0

    async def read_last_number(self) -> int:
        rows = await self._connection.execute_fetchall(
            "SELECT seq FROM sqlite_sequence WHERE name = 'subscription'"
        )
        return next((int(last) for (last,) in rows), 0)

    async def note_last_number(self, number: int) -> None:
        await self._connection.execute("DELETE FROM sqlite_sequence WHERE name = 'subscription'")
        await self._connection.execute(
            "INSERT INTO sqlite_sequence (name, seq) VALUES ('subscription', ?)", (number,)
        )

    async def forget_channels(self) -> None:
        for table in ("ageing", "delivery", "absence", "subscription"):  # as rows refer to others
            await self._connection.execute(f"DELETE FROM {table}")


class SqlState(ABC):
    """Shared state in a database that takes these statements."""

    def clock(self) -> datetime:
        return datetime.now(UTC)

    @abstractmethod
    def reading(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend one state of it, to be read."""

    @abstractmethod
    def writing(self) -> AbstractAsyncContextManager[Transaction]:
        """Lend it to be changed: kept on success, as it was before on any failure."""

    async def recall(self, key: str) -> str | None:
        async with self.reading() as transaction:
            return await transaction.recall(key)

    async def remember(self, key: str, value: str) -> None:
        async with self.writing() as transaction:
            await transaction.remember(key, value)

    async def forget(self, key: str) -> None:
        async with self.writing() as transaction:
            await transaction.forget(key)
