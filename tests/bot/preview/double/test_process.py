"""A bot in a process of its own: started, killed, started again, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from bot.preview.double import DiscordDouble
from tests.double import double


@asynccontextmanager
async def process(on: DiscordDouble, prepare: Callable[[], object] | None = None) -> AsyncIterator[Process]:
    """A bot that is ready; afterwards its process is gone, whatever happened."""
    where = on.endpoints
    env = os.environ | {
        "DISCORD_API_BASE": where.api_base,
        "DISCORD_GATEWAY_URL": where.gateway_url,
        "DISCORD_CDN_BASE": where.cdn_base,
        "DISCORD_TOKEN": on.token,
    }
    module = "tests.bot.preview.double.samplebot"
    command = [sys.executable, "-W", "ignore", "-m", module]
    running = await asyncio.create_subprocess_exec(
        *command, env=env, stdout=asyncio.subprocess.DEVNULL, preexec_fn=prepare
    )
    try:
        await on.ready(300)
        yield running
    finally:
        if running.returncode is None:
            running.kill()
            await running.wait()
        on.connected.clear()


async def stop(running: Process) -> int:
    running.send_signal(signal.SIGINT)
    async with asyncio.timeout(300):
        return await running.wait()


async def test_a_button_from_before_a_crash_still_works() -> None:
    async with double() as on:
        async with process(on) as running:
            it = await on.slash("refugees country", country="SYR", year=2020)
            running.kill()
            await running.wait()
        async with process(on) as running:
            pressed = await on.click(it.original, "more:SYR")
            assert pressed.original["embeds"][0]["title"] == "Syria 2024"
            assert await stop(running) == 0
        assert on.violations == []
        assert on.own_faults == []


@pytest.mark.skipif(sys.platform == "win32", reason="a signal that is ignored from birth is Unix's")
async def test_a_bot_that_a_script_started_in_the_background_stops_when_it_is_told_to() -> None:
    """A shell without job control lets such processes ignore SIGINT, and their children with them."""

    def ignore() -> None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)

    async with double() as on, process(on, ignore) as running:
        assert await stop(running) == 0
