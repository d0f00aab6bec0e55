"""The files of the shipped releases are made from folders, and always the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from data.errors import BadRelease
from data.releases.opening import open_database
from data.releases.shipping import make_files, save_files
from data.sources.shipped import Shipped
from tests.data.store.states import dump
from tests.refusals import refuses
from tests.releases import RELEASES, needs_release_folders, put_together, thin_folder

ASYLUM = {"SPA", "SWI"}
"""Of these, no release would be doubted."""
THINNED = ("2023-04-27", "2023-10-25", "2025-11-10", "2026-06-12")
"""The oldest, the one with a row that cannot be read, half a year and the year that completed it."""
SHIPPED = Path(__file__).parents[3] / "data" / "sources" / "shipped"


@needs_release_folders
async def test_thinned_releases_are_the_same_shipped_as_imported(tmp_path: Path) -> None:
    folders = [
        thin_folder(folder, tmp_path / folder.name, ASYLUM)
        for folder in RELEASES
        if folder.name.startswith(THINNED)
    ]
    files = await make_files(folders[::-1])
    assert await make_files(folders) == files
    (tmp_path / "shipped").mkdir()
    save_files(files, tmp_path / "shipped")
    async with open_database(tmp_path / "one.sqlite3", shipped=Shipped(tmp_path / "shipped")):
        pass
    (tmp_path / "first").mkdir()
    save_files(await make_files(folders[:1]), tmp_path / "first")
    async with open_database(tmp_path / "other.sqlite3", shipped=Shipped(tmp_path / "first")):
        pass
    async with open_database(tmp_path / "other.sqlite3", shipped=Shipped(tmp_path / "shipped")):
        pass
    one, other = dump(tmp_path / "one.sqlite3"), dump(tmp_path / "other.sqlite3")
    assert {table for table in one if one[table] != other[table]} == set()


async def test_a_folder_without_a_day_is_refused(tmp_path: Path) -> None:
    with refuses(BadRelease, "is not named by its day"):
        await make_files([tmp_path])


@pytest.mark.proof
@needs_release_folders
def test_the_files_in_the_repository_are_made_of_the_published_folders(tmp_path: Path) -> None:
    folders = [put_together(folder, tmp_path) for folder in RELEASES]
    for name, data in asyncio.run(make_files(folders)).items():
        assert (SHIPPED / name).read_bytes() == data
