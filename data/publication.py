"""Publish a release in one transaction: receive, compare with the one before, sum, tell what changed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from data.compare import count_recoded, find_implausible, find_kind, find_recodings
from data.errors import BadRelease
from data.model import Dataset, Period, Release
from data.store import changes, observations, recodings, releases, rollups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.compare import Recoding
    from data.store.database import Connection
    from data.unhcr.parse import Row

_JUNE = 6
_FIRST_YEAR = 1951


class Source(Protocol):
    """Where a whole release comes from."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterable[Row]:
        """Yield the parsed rows of one dataset."""
        ...

    def places(self) -> Iterable[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """A published release: how many rows it has, and how many of them differ from the one before it."""

    release: Release
    rows: int
    changed: int


class Unchanged(BadRelease):
    """The figures are those of a release that is kept already; there is nothing to publish."""


class Implausible(Exception):
    """The release withdraws or lacks so much that it is probably a slip at its source."""

    def __init__(self, release: Release, digest: str, why: str) -> None:
        self.release, self.digest, self.why = release, digest, why
        super().__init__(why)


async def publish(
    connection: Connection, source: Source, retrieved_at: datetime, *, trusted: bool = False
) -> Published:
    """Publish what `source` holds, inside the caller's transaction, which an exception must roll back.

    Raises `BadRelease` when it makes no sense, `Unchanged` when a neighbour says just the same, and
    `Implausible` unless it is `trusted`.
    """
    number = int(retrieved_at.timestamp())
    known = await releases.read_releases(connection)
    if any(r.id == number and not r.starter for r in known):
        raise Unchanged(f"A release of {retrieved_at:%d %B %Y} is kept already; nothing was imported.")
    earlier = [r for r in known if r.id < number]
    before = [r for r in earlier if not r.starter]
    content = _Content()
    received = {}
    for dataset in Dataset:
        rows = content.follow(source.rows(dataset, last_year=retrieved_at.year))
        received[dataset] = await observations.receive(connection, dataset, rows)
    if not all(received.values()):
        empty = next(dataset for dataset, count in received.items() if not count)
        raise BadRelease(f"The “{empty}” table has no rows at all; nothing was imported.")
    digest = content.digest()
    release = describe_release(retrieved_at, content.newest_year, earlier)
    await releases.add_release(connection, release, digest)
    await releases.add_places(connection, source.places())
    changed = 0
    for dataset in Dataset:
        recorded = await observations.record(connection, dataset, number)
        changed += recorded.written
        found = await _find_recodings(connection, dataset, number) if recorded.withdrawn else _Found((), 0)
        await recodings.write_recodings(connection, number, found.recodings)
        withdrawn = recorded.withdrawn - found.rows
        rows_before = (
            received[dataset] - await observations.count_new(connection, dataset, number) + recorded.withdrawn
        )
        if (
            before
            and not trusted
            and (why := find_implausible(dataset, rows_before, received[dataset], withdrawn))
        ):
            raise Implausible(release, digest, why)
        await observations.discard_received(connection, dataset)
    if before and not changed:
        raise Unchanged(f"The figures are those of {before[-1].label}, unchanged; nothing was imported.")
    await rollups.sum_release(connection, number)
    await tell_changes(connection, number)
    return Published(release, sum(received.values()), changed)


@dataclass(frozen=True, slots=True)
class _Found:
    recodings: Sequence[Recoding]
    rows: int


async def _find_recodings(connection: Connection, dataset: Dataset, number: int) -> _Found:
    turnover = await recodings.read_turnover(connection, dataset, number)
    found = find_recodings(
        turnover.vanished, turnover.appeared, turnover.columns, turnover.gone, turnover.new
    )
    return _Found(found, count_recoded(turnover.vanished, found, turnover.columns))


async def tell_changes(connection: Connection, number: int) -> None:
    """Work out again what a full release changed, and what the one after it did."""
    full = [r for r in await releases.read_releases(connection) if not r.starter]
    at = next(index for index, release in enumerate(full) if release.id == number)
    for before, after in pairwise(full):
        if number in (before.id, after.id):
            kinds = name_kinds(before, after)
            moved = await recodings.read_recodings(connection, after.id)
            codes = {code for each in moved for code in (each.old, each.new)}
            await changes.write_changes(connection, after.id, kinds, codes)
            await changes.write_digest(connection, after.id, kinds)
    if at == 0:
        await changes.write_changes(connection, number, {})


def name_kinds(before: Release, after: Release) -> dict[int, str]:
    """Return the kind of a changed figure for every year there may be."""
    last = max(before.newest_year, after.newest_year)
    return {year: find_kind(before, after, year).value for year in range(_FIRST_YEAR, last + 1)}


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
