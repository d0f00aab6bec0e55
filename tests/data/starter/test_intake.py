"""The starter figures come in once, whole, and make room for what is imported in full."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.imports import import_release
from data.model import ALL, OTHER
from data.starter import intake
from data.starter.coverage import PairCounts, PairKey
from data.starter.intake import load_starter, packaged_tables
from data.starter.table import read_tables, write_tables
from data.store.coverage import is_covered
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.made_up import release
from tests.data.starter.test_table import starters
from tests.data.store.states import Rollups, dump, read_rollups
from tests.releases import MID, NOW, YEAR_END, at


def expected_rollups(figures: Mapping[PairKey, PairCounts], named: frozenset[str]) -> Rollups:
    """Pairs and totals in plain Python; a country of asylum that is not named has no total of its own."""
    sums: dict[tuple[object, ...], tuple[int | None, ...]] = {}
    for (origin, asylum, year, unit), (pending, new, *decided) in figures.items():
        where = asylum if asylum in named else OTHER
        for key in ((origin, asylum), (origin, ALL), (ALL, where), (ALL, ALL)):
            told = None if key[1] == ALL and year < 2006 else new
            counts = (pending, told, None, *decided)
            before = sums.get((*key, year, unit), (None,) * 7)
            sums[*key, year, unit] = tuple(
                b if a is None else a if b is None else a + b for a, b in zip(before, counts, strict=True)
            )
    return {key: counts for key, counts in sums.items() if any(count is not None for count in counts)}


@pytest.fixture
async def begun(starter_path: Path, tmp_path: Path) -> AsyncIterator[Database]:
    """A database into which a first start has loaded the starter."""
    async with Database(Path(shutil.copy(starter_path, tmp_path / "begun.sqlite3"))) as database:
        yield database


async def test_it_is_loaded_once(begun: Database) -> None:
    before = dump(begun.path)
    assert not await load_starter(begun, packaged_tables())
    assert dump(begun.path) == before


async def test_every_release_has_its_figures_and_totals(begun: Database) -> None:
    starter = read_tables(packaged_tables())
    async with begun.reading() as connection:
        assert await read_releases(connection) == tuple(released for released, _ in starter.releases)
        for released, figures in starter.releases:
            found = await read_rollups(connection, released.id, starter=True)
            assert found == expected_rollups(figures, starter.coverage.asylum)


@given(st.lists(starters, min_size=2, max_size=2))
@settings(max_examples=15)
async def test_a_newer_starter_takes_the_place_of_the_older_one(
    empty_path, tmp_path_factory: pytest.TempPathFactory, two
) -> None:
    path = tmp_path_factory.mktemp("starter") / "database.sqlite3"
    path.write_bytes(empty_path.read_bytes())
    async with Database(path, readers=1) as database:
        for starter in two:
            await load_starter(database, write_tables(starter))
            async with database.reading() as connection:
                for released, figures in starter.releases:
                    found = await read_rollups(connection, released.id, starter=True)
                    assert found == expected_rollups(figures, starter.coverage.asylum)


async def test_a_failure_in_the_middle_leaves_the_older_starter(
    begun: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dump(begun.path)
    tables = packaged_tables()
    tables["2026-06-25.csv"] += "CHI,USA,2025,P,1,1,1,1,1,1\n"

    async def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    with monkeypatch.context() as patch:
        patch.setattr(intake.rollups, "sum_starter", fail)
        with pytest.raises(OSError, match="the disk is gone"):
            await load_starter(begun, tables)
    assert dump(begun.path) == before
    assert await load_starter(begun, tables)


async def test_full_releases_stay_as_they_are_when_a_newer_starter_comes(begun: Database) -> None:
    await import_release(begun, release(pending=10), at(YEAR_END))
    tables = packaged_tables()
    tables["2026-06-25.csv"] += "CHI,USA,2024,P,1,1,1,1,1,1\n"
    assert await load_starter(begun, tables)
    async with begun.reading() as connection:
        kept = await read_releases(connection)
        assert [(r.day, r.starter) for r in kept] == [(MID, True), (YEAR_END, False), (NOW, True)]
        assert await read_rollups(connection, kept[1].id) == release(pending=10).rollups()


COVERED = {
    **dict.fromkeys([("*", "*"), ("CHI", "*"), ("CHI", "MTA"), ("*", "USA"), ("AFG", "USA")], True),
    **dict.fromkeys([("*", "MTA"), ("AFG", "MTA"), ("BHU", "*"), ("BHU", "USA"), ("", "*")], False),
}


async def test_what_the_starter_covers(begun: Database) -> None:
    """And a full release covers everything."""
    await import_release(begun, release(), at(YEAR_END))
    async with begun.reading() as connection:
        first, full, last = await read_releases(connection)
        for (origin, asylum), covered in COVERED.items():
            known = [await is_covered(connection, r, origin, asylum) for r in (first, full, last)]
            assert known == [covered, True, covered], (origin, asylum)


async def test_a_newer_starter_may_have_fewer_releases(begun: Database) -> None:
    starter = read_tables(packaged_tables())
    await load_starter(begun, write_tables(replace(starter, releases=starter.releases[1:])))
    async with begun.reading() as connection:
        assert [r.day for r in await read_releases(connection)] == [YEAR_END, NOW]
        assert await read_rollups(connection, int(at(MID).timestamp()), starter=True) == {}
