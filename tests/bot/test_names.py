"""A country that a release is the first to name goes by that name at once, without a restart."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.upkeep import keep_named, keep_prepared, learn_names
from data.answers import Answers
from data.countries import Atlas
from data.errors import DatabaseUnusable, UnknownCountry
from data.releases.opening import open_database
from data.store.database import Database
from tests.double import until


async def nap(_seconds: float) -> None:
    await asyncio.sleep(0.005)


async def name(database: Database, code: str, called: str) -> None:
    async with database.writing() as connection:
        await connection.execute(
            "INSERT OR REPLACE INTO country SELECT ?, max(id), 'XNW', ? FROM release", (code, called)
        )


async def test_what_a_release_names_is_known_while_the_bot_runs_and_the_rest_stays(
    canada_path: Path, tmp_path: Path
) -> None:
    atlas = Atlas.load()
    before = atlas.countries()
    async with open_database(Path(shutil.copy(canada_path, tmp_path / "a.sqlite3"))) as database:
        naming = asyncio.create_task(keep_named(database, atlas, nap))
        with pytest.raises(UnknownCountry):
            atlas.find("Newland")
        await name(database, "NWL", "Newland")
        await until(lambda: atlas.by_code("NWL") is not None)
        naming.cancel()
        await asyncio.wait({naming})

    assert atlas.find("newland").code == atlas.find("XNW").code == "NWL"
    assert [each.label for each in atlas.suggest("Newla")] == ["Newland (XNW)"]
    assert set(before) < set(atlas.countries())


async def test_a_country_that_is_known_keeps_its_name(canada_path: Path, tmp_path: Path) -> None:
    atlas = Atlas.load()
    async with open_database(Path(shutil.copy(canada_path, tmp_path / "a.sqlite3"))) as database:
        await learn_names(database, atlas)
        lookup = atlas.lookup
        await name(database, "CHI", "China, People's Republic of")
        await learn_names(database, atlas)

    assert atlas.find("China").name == "China"
    assert atlas.lookup is lookup


async def test_a_database_that_fails_for_a_while_does_not_end_it(canada_path: Path, tmp_path: Path) -> None:
    atlas = Atlas.load()
    async with open_database(Path(shutil.copy(canada_path, tmp_path / "a.sqlite3"))) as database:
        reading, failures = (
            database.reading,
            iter([DatabaseUnusable("database-in-use", path="asylum.sqlite3")]),
        )

        def fail_first() -> object:
            for failure in failures:
                raise failure
            return reading()

        database.reading = fail_first  # type: ignore[method-assign,assignment]
        await name(database, "NWL", "Newland")
        with capture_logs() as events:
            naming = asyncio.create_task(keep_named(database, atlas, nap))
            await until(lambda: atlas.by_code("NWL") is not None)
            naming.cancel()
            await asyncio.wait({naming})

    assert [event["why"] for event in events] == [
        "asylum.sqlite3 is in use by another process; try again when it is done."
    ]


async def test_questions_on_groups_are_prepared_for_while_the_bot_runs(canada_path: Path) -> None:
    async with Database(canada_path) as database:
        answers = Answers(database, Atlas.load())
        preparing = asyncio.create_task(keep_prepared(answers, nap))
        await until(lambda: answers._caches._newest._pairs is not None, timeout=300)
        preparing.cancel()
        await asyncio.wait({preparing})
