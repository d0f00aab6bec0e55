"""Watches every request to Discord: when the last one was, how many were refused, how often one was tried.

Where requests have a pace, each waits here for its turn, also one that discord.py repeats by itself.
"""

from __future__ import annotations

import time
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import aiohttp

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_REFUSED = 1_000
"""Of 401, 403 and 429 answers in `WINDOW` seconds; from 10,000 on, Discord bans the address."""

WINDOW = 600.0
_REFUSED = frozenset({401, 403, 429})
_CLIENT_ERRORS = range(400, 500)


class TriedBefore(Exception):
    """A request was not repeated, as what watches it asks."""


class Pace(Protocol):
    """Who says when a request may be made; each turn that was taken is ended."""

    async def take_turn(self) -> None:
        """Wait for a turn."""
        ...

    def end_turn(self) -> None:
        """Note that the request of a turn is over."""
        ...


@dataclass(slots=True)
class Tries:
    """The requests that one act made: their statuses, 0 where no answer came. With `once` there is one."""

    once: bool = False
    pace: Pace | None = None
    started: int = 0
    statuses: list[int] = field(default_factory=list)

    @property
    def left_nothing(self) -> bool:
        """Whether Discord refused every one of them, so that none can have had an effect."""
        return self.started == len(self.statuses) and all(each in _CLIENT_ERRORS for each in self.statuses)


_WATCHED: ContextVar[Tries | None] = ContextVar("watched", default=None)


class Traffic:
    """What a client's requests came to; give `trace()` to its `http_trace`."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most_refused: int = MAX_REFUSED) -> None:
        self._clock = clock
        self._most_refused = most_refused
        self._refused: deque[float] = deque()
        self._latest = clock()

    @property
    def is_dangerous(self) -> bool:
        """Whether so many requests were refused lately that nothing more should be sent."""
        while self._refused and self._refused[0] <= self._clock() - WINDOW:
            self._refused.popleft()
        return len(self._refused) >= self._most_refused

    @property
    def quiet_for(self) -> float:
        """Seconds since the last request began."""
        return self._clock() - self._latest

    @contextmanager
    def watching(self, pace: Pace | None = None, *, once: bool = False) -> Iterator[Tries]:
        """Note the requests of this task, each of which waits for its turn at this `pace`.

        With `once` a second one raises `TriedBefore` instead.
        """
        tries = Tries(once, pace)
        token = _WATCHED.set(tries)
        try:
            yield tries
        finally:
            _WATCHED.reset(token)

    def trace(self) -> aiohttp.TraceConfig:
        """Return what aiohttp tells of every request."""
        config = aiohttp.TraceConfig()
        config.on_request_start.append(self._begin)
        config.on_request_end.append(self._end)
        config.on_request_exception.append(_fail)
        return config

    async def _begin(self, _session: Any, request: Any, _told: aiohttp.TraceRequestStartParams) -> None:
        tries = _WATCHED.get()
        if tries is not None:
            if tries.once and tries.started:
                raise TriedBefore
            if tries.pace is not None:
                await tries.pace.take_turn()
                request.pace = tries.pace
            tries.started += 1
        self._latest = self._clock()

    async def _end(self, _session: Any, request: Any, told: aiohttp.TraceRequestEndParams) -> None:
        _end_turn(request)
        status = told.response.status
        if (tries := _WATCHED.get()) is not None:
            tries.statuses.append(status)
        if status in _REFUSED and told.response.headers.get("X-RateLimit-Scope") != "shared":
            self._refused.append(self._clock())


async def _fail(_session: Any, request: Any, _told: aiohttp.TraceRequestExceptionParams) -> None:
    _end_turn(request)
    if (tries := _WATCHED.get()) is not None:
        tries.statuses.append(0)


def _end_turn(request: Any) -> None:
    if (pace := getattr(request, "pace", None)) is not None:
        request.pace = None
        pace.end_turn()
