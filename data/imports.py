"""Take a whole release into the store: receive, compare with the one before, sum, publish."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from data.errors import BadRelease
from data.model import Dataset, Period, Release
from data.store import observations, releases, rollups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.store.database import Database
    from data.unhcr.parse import Row

_JUNE = 6


class Source(Protocol):
    """Where a whole release comes from."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterable[Row]:
        """Yield the parsed rows of one dataset."""
        ...

    def places(self) -> Iterable[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        ...


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: the release, and how many rows differ from the one before it."""

    release: Release
    rows: int
    changed: int


async def import_release(database: Database, source: Source, retrieved_at: datetime) -> Imported:
    """Publish the release that `source` holds, in one transaction, and say what it brought.

    Raises `BadRelease` when it makes no sense, or says just what the release before it says;
    then nothing of it is kept.
    """
    number = int(retrieved_at.timestamp())
    async with database.writing() as connection:
        known = await releases.read_releases(connection)
        if any(r.id == number and not r.starter for r in known):
            raise BadRelease(f"A release of {retrieved_at:%d %B %Y} is kept already; nothing was imported.")
        before = [r for r in known if not r.starter and r.id < number]
        content = _Content()
        rows = 0
        for dataset in Dataset:
            read = content.follow(source.rows(dataset, last_year=retrieved_at.year))
            rows += await observations.receive(connection, dataset, read)
        if not rows:
            raise BadRelease("The release has no rows at all; nothing was imported.")
        digest = content.digest()
        if before and await releases.read_digest(connection, before[-1].id) == digest:
            raise BadRelease(f"The figures are those of {before[-1].label}, unchanged; nothing was imported.")
        release = describe_release(retrieved_at, content.newest_year, before)
        await releases.add_release(connection, release, digest)
        await releases.add_places(connection, source.places())
        changed = sum([await observations.record(connection, each, number) for each in Dataset])
        await rollups.sum_release(connection, number)
    return Imported(release, rows, changed)


def describe_release(retrieved_at: datetime, newest_year: int, before: Iterable[Release]) -> Release:
    """Infer what UNHCR does not say: a newest year Y retrieved before June of Y+1 is mid-year.

    A second release of the same year and period is a corrected one.
    """
    june = datetime(newest_year + 1, _JUNE, 1, tzinfo=UTC)
    period = Period.MID_YEAR if retrieved_at < june else Period.YEAR_END
    label = f"{'Mid-Year' if period is Period.MID_YEAR else 'Global'} Trends {newest_year}"
    if any((r.newest_year, r.period) == (newest_year, period) for r in before):
        label += ", corrected"
    return Release(int(retrieved_at.timestamp()), retrieved_at, label, newest_year, period, starter=False)


class _Content:
    """Looks over rows as they pass: their digest (SHA-256) and the newest year among them."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self.newest_year = 0

    def follow(self, rows: Iterable[Row]) -> Iterator[Row]:
        for row in rows:
            self._hash.update(repr(row).encode())
            year = row[2]
            if isinstance(year, int) and year > self.newest_year:
                self.newest_year = year
            yield row

    def digest(self) -> str:
        return self._hash.hexdigest()
