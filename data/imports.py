"""Take whole releases in, and act on those that are kept: publish, reject, label."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from data.errors import BadRelease, UnknownRelease
from data.model import Dataset, Period, Release
from data.publication import (
    Implausible,
    Published,
    Source,
    Unchanged,
    describe_release,
    publish,
    tell_changes,
)
from data.store import quarantine, releases
from data.store.database import failures_in_words

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.database import Connection, Database

__all__ = ["Imported", "Source", "Unchanged", "describe_release", "import_release"]


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import. `doubt` says why it was quarantined; None: it is published."""

    release: Release
    rows: int
    changed: int
    doubt: str | None = None


async def import_release(database: Database, source: Source, retrieved_at: datetime) -> Imported:
    """Publish the release that `source` holds, in one transaction, or quarantine it when it is implausible.

    Raises `BadRelease` when it makes no sense, or says just what the release before it says, and
    `DatabaseUnusable` when it cannot be written; then nothing of it is kept.
    """
    with failures_in_words(database.path):
        try:
            async with database.writing() as connection:
                return _tell(await publish(connection, source, retrieved_at))
        except Implausible as doubt:
            return await _quarantine(database, source, doubt)


def _tell(published: Published) -> Imported:
    return Imported(published.release, published.rows, published.changed)


async def _quarantine(database: Database, source: Source, doubt: Implausible) -> Imported:
    """Keep a doubtful release whole, once; the published releases stay as they are."""
    parts = {d.value: quarantine.pack(source.rows(d, doubt.release.retrieved_at.year)) for d in Dataset}
    parts["places"] = quarantine.pack(source.places())
    async with database.writing() as connection:
        known = await releases.read_doubted(connection)
        if same := [release for release, _, digest in known if digest == doubt.digest]:
            raise Unchanged(
                f"These figures are in quarantine already, as the release of {same[0].day}; decide on that."
            )
        release = doubt.release
        while release.id in await releases.read_states(connection):
            later = release.retrieved_at + timedelta(seconds=1)
            release = replace(release, id=int(later.timestamp()), retrieved_at=later)
        await releases.add_release(connection, release, doubt.digest, state="quarantined")
        await quarantine.keep(connection, release.id, parts)
    return Imported(release, 0, 0, doubt.why)


async def publish_kept(database: Database, day: str) -> Imported:
    """Publish a quarantined or rejected release after all, however implausible."""
    async with database.writing() as connection:
        release = await _find(connection, day, published=False)
        kept = await quarantine.read_kept(connection, release.id)
        if kept is None:
            raise UnknownRelease(
                f"The rows of the release of {release.day} are not kept any more; import it anew."
            )
        await quarantine.drop(connection, release.id)
        await releases.remove_release(connection, release.id)
        return _tell(await publish(connection, kept, release.retrieved_at, trusted=True))


async def reject_kept(database: Database, day: str) -> Release:
    """Decide against a quarantined release: its rows are forgotten, and the same ones not taken in again."""
    async with database.writing() as connection:
        release = await _find(connection, day, published=False)
        await quarantine.drop(connection, release.id)
        await releases.change_release(
            connection, release.id, label=release.label, period=release.period, state="rejected"
        )
    return release


async def relabel(database: Database, day: str, label: str | None, period: Period | None) -> Release:
    """Overrule the label or the reference period that was inferred for a published release."""
    async with database.writing() as connection:
        release = await _find(connection, day, published=True)
        if release.starter:
            raise BadRelease("A starter release cannot be labelled; import the full one first.")
        changed = replace(release, label=label or release.label, period=period or release.period)
        await releases.change_release(
            connection, changed.id, label=changed.label, period=changed.period, state="published"
        )
        await tell_changes(connection, changed.id)
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
        raise UnknownRelease(
            f"There are several releases of {day}; name one by its number:"
            f" {', '.join(str(r.id) for r in found)}."
        )
    what = "published" if published else "quarantined"
    raise UnknownRelease(f"There is no {what} release of “{day[:40]}”; “python -m bot releases” lists them.")
