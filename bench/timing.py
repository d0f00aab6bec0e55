"""Taking times: contenders by turns, so that a busy machine slows all of them alike."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from statistics import median

MS = 1000.0


class Watch:
    """What a timed block took, in milliseconds; read it when the block is left."""

    ms: float = 0.0


@contextmanager
def timed() -> Iterator[Watch]:
    """Time a block."""
    watch, began = Watch(), time.perf_counter()
    yield watch
    watch.ms = (time.perf_counter() - began) * MS


@contextmanager
def on_one_core() -> Iterator[None]:
    """Keep this thread and those that it starts on one core, where the system can.

    The cores of a shared machine differ by a third from one minute to the next: what is compared with
    each other must not run on different ones.
    """
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    all_cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(all_cores)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, all_cores)


async def race(
    contenders: Mapping[str, Callable[[int], Awaitable[object]]], rounds: int
) -> dict[str, list[float]]:
    """Let each contender run once a round, told the round's number; return milliseconds by name."""
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    gc.collect()
    for number in range(rounds):
        for name, run in contenders.items():
            with timed() as watch:
                await run(number)
            taken[name].append(watch.ms)
    return taken


def balance(taken: Mapping[str, Sequence[float]], against: str) -> dict[str, float]:
    """Return the middle time of each contender, had every round been as fast as the middle one.

    How fast a round was, the contender `against` tells: a shared machine is slower in one than in the next.
    """
    reference = taken[against]
    middle = median(reference)
    return {
        name: middle * median([time_ / beside for time_, beside in zip(times, reference, strict=True)])
        for name, times in taken.items()
    }
