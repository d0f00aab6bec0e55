"""A database kept up with a double of UNHCR's API, on whatever day a test says it is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from data.model import Dataset, Release
from data.releases.sync import Sync, Synced
from data.sources.unhcr.client import UnhcrClient
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.sources.unhcr.conversation import CONTACT, LITTLE_PATIENCE, VirtualTime, with_value
from tests.unhcr_double import UnhcrDouble
from tests.unhcr_tables import Tables, make_up

BEGIN = datetime(2025, 11, 10, tzinfo=UTC)
DAY = timedelta(days=1)
OLD_ROW, NEW_ROW = 0, -1
"""The first row is of 2020, which no probe sees; the last is of 2025."""


@dataclass
class Keeper:
    """A sync, the double that it asks, and its clock: a sync begins at `now`."""

    database: Database
    double: UnhcrDouble
    settings: dict[str, Any]
    now: datetime = BEGIN
    time: VirtualTime = field(default_factory=VirtualTime)

    def make(self) -> Sync:
        """Tie a sync as a fresh start of the program does."""
        return Sync(self.database, self._connect, lambda: self.now)

    def _connect(self) -> UnhcrClient:
        settings = {"base": self.double.base, "patience": LITTLE_PATIENCE, **self.settings}
        return UnhcrClient(
            settings.pop("base"),
            contact=CONTACT,
            version="1.2.3",
            clock=self.time.clock,
            sleep=self.time.sleep,
            **settings,
        )

    async def sync(self, after: timedelta | None = None, **options: Any) -> Synced:
        """Sync so long after the last time, by a fresh start of the program."""
        self.now += after or timedelta()
        self.double.asked.clear()
        return await self.make().run(**options)

    @property
    def fetched(self) -> bool:
        """Whether the last sync asked for rows, not for totals only."""
        return any(asked.is_rows for asked in self.double.asked)

    async def releases(self) -> list[Release]:
        """The releases that are published."""
        async with self.database.reading() as connection:
            return list(await read_releases(connection))


@asynccontextmanager
async def keeping_up(
    database: Database, tables: Tables | None = None, **settings: Any
) -> AsyncIterator[Keeper]:
    """Serve `tables`, and lend what keeps the database up with them."""
    keeper_time = VirtualTime()
    async with UnhcrDouble(tables or make_up(share=0.9), keeper_time.clock) as double:
        yield Keeper(database, double, settings, time=keeper_time)


def corrected(tables: Tables, row: int, value: str = "77") -> Tables:
    return with_value(tables, Dataset.APPLICATIONS, row, value)


def halved(tables: Tables) -> Tables:
    """Half of the applications are gone: a slip, most probably."""
    rows = tables.rows[Dataset.APPLICATIONS]
    return replace(tables, rows={**tables.rows, Dataset.APPLICATIONS: rows[: len(rows) // 2] + rows[-1:]})
