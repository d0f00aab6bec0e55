"""A process that publishes and delivers, release after release, and may be killed at any moment.

`python -m tests.bot.alerts.dying DATABASE API_BASE GATEWAY TOKEN SECONDS_AHEAD RELEASES [withdraw]` says "ready" when it
is connected, and "done" when it has published so many releases in all and nothing more can be sent now. Its
clock is ahead by so many seconds, and its naps are short. With "withdraw" the newest release is withdrawn
before each that is published.
"""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import discord
import structlog

from bot.alerts.pace import SendPacer
from bot.alerts.posts import Crossposting, Posting
from bot.alerts.superseded import SupersededMarker
from bot.alerts.worker import Delivering
from bot.discord.traffic import Traffic
from bot.endpoints import Endpoints, pointed_at
from data.alerts.delivery import Outbox
from data.alerts.news import News, Withdrawal
from data.alerts.superseded import SupersededAlerts
from data.errors import BadRelease, UnknownRelease
from data.releases.imports import import_release, withdraw
from data.releases.publication import Unchanged
from data.store.database import Database
from data.store.releases import read_states
from tests.data.made_up import Anywhere, day, release

SHORTER = 0.02
"""By so much naps are shorter than they would be: discord.py's between repeats too."""


def keep_log(database: Path) -> None:
    """Write what is logged beside the database, for whoever asks why a run failed; faults of the program aloud."""

    def complain(_: object, method: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
        if method in {"error", "critical"}:
            print(event, file=sys.stderr)
        return event

    logging.disable(logging.CRITICAL)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper("iso"),
            structlog.processors.format_exc_info,
            complain,
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(database.with_suffix(".log").open("a", buffering=1)),
    )


@dataclass(frozen=True)
class Told:
    """A message that names the releases it tells, by the pending claims that each of them has."""

    title: str

    def send_kwargs(self) -> dict[str, Any]:
        return {
            "content": f"told {self.title}",
            "embed": discord.Embed(description="before → after"),
            "files": [discord.File(io.BytesIO(b"origin,asylum\n"), "changes.csv", description="the table")],
            "allowed_mentions": discord.AllowedMentions.none(),
        }


async def compose(news: News | Withdrawal, _subscriptions: object) -> Told:
    if isinstance(news, Withdrawal):
        return Told(f"-{1000 + (news.release.retrieved_at - day(0)).days}")
    return Told(" ".join(f"{each.headline.after:,.0f}" for each in (news, *news.meanwhile) if each.headline))


async def run(
    path: Path, endpoints: Endpoints, token: str, ahead: float, releases: int, withdrawing: bool
) -> None:
    nap = asyncio.sleep
    asyncio.sleep = lambda seconds, result=None: nap(seconds * SHORTER, result)
    start = datetime.now(UTC) + timedelta(seconds=ahead)
    begun = asyncio.get_running_loop().time()

    def clock() -> datetime:
        return start + timedelta(seconds=asyncio.get_running_loop().time() - begun)

    traffic, pacer = Traffic(), SendPacer(100_000)
    client = discord.Client(
        intents=discord.Intents(guilds=True),
        max_messages=None,
        max_ratelimit_timeout=60.0,
        guild_ready_timeout=0.05,
        http_trace=traffic.trace(),
    )
    with pointed_at(endpoints):
        async with Database(path, readers=2) as database, client:
            outbox = Outbox(database, Anywhere(), clock)
            crossposting = Crossposting(client, outbox, traffic, pacer)
            delivering = Delivering(outbox, compose, Posting(client, traffic, pacer), crossposting.publish)
            marker = SupersededMarker(client, SupersededAlerts(database, Anywhere(), clock), traffic, pacer)
            connecting = asyncio.create_task(client.start(token))
            await client.wait_until_ready()
            print("ready", flush=True)
            await delivering.run_once()
            async with database.reading() as connection:
                published = len(await read_states(connection))
            for number in range(published, releases):
                if withdrawing:
                    with contextlib.suppress(
                        BadRelease, UnknownRelease
                    ):  # the first one is the only one then
                        await withdraw(database, str(day(number - 1).date()), clock())
                        await delivering.run_once()
                try:
                    await import_release(database, release(pending=1000 + number), day(number))
                except Unchanged:
                    continue
                await delivering.run_once()
                await marker.run_once()
            while crossposting._tasks:
                await nap(0.01)
            print("done", flush=True)
            await client.close()
            await asyncio.wait({connecting})


if __name__ == "__main__":
    keep_log(Path(sys.argv[1]))
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False
    asyncio.run(
        run(
            Path(sys.argv[1]),
            Endpoints(sys.argv[2], sys.argv[3], None),
            sys.argv[4],
            float(sys.argv[5]),
            int(sys.argv[6]),
            sys.argv[7:] == ["withdraw"],
        )
    )
