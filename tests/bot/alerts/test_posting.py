"""A release is published, and every subscribed channel hears it once: the real bot on the double of Discord."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from discord import Permissions

from bot.preview.double import Fault
from data.model import Measure, Place
from data.releases.announcements import enqueue
from data.state.model import DeliveryState, Destination, Draft, Filter, PauseReason, Publication, Reason
from data.state.sql import Transaction
from data.store.releases import read_releases
from tests.bot.newsrooms import Desk, newsroom
from tests.double import until

MESSAGES = r"/channels/\d+/messages"


@pytest.fixture
async def desk(canada_path: Path, tmp_path: Path) -> AsyncIterator[Desk]:
    async with newsroom(Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))) as found:
        yield found


async def test_the_release_of_june_tells_a_channel_that_asked_for_canadas_decisions(desk: Desk) -> None:
    await desk.subscribe("alerts")
    assert await desk.publish() == 1
    assert await desk.deliver() == 1
    (message,) = desk.posted(desk.channel("alerts"))
    assert message["content"].startswith("**Corrected: ")
    assert "199,610 → 96,789" in message["content"]
    assert [a["filename"] for a in message["attachments"]] == [
        "asylum-changes.png",
        "asylum-changes-2026-06-25.csv",
    ]
    assert await desk.deliver() == 0
    told = await desk.explain(desk.channel("alerts"))
    assert (told.state, told.reason, told.message) == (DeliveryState.SENT, Reason.MATCHES, int(message["id"]))


async def test_several_subscriptions_of_a_channel_make_one_message(desk: Desk) -> None:
    await desk.subscribe("alerts")
    await desk.subscribe("alerts", measure=Measure.PENDING)
    await desk.subscribe("alerts", place=Place(), measure=None)
    await desk.publish()
    assert await desk.deliver() == 1
    assert len(desk.posted(desk.channel("alerts"))) == 1


@pytest.mark.parametrize("name", ["alerts", "numbers", "briefings", "dm"])
async def test_it_arrives_in_channels_threads_forums_and_direct_messages(desk: Desk, name: str) -> None:
    subscription = await desk.subscribe(name, dm=name == "dm")
    channel = subscription.destination.channel
    await desk.publish()
    assert await desk.deliver() == 1
    told = await desk.explain(channel)
    assert told.state is DeliveryState.SENT
    assert told.place is not None
    assert (told.place == channel) == (name != "briefings")
    assert [int(m["id"]) for m in desk.posted(told.place)] == [told.message]


async def test_an_announcement_channel_is_published_where_that_is_asked_for(desk: Desk) -> None:
    await desk.subscribe("news", publish=True)
    await desk.publish()
    await desk.deliver()
    (message,) = desk.posted(desk.channel("news"))
    await until(lambda: desk.posted(desk.channel("news"))[0]["flags"] & 1)
    await until(lambda: not desk.alert_workers.crossposting._tasks)
    assert message["flags"] & 1
    assert (await desk.explain(desk.channel("news"))).published is Publication.PUBLISHED


async def test_publishing_too_often_is_put_off_and_recorded(desk: Desk) -> None:
    naps: list[float] = []

    async def sleep(seconds: float) -> None:
        naps.append(seconds)

    desk.alert_workers.crossposting._sleep = sleep
    desk.double.faults.append(Fault("POST", r".*/crosspost", 429, retry_after=900.0))
    await desk.subscribe("news", publish=True)
    await desk.publish()
    await desk.deliver()
    await until(lambda: not desk.alert_workers.crossposting._tasks)
    assert naps == [pytest.approx(900.0)]
    assert (await desk.explain(desk.channel("news"))).published is Publication.PUBLISHED


@pytest.mark.parametrize(
    "fault",
    [
        Fault("POST", MESSAGES, 0, after_effect=True),
        Fault("POST", MESSAGES, 0),
        Fault("POST", MESSAGES, 429, via=False),
    ],
    ids=["dropped after the effect", "dropped before it", "banned by the way"],
)
@pytest.mark.parametrize("later", [timedelta(seconds=90), timedelta(minutes=11)], ids=["soon", "late"])
async def test_an_answer_that_was_lost_does_not_double_the_message(
    desk: Desk, fault: Fault, later: timedelta
) -> None:
    await desk.subscribe("alerts")
    await desk.publish()
    desk.double.faults.append(
        Fault(fault.method, fault.path, fault.status, after_effect=fault.after_effect, via=fault.via)
    )
    await desk.deliver()
    waiting = await desk.explain(desk.channel("alerts"))
    assert waiting.state is DeliveryState.WAITING
    assert waiting.reason in (Reason.NETWORK, Reason.SLOW_DOWN)
    assert waiting.next_attempt is not None
    if waiting.next_attempt > desk.clock() + later:
        later = waiting.next_attempt - desk.clock()
    desk.double.advance(later.total_seconds())
    desk.clock.advance(seconds=later.total_seconds())
    await desk.deliver()
    (message,) = desk.posted(desk.channel("alerts"))
    told = await desk.explain(desk.channel("alerts"))
    assert (told.state, told.message) == (DeliveryState.SENT, int(message["id"]))


@pytest.mark.parametrize("minutes", [1, 5])
@pytest.mark.parametrize("status", [500, 502])
async def test_a_forum_never_gets_two_posts_of_one_release(desk: Desk, status: int, minutes: int) -> None:
    """A post to a forum has no nonce, so that discord.py must not repeat it by itself."""
    await desk.subscribe("briefings")
    await desk.publish()
    desk.double.faults.append(Fault("POST", r"/channels/\d+/threads", status, after_effect=True))
    await desk.deliver()
    assert (await desk.explain(desk.channel("briefings"))).reason is Reason.TROUBLE
    desk.clock.advance(minutes=minutes)
    await desk.deliver()
    posts = [t for t in desk.double.guilds[0]["threads"] if int(t["parent_id"]) == desk.channel("briefings")]
    assert len(posts) == 1
    assert (await desk.explain(desk.channel("briefings"))).place == int(posts[0]["id"])


async def test_a_permission_taken_away_pauses_the_channel_and_nothing_is_lost(desk: Desk) -> None:
    subscription = await desk.subscribe("alerts")
    channel = str(desk.channel("alerts"))
    await desk.double.forbid(channel, Permissions(embed_links=True))
    await until(
        lambda: desk.alert_workers.delivering.post._find_obstacle(subscription.destination) is not None
    )
    await desk.publish()
    await desk.deliver()
    tried = [r for r in desk.double.requests if f"/channels/{channel}/" in r.path]
    assert tried == []  # a request in vain would count towards a ban
    (paused,) = await desk.services.alerts.subscriptions(channel=int(channel))
    assert paused.paused is not None
    assert paused.paused.why is PauseReason.NO_PERMISSION
    assert paused.paused.detail == "embed_links"
    assert (await desk.explain(int(channel))).state is DeliveryState.HELD
    await desk.double.forbid(channel, Permissions())
    await until(lambda: desk.alert_workers.delivering.post._find_obstacle(subscription.destination) is None)
    await desk.resume(subscription)
    await desk.deliver()
    assert len(desk.posted(int(channel))) == 1


@pytest.mark.parametrize(
    ("status", "code", "why"),
    [
        (403, 50001, PauseReason.NO_PERMISSION),
        (403, 50013, PauseReason.NO_PERMISSION),
        (404, 10003, PauseReason.CHANNEL_GONE),
        (403, 50007, PauseReason.REFUSED),
        (400, 50083, PauseReason.REFUSED),
        (404, 99999, PauseReason.REFUSED),
    ],
)
async def test_a_refusal_pauses_with_discords_own_words(
    desk: Desk, status: int, code: int, why: PauseReason
) -> None:
    await desk.subscribe("alerts")
    await desk.publish()
    desk.double.faults.append(Fault("POST", MESSAGES, status, code))
    await desk.deliver()
    (paused,) = await desk.services.alerts.subscriptions(channel=desk.channel("alerts"))
    assert paused.paused is not None
    assert paused.paused.why is why
    assert str(code) in paused.paused.detail
    assert (await desk.explain(desk.channel("alerts"))).state is DeliveryState.HELD


async def test_without_a_view_of_the_past_a_doubtful_message_is_not_sent_again(desk: Desk) -> None:
    subscription = await desk.subscribe("alerts")
    channel = desk.channel("alerts")
    await desk.publish()
    desk.double.faults.append(Fault("POST", MESSAGES, 0, after_effect=True))
    await desk.deliver()
    await desk.double.forbid(str(channel), Permissions(read_message_history=True))
    await until(
        lambda: desk.alert_workers.delivering.post._find_obstacle(subscription.destination, looking=True)
    )
    desk.clock.advance(minutes=5)
    await desk.deliver()
    (paused,) = await desk.services.alerts.subscriptions(channel=channel)
    assert paused.paused is not None
    assert paused.paused.why is PauseReason.CANNOT_BE_SURE
    await desk.double.forbid(str(channel), Permissions())
    await until(
        lambda: not desk.alert_workers.delivering.post._find_obstacle(subscription.destination, looking=True)
    )
    await desk.resume(subscription)
    await desk.deliver()
    assert (await desk.explain(channel)).state is DeliveryState.SENT
    assert len(desk.posted(channel)) == 1


async def test_an_old_message_says_what_a_later_release_made_of_it(desk: Desk) -> None:
    """The release before is told first; then the one that is held back corrects its figure."""
    await desk.subscribe("alerts")
    async with desk.database.writing() as connection:
        newest = (await read_releases(connection))[-1]
        await enqueue(connection, Transaction(connection), newest, desk.clock())
    await desk.deliver()
    (first,) = desk.posted(desk.channel("alerts"))
    assert "199,610" in first["content"]
    desk.clock.advance(days=13)
    await desk.publish()
    assert await desk.alert_workers.marker.run_once() == 1
    old = desk.posted(desk.channel("alerts"))[0]
    assert old["id"] == first["id"]
    assert old["content"] == (
        f"{first['content']}\n-# Superseded on 25 June 2026: now 96,789 instead of 199,610."
    )
    assert (len(old["embeds"]), len(old["attachments"])) == (1, 2)
    assert await desk.alert_workers.marker.run_once() == 0


async def test_a_server_of_another_process_is_not_taken_for_one_that_left(desk: Desk) -> None:
    """Whoever delivers may not see the server; Discord says what became of the channel."""
    wanted = Filter(Place(asylum=desk.services.countries.by_code("CAN")), Measure.DECISIONS)
    for channel, server in ((5, 2 << 22), (6, 3 << 22)):
        await desk.services.alerts.subscribe(Draft(Destination(channel, server), wanted))
    bot: Any = desk.alert_workers.delivering.post._client
    await bot.wait_until_ready()
    bot.shard_ids, bot.shard_count = [0], 2
    await desk.publish()

    assert await desk.deliver() == 2
    assert (await desk.explain(5)).reason is PauseReason.SERVER_LEFT
    assert (await desk.explain(6)).reason is PauseReason.CHANNEL_GONE
