"""A release told to many channels: how fast, and how commands are answered meanwhile."""

from __future__ import annotations

from pathlib import Path

from bench.fanout import measure_fan_out
from bench.growth import Growth
from bench.loops import rows_of
from bench.rows import Reference, Row, median, percentile

SIZES = (10, 100, 1_000)
_MIN_RATE = 44.0


async def measure_deliveries(path: Path) -> tuple[list[Row], list[Growth]]:
    """Tell the newest release to ten, a hundred and a thousand channels; the budgets are for the most."""
    seen = {size: await measure_fan_out(path, size, 10) for size in SIZES}
    most = seen[SIZES[-1]]
    alone = await measure_fan_out(path, SIZES[-1], 10, asking=False)
    what = f"{SIZES[-1]:,} channels"
    idle = Reference("idle", percentile(most.idle, 0.99))
    rows = [
        Row("Fan-out", f"{what}, told", len(most.sends), "channels", None, SIZES[-1], at_least=True),
        Row("Fan-out", f"{what}, a second", most.rate, "sends", None, _MIN_RATE, at_least=True),
        Row("Fan-out", f"{what}, answered 429", most.refused, "requests", None, 0),
        Row("Fan-out", "commands meanwhile, p99", percentile(most.meanwhile, 0.99), "ms", idle),
        Row("Fan-out", "memory at the end", most.memory[-1], "MB"),
        *rows_of(f"{what} told", alone.lags),
        Row("Event loop", f"{what} told and commands answered, lag p99", percentile(most.lags, 0.99), "ms"),
        Row("Event loop", f"{what} told and commands answered, lag max", max(most.lags), "ms"),
    ]
    grown = [
        Growth("Until all are told", "s", {n: each.sends[-1] - each.sends[0] for n, each in seen.items()}),
        Growth("Memory at the end", "MB", {n: each.memory[-1] for n, each in seen.items()}),
        Growth("Commands meanwhile, p50", "ms", {n: median(each.meanwhile) for n, each in seen.items()}),
    ]
    return rows, grown
