"""Superseded alerts: find messages whose key figure a later release gives otherwise, and have them marked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from data.alerts.news import Superseded
from data.model import ALL, Place, kind_of
from data.questions.view import name_area
from data.state.model import MarkReason, MarkState, find_wait
from data.state.opening import state_of
from data.statistics import Changed
from data.store.releases import read_releases

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from data.model import Release, RevisionKind
    from data.questions.view import Countries
    from data.state.protocol import SharedState, SupersededRow, Told
    from data.store.database import Database

LEASE = timedelta(minutes=5)
"""So long after it was claimed, a message that nobody settled comes up again: marking twice does no harm."""

MAX_ATTEMPTS = 8


class SupersededAlerts:
    """The old messages that are to be marked."""

    def __init__(
        self,
        database: Database,
        countries: Countries,
        clock: Callable[[], datetime] | None = None,
        *,
        state: SharedState | None = None,
    ) -> None:
        self._database = database
        self._state = state or state_of(database)
        self._countries = countries
        self._clock = clock or self._state.clock

    async def claim(self, most: int) -> tuple[Superseded, ...]:
        """Claim at most so many messages that are to be marked now."""
        now = self._clock()
        async with self._database.reading() as connection, self._state.reading_beside(connection) as state:
            due = await state.find_next_superseded()
            releases = {each.id: each for each in await read_releases(connection)}
        if due is None or due > now:
            return ()
        async with self._state.writing() as state:
            rows = await state.claim_superseded(now, now + LEASE, most)
            found = [self._make(row, releases) for row in rows]
            for row, superseded in zip(rows, found, strict=True):
                if superseded is None:
                    number = (row.delivery, row.by, row.attempts)
                    await state.settle_superseded(number, MarkState.DROPPED, now, MarkReason.RELEASE_GONE)
        return tuple(each for each in found if each)

    async def settle_marked(self, message: Superseded) -> None:
        """The message says now what the later release gives."""
        await self._settle(message, MarkState.MARKED, timedelta(0))

    async def settle_failed(
        self, message: Superseded, why: MarkReason, detail: str = "", *, final: bool
    ) -> None:
        """Marking failed; unless that is final it is tried again, with growing waits, a few times."""
        given_up = final or message.attempts >= MAX_ATTEMPTS
        state = MarkState.DROPPED if given_up else MarkState.WAITING
        await self._settle(message, state, find_wait(message.attempts), why, detail)

    async def _settle(
        self,
        message: Superseded,
        state: MarkState,
        wait: timedelta,
        reason: MarkReason | None = None,
        detail: str = "",
    ) -> None:
        row, due_at = (message.delivery, message.by.id, message.attempts), self._clock() + wait
        async with self._state.writing() as transaction:
            await transaction.settle_superseded(row, state, due_at, reason, detail)

    def _make(self, row: SupersededRow, releases: Mapping[int, Release]) -> Superseded | None:
        then, now = releases.get(row.told_release), releases.get(row.by)
        if then is None or now is None:
            return None
        kind = kind_of(then, now, row.told.year, row.value)
        changed = make_changed(row.told, row.value, kind, self._countries)
        return Superseded(row.delivery, row.channel, row.message, then, now, changed, row.attempts)


def make_changed(told: Told, value: int | None, kind: RevisionKind, countries: Countries) -> Changed:
    """Set what is said of a figure now beside what was told of it."""
    origin, asylum = (
        None if code == ALL else name_area(countries, code) for code in (told.origin, told.asylum)
    )
    return Changed(told.measure, Place(origin, asylum), told.year, told.unit, told.value, value, kind)
