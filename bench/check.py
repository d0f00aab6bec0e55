"""How long a check of a pasted text takes: CPU time, for articles of 6,000 characters and for bad texts.

    python -m bench.check [DATABASE] [COUNT]

DATABASE is that of a bot (by default one of a first start, built anew). Prints medians and the
slowest hundredth in milliseconds; the budget is 150 ms at the 99th percentile.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.chat.check import compose_check
from bot.services import Services
from data.errors import Unanswerable
from tests.asking import open_services
from tests.claims.bombs import bad_texts, full_length_texts
from tests.releases import build_releases

WRITTEN = date(2026, 11, 25)
BUDGET = 150.0


async def measure(services: Services, texts: Iterator[str]) -> list[float]:
    """Return milliseconds of CPU for each text, in rising order."""
    taken = []
    for text in texts:
        start = time.process_time()
        try:
            (await compose_check(services, text, WRITTEN)).embed()
        except Unanswerable:
            pass
        taken.append((time.process_time() - start) * 1000)
    return sorted(taken)


async def run(path: Path, count: int) -> None:
    """Measure both kinds of text and print what was found."""
    async with open_services(path) as services:
        await measure(services, full_length_texts("warm", 5))
        for name, texts in (
            ("6,000 characters", full_length_texts("bench", count)),
            ("bad texts", bad_texts("bench", count)),
        ):
            taken = await measure(services, texts)
            middle, slow = taken[len(taken) // 2], taken[int(len(taken) * 0.99)]
            verdict = "within" if slow <= BUDGET else "OVER"
            print(
                f"{name}: median {middle:.1f} ms, p99 {slow:.1f} ms, max {taken[-1]:.1f} ms of CPU"
                f" ({count:,} texts; {verdict} the budget of {BUDGET:.0f} ms)"
            )


if __name__ == "__main__":
    texts = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    if len(sys.argv) > 1:
        asyncio.run(run(Path(sys.argv[1]), texts))
    else:
        with tempfile.TemporaryDirectory() as folder:
            build_releases(Path(folder) / "releases.sqlite3")
            asyncio.run(run(Path(folder) / "releases.sqlite3", texts))
