"""The releases that are kept, and which of them answers for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Period, Release

if TYPE_CHECKING:
    import aiosqlite

_COLUMNS = "id, label, newest_year, period"


async def add_release(
    connection: aiosqlite.Connection,
    release: Release,
    *,
    state: str = "published",
    digest: str | None = None,
    summed: bool = True,
) -> None:
    """Write a release down; one that is not published has a `digest`, so that the same is recognised."""
    await connection.execute(
        "INSERT INTO release (id, label, newest_year, period, digest, state, summed)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (release.id, release.label, release.newest_year, release.period.value, digest, state, summed),
    )


async def remove_release(connection: aiosqlite.Connection, release: int) -> None:
    """Remove a release that has no figures in the ledger: one that was quarantined."""
    await connection.execute("DELETE FROM release WHERE id = ?", (release,))


async def change_release(connection: aiosqlite.Connection, release: Release, *, state: str) -> None:
    """Overrule what was inferred of a release: its label and period; or decide on its state."""
    await connection.execute(
        "UPDATE release SET label = ?, period = ?, state = ? WHERE id = ?",
        (release.label, release.period.value, state, release.id),
    )


async def read_states(connection: aiosqlite.Connection) -> dict[int, str]:
    """Return the state of every release by its number, the unpublished ones among them."""
    rows = await connection.execute_fetchall("SELECT id, state FROM release ORDER BY id")
    return {int(number): str(state) for number, state in rows}


async def read_doubted(connection: aiosqlite.Connection) -> tuple[tuple[Release, str, str], ...]:
    """List the releases that are not published: each with its state and digest, oldest first."""
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS}, state, digest FROM release WHERE state <> 'published' ORDER BY id"
    )
    return tuple((_make_release(*row[:4]), row[4], row[5]) for row in rows)


async def read_releases(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List the published releases, oldest first; while they stay as they are, so does every figure.

    One whose rollups are still to be made is not among them.
    """
    return await _read_published(connection, summed=True)


async def read_unsummed(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List the published releases whose rollups are still to be made, oldest first."""
    return await _read_published(connection, summed=False)


async def _read_published(connection: aiosqlite.Connection, *, summed: bool) -> tuple[Release, ...]:
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM release WHERE state = 'published' AND summed = ? ORDER BY id", (summed,)
    )
    return tuple(_make_release(*row) for row in rows)


async def note_summed(connection: aiosqlite.Connection, release: int) -> None:
    """Write down that the rollups of a release are made."""
    await connection.execute("UPDATE release SET summed = 1 WHERE id = ?", (release,))


def _make_release(number: int, label: str, year: int, period: str) -> Release:
    return Release(number, datetime.fromtimestamp(number, UTC), label, year, Period(period))
