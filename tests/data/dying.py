"""A process that starts, imports, and may be killed at any moment: `python -m tests.data.dying PATH [PENDING]`.

Says "ready" when it begins with what may be interrupted, and "done" after it.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path

from data.imports import import_release
from data.opening import open_database
from tests.data.made_up import day, large_release

ROWS = 3000


async def run(path: Path, pending: int | None) -> None:
    if pending is None:
        print("ready", flush=True)
    async with open_database(path) as database:
        if pending is not None:
            release = large_release(ROWS, pending)
            print("ready", flush=True)
            await import_release(database, release, day(pending))
        print("done", flush=True)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else None))
