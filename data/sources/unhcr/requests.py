"""Ask UNHCR's API one thing, politely and patiently: the only place that speaks HTTP with it."""

from __future__ import annotations

import asyncio
import re
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

import aiohttp
from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    wait_exponential_jitter,
)

from data.errors import Phrase, SourceUnavailable
from data.sources.unhcr.pages import Envelope, PassingFailure, read_envelope

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable


MAX_BYTES = 64 * 1024 * 1024
"""A page of 10,000 rows has 3 MB."""

_SECONDS = re.compile(r"[0-9]+")
_MAX_NUMBER = 15
_MINUTE, _HOUR = 60, 3600
_MAX_HOURS = 48
_PASSING = frozenset(
    {
        HTTPStatus.FORBIDDEN,  # what protection against bots answers
        HTTPStatus.REQUEST_TIMEOUT,
        HTTPStatus.TOO_EARLY,
        HTTPStatus.TOO_MANY_REQUESTS,
    }
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long and how often one thing is asked for; all but `attempts` in seconds.

    After a failure the pause doubles from one second up to `longest_pause`; one that UNHCR asks for
    is kept, but not above `longest_told`: then the run ends.
    """

    attempts: int = 6
    longest_pause: float = 60.0
    longest_told: float = 300.0
    connect: float = 15.0
    silence: float = 45.0
    whole: float = 180.0

    @property
    def timeout(self) -> aiohttp.ClientTimeout:
        """The same as aiohttp wants it."""
        return aiohttp.ClientTimeout(total=self.whole, sock_connect=self.connect, sock_read=self.silence)


@dataclass(frozen=True, slots=True)
class Setback:
    """A request that failed and will be made again after `pause` seconds, for the log or a terminal."""

    where: Phrase
    reason: Phrase
    attempt: int
    pause: float


class Asker:
    """Asks `base` over `session`, which lends its headers.

    `setback` hears of every request that is repeated; `aside` runs a function in another thread.
    """

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base: str,
        pacer: RequestPacer,
        patience: Patience,
        *,
        sleep: Callable[[float], Awaitable[None]],
        setback: Callable[[Setback], None],
        aside: Callable[[Callable[[bytes], Envelope], bytes], Awaitable[Envelope]],
    ) -> None:
        self._session = session
        self._base = base
        self._pacer = pacer
        self._patience = patience
        self._sleep = sleep
        self._setback = setback
        self._aside = aside
        self._doubling = wait_exponential_jitter(initial=1, max=patience.longest_pause, jitter=0.5)

    async def ask(self, endpoint: str, page: int, **parameters: str | int) -> Envelope:
        """Return a page of an endpoint; `parameters` go as they are.

        Raises `SourceUnavailable` when UNHCR does not give it in spite of all patience, or gives
        an answer that waiting would not change.
        """
        where = Phrase("page", address=f"/{endpoint}/", page=page)

        def tell(state: RetryCallState) -> None:
            self._setback(Setback(where, _reason(state), state.attempt_number, state.upcoming_sleep))

        retrying = AsyncRetrying(
            sleep=self._sleep,
            stop=stop_after_attempt(self._patience.attempts),
            wait=self._pause,
            retry=retry_if_exception_type(PassingFailure),
            before_sleep=tell,
            reraise=True,
        )
        try:
            return await retrying(self._attempt, endpoint, {**parameters, "page": page})
        except PassingFailure as failure:
            raise SourceUnavailable(
                "api-failed", api=self._base, times=self._patience.attempts, where=where, why=failure
            ) from failure

    async def _attempt(self, endpoint: str, parameters: dict[str, str | int]) -> Envelope:
        async with self._pacer.turn():
            try:
                body = await self._get(f"{self._base}/{endpoint}/", parameters)
            except TimeoutError as error:
                raise PassingFailure("api-too-slow") from error
            except aiohttp.ClientError as error:
                raise _tell_cut(error) from error
        return await self._aside(read_envelope, body)

    async def _get(self, url: str, parameters: dict[str, str | int]) -> bytes:
        async with self._session.get(url, params=parameters, allow_redirects=False) as response:
            self._check_status(response)
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_BYTES:
                    raise PassingFailure("api-sent-too-much", megabytes=MAX_BYTES // 1024**2)
            return bytes(body)

    def _check_status(self, response: aiohttp.ClientResponse) -> None:
        status = response.status
        if status == HTTPStatus.OK:
            return
        if status not in _PASSING and status < HTTPStatus.INTERNAL_SERVER_ERROR:
            address = str(response.url.with_query(None))
            raise SourceUnavailable("api-refused", status=status, address=address)
        pause = _told_pause(response)
        if pause is not None:
            if pause > self._patience.longest_told:
                raise SourceUnavailable("api-asks-for-pause", pause=_round(pause))
            self._pacer.hold(pause)
        raise PassingFailure("api-answered", pause, status=status)

    def _pause(self, state: RetryCallState) -> float:
        failure = state.outcome.exception() if state.outcome else None
        told = failure.pause if isinstance(failure, PassingFailure) else None
        return max(told or 0.0, self._doubling(state))


def _told_pause(response: aiohttp.ClientResponse) -> float | None:
    """Return what Retry-After says in seconds; a date counts from the answer's own."""
    text = response.headers.get("Retry-After", "").strip()
    if _SECONDS.fullmatch(text):
        return float(text[:_MAX_NUMBER])
    until, since = _moment(text), _moment(response.headers.get("Date", ""))
    return max(0.0, (until - since).total_seconds()) if until and since else None


def _round(seconds: float) -> Phrase:
    if seconds <= 2 * _HOUR:
        return Phrase("minutes", count=round(seconds / _MINUTE))
    hours = round(seconds / _HOUR)
    return Phrase("hours", count=hours) if hours <= _MAX_HOURS else Phrase("days")


def _moment(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).replace(tzinfo=UTC)  # HTTP knows no other zone
    except ValueError:
        return None


def _reason(state: RetryCallState) -> Phrase:
    failure = state.outcome.exception() if state.outcome else None
    return failure if isinstance(failure, PassingFailure) else Phrase("api-broke")


def _tell_cut(error: aiohttp.ClientError) -> PassingFailure:
    if isinstance(error, aiohttp.ClientConnectorError):
        return PassingFailure("api-out-of-reach")
    if isinstance(error, aiohttp.ClientPayloadError):
        return PassingFailure("api-sent-half-a-page")
    return PassingFailure("api-cut-off")


AT_ONCE = 2
INTERVAL = 0.26
"""Seconds between the starts of two requests: at most four a second, even when the way there
varies by some hundredths."""


class RequestPacer:
    """Hands out turns: no two start within `INTERVAL` seconds, and no more than `AT_ONCE` last.

    `clock` gives seconds that never run backwards, `sleep` waits for as many.
    """

    def __init__(self, clock: Callable[[], float], sleep: Callable[[float], Awaitable[None]]) -> None:
        self._clock = clock
        self._sleep = sleep
        self._places = asyncio.Semaphore(AT_ONCE)
        self._queue = asyncio.Lock()
        self._free_at = clock()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a turn, and have it until the block ends."""
        async with self._places:
            async with self._queue:
                # Asked again after each sleep: `hold` may have been called meanwhile.
                while (wait := self._free_at - self._clock()) > 0:
                    await self._sleep(wait)
                self._free_at = self._clock() + INTERVAL
            yield

    def hold(self, seconds: float) -> None:
        """Start no further turn for so many seconds."""
        self._free_at = max(self._free_at, self._clock() + seconds)
