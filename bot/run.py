"""The bot, put together once its database is open; a start that is refused never gets here."""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import asynccontextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

import structlog

from bot.alerts.worker import keep_compared, make_alert_workers
from bot.charts.studio import Studio
from bot.discord.client import AsylumBot
from bot.discord.invitation import make_invitations
from bot.discord.running import Worker, run_bot
from bot.duty import Standby, share_turns
from bot.endpoints import pointed_at
from bot.health import Health, serve_health
from bot.replies.alert_messages import Alerting
from bot.replies.export_queue import ExportQueue
from bot.services import MentionSettings, ServerLanguages, Services
from bot.shell.releases import make_sync
from bot.upkeep import (
    collect_garbage,
    freeze_servers,
    keep_named,
    keep_prepared,
    keep_synced,
    keep_verified,
    learn_names,
)
from bot.version import find_version
from data.alerts import Alerts
from data.alerts.delivery import Outbox
from data.alerts.superseded import SupersededAlerts
from data.answers import Answers
from data.countries import Atlas
from data.glossary import Glossary
from data.releases.installation import add_missing
from data.sources.shipped import Shipped
from data.state.opening import cluster_of, state_of
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.settings import Settings, Shards
    from data.state.duty import OnDuty
    from data.store.database import Database

log = structlog.stdlib.get_logger(__name__)

MAX_TURN = 0.001
"""Seconds for which a thread that makes a chart or a file may keep the event loop from going on; Python's own
5 ms add up where several threads work."""


@asynccontextmanager
async def open_services(database: Database) -> AsyncIterator[Services]:
    """Make what the commands may ask for, and close it again."""
    atlas = await asyncio.to_thread(Atlas.load)
    await asyncio.to_thread(atlas.table.languages.prepare)
    await learn_names(database, atlas)
    async with Studio() as studio:
        # What was loaded stays for good: without this, the collector would look through it time and again.
        gc.freeze()
        sys.setswitchinterval(MAX_TURN)
        yield Services(
            countries=atlas,
            answers=Answers(database, atlas),
            studio=studio,
            mention_settings=MentionSettings(state_of(database)),
            server_languages=ServerLanguages(state_of(database)),
            glossary=Glossary.load(),
            alerts=Alerts(database, atlas),
            alerting=Alerting(studio),
            export_queue=ExportQueue(),
        )


def make_workers(bot: AsylumBot, database: Database, settings: Settings) -> list[Worker]:
    """Return what is to run beside the bot, wherever it runs, where it is alone."""
    return [*make_own_workers(bot, database), *make_deliverers(bot, database, settings)]


def make_own_workers(bot: AsylumBot, database: Database) -> list[Worker]:
    """Return what every process does for itself."""
    countries = bot.services.countries
    return [
        lambda: keep_named(database, countries),
        lambda: keep_prepared(bot.services.answers),
        lambda: collect_garbage(bot.traffic),
        lambda: freeze_servers(bot),
        lambda: keep_verified(database),
    ]


def make_deliverers(
    bot: AsylumBot, database: Database, settings: Settings, duty: OnDuty | None = None
) -> list[Worker]:
    """Return what delivers alerts, for the term of a duty where several processes share the state."""
    countries = bot.services.countries
    outbox = Outbox(database, countries, stale_after=settings.alerts_stale_after, state=duty)
    superseded = SupersededAlerts(database, countries, state=duty)
    return make_alert_workers(bot, outbox, superseded, duty.is_over if duty else None)


async def serve(services: Services, database: Database, settings: Settings, token: str) -> None:
    """Run the bot on Discord, synced with UNHCR, until it is told to stop."""
    services = replace(services, links=settings.links)
    cluster = cluster_of(database)
    with pointed_at(settings.endpoints):
        sync = make_sync(database, settings.unhcr_api_base, settings.contact)
        bot = AsylumBot(
            services,
            memory=state_of(database),
            registers=cluster is None,
            hears_mentions=settings.mentions,
            dev_server=settings.dev_server,
            shards=settings.shards.count if settings.shards else None,
            own_shards=settings.shards.own if settings.shards else None,
            find_turn=share_turns(cluster) if cluster else None,
        )
        workers = [lambda: tell_start(bot, database, settings.shards), *make_own_workers(bot, database)]
        if cluster is None:
            workers += [lambda: keep_synced(sync, tally=services.tally)]
            workers += make_deliverers(bot, database, settings)
        else:

            def work_on_duty(duty: OnDuty) -> list[Worker]:
                return [
                    bot.register_commands,
                    lambda: add_missing(database, Shipped()),
                    lambda: keep_synced(sync, tally=services.tally, shared=True),
                    *make_deliverers(bot, database, settings, duty),
                ]

            standby = Standby(database, cluster, str(settings.shards or "auto"), work_on_duty, bot.is_ready)
            workers += [standby.run, lambda: keep_compared(bot)]
        if port := settings.health_port:
            health = Health(bot, database)
            workers.append(lambda: serve_health(health, settings.health_host, port))
        await run_bot(bot, token, workers)


async def tell_start(bot: AsylumBot, database: Database, shards: Shards | None) -> None:
    """Say in one line what is running, once it is."""
    await bot.wait_until_ready()
    async with database.reading() as connection:
        newest = (await read_releases(connection))[-1]
    log.info(
        "the bot is running",
        version=find_version(),
        database=str(database.path),
        newest=f"{newest.label} ({newest.day})",
        bot=str(bot.user),
        servers=len(bot.guilds),
        shards=str(shards or bot.shard_count or 1),
        invitation=next(iter(make_invitations(bot.application_id or 0).values())),
    )
