"""What one message tells, as a value: the changes that match any of a channel's filters. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from data.state.model import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from data.caveats import Caveat
    from data.model import Release, RevisionKind
    from data.notes import Note
    from data.state.model import DeliveryState, Filter, PauseReason, Publication
    from data.statistics import Changed


@dataclass(frozen=True, slots=True)
class News:
    """What a message on `release` tells, beside the release `before` it (None: there is none).

    `matched` are those of the filters that anything matches; `silence` says why none does (None: one does).
    `headline` is the key figure. `totals` are the figures of the places asked for, the largest change first;
    `largest` are at most ten of those they are made of; `matching` counts all that match by pair of origin
    and country of asylum, `by_kind` apart; `all_changes` lists them where the whole was asked for.
    `note` is what UNHCR notes on the key figure since the release before.
    `meanwhile` are older releases that could not be told in their time and are told in the same message.
    """

    release: Release
    before: Release | None
    silence: Reason | None
    matched: tuple[Filter, ...] = ()
    headline: Changed | None = None
    totals: tuple[Changed, ...] = ()
    largest: tuple[Changed, ...] = ()
    matching: int = 0
    by_kind: Mapping[RevisionKind, int] = field(default_factory=dict)
    all_changes: tuple[Changed, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    note: Note | None = None
    meanwhile: tuple[News, ...] = ()


def merge(newest: News, older: Sequence[News]) -> News:
    """Return what one message tells of several releases; where the newest tells nothing, the next leads."""
    telling = [news for news in (newest, *older) if news.silence is None]
    return replace(telling[0], meanwhile=tuple(telling[1:])) if telling else newest


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """What a channel that was told of `release` hears of its withdrawal; `newest` is the newest one now.

    `told` has the key figure of the old message before, and what `newest` says of it after; None where it is
    not known which one that was.
    """

    release: Release
    newest: Release
    told: Changed | None


@dataclass(frozen=True, slots=True)
class Superseded:
    """An old message whose key figure reads otherwise in a later release.

    The message stands in `channel` and told the release `told`; `changed` has the figure as it told it, and
    as the release `by` has it. Where both are the same, what it was marked with is withdrawn. `attempts`
    counts from 1.
    """

    delivery: int
    channel: int
    message: int
    told: Release
    by: Release
    changed: Changed
    attempts: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a channel was, or was not, told of a release.

    `state` is None where nothing was ever owed. `message` stands in `place`; `next_attempt` is when a
    waiting one is tried again; `detail` and `published_detail` are Discord's own words.
    """

    release: Release
    channel: int
    state: DeliveryState | None
    reason: Reason | PauseReason
    detail: str = ""
    attempts: int = 0
    settled_at: datetime | None = None
    next_attempt: datetime | None = None
    place: int | None = None
    message: int | None = None
    published: Publication | None = None
    published_detail: str = ""
    told_with: Release | None = None
