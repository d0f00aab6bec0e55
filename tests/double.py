"""A bot on the double of Discord, for any test that wants one."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import discord

from bot.preview.double import DiscordDouble
from bot.preview.double.people import PATIENCE
from tests import discord_spec

Bot = TypeVar("Bot", bound=discord.Client)


def double(**settings: Any) -> DiscordDouble:
    """A double that holds Discord's OpenAPI document against everything, where it is at hand."""
    # discord.py waits five seconds when it comes too soon, as a bot that was restarted here would.
    settings.setdefault("identify_window", 0.01)
    if discord_spec.DOCUMENT.exists():
        settings.setdefault("check", discord_spec.requests().check)
        settings.setdefault("check_reply", discord_spec.replies().check_reply)
    return DiscordDouble(**settings)


@asynccontextmanager
async def started(bot: Bot, on: DiscordDouble, *, timeout: float = PATIENCE) -> AsyncIterator[Bot]:
    """Start the bot on a running double; it is ready when it has registered its commands and connected.

    An error that stops the bot is raised here.
    """
    with on.patched():
        task = asyncio.create_task(bot.start(on.token))
        ready = asyncio.create_task(on.ready(timeout))
        await asyncio.wait({task, ready}, return_when=asyncio.FIRST_COMPLETED)
        try:
            if task.done():
                ready.cancel()
                await task
            await ready
            yield bot
        finally:
            await bot.close()
            task.cancel()
            ready.cancel()
            await asyncio.wait({task, ready})


@asynccontextmanager
async def running(bot: Bot, **settings: Any) -> AsyncIterator[tuple[DiscordDouble, Bot]]:
    """A double and a bot on it; afterwards, neither has violated the specification or the rules."""
    async with double(**settings) as discord_double:
        async with started(bot, discord_double):
            yield discord_double, bot
        assert not discord_double.violations, "\n".join(map(str, discord_double.violations))
        assert not discord_double.own_faults, "\n".join(map(str, discord_double.own_faults))


async def until(condition: Callable[[], object], *, timeout: float = PATIENCE) -> None:
    """Wait for something to become true; TimeoutError when it does not."""
    for _ in range(int(timeout / 0.01)):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError(f"not true within {timeout} s")
