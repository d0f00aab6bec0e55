"""What an operator reads who verifies the database or makes a backup."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from data.model import Dataset
from data.releases.imports import import_release
from data.sources.unhcr.parse import LAYOUTS
from data.store.database import Database
from tests.data.made_up import MadeUp, day, large_release
from tests.data.releases.test_installation import RELEASES as SHIPPED_RELEASES
from tests.data.releases.test_installation import make_shipped
from tests.data.store.states import dump
from tests.releases import build_empty, build_releases, decline_shipped, run_apart

RELEASE = large_release(300, 1)
RETRIEVED = day(1)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A database with one release, of a day of which the program has none."""

    async def build() -> None:
        async with Database(path) as database:
            await import_release(database, RELEASE, RETRIEVED)

    path = tmp_path / "asylum.sqlite3"
    build_empty(path)
    decline_shipped(path)
    run_apart(build())
    use(path, monkeypatch)
    return path


def use(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Have commands act on this database, in its folder."""
    monkeypatch.setenv("DATABASE_PATH", str(path))
    monkeypatch.chdir(path.parent)


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('population', 'applications', 'decisions')"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def write_folder(folder: Path, source: MadeUp) -> None:
    folder.mkdir(parents=True)
    codes = sorted({str(code) for table in source.tables.values() for key in table for code in key[:2]})
    countries = "\n".join(("unhcr_code,iso_code,name", *(f"{code},,{code}" for code in codes)))
    (folder / "countries.csv").write_text(countries, encoding="utf-8")
    for dataset in Dataset:
        layout = LAYOUTS[dataset]
        with (folder / f"{dataset}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow((*layout.key, *layout.values, *layout.ignored))
            for row in source.rows(dataset, 2026):
                texts = ["-" if value is None else value for value in row]
                writer.writerow((*texts, *[""] * len(layout.ignored)))


def test_a_sound_database_is_said_to_be_one(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify") == 0
    assert capsys.readouterr().out == "Every release (1) is as it was published.\n"


def test_a_damaged_release_is_named_and_repaired_from_a_folder(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    damage(path, "UPDATE population SET asylum_seekers = 5 WHERE origin = 'AB'")
    assert run("verify") == 2
    said = capsys.readouterr().out
    assert f"({RETRIEVED.date()}), population: damaged, and nothing here has its rows" in said
    assert "--releases" in said
    write_folder(tmp_path / "releases" / f"{RETRIEVED.date()}_mid-year", RELEASE)
    assert run("verify", "--releases", str(tmp_path / "releases")) == 0
    said = capsys.readouterr().out
    assert f"({RETRIEVED.date()}), population: damaged, and rebuilt." in said
    assert said.endswith("Everything is as it was published again.\n")
    assert run("verify") == 0


@pytest.mark.parametrize(
    ("release", "statement", "part"),
    [
        (0, "UPDATE population SET asylum_seekers = 5", "population"),
        (1, "UPDATE population SET asylum_seekers = 5", "population"),
        (1, "UPDATE applications SET applied = 5", "applications"),
        (2, "UPDATE rollup SET new = 5", "rollups"),
    ],
)
def test_a_shipped_release_is_made_again_by_the_program_alone(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    release: int,
    statement: str,
    part: str,
) -> None:
    """Also where the disk changed it before anything was ever verified, and under another label."""
    make_shipped(tmp_path / "shipped")
    monkeypatch.setattr("data.sources.shipped.files", lambda package: tmp_path / "shipped")
    path = tmp_path / "asylum.sqlite3"
    use(path, monkeypatch)
    build_releases(path)
    shipped = SHIPPED_RELEASES[release]
    damage(path, f"UPDATE release SET label = 'Another name' WHERE id = {shipped.id}")
    before = dump(path)
    damage(path, f"{statement} WHERE release = {shipped.id}")
    assert run("verify") == 0
    assert capsys.readouterr().out == (
        f"Another name ({shipped.day}), {part}: damaged, and rebuilt.\n"
        "Everything is as it was published again.\n"
    )
    assert dump(path) == before


def test_a_folder_that_is_not_there_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--releases", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_backup_is_told_with_what_is_in_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "copy.sqlite3") == 0
    assert capsys.readouterr().out.startswith("copy.sqlite3: ")
    assert run("backup", str(path)) == 2
    assert "is the database itself" in capsys.readouterr().err


def test_a_restored_backup_is_told_with_where_the_old_database_is(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("backup", "copy.sqlite3") == 0
    capsys.readouterr()
    assert run("restore", "copy.sqlite3") == 0
    first, second = capsys.readouterr().out.splitlines()
    assert first == f"{path}: 1 releases, restored from copy.sqlite3 and verified."
    kept = Path(second.split(" is kept as ")[1].split(";")[0])
    assert kept.exists()
    assert run("restore", "nothing.sqlite3") == 2
    assert "There is no backup nothing.sqlite3" in capsys.readouterr().err
