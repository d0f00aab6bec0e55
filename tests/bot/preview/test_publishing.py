"""Publishing what the preview holds back: how many channels hear of it is said as it will be."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.preview.rehearsal import make_actions
from data.model import Measure
from data.state.model import Scope, Threshold
from tests.bot.newsrooms import newsroom


async def test_only_channels_that_will_hear_are_counted(canada_path: Path, tmp_path: Path) -> None:
    async with newsroom(Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))) as desk:
        desk.clock.now = datetime.now(UTC) - timedelta(seconds=1)
        await desk.subscribe("alerts")
        await desk.subscribe("alerts", measure=Measure.PENDING)
        paused = await desk.subscribe("news")
        await desk.subscribe("general", at_least=Threshold(100_000_000))
        await desk.services.alerts.pause(paused.id, Scope(server=paused.destination.server))
        ((label, publish),) = make_actions(desk.database, desk.services.alerts, desk.held).items()

        assert label == "Publish Global Trends 2025, corrected (25 Jun 2026)"
        assert await publish() == (
            "Published Global Trends 2025, corrected; one subscribed channel hears of it now."
        )
        desk.clock.advance(minutes=1)
        await desk.deliver()
        places = ("alerts", "news", "general")
        assert [len(desk.posted(desk.channel(place))) for place in places] == [1, 0, 0]
        assert await desk.services.alerts.count_hearing(desk.held) == 1
        assert await publish() == "It is published already."
