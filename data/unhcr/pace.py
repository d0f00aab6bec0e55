"""How fast UNHCR is asked: it publishes no limit, so the bot keeps a polite one of its own."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

AT_ONCE = 2
INTERVAL = 0.26
"""Seconds between the starts of two requests: at most four a second, even when the way there
varies by some hundredths."""


class Pacer:
    """Hands out turns: no two start within `INTERVAL` seconds, and no more than `AT_ONCE` last.

    `clock` gives seconds that never run backwards, `sleep` waits for as many.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._places = asyncio.Semaphore(AT_ONCE)
        self._queue = asyncio.Lock()
        self._free_at = clock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends."""
        async with self._places:
            async with self._queue:
                # Asked again after each sleep: `hold` may have been called meanwhile.
                while (wait := self._free_at - self._clock()) > 0:
                    await self._sleep(wait)
                self._free_at = self._clock() + INTERVAL
            yield

    def hold(self, seconds: float) -> None:
        """Start no further turn for so many seconds."""
        self._free_at = max(self._free_at, self._clock() + seconds)
