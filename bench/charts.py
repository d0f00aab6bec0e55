"""Charts of every kind: with fresh data and title, and with the same strings again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bench import asked, naive
from bench.blank import save_blank
from bench.opening import open_services
from bench.rows import Reference, Row, median
from bench.timing import balance, race, timed
from bot.charts.bars import BarChart
from bot.charts.lines import LineChart
from bot.charts.studio import Chart, Studio

ROUNDS = 25
_FRESH, _REPEATED, _PART_OF_NAIVE, _KB = 0.5, 0.3, 1 / 16, 40.0
_MAP_FRESH, _MAP_KB = 0.6, 55.0
_BURST, _BURST_OF_NAIVE = 20, 0.08
_LIKE_BARS = ("bar", "comparison", "history")
_BYTES_PER_KB = 1024

Charts = dict[str, list[Chart]]


async def collect(path: Path) -> Charts:
    """As many different charts of each kind as there are rounds, from real answers."""
    async with open_services(path) as services:
        found = {kind: await asked.answer(services, kind, ROUNDS) for kind in asked.KINDS}
    return {kind: [reply.chart for reply in replies] for kind, replies in found.items() if replies}


async def measure_charts(path: Path) -> list[Row]:
    """Draw every kind by turns with a blank page and with pyplot."""
    charts = await collect(path)
    lines = [chart for chart in charts["line"] if isinstance(chart, LineChart)]
    bars = [chart for chart in charts["bar"] if isinstance(chart, BarChart)]
    pictures: dict[str, list[bytes]] = {kind: [] for kind in charts}
    async with Studio(kept=0) as studio:  # which keeps no picture: every one is drawn

        def fresh(kind: str) -> Callable[[int], Awaitable[object]]:
            async def draw(number: int) -> None:
                pictures[kind].append(await studio.draw(charts[kind][number]))

            return draw

        def again(kind: str) -> Callable[[int], Awaitable[object]]:
            return lambda number: studio.draw(charts[kind][number])

        contenders: dict[str, Callable[[int], Awaitable[object]]] = {
            "F0": _at_once(lambda _: save_blank()),
            "naive line": _at_once(lambda number: naive.draw_line(lines[number])),
            "naive bar": _at_once(lambda number: naive.draw_bars(bars[number])),
        }
        for kind, found in charts.items():
            await studio.draw(found[-1])  # a warm process has drawn the kind before, if not these charts
            contenders |= {f"{kind}, fresh": fresh(kind), f"{kind}, again": again(kind)}
        taken = await race(contenders, min(map(len, charts.values())) - 1)
    middle = balance(taken, "F0")
    rows = [Row("Charts", "F0: matplotlib saves a blank page", middle["F0"], "ms")]
    rows += [await _compare_bytes(charts), *await _measure_burst(charts, lines)]
    for kind, drawn in pictures.items():
        rows += _rows_of(kind, middle, drawn)
    return rows


def _at_once(run: Callable[[int], object]) -> Callable[[int], Awaitable[object]]:
    async def await_it(number: int) -> object:
        return run(number)

    return await_it


def _rows_of(kind: str, middle: dict[str, float], pictures: Sequence[bytes]) -> list[Row]:
    blank = Reference("F0", middle["F0"])
    pyplot = Reference(
        "naive", middle["naive bar" if kind in ("bar", "comparison", "history") else "naive line"]
    )
    group, fresh, is_map = f"Chart: {kind}", middle[f"{kind}, fresh"], kind == "map"
    largest = max(map(len, pictures)) / _BYTES_PER_KB
    return [
        Row(group, "fresh data and title", fresh, "ms", blank, _MAP_FRESH if is_map else _FRESH),
        Row(group, "the same, against pyplot", fresh, "ms", pyplot, None if is_map else _PART_OF_NAIVE),
        Row(group, "repeated strings", middle[f"{kind}, again"], "ms", blank, None if is_map else _REPEATED),
        Row(group, "largest PNG", largest, "KB", None, _MAP_KB if is_map else _KB),
    ]


async def _compare_bytes(charts: Charts) -> Row:
    """Count the charts that differ when another studio draws them in another order."""
    chosen = [chart for found in charts.values() for chart in found[:5]]
    async with Studio(kept=0) as one, Studio(kept=0) as other:
        first = [await one.draw(chart) for chart in chosen]
        second = [await other.draw(chart) for chart in reversed(chosen)]
    differing = sum(a != b for a, b in zip(first, reversed(second), strict=True))
    return Row("Charts", f"of {len(chosen)} drawn twice, differ in a byte", differing, "charts", None, 0)


async def _measure_burst(charts: Charts, lines: Sequence[LineChart]) -> list[Row]:
    """Twenty charts asked for at once, against pyplot drawing as many."""
    chosen = [found[number] for number in range(4) for found in charts.values()][:_BURST]
    ours, theirs = [], []
    for _ in range(3):
        async with Studio(kept=0) as studio:
            await studio.draw(chosen[-1])
            with timed() as watch:
                await asyncio.gather(*map(studio.draw, chosen))
        ours.append(watch.ms)
        with timed() as watch:
            for number in range(len(chosen)):
                naive.draw_line(lines[number])
        theirs.append(watch.ms)
    reference = Reference("naive", median(theirs))
    return [Row("Charts", f"burst of {len(chosen)}", median(ours), "ms", reference, _BURST_OF_NAIVE)]
