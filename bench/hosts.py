"""Three processes of the bot on one state in PostgreSQL: a release is told, and one process is killed.

The PostgreSQL is one of the tests', in a new folder. Where there is none nothing is measured.
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import psutil

from bench.rows import Row, median
from bench.timing import timed
from bot.duty import EVERY
from bot.preview.double import TEXT, DiscordDouble, GuildPlan, Payload
from data.alerts import Alerts
from data.countries import Atlas
from data.releases.imports import publish_kept, withdraw
from data.releases.opening import open_database
from data.state.cluster import Duty
from data.state.model import Destination, Draft, Filter
from data.state.opening import cluster_of
from data.state.protocol import ClusterState
from data.store.database import Database
from data.store.releases import read_releases
from tests.postgresql import find_initdb, run_server

HOSTS, SERVERS, PER_SERVER = 3, 6, 50
COMMANDS = 60
_PATIENCE, _LOOK = 180.0, 0.05
_FAILOVER, _RATE, _ALLOWED = 10.0, 44.0, 50
_MB, _TOO_MANY = 2**20, 429


@dataclass
class Told:
    """When messages were sent, in seconds, and how many to each channel."""

    moments: list[float] = field(default_factory=list)
    channels: Counter[str] = field(default_factory=Counter)

    def note(self, event: str, message: Payload) -> None:
        """Note a message that answers nobody."""
        if event == "MESSAGE_CREATE" and "interaction_metadata" not in message:
            self.moments.append(time.perf_counter())
            self.channels[message["channel_id"]] += 1

    @property
    def rate(self) -> float:
        """Sends a second, from the first to the last."""
        return (len(self.moments) - 1) / (self.moments[-1] - self.moments[0])

    @property
    def most(self) -> int:
        """The most sends within one second."""
        return max(sum(at <= other < at + 1 for other in self.moments) for at in self.moments)


async def measure_hosts(database: Path, folder: Path) -> Sequence[Row]:
    """Tell a release to 300 channels with three processes, ask commands, and kill the one with the duty."""
    if find_initdb() is None:
        return []
    plan = GuildPlan(channels=tuple((f"channel-{n}", TEXT) for n in range(PER_SERVER)))
    paths = [Path(shutil.copy(database, folder / f"host-{n}.sqlite3")) for n in range(HOSTS + 1)]
    async with AsyncExitStack() as opened:
        address = opened.enter_context(run_server()).address
        double = await opened.enter_async_context(
            DiscordDouble(
                rules=False,
                policy=False,
                guilds=(plan,) * SERVERS,
                shards=HOSTS,
                max_concurrency=HOSTS,
                identify_window=0.1,
            )
        )
        operator = await opened.enter_async_context(open_database(paths[-1], address=address))
        cluster = cluster_of(operator)
        if cluster is None:
            raise RuntimeError("there is no shared state")
        day = await _prepare(operator, double)
        processes = [
            await opened.enter_async_context(_host(double, path, address, number))
            for number, path in enumerate(paths[:-1])
        ]
        await _wait_for_all(cluster)
        told = Told()
        double.watchers.append(told.note)
        await publish_kept(operator, day)
        with timed() as following:
            await _wait_for_all(cluster)
        await _wait_until_told(told)
        asked = [await _ask(double, 2024 - number % 20) for number in range(COMMANDS)]
        memory = max(each.memory_full_info().uss for each in processes) / _MB
        taken_over = await _kill_duty(cluster, processes)
    channels = SERVERS * PER_SERVER
    group, what = "Three processes", f"{channels} channels"
    once = sum(times == 1 for times in told.channels.values())
    refused = sum(each.status == _TOO_MANY for each in list(double.requests))
    return [
        Row(
            group,
            f"{what}, told once",
            once,
            "channels",
            None,
            channels,
            at_least=True,
        ),
        Row(group, f"{what}, a second in all", told.rate, "sends", None, _RATE, at_least=True),
        Row(group, f"{what}, most in one second", told.most, "sends", None, _ALLOWED),
        Row(group, f"{what}, answered 429", refused, "requests", None, 0),
        Row(group, "until all have the figures", following.ms / 1000, "s"),
        Row(group, "commands, p50", median(asked), "ms"),
        Row(group, "memory of the largest", memory, "MB"),
        Row(group, "duty killed, until another has it", taken_over, "s", None, _FAILOVER),
    ]


async def _prepare(operator: Database, double: DiscordDouble) -> str:
    """Take the newest release back and subscribe every channel; return the release's day."""
    async with operator.reading() as connection:
        day = str((await read_releases(connection))[-1].day)
    await withdraw(operator, day, datetime.now(UTC))
    alerts = Alerts(operator, Atlas.load())
    for guild in double.guilds:
        for channel in guild["channels"]:
            await alerts.subscribe(Draft(Destination(int(channel["id"]), int(guild["id"])), Filter()))
    return day


@asynccontextmanager
async def _host(
    double: DiscordDouble, path: Path, address: str, number: int
) -> AsyncIterator[psutil.Process]:
    """Run one process, as an operator would."""
    where = double.endpoints
    environment = os.environ | {
        "DISCORD_TOKEN": double.token,
        "DISCORD_API_BASE": str(where.api_base),
        "DISCORD_GATEWAY_URL": str(where.gateway_url),
        "DISCORD_CDN_BASE": str(where.cdn_base),
        "DATABASE_PATH": str(path),
        "STATE_URL": address,
        "SHARDS": f"{number}-{number}/{HOSTS}",
        "UNHCR_API_BASE": "http://127.0.0.1:9",  # where nobody answers: nothing is synced meanwhile
        "LOG_LEVEL": "ERROR",
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-W", "ignore", "-m", "bot", env=environment
    )
    try:
        yield psutil.Process(process.pid)
    finally:
        with suppress(ProcessLookupError):  # it was killed
            process.terminate()
        await process.wait()


async def _wait_for_all(cluster: ClusterState) -> None:
    """Wait until every process is there and has every release, and one has the duty."""
    async with asyncio.timeout(_PATIENCE):
        while True:
            async with cluster.reading() as state:
                there, last = await state.read_processes(), await state.count_steps()
                duty = await state.read_duty()
            if duty and len(there) == HOSTS and all(each.steps == last for each in there):
                return
            await asyncio.sleep(_LOOK)


async def _wait_until_told(told: Told) -> None:
    async with asyncio.timeout(_PATIENCE):
        while len(told.moments) < SERVERS * PER_SERVER:  # noqa: ASYNC110 - the double tells by a call
            await asyncio.sleep(_LOOK)
    await asyncio.sleep(EVERY.total_seconds())  # for one that is told again


async def _ask(double: DiscordDouble, year: int) -> float:
    with timed() as watch:
        told = await double.slash("asylum figures", {"origin": "AFG", "year": year}, timeout=_PATIENCE)
    if told.reply is None or not told.reply["attachments"]:
        raise RuntimeError(f"{year} was not answered with a picture: {told.reply}")
    return watch.ms


async def _kill_duty(cluster: ClusterState, processes: Sequence[psutil.Process]) -> float:
    """Kill the process with the duty; return the seconds until another one has it."""
    before, shards = await _find_duty(cluster)
    number = int(re.split(r"\D", shards)[0])  # “0-3/16”, or of one “0/3”
    processes[number].kill()
    with timed() as watch:
        async with asyncio.timeout(_PATIENCE):
            while True:
                duty, _ = await _find_duty(cluster)
                if duty.holder != before.holder:
                    break
                await asyncio.sleep(_LOOK)
    return watch.ms / 1000


async def _find_duty(cluster: ClusterState) -> tuple[Duty, str]:
    async with cluster.reading() as state:
        (duty,) = await state.read_duty()
        (shards,) = [each.shards for each in await state.read_processes() if each.name == duty.holder] or [""]
    return duty, shards
