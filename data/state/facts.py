"""Small facts to know again after a restart."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.store.database import Database

CHECKED = "unhcr checked at"
"""When UNHCR was last asked whether it has anything new, in ISO form."""

SHIPPED = "shipped releases"
"""The days of the releases that came with the program and were given to this database, between spaces."""


class Facts:
    """Remembers one text per key in the database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under this key, if anything."""
        async with self._database.reading() as connection:
            rows = list(await connection.execute_fetchall("SELECT value FROM memory WHERE key = ?", (key,)))
        return str(rows[0][0]) if rows else None

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, in place of what was there."""
        async with self._database.writing() as connection:
            await connection.execute(
                "INSERT INTO memory (key, value) VALUES (?, ?)"
                " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (key, value),
            )

    async def forget(self, key: str) -> None:
        """Remember nothing under `key`."""
        async with self._database.writing() as connection:
            await connection.execute("DELETE FROM memory WHERE key = ?", (key,))
