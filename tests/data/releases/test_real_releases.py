"""Real releases pass the scales, and forgeries of the newest one do not.

Of a few countries of asylum since 2012, which takes a fraction of the time; of all of them with the proofs.
"""

from __future__ import annotations

import lzma
import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.doubt import MAX_UNREAD, Why
from data.model import Dataset, Measure, Place, Row, RowFault, Unread
from data.questions.figures import AskFigures
from data.releases.imports import import_release, publish_kept
from data.sources.shipped import Shipped
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from data.store.quarantine import read_unread
from data.store.releases import read_releases
from tests.data.store.states import dump
from tests.releases import (
    NOW,
    at,
    build_releases,
    needs_release_folders,
    release_folder,
    thin_folder,
    thin_shipped,
)

LATER = at(NOW) + timedelta(days=20)
POPULATION, APPLICATIONS, DECISIONS, SOLUTIONS = Dataset
FEW, SINCE = ("CAN", "GFR", "USA"), 2012
Forge = Callable[[Dataset, Row], Row | None]


@dataclass(frozen=True)
class Shipment:
    """What is shipped, and a database built of it. Only to copy."""

    shipped: Shipped
    path: Path
    state: dict[str, list[tuple[object, ...]]]
    whole: bool


class Forgery:
    """The newest release, row by row as `forge` says; None leaves one out."""

    def __init__(self, shipped: Shipped, forge: Forge) -> None:
        self.release, self.forge = shipped.source(shipped.releases[-1]), forge

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row | Unread]:
        for row in self.release.rows(dataset, last_year):
            if isinstance(row, Unread):
                yield row
            elif (forged := self.forge(dataset, row)) is not None:
                yield forged

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        return self.release.places()


def times(factor: int, *, since: int) -> Forge:
    """All pending claims so many times, from a year on."""

    def forge(dataset: Dataset, row: Row) -> Row:
        if dataset is POPULATION and int(row[2] or 0) >= since and row[4]:
            return (*row[:4], min(int(row[4]) * factor, 200_000_000), *row[5:])
        return row

    return forge


def without_the_usa(dataset: Dataset, row: Row) -> Row | None:
    return None if dataset is APPLICATIONS and row[1:3] == ("USA", 2025) else row


def without_outcomes(dataset: Dataset, row: Row) -> Row:
    return (*row[:6], 0, *row[7:]) if dataset is DECISIONS else row


def fragment(dataset: Dataset, row: Row) -> Row | None:
    return row if row[:3] == ("CHI", "CAN", 2025) else None


FORGERIES: dict[str, tuple[Forge, Why, str | None]] = {
    "pending claims times ten": (times(10, since=1951), Why.REVISED, "asylum_seekers"),
    "pending claims of the newest year times two": (times(2, since=2025), Why.REVISED, "asylum_seekers"),
    "the USA's applications gone": (without_the_usa, Why.COUNTRY, "applied"),
    "a measure that is all zero": (without_outcomes, Why.FIGURES, "recognised"),
    "a fragment": (fragment, Why.ROWS, None),
}


@pytest.fixture(scope="module", params=["few", pytest.param("all", marks=pytest.mark.proof)])
def shipment(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Shipment:
    if request.param == "all":
        path = request.getfixturevalue("releases_path")
        return Shipment(Shipped(), path, dump(path), whole=True)
    folder = tmp_path_factory.mktemp("few")
    thin_shipped(folder / "shipped", FEW, SINCE)
    shipped, path = Shipped(folder / "shipped"), folder / "few.sqlite3"
    build_releases(path, shipped)
    return Shipment(shipped, path, dump(path), whole=False)


@pytest.fixture
async def full(shipment: Shipment, tmp_path: Path) -> AsyncIterator[Database]:
    async with Database(Path(shutil.copy(shipment.path, tmp_path / "full.sqlite3"))) as database:
        yield database


async def days(database: Database) -> list[str]:
    async with database.reading() as connection:
        return [str(each.day) for each in await read_releases(connection)]


@pytest.mark.parametrize("forgery", FORGERIES)
async def test_a_forgery_is_kept_and_not_published(full: Database, shipment: Shipment, forgery: str) -> None:
    forge, why, column = FORGERIES[forgery]
    published = await days(full)
    done = await import_release(full, Forgery(shipment.shipped, forge), LATER)
    assert done.doubt
    assert (done.doubt.why, done.doubt.column) == (why, column)
    after = dump(full.path)
    changed = {name for name in after if after[name] != shipment.state[name]}
    assert changed == {"release", "quarantine", "doubt"}
    assert await days(full) == published


async def test_after_a_fragment_germany_is_answered_and_the_real_release_tells_no_flood(
    full: Database, shipment: Shipment, atlas: Atlas
) -> None:
    """The fragment never became the release that the next one is compared with."""
    assert (await import_release(full, Forgery(shipment.shipped, fragment), LATER)).doubt

    def correct(dataset: Dataset, row: Row) -> Row:
        corrected = dataset is APPLICATIONS and row[:3] == ("CHI", "CAN", 2025) and row[4] == "N"
        return (*row[:7], int(row[7] or 0) + 5) if corrected else row

    germany = await Answers(full, atlas).answer(AskFigures(Place(None, atlas.find("Germany")), 2025))
    assert germany.tallies[Measure.PENDING].persons
    done = await import_release(full, Forgery(shipment.shipped, correct), LATER + timedelta(days=1))
    assert done.doubt is None
    assert 0 < done.changed < 10
    async with full.reading() as connection:
        ((changes,),) = await connection.execute_fetchall(
            "SELECT count(*) FROM change WHERE release = ?", (done.release.id,)
        )
    assert 0 < changes < 20


@needs_release_folders
@pytest.mark.parametrize("number", [1, MAX_UNREAD + 1])
async def test_an_odd_code_costs_its_row_and_many_of_them_the_release(
    full: Database, shipment: Shipment, tmp_path: Path, number: int
) -> None:
    """As on 25 October 2023: Türkiye to Canada, repeat claims, level "0". What it was before stands."""
    folder = tmp_path / "odd"
    if shipment.whole:
        shutil.copytree(release_folder(NOW), folder)
    else:
        thin_folder(release_folder(NOW), folder, FEW, SINCE)
    packed = folder / "asylum-applications.csv.xz"
    lines = lzma.decompress(packed.read_bytes()).decode().splitlines()
    for place in range(len(lines) - number, len(lines)):
        before, _, unit, applied = lines[place].rsplit(",", 3)
        lines[place] = f"{before},0,{unit},{applied}"
    first, applied = lines[1].rsplit(",", 1)
    lines[1] = f"{first},{int(applied) + 5}"  # else there would be nothing new
    packed.unlink()
    (folder / "asylum-applications.csv").write_text("\n".join(lines), "utf-8")
    done = await import_release(full, ReleaseFolder(folder), LATER)
    assert [odd.line for odd in done.unread[APPLICATIONS]] == [
        *range(len(lines) - number + 1, len(lines) + 1)
    ]
    assert {(odd.fault, odd.cell) for odd in done.unread[APPLICATIONS]} == {(RowFault.CODE, "0")}
    async with full.reading() as connection:
        assert (await read_unread(connection))[done.release.id] == {APPLICATIONS: done.unread[APPLICATIONS]}
    if number == 1:
        assert (done.doubt, done.changed) == (None, 1)
    else:
        assert done.doubt
        assert (done.doubt.why, done.doubt.after) == (Why.UNREAD, number)
        published = await publish_kept(full, str(LATER.date()))
        assert published.changed == 1
        assert published.unread[APPLICATIONS] == done.unread[APPLICATIONS]
