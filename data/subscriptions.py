"""What a channel wants to hear of, and whether a change is among it. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from data.compare import Kind
from data.countries.quotes import quote
from data.errors import Unanswerable
from data.measures import OUTCOMES
from data.model import Measure, Nature, Place
from data.statistics import LEAST_BASE

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from data.findings import Changed

MOST_PER_SERVER = 50
"""Subscriptions that one server, or one direct message, may have."""

MOST_DETAIL = 200
"""Characters of a pause's detail that are kept."""

_MOST_DIGITS = 9
_COUNT = re.compile(r"\d{1,3}(?:[,. ’']\d{3})+|\d+")
_SHARE = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?) ?%")

EVERYWHERE = Place()


@dataclass(frozen=True, slots=True)
class Threshold:
    """How far a figure must move: a number of persons or cases, or a share of the figure before.

    `share` is a ratio (0.1 is 10%) and stands in place of `count`; a figure below `LEAST_BASE`
    before never passes one.
    """

    count: int = 1
    share: float | None = None

    def is_passed(self, before: float | None, after: float | None) -> bool:
        """Say whether a move from `before` to `after` is large enough; a missing figure counts as zero."""
        base, moved = before or 0, abs((after or 0) - (before or 0))
        if self.share is None:
            return moved >= max(self.count, 1)
        return moved > 0 and base >= LEAST_BASE and moved >= self.share * base


def read_threshold(text: str) -> Threshold:
    """Read “1000”, “1,000” or “10%”; raises `Unanswerable` with a sentence that shows how it is written."""
    wanted = " ".join(text.split())
    if found := _SHARE.fullmatch(wanted):
        share = float(found[1].replace(",", ".")) / 100
        if share > 0:
            return Threshold(share=round(share, 6))
    elif _COUNT.fullmatch(wanted) and wanted.isascii():
        digits = re.sub(r"\D", "", wanted)
        if len(digits) <= _MOST_DIGITS and int(digits):
            return Threshold(int(digits))
    raise Unanswerable(
        f"I cannot read {quote(text)} as a size of change; write a number like 1000, or a share like 10%."
    )


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
    kinds: frozenset[Kind] = frozenset()
    at_least: Threshold = Threshold()

    @property
    def wanted_kinds(self) -> frozenset[Kind]:
        """The kinds that match, spelled out."""
        return self.kinds or frozenset(Kind) - {Kind.RECODED}


class Verdict(StrEnum):
    """Whether a change matches a filter, or the first reason why not."""

    MATCHES = "matches"
    OTHER_PLACE = "other place"
    OTHER_MEASURE = "other measure"
    OTHER_KIND = "other kind"
    TOO_SMALL = "too small"


def matches(wanted: Filter, changed: Changed) -> Verdict:
    """Judge one change: a pair's own, or the sum over what its place leaves open."""
    sides = (
        (wanted.place.origin, changed.place.origin),
        (wanted.place.asylum, changed.place.asylum),
    )
    if any(side is not None and (its is None or its.code != side.code) for side, its in sides):
        return Verdict.OTHER_PLACE
    if wanted.measure not in (None, changed.measure) and not (
        wanted.measure is Measure.DECISIONS and changed.measure in OUTCOMES
    ):
        return Verdict.OTHER_MEASURE
    if changed.kind not in wanted.wanted_kinds:
        return Verdict.OTHER_KIND
    if not wanted.at_least.is_passed(changed.before, changed.after):
        return Verdict.TOO_SMALL
    return Verdict.MATCHES


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
    """Why a subscription rests, as a code that is kept; a delivery that is held has it as its reason."""

    MODERATOR = "moderator"
    CHANNEL_GONE = "channel-gone"
    NO_PERMISSION = "no-permission"
    CANNOT_BE_SURE = "cannot-be-sure"
    REFUSED = "refused"
    SERVER_LEFT = "server-left"


@dataclass(frozen=True, slots=True)
class Pause:
    """A rest: why, since when (UTC), and Discord's own words or the codes of missing permissions."""

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
    """Refuse what cannot be told, the next after `MOST_PER_SERVER`, and a near-duplicate in that channel.

    `others` are the channel's subscriptions apart from the one that is edited; `scope_size` counts all of
    the server's, or the direct message's. Raises `Unanswerable`.
    """
    if draft.wanted.measure is not None and draft.wanted.measure.nature is Nature.RATE:
        raise Unanswerable("A rate changes with its decisions; subscribe to measure:decisions.")
    for other in others:
        if is_near_duplicate(draft.wanted, other.wanted):
            raise Unanswerable(
                f"Subscription {other.id} of this channel tells much the same already;"
                " edit or remove that one instead."
            )
    if scope_size >= MOST_PER_SERVER:
        where = "This server" if draft.destination.server is not None else "This direct message"
        raise Unanswerable(
            f"{where} has {MOST_PER_SERVER} subscriptions, which is the most; remove one that nobody needs."
        )
