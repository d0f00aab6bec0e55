"""Keep up with UNHCR: probe, fetch when something differs, publish."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol, Self

from data.errors import BadRelease, NotNow, Phrase, Unsettled
from data.releases.imports import import_release
from data.releases.lock import hold_sync
from data.releases.publication import Source, Unchanged
from data.state.model import CHECKED
from data.state.opening import state_of
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from contextlib import AbstractAsyncContextManager
    from pathlib import Path

    from data.notes import Notes
    from data.releases.imports import Imported
    from data.sources.unhcr.download import Progress
    from data.store.database import Database

MAX_UNSETTLED = 3
"""So often in a row pages may not fit together before that is taken for UNHCR's content."""

FULL_EVERY = timedelta(days=7)
"""A probe sees totals of the last years only, so the whole is compared at least this often."""

PROBE, COMPARED = "unhcr probe", "unhcr compared at"
REFUSED, UNKNOWN = "unhcr refused", "unhcr unknown fields"


class Unhcr(Protocol):
    """UNHCR's API, as `data.sources.unhcr.client.UnhcrClient` offers it."""

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
    ) -> AbstractAsyncContextManager[Downloaded]:
        """Fetch everything and lend it as a source, with UNHCR's notes on it."""
        ...


class Downloaded(Source, Protocol):
    """All of UNHCR's figures as they are now."""

    @property
    def unknown(self) -> Sequence[str]:
        """The fields that this program does not know."""
        ...

    @property
    def notes(self) -> Notes:
        """UNHCR's notes, and what was wrong with them."""
        ...


class ReleaseRefused(BadRelease):
    """What UNHCR publishes cannot be taken in; `again`: for the very reason that was told before."""

    def __init__(self, why: Phrase, *, again: bool) -> None:
        super().__init__(why.code, **why.values)
        self.again = again


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync found: a release that came in (perhaps into quarantine), or None, and then `why` not.

    `notes_fault` says why UNHCR's notes, or some of them, were not taken; those kept before stay in force.
    `unknown` are fields of UNHCR's rows that were never seen before and mean nothing to this program.
    """

    at: datetime
    imported: Imported | None
    why: Phrase | None = None
    notes_fault: Phrase | None = None
    unknown: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class _Refusal:
    """What was refused last: the digest of its probe, when (in ISO form), why, and how often in a row."""

    probe: str
    at: str
    why: Phrase
    times: int

    def write(self) -> str:
        """Write it as JSON, values as texts."""
        return json.dumps({"probe": self.probe, "at": self.at, "told": _spell(self.why), "times": self.times})

    @classmethod
    def read(cls, text: str) -> Self | None:
        """Read it; None for one that an older version wrote as a sentence."""
        kept = json.loads(text)
        if "told" not in kept:
            return None
        return cls(kept["probe"], kept["at"], _unspell(kept["told"]), kept["times"])


def _spell(value: object) -> object:
    """Write a phrase as a list of its code and values; what is neither that nor a number is a text."""
    if isinstance(value, Phrase):
        return [value.code, {name: _spell(each) for name, each in value.values.items()}]
    return value if isinstance(value, int) else str(value)


def _unspell(kept: Any) -> Phrase:
    code, values = kept
    read = {name: _unspell(each) if isinstance(each, list) else each for name, each in values.items()}
    return Phrase(code, **read)


class Sync:
    """Brings the database up to date; one at a time, also across processes."""

    def __init__(
        self,
        database: Database,
        connect: Callable[[], AbstractAsyncContextManager[Unhcr]],
        clock: Callable[[], datetime] | None = None,
    ) -> None:
        self._database = database
        self._connect = connect
        self._state = state_of(database)
        self._clock = clock or self._state.clock

    async def run(self, *, whole: bool = False, progress: Callable[[Progress], None] | None = None) -> Synced:
        """Probe, and fetch everything when the probe differs, a week has passed, or `whole` asks for it.

        What was refused for its content is left alone in the same way. Raises `SourceUnavailable`,
        `Unsettled`, `ReleaseRefused` or `NotNow`; the last release then stays as it is.
        """
        await self._database.wait_until_whole()
        async with hold_sync(self._database.path), self._connect() as unhcr:
            now = self._clock()
            await self._check_clock(now)
            probed = await unhcr.probe(now.year)
            if not whole and (why := await self._find_reason_to_wait(probed, now)):
                await self._state.remember(CHECKED, now.isoformat())
                return Synced(now, None, why)
            try:
                synced = await self._fetch(unhcr, now, progress, probed)
            except BadRelease as error:
                if refused := await self._note_refusal(error, probed, now):
                    raise refused from error
                raise
            for key, value in ((PROBE, probed), (COMPARED, now.isoformat()), (CHECKED, now.isoformat())):
                await self._state.remember(key, value)
            await self._state.forget(REFUSED)
            return synced

    async def _fetch(
        self, unhcr: Unhcr, now: datetime, progress: Callable[[Progress], None] | None, probed: str
    ) -> Synced:
        keep_in = self._database.path.parent
        async with unhcr.download(now.year, progress, probed=probed, keep_in=keep_in) as source:
            synced = await self._import(source, now)
            return replace(synced, unknown=await self._note_unknown(source.unknown))

    async def find_wait(self, every: timedelta) -> timedelta:
        """Return how long it is until UNHCR is to be asked again, if that is done once in so long a time."""
        checked = await self._state.recall(CHECKED)
        since = self._clock() - datetime.fromisoformat(checked) if checked else every
        return every - since if timedelta(0) <= since < every else timedelta(0)

    async def is_due(self) -> bool:
        """Say whether the whole was not compared for a week, or ever.

        A clock that has been set back makes it due: what it said then is not to be trusted.
        """
        compared = await self._state.recall(COMPARED)
        if compared is None:
            return True
        return not timedelta(0) <= self._clock() - datetime.fromisoformat(compared) < FULL_EVERY

    async def _find_reason_to_wait(self, probed: str, now: datetime) -> Phrase | None:
        """Say why nothing is to be fetched now, if so."""
        refused = await self._recall_refusal()
        if refused and refused.probe == probed:
            since = now - datetime.fromisoformat(refused.at)
            if refused.times >= MAX_UNSETTLED and timedelta(0) <= since < FULL_EVERY:
                return Phrase("totals-of-what-was-refused", why=refused.why)
            return None
        settled = await self._state.recall(PROBE) == probed and not await self.is_due()
        return Phrase("totals-of-last-sync") if settled else None

    async def _recall_refusal(self) -> _Refusal | None:
        kept = await self._state.recall(REFUSED)
        return _Refusal.read(kept) if kept else None

    async def _note_refusal(self, error: BadRelease, probed: str, now: datetime) -> ReleaseRefused | None:
        """Keep what was refused, so that it is not fetched again and told once.

        Pages that do not fit together may fit the next time: only after some times are they refused.
        """
        before = await self._recall_refusal()
        again = before is not None and before.probe == probed
        times = (before.times if before and again else 0) + 1
        if not isinstance(error, Unsettled):
            times = max(times, MAX_UNSETTLED)
        refusal = _Refusal(probed, now.isoformat(), error, times)
        await self._state.remember(REFUSED, refusal.write())
        if times < MAX_UNSETTLED:
            return None
        told = before is not None and before.times >= MAX_UNSETTLED and str(before.why) == str(error)
        return ReleaseRefused(error, again=told)

    async def _note_unknown(self, fields: Sequence[str]) -> list[str]:
        """Return those fields that were not there before, and keep them."""
        known = json.loads(await self._state.recall(UNKNOWN) or "[]")
        new = [field for field in fields if field not in known]
        if new:
            await self._state.remember(UNKNOWN, json.dumps([*known, *new]))
        return new

    async def _import(self, source: Downloaded, now: datetime) -> Synced:
        notes, at = source.notes, now.replace(microsecond=0)
        try:
            imported = await import_release(self._database, source, at, notes)
        except Unchanged as unchanged:
            return Synced(now, None, unchanged, notes.fault)
        return Synced(now, imported, notes_fault=notes.fault)

    async def _check_clock(self, now: datetime) -> None:
        """Refuse to date a release before one that is kept; `publish` refuses years too far ahead."""
        async with self._database.reading() as connection:
            releases = await read_releases(connection)
        if releases and now <= releases[-1].retrieved_at:
            raise NotNow("clock-is-slow", now=now, newest=releases[-1].retrieved_at)
