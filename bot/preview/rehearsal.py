"""The preview: the real bot on a small Discord of this machine, and a release still to be published."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from bot.discord.client import AsylumBot
from bot.discord.running import run_bot
from bot.endpoints import pointed_at
from bot.preview.page import preview
from bot.words import say_short_day
from data.releases.opening import open_database
from data.releases.rehearsal import hold_back, open_copy, publish_held

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from bot.discord.running import Worker
    from bot.preview.page_requests import Actions
    from bot.services import Services
    from data.alerts import Alerts
    from data.model import Release
    from data.store.database import Database

EXAMPLES = (
    "/asylum ask question:How many people from Syria are waiting for a decision in Germany?",
    "/asylum check text:Some 178,725 Chinese applied for asylum in 2025.",
    "@asylum-bot Which countries received the most new applications in 2024?",
    "/asylum figures origin:China",
    "/asylum trend measure:pending origin:China",
)
"""What an empty channel suggests to type: a question, a text to check, a mention, and two commands."""

NOTE = (
    "The newest release is held back here. As the moderator, subscribe a channel with /alerts subscribe, then"
    " press “Publish …” above: the alert arrives. What you do here is forgotten when the preview stops."
)


async def serve_preview(
    path: Path,
    open_services: Callable[[Path], AbstractAsyncContextManager[tuple[Services, Database]]],
    *,
    port: int | None,
    announce: Callable[[str], Coroutine[Any, Any, None]],
    make_workers: Callable[[AsylumBot, Database], list[Worker]],
) -> None:
    """Run the preview on a copy of the database at `path` until it is told to stop.

    `announce` is told the page's address once the bot is logged in; `make_workers` gives what runs
    beside it. Raises what `preview` and `run_bot` do, and `DatabaseUnusable`.
    """
    async with open_database(path):
        pass  # the first start builds it, a later one brings it up to date; from here on it is only read
    async with open_copy(path) as copy, open_services(copy) as (services, database):
        actions = make_actions(database, services.alerts, await hold_back(database))
        note = NOTE if actions else ""
        async with preview(port, actions=actions, examples=EXAMPLES, note=note) as session:
            bot = AsylumBot(services, hears_mentions=True, guild_ready_timeout=0.1)
            workers = [lambda: announce(session.url), *make_workers(bot, database)]
            with pointed_at(session.endpoints):
                await run_bot(bot, session.token, workers)


def make_actions(database: Database, alerts: Alerts, held: Release | None) -> Actions:
    """Offer to publish what is held back; once it is published nothing is offered any more."""
    actions: dict[str, Callable[[], Awaitable[str]]] = {}
    if held is None:
        return actions
    label = f"Publish {held.label} ({say_short_day(held.day)})"

    async def publish() -> str:
        """Publish it, and say who will hear of it."""
        if actions.pop(label, None) is None:
            return "It is published already."
        await publish_held(database, held, datetime.now(UTC))
        told = await alerts.count_hearing(held)
        channels = "one subscribed channel hears" if told == 1 else f"{told:,} subscribed channels hear"
        return f"Published {held.label}; {channels} of it now."

    actions[label] = publish
    return actions
