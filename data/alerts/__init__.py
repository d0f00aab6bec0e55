"""Alerts: who wants to hear of what, what a release tells them, and why they did or did not hear of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from data.alerts.contents import answer_news
from data.alerts.news import Explanation
from data.errors import Unanswerable
from data.questions.view import ReleaseView, cover, name_area
from data.state.model import DeliveryState, Pause, PauseReason, Reason, Scope, check_draft
from data.state.opening import state_of
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime

    from data.alerts.news import News
    from data.model import Area, Release
    from data.questions.view import Countries
    from data.state.model import Draft, Filter, Subscription
    from data.state.protocol import DeliveryRecord, StateTransaction
    from data.store.database import Database

LEFT_FOR = timedelta(days=30)
"""For so long the subscriptions of a server that removed the bot are kept."""
MAX_COUNTED = 10_000
"""So many alerts of each state are looked through for who will hear of a release."""


class Alerts:
    """What moderators, and whoever watches for himself, may do with subscriptions.

    A `scope` bounds what somebody sees and changes: his own server, or his own direct message. Every method
    raises `data.errors.Unanswerable` with a sentence when something cannot be done.
    """

    def __init__(
        self,
        database: Database,
        countries: Countries,
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._database = database
        self._state = state_of(database)
        self._countries = countries
        self._clock = clock or self._state.clock

    async def check(self, draft: Draft, instead_of: int | None = None) -> None:
        """Refuse what `subscribe` (or `edit` of the subscription `instead_of`) would refuse."""
        async with self._state.reading() as state:
            await self._check(state, draft, instead_of)

    async def subscribe(self, draft: Draft) -> Subscription:
        """Keep a new subscription."""
        async with self._state.writing() as state:
            await self._check(state, draft, None)
            number = await state.add_subscription(draft, self._clock())
            return await self._find(state, number, _scope_of(draft))

    async def subscriptions(
        self, *, server: int | None = None, channel: int | None = None
    ) -> tuple[Subscription, ...]:
        """List all of a server, or of one channel or direct message, the oldest first."""
        async with self._state.reading() as state:
            if channel is not None:
                return await state.read_channel(channel, self._country)
            return await state.read_scope(Scope(server=server), self._country)

    async def subscription(self, number: int, scope: Scope) -> Subscription:
        """Return one subscription."""
        async with self._state.reading() as state:
            return await self._find(state, number, scope)

    async def edit(self, number: int, scope: Scope, draft: Draft) -> Subscription:
        """Change what a subscription asks for; it stays paused or not."""
        async with self._state.writing() as state:
            await self._find(state, number, scope)
            await self._check(state, draft, number)
            await state.change_subscription(number, draft)
            return await self._find(state, number, _scope_of(draft))

    async def pause(
        self, number: int, scope: Scope, why: PauseReason = PauseReason.MODERATOR
    ) -> Subscription:
        """Pause a subscription."""
        async with self._state.writing() as state:
            await self._find(state, number, scope)
            await state.pause_subscription(number, Pause(why, self._clock()))
            return await self._find(state, number, scope)

    async def resume(self, number: int, scope: Scope) -> Subscription:
        """Resume a subscription; what was held for its channel is sent after all."""
        async with self._state.writing() as state:
            found = await self._find(state, number, scope)
            await state.resume_subscription(number)
            await state.release_held([found.destination.channel], self._clock())
            return await self._find(state, number, scope)

    async def read_missed(self, subscription: Subscription) -> tuple[Release, ...]:
        """Return the releases, oldest first, that were not told while a moderator had paused a subscription.

        Those of which it would have told nothing are left out.
        """
        if subscription.paused is None:
            return ()
        channel, since = subscription.destination.channel, subscription.paused.since
        async with (
            self._database.reading(whole=True) as connection,
            self._state.reading_beside(connection) as state,
        ):
            missed = set(await state.read_missed(channel, since))
            found = [each for each in await read_releases(connection) if each.id in missed]
        return tuple([each for each in found if not (await self.news(each, [subscription.wanted])).silence])

    async def tell_missed(self, number: int, scope: Scope, release: int) -> Subscription:
        """Have such a release told after all, once; raises `Unanswerable` where that was done already."""
        async with self._state.writing() as state:
            found = await self._find(state, number, scope)
            if not await state.owe_missed(found.destination.channel, release, self._clock()):
                raise Unanswerable("missed-told-already")
        return found

    async def remove(self, number: int, scope: Scope) -> Subscription:
        """Forget a subscription, and return what it was."""
        async with self._state.writing() as state:
            found = await self._find(state, number, scope)
            await state.remove_subscription(number)
        return found

    async def server_left(self, server: int) -> None:
        """Pause the subscriptions of a server that removed the bot."""
        async with self._state.writing() as state:
            await state.leave_server(server, self._clock())

    async def server_joined(self, server: int) -> None:
        """Resume the subscriptions of a server that took the bot back."""
        async with self._state.writing() as state:
            await self._resume_server(state, server)

    async def compare_servers(
        self, find_present: Callable[[], Collection[int]], is_ours: Callable[[int], bool]
    ) -> None:
        """Catch up with the servers that removed the bot, or took it back, while nobody told us.

        Of those that are not `is_ours`, another process hears, and this one must not say that they left.
        The present ones are asked for in the lane of writers: of a server that leaves after that, the
        note comes after ours, and is not undone by it.
        """
        async with self._state.writing() as state:
            present = find_present()
            for server, is_away in (await state.read_servers()).items():
                if server in present and is_away:
                    await self._resume_server(state, server)
                elif server not in present and is_ours(server):
                    await state.leave_server(server, self._clock())

    async def forget_left_servers(self) -> int:
        """Remove the subscriptions of servers that removed the bot long ago; return how many there were."""
        async with self._state.writing() as state:
            return await state.forget_servers(self._clock() - LEFT_FOR)

    async def news(self, release: Release, filters: Sequence[Filter], *, whole: bool = False) -> News:
        """Return what one message on a release would tell; only `whole` lists every single change."""
        async with self._database.reading(whole=True) as connection:
            releases = await read_releases(connection)
            kept_one = next((each for each in releases if each.id == release.id), release)
            view = await cover(ReleaseView(connection, kept_one, releases, self._countries))
            return await answer_news(view, filters, whole=whole)

    async def count_hearing(self, release: Release) -> int:
        """Count the channels that are owed a release and will hear of it: not paused, and it matches."""
        async with self._state.reading() as state:
            owed = {
                each.channel
                for kind in DeliveryState
                for each in await state.read_records(kind, MAX_COUNTED)
                if each.release == release.id
            }
            wanted = [
                tuple(
                    each.wanted
                    for each in await state.read_channel(channel, self._country)
                    if not each.paused
                )
                for channel in owed
            ]
        return sum([(await self.news(release, each)).silence is None for each in wanted if each])

    async def past(self, filters: Sequence[Filter]) -> tuple[News, ...]:
        """Return the same for every release that is kept, the oldest first."""
        async with self._database.reading(whole=True) as connection:
            releases = await read_releases(connection)
            views = [
                await cover(ReleaseView(connection, each, releases, self._countries)) for each in releases
            ]
            return tuple([await answer_news(view, filters, whole=False) for view in views])

    async def explain(self, release: Release, channel: int) -> Explanation:
        """Say what became of the announcement of a release in a channel, or why it was never owed."""
        async with (
            self._database.reading(whole=True) as connection,
            self._state.reading_beside(connection) as state,
        ):
            releases = await read_releases(connection)
            record = await state.read_record(release.id, channel)
            subscribed = await state.read_channel(channel, self._country)
        if record is not None:
            return _explain(release, record, releases)
        day = release.retrieved_at
        reason = Reason.NOT_SUBSCRIBED
        if any(each.made_at <= day for each in subscribed):
            first = all(release.id <= each.id for each in releases)
            reason = Reason.BASELINE if first else Reason.NOT_NEWEST
        return Explanation(release, channel, None, reason)

    async def _check(self, state: StateTransaction, draft: Draft, instead_of: int | None) -> None:
        channel = await state.read_channel(draft.destination.channel, self._country)
        whole = await state.read_scope(_scope_of(draft), self._country)
        others = [each for each in channel if each.id != instead_of]
        check_draft(draft, others, len([each for each in whole if each.id != instead_of]))

    async def _resume_server(self, state: StateTransaction, server: int) -> None:
        channels = await state.return_to_server(server)
        await state.release_held(channels, self._clock())

    async def _find(self, state: StateTransaction, number: int, scope: Scope) -> Subscription:
        found = await state.read_scope(scope, self._country)
        for each in found:
            if each.id == number:
                return each
        raise Unanswerable("subscription-unknown", number=number)

    def _country(self, code: str) -> Area:
        return name_area(self._countries, code)


def _scope_of(draft: Draft) -> Scope:
    where = draft.destination
    return Scope(channel=where.channel) if where.server is None else Scope(server=where.server)


def _explain(release: Release, record: DeliveryRecord, releases: Sequence[Release]) -> Explanation:
    return Explanation(
        release,
        record.channel,
        record.state,
        record.reason,
        record.detail,
        record.attempts,
        record.settled_at,
        record.due_at if record.state is DeliveryState.WAITING else None,
        record.place,
        record.message,
        record.published,
        record.published_detail,
        next((each for each in releases if each.id == record.told_with), None),
    )
