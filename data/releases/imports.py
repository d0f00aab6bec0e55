"""Take whole releases in, and act on those that are kept: publish, reject, withdraw, label."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.errors import BadRelease, UnknownRelease
from data.model import ReferencePeriod, Release
from data.notes import Notes
from data.releases import withdrawal
from data.releases.publication import (
    Implausible,
    Published,
    Source,
    Unchanged,
    complete,
    describe_release,
    find_free_moment,
    infer_label,
    list_names,
    publish,
    rename,
)
from data.releases.replication_log import make_step, pack_notes, pack_source, share
from data.releases.revisions import derive, find_following, tell_changes
from data.state.cluster import Deed
from data.state.opening import cluster_of, state_of
from data.store import notes as note_lists
from data.store import quarantine, releases
from data.store.checksums import CHANGES, write_checksums

if TYPE_CHECKING:
    from datetime import datetime

    from data.doubt import Doubt
    from data.releases.withdrawal import Withdrawn
    from data.store.database import Connection, Database
    from data.store.quarantine import Unreadable

__all__ = ["Imported", "Source", "Unchanged", "describe_release", "import_release"]

MAX_IN_A_LABEL = 60
"""A label stands under every chart and in Discord's lists."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import. `doubt` says why it was quarantined; None: it is published.

    `unread` are the rows that could not be read.
    """

    release: Release
    rows: int
    changed: int
    doubt: Doubt | None = None
    unread: Unreadable = field(default_factory=dict)


async def import_release(
    database: Database, source: Source, retrieved_at: datetime, notes: Notes | None = None
) -> Imported:
    """Publish the release that `source` holds, in one transaction, or quarantine it when it is implausible.

    UNHCR's `notes` are kept with it; where its figures are those of a release that is kept, with that one.
    Raises `BadRelease` when it makes no sense, or says just what the release before it says, and
    `DatabaseUnusable` when it cannot be written; then nothing of it is kept.
    """
    notes = notes or Notes()
    parts: dict[str, bytes] = {}
    if cluster_of(database):
        parts = await asyncio.to_thread(pack_source, source, retrieved_at.year)
        source = quarantine.Kept(parts)  # of which every host takes in the same bytes
    try:
        async with database.writing() as connection, state_of(database).beside(connection) as state:
            published = await publish(connection, state, source, retrieved_at)
            if notes.listed:
                await note_lists.keep(connection, published.release.id, notes.listed)
            parts |= pack_notes(notes.listed)
            await share(connection, state, make_step(Deed.PUBLISHED, published.release, parts))
            return _tell(published)
    except Implausible as found:
        return await _quarantine(database, source, found, notes)
    except Unchanged as unchanged:
        if unchanged.standing:
            await _complete(database, source, unchanged.standing)
        if unchanged.standing and await _renew_notes(database, unchanged.standing, notes):
            raise Unchanged("notes-are-new", why=unchanged, notes=len(notes.listed)) from unchanged
        raise


async def _complete(database: Database, source: Source, release: Release) -> None:
    """Give a release what it came without, where nothing else is new."""
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        if await complete_release(connection, source, release):
            parts = source.parts if isinstance(source, quarantine.Kept) else None
            await share(connection, state, make_step(Deed.COMPLETED, release, parts))


async def complete_release(connection: Connection, source: Source, release: Release) -> bool:
    """Give a release what it came without, and derive the rest again; say whether there was anything."""
    if not await complete(connection, source, release):
        return False
    derived = [each.id for each in await releases.read_releases(connection) if each.id >= release.id]
    await derive(connection, derived)
    await write_checksums(connection, derived)
    return True


async def _renew_notes(database: Database, release: Release, notes: Notes) -> bool:
    """Keep notes with a release that is published already, unless they are those in force; say whether."""
    if not notes.listed:
        return False
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        known = await note_lists.find_in_force(connection, release.id)
        if known and known.digest == note_lists.digest_of(notes.listed):
            return False
        await note_lists.keep(connection, release.id, notes.listed)
        await share(connection, state, make_step(Deed.NOTED, release, pack_notes(notes.listed)))
    return True


def _tell(published: Published) -> Imported:
    return Imported(published.release, published.rows, published.changed, None, published.unread)


async def _quarantine(database: Database, source: Source, found: Implausible, notes: Notes) -> Imported:
    """Keep a doubtful release whole; the published releases stay as they are."""
    parts = await asyncio.to_thread(pack_source, source, found.release.retrieved_at.year)
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        at = await find_free_moment(connection, state, found.release.retrieved_at)
        release = replace(found.release, id=int(at.timestamp()), retrieved_at=at)
        await quarantine.put_in(connection, release, found.digest, found.doubt, parts)
        if notes.listed:
            await note_lists.keep(connection, release.id, notes.listed)
        told = {"digest": found.digest, "doubt": quarantine.write_doubt(found.doubt)}
        parts |= pack_notes(notes.listed)
        await share(connection, state, make_step(Deed.QUARANTINED, release, parts, **told))
    return Imported(release, 0, 0, found.doubt, found.unread)


async def publish_kept(database: Database, day: str) -> Imported:
    """Publish a release that was put aside after all, however implausible.

    What the operator had overruled of one that was withdrawn stays overruled.
    """
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        release = await _find(connection, day, published=False)
        kept = await quarantine.read_kept(connection, release.id)
        notes = await note_lists.read_own(connection, release.id)
        await releases.remove_release(connection, release.id)
        published = await publish(connection, state, kept, release.retrieved_at, trusted=True)
        inferred = list_names(release)
        chosen = None if release.label in inferred else release.label
        if chosen or release.period is not published.release.period:
            overruled = await overrule(connection, published.release, chosen, release.period)
            published = replace(published, release=overruled)
        if notes:
            await note_lists.keep(connection, published.release.id, notes)
        parts = {**kept.parts, **pack_notes(notes)}
        await share(connection, state, make_step(Deed.PUBLISHED, published.release, parts))
        return _tell(published)


async def reject_kept(database: Database, day: str) -> Release:
    """Decide against a quarantined release: the same figures are not taken in again."""
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        release = await _find(connection, day, published=False)
        await releases.change_release(connection, release, state="rejected")
        await share(connection, state, make_step(Deed.REJECTED, release))
    return release


async def withdraw(database: Database, day: str, now: datetime) -> Withdrawn:
    """Take a published release back, in one transaction; `publish_kept` publishes it again.

    Raises `BadRelease` where it is the only one, and `UnknownRelease`.
    """
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        release = await _find(connection, day, published=True)
        withdrawn = await withdrawal.withdraw(connection, state, release, now)
        await share(connection, state, make_step(Deed.WITHDRAWN, release))
        return withdrawn


async def relabel(database: Database, day: str, label: str | None, period: ReferencePeriod | None) -> Release:
    """Overrule the label or the reference period that was inferred for a published release.

    With another period, a label that was inferred as well follows, and so do those of later releases.
    """
    if label is not None and not (label.strip() and label.isprintable() and len(label) <= MAX_IN_A_LABEL):
        raise BadRelease("label-too-long", most=MAX_IN_A_LABEL)
    async with database.writing() as connection, state_of(database).beside(connection) as state:
        release = await _find(connection, day, published=True)
        renamed = await overrule(connection, release, label, period)
        await share(connection, state, make_step(Deed.RENAMED, renamed))
        return renamed


async def overrule(
    connection: Connection, release: Release, label: str | None, period: ReferencePeriod | None
) -> Release:
    """Do so inside the caller's transaction."""
    known = await releases.read_releases(connection)
    changed = replace(release, period=period or release.period)
    if label:
        changed = replace(changed, label=label.strip())
    elif release.label == infer_label(release, known):
        changed = replace(changed, label=infer_label(changed, known))
    await releases.change_release(connection, changed, state="published")
    await rename(connection, known, [changed if each == release else each for each in known])
    following = await find_following(connection, changed.id)
    touched = {changed.id} | ({following} if following else set())
    await tell_changes(connection, touched)
    await write_checksums(connection, touched, CHANGES)
    return changed


async def _find(connection: Connection, day: str, *, published: bool) -> Release:
    """Find a release by its day, or its number where a day has several."""
    if published:
        candidates = list(await releases.read_releases(connection))
    else:
        candidates = [release for release, _, _ in await releases.read_doubted(connection)]
    found = [release for release in candidates if day in (release.day.isoformat(), str(release.id))]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownRelease("releases-of-one-day", day=day, numbers=", ".join(str(r.id) for r in found))
    raise UnknownRelease("no-such-release" if published else "no-such-doubtful-release", day=day[:40])
