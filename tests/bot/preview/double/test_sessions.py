"""Logging in, staying connected, and coming back."""

from __future__ import annotations

import asyncio
import zlib

import aiohttp
import discord
import pytest

from bot.preview.double import DiscordDouble, GuildPlan
from tests.bot.preview.double.samplebot import SampleBot
from tests.double import double, running, started, until


def events(on: DiscordDouble, name: str) -> int:
    return [event for event, _ in on.gateway_log].count(name)


async def test_a_bot_logs_in_registers_its_commands_and_identifies() -> None:
    async with running(SampleBot()) as (on, _):
        commands = {c["name"]: c for c in on.commands[None]}
        assert set(commands) == {"refugees", "alerts", "Check this figure"}
        assert commands["refugees"]["name_localizations"]["de"] == "flüchtlinge"
        assert commands["refugees"]["integration_types"] == [0, 1]
        assert commands["refugees"]["contexts"] == [0, 1, 2]
        assert commands["alerts"]["default_member_permissions"] == str(
            discord.Permissions(manage_guild=True).value
        )
        assert [name for name, _ in on.gateway_log][:2] == ["HEARTBEAT", "IDENTIFY"]


async def test_furniture_has_the_same_ids_in_every_run() -> None:
    first, second = DiscordDouble(), DiscordDouble()
    assert first.channels == second.channels
    assert (first.bot, first.moderator, first.reader) == (second.bot, second.moderator, second.reader)
    assert [c["name"] for c in first.guilds[0]["channels"]] == ["general", "asylum-figures", "alerts"]
    assert first.guilds[0]["name"] == "Newsroom"


async def test_every_shard_has_its_own_session_and_its_own_guilds() -> None:
    plans = [GuildPlan(f"Desk {i}") for i in range(4)]
    async with running(SampleBot(), shards=2, max_concurrency=2, guilds=plans) as (on, bot):
        await until(lambda: len(on.sessions) == 2 and len(bot.guilds) == 4)
        assert bot.shard_count == 2
        assert sorted(d["shard"][0] for name, d in on.gateway_log if name == "IDENTIFY") == [0, 1]
        for guild in range(4):
            assert (await on.slash("refugees quick", kind=1, guild=guild)).acked


async def test_a_privileged_intent_that_was_not_granted_is_refused() -> None:
    greedy = discord.Client(intents=discord.Intents(guilds=True, message_content=True))
    with pytest.raises(discord.PrivilegedIntentsRequired):
        async with running(greedy):
            pass


async def test_a_wrong_token_is_refused() -> None:
    async with double() as on, SampleBot() as bot:
        with on.patched(), pytest.raises(discord.LoginFailure):
            await bot.start("wrong")


async def test_a_cut_connection_is_resumed_and_nothing_is_lost() -> None:
    async with running(SampleBot()) as (on, bot):
        await on.cut(4000)
        await asyncio.wait_for(bot.resumed.wait(), 300)
        assert (await on.slash("refugees quick", kind=2)).acked["type"] == 4
        assert events(on, "IDENTIFY") == 1
        assert events(on, "RESUME") == 1


async def test_an_event_sent_while_the_bot_was_away_is_replayed() -> None:
    async with running(SampleBot()) as (on, _):
        session = next(iter(on.sessions.values()))
        ws, session.ws, session.send = session.ws, None, None
        asked = asyncio.create_task(on.slash("refugees quick", kind=2, timeout=300))
        await asyncio.sleep(0.05)
        await ws.close(code=4000)
        assert (await asked).acked["type"] == 4


async def test_the_gateway_can_ask_for_a_reconnect_or_end_a_session() -> None:
    async with running(SampleBot()) as (on, bot):
        await on.opcode(7)
        await asyncio.wait_for(bot.resumed.wait(), 300)
        await on.opcode(9, data=False)
        await until(lambda: events(on, "IDENTIFY") == 2)


async def test_a_silent_gateway_is_noticed_and_resumed() -> None:
    async with running(SampleBot(heartbeat_timeout=0.4), heartbeat_ms=100) as (on, bot):
        on.ack_heartbeats = False
        await asyncio.wait_for(bot.resumed.wait(), 300)
        on.ack_heartbeats = True
        assert (await on.slash("refugees quick", kind=1)).acked


async def test_frames_are_one_zlib_stream_and_the_version_is_held() -> None:
    async with double() as on, aiohttp.ClientSession() as session:
        url = f"{on.endpoints.gateway_url}?v=10&encoding=json&compress=zlib-stream"
        inflate = zlib.decompressobj()
        async with session.ws_connect(url) as ws:
            hello = await ws.receive_bytes()
            assert hello.endswith(b"\x00\x00\xff\xff")
            assert b'"heartbeat_interval": 41250' in inflate.decompress(hello)
            await ws.send_json({"op": 1, "d": None})
            assert b'"op": 11' in inflate.decompress(await ws.receive_bytes())
        async with session.ws_connect(f"{on.endpoints.gateway_url}?v=9&encoding=json") as ws:
            await ws.receive()
            assert ws.close_code == 4012


async def test_a_bot_that_starts_again_finds_everything_as_it_was() -> None:
    async with running(SampleBot()) as (on, first):
        it = await on.slash("refugees country", country="SYR", year=2020)
        ids = {c["name"]: c["id"] for c in on.commands[None]}
        await first.close()
        async with started(SampleBot(), on):
            pressed = await on.click(it.original, "more:SYR")
            assert pressed.original["embeds"][0]["title"] == "Syria 2024"
            assert {c["name"]: c["id"] for c in on.commands[None]} == ids


async def test_a_heartbeat_is_acknowledged_as_late_as_over_a_network_and_keeps_nobody_waiting() -> None:
    """At once, discord.py would take it for the answer to the heartbeat before: “Can't keep up”."""
    assert DiscordDouble().world.conduct.ack_after >= 0.05
    url = "{}/gateway?v=10&encoding=json"
    async with double(ack_after=3600.0) as on, aiohttp.ClientSession() as http:
        own = await http.ws_connect(url.format(on.base))
        await own.send_json({"op": 1, "d": None})
        await own.send_json({"op": 2, "d": {"token": on.token, "intents": 0}})
        assert [(await own.receive_json())["op"] for _ in range(2)] == [10, 0]
    async with double(ack_after=0.0) as on, aiohttp.ClientSession() as http:
        own = await http.ws_connect(url.format(on.base))
        await own.send_json({"op": 1, "d": None})
        assert [(await own.receive_json())["op"] for _ in range(2)] == [10, 11]
