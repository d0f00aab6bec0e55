"""One pace: evenly spaced, never faster, and hardly slower when turns are taken late."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.pace import SendPacer


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
    assert 450 / (time.now - began) > 44.9


async def test_a_long_rest_saves_up_no_more_than_two_turns() -> None:
    time = Time()
    pacer = SendPacer(45, time.clock, time.sleep)
    time.now += 60
    began = time.now
    for _ in range(5):
        await pacer.take_turn()
    assert time.now - began >= 2 / 45 - 1e-9


async def test_no_turn_is_given_once_another_process_has_them() -> None:
    time, over = Time(), [False]
    pacer = SendPacer(45, time.clock, time.sleep, is_over=lambda: over[0])
    await pacer.take_turn()
    over[0] = True

    with pytest.raises(TimeoutError):
        await pacer.take_turn()
