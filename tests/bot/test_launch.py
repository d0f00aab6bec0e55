"""The program as somebody installs it: built, put somewhere, and started where no checkout is."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

from data.sources.shipped import ROLLUPS
from tests.releases import thin_shipped

ROOT = Path(__file__).parents[2]
MADE_OF = ("bot", "cogs", "data", "pyproject.toml", "README.md", "LICENSE")
PROGRAM = "asylum_statistics_bot/program"


def run(*command: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


def copy_checkout(to: Path) -> None:
    """Copy what the wheel is made of, beside what an operator has in the folders and must not give away.

    Of what is shipped it has one country of asylum, as `build_releases` shows what a start makes of all.
    """
    to.mkdir()
    for name in MADE_OF:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, to / name, ignore=shutil.ignore_patterns("__pycache__", "local"))
        else:
            shutil.copy(ROOT / name, to)
    shipped = to / "data" / "sources" / "shipped"
    thin_shipped(to / "thin", ["CAN"])
    for path in (to / "thin").iterdir():
        path.replace(shipped / path.name)
    (shipped / ROLLUPS).unlink()  # they are of all countries
    (to / "thin").rmdir()
    (to / "data" / "local").mkdir()
    (to / "data" / "local" / "asylum.sqlite3").write_text("subscriptions")
    (to / "bot" / "__pycache__").mkdir()
    (to / "bot" / "__pycache__" / "words.cpython-311.pyc").write_text("old")


def test_a_refusal_waits_for_nothing_that_it_does_not_need(tmp_path: Path) -> None:
    heavy = "{'aiohttp', 'discord', 'matplotlib', 'numpy'} & set(sys.modules)"
    done = run("-c", f"import sys, bot.__main__; print({heavy})", cwd=tmp_path, PYTHONPATH=str(ROOT))

    assert done.stdout == "set()\n"


def test_a_wheel_carries_all_it_needs_and_answers_from_anywhere(tmp_path: Path) -> None:
    copy_checkout(tmp_path / "checkout")
    run("-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, ".", cwd=tmp_path / "checkout")
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as content:
        names = set(content.namelist())

    assert {name.split("/")[0].split("-")[0] for name in names} == {"asylum_statistics_bot"}
    assert not [name for name in names if "local" in name.split("/") or "__pycache__" in name]
    for folder, kinds in {
        "data/sources/shipped": {".py", ".csv", ".xz", ".md"},
        "data/schema": {".sql"},
        "data/countries": {".py", ".csv", ".gz"},
        "bot/preview/static": {".html", ".css", ".js"},
    }.items():
        there = {Path(name).suffix for name in names if Path(name).parent.as_posix() == f"{PROGRAM}/{folder}"}
        assert kinds <= there, folder
    for path in (path for package in ("bot", "cogs", "data") for path in (ROOT / package).rglob("*.py")):
        if path.name != "launch.py":
            assert f"{PROGRAM}/{path.relative_to(ROOT).as_posix()}" in names

    site = tmp_path / "site"
    run("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", site, wheel, cwd=tmp_path)
    assert not {"bot", "cogs", "data"} & {path.name for path in site.iterdir()}

    # The first answer builds the database, and waits for no older release than it is of.
    words = ["answer", "/asylum figures origin:China asylum:Canada year:2025"]
    start = f"import sys, asylum_statistics_bot as program; sys.argv[1:] = {words}; program.main()"
    # Without `site`, nothing leads to the checkout that the tests run from.
    path = os.pathsep.join([str(site), sysconfig.get_path("purelib"), sysconfig.get_path("platlib")])
    (tmp_path / "elsewhere").mkdir()
    done = run(
        *("-S", "-c", start),
        cwd=tmp_path / "elsewhere",
        PYTHONPATH=path,
        PYTHONWARNINGS="error::ResourceWarning",
        DATABASE_PATH="",
        DISCORD_TOKEN="",
    )
    assert done.stdout.startswith("7,304 people from China were waiting for a decision in Canada")
    assert "Global Trends 2025, corrected" in done.stdout
    assert done.stderr in ("", "What each release changed is still being found, this once …\n")
    assert [p.name for p in (tmp_path / "elsewhere").iterdir()] == ["data"]
    assert [p.name for p in (tmp_path / "elsewhere" / "data" / "local").iterdir()] == ["asylum.sqlite3"]
