"""A backup is one whole file with everything in it, made while the database is used; or the old one stays."""

from __future__ import annotations

import asyncio
import errno
import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.exits import Exit, exit_for
from bot.sentences import say
from data.errors import DatabaseUnusable, NotNow
from data.releases.backup import make_backup, restore_backup
from data.releases.imports import import_release
from data.releases.lock import hold_bot
from data.releases.opening import open_database
from data.releases.verification import find_damage
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from data.store.releases import read_releases
from tests.data.full_disk import full_disk
from tests.data.made_up import day, large_release
from tests.data.sentences import says_what_to_do
from tests.data.store.states import dump, is_intact
from tests.refusals import refuses
from tests.releases import build_releases, decline_shipped


@pytest.fixture
def path(empty_path: Path, tmp_path: Path) -> Path:
    (tmp_path / "here").mkdir()
    return Path(shutil.copy(empty_path, tmp_path / "here" / "asylum.sqlite3"))


def write(path: Path, data: bytes) -> None:
    path.write_bytes(data)


def beside(target: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in target.parent.iterdir()}


@pytest.fixture
def target(tmp_path: Path) -> Path:
    (tmp_path / "there").mkdir()
    return tmp_path / "there" / "backup.sqlite3"


async def fill_and_back_up(path: Path, target: Path) -> None:
    async with Database(path) as database:
        await import_release(database, large_release(300, 1), day(0))
        await make_backup(path, target)


async def test_a_copy_of_the_file_alone_lacks_what_the_backup_has(path: Path, target: Path) -> None:
    """While somebody reads, what is written stays in the log beside the file."""
    async with Database(path) as database, database.reading() as reader:
        await reader.execute_fetchall("SELECT * FROM release")
        await import_release(database, large_release(300, 1), day(0))
        plain = Path(shutil.copy(path, target.with_name("plain.sqlite3")))
        assert await make_backup(path, target) == 1
    with closing(sqlite3.connect(plain)) as connection:
        assert connection.execute("SELECT count(*) FROM release").fetchone() == (0,)
    assert beside(target).keys() == {"backup.sqlite3", "plain.sqlite3"}
    assert dump(target) == dump(path)
    assert is_intact(target)
    decline_shipped(target)
    async with open_database(target) as copy:
        found = await find_damage(copy)
        assert (found.sound, found.unknown) == (True, ())


async def test_a_newer_backup_takes_the_place_of_an_older_one(path: Path, target: Path) -> None:
    async with Database(path) as database:
        await make_backup(path, target)
        await import_release(database, large_release(300, 1), day(0))
        await make_backup(path, target)
    async with Database(target) as copy, copy.reading() as connection:
        assert len(await read_releases(connection)) == 1


async def test_a_damaged_database_does_not_take_the_place_of_a_sound_backup(path: Path, target: Path) -> None:
    async with Database(path) as database:
        await import_release(database, large_release(300, 1), day(0))
        await make_backup(path, target)
        before = beside(target)
        async with database.writing() as connection:
            await connection.execute("UPDATE rollup SET pending = 4")
        with refuses(DatabaseUnusable, "bot verify") as refused:
            await make_backup(path, target)
    assert says_what_to_do(say(refused.value))
    assert beside(target) == before


async def test_nothing_that_is_no_backup_is_replaced(path: Path, target: Path) -> None:
    text = write_thesis(target.parent)
    before = beside(target)
    for place in (text, path, target.parent / "nowhere" / "backup.sqlite3", target.parent):
        with pytest.raises(DatabaseUnusable) as refused:
            await make_backup(path, place)
        assert says_what_to_do(say(refused.value))
        assert "DATABASE_PATH" not in say(refused.value)
    with pytest.raises(DatabaseUnusable):
        await make_backup(path.with_name("none.sqlite3"), target)
    assert beside(target) == before


def write_thesis(folder: Path) -> Path:
    text = folder / "thesis.txt"
    text.write_text("four years of work")
    return text


def test_an_older_file_beside_a_newer_log_is_refused_and_the_log_is_not_written_into_it(
    canada_path: Path, path: Path
) -> None:
    """Somebody restores a backup, and leaves the log of the file that it replaces."""
    shutil.copy(canada_path, path)
    older, log = path.read_bytes(), path.with_name(f"{path.name}-wal")
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript("DROP TABLE change; VACUUM")
        assert connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0
        connection.executescript("CREATE TABLE much AS SELECT * FROM rollup")
        newer = log.read_bytes()
    path.write_bytes(older)
    log.write_bytes(newer)
    with refuses(DatabaseUnusable, "is damaged") as refused:
        build_releases(path)
    assert f"{log.name} and {path.name}-shm beside it" in say(refused.value)
    assert path.read_bytes() == older
    assert log.read_bytes() == newer
    # What it says to do helps.
    for beside in (log, path.with_name(f"{path.name}-shm")):
        beside.unlink(missing_ok=True)
    build_releases(path)
    assert dump(path) == dump(canada_path)


async def test_a_full_disk_is_told_in_a_sentence_and_the_older_backup_stays(path: Path, target: Path) -> None:
    await fill_and_back_up(path, target)
    before = beside(target)
    with full_disk(at=100_000), pytest.raises(DatabaseUnusable) as refused:
        await make_backup(path, target)
    assert says_what_to_do(say(refused.value))
    assert beside(target) == before


async def test_a_file_of_an_older_version_is_copied_as_it_is(path: Path, target: Path) -> None:
    """Before an update somebody makes a backup, perhaps with the new program already."""
    old = path.with_name("old.sqlite3")
    async with Database(old) as database:
        await migrate(database, list_migrations()[:4])
    assert await make_backup(old, target) == 0
    assert dump(target) == dump(old)


async def test_a_backup_takes_the_place_of_the_database_which_is_kept_with_its_log(
    path: Path, target: Path
) -> None:
    await fill_and_back_up(path, target)
    backed_up = dump(path)
    async with Database(path) as database:
        await import_release(database, large_release(300, 2), day(9))
    later = dump(path)
    write(path.with_name(f"{path.name}-wal"), b"left by a process that was killed")

    published, kept = await restore_backup(target, path, day(10))

    assert (published, kept) == (1, path.with_name("asylum.sqlite3.20251120-000000"))
    assert dump(path) == backed_up != later
    there = beside(path)
    assert f"{path.name}-wal" not in there
    assert there[f"{kept.name}-wal"] == b"left by a process that was killed"
    write(kept.with_name("alone.sqlite3"), there[kept.name])
    assert dump(kept.with_name("alone.sqlite3")) == later


def test_a_backup_is_put_where_no_database_is_and_behind_a_link(path: Path, target: Path) -> None:
    asyncio.run(make_backup(path, target))
    content = dump(path)
    link = path.with_name("link.sqlite3")
    link.symlink_to(path)
    path.unlink()

    assert asyncio.run(restore_backup(target, link, day(10))) == (0, None)
    assert link.readlink() == path
    assert dump(path) == content


async def test_nothing_is_restored_while_a_bot_runs_or_from_what_is_no_sound_backup(
    path: Path, target: Path
) -> None:
    await fill_and_back_up(path, target)
    before, backup = beside(path), beside(target)[target.name]
    async with hold_bot(path):
        with refuses(NotNow, "stop it first"):
            await restore_backup(target, path, day(10))
    with refuses(DatabaseUnusable, "There is no backup"):
        await restore_backup(target.with_name("none.sqlite3"), path, day(10))
    with refuses(DatabaseUnusable, "There is no backup"):
        await restore_backup(target.parent / "nowhere" / "none.sqlite3", path, day(10))
    with refuses(DatabaseUnusable, "set DATABASE_PATH elsewhere"):
        await restore_backup(target, path.parent / "nowhere" / path.name, day(10))
    for content in (b"", b"a letter"):
        write(target.with_name("letter.txt"), content)
        with refuses(DatabaseUnusable, "is no backup of this program's; name the file"):
            await restore_backup(target.with_name("letter.txt"), path, day(10))
    with refuses(DatabaseUnusable, "is the database itself"):
        await restore_backup(path, path, day(10))
    with closing(sqlite3.connect(target)) as connection:
        connection.execute("UPDATE rollup SET pending = 4")
        connection.commit()
    with refuses(DatabaseUnusable, "restore another backup"):
        await restore_backup(target, path, day(10))
    write(target, backup[:5000] + b"\xff" * 20_000)
    with pytest.raises(DatabaseUnusable) as refused:
        await restore_backup(target, path, day(10))
    assert says_what_to_do(say(refused.value))

    assert {name: data for name, data in beside(path).items() if not name.endswith("-lock")} == before


async def test_a_backup_where_nothing_can_be_written_is_refused_with_the_reason(
    path: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "touch", refuse)
    with refuses(DatabaseUnusable, "cannot be written .Read-only file system.; choose another place"):
        await make_backup(path, target)

    assert list(target.parent.iterdir()) == []


async def test_a_lock_that_cannot_be_made_is_for_somebody_to_change(target: Path) -> None:
    """A name that is too long stands for a read-only folder, which root does not know."""
    too_long = target.with_name(f"{'a' * 245}.sqlite3")
    with refuses(DatabaseUnusable, "File name too long.; make it possible to write") as refused:
        async with hold_bot(too_long):
            raise AssertionError("nobody can hold it")

    assert exit_for(refused.value) is Exit.CONFIGURED_WRONG
    assert list(target.parent.iterdir()) == []
