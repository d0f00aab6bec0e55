"""The schema comes about in numbered steps, each whole or not at all."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import DatabaseUnusable
from data.store.database import APPLICATION_ID, Database
from data.store.migrations import Migration, list_migrations, migrate
from tests.data.sentences import says_what_to_do
from tests.data.store.states import dump
from tests.refusals import refuses

ONE = Migration(
    1, "-- the first; it has a semicolon in its comment\nCREATE TABLE a (b);\nINSERT INTO a VALUES (';');"
)
TWO = Migration(
    2,
    "CREATE TABLE c (d);\nCREATE TRIGGER e AFTER INSERT ON c\nBEGIN\n  DELETE FROM a;\n  DELETE FROM c;\nEND;\n"
    "INSERT INTO c VALUES (1); -- and a comment\n",
)
BROKEN = Migration(2, "CREATE TABLE c (d);\nDELETE FROM a;\nCREATE TABLE c (again);\n")


def versions(path: Path) -> tuple[int, int]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT * FROM pragma_user_version, pragma_application_id").fetchone()


@pytest.fixture
async def blank(tmp_path: Path):
    async with Database(tmp_path / "blank.sqlite3", readers=1) as database:
        yield database


async def test_every_step_is_taken_once(blank: Database) -> None:
    assert await migrate(blank, (ONE,)) == 1
    assert versions(blank.path) == (1, APPLICATION_ID)
    before = dump(blank.path)
    assert await migrate(blank, (ONE,)) == 0
    assert dump(blank.path) == before
    assert await migrate(blank, (ONE, TWO)) == 1
    assert versions(blank.path) == (2, APPLICATION_ID)
    after = dump(blank.path)
    assert (after["a"], after["c"]) == ([], [])


async def test_a_failing_step_leaves_nothing_of_itself(blank: Database) -> None:
    await migrate(blank, (ONE,))
    before = dump(blank.path)
    with pytest.raises(sqlite3.OperationalError, match="table c already exists"):
        await migrate(blank, (ONE, BROKEN))
    assert dump(blank.path) == before
    assert await migrate(blank, (ONE, TWO)) == 1


async def test_a_failing_first_step_leaves_a_blank_file(blank: Database) -> None:
    before = dump(blank.path)
    with pytest.raises(sqlite3.OperationalError):
        await migrate(blank, (Migration(1, "CREATE TABLE a (b);\nCREATE TABLE a (c);"),))
    assert dump(blank.path) == before
    assert versions(blank.path) == (0, 0)


async def test_a_step_and_its_number_are_one_transaction(
    blank: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What another connection sees after every statement is the old version without, or the new one with it."""
    seen: list[tuple[int, bool]] = []
    execute = type(blank._writer).execute

    async def spy(self: object, sql: str, *rest: object) -> object:
        done = await execute(self, sql, *rest)
        seen.append((versions(blank.path)[0], "a" in dump(blank.path)))
        return done

    monkeypatch.setattr(type(blank._writer), "execute", spy)
    await migrate(blank, (ONE, TWO))
    seen.append((versions(blank.path)[0], "a" in dump(blank.path)))
    assert set(seen) == {(0, False), (1, True), (2, True)}


async def test_two_processes_may_migrate_at_once(tmp_path: Path) -> None:
    """The second finds the work done: nothing is done twice, although both saw the old version."""
    path = tmp_path / "both.sqlite3"
    async with Database(path) as first, Database(path) as second:
        await migrate(first, (ONE,))
        done = await asyncio.gather(migrate(first, (ONE, TWO)), migrate(second, (ONE, TWO)))
    assert sum(done) == 1
    assert versions(path) == (2, APPLICATION_ID)


async def test_a_newer_schema_is_refused_and_left_alone(blank: Database) -> None:
    await migrate(blank, (ONE, TWO))
    before = dump(blank.path)
    with refuses(DatabaseUnusable, "newer version of this program") as refused:
        await migrate(blank, (ONE,))
    assert says_what_to_do(say(refused.value))
    assert dump(blank.path) == before


def test_the_project_s_own_steps_are_numbered_from_one() -> None:
    assert [step.number for step in list_migrations()] == list(range(1, len(list_migrations()) + 1))


@pytest.mark.parametrize(
    "names", [["0002_b.sql"], ["0001_a.sql", "0003_c.sql"], ["0001_a.sql", "0001_b.sql"]]
)
def test_a_gap_in_the_numbers_is_a_fault_of_the_program(tmp_path: Path, names: list[str]) -> None:
    for name in names:
        (tmp_path / name).write_text("", "utf-8")
    (tmp_path / "README.md").write_text("not a step", "utf-8")
    with pytest.raises(RuntimeError):
        list_migrations(tmp_path)


@pytest.mark.parametrize(
    ("said", "instead", "named"),
    [
        ("digest      TEXT --", "digest      TEXT NOT NULL --", "table release, column digest"),
        ("period      TEXT    NOT NULL", "period      TEXT", "table release, column period"),
        (
            "CREATE TRIGGER population_is_final",
            "CREATE TRIGGER population_is_odd",
            "trigger population_is_final",
        ),
        ("CREATE TABLE quarantine", "CREATE TABLE quarantined", "table quarantine"),
    ],
)
@pytest.mark.parametrize("applied", [1, 3])
async def test_a_file_of_a_script_that_was_edited_later_is_refused_and_left_as_it_was(
    blank: Database, said: str, instead: str, named: str, applied: int
) -> None:
    """The database of commit 0712903 had another first script under the same number."""
    first, *others = list_migrations()
    assert said in first.sql
    edited = Migration(1, first.sql.replace(said, instead, 1))
    with closing(sqlite3.connect(blank.path)) as connection:
        for migration in (edited, *others)[:applied]:
            connection.executescript(migration.sql)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {applied}")
    before = dump(blank.path)
    with refuses(DatabaseUnusable, "unfinished version") as refused:
        await migrate(blank, list_migrations())
    assert named in say(refused.value)
    assert says_what_to_do(say(refused.value))
    assert dump(blank.path) == before


async def test_a_file_whose_scripts_came_in_another_order_is_refused_and_left_as_it_was(
    blank: Database,
) -> None:
    """The database of commit 750a569c had the table of the fourteenth script already by its thirteenth."""
    steps = list_migrations()
    with closing(sqlite3.connect(blank.path)) as connection:
        for migration in (*steps[:12], steps[13]):
            connection.executescript(migration.sql)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 13")
    before = dump(blank.path)
    with refuses(DatabaseUnusable, "unfinished version") as refused:
        await migrate(blank, steps)
    assert "table packed" in say(refused.value)
    assert dump(blank.path) == before


async def test_a_table_or_index_more_is_no_reason_to_refuse_a_file(blank: Database) -> None:
    await migrate(blank, list_migrations()[:1])
    with closing(sqlite3.connect(blank.path)) as connection:
        connection.executescript("CREATE TABLE mine (a); CREATE INDEX faster ON release (label); ANALYZE")
    assert await migrate(blank, list_migrations())
