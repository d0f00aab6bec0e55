"""The releases that come with the program: all answer at once, none is news, none comes twice."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from data.answers import Answers
from data.countries import Atlas
from data.model import Dataset, Measure, Place, ReferencePeriod
from data.questions.changes import AskChanges
from data.questions.figures import AskFigures
from data.releases.imports import import_release
from data.releases.installation import finish, install
from data.releases.opening import open_database
from data.releases.shipping import make_rollups
from data.sources.shipped import ROLLUPS, Shipped, make_release, write_files
from data.store.database import Database
from data.store.figures import read_series
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_releases
from data.store.rollups import forget_release, sum_release
from tests.data.store.states import dump, dump_table

RELEASES = (
    make_release(date(2024, 10, 18), "Mid-Year Trends 2024", 2024, ReferencePeriod.MID_YEAR),
    make_release(date(2025, 6, 12), "Global Trends 2024", 2024, ReferencePeriod.YEAR_END),
    make_release(date(2025, 11, 10), "Mid-Year Trends 2025", 2025, ReferencePeriod.MID_YEAR),
)
OLDEST, MIDDLE, NEWEST = (release.id for release in RELEASES)


def make_shipped(folder: Path, days: tuple[int, ...] = (OLDEST, MIDDLE, NEWEST)) -> Shipped:
    """Ship some of three small releases: China in Canada, new in half of 2024, completed, and in 2025."""
    said = {
        OLDEST: {"new": {2024: 100}, "pending": {2023: 40, 2024: 50}},
        MIDDLE: {"new": {2024: 210}, "pending": {2023: 41, 2024: 60}},
        NEWEST: {"new": {2024: 210, 2025: 90}, "pending": {2023: 41, 2024: 60, 2025: 70}},
    }
    ledgers: dict[Dataset, list[tuple[object, ...]]] = {dataset: [] for dataset in Dataset}
    before: Mapping[str, Mapping[int, int]] = {"new": {}, "pending": {}}
    for release in (each for each in RELEASES if each.id in days):
        now = said[release.id]
        ledgers[Dataset.APPLICATIONS] += [
            ("CHI", "CAN", year, "G", "N", "FI", "P", release.id, count)
            for year, count in now["new"].items()
            if before["new"].get(year) != count
        ]
        ledgers[Dataset.POPULATION] += [
            ("CHI", "CAN", year, release.id, 0, count, 0, 0, 0, 0, 0, None, 0)
            for year, count in now["pending"].items()
            if before["pending"].get(year) != count
        ]
        before = now
    first = min(days)
    ledgers[Dataset.DECISIONS] = [("CHI", "CAN", 2023, "G", "FI", "P", first, 8, 0, 2, 0, 10)]
    places = [("CAN", first, "CAN", "Canada"), ("CHI", first, "CHN", "China")]
    kept = [each for each in RELEASES if each.id in days]
    lacking = {each.id: [Dataset.SOLUTIONS] for each in kept}
    folder.mkdir()
    for name, data in write_files(kept, lacking, ledgers, places, []).items():
        (folder / name).write_bytes(data)
    return Shipped(folder)


async def tell(database: Database) -> tuple[list[str], list[int]]:
    """The days that are listed, and the deliveries that are owed."""
    async with database.reading() as connection:
        days = [release.day.isoformat() for release in await read_releases(connection)]
        owed = await connection.execute_fetchall("SELECT release FROM delivery ORDER BY release")
    return days, [release for (release,) in owed]


async def subscribe(database: Database, made_at: datetime) -> None:
    async with database.writing() as connection:
        await connection.execute(
            "INSERT INTO subscription (channel, server, kinds, least, language, publish, made_at)"
            " VALUES (1, 2, '', 1, 'en', 0, ?)",
            (made_at.timestamp(),),
        )


async def test_every_release_answers_before_what_each_changed_is_there(tmp_path: Path) -> None:
    shipped = make_shipped(tmp_path / "shipped")
    async with Database(tmp_path / "one.sqlite3") as database:
        await migrate(database, list_migrations())
        await install(database, shipped)
        assert await tell(database) == (["2024-10-18", "2025-06-12", "2025-11-10"], [])
        async with database.reading() as connection:
            said = [
                {
                    y: (c.pending, c.new)
                    for (y, _), c in (await read_series(connection, each, "CHI", "CAN")).items()
                }
                for each in await read_releases(connection)
            ]
        before = dump(database.path)
        await finish(database, shipped)
    after = dump(tmp_path / "one.sqlite3")
    assert said == [
        {2023: (40, None), 2024: (50, 100)},
        {2023: (41, None), 2024: (60, 210)},
        {2023: (41, None), 2024: (60, 210), 2025: (70, 90)},
    ]
    assert (before["rollup"], before["change"]) == (after["rollup"], [])
    assert after["change"]


async def prepare(shipped: Shipped, folder: Path) -> None:
    """Put the rollups of what is shipped in a folder beside it."""
    async with Database(folder / "built.sqlite3") as database:
        await migrate(database, list_migrations())
        await install(database, shipped)
        (folder / ROLLUPS).write_bytes(await make_rollups(database, folder / "rollups"))


async def test_rollups_that_are_ready_are_taken_and_all_is_as_if_they_were_made(tmp_path: Path) -> None:
    shipped = make_shipped(tmp_path / "shipped")
    async with open_database(tmp_path / "made.sqlite3", shipped=shipped):
        pass
    await prepare(shipped, tmp_path / "shipped")
    place = tmp_path / "taken"
    place.mkdir()
    async with open_database(place / "one.sqlite3", shipped=shipped, whole=False) as database:
        assert database.filling is not None
        database.filling.cancel()
        await asyncio.wait({database.filling})
    cut = dump(place / "one.sqlite3")
    assert cut["rollup"]
    assert [path.name for path in place.iterdir()] == ["one.sqlite3"]
    async with open_database(place / "one.sqlite3", shipped=shipped):
        pass
    assert dump(place / "one.sqlite3") == dump(tmp_path / "made.sqlite3")


async def test_a_later_program_fills_what_an_earlier_one_left_of_the_ledger(tmp_path: Path) -> None:
    earlier = make_shipped(tmp_path / "earlier", (OLDEST, MIDDLE))
    await prepare(earlier, tmp_path / "earlier")
    later = make_shipped(tmp_path / "later")
    async with open_database(tmp_path / "one.sqlite3", shipped=earlier, whole=False) as database:
        assert database.filling is not None
        database.filling.cancel()
        await asyncio.wait({database.filling})
    for name, shipped in (("one", later), ("whole", later)):
        async with open_database(tmp_path / f"{name}.sqlite3", shipped=shipped):
            pass
    one, whole = dump(tmp_path / "one.sqlite3"), dump(tmp_path / "whole.sqlite3")
    assert one["population"]
    assert {name for name in one if one[name] != whole[name]} == set()


async def test_rollups_of_another_form_are_made_here(tmp_path: Path) -> None:
    shipped = make_shipped(tmp_path / "shipped")
    async with open_database(tmp_path / "made.sqlite3", shipped=shipped):
        pass
    with closing(sqlite3.connect(tmp_path / "other")) as connection:
        connection.execute("CREATE TABLE rollup (origin, asylum)")
    async with Database(tmp_path / "one.sqlite3") as database:
        await migrate(database, list_migrations())
        await install(database, shipped, tmp_path / "other")
        await finish(database, shipped)
    assert dump(tmp_path / "one.sqlite3") == dump(tmp_path / "made.sqlite3")


@pytest.mark.parametrize("releases", [1, pytest.param(11, marks=pytest.mark.proof)])
async def test_the_shipped_rollups_are_what_the_ledger_sums_up_to(
    releases_path: Path, tmp_path: Path, releases: int
) -> None:
    """Where a sum is made otherwise than before, `python -m bot ship` makes their file anew."""
    path = Path(shutil.copy(releases_path, tmp_path / "one.sqlite3"))
    before = dump_table(path, "rollup")
    async with Database(path) as database, database.writing() as connection:
        numbers = [each.id for each in await read_releases(connection)][-releases:]
        for number in numbers:
            await forget_release(connection, number)
        last = numbers[-1]
        assert not await connection.execute_fetchall("SELECT 1 FROM rollup WHERE release = ?", (last,))
        for number in numbers:
            await sum_release(connection, number)
    assert dump_table(path, "rollup") == before


async def test_a_start_that_was_cut_short_goes_on_at_the_next(tmp_path: Path) -> None:
    shipped = make_shipped(tmp_path / "shipped")
    async with open_database(tmp_path / "whole.sqlite3", shipped=shipped):
        pass
    async with open_database(tmp_path / "cut.sqlite3", shipped=shipped, whole=False) as database:
        assert database.filling is not None
        database.filling.cancel()
        await asyncio.wait({database.filling})
    async with open_database(tmp_path / "cut.sqlite3", shipped=shipped):
        pass
    assert dump(tmp_path / "cut.sqlite3") == dump(tmp_path / "whole.sqlite3")


async def test_only_what_a_release_changed_is_waited_for(tmp_path: Path, atlas: Atlas) -> None:
    shipped = make_shipped(tmp_path / "shipped")
    china = AskFigures(Place(atlas.find("China")), 2024, as_of=RELEASES[0].day)
    async with open_database(tmp_path / "one.sqlite3", shipped=shipped, whole=False) as database:
        assert database.filling is not None
        database.filling.cancel()
        await asyncio.wait({database.filling})
        database.filling = filling = asyncio.get_running_loop().create_future()
        answers = Answers(database, atlas)
        changed = asyncio.create_task(answers.answer(AskChanges(Place(atlas.find("China")))))
        assert (await answers.answer(china)).tallies[Measure.APPLICATIONS].persons == 100
        assert not changed.done()
        await finish(database, shipped)
        filling.set_result(None)
        assert (await changed).counts


@pytest.mark.parametrize("missing", [OLDEST, MIDDLE, NEWEST], ids=["oldest", "middle", "newest"])
async def test_a_later_program_gives_the_release_that_is_missing_in_its_place(
    tmp_path: Path, missing: int
) -> None:
    earlier = tuple(each for each in (OLDEST, MIDDLE, NEWEST) if each != missing)
    async with open_database(tmp_path / "one.sqlite3", shipped=make_shipped(tmp_path / "earlier", earlier)):
        pass
    later = make_shipped(tmp_path / "later")
    async with open_database(tmp_path / "one.sqlite3", shipped=later) as database:
        assert await tell(database) == (["2024-10-18", "2025-06-12", "2025-11-10"], [])
    async with open_database(tmp_path / "whole.sqlite3", shipped=later):
        pass
    derived = ("release", "population", "applications", "decisions", "rollup", "change", "digest", "country")
    one, whole = dump(tmp_path / "one.sqlite3"), dump(tmp_path / "whole.sqlite3")
    assert {table: one[table] for table in derived} == {table: whole[table] for table in derived}


@pytest.mark.parametrize(
    ("missing", "subscribed", "told"),
    [
        (MIDDLE, datetime(2024, 11, 1, tzinfo=UTC), []),  # it is older than the newest
        (NEWEST, datetime(2025, 12, 1, tzinfo=UTC), []),  # who subscribed later was never owed it
        (NEWEST, datetime(2025, 7, 1, tzinfo=UTC), [NEWEST]),  # it is the first that these hear of it
    ],
)
async def test_it_is_news_only_to_those_who_waited_for_it(
    tmp_path: Path, missing: int, subscribed: datetime, told: list[int]
) -> None:
    earlier = tuple(each for each in (OLDEST, MIDDLE, NEWEST) if each != missing)
    shipped = make_shipped(tmp_path / "earlier", earlier)
    async with open_database(tmp_path / "one.sqlite3", shipped=shipped) as database:
        await subscribe(database, subscribed)
    shipped = make_shipped(tmp_path / "later")
    for _ in range(2):
        async with open_database(tmp_path / "one.sqlite3", shipped=shipped) as database:
            assert (await tell(database))[1] == told


async def test_one_that_was_synced_on_its_day_is_the_same_release(tmp_path: Path) -> None:
    later = make_shipped(tmp_path / "later")
    synced = RELEASES[-1].retrieved_at + timedelta(hours=12)
    shipped = make_shipped(tmp_path / "earlier", (OLDEST, MIDDLE))
    async with open_database(tmp_path / "one.sqlite3", shipped=shipped) as database:
        assert not (await import_release(database, later.source(RELEASES[-1]), synced)).doubt
    async with open_database(tmp_path / "one.sqlite3", shipped=later) as database:
        assert (await tell(database))[0] == ["2024-10-18", "2025-06-12", "2025-11-10"]
        async with database.reading() as connection:
            assert [each.retrieved_at for each in await read_releases(connection)][-1] == synced
