"""Whether the releases are still what was published, and how what a disk has changed is made again.

A damaged row of the ledger is made again from a source of that release; whatever is derived, from the
ledger. Either is kept only where it then sums up to the checksum of the day it was published.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset
from data.releases.revisions import recompare, tell_changes
from data.store import checksums, intake, observations, releases, rollups
from data.store.checksums import CHANGES, LEDGER, Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.model import Release
    from data.releases.publication import Source
    from data.store.checksums import Damage, Inspection
    from data.store.database import Connection, Database

    FindSource = Callable[[Release], Source | None]


PASSING = CHANGES
"""The parts that are read for their own release alone; what the others say holds for later ones too."""


class RepairOutcome(StrEnum):
    """What became of a damaged part."""

    REPAIRED = "repaired"
    NO_SOURCE = "no source"
    OTHER_SOURCE = "other source"
    DAMAGED_BEFORE = "damaged before"


@dataclass(frozen=True, slots=True)
class ReleaseVerdict:
    """What became of one damaged part of a release.

    `REPAIRED`: it is as it was published. `NO_SOURCE`: nothing at hand has its rows. `OTHER_SOURCE`: what
    is at hand differs from what was published. `DAMAGED_BEFORE`: what it is derived from is damaged.
    """

    release: Release
    part: Part
    outcome: RepairOutcome


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found and did; `faults` are SQLite's words for what is still wrong.

    `sound`: every release is as it was published, perhaps only now again.
    """

    releases: tuple[Release, ...]
    verdicts: tuple[ReleaseVerdict, ...]
    faults: tuple[str, ...]
    sound: bool


async def find_damage(database: Database) -> Inspection:
    """Read everything, beside whatever else goes on, and say what is not as it was published.

    Releases without checksums, of before there were any, get theirs. The releases that what is found
    affects are marked, and those are not any more that it does not.
    """
    async with database.reading_aside() as connection:
        known = await releases.read_releases(connection)
        found = await checksums.inspect(connection, [each.id for each in known])
    affected = _find_affected(known, found)
    if found.unknown or affected != {each.id for each in known if each.damaged}:
        async with database.writing() as connection:
            if [each.id for each in await releases.read_releases(connection)] == [each.id for each in known]:
                for each in found.unknown:
                    sums = {each.part: each.found}
                    await checksums.keep_checksums(connection, each.release, sums, replace=False)
                await releases.mark_damaged(connection, affected)
    return found


async def verify(database: Database, find_source: FindSource) -> Verified:
    """Repair what is damaged where that can be done; nothing is ever made worse.

    Raises `DatabaseUnusable` where the file cannot be read or written at all.
    """
    found = await find_damage(database)
    verdicts: list[ReleaseVerdict] = []
    async with database.writing() as connection:
        known = await releases.read_releases(connection)
        if not found.sound:
            verdicts = await _repair(connection, known, found.damaged, find_source)
            await checksums.rebuild_indexes(connection)
            found = await checksums.inspect(connection, [each.id for each in known])
            await releases.mark_damaged(connection, _find_affected(known, found))
    return Verified(known, tuple(verdicts), found.faults, found.sound)


def _find_affected(known: Sequence[Release], found: Inspection) -> set[int]:
    """Return the releases of which a figure may be wrong.

    What one said holds until another says otherwise; and an index, from which most answers are read,
    serves all of them.
    """
    lasting = [each.release for each in found.damaged if each.part not in PASSING]
    if found.faults:
        return {each.id for each in known}
    since = min(lasting, default=None)
    later = {each.id for each in known if since is not None and each.id >= since}
    return later | {each.release for each in found.damaged}


async def _repair(
    connection: Connection, known: Sequence[Release], damaged: Sequence[Damage], find_source: FindSource
) -> list[ReleaseVerdict]:
    """Repair what comes from outside first, then what is derived from it; older releases first."""
    by_number = {each.id: each for each in known}  # one may have been withdrawn meanwhile
    kept = await checksums.read_checksums(connection)
    verdicts: list[ReleaseVerdict] = []
    for each in sorted(damaged, key=lambda each: (list(Part).index(each.part), each.release)):
        if (release := by_number.get(each.release)) is None:
            continue
        async with checksums.attempt(connection) as attempt:
            if each.part not in LEDGER and any(it.outcome is not RepairOutcome.REPAIRED for it in verdicts):
                outcome = (
                    RepairOutcome.DAMAGED_BEFORE
                )  # made again from damaged rows it would say what they say
            else:
                outcome = await _make_again(connection, known, release, each.part, find_source)
            if outcome is RepairOutcome.REPAIRED:
                now = await checksums.compute_checksum(connection, each.release, each.part)
                if now == each.found:  # the rows were right: what was damaged is the checksum
                    await checksums.write_checksums(connection, [each.release], [each.part])
                elif now != kept[each.release][each.part]:
                    outcome = (
                        RepairOutcome.OTHER_SOURCE if each.part in LEDGER else RepairOutcome.DAMAGED_BEFORE
                    )
            attempt.kept = outcome is RepairOutcome.REPAIRED
        verdicts.append(ReleaseVerdict(release, each.part, outcome))
    return verdicts


async def _make_again(
    connection: Connection,
    known: Sequence[Release],
    release: Release,
    part: Part,
    find_source: FindSource,
) -> RepairOutcome:
    others = [each.id for each in known if each != release]
    if part in LEDGER:
        source = find_source(release)
        if source is None:
            return RepairOutcome.NO_SOURCE
        dataset = LEDGER[part]
        async with checksums.unlocked(connection, part):
            await checksums.keep_rows(connection, part, others)
            try:
                await intake.receive(connection, dataset, source.rows(dataset, release.retrieved_at.year))
            except BadRelease:
                return RepairOutcome.OTHER_SOURCE
            await observations.record(connection, dataset, release.id, first=release == known[0])
            await intake.discard(connection, dataset)
        return RepairOutcome.REPAIRED
    await checksums.keep_rows(connection, part, others)
    if part is Part.RECODINGS:
        if release != known[0]:
            await recompare(connection, release.id, frozenset())
            for dataset in Dataset:
                await intake.discard(connection, dataset)
    elif part is Part.ROLLUPS:
        await rollups.sum_release(connection, release.id)
    else:
        await tell_changes(connection, {release.id})
    return RepairOutcome.REPAIRED
