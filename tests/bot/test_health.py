"""A running bot says over HTTP how it does; the dashboard shows nothing that is not there."""

from __future__ import annotations

import asyncio
import json
import re
import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.discord.client import AsylumBot
from bot.exits import Exit
from bot.health import Health, PortUnusable, serve_health
from bot.preview.double import DiscordDouble
from bot.services import Services
from data.state.model import CHECKED, Destination, Draft, Filter
from data.state.opening import state_of
from data.store.database import Database
from tests.asking import open_services
from tests.double import double as new_double
from tests.double import started

HOST = "127.0.0.1"
WAITS = "asylum_longest_waiting_delivery_timestamp_seconds"
DASHBOARD = Path(__file__).parents[2] / "bot" / "health.grafana.json"


def find_port() -> int:
    with socket.create_server((HOST, 0)) as free:
        return int(free.getsockname()[1])


async def get(port: int, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session:
        for _ in range(500):
            try:
                async with session.get(f"http://{HOST}:{port}{path}") as answer:
                    return answer.status, await answer.text()
            except aiohttp.ClientConnectionError:  # it does not listen yet
                await asyncio.sleep(0.01)
    raise AssertionError("nothing listens")


@asynccontextmanager
async def serving(health: Health) -> AsyncIterator[int]:
    port = find_port()
    task = asyncio.create_task(serve_health(health, HOST, port))
    try:
        yield port
    finally:
        task.cancel()
        await asyncio.wait({task})


@pytest.fixture
async def services(canada_copy: Path) -> AsyncIterator[Services]:
    async with open_services(canada_copy) as services:
        yield services


@pytest.fixture
async def health(canada_copy: Path, services: Services) -> AsyncIterator[tuple[Health, DiscordDouble]]:
    """The bot on a double of Discord, and what looks at it."""
    async with Database(canada_copy) as database, new_double() as double:
        bot = AsylumBot(services, guild_ready_timeout=0.1)
        health = Health(bot, database)
        async with started(bot, double):
            await bot.wait_until_ready()
            yield health, double


def read(written: str) -> dict[tuple[str, ...], float]:
    """Every sample by its name and what it is told apart by."""
    return {
        (sample.name, *(value for name, value in sample.labels.items() if name != "le")): sample.value
        for family in text_string_to_metric_families(written)
        for sample in family.samples
    }


async def test_what_was_asked_and_what_became_of_it_is_counted_without_anybody_s_words(
    health: tuple[Health, DiscordDouble],
) -> None:
    looking, double = health
    await state_of(looking.database).remember(CHECKED, "2026-06-26T04:00:00+00:00")
    looking.bot.services.tally["syncs", "nothing-new"] += 1
    await double.slash("asylum figures", origin="China")
    await double.slash("asylum figures", origin="China")
    await double.slash("asylum figures", origin="Chna")
    await double.slash("asylum ask", question="How many Chinese applied in Canada in 2024?")
    await double.slash("asylum ask", question="What is the colour of a secret?")
    await double.slash("asylum check", text="178,725 Chinese applied for asylum in 2025.")

    async with serving(looking) as port:
        assert await get(port, "/healthz") == (200, "ok\n")
        status, seen = await get(port, "/readyz")
        assert (status, json.loads(seen)["release"]) == (200, "2026-06-25")
        _, written = await get(port, "/metrics")

    found = read(written)
    kinds = {key[1:]: n for key, n in found.items() if key[0] == "asylum_interaction_seconds_count"}
    assert kinds == {
        ("asylum figures", "answered"): 2,
        ("asylum figures", "refused"): 1,
        ("asylum ask", "answered"): 2,
        ("asylum check", "answered"): 1,
    }
    assert found["asylum_asks_total", "answered"] == 1
    assert sum(n for key, n in found.items() if key[0] == "asylum_asks_total") == 2
    assert sum(n for key, n in found.items() if key[0] == "asylum_claims_total") == 1
    assert found["asylum_charts_total", "kept"] == 1
    assert found["asylum_syncs_total", "nothing-new"] == 1
    assert found["asylum_ready",] == 1
    assert found["asylum_servers", "0"] == len(double.world.guilds)
    assert (
        found["asylum_unhcr_checked_timestamp_seconds",] == datetime(2026, 6, 26, 4, tzinfo=UTC).timestamp()
    )
    assert "secret" not in written
    assert "Chna" not in written

    asked = set(re.findall(r"\b(?:asylum|process)_\w+", DASHBOARD.read_text("utf-8")))
    there = {key[0] for key in found} | {"asylum_deliveries", WAITS}
    assert asked - there == set()
    assert len(asked) > 12


async def test_how_long_an_alert_has_waited_is_told_while_one_does(
    health: tuple[Health, DiscordDouble],
) -> None:
    looking, _ = health
    made = datetime(2026, 6, 26, 4, tzinfo=UTC)
    assert (WAITS,) not in read(await looking.write_metrics() or "")

    async with state_of(looking.database).writing() as state:
        await state.add_subscription(Draft(Destination(1, 9), Filter()), made)
        await state.enqueue(1, made)

    assert read(await looking.write_metrics() or "")[WAITS,] == made.timestamp()


async def test_a_bot_that_is_not_connected_is_alive_and_not_ready(
    canada_copy: Path, services: Services
) -> None:
    async with Database(canada_copy) as database, serving(Health(AsylumBot(services), database)) as port:
        assert (await get(port, "/healthz"))[0] == 200
        status, seen = await get(port, "/readyz")
        assert status == 503
        assert json.loads(seen)["ready"] is False
        assert "asylum_ready 0.0" in (await get(port, "/metrics"))[1]


async def test_without_the_library_there_are_no_metrics_and_all_the_rest(
    canada_copy: Path, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prometheus_client", None)
    async with Database(canada_copy) as database, serving(Health(AsylumBot(services), database)) as port:
        assert (await get(port, "/healthz"))[0] == 200
        status, told = await get(port, "/metrics")
        assert status == 501
        assert "extra “metrics”" in told


async def test_a_port_that_is_taken_is_a_wrong_setting(canada_copy: Path, services: Services) -> None:
    with socket.create_server((HOST, 0)) as taken:
        port = taken.getsockname()[1]
        async with Database(canada_copy) as database:
            with pytest.raises(
                PortUnusable, match=rf"HEALTH_PORT {port} on HEALTH_HOST 127\.0\.0\.1 cannot be used"
            ) as told:
                await serve_health(Health(AsylumBot(services), database), HOST, port)
    assert told.value.exit == Exit.CONFIGURED_WRONG
