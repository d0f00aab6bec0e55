"""Publish a release in one transaction: receive, compare with the one before, sum, tell what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from data.doubt import find_unreadable
from data.errors import BadRelease
from data.model import Dataset, ReferencePeriod, Release
from data.releases import announcements, revisions
from data.store import checksums, comparison, countries, intake, observations, quarantine, releases

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from data.doubt import Doubt
    from data.model import Row, Unread
    from data.state.protocol import StateTransaction
    from data.store.database import Connection
    from data.store.quarantine import Unreadable

MAX_LAG = 2
"""UNHCR's newest year is never further behind the day of a release than this."""

_JUNE = 6


class Source(Protocol):
    """Where a whole release comes from."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterable[Row | Unread]:
        """Yield the parsed rows of one dataset, and what of it cannot be read."""
        ...

    def places(self) -> Iterable[tuple[str, str | None, str]]:
        """Yield (UNHCR code, ISO code or None, name)."""
        ...


@dataclass(frozen=True, slots=True)
class Published:
    """A published release: how many rows it has, and how many of them the one before it did not have.

    `unread` are those that could not be read, and were set aside.
    """

    release: Release
    rows: int
    changed: int
    unread: Unreadable


class Unchanged(BadRelease):
    """The figures are those of a release that is kept already; there is nothing to publish.

    `standing` is that release where it is published, and what came was retrieved no earlier.
    """

    def __init__(self, code: str, standing: Release | None = None, /, **values: object) -> None:
        super().__init__(code, **values)
        self.standing = standing


def _refuse_unchanged(before: Release, unread: Unreadable) -> Unchanged:
    """Say that nothing is new; what cannot be read, which stays as it stood, is named all the same."""
    rows = [(dataset, each.line) for dataset, found in unread.items() for each in found]
    if not rows:
        return Unchanged("figures-unchanged", before, release=before)
    table, line = rows[0]
    return Unchanged(
        "figures-unchanged-but-unread", before, release=before, count=len(rows), table=table, line=line
    )


class Implausible(Exception):
    """The release is so unlike the one before it that it is probably a slip at its source."""

    def __init__(self, release: Release, digest: str, doubt: Doubt, unread: Unreadable) -> None:
        self.release, self.digest, self.doubt, self.unread = release, digest, doubt, unread
        super().__init__(doubt.why)


async def publish(
    connection: Connection,
    state: StateTransaction | None,
    source: Source,
    retrieved_at: datetime,
    *,
    trusted: bool = False,
    shipped: bool = False,
) -> Published:
    """Publish what `source` holds, inside the caller's transactions, which an exception must roll back.

    Without a `state`, another host has published it: then nothing is owed, and its moment stays as it is.

    Raises `BadRelease` when it makes no sense, `Unchanged` when the release before says just the same
    or it was put aside before, and `Implausible` unless it is `trusted`.
    One that came with the program is news only to channels that were subscribed on its day.
    """
    known = await releases.read_releases(connection)
    _refuse_the_same_moment(known, retrieved_at)
    received, unread = await _receive(connection, source, retrieved_at.year)
    rows = sum(received.values())
    newest_year = await _find_newest_year(connection, retrieved_at)
    if state is not None:
        await _refuse_what_was_put_aside(connection)
        retrieved_at = await find_free_moment(connection, state, retrieved_at)
    release = describe_release(retrieved_at, newest_year, known)
    await releases.add_release(connection, release)
    await quarantine.keep_unread(connection, release.id, unread)
    before = [r for r in known if r.id < release.id]
    later = [r for r in known if r.id > release.id]
    following = later[0].id if later else None
    replaced = await comparison.read_summed(connection, following) if following else frozenset()
    renamed = await countries.record_countries(connection, release.id, source.places(), following)
    await releases.note_lacking(connection, release.id, [each for each in Dataset if not received[each]])
    lacked = (await releases.read_lacking(connection)).get(before[-1].id, ()) if before else ()
    changed = 0
    for dataset in (each for each in Dataset if received[each]):
        then = await releases.find_following(connection, release.id, dataset)
        written = await observations.record(
            connection,
            dataset,
            release.id,
            first=not before,
            following=then,
            unread=[each.key for each in unread[dataset] if each.key],
        )
        changed += 0 if dataset in lacked else written  # what that one came without is none of its figures
    if later and not await observations.has_news(connection, later[0].id):
        raise Unchanged("figures-of-later-release", release=later[0])
    if before:
        if not (changed or renamed):
            raise _refuse_unchanged(before[-1], unread)
        await revisions.find_replaced_codes(connection, release.id)
    if not trusted:
        await _insist_on_no_doubt(connection, release, rows, unread)
    await rename(connection, known, (*known, release))
    await rename_recoded(connection, [each.id for each in (release, *later[:1])])
    derived = [release.id]
    if following:
        derived += await revisions.recompare(connection, following, replaced)
    for dataset in Dataset:
        await intake.discard(connection, dataset)
    await revisions.derive(connection, derived)
    await checksums.write_checksums(connection, derived)
    (release,) = [each for each in await releases.read_releases(connection) if each.id == release.id]
    if before and state is not None:  # a baseline is no news
        waited_since = release.retrieved_at if shipped else None
        await announcements.enqueue(connection, state, release, await state.read_clock(), waited_since)
    return Published(release, rows, changed if before else rows, unread)


async def complete(connection: Connection, source: Source, release: Release) -> bool:
    """Give a published release the datasets that it came without, where `source` has them; say whether.

    That gives no figure otherwise, and is no news. What is derived from them is still to be made again.
    """
    lacking = (await releases.read_lacking(connection)).get(release.id, frozenset())
    rest = set(lacking)
    for dataset in lacking:
        rows, unread = await intake.receive(
            connection, dataset, source.rows(dataset, release.retrieved_at.year)
        )
        if rows:
            then = await releases.find_following(connection, release.id, dataset)
            await observations.record(connection, dataset, release.id, following=then)
            await quarantine.keep_unread(connection, release.id, {dataset: unread})
            rest.remove(dataset)
        await intake.discard(connection, dataset)
    await releases.note_lacking(connection, release.id, rest)
    return rest != lacking


def _refuse_the_same_moment(known: Iterable[Release], retrieved_at: datetime) -> None:
    for kept in known:
        if kept.id == int(retrieved_at.timestamp()):
            raise Unchanged("release-kept-already", kept, day=retrieved_at.date())


async def _receive(
    connection: Connection, source: Source, last_year: int
) -> tuple[dict[Dataset, int], dict[Dataset, list[Unread]]]:
    """Return how many rows came of each dataset, and those that could not be read."""
    received = {d: await intake.receive(connection, d, source.rows(d, last_year)) for d in Dataset}
    for dataset, (rows, _) in received.items():
        if not rows and not dataset.may_lack:
            raise BadRelease("table-without-rows", dataset=dataset)
    return (
        {dataset: rows for dataset, (rows, _) in received.items()},
        {dataset: unread for dataset, (_, unread) in received.items()},
    )


async def _insist_on_no_doubt(
    connection: Connection, release: Release, rows: int, unread: dict[Dataset, list[Unread]]
) -> None:
    """Raise `Implausible` unless the release weighs about as much as the one before it.

    One that is older than all others is weighed as what the next one has before it.
    """
    doubt, digest = find_unreadable(rows, sum(map(len, unread.values()))), None
    known = [each.id for each in await releases.read_releases(connection)]
    if not doubt and known[0] != release.id:
        doubt = await revisions.find_doubt(connection, release.id)
    elif not doubt and len(known) > 1:
        digest = await intake.digest(connection)
        await revisions.recompare(connection, known[1], frozenset())
        doubt = await revisions.find_doubt(connection, known[1], of_earlier=True)
    if doubt:
        raise Implausible(release, digest or await intake.digest(connection), doubt, unread)


async def _find_newest_year(connection: Connection, retrieved_at: datetime) -> int:
    newest_year = await intake.find_newest_year(connection)
    if newest_year < retrieved_at.year - MAX_LAG:
        raise BadRelease("figures-too-old", newest=newest_year, day=retrieved_at.date())
    return newest_year


async def _refuse_what_was_put_aside(connection: Connection) -> None:
    doubted = await releases.read_doubted(connection)
    digest = await intake.digest(connection) if doubted else None
    for release, state, its_digest in doubted:
        if its_digest != digest:
            continue
        if state == "rejected":
            raise Unchanged("figures-were-rejected", day=release.day.isoformat())
        if state == "withdrawn":
            raise Unchanged("figures-were-withdrawn", day=release.day.isoformat())
        raise Unchanged("figures-in-quarantine", day=release.day.isoformat())


async def find_free_moment(connection: Connection, state: StateTransaction, moment: datetime) -> datetime:
    """Return this moment, or the first one after it that no other release has: they are told apart by it.

    Nor one that channels were told of: what is published again is told again.
    """
    taken = (await releases.read_states(connection)).keys() | await state.read_announced()
    while int(moment.timestamp()) in taken:
        moment += timedelta(seconds=1)
    return moment


async def rename(connection: Connection, known: Sequence[Release], now: Sequence[Release]) -> None:
    """Name the releases anew whose names were inferred from those that were `known` until `now`."""
    for each in known:
        if each in now and each.label == infer_label(each, known):
            renamed = replace(each, label=infer_label(each, now))
            await releases.change_release(connection, renamed, state="published")


async def rename_recoded(connection: Connection, touched: Collection[int]) -> None:
    """Call a second release of one year and period recoded where it gives no figure otherwise.

    Only of the releases that were `touched` can that be otherwise than before.
    """
    published = await releases.read_releases(connection)
    for each in (release for release in published if release.id in touched):
        inferred, recoded = infer_label(each, published), _name_recoded(each)
        if each.label in (inferred, recoded):
            again = inferred != _name_first(each)
            same = again and not await observations.has_news(connection, each.id, of_figures=True)
            renamed = replace(each, label=recoded if same else inferred)
            await releases.change_release(connection, renamed, state="published")


def _name_first(release: Release) -> str:
    return name_release(release.newest_year, release.period, again=False)


def list_names(release: Release) -> tuple[str, str, str]:
    """Return every name that a release may be given without anybody choosing one."""
    again = name_release(release.newest_year, release.period, again=True)
    return _name_first(release), again, _name_recoded(release)


def _name_recoded(release: Release) -> str:
    return f"{_name_first(release)}, recoded"


def describe_release(retrieved_at: datetime, newest_year: int, known: Iterable[Release]) -> Release:
    """Infer what UNHCR does not say: a newest year Y retrieved before June of Y+1 is mid-year."""
    june = datetime(newest_year + 1, _JUNE, 1, tzinfo=UTC)
    period = ReferencePeriod.MID_YEAR if retrieved_at < june else ReferencePeriod.YEAR_END
    release = Release(int(retrieved_at.timestamp()), retrieved_at, "", newest_year, period)
    return replace(release, label=infer_label(release, known))


def infer_label(release: Release, known: Iterable[Release]) -> str:
    """Name a release by what it covers; a second one of the same year and period is a corrected one."""
    covers = (release.newest_year, release.period)
    again = any((each.newest_year, each.period) == covers for each in known if each.id < release.id)
    return name_release(*covers, again=again)


def name_release(newest_year: int, period: ReferencePeriod, *, again: bool) -> str:
    """Return the label of a release as UNHCR's reports are called."""
    name = "Mid-Year" if period is ReferencePeriod.MID_YEAR else "Global"
    return f"{name} Trends {newest_year}{', corrected' if again else ''}"
