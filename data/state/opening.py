"""Which implementation keeps shared state, which is chosen here alone, and how another takes it over."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable, NotNow
from data.state.sql.key_values import KeyValues
from data.state.sqlite import SqliteState

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

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


async def move(source: SharedState, target: SharedState, own: Sequence[str]) -> dict[str, int]:
    """Copy every row but the `own` facts of a file, then remove them; return how many there were by table.

    What was cut off between both is gone on with. Raises `NotNow` where the target holds anything else.
    """
    async with source.reading() as state:
        rows, last = await state.read_rows(own), await state.read_last_number()
    async with target.writing() as state:
        there = await state.read_rows(own)
        if there != rows:
            if any(there.values()):
                raise NotNow("state-not-empty")
            await state.add_rows(rows)
        await state.note_last_number(last)
    async with source.writing() as state:
        await state.remove_rows(own)
    return {table: len(found) for table, found in rows.items()}
