"""Which countries the starter figures name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.model import ALL, OTHER

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite

    from data.model import Release


async def replace_coverage(
    connection: aiosqlite.Connection,
    origins: Iterable[str],
    asylum: Iterable[str],
    every_asylum: Iterable[str],
) -> None:
    """Write down the UNHCR codes of the origins and countries of asylum that are named.

    `every_asylum` are origins for which every country of asylum is named.
    """
    await connection.execute("DELETE FROM coverage")
    await connection.executemany(
        "INSERT INTO coverage (role, code) VALUES (?, ?)",
        [
            *(("origin", code) for code in origins),
            *(("asylum", code) for code in asylum),
            *(("every asylum", code) for code in every_asylum),
        ],
    )


async def is_covered(connection: aiosqlite.Connection, release: Release, origin: str, asylum: str) -> bool:
    """Say whether the release knows this address at all; a full one knows every address.

    A starter release knows the origins and countries of asylum it names, and sums the rest.
    """
    if not release.starter:
        return True
    rows = await connection.execute_fetchall("SELECT role, code FROM coverage")
    named = {(role, code) for role, code in rows}
    known_origin = origin in (ALL, OTHER) or ("origin", origin) in named
    known_asylum = asylum in (ALL, OTHER) or ("asylum", asylum) in named
    return known_origin and (known_asylum or ("every asylum", origin) in named)
