"""Whether the releases are still what was published, and how what a disk has changed is made again.

A damaged row of the ledger is made again from a source of that release; whatever is derived, from the
ledger. Either is kept only where it then sums up to the checksum of the day it was published.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset
from data.revisions import recompare, tell_changes
from data.store import checksums, damage, intake, observations, releases, rollups
from data.store.checksums import LEDGER, Part
from data.store.memory import DAMAGED, Memory, write_memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from data.model import Release
    from data.publication import Source
    from data.store.damage import Damage, Inspection
    from data.store.database import Connection, Database

    FindSource = Callable[[Release], Source | None]


class Outcome(StrEnum):
    """What became of a damaged part."""

    REPAIRED = "repaired"
    NO_SOURCE = "no source"
    OTHER_SOURCE = "other source"
    DAMAGED_BEFORE = "damaged before"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one damaged part of a release.

    `REPAIRED`: it is as it was published. `NO_SOURCE`: nothing at hand has its rows. `OTHER_SOURCE`: what
    is at hand says otherwise than what was published. `DAMAGED_BEFORE`: what it is derived from is damaged.
    """

    release: Release
    part: Part
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Verified:
    """What a verification found and did: `faults` are SQLite's own words for what is still wrong with the file."""

    releases: tuple[Release, ...]
    verdicts: tuple[Verdict, ...]
    faults: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether every release is as it was published, perhaps only now again."""
        return not self.faults and all(each.outcome is Outcome.REPAIRED for each in self.verdicts)


async def find_damage(database: Database) -> Inspection:
    """Read everything, beside whatever else goes on, and say what is not as it was published.

    Releases without checksums, of before there were any, get theirs. What is found is remembered
    until it is found to be gone.
    """
    async with database.reading_aside() as connection:
        known = [each.id for each in await releases.read_releases(connection) if not each.starter]
        found = await damage.inspect(connection, known)
    if found.unknown:
        await _take_for_right(database, known, found.unknown)
    await _remember(database, found)
    return found


async def read_damaged(database: Database) -> tuple[Release, ...]:
    """Return the releases that the last verification found damaged, oldest first."""
    numbers = set(json.loads(await Memory(database).recall(DAMAGED) or "[]"))
    async with database.reading() as connection:
        return tuple(each for each in await releases.read_releases(connection) if each.id in numbers)


async def verify(database: Database, find_source: FindSource) -> Verified:
    """Repair what is damaged where that can be done; nothing is ever made worse.

    Raises `DatabaseUnusable` where the file cannot be read or written at all.
    """
    found = await find_damage(database)
    verdicts: list[Verdict] = []
    async with database.writing() as connection:
        known = [each for each in await releases.read_releases(connection) if not each.starter]
        if not found.sound:
            verdicts = await _repair(connection, known, found.damaged, find_source)
            await damage.rebuild_indexes(connection)
            found = await damage.inspect(connection, [each.id for each in known])
            await write_memory(connection, DAMAGED, _list_releases(found))
    return Verified(tuple(known), tuple(verdicts), found.faults)


async def _take_for_right(database: Database, known: Sequence[int], unknown: Sequence[Damage]) -> None:
    """Keep the checksums of releases that had none, unless others have come or gone meanwhile."""
    async with database.writing() as connection:
        now = [each.id for each in await releases.read_releases(connection) if not each.starter]
        if now == list(known):
            for each in unknown:
                await checksums.keep_checksums(
                    connection, each.release, {each.part: each.found}, replace=False
                )


async def _remember(database: Database, found: Inspection) -> None:
    memory, listed = Memory(database), _list_releases(found)
    if (await memory.recall(DAMAGED) or "[]") != listed:
        await memory.remember(DAMAGED, listed)


def _list_releases(found: Inspection) -> str:
    return json.dumps(sorted({each.release for each in found.damaged}))


async def _repair(
    connection: Connection, known: Sequence[Release], damaged: Sequence[Damage], find_source: FindSource
) -> list[Verdict]:
    """Repair what comes from outside first, then what is derived from it; older releases first."""
    by_number = {each.id: each for each in known}  # one may have been withdrawn meanwhile
    kept = await checksums.read_checksums(connection)
    verdicts = []
    for each in sorted(damaged, key=lambda each: (list(Part).index(each.part), each.release)):
        if (release := by_number.get(each.release)) is None:
            continue
        async with damage.attempt(connection) as attempt:
            outcome = await _make_again(connection, known, release, each.part, find_source)
            if outcome is Outcome.REPAIRED:
                now = await checksums.compute_checksum(connection, each.release, each.part)
                if now == each.found:  # the rows were right: what was damaged is the checksum
                    await checksums.write_checksums(connection, [each.release], [each.part])
                elif now != kept[each.release][each.part]:
                    outcome = Outcome.OTHER_SOURCE if each.part in LEDGER else Outcome.DAMAGED_BEFORE
            attempt.kept = outcome is Outcome.REPAIRED
        verdicts.append(Verdict(release, each.part, outcome))
    return verdicts


async def _make_again(
    connection: Connection,
    known: Sequence[Release],
    release: Release,
    part: Part,
    find_source: FindSource,
) -> Outcome:
    others = [each.id for each in known if each != release]
    if part in LEDGER:
        source = find_source(release)
        if source is None:
            return Outcome.NO_SOURCE
        dataset = LEDGER[part]
        async with damage.unlocked(connection, part):
            await damage.keep_rows(connection, part, others)
            try:
                await intake.receive(connection, dataset, source.rows(dataset, release.retrieved_at.year))
            except BadRelease:
                return Outcome.OTHER_SOURCE
            await observations.record(connection, dataset, release.id, first=release == known[0])
            await intake.discard(connection, dataset)
        return Outcome.REPAIRED
    await damage.keep_rows(connection, part, others)
    if part is Part.RECODINGS:
        if release != known[0]:
            await recompare(connection, release.id)
            for dataset in Dataset:
                await intake.discard(connection, dataset)
    elif part in (Part.ROLLUPS, Part.FIRST_INSTANCE):
        await rollups.sum_release(connection, release.id)
    else:
        await tell_changes(connection, release.id)
    return Outcome.REPAIRED
