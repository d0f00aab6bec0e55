"""Give a database the releases that come with the program: the newest at once, the older ones soon after.

They are a baseline and no news. The ledger of all of them is written in one go, and the rollups of the newest
are made from it first, so that it answers; those of the others follow in a transaction of their own.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from data.model import Dataset
from data.releases.publication import Unchanged, complete, publish
from data.releases.revisions import tell_changes
from data.state.model import SHIPPED
from data.state.opening import state_of
from data.store import checksums, comparison, countries, observations, quarantine, releases, rollups

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.sources.shipped import Shipped
    from data.store.database import Connection, Database


async def install_newest(database: Database, shipped: Shipped) -> None:
    """Write the ledger of the shipped releases into a database without any, and let the newest answer."""
    async with database.writing() as connection:
        if not await releases.read_states(connection):
            await _fill(connection, shipped)
        elif unsummed := await releases.read_unsummed(connection):
            await _add_lacking(connection, shipped, {release.id for release in unsummed})
        unsummed = await releases.read_unsummed(connection)
        if unsummed and not await releases.read_releases(connection):
            await rollups.sum_newest(connection, [release.id for release in unsummed])
            await releases.note_summed(connection, unsummed[-1].id)
            if len(unsummed) == 1:
                await checksums.write_checksums(connection, [unsummed[0].id])


async def install_older(database: Database, shipped: Shipped) -> None:
    """Let every other release answer too, and add shipped ones that are missing, each in its place."""
    async with database.writing() as connection:
        if unsummed := await releases.read_unsummed(connection):
            for release in unsummed:
                await releases.note_summed(connection, release.id)
            kept = await releases.read_releases(connection)
            await rollups.sum_others(connection, [release.id for release in kept])
            await tell_changes(connection, {release.id for release in kept})
            await checksums.write_checksums(connection, [release.id for release in kept])
    await _add_missing(database, shipped)


async def _add_missing(database: Database, shipped: Shipped) -> None:
    """Publish the shipped releases that the database was never given, unless it has one of that day.

    Where a later release that is kept says just the same, it stays that one release. What was given once
    is not given again, for an operator may have withdrawn it.
    """
    shared = state_of(database)
    given = set((await shared.recall(SHIPPED) or "").split())
    async with database.reading() as connection:
        kept = {release.day.isoformat() for release in await releases.read_releases(connection)}
    for release in shipped.releases:
        if release.day.isoformat() not in given | kept:
            with suppress(Unchanged):
                async with database.writing() as connection, shared.beside(connection) as state:
                    await publish(
                        connection,
                        state,
                        shipped.source(release),
                        release.retrieved_at,
                        trusted=True,
                        shipped=True,
                    )
    if missing := {release.day.isoformat() for release in shipped.releases} - given:
        await shared.remember(SHIPPED, " ".join(sorted(given | missing)))


async def _add_lacking(connection: Connection, shipped: Shipped, kept: Collection[int]) -> None:
    """Give shipped releases that are kept the datasets that this program did not know when they came."""
    for release in shipped.releases:
        if release.id in kept:
            await complete(connection, shipped.source(release), release)


async def _fill(connection: Connection, shipped: Shipped) -> None:
    for release in shipped.releases:
        await releases.add_release(connection, release, summed=False)
        await releases.note_lacking(connection, release.id, shipped.lacking(release))
    for dataset in Dataset:
        await observations.fill(connection, dataset, shipped.ledger(dataset))
    await countries.fill_countries(connection, shipped.places())
    await comparison.fill_recodings(connection, shipped.recodings())
    await quarantine.fill_unread(connection, shipped.unread())
