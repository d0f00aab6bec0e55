"""A copy of the database to try things on, and how it forgets whom the original would tell."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from data.store.database import failures_in_words, open_file

if TYPE_CHECKING:
    from pathlib import Path

    import aiosqlite

_OUTBOX = ("ageing", "delivery", "absence", "subscription")
"""What belongs to real channels; in the order in which rows refer to others."""


def copy_database(source: Path, target: Path) -> None:
    """Copy one state of the whole file, also while others use it.

    Raises `DatabaseUnusable` where there is no room for it.
    """
    with (
        failures_in_words(target),
        closing(open_file(source)) as original,
        closing(sqlite3.connect(target)) as copy,
    ):
        original.backup(copy)


def close_into_one_file(path: Path) -> None:
    """Have the file hold everything by itself: with no log beside it, and opened without one."""
    with failures_in_words(path), closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


async def forget_channels(connection: aiosqlite.Connection) -> None:
    """Remove every subscription, and what was or is to be sent for one."""
    for table in _OUTBOX:
        await connection.execute(f"DELETE FROM {table}")
