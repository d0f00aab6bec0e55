"""Who hears nothing, why, and what is held until he can: pauses, removals, servers that leave."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from data.alerts import Alerts
from data.alerts.delivery import Owed
from data.errors import Unanswerable
from data.model import Measure, Place, RevisionKind
from data.state.model import (
    Closed,
    DeliveryState,
    Destination,
    Draft,
    Dropped,
    Filter,
    PauseReason,
    Reason,
    Silent,
    Threshold,
)
from tests.data.alerts.posts import HERE, SERVER, Post
from tests.data.made_up import Anywhere


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
    assert (await post.explain(newest)).state is DeliveryState.HELD
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
    (paused,) = await post.alerts.subscriptions(server=SERVER)
    assert await post.alerts.read_missed(paused) == (newest,)
    await post.alerts.resume(subscription.id, HERE)
    assert await post.claim() == ()
    assert (await post.explain(newest)).reason is Reason.PAUSED


async def test_unless_he_asks_for_it_when_he_resumes(post: Post) -> None:
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    await post.alerts.pause(subscription.id, HERE)
    newest = await post.publish()
    (claimed,) = await post.claim()
    await post.outbox.settle(claimed, Silent(Reason.PAUSED))
    post.clock.advance(days=40)
    await post.alerts.resume(subscription.id, HERE)

    await post.alerts.tell_missed(subscription.id, HERE, newest.id)
    with pytest.raises(Unanswerable, match="missed-told-already"):
        await post.alerts.tell_missed(subscription.id, HERE, newest.id)
    (claimed,) = await post.claim()
    assert isinstance(await post.outbox.gather(claimed), Owed)


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
        Filter(kinds=frozenset({RevisionKind.WITHDRAWN})): Reason.OTHER_KIND,
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
    (left,) = await alerts.subscriptions(server=SERVER)
    assert left.paused is not None
    assert left.paused.why is PauseReason.SERVER_LEFT
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


def all_ours(server: int) -> bool:
    """One process hears of every server."""
    return bool(server)


async def test_what_happened_while_the_bot_was_not_running_is_caught_up_with(post: Post) -> None:
    await post.alerts.compare_servers(lambda: {SERVER}, all_ours)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is None
    await post.alerts.compare_servers(lambda: {1, 2}, all_ours)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is not None
    assert subscription.paused.why is PauseReason.SERVER_LEFT
    newest = await post.publish()
    (claimed,) = await post.claim()
    await post.outbox.settle(claimed, Closed(PauseReason.SERVER_LEFT))
    await post.alerts.compare_servers(lambda: {SERVER, 1}, all_ours)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is None
    assert [each.release for each in await post.claim()] == [newest.id]


async def test_a_server_that_leaves_during_the_catching_up_rests_afterwards(post: Post) -> None:
    await post.alerts.server_left(SERVER)
    leaving: list[asyncio.Task[None]] = []

    def find_present() -> set[int]:
        leaving.append(asyncio.create_task(post.alerts.server_left(SERVER)))
        return {SERVER}

    await post.alerts.compare_servers(find_present, all_ours)
    await asyncio.gather(*leaving)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is not None
    assert subscription.paused.why is PauseReason.SERVER_LEFT


async def test_what_a_moderator_paused_is_not_forgotten_of_a_server_that_came_back_unheard(
    post: Post,
) -> None:
    at = datetime(2026, 7, 1, tzinfo=UTC)
    alerts = Alerts(post.database, Anywhere(), lambda: at)
    (subscription,) = await alerts.subscriptions(server=SERVER)
    await alerts.pause(subscription.id, HERE)
    await alerts.server_left(SERVER)
    await alerts.compare_servers(lambda: {SERVER}, all_ours)

    later = Alerts(post.database, Anywhere(), lambda: at + timedelta(days=31))
    assert await later.forget_left_servers() == 0
    (still,) = await later.subscriptions(server=SERVER)
    assert still.paused is not None
    assert still.paused.why is PauseReason.MODERATOR


async def test_what_another_process_hears_of_is_left_alone(post: Post) -> None:
    await post.alerts.compare_servers(lambda: {1, 2}, lambda server: server != SERVER)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is None

    await post.alerts.server_left(SERVER)
    await post.alerts.compare_servers(lambda: {SERVER}, lambda server: server != SERVER)
    (subscription,) = await post.alerts.subscriptions(server=SERVER)
    assert subscription.paused is None  # whoever sees a server knows that the bot is in it
