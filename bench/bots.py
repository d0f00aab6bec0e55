"""Bots in processes of their own, on a double of Discord in this one, which checks nothing while timing."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from bench.timing import timed
from bot.preview.double import DiscordDouble, GuildPlan, Interaction

OURS, ECHO, NAIVE, LEAN = "bot", "bench.echo", "bench.naive_bot", "bench.naive_bot lean"
_KEPT = 2_000
"""Interactions that the double remembers: with 64 askers one is answered after hundreds of later ones."""
_PATIENCE = 60.0
_BYTES_PER_MB = 2**20


@dataclass(frozen=True, slots=True)
class RunningBot:
    """A bot that is logged in; `start_ms` is what that took from the start of its process."""

    double: DiscordDouble
    process: psutil.Process
    start_ms: float

    async def ask(self, words: str, options: dict[str, Any]) -> tuple[float, Interaction]:
        """Run a command; return the milliseconds until its message stood there, and what came of it.

        Raises `RuntimeError` for an answer without a picture: a refusal is no measure of anything.
        """
        with timed() as watch:
            told = await self.double.slash(words, options, timeout=_PATIENCE)
        if told.reply is None or not told.reply["attachments"]:
            raise RuntimeError(f"/{words} {options} was not answered with a picture: {told.reply}")
        return watch.ms, told

    async def complete(self, words: str, option: str, typed: str) -> float:
        """Type into an option; return the milliseconds until choices stood there."""
        with timed() as watch:
            await self.double.autocomplete(words, option, typed, {}, timeout=_PATIENCE)
        return watch.ms

    @property
    def memory(self) -> float:
        """What the process holds now, in MB, without what it shares with others."""
        return float(self.process.memory_full_info().uss) / _BYTES_PER_MB


@asynccontextmanager
async def running(
    module: str, database: Path, guilds: Sequence[GuildPlan] = (GuildPlan(),), **settings: str
) -> AsyncIterator[RunningBot]:
    """Start a bot by its module as an operator would, with the environment as its only settings."""
    double = DiscordDouble(
        guilds=guilds,
        rules=False,
        policy=False,
        keep=_KEPT,
        limits={},
        global_limit=(1_000_000, 1.0),
        identify_window=0.1,
    )
    async with double:
        where = double.endpoints
        environment = (
            os.environ
            | settings
            | {
                "DISCORD_TOKEN": double.token,
                "DISCORD_API_BASE": str(where.api_base),
                "DISCORD_GATEWAY_URL": str(where.gateway_url),
                "DISCORD_CDN_BASE": str(where.cdn_base),
                "DATABASE_PATH": str(database),
                "UNHCR_API_BASE": "http://127.0.0.1:9",  # where nobody answers: nothing is synced meanwhile
                "LOG_LEVEL": "ERROR",
            }
        )
        with timed() as watch:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-W", "ignore", "-m", *module.split(), env=environment
            )
            try:
                await double.ready(_PATIENCE)
            except TimeoutError:
                process.kill()
                raise
        try:
            yield RunningBot(double, psutil.Process(process.pid), watch.ms)
        finally:
            process.terminate()
            await process.wait()
