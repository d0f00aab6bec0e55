"""Which implementation keeps shared state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.state.sqlite import SqliteState

if TYPE_CHECKING:
    from data.state.protocol import SharedState
    from data.store.database import Database


def state_of(database: Database) -> SharedState:
    """Return the shared state that goes with a database of figures; here alone it is chosen what keeps it."""
    return SqliteState(database)
