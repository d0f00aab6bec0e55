"""The outbox: what is owed to whom, claimed by one process at a time, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.alerts.delivery import LEASE, Outbox, Owed
from data.model import Measure
from data.state.model import (
    NONCE_WINDOW,
    Delivery,
    DeliveryOutcome,
    DeliveryState,
    Dropped,
    Filter,
    Later,
    Reason,
    Sent,
    Silent,
    find_wait,
    make_nonce,
)
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.alerts.posts import Post
from tests.data.made_up import Anywhere


def sent(message: int = 77) -> Sent:
    return Sent(message, 1)


async def test_the_first_release_is_no_news(post: Post) -> None:
    assert await post.claim() == ()


async def test_a_release_is_owed_once_to_each_channel(post: Post) -> None:
    for channel in (1, 2, 3):
        await post.subscribe(channel, Filter(measure=Measure.PENDING))
    newest = await post.publish()
    claimed = await post.claim()
    assert sorted(each.channel for each in claimed) == [1, 2, 3]
    assert {each.release for each in claimed} == {newest.id}
    assert len({each.nonce for each in claimed}) == 3
    assert await post.claim() == ()


async def test_an_older_release_that_is_imported_later_is_no_news(post: Post) -> None:
    await post.publish(at=5)
    for each in await post.claim():
        await post.outbox.settle(each, sent())
    older = await post.publish(at=3)
    assert await post.claim() == ()
    assert (await post.explain(older)).state is None


async def test_nobody_hears_of_a_release_that_came_before_he_subscribed(post: Post) -> None:
    newest = await post.publish()
    await post.subscribe(2)
    assert [each.channel for each in await post.claim()] == [1]
    assert (await post.explain(newest, 2)).reason is Reason.NOT_SUBSCRIBED


async def test_two_processes_never_hold_one_delivery_at_once(post: Post, database: Database) -> None:
    await post.publish()
    async with Database(database.path) as again:
        other = Outbox(again, Anywhere(), post.clock)
        (mine,) = await post.claim()
        assert await other.claim(100) == ()
        post.clock.advance(seconds=LEASE.total_seconds() - 1)
        assert await other.claim(100) == ()
        post.clock.advance(seconds=2)
        (theirs,) = await other.claim(100)
        assert (theirs.id, theirs.nonce, theirs.attempts) == (mine.id, mine.nonce, 1)
        assert not await post.outbox.settle(mine, sent())
        assert await other.settle(theirs, sent(78))
    async with database.reading() as connection:
        newest = (await read_releases(connection))[-1]
    assert (await post.explain(newest)).message == 78


async def test_a_channel_has_one_delivery_in_flight(post: Post) -> None:
    """One that may have arrived is settled by itself, and waits while the newer one is on its way."""
    first = await post.publish()
    (old,) = await post.claim()
    await post.outbox.settle(old, Later(Reason.NETWORK))
    post.clock.advance(minutes=10)
    second = await post.publish()
    (new,) = await post.claim()
    assert (new.release, new.merged) == (second.id, ())
    assert await post.claim() == ()
    await post.outbox.settle(new, sent())
    (old,) = await post.claim()
    assert old.release == first.id
    assert old.must_look(post.clock())


async def test_what_was_never_tried_is_told_with_the_newest_release(post: Post) -> None:
    older = [await post.publish() for _ in range(2)]
    newest = await post.publish()
    (claimed,) = await post.claim()
    assert claimed.release == newest.id
    assert [number for number, _ in claimed.merged] == [each.id for each in older[::-1]]
    owed = await post.outbox.gather(claimed)
    assert isinstance(owed, Owed)
    assert [news.release for news in (owed.news, *owed.news.meanwhile)] == [newest, *older[::-1]]
    assert [news.headline.after for news in (owed.news, *owed.news.meanwhile) if news.headline] == [
        1300,
        1200,
        1100,
    ]
    await post.outbox.settle(claimed, sent())
    told = await post.explain(older[0])
    assert (told.state, told.reason, told.message, told.told_with) == (
        DeliveryState.MERGED,
        Reason.MERGED,
        77,
        newest,
    )


async def test_a_merged_release_follows_the_newest_again_when_one_more_comes(post: Post) -> None:
    first = await post.publish()
    second = await post.publish()
    (claimed,) = await post.claim()
    await post.outbox.settle(claimed, Later(Reason.SLOW_DOWN, certain=True))
    third = await post.publish()
    post.clock.advance(minutes=2)
    (claimed,) = await post.claim()
    assert claimed.release == third.id
    assert [number for number, _ in claimed.merged] == [second.id, first.id]


async def test_what_waits_too_long_is_given_up_and_says_so(post: Post) -> None:
    newest = await post.publish()
    (claimed,) = await post.claim()
    await post.outbox.settle(claimed, Later(Reason.NETWORK))
    post.clock.advance(days=31)
    assert await post.claim() == ()
    told = await post.explain(newest)
    assert (told.state, told.reason) == (DeliveryState.DROPPED, Reason.STALE)


@pytest.mark.parametrize("attempt", range(1, 15))
def test_waits_grow_to_six_hours(attempt: int) -> None:
    assert find_wait(attempt) == min(timedelta(minutes=2 ** (attempt - 1)), timedelta(hours=6))


async def test_a_failure_waits_and_says_when_it_is_tried_again(post: Post) -> None:
    newest = await post.publish()
    for minutes in (1, 2, 4):
        (claimed,) = await post.claim()
        await post.outbox.settle(claimed, Later(Reason.TROUBLE, "503 0"))
        told = await post.explain(newest)
        assert (told.state, told.reason, told.detail) == (DeliveryState.WAITING, Reason.TROUBLE, "503 0")
        assert told.next_attempt == post.clock() + timedelta(minutes=minutes)
        assert await post.outbox.find_next_due() == told.next_attempt
        assert await post.claim() == ()
        post.clock.advance(minutes=minutes)
    assert len(await post.claim()) == 1


async def test_only_a_doubtful_attempt_is_looked_for(post: Post) -> None:
    await post.publish()
    (claimed,) = await post.claim()
    assert not claimed.must_look(post.clock())
    await post.outbox.settle(claimed, Later(Reason.SLOW_DOWN, certain=True))
    post.clock.advance(minutes=5)
    (claimed,) = await post.claim()
    assert not claimed.must_look(post.clock())
    await post.outbox.settle(claimed, Later(Reason.NETWORK))
    post.clock.advance(minutes=5)
    (claimed,) = await post.claim()
    assert claimed.must_look(post.clock())
    assert await post.outbox.renew(claimed)
    await post.outbox.settle(replace(claimed, tried_at=None), Later(Reason.SLOW_DOWN, certain=True))
    post.clock.advance(minutes=5)
    (claimed,) = await post.claim()
    assert not claimed.must_look(post.clock())


def test_within_the_nonces_window_discord_itself_drops_the_repeat() -> None:
    at = datetime(2026, 6, 25, tzinfo=UTC)
    tried = Delivery(1, 2, 3, 1, at, at)
    assert not tried.must_look(at + NONCE_WINDOW - timedelta(seconds=1))
    assert tried.must_look(at + NONCE_WINDOW)
    assert tried.must_look(at - timedelta(seconds=1))  # a clock that was set back


def test_a_nonce_is_of_the_release_and_the_channel_and_fits() -> None:
    found = {make_nonce(release, channel) for release in range(30) for channel in range(30)}
    assert len(found) == 900
    assert {len(nonce) for nonce in found} == {25}


@pytest.mark.parametrize(
    ("outcome", "state"),
    [
        (Silent(Reason.TOO_SMALL), DeliveryState.SILENT),
        (Dropped(Reason.UNSUBSCRIBED), DeliveryState.DROPPED),
        (sent(), DeliveryState.SENT),
    ],
)
async def test_what_is_settled_is_never_claimed_again(
    post: Post, outcome: DeliveryOutcome, state: DeliveryState
) -> None:
    newest = await post.publish()
    (claimed,) = await post.claim()
    assert await post.outbox.settle(claimed, outcome)
    post.clock.advance(days=1)
    assert await post.claim() == ()
    assert (await post.explain(newest)).state is state
