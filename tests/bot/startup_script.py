"""The heart of `python -m bot` as a process of its own: a bot, a worker, and signals to stop them.

With the argument `windows`, its event loop knows no signals, as on Windows.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from typing import Any, NoReturn

from bot.discord.running import StartFailed, run_bot
from bot.endpoints import Endpoints, pointed_at
from bot.log import configure
from tests.bot.failing_cog import failing_bot


def refuse(*_: Any) -> NoReturn:
    raise NotImplementedError


async def work() -> None:
    print("at work", flush=True)
    try:
        await asyncio.Event().wait()
    finally:
        await asyncio.sleep(0)
        print("tidied up", flush=True)


async def main() -> None:
    if "windows" in sys.argv:
        loop: Any = asyncio.get_running_loop()
        loop.add_signal_handler = refuse
    with pointed_at(Endpoints(os.environ["DISCORD_API_BASE"], os.environ["DISCORD_GATEWAY_URL"])):
        await run_bot(failing_bot(), os.environ["DISCORD_TOKEN"], [work])
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
    print("stopped", flush=True)


configure("DEBUG", [os.environ["DISCORD_TOKEN"]])
try:
    asyncio.run(main())
except StartFailed as error:
    print(error, flush=True)
    sys.exit(1)
