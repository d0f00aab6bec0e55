"""What an operator does from the shell with the releases: import, sync, list, decide on, withdraw, label."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from bot.sentences import Refusal, say
from bot.shell.doubts import act_on_doubt, describe_doubt, list_unread
from bot.version import find_version
from data.model import ReferencePeriod
from data.releases import imports
from data.releases.opening import open_database
from data.releases.sync import Sync
from data.sources.unhcr.client import UnhcrClient
from data.sources.unhcr.folder import ReleaseFolder
from data.state.opening import state_of
from data.store.quarantine import read_doubts, read_unread
from data.store.releases import read_doubted, read_releases

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from data.errors import Phrase
    from data.model import Release
    from data.releases.imports import Imported
    from data.sources.unhcr.download import Progress as Fetched
    from data.store.database import Database

_WIDEST = 160
"""So many characters hold the longest label: a line for each release, also where there is no terminal."""


def make_sync(database: Database, base: str, contact: str) -> Sync:
    """Tie a sync to UNHCR's API at `base`; `contact` tells UNHCR whom to write to."""
    return Sync(database, lambda: connect(base, contact))


def connect(base: str, contact: str) -> UnhcrClient:
    """Return a client of UNHCR's API at `base`."""
    return UnhcrClient(base, contact=contact, version=find_version())


async def sync_now(path: Path, base: str, contact: str, address: str | None = None, *, whole: bool) -> None:
    """Sync once, with a bar in the terminal, and say what came of it."""
    async with open_database(path, address=address) as database:
        with _bars() as bars:
            tasks = {}

            def show(fetched: Fetched) -> None:
                if fetched.dataset not in tasks:
                    tasks[fetched.dataset] = bars.add_task(fetched.dataset.value, total=fetched.pages)
                bars.update(tasks[fetched.dataset], completed=fetched.page, total=fetched.pages)

            synced = await make_sync(database, base, contact).run(whole=whole, progress=show)
    _tell_unknown(synced.unknown)
    if synced.why:
        _console().print(say(synced.why))
    if synced.imported:
        _tell(synced.imported, synced.notes_fault)


async def import_folder(path: Path, folder: Path, retrieved: str, address: str | None = None) -> None:
    """Take in a release from a folder or a ZIP."""
    try:
        day = date.fromisoformat(retrieved)
    except ValueError as error:
        raise Refusal(f"--retrieved is “{retrieved}”; write the day like 2026-06-25.") from error
    source = ReleaseFolder(folder)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if at > datetime.now(UTC):
        raise Refusal(f"--retrieved is {day}, which has not come yet; write the day it was retrieved.")
    _tell_unknown(await asyncio.to_thread(source.find_unknown))
    async with open_database(path, address=address) as database:
        notes = await asyncio.to_thread(source.notes)
        _tell(await imports.import_release(database, source, at, notes), notes.fault)


async def list_releases(path: Path, address: str | None = None) -> None:
    """Print every release that is kept, the quarantined, rejected and withdrawn ones too.

    Where a day has several, its number tells a release from the others.
    """
    async with open_database(path, address=address) as database, database.reading() as connection:
        published = await read_releases(connection)
        doubted = await read_doubted(connection)
        unread, doubts = await read_unread(connection), await read_doubts(connection)
    table = Table(box=None)
    for column in ("retrieved", "label", "newest year", "covers", "state", "number"):
        table.add_column(column, no_wrap=True)
    rows = [(release, "published") for release in published]
    rows += [(release, state) for release, state, _ in doubted]
    days = Counter(release.day for release, _ in rows)
    for release, state in sorted(rows, key=lambda row: row[0].id):
        table.add_row(
            release.day.isoformat(),
            release.label,
            str(release.newest_year),
            release.period.value,
            state,
            str(release.id) if days[release.day] > 1 else "",
        )
    _console(width=_WIDEST).print(table)
    for release in sorted([*published, *(each for each, _, _ in doubted)], key=lambda each: each.id):
        if release.id in doubts:
            _console().print(f"{release.day} was not published: {describe_doubt(doubts[release.id])}.")
        for row in list_unread(unread.get(release.id, {})):
            _console().print(f"{release.day}, set aside: {row}")


async def publish_release(path: Path, day: str, address: str | None = None) -> None:
    """Publish a release that was put aside after all."""
    async with open_database(path, address=address) as database:
        _tell(await imports.publish_kept(database, day))


async def reject_release(path: Path, day: str, address: str | None = None) -> None:
    """Decide against a quarantined release."""
    async with open_database(path, address=address) as database:
        release = await imports.reject_kept(database, day)
    _console().print(
        f"{release.label} of {release.day} is rejected; the same figures are not taken in again."
    )


async def withdraw_release(path: Path, day: str, address: str | None = None) -> None:
    """Take a published release back, and say who will be told."""
    async with open_database(path, address=address) as database:
        withdrawn = await imports.withdraw(database, day, state_of(database).clock())
    release, newest, alerts = withdrawn.release, withdrawn.newest, withdrawn.alerts
    _console().print(
        f"{release.label} of {release.day} is withdrawn;"
        f" the newest release is {newest.label} of {newest.day}."
    )
    told = "No channel was told of it."
    if alerts.owed:
        told = f"{_count(alerts.owed, 'channel that was', 'channels that were')} told of it will be told."
    said = [told]
    if alerts.dropped:
        said.append(f"{_count(alerts.dropped, 'alert', 'alerts')} not sent yet will not be.")
    if alerts.marked:
        said.append(f"{_count(alerts.marked, 'older alert', 'older alerts')} will be marked anew.")
    _console().print(" ".join(said))
    _console().print(
        "The same figures are not taken in again, corrected ones are;"
        f" “python -m bot publish {release.day}” brings it back."
    )


async def label_release(
    path: Path, day: str, label: str | None, period: str | None, address: str | None = None
) -> None:
    """Overrule the label or period of a release."""
    if not label and not period:
        raise Refusal("Say what to change: --label “Global Trends 2025” or --period year-end.")
    async with open_database(path, address=address) as database:
        release = await imports.relabel(database, day, label, ReferencePeriod(period) if period else None)
    _console().print(f"The release of {release.day} is now {_describe(release)}.")


async def make_shipped_files(folders: Sequence[Path]) -> None:
    """Make the files of the releases that come with the program anew, and say how large they are."""
    from data.releases.shipping import make_files, save_files

    for path, size in save_files(await make_files(folders)):
        _console().print(f"{path.name}: {size:,} bytes")


def _count(number: int, one: str, several: str) -> str:
    return f"1 {one}" if number == 1 else f"{number:,} {several}"


def _tell_unknown(fields: Sequence[str]) -> None:
    for field in fields:
        _console().print(f"A column that this program does not know was passed over: {field}.")


def _tell(imported: Imported, notes_fault: Phrase | None = None) -> None:
    release = imported.release
    for row in list_unread(imported.unread):
        _console().print(f"Set aside: {row}")
    if imported.doubt:
        _console().print(
            f"{_describe(release)} is doubtful and was not published: {describe_doubt(imported.doubt)}."
            f" It is in quarantine: {act_on_doubt(release)}."
        )
    else:
        _console().print(
            f"{release.label}: {imported.rows:,} rows read, {imported.changed:,} of them new or different."
        )
    if notes_fault:
        _console().print(f"UNHCR's notes were not all taken; those kept before stay: {say(notes_fault)}")


def _describe(release: Release) -> str:
    return f"{release.label} ({release.period.value})"


def _console(*, stderr: bool = False, width: int | None = None) -> Console:
    """Return a console that prints texts as they are: brackets in a label are no markup."""
    return Console(stderr=stderr, width=width, markup=False, emoji=False, highlight=False, soft_wrap=True)


def _bars() -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=_console(stderr=True),
    )
