"""When a channel is found closed, the server's moderators are told once, where they would see it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from discord import Permissions

from bot.preview.double import TEXT, Fault
from data.model import Measure
from tests.asking import buttons
from tests.bot.newsrooms import NEWSROOM, Desk, newsroom
from tests.double import until

CHANNELS = ("alerts", "updates", "safety", "system")
PLACES = replace(NEWSROOM, channels=tuple((name, TEXT) for name in CHANNELS), threads=(), updates=None)


@pytest.fixture
def path(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


@pytest.fixture
async def desk(path: Path) -> AsyncIterator[Desk]:
    async with newsroom(path) as found:
        yield found


def close(desk: Desk, channel: int, status: int = 403, code: int = 50001) -> None:
    desk.double.faults.append(Fault("POST", rf"/channels/{channel}/messages", status, code, times=9))


async def test_one_notice_says_which_channel_rests_why_and_what_helps(desk: Desk) -> None:
    await desk.subscribe("alerts")
    await desk.subscribe("alerts", measure=Measure.PENDING)
    channel = desk.channel("alerts")
    close(desk, channel)
    await desk.publish()
    await desk.deliver()
    (notice,) = desk.posted(desk.channel("moderators-only"))
    assert notice["content"] == (
        f"I could not post an asylum alert in <#{channel}>: Discord does not let me see that channel."
        " Its subscriptions are paused; nothing is lost. What helps: give me “View Channel” in its settings,"
        " then `/alerts resume`."
    )
    assert notice["mentions"] == notice["mention_roles"] == []
    assert desk.posted(channel) == []


async def test_nothing_more_is_said_while_it_is_paused(desk: Desk) -> None:
    await desk.subscribe("alerts")
    close(desk, desk.channel("alerts"))
    await desk.publish()
    for _ in range(3):
        await desk.deliver()
        desk.clock.advance(hours=7)
    assert len(desk.posted(desk.channel("moderators-only"))) == 1


async def test_it_is_said_again_when_it_was_resumed_in_vain(desk: Desk) -> None:
    subscription = await desk.subscribe("alerts")
    close(desk, desk.channel("alerts"))
    await desk.publish()
    await desk.deliver()
    await desk.resume(subscription)
    await desk.deliver()
    assert len(desk.posted(desk.channel("moderators-only"))) == 2


async def test_where_the_bot_may_not_write_nothing_is_tried(desk: Desk) -> None:
    await desk.subscribe("alerts")
    place = desk.channel("moderators-only")
    await desk.double.forbid(str(place), Permissions(send_messages=True))
    guild = desk.alert_workers.delivering.post._client.guilds[0]
    await until(lambda: not guild.get_channel(place).permissions_for(guild.me).send_messages)
    close(desk, desk.channel("alerts"))
    await desk.publish()
    await desk.deliver()
    assert desk.posted(place) == []
    assert not [request for request in desk.double.requests if f"/channels/{place}/" in request.path]


async def test_the_closed_channel_itself_is_told_nothing(desk: Desk) -> None:
    await desk.subscribe("moderators-only")
    close(desk, desk.channel("moderators-only"))
    await desk.publish()
    await desk.deliver()
    tried = [
        r for r in desk.double.requests if r.path.endswith(f"{desk.channel('moderators-only')}/messages")
    ]
    assert len(tried) == 1


async def test_a_refused_notice_is_not_repeated_and_no_bug(desk: Desk) -> None:
    await desk.subscribe("alerts")
    close(desk, desk.channel("alerts"))
    close(desk, desk.channel("moderators-only"), 403, 50013)
    await desk.publish()
    for _ in range(2):
        await desk.deliver()
    tried = [
        r for r in desk.double.requests if r.path.endswith(f"{desk.channel('moderators-only')}/messages")
    ]
    assert len(tried) == 1


async def test_a_direct_message_has_no_moderators(desk: Desk) -> None:
    subscription = await desk.subscribe("dm", dm=True)
    close(desk, subscription.destination.channel, 403, 50007)
    await desk.publish()
    await desk.deliver()
    assert desk.posted(desk.channel("moderators-only")) == []


@pytest.mark.parametrize("status", [500, 502])
async def test_a_notice_whose_answer_was_lost_stands_there_once(desk: Desk, status: int) -> None:
    await desk.subscribe("alerts")
    place = desk.channel("moderators-only")
    close(desk, desk.channel("alerts"))
    desk.double.faults.append(Fault("POST", rf"/channels/{place}/messages", status, after_effect=True))
    await desk.publish()
    await desk.deliver()
    assert len(desk.posted(place)) == 1


@pytest.mark.parametrize(
    ("there", "closed", "forbidden", "told"),
    [
        (("updates", "safety", "system"), "alerts", (), "updates"),
        (("safety", "system"), "alerts", (), "safety"),
        (("system",), "alerts", (), "system"),
        ((), "alerts", (), None),
        (("updates", "safety", "system"), "updates", (), "safety"),
        (("updates", "safety", "system"), "alerts", ("updates",), "safety"),
        (("updates", "safety", "system"), "alerts", ("updates", "safety"), "system"),
        (("updates", "safety", "system"), "alerts", ("updates", "safety", "system"), None),
    ],
)
async def test_it_is_told_in_the_first_place_there_is_where_the_bot_may_write(
    path: Path, there: tuple[str, ...], closed: str, forbidden: tuple[str, ...], told: str | None
) -> None:
    async with newsroom(path, replace(PLACES, **{name: name for name in there})) as desk:
        guild = desk.alert_workers.delivering.post._client.guilds[0]
        for name in forbidden:
            place = desk.channel(name)
            await desk.double.forbid(str(place), Permissions(send_messages=True))
            await until(
                lambda place=place: not guild.get_channel(place).permissions_for(guild.me).send_messages
            )
        await desk.subscribe(closed)
        close(desk, desk.channel(closed))
        await desk.publish()
        await desk.deliver()

        assert [name for name in CHANNELS if desk.posted(desk.channel(name))] == ([told] if told else [])


async def test_what_was_published_during_a_pause_is_offered_when_it_is_resumed_and_told_once(
    desk: Desk,
) -> None:
    await desk.subscribe("alerts")
    await desk.double.slash("alerts pause", {"subscription": "1"})
    assert await desk.publish() == 0
    await desk.deliver()
    assert desk.posted(desk.channel("alerts")) == []
    desk.clock.advance(days=60)

    resumed = await desk.double.slash("alerts resume", {"subscription": "1"})
    offer = resumed.reply
    assert offer is not None
    assert offer["content"] == (
        "Number 1 is active again: **decisions in Canada**. Published while it was paused, and not posted:"
        " Global Trends 2025, corrected (25 Jun 2026)."
    )
    pressed = await desk.double.click(offer, buttons(offer)["Post the newest"])
    assert pressed.original["content"] == f"It is being posted in <#{desk.channel('alerts')}>."
    await desk.deliver()
    (told,) = desk.posted(desk.channel("alerts"))
    assert told["content"].startswith("**Corrected: asylum decisions in Canada in 2025")
    explained = await desk.double.slash("alerts explain", {"channel": str(desk.channel("alerts"))})
    assert explained.reply is not None
    assert explained.reply["content"] == (
        "The alert on Global Trends 2025, corrected (25 June 2026) was sent on 25 August 2026: it matches."
    )
