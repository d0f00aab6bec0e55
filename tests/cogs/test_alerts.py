"""/alerts as moderators use it: proposed, confirmed, listed, changed, tried out and removed."""

from __future__ import annotations

import re
import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest

from bot.alerts.options import NO_SUBSCRIPTION
from data.model import Measure
from data.releases.announcements import enqueue
from data.state.sql import Transaction
from data.store.database import Database
from tests.alerting import NEWSROOM, Desk, newsroom
from tests.asking import Asker, buttons, make_bot, open_services, read_csv
from tests.double import double, started, until

CANADA = {"asylum": "Canada", "measure": "decisions"}
KEY_FIGURE = "**Corrected: asylum decisions in Canada in 2025, 199,610 → 96,789 (52% lower).**"


@pytest.fixture
def database(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


@pytest.fixture
async def desk(database: Path) -> AsyncIterator[Desk]:
    async with newsroom(database) as found:
        yield found


async def test_subscribing_shows_the_real_message_first_and_keeps_what_is_confirmed(desk: Desk) -> None:
    alerts = desk.channel("alerts")
    it = await desk.use("subscribe", {"channel": alerts, **CANADA, "at_least": "10%", "kinds": "corrected"})

    assert it.ephemeral
    proposal = it.reply
    assert proposal is not None
    first, *rest = proposal["content"].splitlines()
    assert first == (
        f"Subscribe <#{alerts}> to **decisions in Canada, only corrected, changes from 10% on**?"
        " For the last release I would have sent this and a table of all changes:"
    )
    assert rest[-1].startswith(KEY_FIGURE)
    assert proposal["embeds"][0]["footer"]["text"].endswith(
        "Global Trends 2025, corrected (25 Jun 2026) · CC BY 4.0"
    )
    (chart,) = proposal["attachments"]
    assert chart["description"].startswith(
        "Figures before and after: Corrected: before and after. Asylum decisions in Canada"
    )
    assert desk.posted(alerts) == []
    assert await desk.kept() == []

    assert f"Subscribed <#{alerts}> to **decisions in Canada" in await desk.confirm(proposal)

    (kept,) = await desk.kept()
    assert (kept.destination.channel, kept.wanted.measure) == (int(alerts), Measure.DECISIONS)
    assert desk.posted(alerts) == []


async def test_a_release_that_would_have_sent_nothing_says_so_and_why(desk: Desk) -> None:
    said = await desk.said("subscribe", {"origin": "Syria", "at_least": "10000"})

    assert (
        "Global Trends 2025, corrected (25 Jun 2026) would have sent nothing: its changes are below" in said
    )


async def test_cancel_subscribes_nothing(desk: Desk) -> None:
    it = await desk.use("subscribe", CANADA)
    assert it.reply is not None
    pressed = await desk.double.click(it.reply, buttons(it.reply)["Cancel"])

    assert pressed.original["content"] == "Nothing was subscribed."
    assert (pressed.original["embeds"], pressed.original["attachments"]) == ([], [])
    assert await desk.kept() == []


async def test_confirm_works_after_the_bot_was_restarted(database: Path) -> None:
    async with double(guilds=(NEWSROOM,)) as discord_double:
        async with open_services(database) as services, started(make_bot(services), discord_double) as bot:
            desk = Desk(Asker(discord_double, bot), services)
            wish = {"channel": desk.channel("announcements"), **CANADA, "publish": True}
            it = await desk.use("subscribe", wish)
        async with open_services(database) as services, started(make_bot(services), discord_double) as bot:
            desk = Desk(Asker(discord_double, bot), services)
            assert it.reply is not None
            assert "as number 1" in await desk.confirm(it.reply)
            (kept,) = await desk.kept()
        assert kept.publish
        assert not discord_double.violations


@pytest.mark.parametrize("name", ["general", "alerts", "announcements", "briefings", "numbers"])
async def test_channels_threads_and_forums_can_be_subscribed_and_tested(desk: Desk, name: str) -> None:
    place = desk.channel(name)
    assert "as number 1" in await desk.subscribe({"channel": place, **CANADA})

    it = await desk.use("test", {"subscription": "1"})

    assert it.reply is not None
    assert it.reply["content"] == "The test was posted."
    posts = [m for c in desk.double.messages for m in desk.posted(c)]
    (post,) = posts
    where = desk.double.channels[post["channel_id"]]
    assert place in (where["id"], where.get("parent_id"))
    assert KEY_FIGURE in post["content"]
    assert [post[key] for key in ("mentions", "mention_roles", "mention_everyone")] == [[], [], False]
    _, table = post["attachments"]
    told = [each["value"] for each in read_csv(desk.asker.file(table)) if each["origin"] == "all"]
    assert told[:2] == ["199610", "96789"]
    if name == "briefings":
        assert where["name"] == "Corrected: decisions in Canada, 2025: 199,610 → 96,789"


async def test_a_proposal_names_the_role_and_pings_nobody(desk: Desk) -> None:
    role = desk.role("data-desk")
    said = await desk.said("subscribe", {**CANADA, "role": role})

    assert f"I would have sent this and a table of all changes, and pinged <@&{role}>:" in said


async def test_a_test_pings_nobody(desk: Desk) -> None:
    await desk.subscribe({**CANADA, "role": desk.role("data-desk")})
    await desk.use("test", {"subscription": "1"})

    (post,) = desk.posted(desk.channel("general"))
    assert post["mention_roles"] == []


async def test_the_list_names_channels_and_what_helps_those_that_rest(desk: Desk) -> None:
    alerts, numbers = desk.channel("alerts"), desk.channel("numbers")
    await desk.subscribe({"channel": alerts, **CANADA, "role": desk.role("data-desk")})
    await desk.subscribe({"channel": numbers, "origin": "China"})
    await desk.said("pause", {"subscription": "2"})
    await desk.double.delete_channel(alerts)

    listed = await desk.said("list")

    first, second, pause = listed.splitlines()
    assert (
        first == f"**1** · a channel that is gone · decisions in Canada · pings <@&{desk.role('data-desk')}>"
    )
    assert second == f"**2** · <#{numbers}> · all figures from China"
    assert re.fullmatch(
        r"-# Paused by a moderator since \d+ \w+ \d{4}; `/alerts resume` starts it again\.", pause
    )


async def test_fifty_subscriptions_are_listed_in_as_many_messages_as_it_takes(desk: Desk) -> None:
    await desk.keep_many(50)
    it = await desk.use("list")

    def numbers() -> list[str]:
        parts = [m["content"] for m in (it.original, *it.followups) if m]
        return [line.split(" · ")[0] for part in parts for line in part.splitlines()]

    await until(lambda: len(numbers()) >= 50)
    assert numbers() == [f"**{number}**" for number in range(1, 51)]


async def test_edit_changes_what_is_said_and_leaves_the_rest(desk: Desk) -> None:
    await desk.subscribe({**CANADA, "at_least": "10%"})
    said = await desk.said(
        "edit",
        {"subscription": "1", "channel": desk.channel("alerts"), "origin": "China", "clear": "at_least"},
    )

    assert said == (f"Number 1 now tells <#{desk.channel('alerts')}> of **decisions from China in Canada**.")
    assert "changes nothing" in await desk.said("edit", {"subscription": "1", "origin": "China"})


@pytest.mark.parametrize("option", ["origin", "asylum", "measure", "kinds", "at_least", "role"])
async def test_whatever_was_bounded_can_be_left_open_again(desk: Desk, option: str) -> None:
    await desk.subscribe(
        {
            **CANADA,
            "origin": "China",
            "kinds": "corrected, withdrawn",
            "at_least": "1000",
            "role": desk.role("data-desk"),
        }
    )
    (before,) = await desk.kept()
    await desk.said("edit", {"subscription": "1", "clear": option})

    (after,) = await desk.kept()
    assert after != before
    assert "changes nothing" in await desk.said("edit", {"subscription": "1", "clear": option})


async def test_pause_resume_and_remove(desk: Desk) -> None:
    await desk.subscribe(CANADA)

    assert "nothing to resume" in await desk.said("resume", {"subscription": "1"})
    assert "Number 1 is paused." in await desk.said("pause", {"subscription": "1"})
    assert (await desk.kept())[0].paused
    assert (
        await desk.said("resume", {"subscription": "1"})
        == "Number 1 is active again: **decisions in Canada**."
    )
    assert not (await desk.kept())[0].paused
    assert await desk.said("remove", {"subscription": "1"}) == "Removed number 1: decisions in Canada."
    assert await desk.kept() == []
    assert "no subscription here yet" in await desk.said("list")


async def test_nothing_is_resumed_into_a_channel_that_still_refuses(desk: Desk) -> None:
    await desk.subscribe(CANADA)
    await desk.said("pause", {"subscription": "1"})
    await desk.forbid("general", discord.Permissions(embed_links=True))

    assert "I lack the permission “Embed Links” there" in await desk.said("resume", {"subscription": "1"})
    assert (await desk.kept())[0].paused


async def test_preview_replays_every_release_and_says_why_not(desk: Desk) -> None:
    await desk.subscribe({**CANADA, "kinds": "corrected"})
    it = await desk.use("preview", {"subscription": "1"})

    assert it.reply is not None
    assert it.reply["content"].splitlines() == [
        "2 of 11 releases would have sent an alert on **decisions in Canada, only corrected**, newest first:",
        "• 25 Jun 2026 · Corrected: decisions in Canada, 2025: 199,610 → 96,789",
        "• 17 Jun 2024 · Corrected: decisions in Canada, 2014: 21,583 → 21,584",
    ]
    it = await desk.double.click(it.reply, "past:1", user=it.user)
    assert it.reply is not None
    newest, june, *_, first = it.reply["embeds"][0]["description"].splitlines()
    assert newest.startswith(f"• {KEY_FIGURE}")
    assert (
        june == "• Global Trends 2025 (12 Jun 2026) would have sent nothing: its changes are of other kinds."
    )
    assert first.startswith(
        "• Mid-Year Trends 2022 (27 Apr 2023) would have sent nothing: it is the first release"
    )


async def test_subscriptions_are_picked_by_a_name_that_people_understand(desk: Desk) -> None:
    await desk.subscribe({"channel": desk.channel("alerts"), **CANADA})
    await desk.subscribe({"channel": desk.channel("numbers"), "origin": "China"})
    await desk.said("pause", {"subscription": "2"})

    offered = await desk.double.autocomplete("alerts edit", "subscription", "")
    found = await desk.double.autocomplete("alerts remove", "subscription", "china")

    assert offered == [
        {"name": "1: #alerts, decisions in Canada", "value": "1"},
        {"name": "2: #numbers, all figures from China (paused)", "value": "2"},
    ]
    assert [choice["value"] for choice in found] == ["2"]

    for typed in (offered[1]["name"], "#2", " 2 "):  # Discord may send the label in place of the value
        assert "**all figures from China**" in await desk.said("resume", {"subscription": typed})
        await desk.said("pause", {"subscription": "2"})
    for typed in ("2 China", "2:", "two", "China"):
        assert await desk.said("pause", {"subscription": typed}) == NO_SUBSCRIPTION


async def test_kinds_and_sizes_are_offered_as_they_are_typed(desk: Desk) -> None:
    kinds = await desk.double.autocomplete("alerts subscribe", "kinds", "corrected, with")
    sizes = await desk.double.autocomplete("alerts subscribe", "at_least", "1")

    assert [choice["value"] for choice in kinds] == ["corrected, withdrawn"]
    assert [choice["value"] for choice in sizes] == ["100", "1,000", "10,000", "10%"]


async def test_explain_gives_the_reason_that_was_written_down(desk: Desk, database: Path) -> None:
    assert "was never due in this channel: the channel was not subscribed then" in await desk.said("explain")
    await desk.subscribe(CANADA)
    newest = (await desk.services.answers.releases())[-1]
    async with Database(database) as opened, opened.writing() as connection:
        await enqueue(connection, Transaction(connection), newest, datetime.now(UTC))

    said = await desk.said("explain", {"release": "2026-06-25"})

    assert said.startswith("The alert on Global Trends 2025, corrected (25 June 2026) is waiting to be sent")


async def test_a_server_that_takes_the_bot_back_has_its_subscriptions_again(desk: Desk) -> None:
    await desk.subscribe(CANADA)
    guild = desk.double.guilds[0]
    # Until then, discord.py would say of a server that joins only that it is available.
    await desk.asker.bot.wait_until_ready()
    await desk.double.throw_out(guild["id"])
    paused = await desk.kept_of(guild, paused=True)
    await desk.double.take_back(guild)

    (back,) = await desk.kept_of(guild, paused=False)
    assert [each.id for each in paused] == [back.id]


async def test_nobody_reaches_the_subscriptions_of_another_server(desk: Desk) -> None:
    await desk.subscribe(CANADA)
    elsewhere = {"guild": 1}

    assert await desk.double.autocomplete("alerts edit", "subscription", "", **elsewhere) == []
    for words in ("edit", "pause", "resume", "remove", "preview", "test"):
        said = await desk.said(words, {"subscription": "1"}, **elsewhere)
        assert said == "There is no subscription 1 here; “/alerts list” shows those there are."
    assert len(await desk.services.alerts.subscriptions(server=int(desk.double.guilds[0]["id"]))) == 1
