"""An outbox with its subscriptions, and releases to publish."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from data.alerts import Alerts
from data.alerts.delivery import Outbox
from data.alerts.news import Explanation
from data.model import Release
from data.releases.imports import import_release
from data.state.model import Delivery, Destination, Draft, Filter, Scope
from data.store.database import Database
from tests.data.made_up import Anywhere, MadeUp, day, release

SERVER = 9
HERE = Scope(server=SERVER)
EVERYTHING = Filter()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        # Publishing looks at the real clock, so that this one must be near it.
        self.now = datetime.now(UTC) + timedelta(minutes=1)

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
