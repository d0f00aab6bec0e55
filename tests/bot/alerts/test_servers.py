"""Servers that remove the bot, or take it back, while the gateway cannot say so."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import discord
import pytest

from bot.alerts.worker import make_alert_workers
from bot.discord.shards import is_ours
from bot.preview.double import Payload
from data.alerts.delivery import Outbox
from data.alerts.superseded import SupersededAlerts
from data.state.model import Destination, Draft, Filter
from tests.bot.newsrooms import Desk, newsroom
from tests.double import until


class Listening:
    """The bot with its workers, and a place to wait for what they note."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.bot: Any = desk.alert_workers.delivering.post._client
        self.bot.before_identify_hook = self.pause
        self.compared = asyncio.Event()
        self.compare = desk.services.alerts.compare_servers

    async def pause(self, shard_id: int | None, *, initial: bool = False) -> None:
        await asyncio.sleep(0.05)  # not the five seconds of discord.py

    async def compare_servers(self, find_present: Any, is_ours: Any) -> None:
        await self.compare(find_present, is_ours)
        self.compared.set()

    async def hear(self) -> None:
        async with asyncio.timeout(300):
            await self.compared.wait()
        self.compared.clear()

    async def begin_session(self, guilds: list[Payload]) -> None:
        """End the session; the next one finds the bot in these servers."""
        self.desk.double.guilds[:] = guilds
        await self.desk.double.opcode(9, data=False)
        await self.hear()

    async def is_paused(self, server: int) -> bool:
        (kept,) = await self.desk.services.alerts.subscriptions(server=server)
        return kept.paused is not None


@pytest.fixture
async def listening(canada_path: Path, tmp_path: Path) -> AsyncIterator[Listening]:
    async with newsroom(Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))) as desk:
        found = Listening(desk)
        desk.services.alerts.compare_servers = found.compare_servers
        outbox = Outbox(desk.database, desk.services.countries, desk.clock)
        superseded_alerts = SupersededAlerts(desk.database, desk.services.countries, desk.clock)
        tasks = [
            asyncio.create_task(work()) for work in make_alert_workers(found.bot, outbox, superseded_alerts)
        ]
        await found.hear()
        yield found
        for task in tasks:
            task.cancel()
        assert {type(each) for each in await asyncio.gather(*tasks, return_exceptions=True)} == {
            asyncio.CancelledError
        }


async def test_a_server_that_leaves_and_returns_between_sessions_is_paused_and_resumed(
    listening: Listening,
) -> None:
    await listening.desk.subscribe("alerts")
    guild = listening.desk.double.guilds[0]
    server = int(guild["id"])

    await listening.begin_session([])
    assert await listening.is_paused(server)

    await listening.begin_session([guild])
    assert not await listening.is_paused(server)


async def test_a_server_that_returns_before_a_session_is_ready_is_resumed(listening: Listening) -> None:
    await listening.desk.subscribe("alerts")
    guild = listening.desk.double.guilds[0]
    server = int(guild["id"])
    await listening.begin_session([])

    listening.bot._connection.guild_ready_timeout = 3600
    await listening.desk.double.opcode(9, data=False)
    await until(lambda: 0 in listening.bot._connection._ready_states)
    await asyncio.sleep(0)  # now discord.py waits for servers
    assert await listening.is_paused(server)
    listening.bot._connection.guild_ready_timeout = 0  # after the next server, it waits for no other
    await listening.desk.double.take_back(guild)
    await listening.hear()

    assert not await listening.is_paused(server)


async def subscribe_elsewhere(listening: Listening, server: int) -> None:
    """Keep a subscription of a server that this process does not see."""
    await listening.desk.services.alerts.subscribe(Draft(Destination(server + 1, server), Filter()))


async def test_a_server_of_another_process_is_not_taken_for_one_that_left(listening: Listening) -> None:
    ours, theirs = 2 << 22, 3 << 22
    for server in (ours, theirs):
        await subscribe_elsewhere(listening, server)
    listening.bot.shard_ids, listening.bot.shard_count = [0], 2

    listening.bot.dispatch("shard_ready", 0)
    await listening.hear()

    assert await listening.is_paused(ours)
    assert not await listening.is_paused(theirs)


async def test_an_outage_of_discord_is_not_taken_for_a_removal(listening: Listening) -> None:
    await listening.desk.subscribe("alerts")
    server = int(listening.desk.double.guilds[0]["id"])
    gone = {"id": str(server), "unavailable": True}
    await listening.desk.double.gateway.emit("GUILD_DELETE", gone, str(server))
    await until(lambda: listening.bot.get_guild(server).unavailable)

    listening.bot.dispatch("shard_ready", 0)
    await listening.hear()

    assert not await listening.is_paused(server)


async def test_a_process_knows_its_servers_by_their_numbers() -> None:
    intents = discord.Intents.none()
    whole, one = discord.Client(intents=intents), discord.Client(intents=intents, shard_id=1, shard_count=3)
    two = discord.AutoShardedClient(intents=intents, shard_ids=[0, 2], shard_count=3)
    servers = [place << 22 for place in range(6)]

    assert [is_ours(whole, server) for server in servers] == [True] * 6
    assert [is_ours(one, server) for server in servers] == [False, True, False, False, True, False]
    assert [is_ours(two, server) for server in servers] == [True, False, True, True, False, True]
