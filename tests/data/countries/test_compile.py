"""The packed tables are what the installed Babel gives, and cover what Discord speaks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import discord
import pytest

from data.countries import compile as compiling
from data.countries import table

ROOT = Path(__file__).parents[3]


def test_the_packed_tables_are_what_babel_gives() -> None:
    """In a process of its own: Babel's languages take 165 MB."""
    command = [sys.executable, "-m", "data.countries.compile", "--check"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.stdout, run.returncode) == ("Out of date: nothing.\n", 0), run.stderr


def test_a_table_that_is_not_what_babel_gives_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(compiling, "compile_names", lambda: ["atlantis\tXX"])
    monkeypatch.setattr(compiling, "compile_languages", lambda: table.unpack(table.LANGUAGES))
    assert compiling.main(["--check"]) == 1
    assert capsys.readouterr().out == "Out of date: names.txt.gz.\n"


def test_compiling_writes_the_same_bytes_again(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(compiling, "compile_names", lambda: table.unpack(table.NAMES))
    monkeypatch.setattr(compiling, "compile_languages", lambda: table.unpack(table.LANGUAGES))
    monkeypatch.setattr(compiling, "files", lambda _package: tmp_path)
    written = []
    for _ in range(2):
        assert compiling.main([]) == 0
        written.append([(tmp_path / file).read_bytes() for file in (table.NAMES, table.LANGUAGES)])
    assert written[0] == written[1]


def test_the_packed_tables_are_small() -> None:
    folder = Path(compiling.__file__).parent
    assert sum((folder / file).stat().st_size for file in (table.NAMES, table.LANGUAGES)) < 400_000


def test_every_language_of_discord_is_compiled() -> None:
    spoken = {locale.value for locale in discord.Locale if not locale.value.startswith("en")}
    assert spoken == set(compiling.CHAT_LANGUAGES)
