"""Give a database the releases that come with the program: their sums at once, the rest soon after.

They are a baseline and no news. Every release answers from its rollups and the applications, which are laid
out first; the rest of the ledger, and what each release changed, follow in a transaction of their own.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING

from data.model import Dataset
from data.releases.publication import Unchanged, complete, publish
from data.releases.replication_log import make_step, pack_source, share
from data.releases.revisions import tell_changes
from data.state.cluster import Deed
from data.state.model import SHIPPED
from data.state.opening import cluster_of, facts_of, state_of
from data.store import checksums, comparison, countries, observations, quarantine, releases, rollups

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from data.releases.publication import Source
    from data.sources.shipped import Shipped
    from data.store.database import Connection, Database

ASKED = (Dataset.APPLICATIONS,)
"""What is asked of the ledger itself, and not of the rollups alone."""


async def install(database: Database, shipped: Shipped, prepared: Path | None = None) -> None:
    """Let every kept release answer: in a database without any, those that are shipped.

    The file of their rollups may lie `prepared`; else these are made, as they are after a migration.
    """
    async with database.writing(beside=prepared) as connection:
        if not await releases.read_states(connection):
            taken = prepared is not None and await rollups.take_prepared(connection)
            await _fill(connection, shipped, ASKED if taken else tuple(Dataset))
        elif unfinished := await releases.read_unfinished(connection):
            await _add_lacking(connection, shipped, {release.id for release in unfinished})
        if not await rollups.are_made(connection):
            for release in await releases.read_unfinished(connection):
                await rollups.sum_release(connection, release.id)


async def finish(database: Database, shipped: Shipped, *, after: timedelta = timedelta(0)) -> None:
    """Bring in what no figure waits for, and shipped releases that are missing, each in its place.

    A first start's long work begins `after` a while, so that whoever asks first need not share a processor.
    """
    async with database.reading() as connection:
        begun = await releases.read_unfinished(connection)
    if begun:
        await asyncio.sleep(after.total_seconds())
    async with database.writing() as connection:
        if unfinished := {release.id for release in await releases.read_unfinished(connection)}:
            await _fill_rest(connection, shipped, unfinished)
            await tell_changes(connection, unfinished)
            await checksums.write_checksums(connection, unfinished)
            for number in unfinished:
                await releases.note_finished(connection, number)
    if cluster_of(database) is None:  # else whoever has the duty does, for all
        await add_missing(database, shipped)


async def add_missing(database: Database, shipped: Shipped) -> None:
    """Publish the shipped releases that the database was never given, unless it has one of that day.

    Where a later release that is kept says just the same, it stays that one release. What was given once
    is not given again, for an operator may have withdrawn it.
    """
    async with database.reading() as connection:
        given = set((await facts_of(connection).recall(SHIPPED) or "").split())
        kept = {release.day.isoformat() for release in await releases.read_releases(connection)}
    for release in shipped.releases:
        if release.day.isoformat() not in given | kept:
            parts: dict[str, bytes] = {}
            source: Source = shipped.source(release)
            if cluster_of(database):
                parts = await asyncio.to_thread(pack_source, source, release.retrieved_at.year)
                source = quarantine.Kept(parts)
            with suppress(Unchanged):
                async with database.writing() as connection, state_of(database).beside(connection) as state:
                    published = await publish(
                        connection, state, source, release.retrieved_at, trusted=True, shipped=True
                    )
                    await share(connection, state, make_step(Deed.PUBLISHED, published.release, parts))
    if missing := {release.day.isoformat() for release in shipped.releases} - given:
        async with database.writing() as connection:
            await facts_of(connection).remember(SHIPPED, " ".join(sorted(given | missing)))


async def _add_lacking(connection: Connection, shipped: Shipped, kept: Collection[int]) -> None:
    """Give shipped releases that are kept the datasets that this program did not know when they came."""
    for release in shipped.releases:
        if release.id in kept:
            await complete(connection, shipped.source(release), release)


async def _fill(connection: Connection, shipped: Shipped, datasets: Collection[Dataset]) -> None:
    for release in shipped.releases:
        await releases.add_release(connection, release, summed=False)
        await releases.note_lacking(connection, release.id, shipped.lacking(release))
    for dataset in datasets:
        await observations.fill(connection, dataset, shipped.ledger(dataset))
    await countries.fill_countries(connection, shipped.places())
    await comparison.fill_recodings(connection, shipped.recodings())
    await quarantine.fill_unread(connection, shipped.unread())


async def _fill_rest(connection: Connection, shipped: Shipped, kept: Collection[int]) -> None:
    """Fill what a first start left of the ledger; it may have been that of a program with fewer releases."""
    rest = [each for each in Dataset if each not in ASKED]
    if any([await observations.is_filled(connection, each) for each in rest]):
        return
    numbers = {str(release.id) for release in shipped.releases if release.id in kept}
    for dataset in rest:
        at = len(observations.TABLES[dataset].key)
        lines = (line for line in shipped.ledger(dataset) if line[at] in numbers)
        await observations.fill(connection, dataset, lines)
