"""The REST routes, as discord.py uses them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import discord
import pytest
from discord import ui

from bot.preview.double import DiscordDouble
from tests.bot.preview.double.samplebot import COUNTRIES, SampleBot, chart
from tests.double import running, until


@pytest.fixture
async def room() -> AsyncIterator[tuple[DiscordDouble, SampleBot, discord.TextChannel]]:
    async with running(SampleBot(), limits={}) as (on, bot):
        yield on, bot, await bot.fetch_channel(int(on.guilds[0]["channels"][0]["id"]))


def code(refused: pytest.ExceptionInfo[discord.HTTPException]) -> int:
    return refused.value.code


async def test_a_message_is_edited_in_part_and_deleted(room: Any) -> None:
    on, _, channel = room
    message = await channel.send("before", file=chart())
    edited = await message.edit(content="after")
    assert (edited.content, len(edited.attachments)) == ("after", 1)
    assert edited.edited_at is not None
    assert (await edited.edit(attachments=[])).attachments == []
    await edited.delete()
    assert on.messages[str(channel.id)] == {}
    with pytest.raises(discord.NotFound) as gone:
        await channel.fetch_message(message.id)
    assert code(gone) == 10008


async def test_an_attachment_that_is_named_in_an_edit_is_kept(room: Any) -> None:
    on, _, channel = room
    on.rest.check = None  # discord.py names all that it knows of it, the specification only its id
    message = await channel.send(file=chart())
    kept = await message.edit(attachments=[*message.attachments, chart("Another chart")])
    assert [a.description for a in kept.attachments][1] == "Another chart"
    assert kept.attachments[0].id == message.attachments[0].id


async def test_what_others_wrote_cannot_be_edited(room: Any) -> None:
    on, _, channel = room
    theirs = await on.say("mine", channel=str(channel.id))
    with pytest.raises(discord.Forbidden) as refused:
        await channel.get_partial_message(int(theirs["id"])).edit(content="yours")
    assert code(refused) == 50005


async def test_a_reply_to_nothing_is_refused_unless_it_may_be_one(room: Any) -> None:
    on, _, channel = room
    gone = discord.MessageReference(message_id=1, channel_id=channel.id, fail_if_not_exists=True)
    with pytest.raises(discord.HTTPException):
        await channel.send("x", reference=gone)
    gone.fail_if_not_exists = False
    message = await channel.send("x", reference=gone)
    assert "message_reference" not in on.messages[str(channel.id)][str(message.id)]


async def test_only_announcement_channels_publish(room: Any) -> None:
    _, bot, channel = room
    message = await channel.send("x")
    with pytest.raises(discord.HTTPException) as refused:
        await bot.http.publish_message(channel.id, message.id)
    assert code(refused) == 50024


async def test_commands_can_be_a_guilds_own(room: Any) -> None:
    on, bot, channel = room

    @bot.tree.command(guild=channel.guild, description="Only here")
    async def here(interaction: discord.Interaction) -> None:
        await interaction.response.send_message("Here.")

    await bot.tree.sync(guild=channel.guild)
    assert [c.name for c in await bot.tree.fetch_commands(guild=channel.guild)] == ["here"]
    assert len(await bot.tree.fetch_commands()) == 3
    assert (await on.slash("here")).original["content"] == "Here."
    with pytest.raises(LookupError, match="not shown"):
        await on.slash("here", dm=True)


async def test_people_are_looked_up_by_id(room: Any) -> None:
    on, bot, channel = room
    assert (await bot.fetch_user(int(on.reader["id"]))).name == "reader"
    assert (await channel.guild.fetch_member(int(on.moderator["id"]))).guild_permissions.manage_guild
    with pytest.raises(discord.NotFound) as nobody:
        await bot.fetch_user(1)
    assert code(nobody) == 10013
    with pytest.raises(discord.NotFound) as no_member:
        await channel.guild.fetch_member(1)
    assert code(no_member) == 10007


async def test_an_interaction_is_acknowledged_once_and_by_what_fits_it(room: Any) -> None:
    on, bot, _ = room
    it = await on.slash("refugees csv")
    route = discord.http.Route("POST", f"/interactions/{it.id}/{it.token}/callback")
    with pytest.raises(discord.HTTPException) as twice:
        await bot.http.request(route, json={"type": 5})
    assert code(twice) == 40060
    fresh = await on.autocomplete("refugees country", "country", "sy")
    assert fresh
    it.acked = None
    with pytest.raises(discord.HTTPException) as odd:
        await bot.http.request(route, json={"type": 8, "data": {"choices": []}})
    assert "does not answer an interaction of type 2" in str(odd.value)


async def test_a_deferred_answer_carries_nothing_but_its_flag(room: Any) -> None:
    on, bot, _ = room
    it = await on.slash("refugees csv")
    it.acked = None
    route = discord.http.Route("POST", f"/interactions/{it.id}/{it.token}/callback")
    await bot.http.request(route, json={"type": 5, "data": {"flags": 64, "content": "x"}})
    assert [v.message for v in on.violations] == ["a deferred answer may carry only the EPHEMERAL flag"]
    on.violations.clear()


async def test_follow_ups_are_edited_and_deleted_too(room: Any) -> None:
    on, bot, _ = room
    it = await on.slash("refugees csv")
    await until(lambda: it.followups)
    hook = discord.Webhook.partial(int(on.app["id"]), it.token, client=bot)
    follow_up = int(it.followups[0]["id"])
    await hook.edit_message(follow_up, content="new")
    assert it.followups[0]["content"] == "new"
    assert (await hook.fetch_message(follow_up)).content == "new"
    await hook.delete_message(follow_up)
    assert it.followups == []
    assert it.reply == it.original


async def test_a_select_brings_what_was_chosen() -> None:
    chosen: list[list[str]] = []

    class Choosing(SampleBot):
        async def announce(self, channel_id: int, revision: str) -> discord.Message:
            view = ui.View(timeout=None)
            options = [discord.SelectOption(label=n, value=c) for c, n in list(COUNTRIES.items())[:5]]
            select: ui.Select[ui.View] = ui.Select(custom_id="pick", options=options)
            place: ui.ChannelSelect[ui.View] = ui.ChannelSelect(custom_id="place")
            off: ui.Button[ui.View] = ui.Button(custom_id="off", label="Off", disabled=True)

            async def pick(interaction: discord.Interaction) -> None:
                chosen.append(select.values)
                await interaction.response.defer()
                await interaction.edit_original_response(content=f"You chose {select.values[0]}")

            async def go(interaction: discord.Interaction) -> None:
                await interaction.response.send_message(f"in #{place.values[0].name}", ephemeral=True)

            select.callback, place.callback = pick, go
            channel = self.get_partial_messageable(channel_id)
            return await channel.send("Which?", view=view.add_item(select).add_item(place).add_item(off))

    async with running(Choosing()) as (on, bot):
        where = on.guilds[0]["channels"][1]["id"]
        sent = await bot.announce(int(where), "r")
        message = on.messages[where][str(sent.id)]
        picked = await on.click(message, "pick", values=["UKR"])
        assert chosen == [["UKR"]]
        assert picked.original["content"] == "You chose UKR"
        placed = await on.click(message, "place", values=[where])
        assert placed.followups == []
        assert placed.original["content"] == "in #asylum-figures"
        with pytest.raises(LookupError, match="is disabled"):
            await on.click(message, "off")
        with pytest.raises(LookupError, match="has no component 'on'"):
            await on.click(message, "on")
