"""Deliveries: one announcement owed to one channel, what can become of it, and when it is tried again.

Pure.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
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


class DeliveryKind(StrEnum):
    """What a delivery is about: the codes of a column."""

    NEWS = "news"
    WITHDRAWAL = "withdrawal"


class Reason(StrEnum):
    """Why a message was sent, waits, or was never made: the closed list, as codes that are kept."""

    MATCHES = "matches"
    # Nothing to tell
    BASELINE = "baseline"
    NOT_NEWEST = "not-newest"
    OTHER_PLACE = "other-place"
    OTHER_MEASURE = "other-measure"
    OTHER_KIND = "other-kind"
    TOO_SMALL = "too-small"
    # Nobody to tell
    NOT_SUBSCRIBED = "not-subscribed"
    UNSUBSCRIBED = "unsubscribed"
    PAUSED = "paused"
    # Waiting
    NEW = "new"
    NETWORK = "network"
    TIMEOUT = "timeout"
    TROUBLE = "trouble"
    SLOW_DOWN = "slow-down"
    STOPPED = "stopped"
    BROKEN = "broken"
    # Given up
    STALE = "stale"
    MERGED = "merged"
    WITHDRAWN = "withdrawn"
    PUBLISHED_AGAIN = "published-again"


class Publication(StrEnum):
    """What became of sending a message on from its announcement channel, as a code that is kept."""

    PUBLISHED = "published"
    NOT_ANNOUNCEMENT = "not-announcement"
    SLOW_DOWN = "slow-down"
    FAILED = "failed"


class MarkState(StrEnum):
    """Where the marking of an old message stands; all but `WAITING` are final."""

    WAITING = "waiting"
    MARKED = "marked"
    DROPPED = "dropped"


class MarkReason(StrEnum):
    """Why an old message is not marked, or not yet, as a code that is kept."""

    RELEASE_GONE = "release-gone"
    NEWER_RELEASE = "newer-release"
    WITHDRAWN = "withdrawn"
    TAKES_NO_MESSAGES = "takes-no-messages"
    NOT_OURS = "not-ours"
    REFUSED = "refused"
    NETWORK = "network"


@dataclass(frozen=True, slots=True)
class Delivery:
    """A claimed delivery: of a release, by its number, and of the older ones `merged` into it.

    `kind` says whether it tells the release, or that it was withdrawn. The merged ones come newest first,
    each with the moment since when it is owed. `tried_at` is the first attempt before this one whose outcome
    nobody knows.
    """

    id: int
    release: int
    channel: int
    attempts: int
    made_at: datetime
    tried_at: datetime | None = None
    merged: tuple[tuple[int, datetime], ...] = ()
    kind: DeliveryKind = DeliveryKind.NEWS

    @property
    def nonce(self) -> str:
        """What Discord knows a repeat by; the same on every attempt."""
        return make_nonce(self.release, self.channel, self.kind)

    @property
    def stamp(self) -> datetime:
        """The moment that the message carries, and by which it is found again: whole seconds."""
        if self.kind is DeliveryKind.WITHDRAWAL:
            return self.made_at.replace(microsecond=0)
        return datetime.fromtimestamp(self.release, UTC)

    def must_look(self, now: datetime) -> bool:
        """Say whether a repeat could stand there twice, so that the channel is to be looked through first."""
        return self.tried_at is not None and not timedelta(0) <= now - self.tried_at < NONCE_WINDOW


def make_nonce(release: int, channel: int, kind: DeliveryKind = DeliveryKind.NEWS) -> str:
    """Return 25 hexadecimal digits that only this release, channel and kind have."""
    what = f"{release}:{channel}" if kind is DeliveryKind.NEWS else f"{release}:{channel}:{kind}"
    return hashlib.sha256(what.encode()).hexdigest()[:_NONCE_LENGTH]


def find_wait(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts that failed: 1, 2, 4 … minutes, at most six hours."""
    doublings = min(max(attempts, 1) - 1, _MOST_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), LONGEST_WAIT)


@dataclass(frozen=True, slots=True)
class Sent:
    """The message stands in `place` (the channel, or a forum's new thread).

    It `told` a key figure of the release `told_release`, and of others (`missed`, by their numbers); None
    where it is an earlier attempt's, and what it told of a release is not known any more.
    """

    message: int
    place: int
    told: Changed | None = None
    told_release: int | None = None
    missed: tuple[tuple[int, Changed | None], ...] = ()


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
