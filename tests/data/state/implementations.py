"""What keeps shared state, each ready to be asked. To add one: open it here, and list it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType

import psycopg

from data.model import ReferencePeriod, Release
from data.releases.replication_log import make_step, share
from data.state.cluster import Deed
from data.state.postgresql import PostgresqlState
from data.state.protocol import SharedState
from data.state.sqlite import SqliteState
from data.store import releases
from data.store.database import Database


@dataclass
class Kept:
    """Shared state, and the figures whose releases it knows of."""

    state: SharedState
    figures: Database

    async def publish(self, number: int) -> None:
        """Have it know a published release."""
        moment = datetime.fromtimestamp(number, UTC)
        release = Release(number, moment, f"Release {number}", 2025, ReferencePeriod.YEAR_END)
        async with self.figures.writing() as connection, self.state.beside(connection) as state:
            await releases.add_release(connection, release)
            await share(connection, state, make_step(Deed.PUBLISHED, release))

    async def withdraw(self, number: int) -> None:
        """Have it know that a release is withdrawn."""
        async with self.figures.writing() as connection, self.state.beside(connection) as state:
            (release,) = [each for each in await releases.read_releases(connection) if each.id == number]
            await releases.withdraw_release(connection, number, "digest")
            await share(connection, state, make_step(Deed.WITHDRAWN, release))


@asynccontextmanager
async def open_sqlite(figures: Database, address: str) -> AsyncIterator[SharedState]:
    """In the file of the figures."""
    yield SqliteState(figures)


async def empty_server(address: str) -> None:
    """Leave nothing of what another test kept."""
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as server:
        await server.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


@asynccontextmanager
async def open_postgresql(figures: Database, address: str) -> AsyncIterator[SharedState]:
    """On a server."""
    await empty_server(address)
    async with PostgresqlState(address) as state:
        yield state


Opening = Callable[[Database, str], AbstractAsyncContextManager[SharedState]]

IMPLEMENTATIONS: Mapping[str, Opening] = MappingProxyType(
    {"sqlite": open_sqlite, "postgresql": open_postgresql}
)
