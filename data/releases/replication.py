"""Follow the other hosts that share a state: do with every release what they did with it, in their order."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.errors import DatabaseUnusable
from data.model import Dataset, ReferencePeriod, Release
from data.releases import withdrawal
from data.releases.imports import complete_release, overrule
from data.releases.publication import publish
from data.releases.replication_log import (
    make_step,
    note_taken,
    pack_notes,
    read_taken,
    share,
    unpack_file,
    unpack_notes,
)
from data.sources.shipped import Shipped
from data.state.cluster import Deed
from data.state.opening import cluster_of
from data.store import intake, quarantine, releases
from data.store import notes as note_lists

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from data.state.cluster import Step
    from data.state.protocol import ClusterState
    from data.store.database import Connection, Database


async def follow(database: Database) -> list[Step]:
    """Take every step that others took and this host did not, and return them; alone there is none.

    The first host of all says which releases there are. What the others do not know is withdrawn here,
    so that every host answers from the same ones.
    """
    cluster = cluster_of(database)
    if cluster is None:
        return []
    await database.wait_until_whole()
    async with cluster.reading() as state:
        known = await state.read_release_states()
        last = await state.count_steps()
    if not known:
        await _found(database, cluster)
        return []
    async with database.reading() as connection:
        taken = await read_taken(connection)
    if taken > last:
        raise DatabaseUnusable("state-is-older", path=database.path)
    found = await _withdraw_unknown(database, cluster)
    while taken < last:
        async with cluster.reading() as state:
            step = await state.read_step(taken)
        if step is None:
            break
        await _take(database, step)
        taken = step.number
        found.append(step)
    return found + await _withdraw_unknown(database, cluster)


async def _withdraw_unknown(database: Database, cluster: ClusterState) -> list[Step]:
    """Withdraw what no other host knows; but one release must stay until there is another."""
    found: list[Step] = []
    while True:
        async with database.reading() as connection:
            ours = await releases.read_releases(connection)
        async with cluster.reading() as state:  # now: what is kept here was known there before
            known = await state.read_release_states()
        unknown = [each for each in ours if each.id not in known]
        if not unknown or len(ours) == 1:
            return found
        async with database.writing() as connection:
            await withdrawal.withdraw(connection, None, unknown[0], unknown[0].retrieved_at)
        found.append(make_step(Deed.WITHDRAWN, unknown[0]))


async def _take(database: Database, step: Step) -> None:
    async with database.writing() as connection:
        if await read_taken(connection) < step.number:  # else another process of this file was quicker
            await _do(connection, step)
            await note_taken(connection, step.number)


async def _do(connection: Connection, step: Step) -> None:
    told, parts = json.loads(step.told), unpack_file(step.file) if step.file else {}
    moment = datetime.fromtimestamp(step.release, UTC)
    release = Release(
        step.release, moment, told["label"], told["newest_year"], ReferencePeriod(told["period"])
    )
    states = await releases.read_states(connection)
    is_published = states.get(step.release) == "published"
    match step.deed:
        case Deed.PUBLISHED if not is_published:
            if step.release in states:
                await releases.remove_release(connection, step.release)
            await publish(connection, None, quarantine.Kept(parts), moment, trusted=True)
        case Deed.QUARANTINED if step.release not in states:
            doubt = quarantine.read_doubt(*told["doubt"])
            await quarantine.put_in(connection, release, told["digest"], doubt, parts)
        case Deed.REJECTED if not is_published and step.release in states:
            await releases.change_release(connection, release, state="rejected")
        case Deed.WITHDRAWN if is_published:
            await withdrawal.withdraw(connection, None, await _find(connection, step.release), moment)
        case Deed.COMPLETED if is_published:
            await complete_release(connection, quarantine.Kept(parts), await _find(connection, step.release))
    if step.deed in (Deed.PUBLISHED, Deed.RENAMED):
        ours = await _find(connection, step.release)
        if (ours.label, ours.period) != (release.label, release.period):
            await overrule(connection, ours, release.label, release.period)
    if notes := unpack_notes(parts):
        await note_lists.keep(connection, step.release, notes)


async def _find(connection: Connection, number: int) -> Release:
    (found,) = [each for each in await releases.read_releases(connection) if each.id == number]
    return found


async def _found(database: Database, cluster: ClusterState) -> None:
    """Say which releases there are, with the files of those that do not come with the program."""
    async with database.writing() as connection:
        steps = [step async for step in _tell_all(connection)]
        ours = await releases.read_releases(connection)
    async with database.writing() as connection, cluster.writing() as state:
        if await state.read_release_states():
            return  # another host was quicker
        await note_taken(connection, await state.count_steps())
        for release in ours:
            await state.note_release(release.id)
        for step in steps:
            await share(connection, state, step)


async def _tell_all(connection: Connection) -> AsyncIterator[Step]:
    """Yield the steps from the releases that come with the program to those that are here."""
    shipped = {release.id: release for release in Shipped().releases}
    for release in await releases.read_releases(connection):
        notes = pack_notes(await note_lists.read_own(connection, release.id))
        if release.id not in shipped:
            parts = await withdrawal.pack_release(connection, release)
            for dataset in Dataset:
                await intake.discard(connection, dataset)
            yield make_step(Deed.PUBLISHED, release, parts | notes)
        elif notes:
            yield make_step(Deed.NOTED, release, notes)
        if (as_shipped := shipped.get(release.id)) and release.label != as_shipped.label:
            yield make_step(Deed.RENAMED, release)
    doubts = await quarantine.read_doubts(connection)
    for release, state, digest in await releases.read_doubted(connection):
        parts = dict((await quarantine.read_kept(connection, release.id)).parts)
        parts |= pack_notes(await note_lists.read_own(connection, release.id))
        if doubt := doubts.get(release.id):
            told = {"digest": digest, "doubt": quarantine.write_doubt(doubt)}
            yield make_step(Deed.QUARANTINED, release, parts, **told)
        elif release.id not in shipped:
            yield make_step(Deed.PUBLISHED, release, parts)
        if state != "quarantined":
            yield make_step(Deed.WITHDRAWN if state == "withdrawn" else Deed.REJECTED, release)
