"""Many servers in one process: the memory they take, the pauses to collect it, and the stop."""

from __future__ import annotations

import asyncio
import json
import resource
import shutil
import time
from pathlib import Path

from bench.bots import running
from bench.rows import Row
from bot.preview.double import TEXT, GuildPlan

SERVERS = 2_500
_WATCHED = 75.0
"""Seconds with at least one collection of everything, which comes once a minute."""

_PAUSE, _MEMORY, _STOP = 10.0, 240.0, 0.1
_COMMANDS = 20
_CALM = 10.0


def plan_server(number: int) -> GuildPlan:
    """A server of real size, of which Discord tells 30 KB; every third name is its own."""
    own = (f"-{number}", "", "")
    channels = tuple((f"channel-{each}{own[each % 3]}", TEXT) for each in range(66))
    return GuildPlan(f"Server {number}", channels, tuple(f"role-{each}{own[each % 3]}" for each in range(30)))


async def measure_servers(database: Path, folder: Path, servers: int = SERVERS) -> list[Row]:
    """Run the bot in so many servers, ask it a little, leave it alone for a while, and stop it."""
    kept = Path(shutil.copy(database, folder / "servers.sqlite3"))
    pauses = folder / "pauses.txt"
    guilds = [plan_server(each) for each in range(servers)]
    async with running("bench.pauses", kept, guilds=guilds, PAUSES=str(pauses)) as bot:
        size = sum(len(json.dumps(each)) for each in bot.double.guilds) / servers
        await _settle(pauses)
        since = time.time()
        for year in range(_COMMANDS):
            await bot.ask("asylum figures", {"origin": "AFG", "year": 2024 - year})
        await asyncio.sleep(_WATCHED)
        memory = bot.memory
        seen = bot.process.cpu_times()
        before = seen.user + seen.system
        already = _spent_by_children()
    stopped = _spent_by_children() - already - before
    taken = [
        float(line.split()[1]) for line in pauses.read_text().splitlines() if float(line.split()[0]) > since
    ]
    what = f"{servers:,} servers of {size / 1000:.0f} KB"
    return [
        Row("Servers", f"{what}, longest collection", max(taken, default=0.0), "ms", None, _PAUSE),
        Row("Servers", f"{what}, memory", memory, "MB", None, _MEMORY),
        Row("Servers", f"{what}, stopping, CPU", stopped, "s", None, _STOP),
    ]


async def _settle(pauses: Path) -> None:
    """Wait until every server was told of and nothing is collected any more."""
    seen = -1
    while (now := await asyncio.to_thread(lambda: pauses.stat().st_size)) != seen:
        seen = now
        await asyncio.sleep(_CALM)


def _spent_by_children() -> float:
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime
