"""Withdraw a published release: all is as if it had never come, and whoever was told of it is told that."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset
from data.releases import announcements, revisions
from data.releases.publication import rename, rename_recoded
from data.store import checksums, comparison, countries, intake, observations, quarantine, releases

if TYPE_CHECKING:
    from datetime import datetime

    from data.model import Release
    from data.releases.announcements import Retracted
    from data.state.protocol import StateTransaction
    from data.store.database import Connection


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """A release that is published no more, the one that is the newest now, and what became of its alerts."""

    release: Release
    newest: Release
    alerts: Retracted


async def withdraw(
    connection: Connection, state: StateTransaction | None, release: Release, now: datetime
) -> Withdrawn:
    """Withdraw a release, inside the caller's transactions, which an exception must roll back.

    Without a `state`, another host has withdrawn it, and nothing is owed.

    It is kept whole, so that it can be published again; the same figures are not taken in meanwhile.
    Raises `BadRelease` where it is the only one.
    """
    known = await releases.read_releases(connection)
    rest = tuple(each for each in known if each != release)
    if not rest:
        raise BadRelease("release-is-the-only-one", release=release)
    following = next((each.id for each in rest if each.id > release.id), None)
    replaced = await comparison.read_summed(connection, following) if following else frozenset()
    await _put_aside(connection, release)
    await revisions.forget(connection, release.id)
    await checksums.forget_checksums(connection, release.id)
    for dataset in Dataset:
        then = await releases.find_following(connection, release.id, dataset)
        await observations.retract(connection, dataset, release.id, then)
    await countries.retract_countries(connection, release.id, following)
    await rename(connection, known, rest)
    await rename_recoded(connection, [following] if following else [])
    if following:
        derived = await revisions.recompare(connection, following, replaced)
        await revisions.derive(connection, derived)
        await checksums.write_checksums(connection, derived)
    for dataset in Dataset:
        await intake.discard(connection, dataset)
    alerts = announcements.Retracted(0, 0, 0)
    if state is not None:
        alerts = await announcements.retract(connection, state, release, now)
    return Withdrawn(release, rest[-1], alerts)


async def _put_aside(connection: Connection, release: Release) -> None:
    """Keep all that a release said where the doubtful ones are kept."""
    await quarantine.keep(connection, release.id, await pack_release(connection, release))
    await releases.withdraw_release(connection, release.id, await intake.digest(connection))


async def pack_release(connection: Connection, release: Release) -> dict[str, bytes]:
    """Compress all that a published release says, a part for each dataset and one for places.

    It is laid out as one that came in is, and still to be discarded.
    """
    parts = {quarantine.PLACES: quarantine.pack(await countries.read_countries_of(connection, release.id))}
    lacking = (await releases.read_lacking(connection)).get(release.id, frozenset())
    for dataset in Dataset:
        if dataset in lacking:
            await intake.receive(connection, dataset, ())
        else:
            await intake.recall(connection, dataset, release.id)
        parts[dataset.value] = await intake.pack(connection, dataset)
    return parts
