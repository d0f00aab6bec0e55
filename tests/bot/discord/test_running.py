"""The bot starts or says why not, and stops when it is told to without dropping anything."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest
from discord import app_commands
from structlog.testing import capture_logs

from bot.discord.running import StartFailed, run_bot
from bot.endpoints import Endpoints, pointed_at
from bot.exits import Exit
from bot.preview.double import DiscordDouble, Fault
from tests.bot.failing_cog import failing_bot
from tests.double import double as new_double
from tests.double import until

ROOT = Path(__file__).parents[3]


@asynccontextmanager
async def process(double: DiscordDouble, *arguments: str) -> AsyncIterator[asyncio.subprocess.Process]:
    environment = {
        **os.environ,
        "DISCORD_TOKEN": double.token,
        "DISCORD_API_BASE": str(double.endpoints.api_base),
        "DISCORD_GATEWAY_URL": str(double.endpoints.gateway_url),
    }
    command = [sys.executable, "-W", "error::ResourceWarning", "-m", "tests.bot.startup_script", *arguments]
    started = await asyncio.create_subprocess_exec(
        *command, cwd=ROOT, env=environment, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    try:
        yield started
    finally:
        if started.returncode is None:
            started.kill()
            await started.communicate()


@pytest.mark.parametrize(
    ("platform", "number"),
    [
        ("unix", signal.SIGTERM),
        ("windows", signal.SIGINT),
        pytest.param("unix", signal.SIGINT, marks=pytest.mark.proof),
        pytest.param("windows", signal.SIGTERM, marks=pytest.mark.proof),
    ],
)
async def test_a_signal_stops_the_bot_after_what_it_is_doing(platform: str, number: signal.Signals) -> None:
    """Each signal and each platform once; the other pairs with the proofs."""
    async with new_double() as double, process(double, platform) as running:
        await double.ready(300)
        (gateway,) = [session.ws for session in double.sessions.values()]
        assert gateway is not None
        asked = await double.slash("fail slowly", seconds=0.5, wait="acked")

        running.send_signal(number)
        said, failed = await asyncio.wait_for(running.communicate(), 300)

        assert running.returncode == 0, failed.decode()
        assert said.decode().split("\n") == ["at work", "tidied up", "stopped", ""]
        assert [e for e in map(json.loads, failed.splitlines()) if e["level"] not in ("debug", "info")] == []
        assert double.token not in failed.decode()
        assert asked.reply
        assert asked.reply["content"] == "The answer."
        assert gateway.close_code == 1000


async def test_a_process_that_cannot_start_ends_with_one_sentence_and_a_code() -> None:
    async with new_double(token="another.token") as double:
        double.faults.append(Fault("GET", "/users/@me", 401))
        async with process(double) as running:
            said, failed = await asyncio.wait_for(running.communicate(), 300)

    assert running.returncode == 1
    assert said.decode().strip().count("\n") == 0
    assert "DISCORD_TOKEN" in said.decode()
    assert "another.token" not in said.decode() + failed.decode()
    assert "Traceback" not in failed.decode()
    assert "Unclosed" not in failed.decode()


class Refused(discord.AutoShardedClient):
    """A client that fails at login, as told."""

    def __init__(self, error: Exception) -> None:
        super().__init__(intents=discord.Intents.none())
        self.error = error

    async def login(self, token: str) -> None:
        raise self.error


def answer(status: int) -> Any:
    return SimpleNamespace(status=status, reason="reason")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (discord.LoginFailure("Improper token"), "DISCORD_TOKEN"),
        (discord.PrivilegedIntentsRequired(None), "intents"),
        (discord.DiscordServerError(answer(500), ""), "is having problems"),
        (discord.GatewayNotFound(), "is having problems"),
        (discord.Forbidden(answer(403), "<html>"), "refuses this machine"),
        (discord.HTTPException(answer(429), "<html>"), "refuses this machine"),
        (discord.RateLimited(3600), "refuses this machine"),
        (
            discord.HTTPException(answer(400), {"code": 50240, "message": "Entry Point"}),
            "commands .400 reason",
        ),
        (aiohttp.ServerDisconnectedError(), "check the network"),
        (socket.gaierror(-2, "Name or service not known"), "check the network"),
        (TimeoutError(), "check the network"),
    ],
)
async def test_what_keeps_the_bot_out_is_said_in_one_sentence(error: Exception, words: str) -> None:
    with pytest.raises(StartFailed, match=words) as failure:
        await run_bot(Refused(error), "token")

    assert failure.value.__cause__ is error
    assert "\n" not in str(failure.value)


async def test_a_fault_of_our_own_is_not_taken_for_discord_s() -> None:
    with pytest.raises(ZeroDivisionError):
        await run_bot(Refused(ZeroDivisionError()), "token")


async def test_without_a_network_the_start_fails_in_one_sentence() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    with (
        pointed_at(Endpoints(f"http://127.0.0.1:{port}/api/v10")),
        pytest.raises(StartFailed, match="network"),
    ):
        await run_bot(failing_bot(), "token")


@app_commands.command(description="…")
async def wordy(interaction: discord.Interaction[Any]) -> None: ...


async def test_a_command_that_discord_does_not_take_is_named() -> None:
    too_long = {"_errors": [{"code": "BASE_TYPE_BAD_LENGTH", "message": "Must be 100 or fewer in length."}]}
    body = {"code": 50035, "message": "Invalid Form Body", "errors": {"0": {"description": too_long}}}
    refused = app_commands.CommandSyncFailure(discord.HTTPException(answer(400), body), [wordy])
    with pytest.raises(StartFailed, match=r"commands \(.*'wordy'.*Must be 100.*\); look at") as told:
        await run_bot(Refused(refused), "token")

    assert told.value.exit == Exit.CONFIGURED_WRONG
    assert "\n" not in str(told.value)


async def test_an_intent_that_was_not_granted_is_named_as_the_reason() -> None:
    async with new_double() as double:
        with double.patched(), pytest.raises(StartFailed, match="intents"):
            await run_bot(discord.AutoShardedClient(intents=discord.Intents(members=True)), double.token)


@pytest.mark.parametrize(("code", "words"), [(4004, "DISCORD_TOKEN"), (4012, "code 4012")])
async def test_a_gateway_that_closes_for_good_ends_the_bot_with_the_reason(code: int, words: str) -> None:
    async with new_double() as double:
        with double.patched():
            running = asyncio.create_task(run_bot(failing_bot(), double.token))
            await double.ready()
            await double.cut(code)

            with pytest.raises(StartFailed, match=words):
                await asyncio.wait_for(running, 300)


async def test_a_worker_that_breaks_stops_the_bot_with_its_own_error() -> None:
    async def work() -> None:
        await double.ready()
        raise ZeroDivisionError

    async with new_double() as double:
        bot = failing_bot()
        with double.patched(), pytest.raises(ZeroDivisionError):
            await run_bot(bot, double.token, [work])

        assert bot.is_closed()
        await until(lambda: not double.connected.is_set())


async def test_a_bot_that_is_closed_from_within_ends_with_its_workers() -> None:
    tidied: list[str] = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            tidied.append("worker")

    async def soon_done() -> None:
        tidied.append("nothing to do")

    async with new_double() as double:
        bot = failing_bot()
        with double.patched():
            running = asyncio.create_task(run_bot(bot, double.token, [work, soon_done]))
            await double.ready()
            await bot.close()
            await asyncio.wait_for(running, 300)

    assert tidied == ["nothing to do", "worker"]


async def test_the_gateway_closes_before_the_last_answers_are_waited_for() -> None:
    async with new_double() as double:
        bot = failing_bot()
        with double.patched():
            running = asyncio.create_task(run_bot(bot, double.token, patience=60))
            await double.ready()
            asked = await double.slash("fail slowly", seconds=60.0, wait="acked")
            signal.raise_signal(signal.SIGTERM)
            await until(lambda: not double.connected.is_set())
            bot.dispatch("cue")
            await asyncio.wait_for(running, 300)

        assert asked.reply
        assert asked.reply["content"] == "The answer."


async def test_an_answer_that_takes_too_long_is_cut_off_and_counted() -> None:
    async with new_double() as double:
        with double.patched(), capture_logs() as events:
            running = asyncio.create_task(run_bot(failing_bot(), double.token, patience=0.01))
            await double.ready()
            await double.slash("fail slowly", seconds=60.0, wait="acked")
            signal.raise_signal(signal.SIGTERM)
            await asyncio.wait_for(running, 300)

    assert [(e["event"], e.get("answers")) for e in events if e["event"].startswith("answers")] == [
        ("answers were cut off", 1)
    ]


async def test_a_signal_during_the_start_stops_it() -> None:
    async with new_double() as double:
        double.faults.append(Fault("GET", "/users/@me", 500, times=9))
        with double.patched():
            running = asyncio.create_task(run_bot(failing_bot(), double.token))
            await until(lambda: double.requests)
            signal.raise_signal(signal.SIGINT)
            await asyncio.wait_for(running, 300)
