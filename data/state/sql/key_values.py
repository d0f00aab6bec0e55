"""Facts that are remembered under a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.state.sql.statements import Statements


class KeyValues:
    """What is remembered, a text under each key."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under this key, if anything."""
        rows = list(await self._connection.execute_fetchall("SELECT value FROM memory WHERE key = ?", (key,)))
        return str(rows[0][0]) if rows else None

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, in place of what was there."""
        await self._connection.execute(
            "INSERT INTO memory (key, value) VALUES (?, ?)"
            " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )

    async def forget(self, key: str) -> None:
        """Remember nothing under `key`."""
        await self._connection.execute("DELETE FROM memory WHERE key = ?", (key,))
