"""The four releases of 2025 and 2026, synced one after the other as UNHCR published them."""

from __future__ import annotations

import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from data.model import Dataset
from data.releases.imports import import_release
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from tests.data.store.states import dump
from tests.data.syncing import keeping_up
from tests.releases import MID, NOW, UPDATE, YEAR_END, at, needs_release_folders, release_folder
from tests.unhcr_tables import Tables, read_release

DAYS = (MID, UPDATE, YEAR_END, NOW)
POPULATION, APPLICATIONS, DECISIONS, SOLUTIONS = Dataset

Counts = dict[str, int]

GOLDEN: dict[date, Counts] = {
    MID: {},
    UPDATE: {POPULATION: 74},
    YEAR_END: {POPULATION: 7_599, APPLICATIONS: 5_701, DECISIONS: 14_829},
    NOW: {POPULATION: 25, APPLICATIONS: 251, DECISIONS: 1_098},
}
"""How many published figures each release changed, of whatever kind."""

ALL_POPULATION = {UPDATE: 74, YEAR_END: 8_045, NOW: 25}
"""The same of every column of the population table: in June 2026, 3,200 of them refugees."""


def read_digest(path: Path, day: date) -> Counts:
    found: Counter[str] = Counter()
    with closing(sqlite3.connect(path)) as connection:
        for dataset, figures in connection.execute(
            "SELECT dataset, figures FROM digest WHERE release = ?", (int(at(day).timestamp()),)
        ):
            found[dataset] += figures
    return found


async def sync_all(database: Database, read: Callable[[date], Tables]) -> None:
    """Sync each release on its day, and once more when there is nothing new."""
    first = read(DAYS[0])
    async with keeping_up(database, first, page_size=10_000) as keeper:
        for number, day in enumerate(DAYS, start=1):
            if number > 1:
                keeper.double.serve(read(day))
            keeper.now = at(day)
            synced = await keeper.sync()
            assert synced.imported
            assert synced.imported.doubt is None
            assert synced.imported.rows == sum(map(len, keeper.double.tables.rows.values()))
            assert len(await keeper.releases()) == number
            assert read_digest(database.path, day) == GOLDEN[day]
        before = dump(database.path)
        repeated = await keeper.sync(at(NOW) - at(YEAR_END), whole=True)
        assert repeated.imported is None
        assert {name for name, rows in dump(database.path).items() if rows != before[name]} == {"memory"}


def without_memory(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a release says: not when it was fetched, nor UNHCR's notes, which folders do not have."""
    found = dump(path)
    for name in ("memory", "note", "note_list"):
        del found[name]
    return found


@needs_release_folders
def test_each_release_changes_what_it_is_known_to_have_changed(releases_path: Path) -> None:
    """The same from folders; the proofs below sync them."""
    for day in DAYS[1:]:
        assert read_digest(releases_path, day) == GOLDEN[day]


@pytest.mark.proof
@needs_release_folders
async def test_synced_releases_are_those_that_were_imported_from_folders(
    empty_path: Path, tmp_path: Path
) -> None:
    """Table by table and row by row: figures, changes, digests and places."""
    synced, imported = (
        Path(shutil.copy(empty_path, tmp_path / f"{how}.sqlite3")) for how in ("synced", "imported")
    )
    async with Database(synced) as database:
        await sync_all(database, lambda day: read_release(release_folder(day)))
    async with Database(imported) as database:
        for day in DAYS:
            await import_release(database, ReleaseFolder(release_folder(day)), at(day))
    assert without_memory(synced) == without_memory(imported)


@needs_release_folders
async def test_every_column_of_the_population_counts_in_the_ledger(releases_path: Path) -> None:
    columns = "refugees, asylum_seekers, returned_refugees, idps, returned_idps, stateless, ooc, oip, hst"
    with closing(sqlite3.connect(releases_path)) as connection:
        for day, expected in ALL_POPULATION.items():
            differing = " + ".join(f"(coalesce(a.{c}, 0) <> coalesce(b.{c}, 0))" for c in columns.split(", "))
            ((figures,),) = connection.execute(
                f"SELECT sum({differing}) FROM population AS a LEFT JOIN population AS b"
                " ON b.origin = a.origin AND b.asylum = a.asylum AND b.year = a.year AND b.release ="
                " (SELECT max(c.release) FROM population AS c WHERE c.origin = a.origin"
                " AND c.asylum = a.asylum AND c.year = a.year AND c.release < a.release)"
                " WHERE a.release = ?",
                (int(at(day).timestamp()),),
            )
            assert figures == expected, day
