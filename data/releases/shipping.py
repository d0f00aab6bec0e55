"""Make the files of the shipped releases from folders: `python -m bot ship FOLDER …`."""

from __future__ import annotations

import asyncio
import lzma
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset
from data.releases.imports import import_release
from data.releases.installation import install
from data.sources.shipped import ROLLUPS, Shipped, write_files
from data.sources.unhcr.folder import ReleaseFolder
from data.store import comparison, countries, observations, quarantine, rollups
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_lacking, read_releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


async def make_files(folders: Iterable[Path]) -> dict[str, bytes]:
    """Return the files by name, from folders of whole releases whose names begin with their day.

    They are imported into a database of their own, whose ledger the files then hold. Without any, it is that
    of the releases that are shipped already, and only their rollups are made anew. Raises `BadRelease`
    where a folder is not named by a day, makes no sense or looks implausible beside the one before it.
    """
    days = {_read_day(folder): folder for folder in folders}
    with tempfile.TemporaryDirectory() as scratch:
        async with Database(Path(scratch) / "shipped.sqlite3", readers=1) as database:
            await migrate(database, list_migrations())
            if not days:
                await install(database, Shipped())
                return {ROLLUPS: await make_rollups(database, Path(scratch) / ROLLUPS)}
            for day in sorted(days):
                at = datetime(day.year, day.month, day.day, tzinfo=UTC)
                imported = await import_release(database, ReleaseFolder(days[day]), at)
                if imported.doubt:
                    raise BadRelease("folder-implausible", folder=days[day], why=imported.doubt.why)
            prepared = await make_rollups(database, Path(scratch) / ROLLUPS)
            async with database.reading() as connection:
                return {ROLLUPS: prepared} | write_files(
                    await read_releases(connection),
                    await read_lacking(connection),
                    {each: await observations.read_ledger(connection, each) for each in Dataset},
                    await countries.read_countries_ledger(connection),
                    await comparison.read_all_recodings(connection),
                    await quarantine.read_unread_table(connection),
                )


_VERSION = slice(96, 100)
"""Where a file of SQLite's says which version of it wrote last."""


async def make_rollups(database: Database, scratch: Path) -> bytes:
    """Return the file with the rollups of every release, which a first start takes instead of making them."""
    async with database.writing(beside=scratch) as connection:
        await rollups.save_prepared(connection)
    content = bytearray(await asyncio.to_thread(scratch.read_bytes))
    content[_VERSION] = bytes(4)
    return lzma.compress(content, preset=9 | lzma.PRESET_EXTREME)


def _read_day(folder: Path) -> date:
    try:
        return date.fromisoformat(folder.name[:10])
    except ValueError as error:
        raise BadRelease("folder-without-day", folder=folder) from error


def save_files(
    files: Mapping[str, bytes], folder: Path = Path(__file__).parents[1] / "sources" / "shipped"
) -> list[tuple[Path, int]]:
    """Write the files, each atomically; return their paths and sizes in bytes."""
    saved = []
    for name, data in sorted(files.items()):
        path = folder / name
        unfinished = path.with_name(f"{name}.new")
        unfinished.write_bytes(data)
        unfinished.replace(path)
        saved.append((path, len(data)))
    return saved
