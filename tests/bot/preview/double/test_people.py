"""What people can do, what is shown to them, and what pages are told of it."""

from __future__ import annotations

from typing import Any

import aiohttp
import discord
import pytest
from aiohttp import web

from bot.preview.double import DiscordDouble
from bot.preview.double.payloads import Ids
from tests.bot.preview.double.samplebot import SampleBot
from tests.double import running, until


def names(commands: list[dict[str, Any]]) -> set[str]:
    return {command["name"] for command in commands}


async def test_a_reader_is_not_shown_what_needs_manage_server() -> None:
    async with running(SampleBot()) as (on, _):
        assert names(on.commands_for()) == {"refugees", "alerts", "Check this figure"}
        assert names(on.commands_for(user=on.reader)) == {"refugees", "Check this figure"}
        assert names(on.commands_for(dm=True)) == {"refugees", "Check this figure"}
        with pytest.raises(LookupError, match="not shown"):
            await on.slash("alerts subscribe", user=on.reader)
        promoted = discord.Permissions(manage_guild=True)
        assert (await on.slash("alerts subscribe", user=on.reader, permissions=promoted)).modal


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({}, "required options missing"),
        ({"country": "SYR", "yaer": 2020}, "has no options"),
        ({"country": "SYR", "year": "2020"}, "is not of type 4"),
        ({"country": "SYR", "year": True}, "is not of type 4"),
        ({"country": "SYR", "year": 1900}, "is out of range"),
        ({"country": "SYR", "measure": "stateless"}, "is not one of the choices"),
    ],
)
async def test_the_client_lets_nobody_type_what_the_command_does_not_take(
    options: dict[str, Any], complaint: str
) -> None:
    async with running(SampleBot()) as (on, _):
        with pytest.raises((LookupError, ValueError), match=complaint):
            await on.slash("refugees country", options)


async def test_a_command_that_was_not_registered_does_not_exist() -> None:
    async with running(SampleBot()) as (on, _):
        with pytest.raises(LookupError, match="has registered no command 'asylum'"):
            await on.slash("asylum trend")
        with pytest.raises(LookupError, match="/refugees has no subcommand 'trend'"):
            await on.slash("refugees trend")


async def test_a_private_answer_can_be_used_by_its_asker_alone() -> None:
    async with running(SampleBot()) as (on, _):
        it = await on.slash("refugees country", country="SYR", user=on.reader)
        private = {**it.original, "flags": 64}
        with pytest.raises(LookupError, match="private to somebody else"):
            await on.click(private, "more:SYR")
        assert (await on.click(private, "more:SYR", user=on.reader)).acked


async def test_direct_messages_stay_with_the_person() -> None:
    async with running(SampleBot()) as (on, _):
        first = await on.slash("refugees csv", dm=True, user=on.reader)
        second = await on.slash("refugees csv", dm=True, user=on.reader)
        assert first.channel_id == second.channel_id == on.dm(on.reader)["id"]
        assert first.channel_id != on.dm(on.moderator)["id"]


async def test_a_mention_is_heard_and_answered_with_a_reply() -> None:
    async with running(SampleBot()) as (on, _):
        asked = await on.say(f"<@{on.bot['id']}> how many?", user=on.reader)
        reply = await on.answered(asked)
        assert reply["content"] == f"You said: {asked['content']}"
        assert reply["referenced_message"]["id"] == asked["id"]


async def test_what_does_not_mention_the_bot_reaches_it_without_its_words() -> None:
    heard: list[discord.Message] = []

    class Listener(SampleBot):
        async def on_message(self, message: discord.Message) -> None:
            heard.append(message)

    async with running(Listener()) as (on, _):
        await on.say("the secret")
        await on.say("for the bot", dm=True)
        await until(lambda: len(heard) == 2)
        assert [message.content for message in heard] == ["", "for the bot"]


@pytest.mark.parametrize("allowed", [discord.AllowedMentions.none(), discord.AllowedMentions.all()])
async def test_a_message_pings_only_whom_it_says_it_may(allowed: discord.AllowedMentions) -> None:
    async with running(SampleBot()) as (on, bot):
        role = on.guilds[0]["roles"][-1]["id"]
        channel = bot.get_partial_messageable(int(on.guilds[0]["channels"][0]["id"]))
        sent = await channel.send(f"@everyone <@{on.reader['id']}> <@&{role}>", allowed_mentions=allowed)
        message = on.messages[str(channel.id)][str(sent.id)]
        pinged = allowed.everyone is True
        assert message["mention_everyone"] is pinged
        assert message["mentions"] == ([on.reader] if pinged else [])
        assert message["mention_roles"] == ([role] if pinged else [])


async def test_watchers_are_told_of_every_message_with_who_asked_and_how_privately() -> None:
    told: list[tuple[str, dict[str, Any]]] = []
    watch = [lambda event, message: told.append((event, message))]
    async with running(SampleBot(), watchers=watch) as (on, _):
        it = await on.slash("refugees country", country="SYR", user=on.reader)
        await on.click(it.original, "delete", user=on.reader)
        await on.slash("refugees quick", kind=1)
        assert [event for event, _ in told] == [
            "MESSAGE_CREATE",
            "MESSAGE_UPDATE",
            "MESSAGE_DELETE",
            "MESSAGE_CREATE",
        ]
        messages = [message for _, message in told]
        assert messages[0]["flags"] & 128
        assert messages[1]["interaction_metadata"]["id"] == it.id
        assert messages[1]["interaction_metadata"]["user"] == on.reader
        assert messages[1]["guild_id"] == on.guilds[0]["id"]
        assert [bool(message["flags"] & 64) for message in messages] == [False, False, False, True]


async def test_a_double_that_keeps_little_does_not_grow() -> None:
    async with running(SampleBot(), keep=5, limits={}) as (on, bot):
        for _ in range(8):
            it = await on.slash("refugees country", country="SYR")
            await on.click(it.original, "more:SYR")
        assert len(on.requests) == 5
        assert len(on.interactions) == 5
        assert len(on.messages[it.channel_id]) == 5
        assert len(on.cdn) == 5
        assert all(len(session.sent) <= 5 for session in on.sessions.values())
        await on.cut(4000)
        assert (await on.slash("refugees country", country="SYR", timeout=300)).acked
        assert not bot.is_closed()


async def test_the_history_of_a_channel_can_be_read_in_every_direction() -> None:
    async with running(SampleBot(), limits={}) as (on, bot):
        channel = bot.get_channel(int(on.guilds[0]["channels"][0]["id"]))
        sent = [await channel.send(f"n{i}") for i in range(6)]
        said = [message.content async for message in channel.history(limit=3)]
        assert said == ["n5", "n4", "n3"]
        assert [m.content async for m in channel.history(after=sent[3])] == ["n4", "n5"]
        assert [m.content async for m in channel.history(before=sent[2])] == ["n1", "n0"]
        assert len([m async for m in channel.history(around=sent[2], limit=3)]) == 3
        assert (await channel.fetch_message(sent[0].id)).content == "n0"


async def test_webhooks_send_and_channels_follow() -> None:
    async with running(SampleBot()) as (on, bot):
        here, there = (bot.get_channel(int(on.guilds[0]["channels"][i]["id"])) for i in (0, 2))
        hook = await here.create_webhook(name="Asylum alerts")
        message = await hook.send("figures", wait=True)
        assert on.messages[str(here.id)][str(message.id)]["webhook_id"] == str(hook.id)
        await there.follow(destination=here)
        assert len(on.webhooks) == 2


async def test_a_page_is_served_on_the_same_port_of_loopback_only() -> None:
    async def hello(request: web.Request) -> web.Response:
        return web.Response(text="hello")

    async with DiscordDouble(routes=[web.get("/", hello)]) as on, aiohttp.ClientSession() as session:
        async with session.get(f"{on.base}/") as response:
            assert await response.text() == "hello"
        assert on.base == f"http://127.0.0.1:{on.port}"
        with pytest.raises(OSError, match="in use"):
            async with DiscordDouble(port=on.port):
                pass


def test_ids_only_rise() -> None:
    ids = Ids()
    made = [int(ids.next()) for _ in range(1000)]
    assert made == sorted(set(made))
    assert int(ids.fixed()) < int(ids.fixed()) < made[0]
