"""Releases may come in and be withdrawn in any order: what is kept is as if those that remain came in theirs."""

from __future__ import annotations

import csv
import lzma
import pickle
import random
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing, suppress
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data.errors import BadRelease, UnknownRelease
from data.model import Dataset, Row
from data.releases.imports import import_release, publish_kept, withdraw
from data.releases.publication import Source
from data.sources.unhcr.folder import ReleaseFolder
from data.sources.unhcr.parse import parse_rows
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.drawn import releases
from tests.data.made_up import MadeUp, day, release
from tests.data.store.states import dump, read_ledger
from tests.examples import examples
from tests.releases import RELEASES, build_once, find_table, needs_release_folders

ORDERS = 4
DERIVED = (
    "population",
    "applications",
    "decisions",
    "solutions",
    "rollup",
    "change",
    "change_count",
    "digest",
    "recoding",
    "country",
)
LATER = datetime(2026, 12, 1, tzinfo=UTC)


@asynccontextmanager
async def scratch(empty_path: Path, folder: Path, name: str) -> AsyncIterator[Database]:
    path = Path(shutil.copy(empty_path, folder / f"{name}.sqlite3"))
    async with Database(path, readers=1) as database:
        yield database


def kept_of(path: Path) -> dict[str, object]:
    """Every row of the ledger and of what is derived from it, and the published releases with their labels."""
    found = dump(path)
    with closing(sqlite3.connect(path)) as connection:
        published = connection.execute(
            "SELECT id, label, newest_year, period FROM release WHERE state = 'published' ORDER BY id"
        ).fetchall()
    return {**{table: found[table] for table in DERIVED}, "published": published}


async def take_in(database: Database, source: Source, moment: datetime) -> None:
    """Publish a release, whether or not it looks implausible beside the one that happens to be before it."""
    if (await import_release(database, source, moment)).doubt:
        await publish_kept(database, str(moment.date()))


async def published(database: Database) -> list[datetime]:
    async with database.reading() as connection:
        return [each.retrieved_at for each in await read_releases(connection)]


steps = st.lists(
    st.tuples(st.sampled_from(["import", "import", "withdraw", "publish"]), st.integers(0, 3)),
    min_size=2,
    max_size=10,
)
"""What is done with releases, by their number; what makes no sense is refused, and passed over."""


async def act(database: Database, deed: str, made: MadeUp, moment: datetime) -> None:
    if deed == "import":
        await import_release(database, made, moment)
    elif deed == "withdraw":
        await withdraw(database, str(moment.date()), LATER)
    else:
        await publish_kept(database, str(moment.date()))


@given(st.lists(releases, min_size=4, max_size=4), steps)
@settings(max_examples=examples(15))
async def test_whatever_came_and_went_the_rest_is_as_if_it_had_come_in_order(
    empty_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    made: list[MadeUp],
    todo: list[tuple[str, int]],
) -> None:
    folder = tmp_path_factory.mktemp("order")
    async with scratch(empty_path, folder, "any") as database:
        for deed, number in todo:
            with suppress(BadRelease, UnknownRelease):
                await act(database, deed, made[number], day(number))
        remaining = await published(database)
    assume(len(remaining) > 1)
    states = [made[(moment - day(0)).days].state() for moment in remaining]
    # What equals the one before it since another one is gone could not be imported.
    assume(all(one != other for one, other in pairwise(states)))
    async with scratch(empty_path, folder, "ordered") as database:
        for moment in remaining:
            await import_release(database, made[(moment - day(0)).days], moment)
    assert kept_of(folder / "any.sqlite3") == kept_of(folder / "ordered.sqlite3")


async def test_a_release_that_says_nothing_new_any_more_stays(empty_path: Path, tmp_path: Path) -> None:
    """It was published, and what it said is what the one before the withdrawn one had said."""
    async with scratch(empty_path, tmp_path, "same") as database:
        for number, pending in enumerate((10, 20, 10)):
            await import_release(database, release(pending=pending), day(number))
        await withdraw(database, str(day(1).date()), LATER)
        assert await published(database) == [day(0), day(2)]
        async with database.reading() as connection:
            assert await read_ledger(connection, int(day(2).timestamp())) == release(pending=10).state()
    kept = kept_of(tmp_path / "same.sqlite3")
    assert kept["change"] == kept["digest"] == []
    assert kept["population"] == [
        ("CHI", "USA", 2025, int(day(0).timestamp()), 0, 10, 0, 0, 0, 0, 0, None, 0)
    ]


ORIGINS = frozenset({"CHI", "AFG", "HAI", "UKN", "UNK", "XXA", "SRV", "VEN", "TUR", "UKR"})
ASYLUM = frozenset({"USA", "CAN", "GBR", "RSA", "TUR"})
NEAR = re.compile(rf",(?:{'|'.join(sorted(ASYLUM))}),")
"""In lines of other countries, most of them, nothing need be taken apart."""
UNREADABLE = ("2023", "TUR", "CAN", "0")
"""The row of October 2023 whose level no document knows."""


SAME = datetime(2023, 8, 15, tzinfo=UTC)
"""It names countries otherwise than June 2023, and has the same figures; thinned ones all name the same."""


class Thinned(ReleaseFolder):
    """A folder's rows of a few countries, or all of them, but for the one that cannot be read."""

    def __init__(self, path: Path, *, whole: bool) -> None:
        super().__init__(path)
        self.whole = whole

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        table = find_table(self.path, dataset)
        if table is None:  # a release before solutions were kept
            return
        with lzma.open(table, "rt", encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            header = next(reader)
            if not self.whole:
                reader = csv.reader(filter(NEAR.search, file))
            rows = self._choose(reader)
            if dataset is Dataset.APPLICATIONS:
                rows = (row for row in rows if (row[0], row[2], row[5], row[9]) != UNREADABLE)
            yield from parse_rows(dataset, header, rows, last_year=last_year, name="it")

    def _choose(self, reader: Iterator[list[str]]) -> Iterator[list[str]]:
        for row in reader:
            if self.whole or (row[2] in ORIGINS and row[5] in ASYLUM and row[0] >= "2018"):
                yield row


def moment_of(folder: Path) -> datetime:
    return datetime.fromisoformat(folder.name.split("_")[0]).replace(tzinfo=UTC)


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> dict[datetime, MadeUp]:
    """All releases with a few countries, read once."""

    def build(path: Path) -> None:
        read = {moment_of(each): Thinned(each, whole=False) for each in RELEASES}
        path.write_bytes(
            pickle.dumps({at: {d: list(it.rows(d, at.year)) for d in Dataset} for at, it in read.items()})
        )

    tables = pickle.loads(build_once(tmp_path_factory, "thinned.pickle", build).read_bytes())
    return {at: Rows(of) for at, of in tables.items() if at != SAME}


class Rows(MadeUp):
    """Rows as they were read."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        del last_year
        return iter(self.tables[dataset])


@needs_release_folders
@pytest.mark.parametrize("seed", [0, *(pytest.param(n, marks=pytest.mark.proof) for n in range(1, ORDERS))])
async def test_real_releases_in_any_order_are_as_in_their_own(
    empty_path: Path, tmp_path: Path, thinned: dict[datetime, MadeUp], seed: int
) -> None:
    """Two of them are withdrawn on the way, one of which is published again."""
    chance = random.Random(seed)
    order = chance.sample(list(thinned), len(thinned))
    gone, back = chance.sample(order[:6], 2)
    async with scratch(empty_path, tmp_path, "any") as database:
        for number, moment in enumerate(order):
            await take_in(database, thinned[moment], moment)
            if number == 6:
                await withdraw(database, str(gone.date()), LATER)
                await withdraw(database, str(back.date()), LATER)
        await publish_kept(database, str(back.date()))
    await compare(empty_path, tmp_path, {at: it for at, it in thinned.items() if at != gone})


@pytest.mark.proof
@needs_release_folders
@pytest.mark.parametrize("seed", range(ORDERS))
async def test_whole_releases_in_any_order_are_as_those_that_come_with_the_program(
    empty_path: Path, releases_path: Path, tmp_path: Path, seed: int
) -> None:
    """One of them is withdrawn on the way, and published again after the last."""
    whole = {moment_of(each): Thinned(each, whole=True) for each in RELEASES}
    chance = random.Random(seed)
    order = chance.sample(list(whole), len(whole))
    back = chance.choice(order[:6])
    async with scratch(empty_path, tmp_path, "any") as database:
        for number, moment in enumerate(order):
            await take_in(database, whole[moment], moment)
            if number == 6:
                await withdraw(database, str(back.date()), LATER)
        await publish_kept(database, str(back.date()))
    assert_same(tmp_path / "any.sqlite3", releases_path)


async def compare(empty_path: Path, folder: Path, remaining: Mapping[datetime, Source]) -> None:
    async with scratch(empty_path, folder, "ordered") as database:
        for moment in sorted(remaining):
            await take_in(database, remaining[moment], moment)
    assert_same(folder / "any.sqlite3", folder / "ordered.sqlite3")


def assert_same(one: Path, other: Path) -> None:
    """Compare table by table: a difference of a million rows would never be printed to its end."""
    found, meant = kept_of(one), kept_of(other)
    for table in meant:
        assert found[table] == meant[table], table
