"""Slash commands from interaction to message, our bot by turns with one that only echoes a picture."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from bench.asked import Command, mixed
from bench.blank import save_blank
from bench.bots import ECHO, OURS, RunningBot, running
from bench.rows import Reference, Row, median, percentile
from bench.timing import MS, timed

ROUNDS = 150
ASKERS, SECONDS = 64, 8.0
_GROUP = "Commands, over the double"


def _echo() -> Command:
    return "echo", {}


async def measure_commands(database: Path) -> list[Row]:
    """Latency by turns, then as many answers as 64 askers get."""
    async with running(ECHO, database) as echo, running(OURS, database) as ours:
        fresh, cached, echoed, blank = [], [], [], []
        one_request = 0
        commands = mixed()
        await _warm(echo, ours, commands)
        for command in islice(commands, ROUNDS):
            with timed() as watch:
                await asyncio.to_thread(save_blank)
            blank.append(watch.ms)
            echoed.append((await echo.ask(*_echo()))[0])
            taken, told = await ours.ask(*command)
            fresh.append(taken)
            one_request += told.acked is not None and told.acked["type"] == 4
            cached.append((await ours.ask(*command))[0])
        f0, base = median(blank), median(echoed)
        rate = await sustain(ours, commands)
    return [
        Row(_GROUP, "echo alone, p50", base, "ms", Reference("F0", f0)),
        _against(f"fresh, p50 of {ROUNDS}", median(fresh), "echo + 0.9 F0", base + 0.9 * f0),
        _against("fresh, p99", percentile(fresh, 0.99), "echo + 1.5 F0", base + 1.5 * f0),
        Row(_GROUP, "drawn before, p50", median(cached), "ms", Reference("echo", base), 1.5),
        _against(f"{ASKERS} askers, every chart fresh, a reply", MS / rate, "echo + F0", base + f0),
        Row(_GROUP, "answered in one request", 100 * one_request / ROUNDS, "%"),
    ]


def _against(what: str, ours: float, name: str, reference: float) -> Row:
    return Row(_GROUP, what, ours, "ms", Reference(name, reference), 1)


async def _warm(echo: RunningBot, ours: RunningBot, commands: Iterator[Command]) -> None:
    for command in islice(commands, 20):
        await echo.ask(*_echo())
        await ours.ask(*command)


async def sustain(bot: RunningBot, commands: Iterator[Command]) -> float:
    """Let all askers ask again as soon as they are answered; return answers a second."""
    answered, loop = 0, asyncio.get_running_loop()
    until = loop.time() + SECONDS

    async def keep_asking() -> None:
        nonlocal answered
        while loop.time() < until:
            await bot.ask(*next(commands))
            answered += 1

    with timed() as watch:
        await asyncio.gather(*(keep_asking() for _ in range(ASKERS)))
    return answered / watch.ms * MS
