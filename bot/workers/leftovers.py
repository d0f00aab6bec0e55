"""Objects that hold each other and nobody else: looked for when no one waits.

Python would look through everything there is at some moment of its own choice, and stop all answers for
twenty milliseconds and more.
"""

from __future__ import annotations

import asyncio
import gc
import time
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

EVERY = timedelta(minutes=1)
LONGEST = timedelta(minutes=5)
"""A bot that is asked without pause is looked through all the same, before leftovers fill the memory."""

QUIET = timedelta(seconds=2)
LOOK = timedelta(seconds=1)
_NEVER = 2**31 - 1


class Quiet(Protocol):
    """Says for how many seconds nothing has been sent."""

    @property
    def quiet_for(self) -> float:
        """Seconds since the last request began."""
        ...


@contextmanager
def collecting_young() -> Iterator[None]:
    """Let Python look through young objects as ever, and never through all, for as long as the block runs."""
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, _NEVER)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)


async def keep_collected(
    traffic: Quiet,
    clock: Callable[[], float] = time.monotonic,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    collect: Callable[[], object] = gc.collect,
) -> None:
    """Collect in quiet moments for as long as the bot runs; young objects are looked through as ever."""
    with collecting_young():
        last = clock()
        while True:
            await sleep(LOOK.total_seconds())
            passed = clock() - last
            quiet = traffic.quiet_for >= QUIET.total_seconds()
            if passed >= LONGEST.total_seconds() or (quiet and passed >= EVERY.total_seconds()):
                collect()
                last = clock()
