"""What delivers alerts: claim from the outbox, compose, post, settle; and the workers beside it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

import structlog

from bot.alerts.notices import Notices
from bot.alerts.pace import SendPacer
from bot.alerts.posts import Crossposting, Posting
from bot.alerts.superseded import SupersededMarker
from bot.discord.shards import is_ours
from bot.replies.alert_messages import WithdrawalMessage
from bot.sentences import say
from data.alerts.delivery import DoubtfulDelivery, Owed
from data.alerts.news import News, Withdrawal
from data.errors import AsylumBotError
from data.state.model import Closed, Dropped, Later, Reason, Sent, Silent

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.alerts.posts import AlertPost
    from bot.discord.client import AsylumBot
    from bot.discord.running import Worker
    from bot.replies.alert_messages import AlertMessage
    from data.alerts.delivery import Outbox
    from data.alerts.superseded import SupersededAlerts
    from data.state.model import Delivery, DeliveryOutcome, Destination, Subscription

    Compose = Callable[[News | Withdrawal, Sequence[Subscription]], Awaitable[AlertPost | None]]
    """Makes the message for a channel's subscriptions; None where there is nothing to tell."""


log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class AlertWorkers:
    """Those who work for the outbox, all at one pace."""

    delivering: Delivering
    crossposting: Crossposting
    marker: SupersededMarker


def bind_workers(
    bot: AsylumBot, outbox: Outbox, superseded_alerts: SupersededAlerts, pacer: SendPacer | None = None
) -> AlertWorkers:
    """Tie them to the bot."""
    pacer = pacer or SendPacer()
    crossposting = Crossposting(bot, outbox, bot.traffic, pacer)
    posting = Posting(bot, bot.traffic, pacer)
    notices = Notices(bot, bot.traffic, pacer)

    async def compose(
        news: News | Withdrawal, subscriptions: Sequence[Subscription]
    ) -> AlertMessage | WithdrawalMessage | None:
        if isinstance(news, Withdrawal):
            return WithdrawalMessage(news)
        return await bot.services.alerting.compose(news, subscriptions)

    delivering = Delivering(outbox, compose, posting, crossposting.publish, notices.warn)
    return AlertWorkers(
        delivering, crossposting, SupersededMarker(bot, superseded_alerts, bot.traffic, pacer)
    )


def make_alert_workers(
    bot: AsylumBot,
    outbox: Outbox,
    superseded_alerts: SupersededAlerts,
    is_over: Callable[[], bool] | None = None,
) -> list[Worker]:
    """Return what delivers alerts and marks old ones; each begins when the bot knows its channels.

    Where several processes hear of servers and one delivers, until its duty `is_over`, each of them has
    `keep_compared` besides.
    """
    pacer = SendPacer(is_over=is_over) if is_over else None
    alert_workers = bind_workers(bot, outbox, superseded_alerts, pacer)

    async def deliver() -> None:
        await bot.wait_until_ready()
        if is_over is None:
            follow_servers(bot)
            await compare_servers(bot)
        if forgotten := await bot.services.alerts.forget_left_servers():
            log.info("subscriptions of servers that left long ago are removed", subscriptions=forgotten)
        await alert_workers.delivering.run()

    async def age() -> None:
        await bot.wait_until_ready()
        await alert_workers.marker.run()

    return [deliver, age]


COMPARED_EVERY, AGAIN_IN = timedelta(minutes=10), timedelta(seconds=5)
"""A server may leave while shared state is away, and Discord does not say so again."""


async def keep_compared(bot: AsylumBot, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
    """Catch up with the servers of this process for as long as it runs."""
    await bot.wait_until_ready()
    follow_servers(bot)
    while True:
        wait = COMPARED_EVERY
        try:
            await compare_servers(bot)
        except AsylumBotError as error:
            log.warning("servers that left cannot be looked for; it will be tried again", why=say(error))
            wait = AGAIN_IN
        await sleep(wait.total_seconds())


def follow_servers(bot: AsylumBot) -> None:
    """Catch up whenever a shard has a new session.

    Of its servers Discord says only that they are there, and discord.py says of one that joins before the
    session is ready nothing at all.
    """

    async def compare(_: int) -> None:
        await compare_servers(bot)

    # Not in a cog: the shell's bot has the real database too, but is in a made-up server.
    bot.add_listener(compare, "on_shard_ready")


async def compare_servers(bot: AsylumBot) -> None:
    """Catch up with the servers of this process that removed the bot, or took it back."""
    await bot.services.alerts.compare_servers(
        # One that is unavailable is among them: an outage is no removal.
        lambda: {guild.id for guild in bot.guilds},
        lambda server: is_ours(bot, server),
    )


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
    """Discord's side, as `bot.alerts.posts.Posting` offers it; what goes wrong is an outcome."""

    async def send(self, delivery: Delivery, where: Destination, message: AlertPost) -> DeliveryOutcome:
        """Send the message of a delivery."""
        ...

    async def knows_no_nonce(self, where: Destination) -> bool:
        """Say whether a repeat there would make a second message, however soon it comes."""
        ...

    async def find(self, delivery: Delivery, where: Destination) -> DeliveryOutcome | None:
        """Look for the message of an earlier attempt; None where it is surely not there."""
        ...


@dataclass(frozen=True, slots=True)
class Delivering:
    """The loop and what it stands on.

    `publish` is told of each message that a moderator wants sent on, and `warn` of each channel that was
    found closed, once its subscriptions are paused.
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
            log.warning("the outbox cannot be read; it will be tried again", why=say(error))
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
            log.warning("a delivery is not settled; it will be tried again", why=say(error))
        except Exception:
            log.exception("a delivery broke, which is a fault of the program", channel=delivery.channel)

    async def _attempt(self, delivery: Delivery) -> DeliveryOutcome | None:
        try:
            async with asyncio.timeout((self.outbox.lease * PATIENCE).total_seconds()):
                return await self._try(delivery)
        except TimeoutError:
            return Later(Reason.TIMEOUT)

    async def _try(self, delivery: Delivery) -> DeliveryOutcome | None:
        owed = await self.outbox.gather(delivery)
        if isinstance(owed, DoubtfulDelivery):
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


def _told(
    outcome: DeliveryOutcome, owed: Owed | DoubtfulDelivery, *, earlier: bool = False
) -> DeliveryOutcome:
    """Add to what an attempt came to what it was about; an `earlier` one may have told what is withdrawn."""
    match outcome, owed:
        case Sent(), Owed(News() as news):
            missed = tuple((each.release.id, each.headline) for each in news.meanwhile)
            unknown = tuple((number, None) for number in owed.withdrawn) if earlier else ()
            return replace(
                outcome, told=news.headline, told_release=news.release.id, missed=(*missed, *unknown)
            )
        case Sent(), DoubtfulDelivery():
            return replace(outcome, missed=tuple((number, None) for number in owed.releases))
        case Closed(), Owed():
            return replace(outcome, where=owed.subscriptions[0].destination)
        case Closed(), DoubtfulDelivery():
            return replace(outcome, where=owed.where)
    return outcome


def _tell(delivery: Delivery, outcome: DeliveryOutcome | None) -> None:
    match outcome:
        case Later(reason, detail):
            log.info("an alert waits", channel=delivery.channel, why=reason.value, detail=detail)
        case None:
            pass
        case _:
            log.debug("an alert is settled", channel=delivery.channel, outcome=type(outcome).__name__)
