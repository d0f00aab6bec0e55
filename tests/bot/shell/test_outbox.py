"""What an operator reads of the outbox."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.shell.outbox import show_outbox
from data.alerts import Alerts
from data.alerts.delivery import Outbox
from data.releases.announcements import enqueue
from data.state.model import Closed, Destination, Draft, Filter, Later, PauseReason, Reason, Sent
from data.state.sql import Transaction
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.made_up import Anywhere


async def test_where_nothing_was_owed_it_says_so(
    canada_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await show_outbox(canada_path)
    said = capsys.readouterr().out
    assert said == "Nothing was ever owed to a channel: no release has come since one subscribed.\n"


async def test_what_is_told_what_waits_and_what_is_paused(
    canada_path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(UTC)
    path = Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))
    async with Database(path) as database:
        alerts = Alerts(database, Anywhere(), lambda: now - timedelta(days=1))
        for channel in (11, 12, 13):
            await alerts.subscribe(Draft(Destination(channel, 9), Filter()))
        async with database.writing() as connection:
            await enqueue(connection, Transaction(connection), (await read_releases(connection))[-1], now)
        outbox = Outbox(database, Anywhere(), lambda: now)
        for delivery in await outbox.claim(3):
            outcome = {
                11: Sent(5, 11),
                12: Later(Reason.TROUBLE, "503 0"),
                13: Closed(PauseReason.NO_PERMISSION, "the permission “Embed Links”"),
            }[delivery.channel]
            await outbox.settle(delivery, outcome)
    await show_outbox(path)
    counts, waiting, paused = capsys.readouterr().out.split("\n\n")
    assert counts.split("\n")[0].split() == [
        "release", "sent", "waiting", "held", "silent", "merged", "dropped"
    ]  # fmt: skip
    assert counts.split("\n")[1].split()[-6:] == ["1", "1", "1", "0", "0", "0"]
    assert "Global Trends 2025, corrected (2026-06-25)" in counts
    assert "12" in waiting
    assert f"{now + timedelta(minutes=1):%Y-%m-%d %H:%M} UTC" in waiting
    assert "Discord is having problems (503 0)" in waiting
    assert "a permission is missing (the permission “Embed Links”)" in paused
    assert "/alerts resume" in paused
