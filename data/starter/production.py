"""Make the starter figures from folders of full releases: `python -m bot starter FOLDER`."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.errors import BadRelease
from data.imports import import_release
from data.model import ALL
from data.starter.coverage import ASYLUM_COUNTRIES, ORIGINS, Coverage, condense, rank_by_share
from data.starter.table import Starter, write_tables
from data.store import figures
from data.store.database import Connection, Database
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_releases
from data.unhcr.folder import ReleaseFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from data.model import Release
    from data.starter.coverage import PairCounts, PairKey

DAYS = (date(2025, 11, 10), date(2026, 6, 12), date(2026, 6, 25))
EVERY_ASYLUM = frozenset({"CHI"})
UNKNOWN = "UKN"
"""Named besides the largest origins: where many lose their origin, every origin seems to shrink."""


async def make_starter(
    folder: Path, is_country: Callable[[str], bool], days: Collection[date] = DAYS
) -> dict[str, str]:
    """Return the starter's files by name, from sub-folders of `folder` whose names begin with their date.

    Raises `BadRelease` when a day's folder is missing or makes no sense.
    """
    found = _find_folders(folder, days)
    with tempfile.TemporaryDirectory() as scratch:
        async with Database(Path(scratch) / "full.sqlite3", readers=1) as database:
            await migrate(database, list_migrations())
            for day in sorted(days):
                at = datetime(day.year, day.month, day.day, tzinfo=UTC)
                await import_release(database, ReleaseFolder(found[day]), at)
            async with database.reading() as connection:
                return await condense_releases(connection, is_country, days)


async def condense_releases(
    connection: Connection, is_country: Callable[[str], bool], days: Collection[date] = DAYS
) -> dict[str, str]:
    """Return the starter's files by name, from the full releases of those days in a database."""
    releases = [r for r in await read_releases(connection) if r.day in days and not r.starter]
    coverage = await _choose(connection, releases[-1], is_country)
    condensed = [(r, condense(await _pairs(connection, r), coverage)) for r in releases]
    return write_tables(Starter(tuple(condensed), coverage))


def _find_folders(folder: Path, days: Collection[date]) -> dict[date, Path]:
    found = {path.name[:10]: path for path in sorted(folder.iterdir()) if path.is_dir()}
    if missing := [day for day in days if day.isoformat() not in found]:
        raise BadRelease(f"{folder} has no folder for the release of {missing[0]}; the starter needs it.")
    return {day: found[day.isoformat()] for day in days}


async def _choose(connection: Connection, release: Release, is_country: Callable[[str], bool]) -> Coverage:
    """Choose by the newest release: shares of the world's pending and new claims, in persons."""
    by_origin: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    by_asylum: dict[tuple[int, str], dict[str, int]] = defaultdict(dict)
    for (origin, asylum, year, unit), (pending, new, *_) in await figures.read_totals(connection, release):
        named, shares = (origin, by_origin) if asylum == ALL else (asylum, by_asylum)
        if unit == "P" and named != ALL and is_country(named):
            for measure, count in (("pending", pending), ("new", new)):
                if count:
                    shares[year, measure][named] = count
    origins = {*rank_by_share(by_origin, ORIGINS), *EVERY_ASYLUM, UNKNOWN}
    return Coverage(frozenset(origins), frozenset(rank_by_share(by_asylum, ASYLUM_COUNTRIES)), EVERY_ASYLUM)


async def _pairs(connection: Connection, release: Release) -> list[tuple[PairKey, PairCounts]]:
    return [
        (key, (pending, new, *decisions))
        for key, (pending, new, _all_stages, *decisions) in await figures.read_pairs(connection, release)
    ]


def save_starter(tables: Mapping[str, str]) -> list[tuple[Path, int]]:
    """Write the tables beside this module, each atomically; return their paths and sizes in bytes."""
    saved = []
    for name, text in tables.items():
        path = Path(__file__).with_name(name)
        scratch = path.with_suffix(".new")
        scratch.write_bytes(text.encode())
        scratch.replace(path)
        saved.append((path, path.stat().st_size))
    return saved
