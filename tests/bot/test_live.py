"""`python -m bot run --live` as a process of its own, on a double of Discord."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.exits import Exit
from bot.preview.double import DiscordDouble, Fault
from bot.version import find_version
from tests.bot.test_health import find_port, get
from tests.double import double as new_double

ROOT = Path(__file__).parents[2]
PATIENCE = 300
"""Seconds within which any of this has long happened, on the busiest machine."""


@pytest.fixture
def database(canada_path: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(canada_path, tmp_path / "asylum.sqlite3"))


async def start(
    double: DiscordDouble, database: Path, *arguments: str, **more: str
) -> asyncio.subprocess.Process:
    """Start the program in the folder of its database; UNHCR is nowhere."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "DISCORD_TOKEN": double.token,
        "DISCORD_API_BASE": str(double.endpoints.api_base),
        "DISCORD_GATEWAY_URL": str(double.endpoints.gateway_url),
        "DATABASE_PATH": str(database),
        "UNHCR_API_BASE": "http://127.0.0.1:9/",
        "LOG_LEVEL": "INFO",
        **more,
    }
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", *arguments),
        cwd=database.parent,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def run(double: DiscordDouble, database: Path, *arguments: str, **more: str) -> tuple[int, str, str]:
    """Run the program to its end: the code, what it printed, and what it complained of."""
    process = await start(double, database, *arguments, **more)
    try:
        said, failed = await asyncio.wait_for(process.communicate(), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()
    assert process.returncode is not None
    return process.returncode, said.decode(), failed.decode()


@asynccontextmanager
async def live(
    double: DiscordDouble, database: Path, **more: str
) -> AsyncIterator[tuple[asyncio.subprocess.Process, dict[str, Any]]]:
    """A bot that runs, and the line in which it says so."""
    process = await start(double, database, "run", "--live", **more)
    try:
        yield process, await asyncio.wait_for(read_start(process), PATIENCE)
    finally:
        if process.returncode is None:
            process.kill()
            await process.communicate()


async def read_start(process: asyncio.subprocess.Process) -> dict[str, Any]:
    assert process.stderr is not None
    while line := await process.stderr.readline():
        event: dict[str, Any] = json.loads(line)
        if event["event"] == "the bot is running":
            return event
    raise AssertionError("it ended before it ran")


async def test_one_line_says_what_runs_and_how_it_is_invited(database: Path) -> None:
    port = find_port()
    async with (
        new_double() as double,
        live(double, database, HEALTH_PORT=str(port)) as (process, told),
    ):
        assert (await get(port, "/readyz"))[0] == 200
        process.terminate()
        await asyncio.wait_for(process.communicate(), PATIENCE)

    assert process.returncode == Exit.STOPPED
    assert told["version"] == find_version()
    assert told["database"] == str(database)
    assert told["newest"] == "Global Trends 2025, corrected (2026-06-25)"
    assert told["servers"] == len(double.world.guilds)
    assert told["shards"] == "1"
    assert re.fullmatch(r"https://discord\.com/oauth2/authorize\?client_id=\d+&.*", told["invitation"])
    assert double.token not in str(told)


async def test_a_second_bot_on_the_same_file_is_refused_and_reading_commands_are_not(database: Path) -> None:
    link = database.with_name("link.sqlite3")
    link.symlink_to(database)
    async with new_double() as double, live(double, database):
        for path in (database, link):
            code, said, failed = await run(double, path, "run", "--live")
            assert (code, said) == (Exit.AGAIN, "")
            assert failed == (
                f"A bot is running on {path} already, and only one may;"
                " stop it first, or set DATABASE_PATH elsewhere.\n"
            )
        code, said, failed = await run(double, database, "releases")
        assert (code, failed) == (Exit.STOPPED, "")
        assert "Global Trends 2025, corrected" in said


async def test_a_bot_that_was_killed_does_not_keep_the_next_from_starting(database: Path) -> None:
    async with new_double() as double:
        async with live(double, database) as (process, _):
            process.kill()
            await process.communicate()
        async with live(double, database) as (process, told):
            assert told["event"] == "the bot is running"


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [
        (401, Exit.CONFIGURED_WRONG, "Discord does not accept DISCORD_TOKEN"),
        pytest.param(
            *(403, Exit.AGAIN, "Discord refuses this machine for the moment"), marks=pytest.mark.proof
        ),
    ],
)
async def test_each_way_in_which_discord_refuses_has_its_code(
    database: Path, status: int, code: Exit, sentence: str
) -> None:
    async with new_double() as double:
        double.faults.append(Fault("GET", "/users/@me", status))
        ended, _, failed = await run(double, database, "run", "--live")

    assert ended == code
    assert sentence in failed
    assert double.token not in failed


async def test_without_discord_it_ends_as_away(database: Path) -> None:
    async with new_double() as double:
        away = {"DISCORD_API_BASE": "http://127.0.0.1:9/api/v10"}
        ended, _, failed = await run(double, database, "run", "--live", **away)

    assert ended == Exit.AWAY
    assert "Discord cannot be reached" in failed


async def test_invitations_are_for_servers_with_and_without_alerts_and_for_oneself(database: Path) -> None:
    async with new_double() as double:
        code, said, failed = await run(double, database, "invite")

    assert (code, failed) == (Exit.STOPPED, "")
    application = double.world.app["id"]
    links = dict(re.findall(r"^For (.+):\n  (https://\S+)$", said, re.MULTILINE))
    assert list(links) == ["a server, with alerts", "a server, answers alone", "oneself"]
    assert all(f"client_id={application}&" in link for link in links.values())
    assert "permissions=274878024704" in links["a server, with alerts"]
    assert "permissions" not in links["a server, answers alone"]
    assert links["oneself"].endswith("scope=applications.commands&integration_type=1")
