"""How long the event loop keeps others waiting while charts are drawn, and while a release comes in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path

from bench.charts import collect
from bench.databases import Costs
from bench.lag import watching
from bench.rows import Row, median, percentile
from bot.charts.studio import Studio
from bot.upkeep import collecting_young

_P99, _MAX, _MAX_OF_SYNC = 3.0, 10.0, 25.0
_SECONDS = 8.0


async def measure_drawing(path: Path) -> list[Row]:
    """Draw without pause, every chart anew."""
    charts = [chart for found in (await collect(path)).values() for chart in found]
    loop = asyncio.get_running_loop()
    async with Studio(kept=0) as studio:
        await studio.draw(charts[0])
        async with watching() as idle:
            await asyncio.sleep(1)
        drawn, until = 0, loop.time() + _SECONDS
        with collecting_young():
            async with watching() as lags:
                while loop.time() < until:
                    await studio.draw(charts[drawn % len(charts)])
                    drawn += 1
    return [
        Row("Event loop", "idle, lag p99", percentile(idle, 0.99), "ms"),
        *rows_of(f"{drawn} charts drawn without pause", lags),
    ]


def rows_of(doing: str, lags: Sequence[float]) -> list[Row]:
    """The two budgets of the event loop."""
    return [
        Row("Event loop", f"{doing}, lag p99", percentile(lags, 0.99), "ms", None, _P99),
        Row("Event loop", f"{doing}, lag max", max(lags), "ms", None, _MAX),
    ]


def rows_of_imports(costs: Costs) -> list[Row]:
    """The same while releases were taken in; of several the worst one."""
    if not costs.ours:
        return []
    return [
        Row(
            "Event loop",
            "a release taken in, lag p99",
            max(c["lag p99"] for c in costs.ours),
            "ms",
            None,
            _P99,
        ),
        Row(
            "Event loop",
            "a release taken in, lag max, median release",
            median([c["lag max"] for c in costs.ours]),
            "ms",
            None,
            _MAX,
        ),
        Row(
            "Event loop",
            f"a release taken in, lag max, worst of {len(costs.ours)}",
            max(c["lag max"] for c in costs.ours),
            "ms",
            None,
            _MAX_OF_SYNC,
        ),
    ]
