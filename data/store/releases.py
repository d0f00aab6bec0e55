"""The releases that are kept, and which of them answers for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Period, Release

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

_COLUMNS = "id, label, newest_year, period, starter"


async def add_release(connection: aiosqlite.Connection, release: Release, digest: str) -> None:
    """Write a release down; a full one takes the place of a starter release of the same moment."""
    await connection.execute(
        "INSERT INTO release (id, label, newest_year, period, starter, digest) VALUES (?, ?, ?, ?, ?, ?)"
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
        ),
    )


async def forget_starters(connection: aiosqlite.Connection) -> None:
    """Remove the releases that only the starter figures knew."""
    await connection.execute("DELETE FROM release WHERE starter")


async def read_releases(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List the published releases, oldest first."""
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM release WHERE state = 'published' ORDER BY id"
    )
    return tuple(
        Release(number, datetime.fromtimestamp(number, UTC), label, year, Period(period), bool(starter))
        for number, label, year, period, starter in rows
    )


async def read_digest(connection: aiosqlite.Connection, release: int) -> str | None:
    """Return the digest of a release's content."""
    rows = list(await connection.execute_fetchall("SELECT digest FROM release WHERE id = ?", (release,)))
    return str(rows[0][0]) if rows else None


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
