"""What supervisors and dashboards ask a running bot over HTTP: is it alive, is it ready, how does it do."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import discord
from aiohttp import web

from bot.discord.shards import count_servers
from bot.exits import Exit
from bot.sentences import Refusal
from bot.version import find_version
from data.errors import AsylumBotError
from data.state.model import CHECKED
from data.state.opening import state_of
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from prometheus_client import Histogram
    from prometheus_client.core import Metric as Family

    from bot.discord.client import AsylumBot
    from data.store.database import Database

NO_LIBRARY = "prometheus-client is not installed; install this program with its extra “metrics”.\n"
LAG_EVERY = 0.5
SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
LAGS = (0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3)


class PortUnusable(Refusal):
    """HEALTH_PORT cannot be listened on."""

    exit = Exit.CONFIGURED_WRONG


@dataclass(frozen=True, slots=True)
class Metric:
    """A number that is read when it is asked for: its name, what it says, and what it is told apart by."""

    name: str
    meaning: str
    labels: tuple[str, ...] = ()


INTERACTIONS = Metric(
    "asylum_interaction_seconds", "From a command or press to its answer.", ("kind", "outcome")
)
LAG = Metric("asylum_event_loop_lag_seconds", "How much later than asked the event loop went on.")
INFO = Metric("asylum_info", "What is running.", ("version", "release"))
READY = Metric("asylum_ready", "1 while the gateway and the database are there.")
SERVERS = Metric("asylum_servers", "Servers that the bot is in.", ("shard",))
LATENCY = Metric("asylum_gateway_latency_seconds", "From a heartbeat to its acknowledgement.", ("shard",))
CHECKED_AT = Metric("asylum_unhcr_checked_timestamp_seconds", "When UNHCR was last asked for news.")
RELEASED_AT = Metric("asylum_newest_release_timestamp_seconds", "When the newest release was retrieved.")
DELIVERIES = Metric("asylum_deliveries", "Alerts in the outbox, by state.", ("state",))
WAITING_SINCE = Metric(
    "asylum_longest_waiting_delivery_timestamp_seconds",
    "When the alert was made that has waited longest to be sent; absent while none waits.",
)
CHARTS = Metric("asylum_charts", "Charts that were asked for: drawn, or kept from before.", ("how",))
DRAWING = Metric("asylum_chart_drawing_seconds", "Time spent on drawing.")
TALLIES = {
    "asks": Metric("asylum_asks", "Questions in plain words, by what became of them.", ("outcome",)),
    "claims": Metric("asylum_claims", "Claims of checked texts, by verdict.", ("verdict",)),
    "syncs": Metric("asylum_syncs", "Looks at UNHCR, by what came of them.", ("outcome",)),
}
COUNTERS = (CHARTS, DRAWING, *TALLIES.values())
HISTOGRAMS = {INTERACTIONS: SECONDS, LAG: LAGS}
GAUGES = (INFO, READY, SERVERS, LATENCY, CHECKED_AT, RELEASED_AT, DELIVERIES, WAITING_SINCE)


@dataclass(slots=True)
class Health:
    """Looks at a bot and its database, and keeps what happens too often to be written down."""

    bot: AsylumBot
    database: Database
    _histograms: dict[Metric, Histogram] = field(default_factory=dict)
    _registry: Any = None

    def __post_init__(self) -> None:
        """Listen to the bot, where the library is installed that counts."""
        try:
            from prometheus_client import CollectorRegistry, Histogram, ProcessCollector
        except ImportError:
            return
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        for metric, buckets in HISTOGRAMS.items():
            self._histograms[metric] = Histogram(
                metric.name, metric.meaning, metric.labels, buckets=buckets, registry=self._registry
            )
        self.bot.add_listener(self._begin, "on_interaction")
        self.bot.add_listener(self._complete, "on_app_command_completion")
        self.bot.add_listener(self._note, "on_interaction_end")

    async def _begin(self, interaction: discord.Interaction[Any]) -> None:
        interaction.extras["began"] = time.perf_counter()

    async def _complete(self, interaction: discord.Interaction[Any], command: Any) -> None:
        await self._note(interaction, command.qualified_name, "answered")

    async def _note(self, interaction: discord.Interaction[Any], kind: str, outcome: str) -> None:
        if (began := interaction.extras.pop("began", None)) is not None:
            self._histograms[INTERACTIONS].labels(kind, outcome).observe(time.perf_counter() - began)

    async def watch_lag(self) -> None:
        """Measure, for as long as the bot runs, how long the event loop keeps others waiting."""
        while self._histograms:
            began = time.perf_counter()
            await asyncio.sleep(LAG_EVERY)
            self._histograms[LAG].observe(max(0.0, time.perf_counter() - began - LAG_EVERY))

    async def look(self) -> dict[str, Any]:
        """Say what is there, as `/readyz` does; `ready` sums it up."""
        seen: dict[str, Any] = {"version": find_version(), "gateway": self.bot.is_ready()}
        try:
            async with self.database.reading() as connection:
                newest = (await read_releases(connection))[-1:]
            checked = await state_of(self.database).recall(CHECKED)
        except AsylumBotError:
            return {"ready": False, **seen, "database": False}
        return {
            "ready": seen["gateway"] and bool(newest),
            **seen,
            "database": bool(newest),
            "release": str(newest[0].day) if newest else None,
            "unhcr_asked": checked,
        }

    async def write_metrics(self) -> str | None:
        """Write everything in Prometheus' form; None where its library is not installed."""
        if self._registry is None:
            return None
        from prometheus_client import CollectorRegistry, generate_latest

        now = CollectorRegistry()
        now.register(_Read([family async for family in self._read()]))
        return (generate_latest(self._registry) + generate_latest(now)).decode()

    async def _read(self) -> AsyncIterator[Family]:
        from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily

        found: dict[Metric, dict[tuple[str, ...], float]] = {each: {} for each in (*COUNTERS, *GAUGES)}
        seen = await self.look()
        studio, tally = self.bot.services.studio, self.bot.services.tally
        found[INFO] = {(seen["version"], str(seen.get("release"))): 1}
        found[READY] = {(): float(seen["ready"])}
        found[SERVERS] = {(str(shard),): number for shard, number in count_servers(self.bot).items()}
        found[LATENCY] = {(str(shard),): seconds for shard, seconds in self.bot.latencies}
        if seen.get("unhcr_asked"):
            found[CHECKED_AT] = {(): datetime.fromisoformat(seen["unhcr_asked"]).timestamp()}
        if seen.get("release"):
            day = datetime.fromisoformat(seen["release"]).replace(tzinfo=UTC)
            found[RELEASED_AT] = {(): day.timestamp()}
            async with state_of(self.database).reading() as transaction:
                for _, state, number in await transaction.count_states():
                    found[DELIVERIES][state.value,] = found[DELIVERIES].get((state.value,), 0) + number
                if made := await transaction.find_longest_waiting():
                    found[WAITING_SINCE] = {(): made.timestamp()}
        found[CHARTS] = {("drawn",): studio.drawings, ("kept",): studio.repeats}
        found[DRAWING] = {(): studio.seconds}
        for (what, code), number in tally.items():
            found[TALLIES[what]][code,] = number
        for metric, values in found.items():
            make = CounterMetricFamily if metric in COUNTERS else GaugeMetricFamily
            family = make(metric.name, metric.meaning, labels=metric.labels)
            for labels, value in sorted(values.items()):
                family.add_metric(labels, value)
            yield family


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """What was read for one answer, as the library wants to collect it."""

    families: list[Family]

    def collect(self) -> Iterator[Family]:
        """Hand it over."""
        yield from self.families


async def serve_health(health: Health, host: str, port: int) -> None:
    """Answer at `/healthz`, `/readyz` and `/metrics` for as long as the bot runs; raises `PortUnusable`."""

    async def live(_: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    async def ready(_: web.Request) -> web.Response:
        seen = await health.look()
        return web.json_response(seen, status=200 if seen["ready"] else 503)

    async def metrics(_: web.Request) -> web.Response:
        written = await health.write_metrics()
        if written is None:
            return web.Response(text=NO_LIBRARY, status=501)
        return web.Response(text=written, content_type="text/plain", charset="utf-8")

    app = web.Application()
    app.add_routes([web.get("/healthz", live), web.get("/readyz", ready), web.get("/metrics", metrics)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    try:
        await web.TCPSite(runner, host, port).start()
        await health.watch_lag()
        await asyncio.Event().wait()
    except OSError as error:
        raise PortUnusable(
            f"HEALTH_PORT {port} on HEALTH_HOST {host} cannot be used ({error.strerror}); choose others."
        ) from error
    finally:
        await runner.cleanup()
