"""What an operator does from the shell against loss and damage: verify, and make a backup."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from rich.console import Console

from bot.sentences import Refusal
from bot.shell.releases import connect
from data.releases.backup import make_backup, restore_backup
from data.releases.opening import open_database
from data.releases.verification import RepairOutcome, find_damage, verify
from data.sources.shipped import Shipped
from data.sources.unhcr.folder import ReleaseFolder
from data.store.checksums import LEDGER
from data.store.releases import read_releases

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from data.model import Release
    from data.releases.publication import Source
    from data.releases.verification import ReleaseVerdict
    from data.store.database import Database

OUTCOMES = {
    RepairOutcome.REPAIRED: "damaged, and rebuilt",
    RepairOutcome.NO_SOURCE: (
        "damaged, and nothing here has its rows: name a folder with --releases, or restore a backup"
    ),
    RepairOutcome.OTHER_SOURCE: (
        "damaged, and what is at hand differs from what was published: restore a backup"
    ),
    RepairOutcome.DAMAGED_BEFORE: "damaged, and so is what it is made from: restore a backup",
}


async def verify_database(
    path: Path, folder: Path | None, base: str, contact: str, *, fetch: bool = False
) -> bool:
    """Say which release is damaged, repair what can be repaired, and return whether all is sound.

    `folder` holds one folder per release, named by its day; `fetch` asks UNHCR for the newest one.
    """
    if folder is not None and not await asyncio.to_thread(folder.is_dir):
        raise Refusal(f"There is no folder {folder}; name one that holds a folder for each release.")
    async with AsyncExitStack() as stack:
        database = await stack.enter_async_context(open_database(path, to_repair=True))
        shipped = _list_shipped()
        newest = await _find_newest_damaged(database) if fetch else None
        fetched: Source | None = None
        if newest is not None:
            unhcr = await stack.enter_async_context(connect(base, contact))
            fetched = await stack.enter_async_context(
                unhcr.download(datetime.now(UTC).year, keep_in=path.parent)
            )

        def find_source(release: Release) -> Source | None:
            found = sorted(folder.glob(f"{release.day}*")) if folder else []
            if found:
                return ReleaseFolder(found[0])
            if release.day in shipped:
                return shipped[release.day]
            return fetched if release.id == newest else None

        verified = await verify(database, find_source)
    for verdict in verified.verdicts:
        _print(_describe(verdict))
    for fault in verified.faults:
        _print(f"SQLite says: {fault}")
    if not verified.sound:
        _print("The database is damaged still: restore a backup, or move it away and start again.")
    elif verified.verdicts:
        _print("Everything is as it was published again.")
    else:
        _print(f"Every release ({len(verified.releases)}) is as it was published.")
    return verified.sound


def _list_shipped() -> dict[date, Source]:
    """Return the releases that come with the program by their day: what is kept may be called otherwise."""
    shipped = Shipped()
    return {release.day: shipped.source(release) for release in shipped.releases}


async def _find_newest_damaged(database: Database) -> int | None:
    """Return the number of the newest release where rows of its own are damaged: UNHCR gives no older one."""
    found = await find_damage(database)
    async with database.reading() as connection:
        newest = (await read_releases(connection))[-1:]
    damaged = {each.release for each in found.damaged if each.part in LEDGER}
    return newest[0].id if newest and newest[0].id in damaged else None


async def back_up(path: Path, target: Path) -> None:
    """Copy the database into one file, also while the bot runs, and verify the copy."""
    published = await make_backup(path, target)
    size = (await asyncio.to_thread(target.stat)).st_size
    _print(f"{target}: {published} releases, {size / 1_000_000:.1f} MB, verified.")


async def restore(backup: Path, path: Path) -> None:
    """Put a backup in the place of the database, which is kept, and say under which name."""
    published, kept = await restore_backup(backup, path, datetime.now(UTC))
    _print(f"{path}: {published} releases, restored from {backup} and verified.")
    if kept:
        _print(f"What was there before is kept as {kept}; delete it when all is well.")


def _describe(verdict: ReleaseVerdict) -> str:
    release = verdict.release
    return f"{release.label} ({release.day}), {verdict.part.value}: {OUTCOMES[verdict.outcome]}."


def _print(text: str) -> None:
    Console(markup=False, emoji=False, highlight=False, soft_wrap=True).print(text)
