"""The outbox: what is owed to whom, claimed by one process at a time, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from data.alerts import Alerts
from data.alerts.outbox import LEASE, Outbox, Owed
from data.compare import Kind
from data.delivery import (
    NONCE_WINDOW,
    Closed,
    Delivery,
    Dropped,
    Later,
    Outcome,
    Reason,
    Sent,
    Silent,
    State,
    find_wait,
    make_nonce,
)
from data.imports import import_release
from data.model import Measure, Place, Release
from data.news import Explanation
from data.store.database import Database
from data.store.releases import read_releases
from data.subscriptions import Destination, Draft, Filter, PauseReason, Scope, Threshold
from tests.data.alerts.test_news import Anywhere
from tests.data.made_up import MadeUp, day, release

SERVER = 9
HERE = Scope(server=SERVER)
EVERYTHING = Filter()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        # Publishing looks at the real clock, so that this one must be near it.
        self.now = datetime.now(UTC) + timedelta(seconds=1)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


class Post:
    """An outbox with its subscriptions, and releases to publish."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.alerts = Alerts(database, Anywhere(), lambda: self.clock.now - timedelta(days=1))
        self.outbox = Outbox(database, Anywhere(), self.clock)
        self.published = 0

    async def publish(self, made: MadeUp | None = None, at: int | None = None) -> Release:
        """Publish one more release, with other pending claims than the one before."""
        number = self.published if at is None else at
        self.published += 1
        made = made or release(pending=1000 + 100 * number)
        return (await import_release(self.database, made, day(number))).release

    async def subscribe(self, channel: int, wanted: Filter = EVERYTHING) -> None:
        await self.alerts.subscribe(Draft(Destination(channel, SERVER), wanted))

    async def claim(self, most: int = 100) -> tuple[Delivery, ...]:
        return await self.outbox.claim(most)

    async def explain(self, release: Release, channel: int = 1) -> Explanation:
        return await self.alerts.explain(release, channel)


@pytest.fixture
async def post(database: Database) -> Post:
    """One channel is subscribed to everything, and a first release is kept."""
    post = Post(database)
    await post.publish()
    await post.subscribe(1)
    return post


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


async def test_the_first_full_release_after_the_starter_is_no_news(starter_path, tmp_path) -> None:
    import shutil

    path = shutil.copy(starter_path, tmp_path / "starter.sqlite3")
    async with Database(path) as database:
        post = Post(database)
        await post.subscribe(1)
        await import_release(database, release(pending=5), datetime(2026, 7, 1, tzinfo=UTC))
        assert await post.claim() == ()
        await import_release(database, release(pending=6), datetime(2026, 7, 2, tzinfo=UTC))
        assert len(await post.claim()) == 1


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
        assert (theirs.id, theirs.nonce, theirs.attempts) == (mine.id, mine.nonce, 2)
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
        State.MERGED,
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
    assert (told.state, told.reason) == (State.DROPPED, Reason.STALE)


@pytest.mark.parametrize("attempt", range(1, 15))
def test_waits_grow_to_six_hours(attempt: int) -> None:
    assert find_wait(attempt) == min(timedelta(minutes=2 ** (attempt - 1)), timedelta(hours=6))


async def test_a_failure_waits_and_says_when_it_is_tried_again(post: Post) -> None:
    newest = await post.publish()
    for minutes in (1, 2, 4):
        (claimed,) = await post.claim()
        await post.outbox.settle(claimed, Later(Reason.TROUBLE, "503 0"))
        told = await post.explain(newest)
        assert (told.state, told.reason, told.detail) == (State.WAITING, Reason.TROUBLE, "503 0")
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
        (Silent(Reason.TOO_SMALL), State.SILENT),
        (Dropped(Reason.UNSUBSCRIBED), State.DROPPED),
        (sent(), State.SENT),
    ],
)
async def test_what_is_settled_is_never_claimed_again(post: Post, outcome: Outcome, state: State) -> None:
    newest = await post.publish()
    (claimed,) = await post.claim()
    assert await post.outbox.settle(claimed, outcome)
    post.clock.advance(days=1)
    assert await post.claim() == ()
    assert (await post.explain(newest)).state is state


async def test_a_closed_channel_is_paused_and_its_message_held_until_somebody_resumes(post: Post) -> None:
    newest = await post.publish()
    (claimed,) = await post.claim()
    await post.outbox.settle(claimed, Closed(PauseReason.NO_PERMISSION, "403 50013: Missing Permissions"))
    (paused,) = await post.alerts.subscriptions(channel=1)
    assert paused.paused is not None
    assert (paused.paused.why, paused.paused.detail) == (
        PauseReason.NO_PERMISSION,
        "403 50013: Missing Permissions",
    )
    assert (await post.explain(newest)).state is State.HELD
    post.clock.advance(days=2)
    assert await post.claim() == ()
    await post.publish()
    (claimed,) = await post.claim()
    assert await post.outbox.gather(claimed) == Closed(PauseReason.NO_PERMISSION, paused.paused.detail)
    await post.outbox.settle(claimed, Closed(PauseReason.NO_PERMISSION))
    resumed = await post.alerts.resume(paused.id, HERE)
    assert resumed.paused is None
    post.clock.advance(seconds=1)
    (claimed,) = await post.claim()
    assert [number for number, _ in claimed.merged] == [newest.id]


async def test_what_a_moderator_paused_is_not_told_afterwards_either(post: Post) -> None:
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    await post.alerts.pause(subscription.id, HERE)
    newest = await post.publish()
    (claimed,) = await post.claim()
    outcome = await post.outbox.gather(claimed)
    assert outcome == Silent(Reason.PAUSED)
    await post.outbox.settle(claimed, Silent(Reason.PAUSED))
    await post.alerts.resume(subscription.id, HERE)
    assert await post.claim() == ()
    assert (await post.explain(newest)).reason is Reason.PAUSED


async def test_removed_subscriptions_are_told_nothing(post: Post) -> None:
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    await post.publish()
    await post.alerts.remove(subscription.id, HERE)
    (claimed,) = await post.claim()
    assert await post.outbox.gather(claimed) == Dropped(Reason.UNSUBSCRIBED)


async def test_nothing_that_matches_is_silent_with_the_reason(post: Post) -> None:
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    for wanted, reason in {
        Filter(at_least=Threshold(101)): Reason.TOO_SMALL,
        Filter(measure=Measure.DECISIONS): Reason.OTHER_MEASURE,
        Filter(kinds=frozenset({Kind.WITHDRAWN})): Reason.OTHER_KIND,
        Filter(Place(asylum=Anywhere().by_code("GFR"))): Reason.OTHER_PLACE,
    }.items():
        await post.alerts.edit(subscription.id, HERE, Draft(Destination(1, SERVER), wanted))
        newest = await post.publish()
        (claimed,) = await post.claim()
        outcome = await post.outbox.gather(claimed)
        assert outcome == Silent(reason)
        await post.outbox.settle(claimed, Silent(reason))
        assert (await post.explain(newest)).reason is reason


async def test_a_server_that_removes_the_bot_keeps_its_subscriptions_for_thirty_days(post: Post) -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    alerts = Alerts(post.database, Anywhere(), lambda: at)
    await alerts.server_left(SERVER)
    (resting,) = await alerts.subscriptions(server=SERVER)
    assert resting.paused is not None
    assert resting.paused.why is PauseReason.SERVER_LEFT
    await alerts.server_joined(SERVER)
    (back,) = await alerts.subscriptions(server=SERVER)
    assert back.paused is None
    await alerts.server_left(SERVER)
    for days, left in ((30, 1), (31, 0)):
        later = Alerts(post.database, Anywhere(), lambda: at + timedelta(days=days))  # noqa: B023 - used at once
        assert await later.forget_left_servers() == 1 - left
        assert len(await later.subscriptions(server=SERVER)) == left


async def test_a_moderators_pause_outlives_the_bots_absence(post: Post) -> None:
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    await post.alerts.pause(subscription.id, HERE)
    await post.alerts.server_left(SERVER)
    await post.alerts.server_joined(SERVER)
    (still,) = await post.alerts.subscriptions(server=SERVER)
    assert still.paused is not None
    assert still.paused.why is PauseReason.MODERATOR
