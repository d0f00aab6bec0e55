"""/alerts watch: people who want to be told themselves, in a direct message."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.alerting import Desk, newsroom

CHINA = {"origin": "China"}


@pytest.fixture
async def desk(canada_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))) as found:
        yield found


async def test_anybody_watches_for_himself_in_a_direct_message(desk: Desk) -> None:
    scene = {"dm": True, "user": desk.double.reader}
    said = await desk.subscribe(CHINA, **scene)

    assert said.startswith("Subscribed this direct message to **all figures from China**, as number 1.")
    place = int(desk.double.dm(desk.double.reader)["id"])
    (kept,) = await desk.services.alerts.subscriptions(channel=place)
    assert (kept.destination.server, kept.role) == (None, None)


async def test_everything_but_subscribe_manages_what_one_watches(desk: Desk) -> None:
    scene = {"dm": True, "user": desk.double.reader}
    await desk.subscribe(CHINA, **scene)

    assert await desk.said("list", **scene) == "**1** · this direct message · all figures from China"
    assert "is paused" in await desk.said("pause", {"subscription": "1"}, **scene)
    assert "is active again" in await desk.said("resume", {"subscription": "1"}, **scene)
    assert "of **pending claims from China**" in await desk.said(
        "edit", {"subscription": "1", "measure": "pending"}, **scene
    )
    assert "never due" in await desk.said("explain", **scene)
    assert "Removed number 1" in await desk.said("remove", {"subscription": "1"}, **scene)


async def test_a_test_arrives_in_the_direct_message(desk: Desk) -> None:
    scene = {"dm": True, "user": desk.double.reader}
    await desk.subscribe(CHINA, **scene)
    await desk.use("test", {"subscription": "1"}, **scene)

    (post,) = desk.posted(desk.double.dm(desk.double.reader)["id"])
    assert "from China" in post["content"]


async def test_nobody_sees_what_somebody_else_watches(desk: Desk) -> None:
    await desk.subscribe(CHINA, dm=True, user=desk.double.reader)

    for scene in ({"dm": True}, {}):
        assert "no subscription here yet" in await desk.said("list", **scene)
        assert "no subscription 1 here" in await desk.said("remove", {"subscription": "1"}, **scene)


async def test_a_channel_or_role_picked_for_a_watch_is_refused(desk: Desk) -> None:
    scene = {"dm": True, "user": desk.double.reader}
    await desk.subscribe(CHINA, **scene)

    said = await desk.said("edit", {"subscription": "1", "channel": desk.channel("alerts")}, **scene)
    assert said == "I find no such channel in this server; pick one from the list, and let me view it."
