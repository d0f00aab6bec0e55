"""The database opens, or one sentence says what is wrong with its file, which is then left as it was."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from bot.exits import Exit, exit_for
from bot.sentences import say
from data.errors import DatabaseUnusable
from data.releases.opening import open_database
from data.sources.shipped import Shipped
from data.store.database import APPLICATION_ID
from data.store.migrations import list_migrations
from data.store.releases import read_releases
from tests.data.full_disk import full_disk
from tests.data.releases.test_installation import make_shipped
from tests.data.sentences import says_what_to_do
from tests.data.store.states import dump, is_intact
from tests.releases import run_apart

PAGE = 4096


@pytest.fixture(scope="module", autouse=True)
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The program comes with three small releases here."""
    SHIPPED.append(make_shipped(tmp_path_factory.mktemp("small") / "shipped"))
    yield
    SHIPPED.clear()


SHIPPED: list[Shipped] = []


def start(path: Path) -> None:
    """Open the database as every start does."""

    async def open_it() -> None:
        async with open_database(path, shipped=SHIPPED[-1]):
            pass

    run_apart(open_it())


def refuse(path: Path) -> str:
    """Open what cannot be opened, see that nothing of it or beside it changed, and return the sentence."""
    before = contents(path.parent)
    with pytest.raises(DatabaseUnusable) as refused:
        start(path)
    assert contents(path.parent) == before
    assert says_what_to_do(say(refused.value))
    assert str(path.parent) in say(refused.value)
    return say(refused.value)


def contents(folder: Path) -> dict[str, bytes | None]:
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() if path.is_file() else None for path in folder.iterdir()}


@pytest.fixture(scope="module")
def sound_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sound database. Only to copy."""
    path = tmp_path_factory.mktemp("sound") / "sound.sqlite3"
    start(path)
    return path


@pytest.fixture
def ours(sound_path: Path, tmp_path: Path) -> Path:
    """A sound database of our own."""
    (tmp_path / "folder").mkdir()
    return Path(shutil.copy(sound_path, tmp_path / "folder" / "asylum.sqlite3"))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where a database could be; there is none, but for the folder."""
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "asylum.sqlite3"


def test_a_missing_file_is_created_whole_and_nothing_is_left_beside_it(place: Path, sound_path: Path) -> None:
    start(place)
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert is_intact(place)
    assert dump(place) == dump(sound_path)


def test_opening_again_changes_nothing(ours: Path) -> None:
    before = ours.read_bytes()
    start(ours)
    assert ours.read_bytes() == before


def test_a_missing_folder(tmp_path: Path) -> None:
    assert "There is no folder" in refuse(tmp_path / "nowhere" / "asylum.sqlite3")


def test_a_folder_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert "There is no folder" in refuse(tmp_path / "file" / "asylum.sqlite3")


def test_a_directory(place: Path) -> None:
    place.mkdir()
    assert "is not a file" in refuse(place)


def test_a_name_beyond_what_the_file_system_takes(tmp_path: Path) -> None:
    assert "cannot be read" in refuse(tmp_path / ("x" * 260))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "is empty"),
        (b"year,coo,coa\n", "is not an SQLite database"),
        (b"SQLite format 4\x00" + bytes(PAGE), "is not an SQLite database"),
        (b"SQLite format 3\x00", "is damaged"),
        (b"SQLite format 3\x00" + bytes(PAGE - 16), "is damaged"),
        (b"SQLite format 3\x00" + b"\xff" * (PAGE - 16), "is damaged"),
    ],
)
def test_a_file_that_is_no_database(place: Path, content: bytes, said: str) -> None:
    place.write_bytes(content)
    assert said in refuse(place)


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
@pytest.mark.parametrize("application", [0, 252006673])
def test_another_program_s_database_is_never_touched(place: Path, journal: str, application: int) -> None:
    """Not even its journal mode, and no log file is left beside it."""
    with closing(sqlite3.connect(place)) as connection:
        connection.execute(f"PRAGMA journal_mode = {journal}")
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute("CREATE TABLE moz_places (url)")
        connection.commit()
    assert "belongs to another program" in refuse(place)


def test_an_empty_sqlite_file_becomes_ours(place: Path) -> None:
    with closing(sqlite3.connect(place)) as connection:
        connection.execute("VACUUM")
    assert place.stat().st_size
    start(place)
    assert dump(place)["versions"] == [(len(list_migrations()), APPLICATION_ID)]


def test_a_newer_schema(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as connection:
        connection.execute(f"PRAGMA user_version = {len(list_migrations()) + 1}")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert "newer version of this program" in refuse(ours)


def overwrite(content: bytes, page: int) -> bytes:
    """Fill one page with bytes that mean nothing, but leave the header's first line."""
    start = page * PAGE
    keep = 16 if page == 0 else 0
    return content[: start + keep] + b"\xa5" * (PAGE - keep) + content[start + PAGE :]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: content[:100],
        lambda content: content[: len(content) // 2],
        lambda content: content[:-PAGE],
        lambda content: overwrite(content, 0),
        lambda content: overwrite(content, 1),
        lambda content: overwrite(content, 12),
        lambda content: overwrite(content, len(content) // PAGE // 2),
        lambda content: overwrite(content, len(content) // PAGE - 1),
    ],
    ids=["header only", "half", "without its last page", "first page", "second", "13th", "middle", "last"],
)
def test_a_damaged_file(ours: Path, spoil: Callable[[bytes], bytes]) -> None:
    """Found at the start, wherever the damage is, and not when somebody asks for just that figure."""
    ours.write_bytes(spoil(ours.read_bytes()))
    assert "is damaged" in refuse(ours)


def test_a_read_only_file(ours: Path) -> None:
    """Also for root, who could write to it all the same."""
    ours.chmod(0o444)
    assert "is read-only" in refuse(ours)


def test_the_log_of_a_database_that_is_gone(ours: Path) -> None:
    """SQLite would play it into the new database and ruin it."""
    ours.rename(ours.with_name("asylum.sqlite3-wal"))
    assert "is left of a database that is gone" in refuse(ours)


def test_what_an_interrupted_first_start_left_is_swept_away(place: Path) -> None:
    """In a container every start has the same process number."""
    scratch = place.with_name(f".{place.name}.{os.getpid()}.new")
    scratch.touch()
    scratch.with_name(f"{scratch.name}-wal").write_bytes(b"half a log")
    start(place)
    assert [path.name for path in place.parent.iterdir()] == [place.name]


@pytest.mark.parametrize("size", [0, 100_000])
def test_a_first_start_on_a_full_disk(place: Path, size: int) -> None:
    """It may have room later, so that a supervisor is to try again."""
    with full_disk(at=size):
        assert "cannot be created for the moment" in refuse(place)
        with pytest.raises(DatabaseUnusable) as refused:
            start(place)
    assert exit_for(refused.value) is Exit.AGAIN
    start(place)
    assert is_intact(place)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Makes disks with room for so many bytes."""
    mounted: list[Path] = []

    def mount(size: int) -> Path:
        folder = tmp_path / f"disk-{size}"
        folder.mkdir()
        options = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if (
            shutil.which("mount") is None
            or subprocess.run(options, check=False, capture_output=True).returncode
        ):
            pytest.skip("this user cannot mount a small disk")
        mounted.append(folder)
        return folder

    yield mount
    for folder in mounted:
        subprocess.run(["umount", str(folder)], check=True)


def test_whatever_room_there_is_a_first_start_leaves_a_whole_database_or_none(
    small_disk: Callable[[int], Path],
) -> None:
    outcomes = set()
    for pages in range(20, 260, 12):
        place = small_disk(pages * PAGE) / "asylum.sqlite3"
        with suppress(DatabaseUnusable):
            start(place)
        assert not place.exists() or is_intact(place)
        outcomes.add(place.exists())
    assert outcomes == {False, True}


def close_for_writing(disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


async def test_where_nothing_can_be_written_it_is_read_and_a_change_is_refused(
    small_disk: Callable[[int], Path], ours: Path
) -> None:
    disk = small_disk(1_000 * PAGE)
    place = Path(shutil.copy(ours, disk / "asylum.sqlite3"))
    close_for_writing(disk)

    async with open_database(place) as database:
        async with database.reading() as connection, database.reading_aside() as aside:
            assert await read_releases(connection) == await read_releases(aside) != ()
        with pytest.raises(DatabaseUnusable, match="database-on-read-only-disk"):
            async with database.writing():
                pass
    assert [path.name for path in disk.iterdir()] == [place.name]
    assert "cannot be created" in refuse(disk / "another.sqlite3")


def test_a_log_that_nothing_can_be_written_from_is_named(
    small_disk: Callable[[int], Path], ours: Path
) -> None:
    disk = small_disk(1_000 * PAGE)
    place = Path(shutil.copy(ours, disk / "asylum.sqlite3"))
    place.with_name("asylum.sqlite3-wal").write_bytes(b"what is not in the file yet")
    close_for_writing(disk)

    assert "asylum.sqlite3-wal beside it holds what is not in it yet" in refuse(place)


def test_a_file_system_without_hard_links(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse_link(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse_link)
    start(place)
    assert [path.name for path in place.parent.iterdir()] == [place.name]
    assert is_intact(place)


def test_the_file_is_marked_as_ours(ours: Path) -> None:
    with closing(sqlite3.connect(ours)) as connection:
        assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
