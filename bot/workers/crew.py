"""What delivers alerts beside the bot: the outbox's worker, what publishes, and what marks old messages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import structlog

from bot.alerts.withdrawals import WithdrawalMessage
from bot.discord.shards import is_ours
from bot.workers.crossposts import Crossposting
from bot.workers.delivery import Delivering
from bot.workers.notices import Notices
from bot.workers.old_messages import Marking
from bot.workers.pace import Pacer
from bot.workers.posts import Posting
from data.news import Withdrawal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.alerts.messages import AlertMessage
    from bot.client import AsylumBot
    from bot.startup import Worker
    from data.alerts.old_messages import Ageing
    from data.alerts.outbox import Outbox
    from data.news import News
    from data.subscriptions import Subscription

log = structlog.stdlib.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Crew:
    """Those who work for the outbox, all at one pace."""

    delivering: Delivering
    crossposting: Crossposting
    marking: Marking


def make_crew(bot: AsylumBot, outbox: Outbox, ageing: Ageing) -> Crew:
    """Tie them to the bot."""
    pacer = Pacer()
    crossposting = Crossposting(bot, outbox, pacer)
    posting = Posting(bot, bot.traffic, pacer)
    notices = Notices(bot, bot.traffic, pacer)

    async def compose(
        news: News | Withdrawal, subscriptions: Sequence[Subscription]
    ) -> AlertMessage | WithdrawalMessage | None:
        if isinstance(news, Withdrawal):
            return WithdrawalMessage(news)
        return await bot.services.alerting.compose(news, subscriptions)

    delivering = Delivering(outbox, compose, posting, crossposting.publish, notices.warn)
    return Crew(delivering, crossposting, Marking(bot, ageing, bot.traffic, pacer))


def make_alert_workers(bot: AsylumBot, outbox: Outbox, ageing: Ageing) -> list[Worker]:
    """Return what delivers alerts and marks old ones; each begins when the bot knows its channels."""
    crew = make_crew(bot, outbox, ageing)

    async def compare() -> None:
        """Catch up with the servers of a new session, of which Discord says only that they are there.

        Nor does discord.py say of one that joins then, before the session is ready, that it joins.
        """
        await bot.services.alerts.compare_servers(
            # One that is unavailable is among them: an outage is no removal.
            lambda: {guild.id for guild in bot.guilds},
            lambda server: is_ours(bot, server),
        )

    async def deliver() -> None:
        await bot.wait_until_ready()
        # Not in a cog: the shell's bot has the real database too, but is in a made-up server.
        bot.add_listener(compare, "on_ready")
        await compare()
        if forgotten := await bot.services.alerts.forget_left_servers():
            log.info("subscriptions of servers that left long ago are removed", subscriptions=forgotten)
        await crew.delivering.run()

    async def age() -> None:
        await bot.wait_until_ready()
        await crew.marking.run()

    return [deliver, age]
