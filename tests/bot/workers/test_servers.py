"""Servers that remove the bot, or take it back, while the gateway cannot say so."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bot.preview.double import Payload
from bot.workers.crew import make_alert_workers
from data.alerts.old_messages import Ageing
from data.alerts.outbox import Outbox
from tests.bot.newsrooms import Desk, newsroom
from tests.double import until


class Listening:
    """The bot with its workers, and a place to wait for what they note."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bot: Any = desk.crew.delivering.post._client
        self.bot.before_identify_hook = self.pause
        self.compared = asyncio.Event()
        self.compare = desk.services.alerts.compare_servers

    async def pause(self, shard_id: int | None, *, initial: bool = False) -> None:
        await asyncio.sleep(0.05)  # not the five seconds of discord.py

    async def compare_servers(self, find_present: Any) -> None:
        await self.compare(find_present)
        self.compared.set()

    async def hear(self) -> None:
        async with asyncio.timeout(20):
            await self.compared.wait()
        self.compared.clear()

    async def begin_session(self, guilds: list[Payload]) -> None:
        """End the session; the next one finds the bot in these servers."""
        self.desk.double.guilds[:] = guilds
        await self.desk.double.opcode(9, data=False)
        await self.hear()

    async def rests(self, server: int) -> bool:
        (kept,) = await self.desk.services.alerts.subscriptions(server=server)
        return kept.paused is not None


@pytest.fixture
async def listening(releases_path: Path, tmp_path: Path) -> AsyncIterator[Listening]:
    async with newsroom(Path(shutil.copy(releases_path, tmp_path / "asylum.sqlite3"))) as desk:
        found = Listening(desk)
        desk.services.alerts.compare_servers = found.compare_servers
        outbox = Outbox(desk.database, desk.services.countries, desk.clock)
        ageing = Ageing(desk.database, desk.services.countries, desk.clock)
        tasks = [asyncio.create_task(work()) for work in make_alert_workers(found.bot, outbox, ageing)]
        await found.hear()
        yield found
        for task in tasks:
            task.cancel()
        assert {type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)} == {
            asyncio.CancelledError
        }


async def test_a_server_that_leaves_and_returns_between_sessions_rests_and_wakes(
    listening: Listening,
) -> None:
    await listening.desk.subscribe("alerts")
    guild = listening.desk.double.guilds[0]
    server = int(guild["id"])

    await listening.begin_session([])
    assert await listening.rests(server)

    await listening.begin_session([guild])
    assert not await listening.rests(server)


async def test_a_server_that_returns_before_a_session_is_ready_wakes(listening: Listening) -> None:
    await listening.desk.subscribe("alerts")
    guild = listening.desk.double.guilds[0]
    server = int(guild["id"])
    await listening.begin_session([])

    listening.bot._connection.guild_ready_timeout = 3600
    await listening.desk.double.opcode(9, data=False)
    await until(lambda: hasattr(listening.bot._connection, "_ready_state"))
    await asyncio.sleep(0)  # now discord.py waits for servers
    assert await listening.rests(server)
    listening.bot._connection.guild_ready_timeout = 0  # after the next server, it waits for no other
    await listening.desk.double.take_back(guild)
    await listening.hear()

    assert not await listening.rests(server)
