"""One writer, many readers, each of whom sees one state; and failures in words."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from bot.sentences import say
from data.errors import DatabaseUnusable
from data.state.opening import state_of
from data.store.database import Connection, Database, failures_in_words
from tests.data.sentences import says_what_to_do
from tests.releases import run_apart


async def count(connection: Connection) -> int:
    ((rows,),) = await connection.execute_fetchall("SELECT count(*) FROM memory")
    return int(rows)


async def add(connection: Connection, key: str) -> None:
    await connection.execute("INSERT INTO memory (key, value) VALUES (?, '')", (key,))


async def test_a_reader_sees_one_state_while_the_writer_commits(database: Database) -> None:
    async with database.reading() as before:
        assert await count(before) == 0
        async with database.writing() as writer:
            await add(writer, "a")
            async with database.reading() as meanwhile:
                assert await count(meanwhile) == 0
        assert await count(before) == 0
        async with database.reading() as after:
            assert await count(after) == 1
        assert await count(before) == 0
    async with database.reading() as again:
        assert await count(again) == 1


async def test_a_failed_writing_leaves_nothing_and_the_next_one_works(database: Database) -> None:
    async def fail() -> None:
        async with database.writing() as writer:
            await add(writer, "a")
            raise LookupError

    with pytest.raises(LookupError):
        await fail()
    async with database.writing() as writer:
        await add(writer, "b")
    async with database.reading() as reader:
        assert [key for (key,) in await reader.execute_fetchall("SELECT key FROM memory")] == ["b"]


async def test_writers_wait_for_one_another(database: Database) -> None:
    """Each reads what is there and writes one more: none is lost, so none ran beside another."""

    async def write() -> None:
        async with database.writing() as writer:
            await add(writer, str(await count(writer)))

    await asyncio.gather(*(write() for _ in range(20)))
    async with database.reading() as reader:
        assert await count(reader) == 20


async def test_a_writer_cancelled_while_it_waits_for_another_process_leaves_the_lane_free(
    database: Database,
) -> None:
    other = sqlite3.connect(database.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    waiting = asyncio.create_task(state_of(database).remember("a", "1"))
    for _ in range(5):
        await asyncio.sleep(0.01)
    waiting.cancel()
    await asyncio.sleep(0)
    other.execute("COMMIT")
    other.close()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    await state_of(database).remember("b", "2")
    assert [await state_of(database).recall(key) for key in "ab"] == [None, "2"]


async def test_more_readers_than_connections_wait_their_turn(empty_path: Path) -> None:
    async with Database(empty_path, readers=2) as database:

        async def read() -> int:
            async with database.reading() as connection:
                await asyncio.sleep(0)
                return await count(connection)

        assert await asyncio.gather(*(read() for _ in range(20))) == [0] * 20


async def test_a_reader_cannot_write(database: Database) -> None:
    async with database.reading() as reader:
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            await add(reader, "a")


async def test_a_reader_that_failed_is_lent_again(empty_path: Path) -> None:
    async with Database(empty_path, readers=1) as database:
        for _ in range(3):
            with pytest.raises(sqlite3.OperationalError, match="no such table"):
                async with database.reading() as connection:
                    await connection.execute("SELECT * FROM nowhere")
        async with database.reading() as connection:
            assert await count(connection) == 0


async def test_a_reader_whose_asker_gives_up_even_while_it_is_given_back_is_lent_again(
    empty_path: Path,
) -> None:
    go_on, busy = threading.Event(), asyncio.Event()

    async def read() -> None:
        async with database.reading() as connection:
            await connection.create_function("wait", 0, go_on.wait)
            busy.set()
            await connection.execute_fetchall("SELECT wait()")

    async with Database(empty_path, readers=1) as database:
        reading = asyncio.create_task(read())
        await busy.wait()
        while not reading.done():  # first in the middle of a statement, and then while that is rolled back
            reading.cancel()
            await asyncio.sleep(0)
        go_on.set()
        async with asyncio.timeout(60), database.reading() as connection:
            assert await count(connection) == 0


async def test_what_cannot_be_read_is_told_in_a_sentence(empty_path: Path) -> None:
    async def fail() -> None:
        async with Database(empty_path) as database, database.reading():
            error = sqlite3.DatabaseError("database disk image is malformed")
            error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
            raise error

    with pytest.raises(DatabaseUnusable) as told:
        await fail()
    assert says_what_to_do(say(told.value))


async def test_what_was_remembered_is_known_again_and_replaced(database: Database) -> None:
    memory = state_of(database)
    assert await memory.recall("commands") is None
    await memory.remember("commands", "old")
    await memory.remember("commands", "new, “quoted”; 'n drop")
    assert await memory.recall("commands") == "new, “quoted”; 'n drop"


@pytest.mark.parametrize(
    "code",
    [
        *(sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY),
        *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB),
    ],
)
def test_what_the_file_or_the_disk_does_wrong_is_told_in_a_sentence(code: int) -> None:
    error = sqlite3.OperationalError("it went wrong")
    error.sqlite_errorcode = code
    with pytest.raises(DatabaseUnusable) as told, failures_in_words(Path("some.sqlite3")):
        raise error
    assert says_what_to_do(say(told.value))
    assert "some.sqlite3" in say(told.value)
    assert "it went wrong" in say(told.value)


def test_faulty_sql_stays_a_fault_of_the_program() -> None:
    with (
        pytest.raises(sqlite3.OperationalError),
        failures_in_words(Path("some.sqlite3")),
        closing(sqlite3.connect(":memory:")) as connection,
    ):
        connection.execute("SELEKT")
    with (
        pytest.raises(sqlite3.IntegrityError),
        failures_in_words(Path("some.sqlite3")),
        closing(sqlite3.connect(":memory:")) as connection,
    ):
        connection.executescript("CREATE TABLE a (b NOT NULL); INSERT INTO a VALUES (NULL)")


def test_nothing_is_left_beside_a_closed_database(tmp_path: Path) -> None:
    async def write() -> None:
        async with Database(tmp_path / "new.sqlite3") as database, database.writing() as writer:
            await writer.execute("CREATE TABLE a (b)")

    run_apart(write())
    assert [path.name for path in tmp_path.iterdir()] == ["new.sqlite3"]
