"""One pace for everything that is sent of the bot's own accord."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

SENDS_A_SECOND = 45.0
"""Discord allows 50 requests a second; the rest is left to whoever does not wait here."""

_MOST_BEHIND = 2
"""So many turns may be made up for, when this process was late to take them."""


class Pacer:
    """Hands out turns, evenly spaced."""

    def __init__(
        self,
        a_second: float = SENDS_A_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._interval = 1 / a_second
        self._clock = clock
        self._sleep = sleep
        self._next = 0.0

    async def take_turn(self) -> None:
        """Wait for the next turn."""
        now = self._clock()
        turn = max(self._next, now - _MOST_BEHIND * self._interval)
        self._next = turn + self._interval
        if turn > now:
            await self._sleep(turn - now)
