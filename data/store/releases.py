"""The releases that are kept, and which of them answers for a day."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Dataset, ReferencePeriod, Release

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import aiosqlite

_COLUMNS = "id, label, newest_year, period, damaged"


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


async def mark_damaged(connection: aiosqlite.Connection, numbers: Collection[int]) -> None:
    """Write down of which releases no figure is to be relied on, in place of what was thought before."""
    rows = await connection.execute_fetchall("SELECT id FROM release WHERE damaged ORDER BY id")
    if [number for (number,) in rows] != sorted(numbers):
        listed = ", ".join(str(int(number)) for number in numbers)
        await connection.execute(f"UPDATE release SET damaged = id IN ({listed})")


async def count_published(connection: aiosqlite.Connection) -> int:
    """Say how many releases are published, in a database of whichever version."""
    ((published,),) = await connection.execute_fetchall(
        "SELECT count(*) FROM release WHERE state = 'published'"
    )
    return int(published)


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


async def read_releases(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List the published releases, oldest first; while they stay as they are, so does every figure.

    Where no rollups are made yet, as after a migration that was cut short, there are none.
    """
    return await _read_published(connection, "(summed OR EXISTS (SELECT 1 FROM rollup))")


async def read_unfinished(connection: aiosqlite.Connection) -> tuple[Release, ...]:
    """List those of which something derived from the ledger is still to be made, oldest first."""
    return await _read_published(connection, "NOT summed")


async def _read_published(connection: aiosqlite.Connection, which: str) -> tuple[Release, ...]:
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM release WHERE state = 'published' AND {which} ORDER BY id"
    )
    return tuple(_make_release(*row) for row in rows)


async def note_finished(connection: aiosqlite.Connection, release: int) -> None:
    """Write down that all is made that is derived from what a release says."""
    await connection.execute("UPDATE release SET summed = 1 WHERE id = ?", (release,))


async def note_lacking(connection: aiosqlite.Connection, release: int, datasets: Iterable[Dataset]) -> None:
    """Write down which datasets a release came without, in place of what was thought before."""
    await connection.execute("DELETE FROM lacking WHERE release = ?", (release,))
    await connection.executemany(
        "INSERT INTO lacking (release, dataset) VALUES (?, ?)", [(release, each.value) for each in datasets]
    )


async def read_lacking(connection: aiosqlite.Connection) -> dict[int, frozenset[Dataset]]:
    """Return which datasets the published releases came without; those that have all are left out."""
    rows = await connection.execute_fetchall(
        "SELECT release, dataset FROM lacking JOIN release ON id = release WHERE state = 'published'"
    )
    found: dict[int, frozenset[Dataset]] = {}
    for number, dataset in rows:
        found[number] = found.get(number, frozenset()) | {Dataset(dataset)}
    return found


_WITH = "state = 'published' AND id NOT IN (SELECT release FROM lacking WHERE dataset = ?)"


async def find_following(connection: aiosqlite.Connection, release: int, dataset: Dataset) -> int | None:
    """Return the first published release after this one that has a dataset."""
    rows = await connection.execute_fetchall(
        f"SELECT min(id) FROM release WHERE id > ? AND {_WITH}", (release, dataset.value)
    )
    ((number,),) = rows
    return None if number is None else int(number)


async def is_said_before(connection: aiosqlite.Connection, release: int, dataset: Dataset) -> bool:
    """Say whether a published release before this one has a dataset: else its first figures are no change."""
    rows = await connection.execute_fetchall(
        f"SELECT EXISTS (SELECT 1 FROM release WHERE id < ? AND {_WITH})", (release, dataset.value)
    )
    ((found,),) = rows
    return bool(found)


def _make_release(number: int, label: str, year: int, period: str, damaged: int) -> Release:
    at = datetime.fromtimestamp(number, UTC)
    return Release(number, at, label, year, ReferencePeriod(period), damaged=bool(damaged))
