"""A release told to a thousand channels: how fast, without a 429, with commands answered meanwhile.

`python -m bench.fanout DATABASE [CHANNELS [FILTERS]]` copies the database, holds its newest release back,
runs the real bot in a process of its own on a Discord in this one (which limits requests as Discord does, and
checks nothing else while timing), publishes the release from this process, and prints what it saw.
"""

from __future__ import annotations

import asyncio
import itertools
import json
import math
import os
import shutil
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import psutil

from bot.preview.double import TEXT, DiscordDouble, GuildPlan, Payload
from data.alerts import Alerts
from data.countries import Atlas
from data.model import Measure, Place
from data.releases.opening import open_database
from data.releases.rehearsal import hold_back, publish_held
from data.state.model import Destination, Draft, Filter
from data.state.sql import Transaction
from data.store.database import Database

CHANNELS, PER_SERVER = 1_000, 50
ASKED = ("AFG", "CHN", "IND", "PAK", "NGA", "MEX", "COL", "IRN", "TUR", "HTI", "UKR", "KEN", "BGD", "VEN")
"""ISO codes of the origins that channels subscribe to, with or without a measure."""

QUESTIONS = 240
EVERY = 0.05
"""Seconds between two commands."""

MAX_LENGTH = 120.0
LAGS = "lags.json"
_MB = 2**20
_TOO_MANY = 429
_MEMORY_EVERY = 10


@dataclass
class FanOut:
    """What was seen: moments of the sends in seconds, latencies and lags in milliseconds, memory in MB."""

    sends: list[float] = field(default_factory=list)
    refused: int = 0
    idle: list[float] = field(default_factory=list)
    meanwhile: list[float] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    states: dict[str, int] = field(default_factory=dict)
    lags: list[float] = field(default_factory=list)
    """By how much the bot's event loop came too late while it sent."""

    @property
    def rate(self) -> float:
        """Sends a second, from the first to the last."""
        return (len(self.sends) - 1) / (self.sends[-1] - self.sends[0])


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that at least this share of all values does not exceed (nearest rank)."""
    return sorted(values)[max(0, math.ceil(share * len(values)) - 1)]


def choose_filters(atlas: Atlas, most: int) -> list[Filter]:
    """Everything, then origins with and without a measure."""
    countries = [atlas.find(iso) for iso in ASKED]
    wanted = [Filter()]
    for measure in (None, Measure.DECISIONS, Measure.RECOGNISED):
        wanted += [Filter(Place(origin=country), measure) for country in countries]
    return wanted[:most]


async def measure_fan_out(
    source: Path, channels: int = CHANNELS, filters: int = 10, *, asking: bool = True
) -> FanOut:
    """Tell the newest release of a database to so many channels with so many different filters.

    With `asking` commands are answered meanwhile, every chart of theirs drawn anew.
    """
    seen = FanOut()
    with tempfile.TemporaryDirectory(prefix="asylum-fan-out-") as folder:
        path = Path(shutil.copy(source, Path(folder, "asylum.sqlite3")))
        each = min(channels, PER_SERVER)
        plan = tuple((f"channel-{n}", TEXT) for n in range(each))
        guilds = [GuildPlan(f"Server {n}", plan) for n in range(channels // each)]
        async with (
            DiscordDouble(rules=False, policy=False, guilds=guilds, identify_window=0.1) as double,
            open_database(path) as database,
        ):
            held = await hold_back(database)
            if held is None:
                raise ValueError(f"{source} has only one release")
            await _subscribe(database, double, choose_filters(Atlas.load(), filters))
            async with _bot(double, path) as process:
                questions = _questions()
                for _ in range(10):
                    await _ask(double, next(questions))
                seen.idle = [await _ask(double, next(questions)) for _ in range(QUESTIONS)]
                before = len(double.requests)
                await publish_held(database, held, datetime.now(UTC))
                await _follow(double, process, seen, questions if asking else None, channels)
                seen.refused = sum(each.status == _TOO_MANY for each in list(double.requests)[before:])
                await asyncio.sleep(2)
            if seen.sends:
                noted = json.loads(path.with_name(LAGS).read_text())
                seen.lags = [lag for moment, lag in noted if seen.sends[0] <= moment <= seen.sends[-1]]
            async with database.reading() as connection:
                states = await Transaction(connection).count_states()
            seen.states = {state.value: count for release, state, count in states if release == held.id}
    return seen


async def _subscribe(database: Database, double: DiscordDouble, filters: Sequence[Filter]) -> None:
    """Let every channel subscribe to one of the filters, in no order."""
    atlas = Atlas.load()
    alerts = Alerts(database, atlas, lambda: datetime.now(UTC) - timedelta(days=1))
    places = [(int(c["id"]), int(g["id"])) for g in double.guilds for c in g["channels"]]
    for number, (channel, server) in enumerate(places):
        wanted = filters[number * 7919 % len(filters)]
        await alerts.subscribe(Draft(Destination(channel, server), wanted))


@asynccontextmanager
async def _bot(double: DiscordDouble, path: Path) -> AsyncIterator[psutil.Process]:
    where = double.endpoints
    environment = os.environ | {
        "DISCORD_TOKEN": double.token,
        "DISCORD_API_BASE": str(where.api_base),
        "DISCORD_GATEWAY_URL": str(where.gateway_url),
        "DISCORD_CDN_BASE": str(where.cdn_base),
        "DATABASE_PATH": str(path),
        "UNHCR_API_BASE": "http://127.0.0.1:9",  # where nobody answers: nothing is synced meanwhile
        "LOG_LEVEL": "ERROR",
        "LAGS": str(path.with_name(LAGS)),
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "bench.watched", env=environment
    )
    try:
        await double.ready(60)
        yield psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


def _questions() -> Iterator[dict[str, object]]:
    """Options of `/asylum figures`, none of them asked before for a long while."""
    for year in itertools.count():
        for origin in ("AFG", "SYR", "CHN", "VEN", "UKR", "IRQ", "TUR", "COL", "NGA", "PAK"):
            yield {"origin": origin, "year": 2024 - year % 20}


async def _ask(double: DiscordDouble, options: dict[str, object]) -> float:
    began = time.perf_counter()
    told = await double.slash("asylum figures", dict(options), timeout=60.0)
    if told.reply is None or not told.reply["attachments"]:
        raise RuntimeError(f"{options} was not answered with a picture: {told.reply}")
    return (time.perf_counter() - began) * 1000


async def _follow(
    double: DiscordDouble,
    process: psutil.Process,
    seen: FanOut,
    questions: Iterator[dict[str, object]] | None,
    channels: int,
) -> None:
    """Ask commands, if any, and look at the memory until every channel has its message."""

    def note(event: str, message: Payload) -> None:
        if event == "MESSAGE_CREATE" and "interaction_metadata" not in message:
            seen.sends.append(time.perf_counter())

    double.watchers.append(note)
    until, looks = time.perf_counter() + MAX_LENGTH, -1
    while len(seen.sends) < channels and time.perf_counter() < until:
        if (looks := looks + 1) % _MEMORY_EVERY == 0:
            seen.memory.append(process.memory_full_info().uss / _MB)
        if seen.sends and questions is not None:
            seen.meanwhile.append(await _ask(double, next(questions)))
        await asyncio.sleep(EVERY)


def main() -> None:
    """Measure and print."""
    source, *numbers = sys.argv[1:]
    seen = asyncio.run(measure_fan_out(Path(source), *map(int, numbers)))
    quarter = max(len(seen.memory) // 4, 1)
    idle, meanwhile = (percentile(each, 0.99) for each in (seen.idle, seen.meanwhile))
    rows = (
        ("channels told", f"{len(seen.sends):,}; deliveries {seen.states}"),
        ("sends a second", f"{seen.rate:.1f}"),
        ("429 answers", f"{seen.refused}"),
        ("memory", f"{seen.memory[quarter]:.0f} MB after a quarter, {seen.memory[-1]:.0f} MB at the end"),
        ("commands, medians", f"{median(seen.idle):.0f} ms idle, {median(seen.meanwhile):.0f} ms meanwhile"),
        ("commands, p99 idle", f"{idle:.0f} ms of {len(seen.idle)}"),
        ("commands, p99 meanwhile", f"{meanwhile:.0f} ms of {len(seen.meanwhile)}: × {meanwhile / idle:.2f}"),
    )
    sys.stdout.writelines(f"{name:<25}{value}\n" for name, value in rows)


if __name__ == "__main__":
    main()
