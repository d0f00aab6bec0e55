"""What the bot runs on, looked at and not touched, for an operator to whom something seems wrong."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from rich.console import Console

from bot.discord.running import StartFailed
from bot.exits import Exit, exit_for
from bot.sentences import say
from bot.shell.account import log_in, read_clock
from bot.version import find_version
from data.errors import DatabaseUnusable
from data.releases.lock import is_bot_running
from data.sources.shipped import Shipped
from data.state.model import CHECKED, DeliveryState
from data.state.opening import cluster_of, open_state, state_of
from data.store import checksums
from data.store.database import Database
from data.store.migrations import find_missing, list_migrations
from data.store.releases import read_doubted, read_releases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from pathlib import Path

    from bot.endpoints import Endpoints
    from data.state.protocol import ClusterState, StateTransaction
    from data.store.database import Connection

OLD_SYNC = timedelta(days=2)
"""A bot that runs asks UNHCR daily."""

FEW_STARTS = 50
"""Of the thousand that Discord allows a day; with none left the bot stays out until tomorrow."""

OFF_CLOCK = timedelta(seconds=5)
"""Discord's own time is given in whole seconds; what is answered must be answered within three."""

_QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """What was looked at, and how it is; a `remedy` where something is to be done and is not said yet.

    With an `exit` something is wrong, and the program ends with the worst of them.
    """

    name: str
    found: str
    remedy: str = ""
    exit: Exit | None = None

    @property
    def verdict(self) -> str:
        """How it is in one word."""
        if self.exit is not None:
            return "wrong"
        return "note" if self.remedy else "ok"


_WORST = (Exit.CONFIGURED_WRONG, Exit.REFUSED, Exit.AGAIN, Exit.AWAY)


async def examine(
    settings: Sequence[Diagnosis],
    path: Path | None = None,
    token: str | None = None,
    endpoints: Endpoints | None = None,
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    shards: int | None = None,
    address: str | None = None,
) -> Exit:
    """Print every check as it is made, and return the worst; where a setting is wrong there is no path.

    Nothing is written, built or brought up to date, and only the checks of Discord need a network.
    """
    checks = [Diagnosis("version", find_version()), *settings]
    for check in checks:
        _print(check)
    if path is not None:
        checks += [_print(check) async for check in _check_file(path, now(), address)]
    if path is not None and token is None:
        checks.append(
            _print(Diagnosis("token", "without one the preview starts", "set DISCORD_TOKEN to go live"))
        )
    if token is not None and endpoints is not None:
        checks += [_print(check) async for check in _check_discord(token, endpoints, now, shards)]
    wrong = {check.exit for check in checks if check.exit is not None}
    notes = sum(check.verdict == "note" for check in checks)
    _console().print(
        f"{len([c for c in checks if c.exit is not None])} wrong, {notes} to note, of {len(checks)}."
    )
    return next((code for code in _WORST if code in wrong), Exit.STOPPED)


async def _check_file(path: Path, now: datetime, address: str | None) -> AsyncIterator[Diagnosis]:
    if not await asyncio.to_thread(path.exists):
        yield Diagnosis("database", f"{path} is not there yet", "the first start builds it")
        return
    size = (await asyncio.to_thread(path.stat)).st_size
    running = "a bot is running on it" if await is_bot_running(path) else "no bot is running on it"
    free = (await asyncio.to_thread(shutil.disk_usage, path)).free
    room = f"{free / 1e9:.1f} GB free, the database takes {size / 1e9:.2f} GB"
    remedy = "" if free > 2 * size else "make room: a release or a backup may need as much again"
    try:
        async with Database(path, readers=1) as database, open_state(database, address):
            if cluster := cluster_of(database):
                yield await _check_hosts(cluster)
            fixed = "a bot needs one where it can write; what reads works" if database.read_only else ""
            where = "on a read-only file system" if fixed else running
            yield Diagnosis("database", f"{path}; {where}", fixed)
            yield Diagnosis("disk", room, remedy)
            if await find_missing(database, list_migrations()):
                yield Diagnosis("schema", "older than this program's", "the next start brings it up to date")
                return
            yield Diagnosis("schema", "that of this program")
            async with database.reading_aside() as connection:
                shared = state_of(database)
                async for check in _check_figures(connection):
                    yield check
                async with shared.reading_beside(connection) as state:
                    async for check in _check_state(state, await shared.recall(CHECKED), now):
                        yield check
    except DatabaseUnusable as error:
        yield Diagnosis("database", say(error), exit=exit_for(error))


async def _check_hosts(cluster: ClusterState) -> Diagnosis:
    async with cluster.reading() as state:
        now, duty = await state.read_clock(), await state.read_duty()
        processes = await state.read_processes()
    held = any(each.until > now for each in duty)
    known = f"PostgreSQL answers; processes that use it: {len(processes)}"
    if held:
        return Diagnosis("shared state", known)
    return Diagnosis("shared state", known, "none has the duty: “python -m bot state” says which run")


async def _check_figures(connection: Connection) -> AsyncIterator[Diagnosis]:
    published, doubted = await read_releases(connection), await read_doubted(connection)
    found = await checksums.inspect(connection, [each.id for each in published])
    if found.sound:
        yield Diagnosis("integrity", "every figure is as it was published")
    else:
        parts = [f"{each.part.value} of release {each.release}" for each in found.damaged]
        yield Diagnosis(
            "integrity",
            f"damaged: {'; '.join([*parts, *found.faults])}",
            "stop the bot and run “python -m bot verify”",
            Exit.REFUSED,
        )
    days = {each.day for each in published} | {each.day for each, *_ in doubted}
    lacking = [each for each in Shipped().releases if each.day not in days]
    newest = (
        f"{len(published)}, the newest {published[-1].label} ({published[-1].day})" if published else "none"
    )
    yield Diagnosis(
        "releases",
        newest,
        f"the next start brings in {', '.join(str(each.day) for each in lacking)}" if lacking else "",
    )
    for release, state, _ in doubted:
        if state == _QUARANTINED:
            act = f"decide: “python -m bot publish {release.day}” or “python -m bot reject {release.day}”"
            yield Diagnosis("quarantine", f"{release.label} ({release.day})", act)


async def _check_state(
    transaction: StateTransaction, checked: str | None, now: datetime
) -> AsyncIterator[Diagnosis]:
    at = datetime.fromisoformat(checked) if checked else None
    old = at is None or now - at > OLD_SYNC
    yield Diagnosis(
        "last sync",
        f"{at:%Y-%m-%d %H:%M} UTC" if at else "never",
        "a live bot asks daily; “python -m bot sync” asks now" if old else "",
    )
    counts = Counter[DeliveryState]()
    for _, state, number in await transaction.count_states():
        counts[state] += number
    owed, paused = (
        counts[DeliveryState.WAITING] + counts[DeliveryState.HELD],
        len(await transaction.read_paused()),
    )
    yield Diagnosis(
        "alerts",
        f"{counts[DeliveryState.SENT]} sent, {owed} waiting, {paused} paused",
        "“python -m bot outbox” says why" if owed or paused else "",
    )


async def _check_discord(
    token: str, endpoints: Endpoints, now: Callable[[], datetime], shards: int | None
) -> AsyncIterator[Diagnosis]:
    try:
        async with log_in(token, endpoints) as client:
            yield Diagnosis("token", f"Discord takes it, for {client.user}")
            ahead = now() - await read_clock(endpoints)
            if abs(ahead) > OFF_CLOCK:
                way = "ahead of" if ahead > timedelta() else "behind"
                yield Diagnosis(
                    "clock",
                    f"{abs(ahead).total_seconds():.0f} s {way} Discord's",
                    "let the system keep its time, as with systemd-timesyncd or chrony",
                )
            else:
                yield Diagnosis("clock", "that of Discord")
            yield Diagnosis("intents", "none is asked for that needs to be granted")
            recommended, _, starts = await client.http.get_bot_gateway()
            yield Diagnosis(
                "starts",
                f"{starts['remaining']} of {starts['total']} left today",
                "find out what restarts the bot" if starts["remaining"] < FEW_STARTS else "",
            )
            yield Diagnosis(
                "shards",
                f"Discord recommends {recommended}; SHARDS is {shards or 'auto'}",
                "write SHARDS=auto" if shards and shards < recommended else "",
            )
            registered = await client.http.get_global_commands(client.application_id or 0)
            names = ", ".join(sorted(each["name"] for each in registered)) or "none"
            yield Diagnosis(
                "commands", f"registered: {names}", "" if registered else "the first start registers them"
            )
    except StartFailed as error:
        yield Diagnosis("Discord", error.sentence, exit=error.exit)


def _print(check: Diagnosis) -> Diagnosis:
    remedy = f" → {check.remedy}" if check.remedy else ""
    _console().print(f"{check.verdict:<6}{check.name:<25}{check.found}{remedy}")
    return check


def _console() -> Console:
    return Console(markup=False, emoji=False, highlight=False, soft_wrap=True)
