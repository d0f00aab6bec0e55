"""Work through the outbox: claim, compose, post, settle; never two messages in flight to one channel."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from data.alerts.outbox import Doubtful, Owed
from data.delivery import Closed, Dropped, Later, Reason, Sent, Silent
from data.errors import AsylumBotError
from data.news import News

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.workers.posts import Message
    from data.alerts.outbox import Outbox
    from data.delivery import Delivery, Outcome
    from data.news import Withdrawal
    from data.subscriptions import Destination, Subscription

    Compose = Callable[[News | Withdrawal, Sequence[Subscription]], Awaitable[Message | None]]
    """Makes the message for a channel's subscriptions; None where there is nothing to tell."""

log = structlog.stdlib.get_logger(__name__)

POLL = timedelta(seconds=2)
"""Another process may publish a release at any time."""

BREATH = timedelta(seconds=0.1)
"""So long between two looks into the outbox while something is on its way."""

TOGETHER = 32
"""So many deliveries are on their way at once, each to another channel."""

PATIENCE = 5 / 6
"""An attempt is given up after this share of its lease, before another process may begin one."""

GRACE = 5.0
"""Seconds in which what is on its way may arrive when the bot stops."""


class Post(Protocol):
    """Discord's side, as `bot.workers.posts.Posting` offers it; what goes wrong is an outcome."""

    async def send(self, delivery: Delivery, where: Destination, message: Message) -> Outcome:
        """Send the message of a delivery."""
        ...

    async def knows_no_nonce(self, where: Destination) -> bool:
        """Say whether a repeat there would make a second message, however soon it comes."""
        ...

    async def find(self, delivery: Delivery, where: Destination) -> Outcome | None:
        """Look for the message of an earlier attempt; None where it is surely not there."""
        ...


@dataclass(frozen=True, slots=True)
class Delivering:
    """The loop and what it stands on.

    `publish` is told of each message that a moderator wants sent on, and `warn` of each channel that was
    found closed, once its subscriptions rest.
    """

    outbox: Outbox
    compose: Compose
    post: Post
    publish: Callable[[Delivery, Sent], None] | None = None
    warn: Callable[[Closed], Awaitable[None]] | None = None
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    together: int = TOGETHER
    _composing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Deliver for as long as the bot runs; when it stops, what is on its way may still arrive."""
        flying: set[asyncio.Task[None]] = set()
        try:
            while True:
                claimed = await self._claim(self.together - len(flying))
                flying |= {asyncio.create_task(self.deliver(each), name="delivery") for each in claimed}
                await self.sleep((BREATH if flying else POLL).total_seconds())
                flying = {task for task in flying if not task.done()}
        finally:
            try:
                if flying:
                    await asyncio.wait(flying, timeout=GRACE)
            finally:
                for task in flying:
                    task.cancel()

    async def run_once(self) -> int:
        """Deliver everything that is due now, and return how many attempts that took."""
        attempts = 0
        while claimed := await self.outbox.claim(self.together):
            await asyncio.gather(*map(self.deliver, claimed))
            attempts += len(claimed)
        return attempts

    async def _claim(self, most: int) -> tuple[Delivery, ...]:
        if most <= 0:
            return ()
        try:
            return await self.outbox.claim(most)
        except AsylumBotError as error:
            log.warning("the outbox cannot be read; it is tried again", why=str(error))
            return ()

    async def deliver(self, delivery: Delivery) -> None:
        """Attempt one delivery and settle what became of it."""
        try:
            outcome = await self._attempt(delivery)
            if outcome is None or not await self.outbox.settle(delivery, outcome):
                log.warning("a delivery took too long and is another's by now", channel=delivery.channel)
            elif isinstance(outcome, Closed) and outcome.where and self.warn:
                # After the pause is written: a crash here leaves it unsaid, and never said twice.
                await self.warn(outcome)
            _tell(delivery, outcome)
        except AsylumBotError as error:
            log.warning("a delivery is not settled; it is tried again", why=str(error))
        except Exception:
            log.exception("a delivery broke, which is a fault of the program", channel=delivery.channel)

    async def _attempt(self, delivery: Delivery) -> Outcome | None:
        try:
            async with asyncio.timeout((self.outbox.lease * PATIENCE).total_seconds()):
                return await self._try(delivery)
        except TimeoutError:
            return Later(Reason.TIMEOUT)

    async def _try(self, delivery: Delivery) -> Outcome | None:
        owed = await self.outbox.gather(delivery)
        if isinstance(owed, Doubtful):
            earlier = await self.post.find(delivery, owed.where)
            return _told(earlier or Dropped(Reason.WITHDRAWN), owed)
        if not isinstance(owed, Owed):
            return owed
        where = owed.subscriptions[0].destination
        if delivery.tried_at is not None and (
            owed.withdrawn or delivery.must_look(self.outbox.clock()) or await self.post.knows_no_nonce(where)
        ):
            found = await self.post.find(delivery, where)
            if found is not None:
                return _told(found, owed, earlier=True)
            if not await self.outbox.renew(delivery):
                return None
            delivery = replace(delivery, tried_at=None)
        try:
            # One at a time: whoever asks a command meanwhile must not wait for thirty charts.
            async with self._composing:
                message = await self.compose(owed.news, owed.subscriptions)
        except Exception:
            log.exception("an alert cannot be composed", release=owed.news.release.label)
            return Later(Reason.BROKEN, certain=True)
        if message is None:
            return Silent(Reason.OTHER_PLACE)
        outcome = _told(await self.post.send(delivery, where, message), owed)
        if isinstance(outcome, Sent) and self.publish and any(each.publish for each in owed.subscriptions):
            self.publish(delivery, outcome)
        return outcome


def _told(outcome: Outcome, owed: Owed | Doubtful, *, earlier: bool = False) -> Outcome:
    """Add to what an attempt came to what it was about; an `earlier` one may have told what is withdrawn."""
    match outcome, owed:
        case Sent(), Owed(News() as news):
            missed = tuple((each.release.id, each.headline) for each in news.meanwhile)
            unknown = tuple((number, None) for number in owed.withdrawn) if earlier else ()
            return replace(
                outcome, told=news.headline, told_release=news.release.id, missed=(*missed, *unknown)
            )
        case Sent(), Doubtful():
            return replace(outcome, missed=tuple((number, None) for number in owed.releases))
        case Closed(), Owed():
            return replace(outcome, where=owed.subscriptions[0].destination)
        case Closed(), Doubtful():
            return replace(outcome, where=owed.where)
    return outcome


def _tell(delivery: Delivery, outcome: Outcome | None) -> None:
    match outcome:
        case Later(reason, detail):
            log.info("an alert waits", channel=delivery.channel, why=reason.value, detail=detail)
        case None:
            pass
        case _:
            log.debug("an alert is settled", channel=delivery.channel, outcome=type(outcome).__name__)
