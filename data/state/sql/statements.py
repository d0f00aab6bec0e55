"""What runs the statements: a connection of SQLite, or one that takes them as SQLite does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Iterable, Sequence


class Statements(Protocol):
    """A connection on which a transaction is open."""

    def execute(self, sql: str, parameters: Any = None, /) -> Awaitable[Any]:
        """Run a statement of which no row is wanted."""
        ...

    def execute_fetchall(self, sql: str, parameters: Any = None, /) -> Awaitable[Iterable[Sequence[Any]]]:
        """Run a statement and return its rows."""
        ...

    def executemany(self, sql: str, parameters: Iterable[Any], /) -> Awaitable[Any]:
        """Run a statement once with each of these values."""
        ...
