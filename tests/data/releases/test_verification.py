"""A bit that the disk turns over is noticed, told, and turned back; what cannot be is left as it is."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.model import Dataset, ReferencePeriod, Release
from data.releases.imports import import_release, relabel
from data.releases.opening import open_database
from data.releases.publication import Source
from data.releases.verification import RepairOutcome, find_damage, verify
from data.store.checksums import LEDGER, Part, compute_checksum, read_checksums
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.made_up import MadeUp, day, large_release
from tests.data.store.states import dump, is_intact
from tests.releases import build_empty, decline_shipped, run_apart

RARE = 0x5A5B5C
"""A figure whose three bytes stand nowhere else in the file."""

KEY = ("AB", "USA", 2025, "G", "N", "FI", "P")
LARGE = large_release(300, 40)
BASE = MadeUp(
    {**LARGE.tables, Dataset.APPLICATIONS: {**LARGE.tables[Dataset.APPLICATIONS], KEY: (RARE - 1,)}}
)
NEWS = MadeUp({**BASE.tables, Dataset.APPLICATIONS: {**BASE.tables[Dataset.APPLICATIONS], KEY: (RARE,)}})
LATER = MadeUp({**NEWS.tables, Dataset.POPULATION: {**NEWS.tables[Dataset.POPULATION], KEY[:3]: (7,) * 9}})
HISTORY = (BASE, NEWS, LATER)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with three releases, all in its one file."""
    path = tmp_path_factory.mktemp("sound") / "asylum.sqlite3"

    async def build() -> None:
        async with Database(path) as database:
            for number, source in enumerate(HISTORY):
                assert not (await import_release(database, source, day(number))).doubt

    build_empty(path)
    decline_shipped(path)
    run_apart(build())
    return path


@pytest.fixture
def path(sound: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(sound, tmp_path / "asylum.sqlite3"))


def find(release: Release) -> Source:
    return next(source for number, source in enumerate(HISTORY) if day(number) == release.retrieved_at)


def nowhere(release: Release) -> None:
    return None


def places_of(path: Path, value: int = RARE) -> list[int]:
    """Where in the file a figure of three bytes stands."""
    raw, wanted = path.read_bytes(), value.to_bytes(3, "big")
    return [at for at in range(len(raw)) if raw.startswith(wanted, at)]


def flip(path: Path, at: int, bit: int = 0) -> None:
    raw = bytearray(path.read_bytes())
    raw[at] ^= 1 << bit
    path.write_bytes(raw)


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    return {name: rows for name, rows in dump(path).items() if name not in ("memory", "versions")}


async def test_a_bit_that_turns_over_is_noticed_wherever_the_figure_stands_and_turned_back(
    sound: Path, tmp_path: Path
) -> None:
    before = cells(sound)
    places = places_of(sound)
    parts: set[Part] = set()
    faults = 0
    for number, at in enumerate(places):
        path = Path(shutil.copy(sound, tmp_path / f"{number}.sqlite3"))
        flip(path, at, bit=number % 8)
        async with open_database(path) as database:  # nothing is wrong with the structure
            found = await find_damage(database)
            assert not found.sound, at
            assert not found.unknown
            parts |= {each.part for each in found.damaged}
            faults += bool(found.faults)
            async with database.reading() as connection:
                assert any(each.damaged for each in await read_releases(connection))
            verified = await verify(database, find)
            assert verified.sound
            assert {each.outcome for each in verified.verdicts} <= {RepairOutcome.REPAIRED}
            assert (await find_damage(database)).sound
        assert cells(path) == before, at
        assert is_intact(path)
    # The ledger, its sums, what changed; and the indexes, from which most answers are read.
    assert {Part.APPLICATIONS, Part.ROLLUPS, Part.CHANGES} <= parts
    assert faults


async def test_without_a_source_a_damaged_row_stays_and_every_later_release_is_marked(path: Path) -> None:
    async with open_database(path) as database:
        async with database.writing() as connection:
            await connection.execute("DROP TRIGGER applications_are_final")
            await connection.execute("UPDATE applications SET applied = 1 WHERE applied = ?", (RARE,))
            await connection.execute(
                "CREATE TRIGGER applications_are_final BEFORE UPDATE ON applications"
                " BEGIN SELECT RAISE (ABORT, 'the ledger is never altered'); END"
            )
        before = dump(path)["applications"]
        verified = await verify(database, nowhere)
        assert [(v.part, v.outcome) for v in verified.verdicts] == [
            (Part.APPLICATIONS, RepairOutcome.NO_SOURCE)
        ]
        assert not verified.sound
        async with database.reading() as connection:
            assert [each.damaged for each in await read_releases(connection)] == [False, True, True]
        other = await verify(database, lambda release: BASE)
        assert [v.outcome for v in other.verdicts] == [RepairOutcome.OTHER_SOURCE]
        assert dump(path)["applications"] == before
        assert (await verify(database, find)).sound
        async with database.reading() as connection:
            assert not any(each.damaged for each in await read_releases(connection))
    with pytest.raises(Exception, match="never altered"):
        run_apart(_alter(path))


async def _alter(path: Path) -> None:
    async with Database(path) as database, database.writing() as connection:
        await connection.execute("UPDATE applications SET applied = 2")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE checksum SET value = value + 1 WHERE part = 'applications'",
        "UPDATE checksum SET value = value + 1 WHERE part = 'rollups'",
        "UPDATE rollup SET pending = pending + 1 WHERE origin = '*'",
        "DELETE FROM change WHERE origin = 'AB'",
        "UPDATE change_count SET changes = 0",
        "UPDATE digest SET figures = figures + 1",
        "INSERT INTO recoding VALUES ((SELECT max(release) FROM applications), 'origin', 'AB', 'AC')",
    ],
)
async def test_what_is_derived_and_the_checksums_are_made_again_without_any_source(
    path: Path, statement: str
) -> None:
    before = cells(path)
    async with open_database(path) as database:
        async with database.writing() as connection:
            await connection.execute(statement)
        assert not (await find_damage(database)).sound
        needs_source = "checksum" in statement  # whether the rows or their checksum are wrong, it tells
        assert (await verify(database, find if needs_source else nowhere)).sound
    assert cells(path) == before


async def test_a_database_from_before_gets_its_checksums_and_they_are_those_of_an_import(path: Path) -> None:
    before = cells(path)
    async with open_database(path) as database:
        async with database.writing() as connection:
            await connection.execute("DELETE FROM checksum")
        found = await find_damage(database)
        assert found.sound
        assert len(found.unknown) == len(HISTORY) * len(Part)
        assert cells(path) == before
        assert not (await find_damage(database)).unknown


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (2, 0, 1)])
async def test_in_whatever_order_releases_come_in_their_checksums_hold(
    database: Database, order: tuple[int, ...]
) -> None:
    for number in order:
        await import_release(database, HISTORY[number], day(number))
        found = await find_damage(database)
        assert (found.sound, found.unknown) == (True, ())
    await relabel(database, day(1).date().isoformat(), None, ReferencePeriod.YEAR_END)
    await relabel(database, day(2).date().isoformat(), "Another name", None)
    found = await find_damage(database)
    assert (found.sound, found.unknown) == (True, ())


@pytest.mark.parametrize("part", [part for part, dataset in LEDGER.items() if not dataset.may_lack])
async def test_a_checksum_depends_on_every_value_of_every_row(
    path: Path, empty_path: Path, part: Part
) -> None:
    async with open_database(path) as database, database.reading() as connection:
        first = (await read_releases(connection))[0].id
        kept = (await read_checksums(connection))[first][part]
        assert await compute_checksum(connection, first, part) == kept
    changed: list[Callable[[tuple[object, ...]], tuple[object, ...]]] = [
        lambda row: (*row[:-1], None if row[-1] is not None else 0),
        lambda row: ("ZZ", *row[1:]),
        lambda row: (*row[:2], 2001, *row[3:]),
    ]
    dataset = LEDGER[part]
    rows = list(BASE.rows(dataset, 2026))
    for change in changed:
        for at in (0, len(rows) // 2, len(rows) - 1):
            other = [*rows[:at], change(rows[at]), *rows[at + 1 :]]
            altered = replace(BASE, tables={**BASE.tables, dataset: _table(dataset, other)})
            alone = Path(shutil.copy(empty_path, path.with_name("alone.sqlite3")))
            assert await _checksum(alone, altered, part) != kept


def _table(dataset: Dataset, rows: list[tuple[object, ...]]) -> dict[tuple[object, ...], tuple[object, ...]]:
    width = {Dataset.POPULATION: 3, Dataset.APPLICATIONS: 7, Dataset.DECISIONS: 6}[dataset]
    return {row[:width]: row[width:] for row in rows}


async def _checksum(empty: Path, source: MadeUp, part: Part) -> int:
    """What a part of this release sums up to where it is the only one."""
    async with Database(empty) as database:
        release = (await import_release(database, source, day(0))).release.id
        async with database.reading() as connection:
            return (await read_checksums(connection))[release][part]
