"""What an operator reads who verifies the database or makes a backup."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.__main__ import main
from data.imports import import_release
from data.model import Dataset
from data.startup import open_database
from data.unhcr.parse import LAYOUTS
from tests.data.made_up import FIRST_DAY, MadeUp, day, large_release
from tests.releases import run_apart

RELEASE = large_release(300, 1)


@pytest.fixture
def path(releases_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    async def build() -> None:
        async with open_database(path) as database:
            await import_release(database, RELEASE, day(0))

    path = Path(shutil.copy(releases_path, tmp_path / "asylum.sqlite3"))
    run_apart(build())
    monkeypatch.setenv("DATABASE_PATH", str(path))
    monkeypatch.chdir(tmp_path)
    return path


def run(*words: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert isinstance(ended.value.code, int)
    return ended.value.code


def damage(path: Path, statement: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'population'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute(statement)
        for _, sql in triggers:
            connection.execute(sql)


def write_folder(folder: Path, source: MadeUp) -> None:
    folder.mkdir(parents=True)
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
    assert f"({FIRST_DAY.date()}), population: damaged, and nothing here has its rows" in said
    assert "--releases" in said
    write_folder(tmp_path / "releases" / f"{FIRST_DAY.date()}_mid-year", RELEASE)
    assert run("verify", "--releases", str(tmp_path / "releases")) == 0
    said = capsys.readouterr().out
    assert f"({FIRST_DAY.date()}), population: damaged, and made again." in said
    assert said.endswith("Everything is again as it was published.\n")
    assert run("verify") == 0


def test_a_folder_that_is_not_there_is_named(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("verify", "--releases", "nowhere") == 2
    assert "nowhere" in capsys.readouterr().err


def test_a_backup_is_told_with_what_is_in_it(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("backup", "copy.sqlite3") == 0
    assert capsys.readouterr().out.startswith("copy.sqlite3: ")
    assert run("backup", str(path)) == 2
    assert "is the database itself" in capsys.readouterr().err
