"""Countries as each release names them: a row where it does so otherwise than the release before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    import aiosqlite

    Named = Mapping[str, tuple[str | None, str | None]]
    """ISO code and name by UNHCR's code; a country without a name is listed no more."""

_NOBODY = (None, None)


async def record_countries(
    connection: aiosqlite.Connection,
    release: int,
    places: Iterable[tuple[str, str | None, str]],
    following: int | None,
) -> int:
    """Keep (UNHCR code, ISO code or None, name) of a release; return how many it names otherwise.

    The `following` release, if there is one, goes on naming them as it did. A source that lists none has
    them as they were.
    """
    after = {} if following is None else await _read_named(connection, following)
    before = await _read_named(connection, release - 1)
    now = {code: (iso3, name) for code, iso3, name in places} or before
    await _write(connection, release, _compare(before, now))
    if following is not None:
        await _write(connection, following, _compare(now, after))
    return len(_compare(before, now))


async def retract_countries(connection: aiosqlite.Connection, release: int, following: int | None) -> None:
    """Remove how a release named them; the `following` one goes on naming them as it did."""
    after = {} if following is None else await _read_named(connection, following)
    await _write(connection, release, {})
    if following is not None:
        await _write(connection, following, _compare(await _read_named(connection, release), after))


async def fill_countries(
    connection: aiosqlite.Connection, lines: Iterable[tuple[str, int, str | None, str | None]]
) -> None:
    """Write what several releases say at once: code, release, ISO code, name, as it stands in the table."""
    await connection.executemany("INSERT INTO country (code, release, iso3, name) VALUES (?, ?, ?, ?)", lines)


async def read_countries_ledger(connection: aiosqlite.Connection) -> Iterable[aiosqlite.Row]:
    """Return the whole table: code, release, ISO code, name."""
    return await connection.execute_fetchall("SELECT code, release, iso3, name FROM country")


async def read_countries_of(
    connection: aiosqlite.Connection, release: int
) -> tuple[tuple[str, str | None, str], ...]:
    """List the countries as one release names them."""
    named = await _read_named(connection, release)
    return tuple((code, iso3, name) for code, (iso3, name) in named.items() if name is not None)


async def read_countries(connection: aiosqlite.Connection) -> tuple[tuple[str, str | None, str], ...]:
    """List (UNHCR code, ISO code or None, name) of the countries that releases brought, as named last."""
    rows = await connection.execute_fetchall(
        "SELECT code, iso3, name, max(release) FROM country"
        " WHERE name IS NOT NULL GROUP BY code ORDER BY code"
    )
    return tuple((code, iso3, name) for code, iso3, name, _ in rows)


def _compare(before: Named, now: Named) -> Named:
    codes = sorted({*before, *now})
    named = {code: now.get(code, _NOBODY) for code in codes}
    return {code: each for code, each in named.items() if each != before.get(code, _NOBODY)}


async def _read_named(connection: aiosqlite.Connection, release: int) -> Named:
    rows = await connection.execute_fetchall(
        "SELECT code, iso3, name, max(release) FROM country WHERE release <= ? GROUP BY code", (release,)
    )
    return {code: (iso3, name) for code, iso3, name, _ in rows if name is not None}


async def _write(connection: aiosqlite.Connection, release: int, named: Named) -> None:
    await connection.execute("DELETE FROM country WHERE release = ?", (release,))
    await fill_countries(connection, [(code, release, iso3, name) for code, (iso3, name) in named.items()])
