"""What goes wrong between the bot and Discord, and what comes of it."""

from __future__ import annotations

import asyncio

import aiohttp
import discord
import pytest

from bot.preview.double import DiscordDouble, Fault
from tests.bot.preview.double.samplebot import SampleBot
from tests.double import running, until

MESSAGES = r"/channels/\d+/messages"


def alerts(on: DiscordDouble) -> str:
    return on.guilds[0]["channels"][2]["id"]


async def test_a_nonce_makes_one_message_of_a_repeated_send_until_it_is_forgotten() -> None:
    async with running(SampleBot()) as (on, bot):
        place = alerts(on)
        on.faults.append(Fault("POST", MESSAGES, 502, after_effect=True))
        first = await bot.announce(int(place), "2026-07")
        assert len(on.messages[place]) == 1
        again = await bot.announce(int(place), "2026-07")
        assert again.id == first.id
        assert len(on.messages[place]) == 1
        on.advance(200)
        await bot.announce(int(place), "2026-07")
        assert len(on.messages[place]) == 2


async def test_published_messages_are_marked_and_published_once() -> None:
    async with running(SampleBot()) as (on, bot):
        message = await bot.announce(int(alerts(on)), "2026-07")
        await message.publish()
        assert on.messages[alerts(on)][str(message.id)]["flags"] & 1
        with pytest.raises(discord.HTTPException) as again:
            await message.publish()
        assert again.value.code == 40033


async def test_rate_limits_make_the_bot_wait_and_lose_nothing() -> None:
    limits = {"POST /channels/{channel_id}/messages": (3, 0.2)}
    async with running(SampleBot(), limits=limits) as (on, bot):
        channel = bot.get_partial_messageable(int(alerts(on)))
        on.faults.append(Fault("POST", MESSAGES, 429, global_=True, retry_after=0.05))
        await asyncio.gather(*(channel.send(f"n{i}") for i in range(8)))
        assert len(on.messages[alerts(on)]) == 8
        assert sum(request.status == 429 for request in on.requests) == 1


async def test_more_requests_a_second_than_the_global_limit_are_refused() -> None:
    async with running(SampleBot(), global_limit=(5, 60.0)) as (on, _):
        headers = {"Authorization": f"Bot {on.token}"}
        async with aiohttp.ClientSession(headers=headers) as session:
            for _attempt in range(6):
                async with session.get(f"{on.endpoints.api_base}/users/@me") as response:
                    answer, reply = await response.json(), response
        assert reply.status == 429
        assert answer["global"]
        assert reply.headers["X-RateLimit-Scope"] == "global"


async def test_a_429_without_via_is_taken_for_a_ban_and_not_retried() -> None:
    async with running(SampleBot()) as (on, bot):
        on.faults.append(Fault("POST", MESSAGES, 429, via=False))
        with pytest.raises(discord.HTTPException) as refused:
            await bot.get_partial_messageable(int(alerts(on))).send("x")
        assert refused.value.status == 429


async def test_a_connection_dropped_after_the_effect_leaves_the_message_there() -> None:
    async with running(SampleBot()) as (on, bot):
        on.faults.append(Fault("POST", MESSAGES, 0, after_effect=True))
        with pytest.raises((aiohttp.ClientError, OSError)):
            await bot.get_partial_messageable(int(alerts(on))).send("x")
        assert len(on.messages[alerts(on)]) == 1


async def test_a_denied_channel_is_403_and_a_channel_that_never_was_is_404() -> None:
    async with running(SampleBot()) as (on, bot):
        on.denied.add(alerts(on))
        with pytest.raises(discord.Forbidden) as refused:
            await bot.announce(int(alerts(on)), "r")
        assert refused.value.code == 50001
        with pytest.raises(discord.NotFound) as missing:
            await bot.get_partial_messageable(123456789012345678).send("x")
        assert missing.value.code == 10003


async def test_an_interaction_that_discord_has_forgotten_is_an_error_in_the_bot() -> None:
    async with running(SampleBot()) as (on, bot):
        on.faults.append(Fault("POST", r"/interactions/.*", 404, 10062))
        it = await on.slash("refugees quick", kind=1, wait="no")
        await until(lambda: bot.errors)
        assert "10062" in str(bot.errors[0])
        assert it.reply is None or it.reply["content"].startswith("Sorry")


async def test_an_answer_after_three_seconds_and_one_after_fifteen_minutes_are_too_late() -> None:
    async with running(SampleBot()) as (on, bot):
        late = await on.slash("refugees quick", kind=1, wait="no")
        on.advance(4)
        await until(lambda: bot.errors)
        assert late.acked is None
        assert "10062" in str(bot.errors[0])
        it = await on.slash("refugees csv")
        on.advance(901)
        with pytest.raises(discord.HTTPException) as stale:
            await discord.Webhook.partial(int(on.app["id"]), it.token, client=bot).send("late", wait=True)
        assert stale.value.code == 50027


async def test_an_hour_of_waiting_for_a_publication_is_an_error_and_no_sleep() -> None:
    async with running(SampleBot(max_ratelimit_timeout=30)) as (on, bot):
        message = await bot.announce(int(alerts(on)), "r")
        on.faults.append(Fault("POST", rf"{MESSAGES}/\d+/crosspost", 429, retry_after=3600))
        with pytest.raises(discord.RateLimited):
            await message.publish()


async def test_a_route_that_is_missing_here_says_so() -> None:
    async with running(SampleBot()) as (on, _), aiohttp.ClientSession() as session:
        headers = {"Authorization": f"Bot {on.token}"}
        on.rest.check = None
        async with session.get(f"{on.endpoints.api_base}/voice/regions", headers=headers) as response:
            assert response.status == 501
            assert (await response.json())["message"] == "this Discord has no GET /voice/regions"
