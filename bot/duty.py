"""Of several processes one has the duty: it alone syncs, delivers and registers. The others stand by."""

from __future__ import annotations

import asyncio
import secrets
import socket
import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog

from bot.discord.shards import TURN_EVERY
from bot.errors import AWAY
from bot.sentences import say
from bot.version import find_version
from data.errors import AsylumBotError, DatabaseUnusable, NotNow
from data.releases.replication import follow
from data.releases.replication_log import read_taken
from data.state.cluster import Process
from data.state.duty import OnDuty
from data.store.checksums import digest_figures
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from bot.discord.running import Worker
    from data.state.cluster import Duty
    from data.state.protocol import ClusterState
    from data.store.database import Database

log = structlog.stdlib.get_logger(__name__)

LEASE = timedelta(seconds=6)
"""So long nobody else takes the duty from a process that does not renew it."""

EVERY = timedelta(seconds=1.5)
"""So often a process says that it is there, and looks for what others did."""

MARGIN = timedelta(seconds=1)
"""So long before its lease ends whoever has the duty stops, if it cannot renew it."""

_PASSING = (*AWAY, "duty-lost")


@dataclass(slots=True)
class Standby:
    """One process among several. `make_workers` returns what it does while it has the duty.

    `is_ready` says whether it could: one that is not on Discord yet takes no duty.
    """

    database: Database
    cluster: ClusterState
    shards: str
    make_workers: Callable[[OnDuty], Sequence[Worker]]
    is_ready: Callable[[], bool]
    name: str = field(default_factory=lambda: secrets.token_hex(8))
    _duty: Duty | None = None
    _until: float = 0.0
    _at_work: asyncio.Task[None] | None = None
    _away: bool = False

    async def run(self) -> None:
        """Go on for as long as the bot runs; raises what a worker on duty raises.

        Where that is only that shared state is away, or the duty another's by now, the work begins anew with
        the next term.
        """
        following = asyncio.create_task(self._follow(), name="following")
        try:
            while True:
                await self._beat()
                done, _ = await asyncio.wait(
                    {task for task in (following, self._at_work) if task},
                    timeout=EVERY.total_seconds(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
                for task in done:
                    try:
                        task.result()
                    except (DatabaseUnusable, NotNow) as error:
                        if error.code not in _PASSING:
                            raise
                        log.warning("the work on duty was interrupted", why=say(error))
                        await self._stop()
        finally:
            following.cancel()
            await self._stop()
            await asyncio.wait({following})
            await self._say_goodbye()

    async def _beat(self) -> None:
        """Say that this process is there, and take the duty, keep it or stop."""
        began = time.monotonic()
        patience = self._until - began if self._duty else LEASE.total_seconds()
        try:
            async with asyncio.timeout(max(patience, 0.1)):
                duty = await self._renew()
        except (AsylumBotError, TimeoutError) as error:
            if not self._away:
                why = say(error) if isinstance(error, AsylumBotError) else "it does not answer"
                log.warning("shared state is away; answers go on", why=why)
            self._away, duty = True, None
        else:
            if self._away:
                log.info("shared state is there again")
            self._away = False
            if duty is None or self._duty is None or duty.term != self._duty.term:
                await self._stop()
            if duty:
                self._until = began + (LEASE - MARGIN).total_seconds()
        if duty and self._at_work is None:
            self._duty = duty
            log.info("this process has the duty", term=duty.term)
            workers = self.make_workers(OnDuty(self.cluster, duty, self._read_taken, self._is_over))
            self._at_work = asyncio.create_task(_work(workers), name="duty")
        elif self._duty and time.monotonic() >= self._until:
            log.warning("the duty cannot be renewed, and is given up")
            await self._stop()

    async def _renew(self) -> Duty | None:
        await self.cluster.set_clock()
        process, taken = await self._describe()
        async with self.cluster.writing() as state:
            await state.note_process(process)
            if self._duty or (self.is_ready() and taken == await state.count_steps()):
                duty = await state.take_duty(self.name, LEASE)
                return duty if duty.holder == self.name else None
        return None

    async def _describe(self) -> tuple[Process, int]:
        async with self.database.reading() as connection:
            taken = await read_taken(connection)
            newest = (await read_releases(connection))[-1:]
            figures = await digest_figures(connection)
        label = newest[0].label if newest else ""
        host = socket.gethostname()
        return Process(self.name, host, self.shards, find_version(), taken, label, figures), taken

    def _is_over(self) -> bool:
        """Whoever slept through its lease must send nothing more: another process sends by now."""
        return time.monotonic() >= self._until

    async def _read_taken(self) -> int:
        async with self.database.reading() as connection:
            return await read_taken(connection)

    async def _follow(self) -> None:
        while True:
            wait = EVERY
            try:
                for step in await follow(self.database):
                    log.info("another host's step was taken", release=step.release, deed=step.deed.value)
            except AsylumBotError as error:
                if not self._away:
                    log.warning("what others did with releases is not followed", why=say(error))
            except Exception:
                log.exception("following other hosts broke, which is a fault of the program")
                wait = LEASE * 10
            await asyncio.sleep(wait.total_seconds())

    async def _stop(self) -> None:
        task, self._at_work, self._duty = self._at_work, None, None
        if task:
            task.cancel()
            await asyncio.wait({task})

    async def _say_goodbye(self) -> None:
        try:
            async with asyncio.timeout(MARGIN.total_seconds()), self.cluster.writing() as state:
                await state.forget_process(self.name)
        except (AsylumBotError, TimeoutError):
            log.info("shared state was not told of the stop; the duty is free when its lease ends")


def share_turns(cluster: ClusterState) -> Callable[[int], Awaitable[float]]:
    """Return what finds the next turn to begin a session on Discord, where other processes begin some too."""

    async def find(key: int) -> float:
        try:
            async with cluster.writing() as state:
                return await state.take_turn(key, timedelta(seconds=TURN_EVERY))
        except AsylumBotError:
            return TURN_EVERY  # as far as one process can know

    return find


async def _work(workers: Sequence[Worker]) -> None:
    """Do all of it until this is cancelled; some of it is done once."""
    try:
        async with asyncio.TaskGroup() as group:
            for worker in (*workers, asyncio.Event().wait):
                group.create_task(worker())
    except ExceptionGroup as failures:
        raise failures.exceptions[0] from failures.exceptions[0].__cause__
