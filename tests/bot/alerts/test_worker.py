"""The loop over the outbox, with a Discord that is a list."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import pytest
from structlog.testing import capture_logs

from bot.alerts.worker import Delivering
from data.alerts.delivery import Outbox
from data.alerts.news import News
from data.errors import DatabaseUnusable
from data.state.model import (
    Closed,
    Delivery,
    DeliveryOutcome,
    DeliveryState,
    Destination,
    Draft,
    Later,
    PauseReason,
    Reason,
    Scope,
    Sent,
    Subscription,
)
from data.state.sql import Transaction
from data.store.database import Database
from tests.data.alerts.posts import Post
from tests.data.made_up import Anywhere
from tests.double import until

SENT, LOST, DROPPED, REFUSED, SLOW, CLOSED = range(6)
"""What becomes of one attempt: sent; sent, but the answer lost; not sent, and nobody knows; …"""


@dataclass(frozen=True)
class Words:
    title: str

    def send_kwargs(self) -> dict[str, Any]:
        return {"content": self.title}


@dataclass
class FakeDiscord:
    """Channels as lists of (nonce, text), which knows a nonce for two minutes; `fates` are of the next sends."""

    post: Post
    fates: list[int] = field(default_factory=list)
    channels: dict[int, list[tuple[str, str]]] = field(default_factory=dict)
    nonces: dict[str, Any] = field(default_factory=dict)
    flying: Counter[int] = field(default_factory=Counter)
    crowded: bool = False

    async def send(self, delivery: Delivery, where: Destination, message: Words) -> DeliveryOutcome:
        self.flying[where.channel] += 1
        self.crowded |= self.flying[where.channel] > 1
        await asyncio.sleep(0)
        try:
            return self._fare(delivery, where.channel, message)
        finally:
            self.flying[where.channel] -= 1

    def _fare(self, delivery: Delivery, channel: int, message: Words) -> DeliveryOutcome:
        fate = self.fates.pop() if self.fates else SENT
        if fate in (SENT, LOST):
            now = self.post.clock()
            known = self.nonces.get(delivery.nonce)
            if known is None or now - known > timedelta(minutes=2, seconds=1):
                self.nonces[delivery.nonce] = now
                self.channels.setdefault(channel, []).append((delivery.nonce, message.title))
        match fate:
            case 0:
                return Sent(len(self.channels[channel]), channel)
            case 1 | 2:
                return Later(Reason.NETWORK)
            case 3:
                return Later(Reason.TROUBLE, certain=True)
            case 4:
                return Later(Reason.SLOW_DOWN, certain=True, wait=timedelta(seconds=30))
            case _:
                return Closed(PauseReason.NO_PERMISSION)

    async def knows_no_nonce(self, where: Destination) -> bool:
        return False

    async def find(self, delivery: Delivery, where: Destination) -> DeliveryOutcome | None:
        for place, (nonce, _) in enumerate(self.channels.get(where.channel, ())):
            if nonce == delivery.nonce:
                return Sent(place + 1, where.channel)
        return None


async def compose(news: News, _subscriptions: Sequence[Subscription]) -> Words:
    return Words(" ".join(f"{each.headline.after}" for each in (news, *news.meanwhile) if each.headline))


@pytest.fixture
async def post(database: Database) -> Post:
    post = Post(database)
    await post.publish()
    for channel in range(1, 8):
        await post.subscribe(channel)
    return post


def told(discord: FakeDiscord, channel: int) -> Counter[str]:
    return Counter(word for _, text in discord.channels.get(channel, ()) for word in text.split())


async def settle_all(post: Post, delivering: Delivering) -> None:
    for _ in range(40):
        await delivering.run_once()
        if await post.outbox.find_next_due() is None:
            return
        post.clock.advance(hours=7)
    raise AssertionError("something waits for ever")


async def test_every_channel_is_told_once(post: Post) -> None:
    newest = await post.publish()
    discord = FakeDiscord(post)
    assert await Delivering(post.outbox, compose, discord).run_once() == 7
    assert {channel: told(discord, channel) for channel in range(1, 8)} == {
        channel: Counter({"1100": 1}) for channel in range(1, 8)
    }
    async with post.database.reading() as connection:
        assert await Transaction(connection).count_states() == [(newest.id, DeliveryState.SENT, 7)]


@pytest.mark.parametrize(
    "seed", [*range(8), *(pytest.param(n, marks=pytest.mark.proof) for n in range(8, 20))]
)
async def test_whatever_becomes_of_the_attempts_each_release_is_told_once(post: Post, seed: int) -> None:
    """Lost answers, lost messages, refusals and rests, over several releases that overtake each other."""
    chance = random.Random(seed)
    discord = FakeDiscord(post, [chance.randrange(CLOSED) for _ in range(60)])
    delivering = Delivering(post.outbox, compose, discord)
    for _ in range(4):
        await post.publish()
        for _ in range(chance.randrange(3)):
            await delivering.run_once()
            post.clock.advance(seconds=chance.choice([30, 61, 95, 300]))
    discord.fates.clear()
    await settle_all(post, delivering)
    for channel in range(1, 8):
        assert told(discord, channel) == Counter({"1100": 1, "1200": 1, "1300": 1, "1400": 1}), channel
    assert not discord.crowded


async def test_two_processes_tell_each_channel_once(post: Post, database: Database) -> None:
    discord = FakeDiscord(post)
    async with Database(database.path) as again:
        other = Outbox(again, Anywhere(), post.clock)
        for _ in range(3):
            await post.publish()
            await asyncio.gather(
                Delivering(post.outbox, compose, discord, together=2).run_once(),
                Delivering(other, compose, discord, together=2).run_once(),
            )
    for channel in range(1, 8):
        assert told(discord, channel) == Counter({"1100": 1, "1200": 1, "1300": 1})
    assert not discord.crowded


async def test_a_closed_channel_keeps_nobody_else_from_hearing(post: Post) -> None:
    await post.publish()
    discord = FakeDiscord(post, [SENT] * 6 + [CLOSED])
    await Delivering(post.outbox, compose, discord).run_once()
    heard = [channel for channel in range(1, 8) if told(discord, channel)]
    (silent,) = set(range(1, 8)) - set(heard)
    paused = [s for s in await post.alerts.subscriptions(server=9) if s.paused is not None]
    assert [each.destination.channel for each in paused] == [silent]


async def test_a_message_that_cannot_be_composed_waits_and_is_in_the_log(post: Post) -> None:
    newest = await post.publish()

    async def break_down(_news: News, _subscriptions: Sequence[Subscription]) -> Words:
        raise ValueError("no such colour")

    discord = FakeDiscord(post)
    with capture_logs() as events:
        await Delivering(post.outbox, break_down, discord).run_once()
    assert [e["event"] for e in events if e["log_level"] == "error"] == ["an alert cannot be composed"] * 7
    assert (await post.explain(newest)).reason is Reason.BROKEN
    await settle_all(post, Delivering(post.outbox, compose, discord))
    assert told(discord, 1) == Counter({"1100": 1})


async def test_an_attempt_that_takes_too_long_is_doubtful(post: Post) -> None:
    newest = await post.publish()

    class Slow(FakeDiscord):
        async def send(self, delivery: Delivery, where: Destination, message: Words) -> DeliveryOutcome:
            await asyncio.sleep(3600)
            raise AssertionError

    post.outbox.lease = timedelta(seconds=0.05)
    await Delivering(post.outbox, compose, Slow(post)).run_once()
    told = await post.explain(newest)
    assert (told.state, told.reason, told.detail) == (DeliveryState.WAITING, Reason.TIMEOUT, "")


async def test_the_loop_hears_of_a_release_by_itself_and_ends_when_it_is_told(post: Post) -> None:
    discord = FakeDiscord(post)
    running = asyncio.create_task(Delivering(post.outbox, compose, discord, sleep=nap).run())
    await post.publish()
    await until(lambda: len(discord.channels) == 7)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def nap(_seconds: float) -> None:
    await asyncio.sleep(0.01)


async def test_a_database_that_fails_for_a_while_does_not_end_the_loop(post: Post) -> None:
    discord = FakeDiscord(post)
    delivering = Delivering(post.outbox, compose, discord, sleep=nap)
    claim, failures = (
        post.outbox.claim,
        iter([DatabaseUnusable("database-in-use", path="asylum.sqlite3")] * 3),
    )

    async def fail_first(most: int) -> tuple[Delivery, ...]:
        for failure in failures:
            raise failure
        return await claim(most)

    post.outbox.claim = fail_first  # type: ignore[method-assign]
    await post.publish()
    with capture_logs() as events:
        running = asyncio.create_task(delivering.run())
        await until(lambda: len(discord.channels) == 7)
        running.cancel()
        await asyncio.wait({running})
    assert [e["why"] for e in events if e["log_level"] == "warning"] == [
        "asylum.sqlite3 is in use by another process; try again when it is done."
    ] * 3


async def test_who_warns_hears_once_of_each_channel_that_is_found_closed_when_it_is_paused(
    post: Post,
) -> None:
    warned: list[tuple[Closed, bool]] = []

    async def warn(closed: Closed) -> None:
        assert closed.where
        paused = {
            each.destination: each.paused is not None for each in await post.alerts.subscriptions(server=9)
        }
        warned.append((closed, paused[closed.where]))

    discord = FakeDiscord(post, [SENT, SLOW, REFUSED, LOST, CLOSED, SENT, SENT])
    await post.publish()
    delivering = Delivering(post.outbox, compose, discord, warn=warn)
    await settle_all(post, delivering)
    await post.publish()
    await settle_all(post, delivering)

    ((closed, paused),) = warned
    assert closed.reason is PauseReason.NO_PERMISSION
    assert paused
    assert len(discord.channels) == 6
    assert closed.where not in [Destination(channel, 9) for channel in discord.channels]


async def test_a_warning_that_breaks_stops_no_delivery_and_the_channel_is_paused(post: Post) -> None:
    async def warn(closed: Closed) -> None:
        raise RuntimeError(closed.reason)

    discord = FakeDiscord(post, [CLOSED])
    newest = await post.publish()
    with capture_logs() as events:
        await settle_all(post, Delivering(post.outbox, compose, discord, warn=warn))

    assert [e["event"] for e in events if e["log_level"] == "error"] == [
        "a delivery broke, which is a fault of the program"
    ]
    async with post.database.reading() as connection:
        assert await Transaction(connection).count_states() == [
            (newest.id, DeliveryState.HELD, 1),
            (newest.id, DeliveryState.SENT, 6),
        ]


async def test_only_what_a_moderator_wants_published_is(post: Post) -> None:
    asked: list[int] = []
    (first, *_) = await post.alerts.subscriptions(server=9)
    draft = Draft(first.destination, first.wanted)
    await post.alerts.edit(first.id, Scope(server=9), replace(draft, publish=True))
    await post.publish()

    def publish(delivery: Delivery, _sent: Sent) -> None:
        asked.append(delivery.channel)

    await Delivering(post.outbox, compose, FakeDiscord(post), publish).run_once()
    assert asked == [first.destination.channel]
