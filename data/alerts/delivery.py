"""What is owed: claim what is due, find out what it tells, settle what became of it."""

from __future__ import annotations

import asyncio
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.alerts.contents import answer_news
from data.alerts.news import Withdrawal, merge
from data.alerts.superseded import make_changed
from data.model import RevisionKind
from data.questions.view import ReleaseView, codes, cover, name_area
from data.releases.announcements import read_figure
from data.state.model import (
    Closed,
    DeliveryKind,
    DeliveryState,
    Dropped,
    Later,
    Pause,
    PauseReason,
    Reason,
    Sent,
    Silent,
    find_wait,
)
from data.state.opening import state_of
from data.state.protocol import Settlement, Told
from data.store.releases import read_doubted, read_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from data.alerts.news import News
    from data.model import Area, Release
    from data.questions.view import Countries
    from data.state.model import Delivery, DeliveryOutcome, Destination, Filter, Publication, Subscription
    from data.state.protocol import SharedState, StateTransaction
    from data.statistics import Changed
    from data.store.database import Connection, Database

LEASE = timedelta(seconds=90)
"""For so long a claimed delivery is this process's own; an attempt must be over by then."""

MAX_KNOWN = 64
"""So many different news are kept while they are told: most channels ask for the same,"""

MAX_LISTED = 40_000
"""and so many changes in all of them; a worldwide June release has twenty thousand."""


@dataclass(frozen=True, slots=True)
class Owed:
    """What a delivery is to tell, and for which subscriptions.

    An earlier attempt may have told of releases that were `withdrawn` since, by their numbers: before this
    one, its message is to be looked for.
    """

    news: News | Withdrawal
    subscriptions: tuple[Subscription, ...]
    withdrawn: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class DoubtfulDelivery:
    """There is nothing to tell any more, but an earlier attempt may have: its message is to be looked for.

    It may have told these `releases`, by their numbers.
    """

    where: Destination
    releases: tuple[int, ...]


@dataclass(slots=True)
class _Known:
    """News that was worked out lately, by releases and filters."""

    news: dict[object, News] = field(default_factory=dict)
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)


class Outbox:
    """Deliveries of one process; several may work on one database, or on one `state` beside theirs."""

    def __init__(
        self,
        database: Database,
        countries: Countries,
        clock: Callable[[], datetime] | None = None,
        *,
        stale_after: timedelta = timedelta(days=30),
        lease: timedelta = LEASE,
        state: SharedState | None = None,
    ) -> None:
        self._database = database
        self._state = state or state_of(database)
        self._countries = countries
        self.clock = clock or self._state.clock
        self._stale_after = stale_after
        self.lease = lease
        self._holder = secrets.token_hex(8)
        self._known = _Known()

    async def claim(self, most: int) -> tuple[Delivery, ...]:
        """Claim at most so many deliveries that are due, one for each channel, and drop what is stale."""
        now = self.clock()
        if (await self._find_next(now) or now + self.lease) > now:
            self._known.news.clear()
            return ()
        async with self._state.writing() as state:
            await state.drop_stale(now - self._stale_after, now)
            return await state.claim(self._holder, now, now + self.lease, most)

    async def find_next_due(self) -> datetime | None:
        """Return when there is something to do again; None where nothing waits."""
        return await self._find_next(self.clock())

    async def _find_next(self, now: datetime) -> datetime | None:
        async with self._state.reading() as state:
            return await state.find_next_due(now)

    async def gather(self, delivery: Delivery) -> Owed | DoubtfulDelivery | DeliveryOutcome:
        """Find out what a delivery tells; or what becomes of it, where there is nothing or nobody to tell."""
        async with (
            self._database.reading(whole=True) as connection,
            self._state.reading_beside(connection) as state,
        ):
            known = await state.read_channel(delivery.channel, self._country)
            if not known:
                return Dropped(Reason.UNSUBSCRIBED)
            active = [each for each in known if each.paused is None]
            if not active:
                return _find_pause(known)
            if delivery.kind is DeliveryKind.WITHDRAWAL:
                return await self._read_withdrawal(connection, state, delivery, active)
            published = {each.id for each in await read_releases(connection)}
            told = (delivery.release, *(number for number, _ in delivery.merged))
            withdrawn = tuple(number for number in told if number not in published)
            news = None
            if delivery.release in published:
                news = await self._read_news(connection, delivery, active)
        if withdrawn and delivery.tried_at and (news is None or news.silence is not None):
            return DoubtfulDelivery(active[0].destination, told)
        if delivery.release in withdrawn:
            return Dropped(Reason.WITHDRAWN)
        if news is None:
            return Silent(Reason.NOT_SUBSCRIBED)
        if news.silence is not None:
            return Silent(news.silence)
        matched = {wanted for each in (news, *news.meanwhile) for wanted in each.matched}
        return Owed(news, tuple(each for each in active if each.wanted in matched), withdrawn)

    async def _read_withdrawal(
        self,
        connection: Connection,
        state: StateTransaction,
        delivery: Delivery,
        active: Sequence[Subscription],
    ) -> Owed | DeliveryOutcome:
        """Find out what is to be said of a release that was withdrawn, and of the figure told of it."""
        doubted = await read_doubted(connection)
        withdrawn = {release.id: release for release, state, _ in doubted if state == "withdrawn"}
        if (release := withdrawn.get(delivery.release)) is None:
            return Dropped(Reason.PUBLISHED_AGAIN)
        newest = (await read_releases(connection))[-1]
        told = await state.read_told(delivery.id)
        changed = None
        if told is not None:
            value = await read_figure(connection, newest, told)
            changed = make_changed(told, value, RevisionKind.WITHDRAWN, self._countries)
        return Owed(Withdrawal(release, newest, changed), tuple(active))

    async def _read_news(
        self, connection: Connection, delivery: Delivery, active: Iterable[Subscription]
    ) -> News | None:
        wanted = {
            release: tuple(dict.fromkeys(each.wanted for each in active if each.made_at <= owed_since))
            for release, owed_since in ((delivery.release, delivery.made_at), *delivery.merged)
        }
        releases = await read_releases(connection)
        found = [
            await self._work_out(connection, releases, release, filters)
            for release in releases[::-1]
            if (filters := wanted.get(release.id))
        ]
        return merge(found[0], found[1:]) if found else None

    async def _work_out(
        self,
        connection: Connection,
        releases: tuple[Release, ...],
        release: Release,
        filters: tuple[Filter, ...],
    ) -> News:
        async with self._known.lock:
            known, key = self._known.news, (release, filters)
            if key not in known:
                view = await cover(ReleaseView(connection, release, releases, self._countries))
                known[key] = await answer_news(view, filters, whole=True)
                while len(known) > MAX_KNOWN or (
                    len(known) > 1 and sum(len(each.all_changes) for each in known.values()) > MAX_LISTED
                ):
                    del known[next(iter(known))]
            return known[key]

    async def renew(self, delivery: Delivery) -> bool:
        """Note that the channel was looked through in vain; say False where the lease ran out."""
        now = self.clock()
        async with self._state.writing() as state:
            renewed = await state.renew(delivery.id, self._holder, now, now + self.lease)
            if renewed:
                await state.drop_untold(delivery.id, now)
            return renewed

    async def settle(self, delivery: Delivery, outcome: DeliveryOutcome) -> bool:
        """Write down what became of a delivery; a closed channel's subscriptions are paused from now on.

        Says False where the lease ran out, and nothing was written.
        """
        now = self.clock()
        async with self._state.writing() as state:
            settled = await state.settle(delivery.id, self._holder, _settlement(delivery, outcome, now), now)
            match outcome:
                case Closed(reason, detail) if settled:
                    await state.pause_channel(delivery.channel, Pause(reason, now, detail))
                case Sent(missed=missed) if settled:
                    for release, told in missed:
                        await state.note_missed(delivery.id, release, _write_told(told))
                    # It may have been withdrawn while the message was on its way.
                    await state.drop_untold(delivery.id, now)
                    await state.owe_withdrawals(now, delivery.id)
                case Dropped(Reason.WITHDRAWN) if settled:
                    await state.unmerge(delivery.id, now)
            return settled

    async def note_publication(self, delivery: Delivery, what: Publication, detail: str = "") -> None:
        """Write down what became of sending a message on from its announcement channel."""
        async with self._state.writing() as state:
            await state.note_publication(delivery.id, what, detail)

    def _country(self, code: str) -> Area:
        return name_area(self._countries, code)


def _find_pause(known: Iterable[Subscription]) -> DeliveryOutcome:
    """Hold what a fault keeps from being sent; a moderator who paused a subscription wants none of it."""
    for each in known:
        if each.paused is not None and each.paused.why is not PauseReason.MODERATOR:
            return Closed(each.paused.why, each.paused.detail)
    return Silent(Reason.PAUSED)


def _settlement(delivery: Delivery, outcome: DeliveryOutcome, now: datetime) -> Settlement:
    match outcome:
        case Sent(message, place, told, told_release):
            return Settlement(
                DeliveryState.SENT,
                Reason.MATCHES,
                place=place,
                message=message,
                told_release=told_release or delivery.release,
                told=_write_told(told),
            )
        case Silent(reason):
            return Settlement(DeliveryState.SILENT, reason, untried=True)
        case Dropped(reason):
            return Settlement(DeliveryState.DROPPED, reason)
        case Closed(reason, detail):
            return Settlement(
                DeliveryState.HELD, reason, detail, tried_at=delivery.tried_at, untried=outcome.certain
            )
        case Later(reason, detail, certain, wait):
            due_at = now + (find_wait(delivery.attempts) if wait is None else wait)
            return Settlement(
                DeliveryState.WAITING, reason, detail, due_at, tried_at=delivery.tried_at, untried=certain
            )


def _write_told(told: Changed | None) -> Told | None:
    if told is None:
        return None
    value = None if told.after is None else int(told.after)
    return Told(told.measure, *codes(told.place), told.year, told.unit, value)
