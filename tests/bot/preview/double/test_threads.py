"""Threads and forums: seen, written to with a permission of their own, and taken away."""

from __future__ import annotations

from typing import Any

import discord
import pytest

from bot.preview.double import FORUM, TEXT, GuildPlan
from tests.bot.preview.double.samplebot import SampleBot, chart
from tests.double import running, until

PLAN = GuildPlan(
    channels=(("general", TEXT), ("briefings", FORUM)),
    threads=(("numbers", "general"),),
)


def place(on: Any, name: str) -> int:
    (found,) = [c for c in (*on.guilds[0]["channels"], *on.guilds[0]["threads"]) if c["name"] == name]
    return int(found["id"])


async def test_a_thread_is_written_to_with_a_permission_of_its_own() -> None:
    async with running(SampleBot(), guilds=(PLAN,)) as (on, bot):
        thread = bot.get_guild(int(on.guilds[0]["id"])).get_thread(place(on, "numbers"))
        assert thread.parent.name == "general"
        await on.forbid(str(thread.parent_id), discord.Permissions(send_messages=True))
        await thread.send("still allowed here")
        await on.forbid(str(thread.parent_id), discord.Permissions(send_messages_in_threads=True))
        with pytest.raises(discord.Forbidden) as refused:
            await thread.send("not any more")
        assert refused.value.code == 50013


async def test_a_command_is_used_in_a_thread() -> None:
    async with running(SampleBot(), guilds=(PLAN,)) as (on, _):
        it = await on.slash("refugees csv", channel=str(place(on, "numbers")))
        assert it.reply is not None
        assert it.reply["channel_id"] == str(place(on, "numbers"))


async def test_a_post_of_a_forum_is_a_thread_with_its_first_message() -> None:
    async with running(SampleBot(), guilds=(PLAN,)) as (on, bot):
        forum = bot.get_channel(place(on, "briefings"))
        post, message = await forum.create_thread(name="Corrected", content="199,610 → 96,789", file=chart())
        assert (post.name, post.parent_id, message.content) == ("Corrected", forum.id, "199,610 → 96,789")
        assert list(on.messages[str(post.id)]) == [str(message.id)] == [str(post.id)]
        with pytest.raises(discord.HTTPException):
            await bot.get_channel(place(on, "general")).create_thread(name="x")


async def test_a_deleted_thread_is_gone_for_the_bot_too() -> None:
    async with running(SampleBot(), guilds=(PLAN,)) as (on, bot):
        guild = bot.get_guild(int(on.guilds[0]["id"]))
        await on.delete_channel(str(place(on, "numbers")))
        await until(lambda: not guild.threads)


async def test_posts_of_a_forum_are_listed_while_they_are_active_and_when_they_are_archived() -> None:
    async with running(SampleBot(), guilds=(PLAN,)) as (on, bot):
        forum = bot.get_channel(place(on, "briefings"))
        first = (await forum.create_thread(name="Completed", content="one", file=chart())).thread
        second = (await forum.create_thread(name="Corrected", content="two", file=chart())).thread
        on.channels[str(first.id)]["thread_metadata"]["archived"] = True
        active = await forum.guild.active_threads()
        assert [thread.id for thread in active if thread.parent_id == forum.id] == [second.id]
        assert [thread.id async for thread in forum.archived_threads()] == [first.id]
