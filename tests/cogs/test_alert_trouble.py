"""What changed between asking and confirming, what is there already, and what Discord refuses."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions

from bot.preview.double import Fault
from tests.alerting import Desk, newsroom, refused

CANADA = {"asylum": "Canada", "measure": "decisions"}


@pytest.fixture
async def fresh(canada_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))) as found:
        yield found


async def test_near_duplicates_are_refused_before_they_are_shown_and_when_confirmed(fresh: Desk) -> None:
    twice = [await fresh.use("subscribe", CANADA) for _ in range(2)]
    assert "as number 1" in await fresh.confirm(twice[0].reply or {})

    sentence = "Subscription 1 of this channel covers much the same already; edit or remove that one instead."
    assert await refused(fresh, "subscribe", {**CANADA, "at_least": "500"}) == sentence
    pressed = await fresh.double.click(twice[1].reply, confirm_of(twice[1].reply or {}))
    assert [m["content"] for m in pressed.followups] == [sentence]
    assert len(await fresh.kept()) == 1
    # In another channel it is no duplicate, and neither is another measure here.
    assert "as number 2" in await fresh.subscribe({**CANADA, "channel": fresh.channel("alerts")})
    assert "as number 3" in await fresh.subscribe({**CANADA, "measure": "pending"})


async def test_the_fifty_first_subscription_of_a_server_is_refused(fresh: Desk) -> None:
    await fresh.keep_many(50)
    said = await refused(fresh, "subscribe", {"channel": fresh.channel("alerts"), **CANADA})

    assert said == "This server has 50 subscriptions, which is the most; remove one that nobody needs."
    await fresh.said("remove", {"subscription": "1"})
    assert "as number 51" in await fresh.subscribe({"channel": fresh.channel("alerts"), **CANADA})


async def test_what_has_changed_since_the_proposal_is_noticed_when_it_is_confirmed(fresh: Desk) -> None:
    place = fresh.channel("alerts")
    it = await fresh.use("subscribe", {"channel": place, **CANADA, "role": fresh.role("data-desk")})
    proposal = it.reply or {}
    pressed = await fresh.double.click(
        proposal, confirm_of(proposal), permissions=Permissions(view_channel=True)
    )
    assert "Manage Server" in pressed.followups[0]["content"]

    await fresh.forbid("alerts", Permissions(attach_files=True))
    pressed = await fresh.double.click(proposal, confirm_of(proposal))
    assert pressed.followups[0]["content"].startswith("I lack the permission “Attach Files” there")

    await fresh.double.delete_channel(place)
    pressed = await fresh.double.click(proposal, confirm_of(proposal))
    assert pressed.followups[0]["content"].startswith("I find no such channel in this server")
    assert await fresh.kept() == []


async def test_a_test_into_a_deleted_channel_says_so_and_loses_nothing(fresh: Desk) -> None:
    await fresh.subscribe({"channel": fresh.channel("alerts"), **CANADA})
    await fresh.double.delete_channel(fresh.channel("alerts"))

    assert (await refused(fresh, "test", {"subscription": "1"})).startswith(
        "I find no such channel in this server"
    )
    assert "a channel that is gone" in await fresh.said("list")
    assert len(await fresh.kept()) == 1


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (403, 50013, "Discord does not let me send there;"),
        (403, 50001, "Discord does not let me see that channel;"),
        (404, 10003, "That channel is gone;"),
        (400, 160005, "That thread is locked;"),
        (400, 200000, "AutoMod blocked the message; exempt my role from that rule of the server."),
        (400, 40067, "That forum wants a tag on every post"),
        (403, 99999, "Discord does not let me send there;"),
        (400, 12345, "Discord refused the test (its code is 12345);"),
    ],
)
async def test_discord_s_refusal_of_a_test_is_a_sentence_with_its_remedy(
    fresh: Desk, status: int, code: int, sentence: str
) -> None:
    await fresh.subscribe(CANADA)
    place = fresh.channel("general")
    fresh.double.faults.append(Fault("POST", f"/channels/{place}/messages", status, code))

    assert (await refused(fresh, "test", {"subscription": "1"})).startswith(sentence)


def confirm_of(proposal: dict[str, Any]) -> str:
    return str(proposal["components"][0]["components"][0]["custom_id"])
