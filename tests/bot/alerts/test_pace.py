"""One pace: evenly spaced, never faster, and hardly slower when turns are taken late."""

from __future__ import annotations

import asyncio
import heapq

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.pace import SENDS_A_SECOND, SendPacer
from data.errors import NotNow


class Time:
    """A clock that only sleeping and delays move."""

    def __init__(self) -> None:
        self.now = 100.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@given(st.lists(st.floats(0, 0.2), min_size=120, max_size=120))
def test_there_are_never_more_turns_a_second_than_discord_allows(delays: list[float]) -> None:
    async def take() -> list[float]:
        time = Time()
        pacer, turns = SendPacer(45, time.clock, time.sleep), []
        for delay in delays:
            time.now += delay / 45
            await pacer.take_turn()
            turns.append(time.now)
            pacer.end_turn()
        return turns

    turns = asyncio.run(take())
    assert all(later - earlier >= 1 for earlier, later in zip(turns, turns[50:], strict=False))


async def test_who_is_a_little_late_makes_up_for_it() -> None:
    time = Time()
    pacer = SendPacer(45, time.clock, time.sleep)
    await pacer.take_turn()
    began = time.now
    for _ in range(450):
        time.now += 0.01
        await pacer.take_turn()
        pacer.end_turn()
    assert 450 / (time.now - began) > 44.9


async def test_a_long_rest_saves_up_no_more_than_two_turns() -> None:
    time = Time()
    pacer = SendPacer(45, time.clock, time.sleep)
    time.now += 60
    began = time.now
    for _ in range(5):
        await pacer.take_turn()
    assert time.now - began >= 2 / 45 - 1e-9


class Together(Time):
    """A clock for many who sleep at once; it moves to the next who wakes when nobody has anything to do."""

    def __init__(self) -> None:
        super().__init__()
        self._asleep: list[tuple[float, int, asyncio.Future[None]]] = []
        self._slept = 0

    async def sleep(self, seconds: float) -> None:
        woken = asyncio.get_running_loop().create_future()
        self._slept += 1
        heapq.heappush(self._asleep, (self.now + seconds, self._slept, woken))
        await woken

    async def run(self, tasks: list[asyncio.Task[None]]) -> None:
        while not all(task.done() for task in tasks):
            for _ in range(5):
                await asyncio.sleep(0)
            if self._asleep:
                self.now, _, woken = heapq.heappop(self._asleep)
                woken.set_result(None)


@given(st.lists(st.tuples(st.floats(0, 3), st.floats(0, 1)), min_size=150, max_size=150))
def test_however_long_requests_are_under_way_no_second_sees_more_than_it_may(
    ways: list[tuple[float, float]],
) -> None:
    """Discord sees a request at any moment between its turn and its answer."""

    async def ask() -> list[float]:
        time, seen = Together(), []
        pacer = SendPacer(SENDS_A_SECOND, time.clock, time.sleep)

        async def send(there: float, back: float) -> None:
            await pacer.take_turn()
            await time.sleep(there)
            seen.append(time.now)
            await time.sleep(back)
            pacer.end_turn()

        await time.run([asyncio.ensure_future(send(*way)) for way in ways])
        return seen

    seen = asyncio.run(ask())
    assert all(later - earlier > 1 - 1e-9 for earlier, later in zip(seen, seen[47:], strict=False))


async def test_whoever_comes_after_another_lets_its_last_second_pass() -> None:
    time = Time()
    pacer = SendPacer(45, time.clock, time.sleep, is_over=lambda: False)
    began = time.now
    await pacer.take_turn()
    assert time.now - began >= 1


async def test_no_turn_is_given_once_another_process_has_them() -> None:
    time, over = Time(), [False]
    pacer = SendPacer(45, time.clock, time.sleep, is_over=lambda: over[0])
    await pacer.take_turn()
    over[0] = True

    with pytest.raises(NotNow):
        await pacer.take_turn()
