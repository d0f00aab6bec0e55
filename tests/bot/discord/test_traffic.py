"""What is watched of the requests: refusals, which stop all sends in time, and how often one was tried."""

from __future__ import annotations

import contextlib

import aiohttp
import discord
import pytest

from bot.discord.traffic import MAX_REFUSED, WINDOW, Traffic, TriedBefore
from bot.preview.double import DiscordDouble, Fault
from data.errors import NotNow
from tests.double import double as new_double

MESSAGES = r"/channels/\d+/messages"


class Watched:
    """A client that only knows how to ask, and what came of it."""

    def __init__(self, double: DiscordDouble, most_refused: int = MAX_REFUSED) -> None:
        self.now = 0.0
        self.traffic = Traffic(lambda: self.now, most_refused)
        self.client = discord.Client(
            intents=discord.Intents.none(), http_trace=self.traffic.trace(), max_ratelimit_timeout=30
        )
        self.double = double

    async def send(self) -> None:
        channel = self.client.get_partial_messageable(int(self.double.guilds[0]["channels"][0]["id"]))
        await channel.send("x")


@pytest.fixture
async def watched():
    async with new_double(policy=False) as double:
        with double.patched():
            found = Watched(double, 3)
            async with found.client:
                await found.client.login(double.token)
                yield found


async def test_so_many_refusals_stop_all_sends_until_they_are_old(watched: Watched) -> None:
    watched.double.faults.append(Fault("POST", MESSAGES, 403, 50013, times=2))
    for _ in range(2):
        with pytest.raises(discord.Forbidden):
            await watched.send()
    assert not watched.traffic.is_dangerous
    watched.double.faults.append(Fault("POST", MESSAGES, 429))
    await watched.send()  # discord.py waits and repeats by itself, and the 429 counts all the same
    assert watched.traffic.is_dangerous
    watched.now += WINDOW + 1
    assert not watched.traffic.is_dangerous


def test_the_stop_comes_well_before_discords_ban() -> None:
    assert MAX_REFUSED <= 10_000 / 5


async def test_answers_that_cannot_have_had_an_effect_are_told_from_others(watched: Watched) -> None:
    for fault, left_nothing in (
        (Fault("POST", MESSAGES, 403, 50013), True),
        (Fault("POST", MESSAGES, 429, via=False), True),
        (Fault("POST", MESSAGES, 0), False),
        (Fault("POST", MESSAGES, 503), False),
    ):
        watched.double.faults.append(fault)
        with watched.traffic.watching() as tries, pytest.raises((discord.HTTPException, OSError, Exception)):
            await watched.send()
        assert tries.left_nothing is left_nothing, fault


async def test_what_is_to_be_tried_once_is_not_repeated(watched: Watched) -> None:
    watched.double.faults.append(Fault("POST", MESSAGES, 500, after_effect=True))
    with watched.traffic.watching(once=True) as tries, pytest.raises(TriedBefore):
        await watched.send()
    assert (tries.statuses, tries.left_nothing) == ([500], False)
    channel = watched.double.guilds[0]["channels"][0]["id"]
    assert len(watched.double.messages[channel]) == 1


class Turns:
    """A pace that counts."""

    def __init__(self) -> None:
        self.taken = self.ended = 0

    async def take_turn(self) -> None:
        assert self.taken == self.ended
        self.taken += 1

    def end_turn(self) -> None:
        self.ended += 1


@pytest.mark.parametrize("status", [0, 429, 502])
async def test_each_request_has_a_turn_also_one_that_is_repeated(watched: Watched, status: int) -> None:
    watched.double.faults.append(Fault("POST", MESSAGES, status))
    turns = Turns()
    with watched.traffic.watching(turns) as tries:
        with contextlib.suppress(aiohttp.ClientError):
            await watched.send()
        await watched.send()
    assert turns.taken == turns.ended == tries.started == (2 if status == 0 else 3)
    await watched.send()  # as who answers a command: at once
    assert turns.taken == tries.started


async def test_what_gets_no_turn_was_never_asked(watched: Watched) -> None:
    class Over(Turns):
        async def take_turn(self) -> None:
            raise NotNow("duty-lost")

    turns, asked = Over(), len(watched.double.requests)
    with watched.traffic.watching(turns) as tries, pytest.raises(NotNow):
        await watched.send()
    assert (turns.ended, tries.started, len(watched.double.requests)) == (0, 0, asked)
