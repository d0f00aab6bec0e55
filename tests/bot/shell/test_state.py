"""What an operator reads of shared state, and how it is moved from the shell."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import psycopg
import pytest

from bot.shell.state import move_state, show_state
from data.alerts import Alerts
from data.errors import NotNow
from data.releases.opening import open_database
from data.state.cluster import Process
from data.state.model import Destination, Draft, Filter, Scope
from data.state.opening import cluster_of
from tests.data.made_up import Anywhere
from tests.data.state.implementations import empty_server
from tests.refusals import refuses

ONE = Process("one", "alpha", "0-1/4", "1.0", 0, "Global Trends 2025", "5f")


@pytest.fixture
def path(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


@pytest.fixture
async def address(postgresql_address: str) -> str:
    await empty_server(postgresql_address)
    return postgresql_address


async def subscribe(path: Path) -> None:
    """Have three channels subscribed, one of them paused."""
    async with open_database(path) as database:
        alerts = Alerts(database, Anywhere())
        for channel in (11, 12, 13):
            await alerts.subscribe(Draft(Destination(channel, 9), Filter()))
        await alerts.pause(3, Scope(server=9))


async def note(path: Path, address: str, silent_for: timedelta = timedelta(0)) -> None:
    """Have two processes known, the first with the duty; the second was not seen for so long."""
    async with open_database(path, address=address) as database:
        cluster = cluster_of(database)
        assert cluster is not None
        async with cluster.writing() as state:
            await state.note_process(ONE)
            await state.note_process(Process("two", "beta", "2-3/4", "1.0", 0, "Global Trends 2025", "6e"))
            await state.take_duty("one", timedelta(seconds=30))
    async with await psycopg.AsyncConnection.connect(address, autocommit=True) as server:
        await server.execute(
            "UPDATE process SET seen = seen - %s WHERE name = 'two'", (silent_for.total_seconds(),)
        )


async def test_alone_it_is_in_the_file_and_nobody_else_is_asked_for(
    path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await subscribe(path)
    await show_state(path)
    assert capsys.readouterr().out.splitlines() == [
        f"Shared state is in {path}, for one process, and none runs now.",
        "The newest release is Global Trends 2025, corrected (2026-06-25).",
        "0 alerts wait, 0 are held; 1 channel is paused. “python -m bot outbox” says why.",
    ]


async def test_who_has_the_duty_who_is_there_and_what_each_has_is_told(
    path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await show_state(path, address)
    assert "Nobody has the duty: nothing is fetched" in capsys.readouterr().out

    await note(path, address, timedelta(minutes=2))
    await show_state(path, address)
    first, duty, head, one, two, *_ = capsys.readouterr().out.splitlines()
    assert first.startswith("Shared state is in PostgreSQL, where it is ")
    assert duty == "The process on alpha with shards 0-1/4 has the duty, in its term 1."
    assert head.split()[:3] == ["host", "shards", "seen"]
    assert one.split()[:2] == ["alpha", "0-1/4"]
    assert "SILENT" not in one
    assert two.split()[:2] == ["beta", "2-3/4"]
    assert "SILENT, 12" in two
    assert "6e, others than here" in two


async def test_it_is_moved_there_and_back_and_nothing_is_lost(
    path: Path, address: str, capsys: pytest.CaptureFixture[str]
) -> None:
    await subscribe(path)
    async with open_database(path) as database:
        before = await Alerts(database, Anywhere()).subscriptions(server=9)

    await move_state(path, address, to_file=False)
    async with open_database(path, address=address) as database:
        assert await Alerts(database, Anywhere()).subscriptions(server=9) == before
    async with open_database(path) as database:
        assert await Alerts(database, Anywhere()).subscriptions(server=9) == ()
    await move_state(path, address, to_file=True)

    async with open_database(path) as database:
        assert await Alerts(database, Anywhere()).subscriptions(server=9) == before
    there, back = capsys.readouterr().out.splitlines()
    assert there.startswith("Moved to PostgreSQL: 3 subscriptions, 0 deliveries, ")
    assert there.endswith("Now start every process with STATE_URL.")
    assert back.startswith("Moved to the file: 3 subscriptions, 0 deliveries, ")


async def test_nothing_is_moved_while_a_process_uses_it(path: Path, address: str) -> None:
    await subscribe(path)
    await note(path, address)
    with refuses(NotNow, "A process still uses the state at STATE_URL; stop them all first"):
        await move_state(path, address, to_file=False)
