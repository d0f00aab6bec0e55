"""The real bot in a newsroom on the double of Discord, with a release still to be published, and a clock."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.__main__ import _open_services
from bot.alerts.worker import AlertWorkers, bind_workers
from bot.preview.double import ANNOUNCEMENT, FORUM, TEXT, DiscordDouble, GuildPlan, Payload
from bot.services import Services
from data.alerts.delivery import Outbox
from data.alerts.news import Explanation
from data.alerts.superseded import SupersededAlerts
from data.model import Measure, Place, Release
from data.releases.rehearsal import hold_back, publish_held
from data.state.model import Destination, Draft, Filter, Scope, Subscription
from data.store.database import Database
from tests.asking import make_bot
from tests.double import double as new_double
from tests.double import started

NEWSROOM = GuildPlan(
    channels=(
        ("general", TEXT),
        ("alerts", TEXT),
        ("news", ANNOUNCEMENT),
        ("briefings", FORUM),
        ("moderators-only", TEXT),
    ),
    threads=(("numbers", "general"),),
    updates="moderators-only",
)


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 26, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **span: float) -> None:
        self.now += timedelta(**span)


@dataclass
class Desk:
    """The bot in a newsroom, a release that is held back, and a clock."""

    double: DiscordDouble
    services: Services
    database: Database
    alert_workers: AlertWorkers
    clock: Clock
    held: Release

    def channel(self, name: str) -> int:
        guild = self.double.guilds[0]
        return next(int(c["id"]) for c in (*guild["channels"], *guild["threads"]) if c["name"] == name)

    async def subscribe(self, name: str, *, dm: bool = False, **wanted: Any) -> Subscription:
        place = Place(asylum=self.services.countries.by_code("CAN"))
        if dm:
            destination = Destination(int(self.double.dm(self.double.reader)["id"]))
        else:
            destination = Destination(self.channel(name), int(self.double.guilds[0]["id"]))
        publish = wanted.pop("publish", False)
        wanted = {"place": place, "measure": Measure.DECISIONS, **wanted}
        return await self.services.alerts.subscribe(Draft(destination, Filter(**wanted), publish=publish))

    async def publish(self) -> int:
        return await publish_held(self.database, self.held, self.clock())

    async def deliver(self) -> int:
        return await self.alert_workers.delivering.run_once()

    def posted(self, channel: int) -> list[Payload]:
        return list(self.double.messages[str(channel)].values())

    async def explain(self, channel: int) -> Explanation:
        return await self.services.alerts.explain(self.held, channel)

    async def resume(self, subscription: Subscription) -> None:
        scope = Scope(server=subscription.destination.server)
        await self.services.alerts.resume(subscription.id, scope)


@asynccontextmanager
async def newsroom(path: Path, plan: GuildPlan = NEWSROOM) -> AsyncIterator[Desk]:
    clock = Clock()
    async with (
        _open_services(path) as (services, database),
        new_double(guilds=(plan,)) as double,
        started(make_bot(services), double) as bot,
    ):
        services.alerts._clock = clock
        held = await hold_back(database)
        assert held is not None
        outbox = Outbox(database, services.countries, clock)
        alert_workers = bind_workers(bot, outbox, SupersededAlerts(database, services.countries, clock))
        yield Desk(double, services, database, alert_workers, clock, held)
        assert not double.violations, "\n".join(map(str, double.violations))
        assert not double.own_faults, "\n".join(map(str, double.own_faults))
