"""Which implementation keeps shared state; here alone that is chosen."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.state.sql.key_values import KeyValues
from data.state.sqlite import SqliteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from data.state.protocol import ClusterState, SharedState
    from data.store.database import Connection, Database


def state_of(database: Database) -> SharedState:
    """Return the shared state that goes with a database of figures: in its own file, unless it was opened."""
    return cluster_of(database) or SqliteState(database)


def cluster_of(database: Database) -> ClusterState | None:
    """Return the state that several hosts share; None where this one is alone."""
    state: ClusterState | None = database.shared
    return state


def state_in_file(database: Database) -> SharedState:
    """Return the state in the file of figures, also where another one was opened."""
    return SqliteState(database)


def facts_of(connection: Connection) -> KeyValues:
    """Return what is remembered of a file of figures itself, wherever shared state is kept."""
    return KeyValues(connection)


@asynccontextmanager
async def open_state(database: Database, address: str | None) -> AsyncIterator[None]:
    """Have the state at this address go with the database; without one, it is in the file.

    Raises `DatabaseUnusable` where it cannot be reached, or what speaks to it is not installed.
    """
    if address is None:
        yield
        return
    try:
        from data.state.postgresql import PostgresqlState
    except ImportError as error:
        raise DatabaseUnusable("state-without-driver") from error
    async with PostgresqlState(address) as state:
        database.shared = state
        try:
            yield
        finally:
            database.shared = None
