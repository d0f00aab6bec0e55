"""Which codes each release replaced by others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.recodings import COUNTRIES, Recoding

if TYPE_CHECKING:
    from collections.abc import Iterable

    import aiosqlite


async def replace_recodings(
    connection: aiosqlite.Connection, release: int, recodings: Iterable[Recoding]
) -> None:
    """Keep which codes a release replaced, in place of what was thought before."""
    await connection.execute("DELETE FROM recoding WHERE release = ?", (release,))
    await connection.executemany(
        'INSERT INTO recoding (release, "column", old, new) VALUES (?, ?, ?, ?)',
        [(release, each.column, each.old, each.new) for each in recodings],
    )


async def read_recodings(connection: aiosqlite.Connection, release: int) -> tuple[Recoding, ...]:
    """Return which codes a release replaced."""
    rows = await connection.execute_fetchall(
        'SELECT "column", old, new FROM recoding WHERE release = ? ORDER BY 1, 2', (release,)
    )
    return tuple(Recoding(column, old, new) for column, old, new in rows)


async def read_summed(connection: aiosqlite.Connection, release: int) -> frozenset[Recoding]:
    """Return which codes that sums are made by were replaced up to this release."""
    rows = await connection.execute_fetchall(
        "SELECT \"column\", old, new FROM recoding WHERE \"column\" IN ('stage', 'level') AND release <= ?",
        (release,),
    )
    return frozenset(Recoding(column, old, new) for column, old, new in rows)


async def read_recoded_countries(connection: aiosqlite.Connection, release: int) -> frozenset[str]:
    """Return the codes of countries that a release replaced, and those that stand there instead."""
    found = await read_recodings(connection, release)
    return frozenset(code for each in found if each.column in COUNTRIES for code in (each.old, each.new))
