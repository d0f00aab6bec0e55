"""What an operator does from the shell with the releases: import, sync, list, decide on, withdraw, label."""

from __future__ import annotations

import asyncio
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from data import imports
from data.countries import Atlas
from data.errors import AsylumBotError
from data.model import Period
from data.startup import open_database
from data.store.releases import read_doubted, read_releases
from data.sync import Sync
from data.unhcr.client import UnhcrClient
from data.unhcr.folder import ReleaseFolder

if TYPE_CHECKING:
    from pathlib import Path

    from data.imports import Imported
    from data.model import Release
    from data.store.database import Database
    from data.unhcr.download import Progress as Fetched

VERSION = "0.1"
_WIDEST = 160
"""So many characters hold the longest label: a line for each release, also where there is no terminal."""


def make_sync(database: Database, base: str, contact: str) -> Sync:
    """Tie a sync to UNHCR's API at `base`; `contact` tells UNHCR whom to write to."""
    return Sync(database, lambda: UnhcrClient(base, contact=contact, version=VERSION))


async def sync_now(path: Path, base: str, contact: str, *, whole: bool) -> None:
    """Sync once, with a bar in the terminal, and say what came of it."""
    async with open_database(path) as database:
        with _bars() as bars:
            tasks = {}

            def show(fetched: Fetched) -> None:
                if fetched.dataset not in tasks:
                    tasks[fetched.dataset] = bars.add_task(fetched.dataset.value, total=fetched.pages)
                bars.update(tasks[fetched.dataset], completed=fetched.page, total=fetched.pages)

            synced = await make_sync(database, base, contact).run(whole=whole, progress=show)
    if synced.imported is None:
        _console().print(synced.why)
    else:
        _tell(synced.imported)


async def import_folder(path: Path, folder: Path, retrieved: str) -> None:
    """Take in a full release from a folder."""
    try:
        day = date.fromisoformat(retrieved)
    except ValueError as error:
        raise AsylumBotError(f"--retrieved is “{retrieved}”; write the day like 2026-06-25.") from error
    source = ReleaseFolder(folder)
    at = datetime(day.year, day.month, day.day, tzinfo=UTC)
    if at > datetime.now(UTC):
        raise AsylumBotError(f"--retrieved is {day}, which has not come yet; write the day it was retrieved.")
    async with open_database(path) as database:
        _tell(await imports.import_release(database, source, at))


async def list_releases(path: Path) -> None:
    """Print every release that is kept, the quarantined, rejected and withdrawn ones too.

    Where a day has several, its number tells a release from the others.
    """
    async with open_database(path) as database, database.reading() as connection:
        published = await read_releases(connection)
        doubted = await read_doubted(connection)
    table = Table(box=None)
    for column in ("retrieved", "label", "newest year", "covers", "state", "number"):
        table.add_column(column, no_wrap=True)
    rows = [(release, "starter" if release.starter else "published") for release in published]
    rows += [(release, state) for release, state, _ in doubted]
    for release, state in sorted(rows, key=lambda row: row[0].id):
        table.add_row(
            release.day.isoformat(),
            release.label,
            str(release.newest_year),
            release.period.value,
            state,
            str(release.id),
        )
    _console(width=_WIDEST).print(table)


async def publish_release(path: Path, day: str) -> None:
    """Publish a release that was put aside after all."""
    async with open_database(path) as database:
        _tell(await imports.publish_kept(database, day))


async def reject_release(path: Path, day: str) -> None:
    """Decide against a quarantined release."""
    async with open_database(path) as database:
        release = await imports.reject_kept(database, day)
    _console().print(
        f"{release.label} of {release.day} is rejected; the same figures are not taken in again."
    )


async def withdraw_release(path: Path, day: str) -> None:
    """Take a published release back, and say who will be told."""
    async with open_database(path) as database:
        withdrawn = await imports.withdraw(database, day, datetime.now(UTC))
    release, newest, alerts = withdrawn.release, withdrawn.newest, withdrawn.alerts
    _console().print(
        f"{release.label} of {release.day} is withdrawn;"
        f" the newest release is {newest.label} of {newest.day}."
    )
    told = "No channel was told of it."
    if alerts.owed:
        told = f"{_count(alerts.owed, 'channel that was', 'channels that were')} told of it will be told."
    dropped = f" {_count(alerts.dropped, 'alert')} not sent yet will not be." if alerts.dropped else ""
    marked = f" {_count(alerts.marked, 'older alert')} will be marked anew." if alerts.marked else ""
    _console().print(f"{told}{dropped}{marked}")
    _console().print(
        "The same figures are not taken in again, corrected ones are;"
        f" “python -m bot publish {release.day}” brings it back."
    )


async def label_release(path: Path, day: str, label: str | None, period: str | None) -> None:
    """Overrule the label or period of a release."""
    if not label and not period:
        raise AsylumBotError("Say what to change: --label “Global Trends 2025” or --period year-end.")
    async with open_database(path) as database:
        release = await imports.relabel(database, day, label, Period(period) if period else None)
    _console().print(f"The release of {release.day} is now {_describe(release)}.")


async def make_starter_figures(folder: Path) -> None:
    """Make the starter figures anew from full releases."""
    from data.starter.production import make_starter, save_starter

    atlas = Atlas.load()
    tables = await make_starter(
        folder, lambda code: bool((country := atlas.by_code(code)) and country.is_country)
    )
    for path, size in await asyncio.to_thread(save_starter, tables):
        _console().print(f"{path.name}: {size:,} bytes")


def _count(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"


def _tell(imported: Imported) -> None:
    release = imported.release
    if imported.doubt:
        _console().print(
            f"{_describe(release)} looks implausible and is in quarantine: {imported.doubt}."
            f" Look at it, then “python -m bot publish {release.day}” or “… reject {release.day}”."
        )
    else:
        _console().print(
            f"{release.label}: {imported.rows:,} rows read, {imported.changed:,} of them new or different."
        )


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
