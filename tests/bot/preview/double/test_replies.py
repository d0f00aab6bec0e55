"""What a person sees of the bot's answers."""

from __future__ import annotations

import aiohttp
import pytest
from discord import HTTPException, Webhook

from bot.preview.double.messages import V2_FLAG
from tests.bot.preview.double.samplebot import SampleBot
from tests.double import running, until


async def test_a_deferred_answer_is_done_when_it_is_filled_with_embed_and_chart() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees country", country="syr", year=2020, locale="de")
        assert it.acked["type"] == 5
        assert it.acked_at < 3
        message = it.original
        picture = message["attachments"][0]
        assert message["embeds"][0]["title"] == "Syria 2020"
        assert message["embeds"][0]["image"]["url"] == picture["url"]
        assert picture["description"].startswith("Line chart")
        assert (picture["width"], picture["height"]) == (320, 200)
        assert message["interaction_metadata"]["user"] == discord.moderator
        async with aiohttp.ClientSession() as session, session.get(picture["url"]) as response:
            assert response.content_type == "image/png"
            assert (await response.read())[:4] == b"\x89PNG"


async def test_an_immediate_answer_with_a_file_can_be_private() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees quick", kind=1)
        assert it.acked["type"] == 4
        assert it.ephemeral
        assert len(it.original["attachments"]) == 1


async def test_the_first_follow_up_fills_a_deferred_answer_even_with_components_v2() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees card")
        assert it.followups == []
        assert it.original["flags"] & V2_FLAG
        picture = it.original["components"][0]["components"][2]["items"][0]["media"]
        assert picture["url"].startswith(discord.base)


async def test_a_button_edits_its_message() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees country", country="SYR", year=2020)
        again = await discord.click(it.original, "more:SYR")
        assert again.acked["type"] == 7
        assert again.original["id"] == it.original["id"]
        assert again.original["embeds"][0]["title"] == "Syria 2024"


async def test_a_button_can_delete_its_message() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees country", country="SYR")
        pressed = await discord.click(it.original, "delete")
        assert pressed.reply is None
        assert discord.messages[it.channel_id] == {}


async def test_a_follow_up_after_an_answer_is_a_message_of_its_own() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees csv")
        await until(lambda: it.followups)
        file = it.followups[0]["attachments"][0]
        assert file["filename"] == "figures-ä.csv"
        assert file["content_type"] == "text/csv"
        async with aiohttp.ClientSession() as session, session.get(file["url"]) as response:
            assert (await response.read()).decode() == "a;b\nÄ;1\n"


async def test_a_deferred_answer_that_is_deleted_leaves_room_for_a_private_one() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees fail")
        assert it.original is None
        assert it.ephemeral
        assert it.reply["content"].startswith("No country is called")


async def test_options_reach_the_bot_as_users_channels_and_roles() -> None:
    async with running(SampleBot()) as (discord, _):
        channel = discord.guilds[0]["channels"][1]
        role = discord.guilds[0]["roles"][-1]
        options = {
            "ratio": 0.5,
            "note": "x",
            "who": discord.reader["id"],
            "where": channel["id"],
            "role": role["id"],
        }
        it = await discord.slash("refugees plain", {**options, "sure": True})
        await until(lambda: it.original["content"] != "one moment")
        assert it.original["content"] == "0.5 x reader asylum-figures data-desk True"


async def test_autocompletion_offers_what_the_bot_offers() -> None:
    async with running(SampleBot()) as (discord, _):
        assert await discord.autocomplete("refugees country", "country", "sy") == [
            {"name": "Syria", "value": "SYR"}
        ]
        assert len(await discord.autocomplete("refugees country", "country", "")) == 25


async def test_a_form_opens_and_comes_back_filled_in() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("alerts subscribe")
        assert it.modal["title"] == "Alert filter"
        place = discord.guilds[0]["channels"][2]
        values = {"ask:measure": ["ref"], "ask:kind": "big", "ask:channel": [place["id"]], "ask:note": "hi"}
        done = await discord.submit(it, values)
        assert done.ephemeral
        assert done.original["content"] == "['ref'] big ['alerts'] hi"


async def test_a_message_menu_works_in_direct_messages_for_who_installed_the_bot() -> None:
    async with running(SampleBot()) as (discord, _):
        message = await discord.say("UNHCR says 6 million", dm=True)
        it = await discord.context_menu("Check this figure", message, user_install=True)
        assert it.original["content"] == "Read: UNHCR says 6 million"


async def test_errors_of_the_bot_come_back_as_its_private_answers() -> None:
    async with running(SampleBot()) as (discord, _):
        it = await discord.slash("refugees country", country="nowhere")
        assert it.ephemeral
        assert it.original["content"] == "Sorry: TransformerError"


async def test_a_cooldown_counts_each_person() -> None:
    async with running(SampleBot()) as (discord, _):
        eager, patient = discord.person("eager"), discord.person("patient")
        said = [
            (await discord.slash("refugees slow", user=u)).original["content"]
            for u in (eager, eager, patient)
        ]
        assert said == ["There you are.", "Sorry: CommandOnCooldown", "There you are."]


@pytest.mark.parametrize("locale", ["ar", "de", "zh-CN"])
async def test_any_locale_reaches_the_bot(locale: str) -> None:
    async with running(SampleBot()) as (discord, _):
        assert (await discord.slash("refugees quick", kind=1, locale=locale)).acked["type"] == 4


async def test_a_user_install_may_send_five_follow_ups_and_no_more() -> None:
    async with running(SampleBot()) as (discord, bot):
        it = await discord.slash("refugees csv", user_install=True)
        await until(lambda: it.followups)
        hook = Webhook.partial(int(discord.app["id"]), it.token, client=bot)
        for _ in range(4):
            await hook.send("more", wait=True)
        with pytest.raises(HTTPException) as refused:
            await hook.send("one too many", wait=True)
        assert refused.value.code == 40094
