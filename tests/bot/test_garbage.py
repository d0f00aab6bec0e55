"""What nobody holds any more is cleared away in a quiet moment, and at last in any."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Callable, Iterator
from typing import Any

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.preview.double import GuildPlan
from bot.upkeep import COLLECTED_EVERY, MAX_LENGTH, QUIET, collect_garbage, freeze_servers
from tests.bot.failing_cog import failing_bot
from tests.double import running, until

RARELY = 10_000


class Day:
    """A clock that only sleeping moves, with requests at the given seconds, until `end`."""

    def __init__(self, busy: set[int], end: int) -> None:
        self.busy, self.end, self.now = busy, end, 0.0
        self.collected: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        if self.now >= self.end:
            raise asyncio.CancelledError
        self.now += seconds

    @property
    def quiet_for(self) -> float:
        return self.now - max((each for each in self.busy if each <= self.now), default=-RARELY)

    async def run(self, collect: Callable[[], object] | None = None) -> list[float]:
        with pytest.raises(asyncio.CancelledError):
            await collect_garbage(
                self, self.clock, self.sleep, collect or (lambda: self.collected.append(self.now))
            )
        return self.collected


async def test_a_quiet_bot_is_looked_through_every_minute() -> None:
    assert await Day(set(), 200).run() == [60, 120, 180]


async def test_whoever_asks_in_the_due_moment_does_not_wait() -> None:
    assert await Day(set(range(50, 90)), 140).run() == [89 + QUIET.total_seconds()]


@given(st.sets(st.integers(0, 900)))
def test_it_is_never_later_than_the_longest_wait_and_sooner_only_in_quiet(busy: set[int]) -> None:
    day = Day(busy, 1_000)
    moments = asyncio.run(day.run())

    for before, after in zip([0.0, *moments], moments, strict=False):
        assert COLLECTED_EVERY.total_seconds() <= after - before <= MAX_LENGTH.total_seconds()
        quiet = after - max((each for each in busy if each <= after), default=-RARELY)
        assert quiet >= QUIET.total_seconds() or after - before == MAX_LENGTH.total_seconds()
    assert 1_000 - (moments or [0.0])[-1] < MAX_LENGTH.total_seconds()


async def test_python_itself_looks_through_the_old_only_before_and_after() -> None:
    usual, meanwhile = gc.get_threshold(), []
    day = Day(set(), 70)
    await day.run(lambda: meanwhile.append(gc.get_threshold()))

    assert [each[:2] for each in meanwhile] == [usual[:2]]
    assert meanwhile[0][2] > 1_000_000
    assert gc.get_threshold() == usual


@pytest.fixture
def thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def is_looked_through(guilds: list[discord.Guild]) -> bool:
    looked = {id(each) for each in gc.get_objects()}
    return any(id(each) in looked for each in guilds)


@pytest.mark.usefixtures("thawed")
async def test_servers_are_not_looked_through_once_they_are_known_nor_after_a_new_session() -> None:
    plans = [GuildPlan(f"server {number}") for number in range(3)]
    async with running(failing_bot(), guilds=plans) as (double, bot):
        freezing = asyncio.create_task(freeze_servers(bot))
        await bot.wait_until_ready()
        await until(lambda: not is_looked_through(bot.guilds))

        hastily: Any = bot
        hastily.before_identify_hook = no_pause
        await double.opcode(9, data=False)
        await bot.wait_for("shard_ready")
        await until(lambda: not is_looked_through(bot.guilds))

        freezing.cancel()
        gc.unfreeze()
        state = bot._connection
        held = [each for each in gc.get_objects() if type(each) is discord.Guild and each._state is state]
        assert {id(each) for each in held} == {id(each) for each in bot.guilds}
        assert len(held) == len(plans)


async def no_pause(shard_id: int | None, *, initial: bool = False) -> None:
    """Begin a session without discord.py's five seconds."""
