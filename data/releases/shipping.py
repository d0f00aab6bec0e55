"""Make the files of the shipped releases from folders: `python -m bot ship FOLDER …`."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.model import Dataset
from data.releases.imports import import_release
from data.sources.shipped import write_files
from data.sources.unhcr.folder import ReleaseFolder
from data.store import comparison, countries, observations, quarantine
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_lacking, read_releases

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


async def make_files(folders: Iterable[Path]) -> dict[str, bytes]:
    """Return the files by name, from folders of whole releases whose names begin with their day.

    They are imported into a database of their own, whose ledger the files then hold. Raises `BadRelease`
    where a folder is not named by a day, makes no sense or looks implausible beside the one before it.
    """
    days = {_read_day(folder): folder for folder in folders}
    with tempfile.TemporaryDirectory() as scratch:
        async with Database(Path(scratch) / "shipped.sqlite3", readers=1) as database:
            await migrate(database, list_migrations())
            for day in sorted(days):
                at = datetime(day.year, day.month, day.day, tzinfo=UTC)
                imported = await import_release(database, ReleaseFolder(days[day]), at)
                if imported.doubt:
                    raise BadRelease("folder-implausible", folder=days[day], why=imported.doubt.why)
            async with database.reading() as connection:
                return write_files(
                    await read_releases(connection),
                    await read_lacking(connection),
                    {each: await observations.read_ledger(connection, each) for each in Dataset},
                    await countries.read_countries_ledger(connection),
                    await comparison.read_all_recodings(connection),
                    await quarantine.read_unread_table(connection),
                )


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
