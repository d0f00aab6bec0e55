"""How long the event loop keeps others waiting."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bench.timing import MS

_EVERY = 0.005
"""Seconds between two looks at the clock."""


@asynccontextmanager
async def watching() -> AsyncIterator[list[float]]:
    """Collect by how many milliseconds a sleep of five overslept, for as long as the block runs."""
    lags: list[float] = []

    async def tick() -> None:
        while True:
            began = time.perf_counter()
            await asyncio.sleep(_EVERY)
            lags.append((time.perf_counter() - began - _EVERY) * MS)

    ticking = asyncio.create_task(tick())
    try:
        yield lags
    finally:
        ticking.cancel()
        await asyncio.wait({ticking})
