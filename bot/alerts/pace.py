"""How fast alerts are sent, and what Discord's refusals mean: to wait, or to pause the channel."""

from __future__ import annotations

import asyncio
import time
from datetime import timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

import discord

from bot.discord.traffic import TriedBefore
from bot.errors import NETWORK_FAILURES
from data.errors import NotNow
from data.state.model import Closed, Later, PauseReason, Reason

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from data.state.model import DeliveryOutcome


SENDS_A_SECOND = 45.0
"""Discord allows 50 requests a second; the rest is left to whoever does not wait here."""

_MAX_BEHIND = 2
"""So many turns may be made up for, when this process was late to take them."""

_SECOND = 1.0


class SendPacer:
    """Hands out turns to requests, evenly spaced.

    Even so, requests that were held up on the way arrive together. So no more are under way, or were
    answered within the last second, than Discord may see in one: however slow the way is, no second has
    more. `is_over` says whether another process has the turns by now; one that comes after another
    waits until that one's last second is over.
    """

    def __init__(
        self,
        a_second: float = SENDS_A_SECOND,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        is_over: Callable[[], bool] | None = None,
    ) -> None:
        self._is_over = is_over
        self._interval = 1 / a_second
        self._clock = clock
        self._sleep = sleep
        self._next = clock() + _SECOND if is_over else 0.0
        self._free_at: asyncio.Queue[float] = asyncio.Queue()
        for _ in range(int(a_second) + _MAX_BEHIND):
            self._free_at.put_nowait(0.0)

    async def take_turn(self) -> None:
        """Wait for the next turn, whose end `end_turn` is told; raises `NotNow` where the duty is over."""
        free_at = await self._free_at.get()
        now = self._clock()
        turn = max(self._next, free_at, now - _MAX_BEHIND * self._interval)
        self._next = turn + self._interval
        try:
            await self._wait(turn - now)
        except BaseException:
            self.end_turn()
            raise

    async def _wait(self, seconds: float) -> None:
        if seconds > 0:
            await self._sleep(seconds)
        if self._is_over is not None and self._is_over():
            raise NotNow("duty-lost")

    def end_turn(self) -> None:
        """Note that a request was answered, or failed: Discord saw it before this moment, if at all."""
        self._free_at.put_nowait(self._clock() + _SECOND)


CLOSED: Mapping[int, PauseReason] = MappingProxyType(
    {
        10003: PauseReason.CHANNEL_GONE,  # Unknown Channel
        10004: PauseReason.SERVER_LEFT,  # Unknown Guild
        10013: PauseReason.CHANNEL_GONE,  # Unknown User, of a direct message
        20009: PauseReason.REFUSED,  # Explicit content cannot be sent to the recipient
        20026: PauseReason.REFUSED,  # This message cannot be sent to this recipient
        40001: PauseReason.NO_PERMISSION,  # Unauthorized
        40066: PauseReason.REFUSED,  # There are no tags available that can be set by non-moderators
        40067: PauseReason.REFUSED,  # A tag is required to create a forum post in this channel
        50001: PauseReason.NO_PERMISSION,  # Missing Access
        50007: PauseReason.REFUSED,  # Cannot send messages to this user
        50008: PauseReason.REFUSED,  # Cannot send messages in a channel of this type
        50009: PauseReason.NO_PERMISSION,  # Channel verification level is too high
        50013: PauseReason.NO_PERMISSION,  # Missing Permissions
        50024: PauseReason.REFUSED,  # Cannot execute action on this channel type
        50083: PauseReason.REFUSED,  # Thread is archived
        50095: PauseReason.REFUSED,  # This server is not available in your location
        50278: PauseReason.REFUSED,  # Cannot send messages to this user: no server in common
        60003: PauseReason.NO_PERMISSION,  # Two factor is required for this operation
        160005: PauseReason.REFUSED,  # Thread is locked
        160006: PauseReason.REFUSED,  # Maximum number of active threads reached
        200000: PauseReason.REFUSED,  # Message was blocked by automatic moderation
        200001: PauseReason.REFUSED,  # Title was blocked by automatic moderation
        240000: PauseReason.REFUSED,  # Message blocked by harmful links filter
        400001: PauseReason.REFUSED,  # Access to file uploads has been limited for this guild
    }
)
"""The codes that stay until somebody acts. So does any other 403 or 404: repeats count towards a ban."""

_PASSING = frozenset(
    {
        40004,  # Send messages has been temporarily disabled
        40006,  # This feature has been temporarily disabled server-side
        40333,  # Internal network error, or Cloudflare blocks the request
        110001,  # Application not yet available. Try again later
        130000,  # API resource is currently overloaded
    }
)
"""The codes that are Discord's own trouble, whatever their status: no channel is at fault."""

_UNAUTHORIZED, _FORBIDDEN, _NOT_FOUND = 401, 403, 404
_FIRST_SERVER_ERROR = 500
_LONG = timedelta(minutes=10)

FAILURES = (discord.HTTPException, discord.RateLimited, discord.InvalidData, TriedBefore, *NETWORK_FAILURES)
"""Everything that a request through discord.py may raise, and is no fault of ours."""


def judge(failure: Exception, *, certain: bool) -> DeliveryOutcome:
    """Say what becomes of a delivery; `certain` where no request of it can have had an effect."""
    match failure:
        case discord.RateLimited(retry_after=seconds):
            return Later(Reason.SLOW_DOWN, certain=certain, wait=timedelta(seconds=seconds))
        case discord.HTTPException(status=429):
            # Without Discord's own headers it is Cloudflare that refuses: a longer pause is due.
            return Later(Reason.SLOW_DOWN, _say(failure), certain, _LONG)
        case discord.HTTPException(code=code, status=status) if status == _UNAUTHORIZED or code in _PASSING:
            # It is the token that is refused then, for every channel alike; which the gateway says as well.
            return Later(Reason.TROUBLE, _say(failure), certain)
        case discord.HTTPException(code=code, status=status) if code in CLOSED or (
            code and status in (_FORBIDDEN, _NOT_FOUND)
        ):
            return Closed(CLOSED.get(code, PauseReason.REFUSED), _say(failure), certain)
        case discord.HTTPException(code=code, status=status) if status >= _FIRST_SERVER_ERROR or not code:
            # A refusal without a code of Discord's comes from something on the way there.
            return Later(Reason.TROUBLE, _say(failure), certain)
        case discord.HTTPException():
            return Later(Reason.BROKEN, _say(failure), certain)
        case discord.InvalidData():
            return Closed(PauseReason.REFUSED, str(failure), certain)
        case TriedBefore():
            return Later(Reason.TROUBLE, certain=certain)
        case _:
            return Later(Reason.NETWORK, type(failure).__name__, certain)


def _say(failure: discord.HTTPException) -> str:
    """Write Discord's own words, on one line."""
    words = " ".join(str(failure.text or "").split())[:120]
    return f"{failure.status} {failure.code}: {words}" if words else f"{failure.status} {failure.code}"
