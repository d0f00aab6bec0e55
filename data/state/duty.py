"""Shared state as the process that has the duty changes it: nothing, once another process has it."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable
    from contextlib import AbstractAsyncContextManager
    from datetime import datetime

    from data.state.cluster import Duty
    from data.state.protocol import ClusterState, ClusterTransaction
    from data.store.database import Connection


class OnDuty:
    """For one term of a process. Every writing raises `NotNow` when that is over.

    `read_taken` says which step with releases its figures took last: what is owed of a later one is not
    claimed. `is_over` says whether the lease has ended, as far as this process knows.
    """

    def __init__(
        self,
        state: ClusterState,
        duty: Duty,
        read_taken: Callable[[], Awaitable[int]],
        is_over: Callable[[], bool] = lambda: False,
    ) -> None:
        self.is_over = is_over
        self._state = state
        self._duty = duty
        self._read_taken = read_taken
        self._one_at_a_time = asyncio.Lock()

    def clock(self) -> datetime:
        """Say what time it is for all who share the state."""
        return self._state.clock()

    def reading(self) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend one state of it, to be read."""
        return self._state.reading()

    @asynccontextmanager
    async def writing(self) -> AsyncIterator[ClusterTransaction]:
        """Lend it to be changed in this term."""
        taken = await self._read_taken()
        # One after the other: the duty is renewed, and commands are answered, beside thirty deliveries.
        async with self._one_at_a_time, self._state.writing() as state:
            await state.insist_on_duty(self._duty, taken)
            yield state

    def beside(self, figures: Connection) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend it to whoever reads or writes figures."""
        return self._state.beside(figures)

    def reading_beside(self, figures: Connection) -> AbstractAsyncContextManager[ClusterTransaction]:
        """Lend it to be read by whoever is reading figures."""
        return self._state.reading_beside(figures)

    async def recall(self, key: str) -> str | None:
        """Return what was remembered under this key, if anything."""
        return await self._state.recall(key)

    async def remember(self, key: str, value: str) -> None:
        """Keep `value` under `key`, in this term."""
        async with self.writing() as state:
            await state.remember(key, value)

    async def forget(self, key: str) -> None:
        """Remember nothing under `key`, in this term."""
        async with self.writing() as state:
            await state.forget(key)
