"""Deliveries: one announcement owed to one channel, what can become of it, and when it is tried again.

Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from data.findings import Changed
    from data.subscriptions import Destination, PauseReason

FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=6)

NONCE_WINDOW = timedelta(minutes=2)
"""For so long Discord surely knows a nonce again; it says "the past few minutes"."""

_NONCE_LENGTH = 25
_MOST_DOUBLINGS = 16


class State(StrEnum):
    """Where a delivery stands; all but `WAITING` and `HELD` are final."""

    WAITING = "waiting"
    SENT = "sent"
    SILENT = "silent"
    MERGED = "merged"
    HELD = "held"
    DROPPED = "dropped"


class Reason(StrEnum):
    """Why a message was sent, waits, or was never made: the closed list."""

    MATCHES = "it matches"
    # Nothing to tell
    BASELINE = "it is the first release that is kept"
    NOT_NEWEST = "a newer release was kept already"
    OTHER_PLACE = "it changed nothing of this place"
    OTHER_MEASURE = "it changed other measures of this place only"
    OTHER_KIND = "its changes are of other kinds"
    TOO_SMALL = "its changes are below the threshold"
    # Nobody to tell
    NOT_SUBSCRIBED = "the channel was not subscribed then"
    UNSUBSCRIBED = "the subscriptions were removed before it was sent"
    PAUSED = "the subscriptions are paused"
    # Waiting
    NEW = "it is about to be sent"
    NETWORK = "Discord could not be reached"
    TROUBLE = "Discord has trouble of its own"
    SLOW_DOWN = "Discord asked to slow down"
    STOPPED = "all sends rest, because Discord refused too many requests"
    BROKEN = "the message could not be made, which is a fault of the program"
    # Given up
    STALE = "it was too old when it could have been sent"
    MERGED = "it was told in one message with a newer release"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed delivery: of a release, by its number, and of the older ones `merged` into it.

    Those come newest first, each with the moment since when it is owed. `tried_at` is the first attempt
    before this one whose outcome nobody knows.
    """

    id: int
    release: int
    channel: int
    attempts: int
    made_at: datetime
    tried_at: datetime | None = None
    merged: tuple[tuple[int, datetime], ...] = ()

    @property
    def nonce(self) -> str:
        """What Discord knows a repeat by; the same on every attempt."""
        return make_nonce(self.release, self.channel)

    def must_look(self, now: datetime) -> bool:
        """Say whether a repeat could stand there twice, so that the channel is to be looked through first."""
        return self.tried_at is not None and not timedelta(0) <= now - self.tried_at < NONCE_WINDOW


def make_nonce(release: int, channel: int) -> str:
    """Return 25 hexadecimal digits that only this release and channel have."""
    return hashlib.sha256(f"{release}:{channel}".encode()).hexdigest()[:_NONCE_LENGTH]


def find_wait(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts that failed: 1, 2, 4 … minutes, at most six hours."""
    doublings = min(max(attempts, 1) - 1, _MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Sent:
    """The message stands in `place` (the channel, or a forum's new thread)."""

    message: int
    place: int
    told: Changed | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """There is nothing to tell."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Later:
    """To be tried again, after `wait` where Discord named one.

    `certain` says that this attempt left no message behind.
    """

    reason: Reason
    detail: str = ""
    certain: bool = False
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """The channel takes no message until somebody acts; its subscriptions are paused, and this is held.

    `certain` says that this attempt left no message behind. `where` is the channel that an attempt just
    found closed; None where its subscriptions rested already.
    """

    reason: PauseReason
    detail: str = ""
    certain: bool = True
    where: Destination | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody is to be told any more."""

    reason: Reason


Outcome = Sent | Silent | Later | Closed | Dropped
