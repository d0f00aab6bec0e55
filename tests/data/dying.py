"""A process that may be killed at any moment: `python -m tests.data.dying PATH DEED ARGUMENT`.

A deed is `start SHIPPED`, for the first time with the releases in that folder, `import N`, `weigh N`, which has
half of the rows and is doubted, `sync BASE`, `publish DAY` or `withdraw DAY`. Says "ready" when it begins with what may be interrupted,
and "done" after it.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from data.releases.imports import import_release, publish_kept, withdraw
from data.releases.opening import open_database
from data.sources.shipped import Shipped
from data.store.database import Database
from tests.data.made_up import day, large_release

if TYPE_CHECKING:
    from data.releases.sync import Sync

ROWS = 1500


async def run(path: Path, deed: str, argument: str) -> None:
    if deed == "start":
        print("ready", flush=True)
        async with open_database(path, shipped=Shipped(Path(argument))):
            pass
    else:
        async with Database(path) as database:
            await act(database, deed, argument)
    print("done", flush=True)


async def act(database: Database, deed: str, argument: str) -> None:
    rows = {"import": ROWS, "weigh": ROWS // 2}.get(deed)
    release = large_release(rows, int(argument)) if rows else None
    sync = make_sync(database, argument, day(2)) if deed == "sync" else None
    print("ready", flush=True)
    if release:
        await import_release(database, release, day(int(argument)))
    elif sync:
        await sync.run()
    elif deed == "publish":
        await publish_kept(database, argument)
    elif deed == "withdraw":
        await withdraw(database, argument, day(30))


def make_sync(database: Database, base: str, now: datetime) -> Sync:
    """Tie a sync at that moment, without the pauses that UNHCR is owed."""
    from data.releases.sync import Sync
    from data.sources.unhcr.client import UnhcrClient
    from tests.data.sources.unhcr.conversation import CONTACT, PAGE_SIZE, VirtualTime

    time = VirtualTime()

    def connect() -> UnhcrClient:
        return UnhcrClient(
            base, contact=CONTACT, version="1", clock=time.clock, sleep=time.sleep, page_size=PAGE_SIZE
        )

    return Sync(database, connect, lambda: now)


if __name__ == "__main__":
    asyncio.run(run(Path(sys.argv[1]), *sys.argv[2:]))
