"""Mentions of the bot: who gets an answer, where, how often, and what it may not do."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions

from bot.chat.mentions import CHANGE
from bot.discord.client import AsylumBot
from bot.preview.double import DiscordDouble, Payload
from bot.preview.double.conduct import Request
from bot.preview.double.messages import EPHEMERAL
from cogs.settings import PER_CHANNEL, PER_PERSON, TOO_FAST, TOO_MANY
from tests.asking import open_services
from tests.double import double as new_double
from tests.double import started, until

QUESTION = "how many Chinese applied in Canada in 2024?"
UNDERSTOOD = "New asylum applications from China in Canada: **"


@asynccontextmanager
async def listening(database: Path, *, mentions: bool = True) -> AsyncIterator[DiscordDouble]:
    """A bot that hears mentions; afterwards nothing broke Discord's rules or its own."""
    async with open_services(database) as services, new_double(limits={}) as double:
        bot = AsylumBot(services, hears_mentions=mentions, guild_ready_timeout=0.05)
        async with started(bot, double):
            yield double
        assert not double.violations, "\n".join(map(str, double.violations))
        assert not double.own_faults, "\n".join(map(str, double.own_faults))


def sends(double: DiscordDouble) -> list[Request]:
    return [each for each in double.requests if each.method == "POST" and each.path.endswith("/messages")]


@pytest.fixture
def database(canada_path: Path, tmp_path: Path) -> Path:
    copy = tmp_path / "asylum.sqlite3"
    copy.write_bytes(canada_path.read_bytes())
    return copy


async def mention(double: DiscordDouble, text: str, **scene: Any) -> Payload:
    return await double.say(f"<@{double.bot['id']}> {text}", **scene)


async def answer(double: DiscordDouble, text: str, **scene: Any) -> Payload:
    return await double.answered(await mention(double, text, **scene))


def by_bot(double: DiscordDouble) -> list[Payload]:
    mine = double.bot["id"]
    return [m for channel in double.messages.values() for m in channel.values() if m["author"]["id"] == mine]


async def hold_nobody(double: DiscordDouble) -> None:
    """Fail unless every message of ours allows no mention at all."""
    for message in by_bot(double):
        assert message["mentions"] == []
        assert not message["mention_everyone"]


async def test_a_mention_with_a_question_is_answered_in_a_reply_that_mentions_nobody(database: Path) -> None:
    async with listening(database) as double:
        reply = await answer(double, QUESTION)

        assert UNDERSTOOD in reply["content"]
        assert len(reply["attachments"]) == 1
        assert reply["components"]
        await hold_nobody(double)


async def test_in_a_direct_message_no_mention_is_needed(database: Path) -> None:
    async with listening(database) as double:
        reply = await double.answered(await double.say(QUESTION, dm=True))

        assert UNDERSTOOD in reply["content"]


async def test_a_doubtful_question_gets_buttons_that_answer_in_place(database: Path) -> None:
    async with listening(database) as double:
        reply = await answer(double, "how many Syrians in Canada?")
        button = reply["components"][0]["components"][2]
        await double.click(reply, button["custom_id"])

        changed = double.messages[reply["channel_id"]][reply["id"]]
        assert changed["content"].startswith("New asylum applications from Syria in Canada: **")


async def test_a_mention_in_a_reply_checks_the_message_replied_to(database: Path) -> None:
    async with listening(database) as double:
        claim = await double.say("178,725 Chinese applied for asylum in 2025.", user=double.reader)
        reply = await answer(double, "is this true?", reply_to=claim)

        assert "178,725" in reply["content"] + str(reply["embeds"])
        assert UNDERSTOOD not in reply["content"]
        await hold_nobody(double)


async def test_a_reply_to_the_bot_s_own_answer_is_a_question(database: Path) -> None:
    async with listening(database) as double:
        first = await double.answered(await double.say("hello", dm=True))
        direct = await double.answered(await double.say(QUESTION, dm=True, reply_to=first))
        second = await answer(double, "hello")
        public = await answer(double, QUESTION, reply_to=second, user=double.reader)

        assert UNDERSTOOD in direct["content"]
        assert UNDERSTOOD in public["content"]


async def test_a_reply_to_an_answer_changes_one_slot_of_it(database: Path) -> None:
    async with listening(database) as double:
        first = await answer(double, QUESTION)
        then = await answer(double, "and from India?", reply_to=first)

        assert "New asylum applications from India in Canada: **" in then["content"]


async def test_a_reply_to_a_question_back_changes_every_reading(database: Path) -> None:
    async with listening(database) as double:
        first = await answer(double, "how many Syrians in Canada?")
        then = await answer(double, "and Afghans?", reply_to=first)

        assert then["content"].startswith("That can be read in several ways.")
        assert "from Afghanistan" in then["content"]
        assert "Syria" not in then["content"]


async def test_a_reply_to_an_answer_that_changes_nothing_is_told_what_can_be_changed(database: Path) -> None:
    async with listening(database) as double:
        told = await answer(double, "as a table", reply_to=await answer(double, QUESTION))

        assert told["content"] == CHANGE


async def test_a_question_in_a_reply_to_somebody_is_answered_all_the_same(database: Path) -> None:
    async with listening(database) as double:
        said = await double.say("I wonder about that.", user=double.reader)
        reply = await answer(double, QUESTION, reply_to=said)

        assert UNDERSTOOD in reply["content"]


async def test_a_message_without_a_claim_is_told_in_one_sentence(database: Path) -> None:
    async with listening(database) as double:
        said = await double.say("good morning @everyone", user=double.reader)
        reply = await answer(double, "", reply_to=said)

        assert reply["content"].startswith("I find no claim about asylum figures in this text")
        await hold_nobody(double)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("", "Ask me about asylum figures. For example: “How many Chinese"),
        ("hello @everyone", "I find no question on refugees or asylum in that."),
    ],
)
async def test_what_cannot_be_answered_gets_a_sentence(database: Path, text: str, start: str) -> None:
    async with listening(database) as double:
        reply = await answer(double, text)

        assert reply["content"].startswith(start)
        assert reply["attachments"] == reply["components"] == []
        await hold_nobody(double)


async def test_nobody_else_s_talk_is_answered(database: Path) -> None:
    async with listening(database) as double:
        await double.say(QUESTION)
        await double.say(f"<@{double.reader['id']}> {QUESTION}")
        first = await answer(double, QUESTION)
        await double.say("thanks!", reply_to=first)
        await answer(double, "how many Chinese applied in France in 2024?")

        assert len(by_bot(double)) == 2


async def test_after_a_few_mentions_the_bot_asks_once_for_patience(database: Path) -> None:
    async with listening(database) as double:
        for _ in range(PER_PERSON[0]):
            await answer(double, "hello")
        told = await answer(double, "hello")
        await mention(double, "hello")
        other = await answer(double, "hello", user=double.reader)

        assert told["content"].startswith(TOO_FAST)
        assert other["content"].startswith("I find no question")
        assert len(by_bot(double)) == PER_PERSON[0] + 2


async def test_a_channel_s_limit_is_told_as_the_channel_s(database: Path) -> None:
    async with listening(database) as double:
        for number in range(PER_CHANNEL[0]):
            await answer(double, "hello", user=double.person(f"somebody {number}"))
        told = await answer(double, "hello", user=double.person("another"))

        assert told["content"].startswith(TOO_MANY)


async def test_an_empty_reply_to_an_answer_is_told_what_can_be_changed(database: Path) -> None:
    async with listening(database) as double:
        told = await answer(double, "", reply_to=await answer(double, QUESTION))

        assert told["content"] == CHANGE


async def test_a_server_can_switch_mentions_off_and_on_again(database: Path) -> None:
    async with listening(database) as double:
        off = await double.slash("asylum-settings", {"mentions": "off"})
        await mention(double, QUESTION)
        direct = await double.answered(await double.say("hello", dm=True))
        on = await double.slash("asylum-settings", {"mentions": "on"})
        reply = await answer(double, "hello")

        assert off.reply
        assert on.reply
        assert off.ephemeral
        assert off.reply["content"].startswith("Mentions are not answered in this server")
        assert on.reply["content"].startswith("Whoever mentions me in this server gets an answer.")
        assert {m["id"] for m in by_bot(double) if not m["flags"] & EPHEMERAL} == {direct["id"], reply["id"]}


@pytest.mark.parametrize("listens", [True, False])
async def test_where_the_switch_cannot_be_read_it_stands_as_it_was_last(
    database: Path, monkeypatch: pytest.MonkeyPatch, listens: bool
) -> None:
    def fail(*_: object) -> None:
        error = sqlite3.OperationalError("disk I/O error")
        error.sqlite_errorcode = sqlite3.SQLITE_IOERR
        raise error

    async with listening(database) as double:
        await double.slash("asylum-settings", {"mentions": "off"})
        if listens:
            await double.slash("asylum-settings", {"mentions": "on"})
        monkeypatch.setattr("data.state.sql.key_values.KeyValues.recall", fail)
        asked = await mention(double, "hello")
        answers = [await double.answered(asked)] if listens else []
        answers.append(await double.answered(await double.say("hello", dm=True)))

        told = {message["id"] for message in by_bot(double) if not message["flags"] & EPHEMERAL}
        assert told == {message["id"] for message in answers}


async def test_the_switch_outlives_the_bot_and_is_for_those_who_manage_the_server(database: Path) -> None:
    async with listening(database) as double:
        await double.slash("asylum-settings", {"mentions": "off"})
        with pytest.raises(LookupError, match="not shown to this user"):
            await double.slash("asylum-settings", user=double.reader, permissions=Permissions.none())
    async with listening(database) as double:
        shown = await double.slash("asylum-settings")

        assert shown.reply
        assert shown.reply["content"].startswith("Mentions are not answered in this server")


async def test_an_operator_can_switch_them_off_altogether(database: Path) -> None:
    async with listening(database, mentions=False) as double:
        await mention(double, QUESTION)
        shown = await double.slash("asylum-settings")

        assert shown.reply
        assert "the operator of this bot has switched that off" in shown.reply["content"]
        assert [m for m in by_bot(double) if not m["flags"] & EPHEMERAL] == []


async def test_a_failure_is_told_with_a_reference_and_not_raised(
    database: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with listening(database) as double:

        def fail(*_: object) -> None:
            raise RuntimeError("broken")

        monkeypatch.setattr("bot.chat.ask.understand", fail)
        reply = await answer(double, QUESTION)

        assert reply["content"].startswith(
            "Something broke on my side. Please tell the operator this reference:"
        )


async def test_two_processes_that_overlap_answer_a_mention_once(database: Path) -> None:
    async with open_services(database) as services, new_double(limits={}, max_concurrency=2) as double:
        first, second = (AsylumBot(services, hears_mentions=True, guild_ready_timeout=0.05) for _ in range(2))
        async with started(first, double), started(second, double):
            await first.wait_until_ready()
            await second.wait_until_ready()
            await double.say(f"<@{double.bot['id']}> {QUESTION}")
            await until(lambda: [each.status for each in sends(double)] == [200, 200])

            (channel,) = double.messages.values()
            assert [m["author"]["id"] == double.bot["id"] for m in channel.values()] == [False, True]
            assert len({each.body["nonce"] for each in sends(double)}) == 1
        assert not double.violations, "\n".join(map(str, double.violations))
