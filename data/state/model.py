"""Subscriptions and deliveries as values: what a channel wants to hear, and what it is owed. Pure."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from data.countries.groups import members
from data.errors import Unanswerable
from data.measures import OUTCOMES
from data.model import Group, Measure, Nature, Place, RevisionKind
from data.statistics import MIN_BASE

if TYPE_CHECKING:
    from collections.abc import Collection

    from data.model import Area
    from data.statistics import Changed


CHECKED = "unhcr checked at"
"""The key of the fact when UNHCR was last asked whether it has anything new, in ISO form,"""

SHIPPED = "shipped releases"
"""and of the days of the releases that came with the program and were given to the database, with spaces."""

MAX_PER_SERVER = 50
"""Subscriptions that one server, or one direct message, may have."""

MAX_DETAIL = 200
"""Characters of a pause's detail that are kept."""

_MAX_DIGITS = 9
_COUNT = re.compile(r"\d{1,3}(?:[,. ’']\d{3})+|\d+")
_SHARE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) ?%")

EVERYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Threshold:
    """How far a figure must move: a number of persons or cases, or a share of the figure before.

    `share` is a ratio (0.1 is 10%) and stands in place of `count`; a figure below `MIN_BASE`
    before never passes one.
    """

    count: int = 1
    share: float | None = None

    def is_passed(self, before: float | None, after: float | None) -> bool:
        """Say whether a move from `before` to `after` is large enough; a missing figure counts as zero."""
        base, moved = before or 0, abs((after or 0) - (before or 0))
        if self.share is None:
            return moved >= max(self.count, 1)
        return moved > 0 and base >= MIN_BASE and moved >= self.share * base


def read_threshold(text: str) -> Threshold:
    """Read “1000”, “1,000” or “10%”; raises `Unanswerable` for anything else."""
    wanted = " ".join(text.split())
    if found := _SHARE.fullmatch(wanted):
        share = float(found[1].replace(",", ".")) / 100
        if share > 0:
            return Threshold(share=round(share, 6))
    elif _COUNT.fullmatch(wanted) and wanted.isascii():
        digits = re.sub(r"\D", "", wanted)
        if len(digits) <= _MAX_DIGITS and int(digits):
            return Threshold(int(digits))
    raise Unanswerable("size-unreadable", typed=text)


def say_threshold(threshold: Threshold) -> str:
    """Write a threshold as `read_threshold` reads it."""
    if threshold.share is None:
        return f"{threshold.count:,}"
    return f"{threshold.share * 100:.2f}".rstrip("0").rstrip(".") + "%"


@dataclass(frozen=True, slots=True)
class Filter:
    """Which changes are wanted; an open place, no measure and no kind stand for every one.

    Recoded figures are the exception: no value changed, so they are told only where `kinds` names them.
    """

    place: Place = EVERYWHERE
    measure: Measure | None = None
    kinds: frozenset[RevisionKind] = frozenset()
    at_least: Threshold = Threshold()

    @property
    def wanted_kinds(self) -> frozenset[RevisionKind]:
        """The kinds that match, spelled out."""
        return self.kinds or frozenset(RevisionKind) - {RevisionKind.RECODED}


class FilterVerdict(StrEnum):
    """Whether a change matches a filter, or the first reason why not."""

    MATCHES = "matches"
    OTHER_PLACE = "other place"
    OTHER_MEASURE = "other measure"
    OTHER_KIND = "other kind"
    TOO_SMALL = "too small"


def matches(wanted: Filter, changed: Changed) -> FilterVerdict:
    """Judge one change: a pair's own, or the sum over what its place leaves open."""
    sides = (
        (wanted.place.origin, changed.place.origin),
        (wanted.place.asylum, changed.place.asylum),
    )
    if any(side is not None and not _covers(side, its, changed.year) for side, its in sides):
        return FilterVerdict.OTHER_PLACE
    if wanted.measure not in (None, changed.measure) and not (
        wanted.measure is Measure.DECISIONS and changed.measure in OUTCOMES
    ):
        return FilterVerdict.OTHER_MEASURE
    if changed.kind not in wanted.wanted_kinds:
        return FilterVerdict.OTHER_KIND
    if not wanted.at_least.is_passed(changed.before, changed.after):
        return FilterVerdict.TOO_SMALL
    return FilterVerdict.MATCHES


def _covers(wanted: Area, area: Area | None, year: int) -> bool:
    """Say whether a side is what was wanted, or belonged to the group that was."""
    if area is None or area.code == wanted.code:
        return area is not None
    return isinstance(wanted, Group) and area.code in members(wanted.code, year)


def is_near_duplicate(one: Filter, other: Filter) -> bool:
    """Say whether two filters of a channel would tell much the same: at most size or some kinds differ."""
    return (
        _codes(one) == _codes(other)
        and one.measure is other.measure
        and bool(one.wanted_kinds & other.wanted_kinds)
    )


def _codes(wanted: Filter) -> tuple[str | None, ...]:
    return tuple(side.code if side else None for side in (wanted.place.origin, wanted.place.asylum))


@dataclass(frozen=True, slots=True)
class Destination:
    """Where messages go: a channel, thread or forum of a server, or (`server` None) a direct message."""

    channel: int
    server: int | None = None


class PauseReason(StrEnum):
    """Why a subscription is paused, as a code that is kept; a delivery that is held has it as its reason."""

    MODERATOR = "moderator"
    CHANNEL_GONE = "channel-gone"
    NO_PERMISSION = "no-permission"
    CANNOT_BE_SURE = "cannot-be-sure"
    REFUSED = "refused"
    SERVER_LEFT = "server-left"


@dataclass(frozen=True, slots=True)
class Pause:
    """A pause: why, since when (UTC), and Discord's own words or the codes of missing permissions."""

    why: PauseReason
    since: datetime
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A subscription as it is asked for. `role` is pinged; `publish` sends on from announcement channels."""

    destination: Destination
    wanted: Filter
    role: int | None = None
    language: str = "en"
    publish: bool = False


@dataclass(frozen=True, slots=True)
class Subscription:
    """A subscription that is kept; a `paused` one tells nothing and is not lost."""

    id: int
    destination: Destination
    wanted: Filter
    role: int | None
    language: str
    publish: bool
    made_at: datetime
    paused: Pause | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose subscriptions somebody may see and change: a server's, or those of one direct message."""

    server: int | None = None
    channel: int | None = None


def check_draft(draft: Draft, others: Collection[Subscription], scope_size: int) -> None:
    """Refuse what cannot be told, the next after `MAX_PER_SERVER`, and a near-duplicate in that channel.

    `others` are the channel's subscriptions apart from the one that is edited; `scope_size` counts all of
    the server's, or the direct message's. Raises `Unanswerable`.
    """
    if draft.wanted.measure is not None and draft.wanted.measure.nature is Nature.RATE:
        raise Unanswerable("rate-has-no-alerts")
    for other in others:
        if is_near_duplicate(draft.wanted, other.wanted):
            raise Unanswerable("subscription-alike", number=other.id)
    if scope_size >= MAX_PER_SERVER:
        in_server = draft.destination.server is not None
        raise Unanswerable("server-is-full" if in_server else "message-is-full", most=MAX_PER_SERVER)


FIRST_WAIT, MAX_WAIT = timedelta(minutes=1), timedelta(hours=6)

NONCE_WINDOW = timedelta(minutes=2)
"""For so long Discord surely knows a nonce again; it says "the past few minutes"."""

_NONCE_LENGTH = 25
_MAX_DOUBLINGS = 16


class DeliveryState(StrEnum):
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
        """The moment that messages of older versions carry, and by which they are found again: whole seconds.

        News carries its release's own, which no other release has: two may be owed in one second.
        """
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
    doublings = min(max(attempts, 1) - 1, _MAX_DOUBLINGS)
    return min(FIRST_WAIT * (1 << doublings), MAX_WAIT)


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
    found closed; None where its subscriptions were paused already.
    """

    reason: PauseReason
    detail: str = ""
    certain: bool = True
    where: Destination | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """Nobody is to be told any more."""

    reason: Reason


DeliveryOutcome = Sent | Silent | Later | Closed | Dropped
