"""Half an hour of mixed commands at half the sustained rate: memory flat, and no slower at the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.asked import mixed
from bench.bots import OURS, RunningBot, running
from bench.commands import sustain
from bench.rows import Reference, Row, median, percentile

MINUTES = 30.0
_SETTLED = 5.0
"""Minutes after which memory is to stay as it is."""
_GROWTH = 1.05
_SLOWER = 1.1
_MINUTE = 60.0


@dataclass(slots=True)
class Minute:
    """What was seen in one minute."""

    memory: float = 0.0
    taken: list[float] = field(default_factory=list)


async def measure_soak(database: Path, minutes: float, say: Callable[[str], None]) -> list[Row]:
    """Find the sustained rate, then ask at half of it for so many minutes."""
    async with running(OURS, database) as bot:
        rate = await sustain(bot, mixed()) / 2
        say(f"asking {rate:.0f} times a second for {minutes:g} minutes")
        seen = await _ask_steadily(bot, rate, minutes, say)
    settled = min(int(_SETTLED), len(seen) // 3)
    early, late = seen[: max(1, settled)], seen[-max(1, settled) :]
    before = Reference(f"after minute {settled or 1}", seen[max(0, settled - 1)].memory)
    group = f"Soak: {minutes:g} minutes at {rate:.0f} commands a second"

    def latency(share: float) -> tuple[float, Reference]:
        first, last = ([t for minute in part for t in minute.taken] for part in (early, late))
        return percentile(last, share), Reference("at the beginning", percentile(first, share))

    (p50, p50_before), (p99, p99_before) = latency(0.5), latency(0.99)
    return [
        Row(group, "memory at the end", median([m.memory for m in late]), "MB", before, _GROWTH),
        Row(group, "latency p50 at the end", p50, "ms", p50_before, _SLOWER),
        Row(group, "latency p99 at the end", p99, "ms", p99_before),
        Row(group, "commands answered", sum(len(m.taken) for m in seen), "commands"),
    ]


async def _ask_steadily(
    bot: RunningBot, rate: float, minutes: float, say: Callable[[str], None]
) -> list[Minute]:
    """Ask at a steady rate, whether or not the answers keep up."""
    commands, loop = mixed(), asyncio.get_running_loop()
    seen: list[Minute] = []
    began, asked = loop.time(), 0
    async with asyncio.TaskGroup() as asking:
        while (passed := loop.time() - began) < minutes * _MINUTE:
            while len(seen) <= passed // _MINUTE:
                if seen:
                    say(f"minute {len(seen)}: {seen[-1].memory:.0f} MB, p50 {median(seen[-1].taken):.1f} ms")
                seen.append(Minute())
            seen[-1].memory = bot.memory if asked % 100 == 0 else seen[-1].memory
            asking.create_task(_ask(bot, next(commands), seen[-1]))
            asked += 1
            await asyncio.sleep(max(0, began + asked / rate - loop.time()))
    return seen


async def _ask(bot: RunningBot, command: tuple[str, dict[str, object]], minute: Minute) -> None:
    taken, _ = await bot.ask(*command)
    minute.taken.append(taken)
