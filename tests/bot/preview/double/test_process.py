"""A bot in a process of its own: started, killed, started again, stopped."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process

from bot.preview.double import DiscordDouble
from tests.double import double


async def start(on: DiscordDouble) -> Process:
    where = on.endpoints
    env = os.environ | {
        "DISCORD_API_BASE": where.api_base,
        "DISCORD_GATEWAY_URL": where.gateway_url,
        "DISCORD_CDN_BASE": where.cdn_base,
        "DISCORD_TOKEN": on.token,
    }
    module = "tests.bot.preview.double.samplebot"
    process = await asyncio.create_subprocess_exec(sys.executable, "-W", "ignore", "-m", module, env=env)
    await on.ready(20)
    return process


async def test_a_button_from_before_a_crash_still_works() -> None:
    async with double() as on:
        process = await start(on)
        it = await on.slash("refugees country", country="SYR", year=2020)
        process.kill()
        await process.wait()
        on.connected.clear()
        process = await start(on)
        pressed = await on.click(it.original, "more:SYR")
        assert pressed.original["embeds"][0]["title"] == "Syria 2024"
        process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(process.wait(), 10) in (0, 1, 130, -2)
        assert on.violations == []
        assert on.own_faults == []
