"""What delivers alerts beside the bot: the outbox's worker, what publishes, and what marks old messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from bot.workers.ageing import Marking
from bot.workers.crossposting import Crossposting
from bot.workers.delivery import Delivering
from bot.workers.pace import Pacer
from bot.workers.posting import Posting

if TYPE_CHECKING:
    from bot.client import AsylumBot
    from bot.startup import Worker
    from data.alerts.ageing import Ageing
    from data.alerts.outbox import Outbox

log = structlog.stdlib.get_logger(__name__)


def make_workers(bot: AsylumBot, outbox: Outbox, ageing: Ageing) -> list[Worker]:
    """Return what is to run beside the bot, all at one pace; it begins when the bot knows its channels."""
    pacer = Pacer()
    posting = Posting(bot, bot.traffic, pacer)
    crossposting = Crossposting(bot, outbox, pacer)
    delivering = Delivering(outbox, bot.services.alerting.compose, posting, crossposting.publish)
    marking = Marking(bot, ageing, bot.traffic, pacer)

    async def deliver() -> None:
        await bot.wait_until_ready()
        if forgotten := await bot.services.alerts.forget_left_servers():
            log.info("subscriptions of servers that left long ago are removed", subscriptions=forgotten)
        await delivering.run()

    async def age() -> None:
        await bot.wait_until_ready()
        await marking.run()

    return [deliver, age]
