"""Channels and permissions taken away, the bot invited and thrown out."""

from __future__ import annotations

import discord
import pytest

from bot.preview.double import ANNOUNCEMENT, TEXT, GuildPlan
from tests.bot.preview.double.samplebot import SampleBot
from tests.double import running, until


async def test_permissions_taken_in_a_channel_are_known_to_the_bot_and_held() -> None:
    async with running(SampleBot()) as (on, bot):
        channel = bot.get_channel(int(on.guilds[0]["channels"][2]["id"]))
        assert channel.permissions_for(channel.guild.me).send_messages
        await on.forbid(str(channel.id), discord.Permissions(send_messages=True))
        await until(lambda: not channel.permissions_for(channel.guild.me).send_messages)
        with pytest.raises(discord.Forbidden) as refused:
            await channel.send("x")
        assert refused.value.code == 50013
        await on.forbid(str(channel.id), discord.Permissions(view_channel=True))
        with pytest.raises(discord.Forbidden) as blind:
            await channel.send("x")
        assert blind.value.code == 50001
        await on.forbid(str(channel.id), discord.Permissions.none())
        await channel.send("x")


async def test_the_bot_is_told_in_an_interaction_what_it_may_do_there() -> None:
    async with running(SampleBot()) as (on, _):
        place = on.guilds[0]["channels"][1]["id"]
        await on.forbid(place, discord.Permissions(embed_links=True))
        it = await on.slash("alerts subscribe", channel=place)
        assert it.original["content"] == "Sorry: BotMissingPermissions"


async def test_a_deleted_channel_is_gone_for_the_bot_too() -> None:
    async with running(SampleBot()) as (on, bot):
        place = on.guilds[0]["channels"][2]["id"]
        await on.delete_channel(place)
        await until(lambda: bot.get_channel(int(place)) is None)
        with pytest.raises(discord.NotFound) as missing:
            await bot.announce(int(place), "r")
        assert missing.value.code == 10003


async def test_the_bot_is_invited_to_a_guild_and_thrown_out_again() -> None:
    async with running(SampleBot()) as (on, bot):
        plan = GuildPlan("Fact-checkers", (("claims", TEXT), ("news", ANNOUNCEMENT)))
        guild = await on.invite(plan)
        await until(lambda: bot.get_guild(int(guild["id"])))
        assert (await on.slash("refugees csv", guild=1)).channel_id == guild["channels"][0]["id"]
        await on.throw_out(guild["id"])
        await until(lambda: bot.get_guild(int(guild["id"])) is None)
        with pytest.raises(discord.NotFound):
            await bot.announce(int(guild["channels"][0]["id"]), "r")


async def test_the_owner_can_be_written_to() -> None:
    async with running(SampleBot()) as (on, bot):
        owner = await bot.fetch_user(int(on.guilds[0]["owner_id"]))
        message = await owner.send("The alerts in #alerts are paused: give me back Send Messages.")
        assert str(message.id) in on.messages[on.dm(on.moderator)["id"]]
