"""The bot as Discord sees it: what it asks for, where it may be used, what it can never do."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.discord.client import EXTENSIONS, services_of
from tests.bot.failing_cog import failing_bot
from tests.double import running


async def test_the_bot_asks_for_no_privileged_intent_and_by_default_for_no_messages() -> None:
    async with running(failing_bot()) as (double, bot):
        (asked,) = [d["intents"] for event, d in double.gateway_log if event == "IDENTIFY"]

    assert asked == discord.Intents(guilds=True).value
    assert bot.intents.value == asked


async def test_a_bot_that_hears_mentions_asks_for_messages_but_not_for_what_others_say_in_them() -> None:
    async with failing_bot(hears_mentions=True) as bot:
        assert bot.intents.guild_messages
        assert bot.intents.dm_messages
        assert not bot.intents.message_content


async def test_a_mention_is_no_command_and_no_failure(caplog: pytest.LogCaptureFixture) -> None:
    async with running(failing_bot(hears_mentions=True)) as (double, bot):
        await double.say(f"<@{double.bot['id']}> help")
        await double.slash("fail reading", year="2025")
        (channel,) = double.messages.values()

        assert [m["author"]["id"] == double.bot["id"] for m in channel.values()] == [False, True]
        assert [record.message for record in caplog.records if record.levelname == "ERROR"] == []
        assert bot.help_command is None


async def test_every_command_may_be_used_anywhere_and_installed_by_anybody() -> None:
    async with running(failing_bot()) as (double, _):
        registered = double.commands[None]

    assert {c["name"] for c in registered} == {"fail", "Fail here"}
    assert all(sorted(c["contexts"]) == [0, 1, 2] for c in registered)
    assert all(sorted(c["integration_types"]) == [0, 1] for c in registered)


async def test_an_answer_mentions_nobody() -> None:
    async with running(failing_bot()) as (double, _):
        answer = await double.slash("fail reading", year="2025")

        assert answer.reply
        assert "@everyone" in answer.reply["content"]
        assert not answer.reply["mention_everyone"]
        assert double.requests[-1].body["data"]["allowed_mentions"] == {"parse": []}


async def test_the_bot_keeps_no_messages_and_fetches_no_members() -> None:
    async with running(failing_bot(hears_mentions=True)) as (double, bot):
        await double.say("178,725")
        await double.slash("fail reading", year="2025")

        assert list(bot.cached_messages) == []
        assert {event for event, _ in double.gateway_log} <= {"IDENTIFY", "HEARTBEAT"}


async def test_a_long_rate_limit_is_an_error_and_not_a_long_silence() -> None:
    async with failing_bot() as bot:
        assert bot.http.max_ratelimit_timeout == 60


async def test_nothing_is_said_about_voice(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(discord.VoiceClient, "warn_nacl", True)
    monkeypatch.setattr(discord.VoiceClient, "warn_dave", True)

    async with failing_bot():
        pass

    assert [record.message for record in caplog.records if "voice" in record.message] == []


async def test_services_are_reached_from_an_interaction_of_our_bot_and_of_no_other() -> None:
    foreign: Any = SimpleNamespace(client=object())
    async with failing_bot() as bot:
        ours: Any = SimpleNamespace(client=bot)

        assert services_of(ours) is bot.services
    with pytest.raises(TypeError, match="no AsylumBot"):
        services_of(foreign)


def test_the_cogs_are_named_and_none_twice() -> None:
    assert all(name.startswith("cogs.") for name in EXTENSIONS)
    assert len(set(EXTENSIONS)) == len(EXTENSIONS)
