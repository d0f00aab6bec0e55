"""Announce a release: owe it to every channel that is subscribed, and see which old messages it overtakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.measures import measure
from data.store import figures, old_messages, outbox
from data.store.releases import read_releases

if TYPE_CHECKING:
    from datetime import datetime

    from data.model import Release
    from data.store.database import Connection


async def enqueue(connection: Connection, release: Release, now: datetime) -> int:
    """Owe `release` to every channel that is subscribed, inside the caller's transaction; once.

    Returns how many they are: none where a newer release is kept. Its figures must be summed already.
    """
    if (await read_releases(connection))[-1].id > release.id:
        return 0
    owed = await outbox.enqueue(connection, release.id, now)
    await _find_overtaken(connection, release, now)
    return owed


async def _find_overtaken(connection: Connection, release: Release, now: datetime) -> None:
    """Have those messages marked whose key figure this release gives otherwise."""
    for told in await old_messages.read_told(connection, release.id):
        counts = await figures.read_series(connection, release, told.origin, told.asylum)
        found = counts.get((told.year, told.unit))
        value = measure(told.measure, found) if found else None
        if value != told.value:
            await old_messages.add_ageing(
                connection, release.id, told, None if value is None else int(value), now
            )
