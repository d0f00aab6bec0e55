"""/alerts as moderators use it: proposed, confirmed, listed, changed, tried out and removed."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.alerting import Desk, newsroom
from tests.asking import buttons

CANADA = {"asylum": "Canada", "measure": "decisions"}


@pytest.fixture
async def desk(starter_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(Path(shutil.copy(starter_path, tmp_path / "asylum.sqlite3"))) as found:
        yield found


async def test_subscribing_shows_the_real_message_first_and_keeps_what_is_confirmed(desk: Desk) -> None:
    alerts = desk.channel("alerts")
    it = await desk.use("subscribe", {"channel": alerts, **CANADA})
    proposal = it.reply
    print(proposal["content"])
    print(proposal["embeds"][0]["description"])
    said = await desk.confirm(proposal)
    print(said)
    for words in ("list",):
        print(await desk.said(words))
    for words in ("preview","pause","resume","remove"):
        print(await desk.said(words, {"subscription": "1"}))
    print(await desk.said("explain", {"channel": alerts}))
