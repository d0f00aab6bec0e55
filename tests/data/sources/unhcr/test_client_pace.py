"""UNHCR is asked at most four times a second, twice at once, whoever asks and whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.sources.unhcr.requests import AT_ONCE, INTERVAL, Asker, RequestPacer
from tests.data.sources.unhcr.conversation import VirtualTime, talking
from tests.examples import examples
from tests.unhcr_double import Answer, html, status
from tests.unhcr_tables import LAST_YEAR


def most_in_a_second(moments: Sequence[float]) -> int:
    return max(sum(start <= each < start + 1 for each in moments) for start in moments)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """When the client began each request, in its own time."""
    moments: list[float] = []
    get = Asker._get

    async def noted(self: Asker, *arguments: Any) -> bytes:
        moments.append(self._pacer._clock())
        return await get(self, *arguments)

    monkeypatch.setattr(Asker, "_get", noted)
    return moments


async def test_a_download_keeps_to_four_requests_a_second_and_two_at_once(sent: list[float]) -> None:
    async with talking(slow=0.005) as talk:
        await talk.client.probe(LAST_YEAR)
        await talk.download()

    assert len(sent) == len(talk.asked)
    assert most_in_a_second(sent) == 4
    assert talk.double.most_at_once == AT_ONCE == 2


@pytest.mark.parametrize("failing", [status(503), status(429), status(429, Retry_After="2"), html()])
async def test_failures_make_nobody_ask_faster(failing: Answer, sent: list[float]) -> None:
    async with talking() as talk:
        for every in (3, 7, 11, 12, 20, 21):
            talk.double.fail(failing, lambda _, n=every, a=talk.asked: len(a) == n)
        await talk.download()

    assert len(talk.setbacks) == 6
    assert len(sent) == len(talk.asked)
    assert most_in_a_second(sent) <= 4


async def test_downloads_at_the_same_time_share_one_pace(sent: list[float]) -> None:
    async with talking(slow=0.002) as talk:
        await asyncio.gather(talk.download(), talk.client.probe(LAST_YEAR), talk.download())

    assert most_in_a_second(sent) <= 4
    assert talk.double.most_at_once <= 2


turns = st.lists(st.floats(0, 2), min_size=1, max_size=20)


@settings(max_examples=examples(60), deadline=None)
@given(turns, st.floats(0, 10), st.integers(0, 19))
def test_no_turn_comes_early_or_during_a_hold(lengths: list[float], hold: float, holder: int) -> None:
    """`lengths`: how long each turn lasts; one of them asks for a hold of some seconds at its start."""
    starts: list[float] = []
    held: list[tuple[float, float]] = []
    running = 0

    async def take(number: int, length: float) -> None:
        nonlocal running
        async with pacer.turn():
            running += 1
            assert running <= AT_ONCE
            starts.append(time.now)
            if number == holder:
                held.append((time.now, time.now + hold))
                pacer.hold(hold)
            await time.sleep(length)
            running -= 1

    async def take_all() -> None:
        await asyncio.gather(*(take(number, length) for number, length in enumerate(lengths)))

    time = VirtualTime()
    pacer = RequestPacer(time.clock, time.sleep)
    asyncio.run(take_all())

    assert len(starts) == len(lengths)
    assert all(after - before >= INTERVAL - 1e-9 for before, after in pairwise(starts))
    for begun, until in held:
        assert not any(begun < start < until - 1e-9 for start in starts)


async def test_a_turn_that_is_given_up_leaves_its_place_to_others() -> None:
    time = VirtualTime()
    pacer = RequestPacer(time.clock, time.sleep)
    came = asyncio.Event()

    async def hold_on() -> None:
        async with pacer.turn():
            came.set()
            await asyncio.Event().wait()

    tasks = [asyncio.create_task(hold_on()) for _ in range(AT_ONCE + 1)]
    await came.wait()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)

    async with pacer.turn(), pacer.turn():
        assert time.now >= INTERVAL
