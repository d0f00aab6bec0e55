"""What an operator does from the shell with the releases, and what is printed."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.exits import Exit
from bot.sentences import say
from bot.shell import releases
from data.errors import AsylumBotError, BadRelease, UnknownRelease
from data.model import Dataset
from data.releases.imports import import_release, publish_kept
from data.sources.unhcr.folder import ReleaseFolder
from data.store.database import Database
from tests.bot.shell.conftest import TABLES
from tests.data.made_up import large_release
from tests.data.sentences import is_one_sentence
from tests.data.sources.unhcr.conversation import with_value
from tests.data.store.states import dump
from tests.refusals import refuses
from tests.releases import run_apart
from tests.unhcr_double import UnhcrDouble
from tests.unhcr_tables import make_up

ROOT = Path(__file__).parents[3]
JULY = datetime(2026, 7, 1, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def path(base_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(base_path, tmp_path / "asylum.sqlite3"))


@pytest.fixture(scope="module")
def doubtful_path(base_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database with a release, and with one in quarantine that has half of its rows. Only to copy."""
    path = Path(shutil.copy(base_path, tmp_path_factory.mktemp("doubtful") / "asylum.sqlite3"))

    async def fill() -> None:
        async with Database(path) as database:
            whole = await import_release(database, large_release(400, 1), JULY)
            if whole.doubt:
                await publish_kept(database, str(JULY.date()))
            assert (await import_release(database, large_release(200, 2), JULY + DAY)).doubt

    run_apart(fill())
    return path


@pytest.fixture
def doubtful(doubtful_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(doubtful_path, tmp_path / "asylum.sqlite3"))


def printed(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]


async def list_all(path: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    await releases.list_releases(path)
    lines = printed(capsys)[1:]
    return [re.sub(r" \d{9,}$", "", line) for line in lines if " was not published: " not in line]


async def test_releases_are_listed_with_their_state(
    doubtful: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await releases.list_releases(doubtful)
    first, *rows, doubt = printed(capsys)
    assert first == "retrieved label newest year covers state number"
    why = "of 400 population rows in the release next to it, this one has only 200"
    assert doubt == f"2026-07-02 was not published: {why}."
    assert rows == [
        "2025-11-10 Mid-Year Trends 2025 2025 mid-year published",
        "2026-07-01 Global Trends 2025 2025 year-end published",
        "2026-07-02 Global Trends 2025, corrected 2025 year-end quarantined",
    ]


async def test_a_quarantined_release_is_published(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await releases.publish_release(doubtful, "2026-07-02")
    assert printed(capsys) == [
        "Global Trends 2025, corrected: 600 rows read, 1,200 of them new or different."
    ]
    assert (await list_all(doubtful, capsys))[-1].endswith(" published")


async def test_a_quarantined_release_is_rejected_and_may_be_published_after_all(
    doubtful: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await releases.reject_release(doubtful, "2026-07-02")
    assert printed(capsys) == [
        "Global Trends 2025, corrected of 2026-07-02 is rejected; the same figures are not taken in again."
    ]
    assert (await list_all(doubtful, capsys))[-1].endswith(" rejected")
    with refuses(BadRelease, "These figures were rejected, as the release of 2026-07-02"):
        async with Database(doubtful) as database:
            await import_release(database, large_release(200, 2), JULY + 2 * DAY)
    await releases.publish_release(doubtful, "2026-07-02")
    assert (await list_all(doubtful, capsys))[-1].endswith(" published")


async def test_label_and_period_are_overruled(doubtful: Path, capsys: pytest.CaptureFixture[str]) -> None:
    await releases.label_release(doubtful, "2026-07-01", None, "mid-year")
    await releases.label_release(doubtful, "2026-07-01", "[red]Trends[/red] :x:", None)
    assert printed(capsys) == [
        "The release of 2026-07-01 is now Mid-Year Trends 2025, corrected (mid-year).",
        "The release of 2026-07-01 is now [red]Trends[/red] :x: (mid-year).",
    ]


@pytest.mark.parametrize(
    ("act", "sentence"),
    [
        (
            lambda path: releases.publish_release(path, "2026-07-01"),
            "There is no quarantined release of “2026-07-01”; “python -m bot releases” lists them.",
        ),
        (
            lambda path: releases.reject_release(path, "yesterday"),
            "There is no quarantined release of “yesterday”; “python -m bot releases” lists them.",
        ),
        (
            lambda path: releases.label_release(path, "2026-07-02", "x", None),
            "There is no published release of “2026-07-02”; “python -m bot releases” lists them.",
        ),
        (
            lambda path: releases.label_release(path, "2026-07-01", "x" * 61, None),
            "A label is one line of at most 60 characters; choose a shorter one.",
        ),
        (
            lambda path: releases.label_release(path, "2026-07-01", None, None),
            "Say what to change: --label “Global Trends 2025” or --period year-end.",
        ),
        (
            lambda path: releases.import_folder(path, path.parent, "2026-02-30"),
            "--retrieved is “2026-02-30”; write the day like 2026-06-25.",
        ),
        (
            lambda path: releases.import_folder(path, path.parent, "2126-06-25"),
            "--retrieved is 2126-06-25, which has not come yet; write the day it was retrieved.",
        ),
    ],
)
async def test_what_cannot_be_done_is_said_in_a_sentence_and_changes_nothing(
    doubtful: Path, act: object, sentence: str
) -> None:
    before = dump(doubtful)
    with pytest.raises(AsylumBotError) as told:
        await act(doubtful)  # type: ignore[operator]
    assert say(told.value) == sentence
    assert is_one_sentence(sentence)
    assert dump(doubtful) == before


async def test_one_of_several_releases_of_a_day_goes_by_its_number(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    async with Database(path) as database:
        for hours in (1, 2):
            made = with_value(TABLES, Dataset.APPLICATIONS, -1, str(hours)).write(tmp_path / str(hours))
            await import_release(database, ReleaseFolder(made), JULY + timedelta(hours=hours))
    first, second = (int((JULY + timedelta(hours=hours)).timestamp()) for hours in (1, 2))
    with pytest.raises(UnknownRelease) as told:
        await releases.label_release(path, "2026-07-01", "Morning", None)
    assert say(told.value) == (
        f"There are several releases of 2026-07-01; name one by its number: {first}, {second}."
    )
    capsys.readouterr()
    await releases.list_releases(path)
    numbered = [line for line in printed(capsys) if line.endswith((str(first), str(second)))]
    assert len(numbered) == 2
    await releases.label_release(path, str(first), "Morning", None)
    assert [line for line in await list_all(path, capsys) if "Morning" in line] == [
        "2026-07-01 Morning 2025 year-end published"
    ]


async def test_a_folder_is_imported_and_an_older_one_after_it(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The older one then is the earlier release."""
    tables = make_up(share=0.9)
    newer = with_value(tables, Dataset.APPLICATIONS, -1, "77").write(tmp_path / "newer")
    older = tables.write(tmp_path / "older")
    rows = sum(map(len, tables.rows.values()))
    await releases.import_folder(path, newer, "2026-06-25")
    await releases.import_folder(path, older, "2026-06-12")
    assert printed(capsys) == [
        f"Global Trends 2025: {rows:,} rows read, 1 of them new or different.",
        f"Global Trends 2025: {rows:,} rows read, 1 of them new or different.",
    ]
    assert await list_all(path, capsys) == [
        "2025-11-10 Mid-Year Trends 2025 2025 mid-year published",
        "2026-06-12 Global Trends 2025 2025 year-end published",
        "2026-06-25 Global Trends 2025, corrected 2025 year-end published",
    ]


async def test_an_implausible_folder_is_quarantined_and_the_operator_told_what_to_do(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = make_up(share=0.9)
    rows = tables.rows[Dataset.APPLICATIONS]
    half = replace(tables, rows={**tables.rows, Dataset.APPLICATIONS: rows[len(rows) // 2 :]})
    await releases.import_folder(path, tables.write(tmp_path / "whole"), "2026-07-01")
    capsys.readouterr()
    await releases.import_folder(path, half.write(tmp_path / "half"), "2026-07-02")
    (told,) = printed(capsys)
    assert told.startswith("Global Trends 2025, corrected (year-end) is doubtful and was not published: of ")
    assert told.endswith("then “python -m bot publish 2026-07-02” or “python -m bot reject 2026-07-02”.")


async def run(path: Path, base: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DISCORD_TOKEN": "",
        "DATABASE_PATH": str(path),
        "UNHCR_API_BASE": base,
        "PYTHONPATH": str(ROOT),
        "PYTHONWARNINGS": "error::ResourceWarning",
    }
    return await asyncio.to_thread(
        lambda: subprocess.run(
            [sys.executable, "-m", "bot", *arguments],
            cwd=path.parent,
            env=environment,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    )


Done = subprocess.CompletedProcess[str]


async def sync_twice(path: Path) -> tuple[Done, Done]:
    async with UnhcrDouble(TABLES) as double:
        return await run(path, double.base, "sync"), await run(path, double.base, "sync")


async def sync_at_once(path: Path) -> tuple[Done, Done]:
    """The second begins while the first waits for an answer that does not come until the second is done."""
    begun = asyncio.Event()
    async with UnhcrDouble(make_up()) as double:
        double.fail(double.hang(begun))
        first = asyncio.create_task(run(path, double.base, "sync"))
        await begun.wait()
        second = await run(path, double.base, "sync")
        double._closing.set()
        return await first, second


@pytest.fixture(scope="module")
def synced(base_path: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Done, Done], ...]:
    """Two syncs one after the other, and two at once: together, as UNHCR is asked politely and they only wait."""
    paths = [
        Path(shutil.copy(base_path, tmp_path_factory.mktemp("synced") / "asylum.sqlite3")) for _ in range(2)
    ]
    done: list[tuple[Done, Done]] = []

    async def sync() -> None:
        done.extend(await asyncio.gather(sync_twice(paths[0]), sync_at_once(paths[1])))

    run_apart(sync())
    return tuple(done)


def test_a_sync_from_the_shell_shows_how_far_it_is_and_what_came_of_it(
    synced: tuple[tuple[Done, Done], ...],
) -> None:
    first, again = synced[0]
    rows = sum(map(len, TABLES.rows.values()))
    assert (first.returncode, first.stdout) == (
        0,
        f"Global Trends 2025: {rows:,} rows read, 1 of them new or different.\n",
    )
    for dataset in Dataset:
        assert f"{dataset} " in first.stderr
    assert "100%" in first.stderr
    assert (again.returncode, again.stdout) == (
        0,
        "UNHCR's totals of recent years are those of the last sync; nothing was fetched.\n",
    )


def test_two_processes_that_sync_at_once_are_one_and_a_sentence(
    synced: tuple[tuple[Done, Done], ...],
) -> None:
    done, second = synced[1]
    assert (second.returncode, second.stdout) == (Exit.AGAIN, "")
    assert second.stderr.splitlines()[-1] == (
        "Another process is syncing with UNHCR already; wait until it is done."
    )
    assert done.returncode == 0
