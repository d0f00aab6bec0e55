"""What every implementation of shared state does, said of the protocol alone."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from data.model import Country, Measure, Place, RevisionKind, Unit
from data.state.model import (
    DeliveryKind,
    DeliveryState,
    Destination,
    Draft,
    Filter,
    MarkReason,
    MarkState,
    Pause,
    PauseReason,
    Publication,
    Reason,
    Scope,
    Threshold,
)
from data.state.protocol import Settlement, StateTransaction, Told
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.state.implementations import IMPLEMENTATIONS, Kept

NOW = datetime(2026, 6, 26, 4, tzinfo=UTC)
LEASE = timedelta(seconds=90)
OLD, NEW = 1_000, 2_000
TOLD = Told(Measure.PENDING, "CHI", "ALL", 2025, Unit.PERSONS, 178_725)
HERE = Destination(1, 9)
EVERYTHING = Draft(HERE, Filter())


def find(code: str) -> Country:
    return Country(code, None, None, code, code)


@pytest.fixture(params=list(IMPLEMENTATIONS))
async def kept(request: pytest.FixtureRequest, database: Database) -> AsyncIterator[Kept]:
    """Shared state in each of its implementations."""
    address = request.getfixturevalue("postgresql_address") if request.param == "postgresql" else ""
    async with IMPLEMENTATIONS[request.param](database, address) as state:
        yield Kept(state, database)


async def subscribe(kept: Kept, *channels: int, at: datetime = NOW) -> list[int]:
    async with kept.state.writing() as state:
        return [await state.add_subscription(Draft(Destination(each, 9), Filter()), at) for each in channels]


async def owe(kept: Kept, release: int, at: datetime = NOW) -> int:
    await kept.publish(release)
    async with kept.state.writing() as state:
        return await state.enqueue(release, at)


async def claim(kept: Kept, holder: str = "me", at: datetime = NOW) -> tuple[Any, ...]:
    async with kept.state.writing() as state:
        return await state.claim(holder, at, at + LEASE, 100)


async def settle(kept: Kept, number: int, settled: Settlement, holder: str = "me") -> bool:
    async with kept.state.writing() as state:
        return await state.settle(number, holder, settled, NOW)


def sent(release: int, told: Told | None = TOLD) -> Settlement:
    return Settlement(
        DeliveryState.SENT, Reason.MATCHES, place=1, message=77, told_release=release, told=told
    )


async def tell(kept: Kept, release: int) -> int:
    """Have channel 1 told of a release; return the delivery's number."""
    await owe(kept, release)
    (delivery,) = await claim(kept)
    assert await settle(kept, delivery.id, sent(release))
    return int(delivery.id)


# Transactions


async def test_a_failure_leaves_everything_as_it_was(kept: Kept) -> None:
    with suppress(ZeroDivisionError):
        async with kept.state.writing() as state:
            await state.add_subscription(EVERYTHING, NOW)
            raise ZeroDivisionError

    async with kept.state.reading() as state:
        assert await state.read_channel(1, find) == ()


async def test_a_release_that_is_not_kept_is_owed_to_nobody(kept: Kept) -> None:
    await subscribe(kept, 1)

    with suppress(ZeroDivisionError):
        async with kept.figures.writing() as connection, kept.state.beside(connection) as state:
            assert await state.enqueue(NEW, NOW) == 1
            raise ZeroDivisionError

    async with kept.figures.reading() as connection, kept.state.reading_beside(connection) as state:
        assert await read_releases(connection) == ()
        assert await state.read_announced() == frozenset()


async def test_what_is_remembered_is_recalled_until_it_is_forgotten(kept: Kept) -> None:
    for value in ("first", "second"):
        await kept.state.remember("key", value)
    await kept.state.remember("other", "else")

    assert await kept.state.recall("key") == "second"
    await kept.state.forget("key")
    assert [await kept.state.recall(key) for key in ("key", "other")] == [None, "else"]


# Subscriptions


async def test_a_subscription_is_read_as_it_was_asked_for(kept: Kept) -> None:
    wanted = Filter(
        Place(find("CHI"), find("CAN")),
        Measure.PENDING,
        frozenset({RevisionKind.COMPLETED, RevisionKind.RECODED}),
        Threshold(share=0.1),
    )
    whole = Draft(HERE, wanted, role=5, language="de", publish=True)
    async with kept.state.writing() as state:
        number = await state.add_subscription(EVERYTHING, NOW)
        before = await state.read_channel(1, find)
        await state.change_subscription(number, whole)
        (found,) = await state.read_channel(1, find)

    assert [(each.destination, each.wanted, each.role) for each in before] == [(HERE, Filter(), None)]
    assert (found.destination, found.wanted, found.role) == (HERE, wanted, 5)
    assert (found.language, found.publish, found.made_at, found.paused) == ("de", True, NOW, None)


async def test_a_server_and_a_direct_message_see_their_own(kept: Kept) -> None:
    async with kept.state.writing() as state:
        for destination in (Destination(1, 9), Destination(2, 9), Destination(3, 8), Destination(4)):
            await state.add_subscription(Draft(destination, Filter()), NOW)
        scopes = (Scope(server=9), Scope(server=8), Scope(channel=4), Scope(channel=1))
        found = [await state.read_scope(scope, find) for scope in scopes]

    assert [[each.destination.channel for each in part] for part in found] == [[1, 2], [3], [4], []]


async def test_a_pause_keeps_its_first_reason_and_ends(kept: Kept) -> None:
    one, other, _ = await subscribe(kept, 1, 1, 2)
    later = NOW + timedelta(days=1)
    async with kept.state.writing() as state:
        await state.pause_subscription(one, Pause(PauseReason.MODERATOR, NOW))
        await state.pause_channel(1, Pause(PauseReason.NO_PERMISSION, later, "embed_links" * 99))
        first, second = await state.read_channel(1, find)
        listed = await state.read_paused()
        await state.resume_subscription(one)
        await state.remove_subscription(other)
        rest = await state.read_channel(1, find)

    assert first.paused == Pause(PauseReason.MODERATOR, NOW)
    assert second.paused is not None
    assert (second.paused.why, second.paused.since) == (PauseReason.NO_PERMISSION, later)
    assert 0 < len(second.paused.detail) <= 200
    assert [(each.channel, each.why) for each in listed] == [
        (1, PauseReason.MODERATOR),
        (1, PauseReason.NO_PERMISSION),
    ]
    assert [(each.id, each.paused) for each in rest] == [(one, None)]


async def test_a_server_that_was_left_is_forgotten_only_in_time_and_not_if_it_returned(kept: Kept) -> None:
    await subscribe(kept, 1, 2)
    async with kept.state.writing() as state:
        await state.leave_server(9, NOW)
        await state.leave_server(9, NOW + timedelta(days=9))  # it was left when it was left first
        assert await state.read_servers() == {9: True}
        assert await state.forget_servers(NOW) == 0
        assert await state.return_to_server(9) == [1, 2]
        assert await state.read_servers() == {9: False}
        assert await state.forget_servers(NOW + timedelta(days=99)) == 0
        await state.leave_server(9, NOW)
        assert await state.forget_servers(NOW + timedelta(seconds=1)) == 2
        assert await state.read_servers() == {}


async def test_a_return_resumes_nothing_that_a_moderator_paused(kept: Kept) -> None:
    one, _ = await subscribe(kept, 1, 2)
    async with kept.state.writing() as state:
        await state.pause_subscription(one, Pause(PauseReason.MODERATOR, NOW))
        await state.leave_server(9, NOW)
        assert await state.return_to_server(9) == [2]
        (still,) = await state.read_channel(1, find)

    assert still.paused == Pause(PauseReason.MODERATOR, NOW)


# What channels are owed


async def test_a_release_is_owed_once_to_each_channel_that_was_subscribed_by_then(kept: Kept) -> None:
    await subscribe(kept, 1, 1, 2)
    await subscribe(kept, 3, at=NOW + timedelta(days=1))
    await kept.publish(NEW)
    async with kept.state.writing() as state:
        owed = [await state.enqueue(NEW, NOW, before) for before in (NOW, NOW, None, None)]
        announced = await state.read_announced()

    assert (owed, announced) == ([2, 0, 1, 0], {NEW})


async def test_what_is_claimed_is_nobody_else_s_until_its_lease_ends(kept: Kept) -> None:
    await subscribe(kept, 1, 2)
    await owe(kept, NEW)

    async with kept.state.writing() as state:
        (first,) = await state.claim("me", NOW, NOW + LEASE, 1)
    (second,) = await claim(kept, "other")
    assert {first.channel, second.channel} == {1, 2}
    assert await claim(kept, "other") == ()
    async with kept.state.reading() as state:
        assert await state.find_next_due(NOW) == NOW + LEASE

    again = await claim(kept, "other", NOW + LEASE)
    assert [(each.id, each.attempts, each.tried_at) for each in again] == [
        (first.id, 1, NOW),
        (second.id, 1, NOW),
    ]
    assert not await settle(kept, first.id, sent(NEW), holder="me")
    assert await settle(kept, first.id, sent(NEW), holder="other")


async def test_only_an_attempt_that_came_to_an_end_counts(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, NEW)
    at = NOW
    for holder in "abcdef":
        (killed,) = await claim(kept, holder, at)
        at += LEASE
    assert killed.attempts == 1
    (failed,) = await claim(kept, "me", at)
    later = Settlement(DeliveryState.WAITING, Reason.TROUBLE, due_at=at)
    assert await settle(kept, failed.id, later, holder="me")

    (again,) = await claim(kept, "me", at)
    assert (failed.attempts, again.attempts) == (1, 2)


async def test_claims_at_once_share_nothing(kept: Kept) -> None:
    await subscribe(kept, *range(1, 41))
    await owe(kept, NEW)

    async def take(holder: str) -> list[int]:
        taken = []
        while True:
            async with kept.state.writing() as state:
                found = await state.claim(holder, NOW, NOW + LEASE, 3)
            if not found:
                return taken
            taken += [each.channel for each in found]

    shares = await asyncio.gather(*map(take, "abcd"))

    assert sorted(channel for share in shares for channel in share) == list(range(1, 41))


async def test_older_deliveries_are_merged_unless_they_may_have_been_sent(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, OLD)
    await owe(kept, NEW)

    (merged,) = await claim(kept)
    assert (merged.release, [number for number, _ in merged.merged]) == (NEW, [OLD])
    async with kept.state.writing() as state:
        record = await state.read_record(OLD, 1)
        await state.unmerge(merged.id, NOW)
        freed = await state.read_record(OLD, 1)
    assert record is not None
    assert (record.state, record.reason, record.told_with) == (DeliveryState.MERGED, Reason.MERGED, NEW)
    assert freed is not None
    assert (freed.state, freed.told_with) == (DeliveryState.WAITING, None)


async def test_one_that_was_tried_is_told_by_itself(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, OLD)
    (older,) = await claim(kept)
    await owe(kept, NEW)

    assert await claim(kept, "other") == ()  # never two on their way to one channel
    (newer,) = await claim(kept, "other", NOW + LEASE)
    assert (newer.release, newer.merged) == (NEW, ())
    assert await settle(kept, newer.id, sent(NEW), holder="other")
    (again,) = await claim(kept, "other", NOW + LEASE)
    assert (again.id, again.tried_at) == (older.id, NOW)


@pytest.mark.parametrize("untried", [True, False])
async def test_what_waits_again_is_due_when_it_was_told_to_be(kept: Kept, untried: bool) -> None:
    await subscribe(kept, 1)
    await owe(kept, NEW)
    (delivery,) = await claim(kept)
    due = NOW + timedelta(minutes=5)
    later = Settlement(DeliveryState.WAITING, Reason.TROUBLE, "503 0", due, untried=untried)

    assert await settle(kept, delivery.id, later)
    async with kept.state.reading() as state:
        assert await state.find_next_due(NOW) == due
        (record,) = await state.read_records(DeliveryState.WAITING, 9)
        assert (record.reason, record.detail, record.attempts) == (Reason.TROUBLE, "503 0", 1)
        assert await state.count_states() == [(NEW, DeliveryState.WAITING, 1)]
        assert await state.find_longest_waiting() == NOW
    assert await claim(kept, at=due - timedelta(seconds=1)) == ()
    (again,) = await claim(kept, at=due)
    assert again.tried_at == (None if untried else NOW)


async def test_what_is_held_is_sent_once_its_channel_is_open_again(kept: Kept) -> None:
    await subscribe(kept, 1, 2)
    await owe(kept, NEW)
    for delivery in await claim(kept):
        assert await settle(kept, delivery.id, Settlement(DeliveryState.HELD, PauseReason.NO_PERMISSION, "x"))

    async with kept.state.writing() as state:
        assert await state.find_next_due(NOW) is None
        await state.release_held([2], NOW)
    (freed,) = await claim(kept)
    assert freed.channel == 2
    async with kept.state.reading() as state:
        held = await state.read_record(NEW, 1)
    assert held is not None
    assert (held.state, held.reason, held.detail) == (DeliveryState.HELD, PauseReason.NO_PERMISSION, "x")


async def test_what_is_owed_too_long_is_given_up_unless_it_is_on_its_way(kept: Kept) -> None:
    await subscribe(kept, 1, 2)
    await owe(kept, NEW)
    async with kept.state.writing() as state:
        (flying,) = await state.claim("me", NOW, NOW + LEASE, 1)
        assert await state.drop_stale(NOW, NOW) == 0
        assert await state.drop_stale(NOW + timedelta(days=1), NOW) == 1
        records = {number: await state.read_record(NEW, number) for number in (1, 2)}

    gone = records.pop(3 - flying.channel)
    assert gone is not None
    assert (gone.state, gone.reason) == (DeliveryState.DROPPED, Reason.STALE)
    assert [each.state for each in records.values() if each] == [DeliveryState.WAITING]


async def test_a_lease_is_renewed_only_by_its_holder(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, NEW)
    (delivery,) = await claim(kept)
    async with kept.state.writing() as state:
        until = NOW + 2 * LEASE
        assert not await state.renew(delivery.id, "other", NOW, until)
        assert await state.renew(delivery.id, "me", NOW, until)

    assert await claim(kept, "other", NOW + LEASE) == ()


async def test_what_was_sent_is_written_down(kept: Kept) -> None:
    await subscribe(kept, 1)
    number = await tell(kept, NEW)
    async with kept.state.writing() as state:
        await state.note_publication(number, Publication.FAILED, "500")
        record = await state.read_record(NEW, 1)
        assert await state.read_told(number) == TOLD

    assert record is not None
    assert (record.state, record.reason, record.settled_at) == (DeliveryState.SENT, Reason.MATCHES, NOW)
    assert (record.place, record.message) == (1, 77)
    assert (record.published, record.published_detail) == (Publication.FAILED, "500")


# Withdrawals


async def test_whoever_was_told_of_a_withdrawn_release_is_owed_that_once(kept: Kept) -> None:
    await subscribe(kept, 1)
    await tell(kept, NEW)
    await subscribe(kept, 2)
    async with kept.state.writing() as state:
        assert await state.enqueue(NEW, NOW) == 1  # channel 2, which was not told yet
    await kept.withdraw(NEW)

    async with kept.state.writing() as state:
        assert await state.retract(NEW, NOW) == (1, 1)
        assert await state.owe_withdrawals(NOW) == 0
        dropped = await state.read_record(NEW, 2)
    (owed,) = await claim(kept)
    assert dropped is not None
    assert (dropped.state, dropped.reason) == (DeliveryState.DROPPED, Reason.WITHDRAWN)
    assert (owed.channel, owed.release, owed.kind) == (1, NEW, DeliveryKind.WITHDRAWAL)
    async with kept.state.reading() as state:
        assert await state.read_told(owed.id) == TOLD
        assert await state.count_states(DeliveryKind.WITHDRAWAL) == [(NEW, DeliveryState.WAITING, 1)]


async def test_a_withdrawal_is_told_before_news(kept: Kept) -> None:
    await subscribe(kept, 1)
    await tell(kept, OLD)
    await owe(kept, NEW)
    await kept.withdraw(OLD)
    async with kept.state.writing() as state:
        await state.retract(OLD, NOW)

    (first,) = await claim(kept)
    assert first.kind is DeliveryKind.WITHDRAWAL
    assert await settle(kept, first.id, Settlement(DeliveryState.SENT, Reason.MATCHES, place=1, message=78))
    (second,) = await claim(kept)
    assert (second.kind, second.release) == (DeliveryKind.NEWS, NEW)


async def test_a_release_that_was_told_together_with_another_is_withdrawn_too(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, OLD)
    await owe(kept, NEW)
    (both,) = await claim(kept)
    assert await settle(kept, both.id, sent(NEW))
    await kept.withdraw(OLD)

    async with kept.state.writing() as state:
        assert await state.owe_withdrawals(NOW, both.id) == 0  # it was not told of that
        await state.note_missed(both.id, OLD, TOLD)
        assert await state.owe_withdrawals(NOW, both.id) == 1


async def test_what_was_merged_and_not_told_is_dropped_once_it_is_withdrawn(kept: Kept) -> None:
    await subscribe(kept, 1)
    await owe(kept, OLD)
    await owe(kept, NEW)
    (both,) = await claim(kept)
    async with kept.state.writing() as state:
        await state.drop_untold(both.id, NOW)
        merged = await state.read_record(OLD, 1)
    await kept.withdraw(OLD)
    async with kept.state.writing() as state:
        await state.drop_untold(both.id, NOW)
        gone = await state.read_record(OLD, 1)

    assert merged is not None
    assert gone is not None
    assert (merged.state, gone.state, gone.reason) == (
        DeliveryState.MERGED,
        DeliveryState.DROPPED,
        Reason.WITHDRAWN,
    )


# Superseded alerts


async def superseded(state: StateTransaction, value: int | None, by: int = NEW) -> None:
    for told in await state.read_told_before(by):
        await state.add_superseded(by, told, value, NOW)


async def test_a_message_is_marked_with_what_a_later_release_says(kept: Kept) -> None:
    await subscribe(kept, 1)
    number = await tell(kept, OLD)
    await kept.publish(NEW)
    async with kept.state.writing() as state:
        assert await state.read_told_before(OLD) == []
        assert await state.read_told_before(NEW) == [TOLD]
        await superseded(state, 99_716)
        assert await state.find_next_superseded() == NOW
        (row,) = await state.claim_superseded(NOW, NOW + LEASE, 9)
        assert await state.claim_superseded(NOW, NOW + LEASE, 9) == []
        await state.settle_superseded((row.delivery, row.by, row.attempts), MarkState.MARKED, NOW)
        assert await state.find_next_superseded() is None
        (now,) = await state.read_told_before(NEW + 1)

    assert (row.delivery, row.channel, row.message, row.told_release) == (number, 1, 77, OLD)
    assert (row.told, row.by, row.value, row.attempts) == (TOLD, NEW, 99_716, 1)
    assert now.value == 99_716


async def test_a_mark_that_failed_comes_up_again_and_one_given_up_does_not(kept: Kept) -> None:
    await subscribe(kept, 1)
    await tell(kept, OLD)
    await kept.publish(NEW)
    later = NOW + timedelta(minutes=1)
    async with kept.state.writing() as state:
        await superseded(state, None)
        (row,) = await state.claim_superseded(NOW, NOW + LEASE, 9)
        of = (row.delivery, row.by, row.attempts)
        await state.settle_superseded(of, MarkState.WAITING, later, MarkReason.NETWORK, "x")
        assert await state.find_next_superseded() == later
        (again,) = await state.claim_superseded(later, later + LEASE, 9)
        # What settles an older attempt finds nothing to settle.
        await state.settle_superseded(of, MarkState.MARKED, later)
        assert await state.find_next_superseded() == later + LEASE
        of = (again.delivery, again.by, again.attempts)
        await state.settle_superseded(of, MarkState.DROPPED, later, MarkReason.NOT_OURS)
        assert await state.find_next_superseded() is None


async def test_a_newer_release_takes_the_place_of_a_mark_that_waits(kept: Kept) -> None:
    await subscribe(kept, 1)
    await tell(kept, OLD)
    for number, value in ((NEW, 5), (NEW + 1, 6)):
        await kept.publish(number)
        async with kept.state.writing() as state:
            await superseded(state, value, number)

    async with kept.state.writing() as state:
        rows = await state.claim_superseded(NOW, NOW + LEASE, 9)
    assert [(row.by, row.value) for row in rows] == [(NEW + 1, 6)]


async def test_a_withdrawn_release_takes_its_marks_back(kept: Kept) -> None:
    await subscribe(kept, 1)
    number = await tell(kept, OLD)
    await kept.publish(NEW)
    async with kept.state.writing() as state:
        await superseded(state, 99_716)
        (row,) = await state.claim_superseded(NOW, NOW + LEASE, 9)
        await state.settle_superseded((row.delivery, row.by, row.attempts), MarkState.MARKED, NOW)
    await kept.withdraw(NEW)
    async with kept.state.writing() as state:
        (marked,) = await state.withdraw_marks(NEW)
        assert await state.read_told_before(NEW) == [TOLD]
        await state.mark_again(number, OLD, TOLD.value, NOW)
        (again,) = await state.claim_superseded(NOW, NOW + LEASE, 9)

    assert (marked.delivery, marked.told_release, marked.told) == (number, OLD, TOLD)
    assert (again.by, again.value) == (OLD, TOLD.value)


async def test_a_copy_to_try_things_on_forgets_every_channel(kept: Kept) -> None:
    await subscribe(kept, 1)
    await tell(kept, OLD)
    await kept.publish(NEW)
    async with kept.state.writing() as state:
        await superseded(state, 1)
        await state.leave_server(9, NOW)
        await state.forget_channels()
        assert await state.read_announced() == frozenset()
        assert (await state.read_servers(), await state.find_next_superseded()) == ({}, None)


async def test_what_was_not_told_during_a_moderator_s_pause_is_known_and_can_be_owed_once(kept: Kept) -> None:
    (number,) = await subscribe(kept, 1)
    async with kept.state.writing() as state:
        await state.pause_subscription(number, Pause(PauseReason.MODERATOR, NOW))
    assert await owe(kept, OLD) == 0
    async with kept.state.writing() as state:
        (claimed,) = await state.claim("me", NOW, NOW + LEASE, 9)
        await state.settle(
            claimed.id, "me", Settlement(DeliveryState.SILENT, Reason.PAUSED, untried=True), NOW
        )

    later = NOW + timedelta(days=90)
    async with kept.state.writing() as state:
        assert await state.read_missed(1, NOW) == [OLD]
        assert await state.read_missed(1, later) == await state.read_missed(2, NOW) == []
        assert not await state.owe_missed(1, NEW, later)
        assert await state.owe_missed(1, OLD, later)
        assert not await state.owe_missed(1, OLD, later)
        assert await state.drop_stale(later - timedelta(days=30), later) == 0
        (claimed,) = await state.claim("me", later, later + LEASE, 9)
        assert (claimed.release, claimed.channel) == (OLD, 1)
