"""Three processes on one state: whatever ends, sleeps or is cut off, every open channel hears of each release once."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from discord import Permissions

from bot.duty import LEASE
from bot.preview.double import TEXT, DiscordDouble, GuildPlan
from data.alerts import Alerts
from data.errors import DatabaseUnusable
from data.releases.imports import import_release
from data.releases.replication import follow
from data.state.model import DeliveryState, Destination, Draft, Filter, PauseReason
from data.state.opening import cluster_of, open_state
from data.store.checksums import digest_figures
from data.store.database import Database
from tests.bot.alerts.hosting import WANTED
from tests.bot.alerts.test_killing import keep_requests
from tests.data.made_up import Anywhere, day, release
from tests.double import double as new_double
from tests.postgresql import ABSENT, Server, Way, find_initdb, run_server

ROOT = Path(__file__).parents[3]
SHARDS = 3
AWAY = 1.5 * LEASE.total_seconds()
"""So long a process sleeps or is cut off: the others look every quarter of a lease whether it is over."""

AHEAD = (0, 300, -420)
"""Seconds by which the clocks of the hosts are wrong."""

STUCK = 600.0
"""Longer than what waits after some attempts that failed."""


@dataclass
class Stage:
    """Three hosts, each with its file, and the channels of six servers, of which each has two."""

    server: Server
    double: DiscordDouble
    folder: Path
    chance: random.Random
    channels: list[Destination]
    ways: list[Way]
    processes: list[Process] = field(default_factory=list)
    closed: dict[int, PauseReason] = field(default_factory=dict)
    wanted: int = 1

    def path(self, host: int) -> Path:
        return self.folder / f"{host}.sqlite3"

    async def start(self, host: int) -> Process:
        where = self.double.endpoints
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.bot.alerts.hosting", str(self.path(host))),
            *(self.ways[host].address, str(where.api_base), str(where.gateway_url), self.double.token),
            *(str(host), str(SHARDS), str(AHEAD[host])),
            cwd=ROOT,
            stdout=PIPE,
        )
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
        return process

    async def want(self, releases: int) -> None:
        """Have so many releases published."""
        self.wanted = releases
        async with self.looking() as database:
            cluster = cluster_of(database)
            assert cluster is not None
            await cluster.remember(WANTED, str(releases))

    @asynccontextmanager
    async def looking(self) -> AsyncIterator[Database]:
        """Look at the state from a host that takes no part."""
        async with (
            Database(self.path(SHARDS), readers=1) as database,
            open_state(database, self.server.address),
        ):
            yield database

    async def kill(self, host: int) -> None:
        self.processes[host].kill()
        await self.processes[host].wait()
        self.processes[host] = await self.start(host)

    async def put_to_sleep(self, host: int) -> None:
        self.processes[host].send_signal(signal.SIGSTOP)
        await asyncio.sleep(AWAY)
        self.processes[host].send_signal(signal.SIGCONT)

    async def stop_database(self, _: int) -> None:
        await asyncio.to_thread(self.server.stop)
        await asyncio.sleep(self.chance.uniform(0, 4))
        await asyncio.to_thread(self.server.start)

    async def cut_off(self, host: int) -> None:
        self.ways[host].open.clear()
        await asyncio.sleep(AWAY)
        self.ways[host].open.set()

    async def close(self) -> None:
        """Take one channel away, or a permission in it."""
        where = self.chance.choice([each for each in self.channels if each.channel not in self.closed])
        if self.chance.random() < 0.4:
            self.closed[where.channel] = PauseReason.CHANNEL_GONE
            await self.double.delete_channel(str(where.channel))
        else:
            self.closed[where.channel] = PauseReason.NO_PERMISSION
            await self.double.forbid(str(where.channel), Permissions(send_messages=True))

    def told(self, channel: int) -> Counter[int]:
        found: Counter[int] = Counter()
        for message in list(self.double.messages[str(channel)].values()):
            first, *_ = message["content"].splitlines()
            found.update(int(number.replace(",", "")) - 1000 for number in first.split()[1:])
        return found


@asynccontextmanager
async def stage(empty: Path, folder: Path, seed: int, channels: int) -> AsyncIterator[Stage]:
    """Three hosts that run, and a first release in each."""
    if find_initdb() is None:
        pytest.skip(ABSENT)
    plan = GuildPlan(channels=tuple((f"text-{n}", TEXT) for n in range(channels // 6)))
    async with AsyncExitStack() as opened:
        server = opened.enter_context(run_server())
        double = await opened.enter_async_context(
            new_double(guilds=(plan,) * 6, limits={}, shards=SHARDS, max_concurrency=SHARDS)
        )
        places = [Destination(int(c["id"]), int(g["id"])) for g in double.guilds for c in g["channels"]]
        ways = [Way(server, folder / f"way-{host}") for host in range(SHARDS)]
        for way in ways:
            await opened.enter_async_context(way.serve())
        on = Stage(server, double, folder, random.Random(seed), places, ways)
        for host in range(SHARDS + 1):
            shutil.copy(empty, on.path(host))
        async with on.looking() as database:
            await import_release(database, release(pending=1000), day(0))
            alerts = Alerts(database, Anywhere())
            for place in places:
                await alerts.subscribe(Draft(place, Filter()))
        for host in range(SHARDS):
            on.processes.append(await on.start(host))
        try:
            yield on
        finally:
            for process in on.processes:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
            keep_requests(double, folder)


async def disturb(on: Stage, deeds: list[str]) -> None:
    """Publish a release, and at some moment of telling it do what can be done to a process or the database."""
    for deed in deeds:
        await on.want(on.wanted + 1)
        if on.chance.random() < 0.3 and len(on.closed) < len(on.channels) // 6:
            await on.close()
        await asyncio.sleep(on.chance.uniform(0, 2.5))
        await getattr(on, deed)(on.chance.randrange(SHARDS))


async def finish(on: Stage) -> None:
    """Have one more release published in peace, and wait until nothing waits any more.

    A busy machine takes long; only where nothing at all has changed for `STUCK` seconds, nothing will.
    """
    await on.want(on.wanted + 1)
    before: object = None
    async with asyncio.timeout(STUCK) as patience, on.looking() as database:
        cluster = cluster_of(database)
        assert cluster is not None
        while True:
            await asyncio.sleep(0.5)
            with contextlib.suppress(DatabaseUnusable):  # as for anybody who is slow
                await follow(database)
                async with cluster.reading() as state:
                    published = len(await state.read_release_states())
                    counts = await state.count_states()
                waits = any(which is DeliveryState.WAITING for _, which, _ in counts)
                if published == on.wanted and not waits:
                    break
                if before != (before := (published, counts)):
                    patience.reschedule(asyncio.get_running_loop().time() + STUCK)
        for host in range(SHARDS):
            async with Database(on.path(host), readers=1) as other:
                while await digest(other) != await digest(database):  # noqa: ASYNC110
                    await asyncio.sleep(0.2)


async def digest(database: Database) -> str:
    async with database.reading() as connection:
        return await digest_figures(connection)


async def check(on: Stage) -> None:
    """Every open channel holds every release once; every closed one is paused, and was told nothing twice."""
    async with on.looking() as database:
        alerts = Alerts(database, Anywhere())
        for place in on.channels:
            (subscription,) = await alerts.subscriptions(channel=place.channel)
            if place.channel in on.closed:
                assert subscription.paused is not None, place
                assert subscription.paused.why is on.closed[place.channel]
                assert max(on.told(place.channel).values(), default=0) <= 1
            else:
                assert subscription.paused is None, (place, subscription.paused)
                assert on.told(place.channel) == Counter(range(1, on.wanted)), place
    assert list(on.double.violations) == []
    assert list(on.double.own_faults) == []


async def play(empty: Path, folder: Path, seed: int, deeds: list[str], channels: int = 300) -> list[str]:
    """Return what Discord was asked too fast, which depends on the machine as well."""
    async with stage(empty, folder, seed, channels) as on:
        await disturb(on, deeds)
        await finish(on)
        await check(on)
        return [request.path for request in on.double.requests if request.status == 429]


async def test_every_kind_of_trouble_once(empty_path: Path, tmp_path: Path) -> None:
    await play(empty_path, tmp_path, 1, ["kill", "put_to_sleep", "stop_database", "cut_off"], 18)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(10))
async def test_two_hundred_kills(empty_path: Path, tmp_path: Path, seed: int) -> None:
    assert await play(empty_path, tmp_path, 100 + seed, ["kill"] * 20) == []


@pytest.mark.proof
async def test_twenty_sleeps_beyond_the_lease(empty_path: Path, tmp_path: Path) -> None:
    assert await play(empty_path, tmp_path, 200, ["put_to_sleep"] * 20) == []


@pytest.mark.proof
async def test_fifty_stops_of_the_database(empty_path: Path, tmp_path: Path) -> None:
    assert await play(empty_path, tmp_path, 300, ["stop_database"] * 50) == []


@pytest.mark.proof
async def test_processes_that_are_cut_off_from_the_database(empty_path: Path, tmp_path: Path) -> None:
    assert await play(empty_path, tmp_path, 400, ["cut_off"] * 10) == []
