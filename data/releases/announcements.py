"""Announce a release to every channel that is subscribed, or its withdrawal, and mark old messages anew."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from data.measures import measure
from data.store import figures, groups
from data.store.packed_rollups import read_pairs
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.model import Release
    from data.state.protocol import StateTransaction, Told
    from data.store.database import Connection


@dataclass(frozen=True, slots=True)
class Retracted:
    """How many channels are owed a withdrawal, how many alerts are not sent any more, and how many old
    messages are to be marked otherwise.
    """

    owed: int
    dropped: int
    marked: int


async def enqueue(
    connection: Connection,
    state: StateTransaction,
    release: Release,
    now: datetime,
    subscribed_before: datetime | None = None,
) -> int:
    """Owe `release` to every channel that is subscribed, inside the caller's transactions; once.

    Only to those that were `subscribed_before` a moment, where one is given.

    Returns how many they are: none where a newer release is kept. Its figures must be summed already.
    """
    if (await read_releases(connection))[-1].id > release.id:
        return 0
    owed = await state.enqueue(release.id, now, subscribed_before)
    await _find_superseded(connection, state, release, now)
    return owed


async def retract(
    connection: Connection, state: StateTransaction, release: Release, now: datetime
) -> Retracted:
    """Tell whoever was told of `release` that it is withdrawn, inside the transaction that withdraws it.

    The figures must be those of the other releases already.
    """
    dropped, owed = await state.retract(release.id, now)
    marked = await state.withdraw_marks(release.id)
    published = await read_releases(connection)
    then = [each for each in marked if any(r.id == each.told_release for r in published)]
    for (number, told), messages in groupby(then, lambda each: (each.told_release, each.told)):
        later = [r for r in published if r.id > number]
        by, value = await _find_last_change(connection, told, later)
        for each in messages:
            await state.mark_again(each.delivery, (by or published[-1]).id, value, max(now, each.done_at))
    return Retracted(owed, dropped, len(then))


async def _find_last_change(
    connection: Connection, told: Told, releases: Sequence[Release]
) -> tuple[Release | None, int | None]:
    """Return the last of the releases that gave a figure otherwise, and how; None where none did."""
    by, value = None, told.value
    for release in releases:
        now = await read_figure(connection, release, told)
        if now != value:
            by, value = release, now
    return by, value


async def read_figure(connection: Connection, release: Release, told: Told) -> int | None:
    """Return what a release says of a figure that was told; None where nothing is published."""
    if groups.is_group(told.origin, told.asylum):
        sums = groups.Sums(await read_pairs(connection, told.year), release.id)
        counts = sums.read_series(told.origin, told.asylum)
    else:
        counts = await figures.read_series(connection, release, told.origin, told.asylum)
    found = counts.get((told.year, told.unit))
    value = measure(told.measure, found) if found else None
    return None if value is None else int(value)


async def _find_superseded(
    connection: Connection, state: StateTransaction, release: Release, now: datetime
) -> None:
    """Have those messages marked whose key figure this release gives otherwise."""
    for told in await state.read_told_before(release.id):
        value = await read_figure(connection, release, told)
        if value != told.value:
            await state.add_superseded(release.id, told, value, now)
