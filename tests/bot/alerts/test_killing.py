"""`kill -9` at any moment of publishing and delivering: every open channel hears of each release exactly once."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import sys
import time
from asyncio.subprocess import PIPE, Process
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest
from discord import Permissions

from bot.preview.double import ANNOUNCEMENT, FORUM, TEXT, DiscordDouble, Fault, GuildPlan
from data.alerts import Alerts
from data.releases.imports import import_release
from data.state.model import DeliveryState, Destination, Draft, Filter, PauseReason
from data.state.protocol import DeliveryRecord
from data.state.sql import Transaction
from data.store import releases as kept
from data.store.database import Database
from tests.data.made_up import Anywhere, day, release
from tests.double import double as new_double

ROOT = Path(__file__).parents[3]
BATCHES, KILLS = 20, 25
PLAN = GuildPlan(
    channels=(
        *((f"text-{n}", TEXT) for n in range(28)),
        *((f"news-{n}", ANNOUNCEMENT) for n in range(4)),
        *((f"forum-{n}", FORUM) for n in range(2)),
    ),
    threads=tuple((f"thread-{n}", f"text-{n}") for n in range(4)),
)
"""With two direct messages, forty channels."""

AHEAD = (95, 150, 3_600, 7 * 3_600)
"""Seconds that pass before a process is started again: a lease is over then, a nonce may be known or not."""

POSTS = r"/channels/\d+/(messages|threads)"
FAULTS = (
    Fault("POST", POSTS, 429),
    Fault("POST", POSTS, 429, global_=True),
    Fault("POST", POSTS, 429, via=False),
    Fault("POST", POSTS, 500),
    Fault("POST", POSTS, 502),
    Fault("POST", POSTS, 500, after_effect=True),
    Fault("POST", POSTS, 502, after_effect=True),
    Fault("POST", POSTS, 0),
    Fault("POST", POSTS, 0, after_effect=True),
    Fault("GET", r"/channels/\d+/messages", 502),
    Fault("GET", r"/channels/\d+/messages", 0),
)


@dataclass
class Stage:
    """Forty channels on a Discord that outlives the process which is killed."""

    path: Path
    double: DiscordDouble
    chance: random.Random
    channels: list[int]
    withdrawing: bool = False
    ahead: float = 0.0
    closed: dict[int, PauseReason] = field(default_factory=dict)

    async def start(self, releases: int) -> Process:
        """Start the process, some time later than the last one."""
        passed = self.chance.choice(AHEAD)
        self.ahead += passed
        self.double.advance(passed)
        where = self.double.endpoints
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "ignore", "-m", "tests.bot.alerts.dying", str(self.path)),
            *(str(where.api_base), str(where.gateway_url), self.double.token, str(self.ahead), str(releases)),
            *(("withdraw",) if self.withdrawing else ()),
            cwd=ROOT,
            stdout=PIPE,
            stderr=PIPE,
        )

    async def disturb(self) -> None:
        """Do what Discord and moderators do at any time."""
        for fault in self.chance.sample(FAULTS, 3):
            self.double.faults.append(
                Fault(
                    fault.method,
                    fault.path,
                    fault.status,
                    times=self.chance.randint(1, 3),
                    after_effect=fault.after_effect,
                    global_=fault.global_,
                    via=fault.via,
                )
            )
        match self.chance.randrange(6):
            case 0:
                await self.double.opcode(7)
            case 1:
                await self.double.opcode(9, self.chance.random() < 0.5)
            case 2:
                await self.double.cut()
            case 3 if len(self.closed) < 8:
                await self.close()

    async def close(self) -> None:
        """Take one channel away, or a permission in it."""
        parents = {f"text-{n}" for n in range(4)}
        places = [
            place
            for place in self.double.guilds[0]["channels"]
            if int(place["id"]) not in self.closed and place["name"] not in parents
        ]
        place = self.chance.choice(places)
        if self.chance.random() < 0.4:
            self.closed[int(place["id"])] = PauseReason.CHANNEL_GONE
            await self.double.delete_channel(place["id"])
        else:
            self.closed[int(place["id"])] = PauseReason.NO_PERMISSION
            taken = self.chance.choice([Permissions(send_messages=True), Permissions(attach_files=True)])
            await self.double.forbid(place["id"], taken)

    def name(self, channel: int) -> str:
        """Say which channel that is."""
        return str(self.double.channels[str(channel)].get("name", "a direct message"))

    def told(self, channel: int) -> Counter[int]:
        """Which releases the messages in a channel, or in the posts of a forum, tell, and how often."""
        threads = [t["id"] for t in self.double.guilds[0]["threads"] if int(t["parent_id"]) == channel]
        forum = self.double.channels.get(str(channel), {}).get("type") == FORUM
        found: Counter[int] = Counter()
        for place in threads if forum else [str(channel)]:
            for message in list(self.double.messages[place].values()):
                first, *_ = message["content"].splitlines()
                assert first.startswith("told ")
                found.update(int(number.replace(",", "")) - 1000 for number in first.split()[1:])
        return found


@asynccontextmanager
async def stage(empty: Path, folder: Path, seed: int, *, withdrawing: bool = False) -> AsyncIterator[Stage]:
    """Set up the forty channels, each with a subscription to everything, and a first release."""
    path = Path(shutil.copy(empty, folder / f"{seed}.sqlite3"))
    async with new_double(guilds=(PLAN,), limits={}, global_limit=(100_000, 1.0)) as double:
        guild = double.guilds[0]
        channels = [Destination(int(c["id"]), int(guild["id"])) for c in guild["channels"]]
        channels += [Destination(int(c["id"]), int(guild["id"])) for c in guild["threads"]]
        channels += [Destination(int(double.dm(who)["id"])) for who in (double.reader, double.moderator)]
        async with Database(path, readers=1) as database:
            await import_release(database, release(pending=1000), day(0))
            alerts = Alerts(database, Anywhere(), lambda: datetime(2025, 11, 10, tzinfo=UTC))
            for number, channel in enumerate(channels):
                await alerts.subscribe(Draft(channel, Filter(), publish=number % 2 == 0))
        double.registered.set()
        try:
            yield Stage(path, double, random.Random(seed), [each.channel for each in channels], withdrawing)
        finally:
            keep_requests(double, folder)


def keep_requests(double: DiscordDouble, folder: Path) -> None:
    """Write down what Discord was asked, beside the ledgers and logs, for whoever asks why a run failed."""
    lines = [
        f"{each.at:.3f} {each.method} {each.path} {each.query} {each.body} -> {each.status} {each.reply}\n"
        for each in double.requests
    ]
    (folder / "requests.txt").write_text("".join(lines))


async def kill_often(on: Stage, kills: int) -> int:
    """Start, kill at any moment, and start again; return how often it was killed at work: at least once."""
    releases, took, interrupted, number = 1, 1.0, 0, -1
    while (number := number + 1) < kills or not interrupted:
        releases = min(releases, await count_releases(on.path)) + 2
        await on.disturb()
        process = await on.start(releases)
        assert process.stdout is not None
        if number % 10 != 9:  # else it is killed while it starts
            assert await process.stdout.readline() == b"ready\n"
        began = time.monotonic()
        last = asyncio.ensure_future(process.stdout.readline())
        await asyncio.wait({last}, timeout=took * on.chance.random())
        if last.done():
            took = max(time.monotonic() - began, 0.2)
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        interrupted += await last != b"done\n"
        _, complained = await process.communicate()
        assert complained == b""
    return interrupted


async def count_releases(path: Path) -> int:
    async with Database(path, readers=1) as database, database.reading() as connection:
        return len(await kept.read_states(connection))


async def finish(on: Stage) -> int:
    """Start it until nothing waits any more, with Discord at peace; return how many releases there are."""
    releases = await count_releases(on.path) + 1
    on.double.faults.clear()
    for _ in range(12):
        process = await on.start(releases)
        said, complained = await asyncio.wait_for(process.communicate(), 300)
        assert (said, complained) == (b"ready\ndone\n", b"")
        if not await read_states(on.path, DeliveryState.WAITING):
            return releases
    raise AssertionError(await read_states(on.path, DeliveryState.WAITING))


async def read_states(path: Path, state: DeliveryState) -> list[DeliveryRecord]:
    async with Database(path, readers=1) as database, database.reading() as connection:
        return await Transaction(connection).read_records(state, 1000)


async def check(on: Stage, releases: int) -> None:
    """Every open channel holds every release once; every closed one is paused, and was told nothing twice."""
    async with Database(on.path, readers=1) as database:
        alerts = Alerts(database, Anywhere())
        for channel in on.channels:
            (subscription,) = await alerts.subscriptions(channel=channel)
            if on.withdrawing:
                await check_withdrawn(on, channel, releases)
            elif channel not in on.closed:
                assert subscription.paused is None, (channel, subscription.paused)
                assert on.told(channel) == Counter(range(1, releases)), on.name(channel)
            else:
                assert subscription.paused is not None, channel
                assert subscription.paused.why is on.closed[channel]
                assert max(on.told(channel).values(), default=0) <= 1
    assert list(on.double.violations) == []
    assert list(on.double.own_faults) == []


async def check_withdrawn(on: Stage, channel: int, releases: int) -> None:
    """An open channel was told the newest release, and of each other one that it was told, its withdrawal."""
    heard = on.told(channel)
    news = {number: times for number, times in heard.items() if number >= 0}
    gone = {-number - 2000: times for number, times in heard.items() if number < 0}
    assert {*news.values(), *gone.values()} <= {1}, on.name(channel)
    assert gone.keys() <= news.keys(), on.name(channel)
    if channel not in on.closed:
        assert news.keys() - gone.keys() == {releases - 1}, on.name(channel)


async def run(empty: Path, folder: Path, seed: int, kills: int, *, withdrawing: bool = False) -> int:
    async with stage(empty, folder, seed, withdrawing=withdrawing) as on:
        interrupted = await kill_often(on, kills)
        await check(on, await finish(on))
    return interrupted


async def test_a_few_kills(empty_path: Path, tmp_path: Path) -> None:
    assert await run(empty_path, tmp_path, seed=4, kills=2)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(BATCHES))
async def test_five_hundred_kills(empty_path: Path, tmp_path: Path, seed: int) -> None:
    assert await run(empty_path, tmp_path, 100 + seed, KILLS)


async def test_a_few_kills_while_releases_are_withdrawn(empty_path: Path, tmp_path: Path) -> None:
    assert await run(empty_path, tmp_path, seed=5, kills=2, withdrawing=True)


@pytest.mark.proof
@pytest.mark.parametrize("seed", range(8))
async def test_two_hundred_kills_while_releases_are_withdrawn(
    empty_path: Path, tmp_path: Path, seed: int
) -> None:
    assert await run(empty_path, tmp_path, 300 + seed, KILLS, withdrawing=True)
