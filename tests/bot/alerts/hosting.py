"""One of several processes on a shared state; with the duty it publishes and delivers. It may be killed at any moment.

`python -m tests.bot.alerts.hosting DATABASE STATE_URL API_BASE GATEWAY TOKEN SHARD SHARDS AHEAD` says "ready" when it is
connected. Its clock is ahead by so many seconds. As many releases are published as the fact "wanted" says.
"""

from __future__ import annotations

import asyncio
import contextlib
import sys
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Self

import discord

from bot.alerts.pace import SendPacer
from bot.alerts.posts import Posting
from bot.alerts.superseded import SupersededMarker
from bot.alerts.worker import Delivering
from bot.discord.running import Worker
from bot.discord.shards import is_ours
from bot.discord.traffic import Traffic
from bot.duty import Standby
from bot.endpoints import Endpoints, pointed_at
from data.alerts import Alerts
from data.alerts.delivery import Outbox
from data.alerts.superseded import SupersededAlerts
from data.errors import AsylumBotError
from data.releases.imports import import_release
from data.state.duty import OnDuty
from data.state.opening import cluster_of, open_state
from data.store.database import Database
from data.store.releases import read_states
from tests.bot.alerts.dying import compose, keep_log
from tests.data.made_up import Anywhere, day, release

WANTED = "wanted"
DELIVERY_LEASE = timedelta(seconds=10)


def put_ahead(seconds: float) -> None:
    """Have the clock of this host be wrong: in all modules of the bot, as if its machine had another time."""

    class Ahead(datetime):
        @classmethod
        def now(cls, zone: tzinfo | None = None) -> Self:
            return super().now(zone) + timedelta(seconds=seconds)

    for name, module in list(sys.modules.items()):
        if name.partition(".")[0] in {"bot", "data"} and getattr(module, "datetime", None) is datetime:
            module.datetime = Ahead  # type: ignore[attr-defined]


async def run(path: Path, address: str, endpoints: Endpoints, token: str, shard: int, shards: int) -> None:
    traffic = Traffic()
    client = discord.AutoShardedClient(
        intents=discord.Intents(guilds=True),
        shard_count=shards,
        shard_ids=[shard],
        max_messages=None,
        max_ratelimit_timeout=60.0,
        guild_ready_timeout=0.05,
        http_trace=traffic.trace(),
    )
    with pointed_at(endpoints):
        async with Database(path, readers=2) as database, open_state(database, address), client:
            cluster = cluster_of(database)
            assert cluster is not None

            async def publish() -> None:
                while True:
                    with contextlib.suppress(AsylumBotError):
                        await publish_next(database, int(await cluster.recall(WANTED) or 0))
                    await asyncio.sleep(0.3)

            def work(duty: OnDuty) -> list[Worker]:
                pacer = SendPacer(is_over=duty.is_over)
                outbox = Outbox(database, Anywhere(), lease=DELIVERY_LEASE, state=duty)
                superseded = SupersededAlerts(database, Anywhere(), state=duty)
                delivering = Delivering(outbox, compose, Posting(client, traffic, pacer))
                marker = SupersededMarker(client, superseded, traffic, pacer)
                return [publish, delivering.run, marker.run]

            standby = Standby(database, cluster, f"{shard}/{shards}", work, client.is_ready)
            connecting = asyncio.create_task(client.start(token))
            await client.wait_until_ready()
            await compare(client, database)
            print("ready", flush=True)
            await asyncio.gather(standby.run(), connecting)


async def publish_next(database: Database, wanted: int) -> None:
    async with database.reading() as connection:
        number = len(await read_states(connection))
    if number < wanted:
        await import_release(database, release(pending=1000 + number), day(number))


async def compare(client: discord.AutoShardedClient, database: Database) -> None:
    """Look which servers left, as the bot does."""
    while True:
        try:
            await Alerts(database, Anywhere()).compare_servers(
                lambda: {guild.id for guild in client.guilds}, lambda server: is_ours(client, server)
            )
        except AsylumBotError:
            await asyncio.sleep(0.5)
        else:
            return


if __name__ == "__main__":
    database, state, api, gateway, token, shard, shards, ahead = sys.argv[1:]
    put_ahead(float(ahead))
    keep_log(Path(database))
    asyncio.run(run(Path(database), state, Endpoints(api, gateway, None), token, int(shard), int(shards)))
