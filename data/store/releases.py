"""The releases that are kept, and which of them answers for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Period, Release
from data.store.memory import STARTER

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

_COLUMNS = "id, label, newest_year, period, starter"


async def add_release(
    connection: aiosqlite.Connection, release: Release, *, state: str = "published", digest: str | None = None
) -> None:
    """Write a release down; a full one takes the place of a starter release of the same moment.

    `digest` is that of a release which is not published, so that the same is recognised.
    """
    await connection.execute(
        "INSERT INTO release (id, label, newest_year, period, starter, digest, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET label = excluded.label, newest_year = excluded.newest_year,"
        " period = excluded.period, starter = excluded.starter, digest = excluded.digest"
        " WHERE release.starter AND NOT excluded.starter",
        (
            release.id,
            release.label,
            release.newest_year,
            release.period.value,
            int(release.starter),
            digest,
            state,
        ),
    )


async def remove_release(connection: aiosqlite.Connection, release: int) -> None:
    """Remove a release that has no figures in the ledger: one that was quarantined."""
    await connection.execute("DELETE FROM release WHERE id = ?", (release,))


async def withdraw_release(connection: aiosqlite.Connection, release: int, digest: str) -> None:
    """Note that a release is published no more, and by which digest the same is recognised."""
    await connection.execute(
        "UPDATE release SET state = 'withdrawn', digest = ? WHERE id = ?", (digest, release)
    )


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
    return tuple((_make_release(*row[:5]), row[5], row[6]) for row in rows)


async def forget_starters(connection: aiosqlite.Connection) -> None:
    """Remove the releases that only the starter figures knew."""
    await connection.execute("DELETE FROM release WHERE starter")


async def read_releases(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List the published releases, oldest first."""
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM release WHERE state = 'published' ORDER BY id"
    )
    return tuple(_make_release(*row) for row in rows)


async def read_state(connection: aiosqlite.Connection) -> tuple[tuple[Release, ...], str | None]:
    """List the published releases, oldest first, and say which starter figures are kept, by their digest.

    While both stay as they are, so does every published figure.
    """
    rows = list(
        await connection.execute_fetchall(
            f"SELECT {_COLUMNS}, (SELECT value FROM memory WHERE key = ?) FROM release"
            " WHERE state = 'published' ORDER BY id",
            (STARTER,),
        )
    )
    return tuple(_make_release(*row[:5]) for row in rows), rows[0][5] if rows else None


async def add_places(
    connection: aiosqlite.Connection,
    places: Iterable[tuple[str, str | None, str]],
    *,
    newest: bool = True,
) -> None:
    """Keep the countries of a release: (UNHCR code, ISO code or None, name).

    The newest release names them as UNHCR does now; an older one only those that have no name yet.
    """
    named = "UPDATE SET iso3 = excluded.iso3, name = excluded.name" if newest else "NOTHING"
    await connection.executemany(
        f"INSERT INTO place (code, iso3, name) VALUES (?, ?, ?) ON CONFLICT (code) DO {named}", places
    )


async def read_places(connection: aiosqlite.Connection) -> tuple[tuple[str, str | None, str], ...]:
    """List the countries that releases brought: (UNHCR code, ISO code or None, name)."""
    rows = await connection.execute_fetchall("SELECT code, iso3, name FROM place ORDER BY code")
    return tuple((code, iso3, name) for code, iso3, name in rows)


def _make_release(number: int, label: str, year: int, period: str, starter: int) -> Release:
    return Release(number, datetime.fromtimestamp(number, UTC), label, year, Period(period), bool(starter))
