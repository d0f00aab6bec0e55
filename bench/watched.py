"""The bot as it is, with its event loop watched: `python -m bench.watched`.

When it stops it writes to the file that LAGS names, as JSON: pairs of a moment (monotonic seconds) and by how
many milliseconds the loop came too late then.
"""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path

from bench.timing import MS
from bot.__main__ import main

EVERY = 0.005
"""Seconds between two looks at the clock."""

Lags = list[tuple[float, float]]


class Watch(asyncio.DefaultEventLoopPolicy):
    """Makes loops that note how late they are."""

    def __init__(self, lags: Lags) -> None:
        super().__init__()
        self._lags = lags

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """Make a loop that looks at the clock again and again."""
        loop = super().new_event_loop()

        def look(due: float) -> None:
            now = loop.time()
            self._lags.append((now, (now - due) * MS))
            loop.call_later(EVERY, look, now + EVERY)

        loop.call_soon(look, loop.time())
        return loop


if __name__ == "__main__":
    noted: Lags = []
    asyncio.set_event_loop_policy(Watch(noted))
    try:
        main([])
    finally:
        Path(os.environ["LAGS"]).write_text(json.dumps(noted))
