"""Keep up with UNHCR: probe, fetch when something differs, publish."""

from __future__ import annotations

from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from filelock import AsyncFileLock, Timeout

from data.errors import AsylumBotError
from data.imports import Unchanged, import_release
from data.store.memory import CHECKED, Memory
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from data.imports import Imported
    from data.store.database import Database
    from data.unhcr.download import Download, Progress

FULL_EVERY = timedelta(days=7)
"""A probe sees totals of the last years only, so the whole is compared at least this often."""

SETTLED = "UNHCR's totals of recent years are those of the last sync; nothing was fetched."

_MOMENT = "%d %B %Y, %H:%M UTC"
PROBE, COMPARED = "unhcr probe", "unhcr compared at"


class Unhcr(Protocol):
    """UNHCR's API, as `data.unhcr.client.UnhcrClient` offers it."""

    async def probe(self, last_year: int) -> str:
        """Return a digest of recent totals."""
        ...

    def download(
        self,
        last_year: int,
        progress: Callable[[Progress], None] | None = None,
        *,
        probed: str | None = None,
        keep_in: Path | None = None,
    ) -> AbstractAsyncContextManager[Download]:
        """Fetch everything and lend it as a source, with UNHCR's notes on it."""
        ...


class NotNow(AsylumBotError):
    """A sync cannot run now; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found: a release that came in (perhaps into quarantine), or None, and then `why` not.

    `notes_fault` says why UNHCR's notes, or some of them, were not taken; those kept before stay in force.
    """

    at: datetime
    imported: Imported | None
    why: str | None = None
    notes_fault: str | None = None


class Sync:
    """Brings the database up to date; one at a time, also across processes."""

    def __init__(
        self,
        database: Database,
        connect: Callable[[], AbstractAsyncContextManager[Unhcr]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._connect = connect
        self._clock = clock
        self._memory = Memory(database)

    async def run(self, *, whole: bool = False, progress: Callable[[Progress], None] | None = None) -> Synced:
        """Probe, and fetch everything when the probe differs, a week has passed, or `whole` asks for it.

        Raises `SourceUnavailable`, `BadRelease` or `NotNow`; the last release then stays as it is.
        """
        await self._database.wait_until_whole()
        async with self._alone(), self._connect() as unhcr:
            now = self._clock()
            await self._check_clock(now)
            probed = await unhcr.probe(now.year)
            if not whole and await self._is_settled(probed):
                await self._memory.remember(CHECKED, now.isoformat())
                return Synced(now, None, SETTLED)
            keep_in = self._database.path.parent
            async with unhcr.download(now.year, progress, probed=probed, keep_in=keep_in) as source:
                synced = await self._import(source, now)
            for key, value in ((PROBE, probed), (COMPARED, now.isoformat()), (CHECKED, now.isoformat())):
                await self._memory.remember(key, value)
            return synced

    async def is_due(self) -> bool:
        """Say whether the whole was not compared for a week, or ever.

        A clock that has been set back makes it due: what it said then is not to be trusted.
        """
        compared = await self._memory.recall(COMPARED)
        if compared is None:
            return True
        return not timedelta(0) <= self._clock() - datetime.fromisoformat(compared) < FULL_EVERY

    async def _is_settled(self, probed: str) -> bool:
        return await self._memory.recall(PROBE) == probed and not await self.is_due()

    async def _import(self, source: Download, now: datetime) -> Synced:
        notes, at = source.notes, now.replace(microsecond=0)
        try:
            imported = await import_release(self._database, source, at, notes)
        except Unchanged as unchanged:
            return Synced(now, None, str(unchanged), notes.fault)
        return Synced(now, imported, notes_fault=notes.fault)

    async def _check_clock(self, now: datetime) -> None:
        """Refuse to date a release before one that is kept; `publish` refuses years too far ahead."""
        async with self._database.reading() as connection:
            releases = await read_releases(connection)
        if releases and now <= releases[-1].retrieved_at:
            raise NotNow(
                f"This machine's clock says {now:{_MOMENT}}, which is before the newest release that is kept"
                f" ({releases[-1].retrieved_at:{_MOMENT}}); set the clock and sync again."
            )

    @asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        path = self._database.path
        lock = AsyncFileLock(path.with_name(f"{path.name}.sync-lock"), timeout=0)
        try:
            await lock.acquire()
        except Timeout as error:
            raise NotNow("Another process is syncing with UNHCR already; wait until it is done.") from error
        except OSError as error:
            raise NotNow(
                f"{lock.lock_file} cannot be made ({error.strerror or error}); make its folder writable."
            ) from error
        try:
            yield
        finally:
            await lock.release()
