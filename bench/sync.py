"""Taking in a release, against reading its tables and inserting them into an empty database."""

from __future__ import annotations

from bench.databases import Costs
from bench.rows import Reference, Row, median

_TIMES_NAIVE = 4.0


def rows_of_sync(costs: Costs) -> list[Row]:
    """From what each import cost while the databases were built; empty where none was taken in."""
    if not costs.naive:
        return []
    both = list(zip(costs.ours, costs.naive, strict=False))
    ratios = sorted(ours["seconds"] / naive["seconds"] for ours, naive in both)
    ours, naive = median([each["seconds"] for each, _ in both]), median([each["seconds"] for _, each in both])
    rows = int(both[-1][0]["rows"])
    reference = Reference("csv.reader + executemany", naive)
    peak = Reference("csv.reader + executemany", median([each["peak"] for _, each in both]))
    return [
        Row("Sync", f"a release ({rows:,} rows)", ours, "s", reference, _TIMES_NAIVE),
        Row("Sync", f"the slowest of {len(both)} releases", ratios[-1] * naive, "s", reference, _TIMES_NAIVE),
        Row("Sync", "peak memory of the process", median([each["peak"] for each, _ in both]), "MB", peak),
    ]
