"""A client that talks with a double in virtual time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from data.model import Dataset, Row
from data.sources.unhcr.client import UnhcrClient
from data.sources.unhcr.download import Download, Progress
from data.sources.unhcr.requests import Patience, Setback
from tests.unhcr_double import Asked, UnhcrDouble
from tests.unhcr_tables import LAST_YEAR, Tables, make_up

PATIENCE = Patience(attempts=4)
LITTLE_PATIENCE = Patience(attempts=3, silence=0.3)
PAGE_SIZE = 20
LONG = 5.0
CONTACT = "https://example.org/asylum-bot"

Rows = dict[Dataset, list[Row]]


class VirtualTime:
    """Seconds that pass only where somebody sleeps; others have some real time to act in a long sleep."""

    def __init__(self) -> None:
        self.now = 0.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        awake = self.now + seconds
        await asyncio.sleep(0.05 if seconds > LONG else 0)
        self.now = max(self.now, awake)


@dataclass
class Conversation:
    """A running double and a client of it."""

    double: UnhcrDouble
    client: UnhcrClient
    time: VirtualTime
    setbacks: list[Setback] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)

    @property
    def asked(self) -> list[Asked]:
        return self.double.asked

    def pages_of(self, dataset: Dataset) -> list[int]:
        """The pages of rows that were asked for, in order."""
        return [each.page for each in self.asked if each.is_rows and each.endpoint == dataset]

    async def download(self, **options: Any) -> Rows:
        """Fetch everything and read it."""
        async with self.client.download(LAST_YEAR, self.progress.append, **options) as source:
            return read(source)


def read(source: Any) -> Rows:
    return {dataset: list(source.rows(dataset, LAST_YEAR)) for dataset in Dataset}


def places_of(source: Download) -> list[tuple[str, str | None, str]]:
    return list(source.places())


@asynccontextmanager
async def talking(
    tables: Tables | None = None, *, slow: float = 0.0, base: str = "", **settings: Any
) -> AsyncIterator[Conversation]:
    """Start a double of `tables` and a client of it; `base` sends the client elsewhere."""
    time = VirtualTime()
    setbacks: list[Setback] = []
    settings = {"patience": PATIENCE, "page_size": PAGE_SIZE, **settings}
    async with (
        UnhcrDouble(tables or make_up(), time.clock, slow) as double,
        UnhcrClient(
            base or double.base,
            contact=CONTACT,
            version="1.2.3",
            clock=time.clock,
            sleep=time.sleep,
            setback=setbacks.append,
            **settings,
        ) as client,
    ):
        yield Conversation(double, client, time, setbacks)


def with_value(tables: Tables, dataset: Dataset, row: int, value: str) -> Tables:
    """The same release but for the last value of one row."""
    rows = [list(each) for each in tables.rows[dataset]]
    rows[row][-1] = value
    return replace(tables, rows={**tables.rows, dataset: rows})


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
