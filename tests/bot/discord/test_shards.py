"""Many servers on several connections: each is begun, renewed and ended by itself."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.discord import client
from bot.discord.client import AsylumBot, NoSessionLeft
from bot.discord.running import StartFailed, run_bot
from bot.exits import Exit
from bot.preview.double import DiscordDouble, GuildPlan
from tests.bot.failing_cog import failing_bot
from tests.double import double as new_double
from tests.double import running, until

SIX = tuple(GuildPlan(f"server {number}") for number in range(6))


class Hasty(AsylumBot):
    """Begins sessions sooner than discord.py does."""

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        self._find_turn = find_turn_now
        await super().before_identify_hook(shard_id, initial=True)


async def find_turn_now(key: int) -> float:
    return 0.0


def shards_of(double: DiscordDouble) -> list[int]:
    return sorted(detail["shard"][0] for event, detail in double.gateway_log if event == "IDENTIFY")


@asynccontextmanager
async def sharded(
    wanted: int | None = None, **settings: Any
) -> AsyncIterator[tuple[DiscordDouble, AsylumBot]]:
    async with running(failing_bot(Hasty, shards=wanted), guilds=SIX, max_concurrency=16, **settings) as (
        double,
        bot,
    ):
        await bot.wait_until_ready()
        yield double, bot


@pytest.mark.parametrize(("wanted", "begun"), [(None, [0, 1, 2]), (2, [0, 1]), (1, [0])])
async def test_there_are_as_many_shards_as_discord_recommends_or_as_the_setting_says(
    wanted: int | None, begun: list[int]
) -> None:
    async with sharded(wanted, shards=3) as (double, bot):
        assert shards_of(double) == begun
        assert {guild.id for guild in bot.guilds} == {int(each["id"]) for each in double.guilds}
        asked = await double.slash("fail reading", year="2025")

    assert asked.reply
    assert asked.reply["content"] == "2025 @everyone"


async def test_a_new_session_of_a_shard_forgets_its_servers_that_are_gone_and_no_others() -> None:
    async with sharded(shards=2) as (double, bot):
        (first,) = (session for session in double.sessions.values() if session.shard[0] == 0)
        mine = [each for each in double.guilds if first.sees(each["id"])]
        others = [each for each in double.guilds if each not in mine]
        double.guilds[:] = mine[1:]  # the other shard is told nothing
        ready = asyncio.create_task(bot.wait_for("shard_ready"))
        assert first.send
        await first.send({"op": 9, "d": False, "s": None, "t": None})
        await ready

        assert {guild.id for guild in bot.guilds} == {int(each["id"]) for each in [*mine[1:], *others]}
        assert shards_of(double) == [0, 0, 1]


async def test_servers_share_what_they_have_alike_until_one_changes() -> None:
    async with sharded() as (double, bot):
        channels = [channel for guild in bot.guilds for channel in guild.channels]
        one, *others = [each for each in channels if each.name == channels[0].name]
        assert others
        assert all(each.name is one.name for each in others)

        told = next(c for g in double.guilds for c in g["channels"] if int(c["id"]) == one.id)
        denied = {"id": str(one.guild.id), "type": 0, "allow": "0", "deny": "1024"}
        bot._connection.parse_channel_update({**told, "permission_overwrites": [denied]})

        assert [each for each in channels if each.overwrites] == [one]


async def test_every_shard_is_closed_before_the_last_answers_are_waited_for() -> None:
    async with new_double(guilds=SIX, max_concurrency=16, shards=3) as double:
        bot = failing_bot(Hasty)
        with double.patched():
            stopping = asyncio.create_task(run_bot(bot, double.token, patience=60))
            await until(bot.is_ready)
            gateways = [session.ws for session in double.sessions.values()]
            asked = await double.slash("fail slowly", seconds=60.0, wait="acked")
            signal.raise_signal(signal.SIGTERM)
            await until(lambda: not double.connected.is_set())
            bot.dispatch("cue")
            await asyncio.wait_for(stopping, 300)

    assert asked.reply
    assert asked.reply["content"] == "The answer."
    assert [each.close_code for each in gateways if each] == [1000] * 3


async def test_a_start_that_would_use_up_the_sessions_of_the_day_is_not_made() -> None:
    async with new_double(guilds=SIX, shards=3, starts=2) as double:
        with (
            double.patched(),
            pytest.raises(StartFailed, match=r"allows 2 more sessions.* needs 3; start again") as told,
        ):
            await run_bot(failing_bot(Hasty), double.token)

        assert shards_of(double) == []
    assert told.value.exit == Exit.AGAIN


async def test_a_session_that_ends_is_not_renewed_while_none_is_left() -> None:
    async with running(failing_bot(), starts=1) as (_, bot):
        with pytest.raises(NoSessionLeft):
            await bot.before_identify_hook(0)


@pytest.mark.parametrize(
    ("wanted", "advice", "code"),
    [(2, "more shards than 2; write SHARDS=auto", Exit.CONFIGURED_WRONG), (None, "a new start", Exit.AGAIN)],
)
async def test_a_shard_with_too_many_servers_ends_the_bot_with_what_to_do(
    wanted: int | None, advice: str, code: Exit
) -> None:
    async with new_double(guilds=SIX, max_concurrency=16, shards=2, shard_size=1) as double:
        with double.patched(), pytest.raises(StartFailed, match=advice) as told:
            await run_bot(failing_bot(Hasty, shards=wanted), double.token)

    assert told.value.exit == code


async def test_the_operator_is_told_of_a_shard_that_becomes_too_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "CROWDED", 6)
    with capture_logs() as events:
        async with sharded(1) as (double, bot):
            found = [each for each in events if each["log_level"] == "warning"]
            gone = double.guilds[0]
            await double.throw_out(gone["id"])
            await until(lambda: len(bot.guilds) == 5)
            await double.take_back(gone)
            await until(lambda: len(bot.guilds) == 6)
            await until(lambda: len(events) > len(found))
        again = [each for each in events if each["log_level"] == "warning"]

    assert [(each["shard"], each["servers"], each["act"]) for each in again] == [
        (0, 6, "write SHARDS=auto, or more than 1")
    ] * 2
    assert len(found) == 1
