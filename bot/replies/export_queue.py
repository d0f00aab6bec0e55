"""Where files are made: a few at once, and the others in the order they were asked for."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from bot.sentences import Refusal

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

AT_ONCE = 2
"""The largest file takes some seconds and some hundred megabytes."""

MAX_WAITING = 20
PATIENCE = 300.0
"""Seconds to wait for a turn; Discord takes an answer for fifteen minutes."""

BUSY = "Many files are being made just now; please try again in a few minutes."


class ExportQueue:
    """Gives turns to those who make files, so that many large ones do not take all memory and time."""

    def __init__(
        self, at_once: int = AT_ONCE, most_waiting: int = MAX_WAITING, patience: float = PATIENCE
    ) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._most_waiting = most_waiting
        self._patience = patience
        self._waiting = 0

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn and keep it; raises `Unanswerable` where too many wait, or for too long."""
        await self._wait()
        try:
            yield
        finally:
            self._turns.release()

    async def _wait(self) -> None:
        if self._turns.locked() and self._waiting >= self._most_waiting:
            raise Refusal(BUSY)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError as error:
            raise Refusal(BUSY) from error
        finally:
            self._waiting -= 1
