"""The releases that are kept, and which of them answers for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Period, Release

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

_COLUMNS = "id, label, newest_year, period"


async def add_release(
    connection: aiosqlite.Connection, release: Release, *, state: str = "published", digest: str | None = None
) -> None:
    """Write a release down; one that is not published has a `digest`, so that the same is recognised."""
    await connection.execute(
        "INSERT INTO release (id, label, newest_year, period, digest, state) VALUES (?, ?, ?, ?, ?, ?)",
        (release.id, release.label, release.newest_year, release.period.value, digest, state),
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
    """List the published releases, oldest first; while they stay as they are, so does every figure."""
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM release WHERE state = 'published' ORDER BY id"
    )
    return tuple(_make_release(*row) for row in rows)


async def add_places(connection: aiosqlite.Connection, places: Iterable[tuple[str, str | None, str]]) -> None:
    """Keep the countries as UNHCR names them now: (UNHCR code, ISO code or None, name)."""
    await connection.executemany(
        "INSERT INTO place (code, iso3, name) VALUES (?, ?, ?)"
        " ON CONFLICT (code) DO UPDATE SET iso3 = excluded.iso3, name = excluded.name",
        places,
    )


async def read_places(connection: aiosqlite.Connection) -> tuple[tuple[str, str | None, str], ...]:
    """List the countries that releases brought: (UNHCR code, ISO code or None, name)."""
    rows = await connection.execute_fetchall("SELECT code, iso3, name FROM place ORDER BY code")
    return tuple((code, iso3, name) for code, iso3, name in rows)


def _make_release(number: int, label: str, year: int, period: str) -> Release:
    return Release(number, datetime.fromtimestamp(number, UTC), label, year, Period(period))
