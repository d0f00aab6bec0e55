"""A published release is taken back: all is as before it came, it is kept, and the same is not taken in again."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.sentences import say
from data.answers import Answers
from data.errors import BadRelease, UnknownRelease
from data.model import ALL, Dataset, Measure, Place, ReferencePeriod
from data.questions.figures import AskFigures
from data.releases.imports import import_release, publish_kept, relabel, withdraw
from data.releases.publication import Unchanged
from data.store.checksums import read_checksums
from data.store.database import Database
from data.store.observations import TABLES
from data.store.releases import read_doubted, read_releases
from tests.data.made_up import REQUIRED, Anywhere, MadeUp, day, release
from tests.data.sentences import is_one_sentence
from tests.data.store.states import read_ledger, read_rollups
from tests.data.test_order import kept_of
from tests.refusals import refuses

LATER = datetime(2026, 12, 1, tzinfo=UTC)


def name(number: int) -> str:
    return str(day(number).date())


@pytest.fixture
async def three(database: Database) -> Database:
    """A database with three releases."""
    for number in range(3):
        await import_release(database, release(pending=10 + number), day(number))
    return database


@pytest.mark.parametrize("number", range(3))
async def test_everything_is_as_if_it_had_never_come_and_as_it_was_once_it_is_back(
    three: Database, number: int
) -> None:
    before = kept_of(three.path)
    withdrawn = await withdraw(three, name(number), LATER)
    assert withdrawn.release.day == day(number).date()
    async with three.reading() as connection:
        rest = await read_releases(connection)
        assert withdrawn.newest == rest[-1]
        assert set(await read_checksums(connection)) == {each.id for each in rest}
        assert [(r.day, state) for r, state, _ in await read_doubted(connection)] == [
            (day(number).date(), "withdrawn")
        ]
        for each in rest:
            made = release(pending=10 + (each.day - day(0).date()).days)
            assert await read_ledger(connection, each.id) == made.state()
            assert await read_rollups(connection, each.id) == made.rollups()
    await publish_kept(three, name(number))
    assert kept_of(three.path) == before


async def test_an_answer_as_of_its_day_is_the_one_of_the_release_before(three: Database) -> None:
    answers = Answers(three, Anywhere())
    asked = AskFigures(Place(), 2025, as_of=day(1).date())
    assert (await answers.answer(asked)).tallies[Measure.PENDING].persons == 11
    await withdraw(three, name(1), LATER)
    found = await answers.answer(asked)
    assert (found.release.day, found.tallies[Measure.PENDING].persons) == (day(0).date(), 10)


async def test_the_only_release_is_not_withdrawn(database: Database) -> None:
    await import_release(database, release(), day(0))
    before = kept_of(database.path)
    with pytest.raises(BadRelease) as told:
        await withdraw(database, name(0), LATER)
    assert is_one_sentence(say(told.value))
    assert kept_of(database.path) == before


@pytest.mark.parametrize("number", [3, 1])
async def test_only_what_is_published_is_withdrawn(three: Database, number: int) -> None:
    await withdraw(three, name(1), LATER)
    with pytest.raises(UnknownRelease):
        await withdraw(three, name(number), LATER)


async def test_the_same_figures_are_not_taken_in_again_and_corrected_ones_of_that_day_are(
    three: Database,
) -> None:
    await withdraw(three, name(2), LATER)
    for moment in (day(2), day(3)):
        with refuses(Unchanged, f"These figures were withdrawn, as the release of {name(2)}"):
            await import_release(three, release(pending=12), moment)
    corrected = await import_release(three, release(pending=13), day(2))
    assert corrected.release.day == day(2).date()
    async with three.reading() as connection:
        assert (await read_rollups(connection, corrected.release.id))[ALL, ALL, 2025, "P"][0] == 13


async def test_what_the_operator_overruled_of_it_stays_overruled_once_it_is_back(three: Database) -> None:
    await relabel(three, name(1), "Our November", ReferencePeriod.YEAR_END)
    before = kept_of(three.path)
    await withdraw(three, name(1), LATER)
    done = await publish_kept(three, name(1))
    assert (done.release.label, done.release.period) == ("Our November", ReferencePeriod.YEAR_END)
    assert kept_of(three.path) == before


async def test_a_fragment_that_came_first_is_withdrawn_before_the_whole_release_comes(
    database: Database,
) -> None:
    """Else the whole one would be told as corrections of half a million figures."""
    whole = MadeUp(
        {
            **release(pending=10).tables,
            Dataset.POPULATION: {(o, "USA", 2025): (0, 9, *[0] * 7) for o in ("AAA", "BBB", "CCC", "CHI")},
        }
    )
    await import_release(database, release(pending=10), day(0))
    await import_release(database, whole, day(2))
    await withdraw(database, name(0), LATER)
    kept = kept_of(database.path)
    assert kept["change"] == kept["change_count"] == kept["digest"] == []
    with refuses(Unchanged, "withdrawn"):
        await import_release(database, release(pending=10), day(1))


@pytest.mark.parametrize("dataset", REQUIRED)
@pytest.mark.parametrize("deed", ["update", "delete", "delete one", "replace"])
async def test_nothing_else_is_removed_from_the_ledger_and_nothing_is_altered(
    three: Database, dataset: Dataset, deed: str
) -> None:
    """Not even a row that the next release repeats no more, nor by putting another in its place."""
    table = TABLES[dataset]
    await withdraw(three, name(1), LATER)
    before = kept_of(three.path)
    values = ", ".join("1" for _ in table.values)
    sql = {
        "update": f"UPDATE {table.name} SET {table.values[0]} = 1",
        "delete": f"DELETE FROM {table.name}",
        "delete one": f"DELETE FROM {table.name} WHERE release = (SELECT max(release) FROM {table.name})",
        "replace": f"INSERT OR REPLACE INTO {table.name} ({', '.join(table.key)}, release,"
        f" {', '.join(table.values)}) SELECT {', '.join(table.key)}, release, {values} FROM {table.name}",
    }[deed]
    with pytest.raises(sqlite3.IntegrityError, match="the ledger is never"):
        async with three.writing() as connection:
            await connection.execute(sql)
    assert kept_of(three.path) == before


async def test_a_row_that_says_again_what_was_said_may_go(three: Database) -> None:
    """One that the order of imports had left there, before the ledger was canonical."""
    before = kept_of(three.path)
    at = int(day(1).timestamp())
    async with three.writing() as connection:
        await connection.execute(
            "INSERT INTO applications SELECT origin, asylum, year, authority, stage, level, unit, ?, applied"
            " FROM applications",
            (at,),
        )
        await connection.execute("DELETE FROM applications WHERE release = ?", (at,))
    assert kept_of(three.path) == before


def test_the_triggers_name_every_value(empty_path: Path) -> None:
    """A column that one of them forgets could be lost."""
    connection = sqlite3.connect(empty_path)
    rows = connection.execute("SELECT tbl_name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    connection.close()
    triggers = {table: sql for table, sql in rows if "BEFORE DELETE" in sql}
    for table in TABLES.values():
        for column in table.values:
            assert f"OLD.{column}" in triggers[table.name]
        for column in table.key:
            assert f"{column} = OLD.{column}" in triggers[table.name]
