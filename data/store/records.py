"""What is written of deliveries, for whoever asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.delivery import DeliveryKind, Publication, Reason, State
from data.subscriptions import PauseReason

if TYPE_CHECKING:
    import aiosqlite

_RECORD = """
d.release, d.channel, d.state, d.reason, d.detail, d.attempts, d.due_at,
coalesce(other.settled_at, d.settled_at), coalesce(other.place, d.place), coalesce(other.message, d.message),
coalesce(other.published, d.published), coalesce(other.published_detail, d.published_detail),
other.release, d.kind
"""


@dataclass(frozen=True, slots=True)
class Record:
    """A delivery as it is written down; `told_with` is the release that it is merged into."""

    release: int
    channel: int
    state: State
    reason: Reason | PauseReason
    detail: str
    attempts: int
    due_at: datetime
    settled_at: datetime | None
    place: int | None
    message: int | None
    published: Publication | None
    published_detail: str
    told_with: int | None
    kind: DeliveryKind


async def read_record(connection: aiosqlite.Connection, release: int, channel: int) -> Record | None:
    """Return what is written of a release's news; of one that was merged, what became of the other."""
    rows = list(
        await connection.execute_fetchall(
            f"SELECT {_RECORD} FROM delivery AS d LEFT JOIN delivery AS other ON other.id = d.merged_into"
            " WHERE d.release = ? AND d.channel = ? AND d.kind = 'news'",
            (release, channel),
        )
    )
    return _make_record(rows[0]) if rows else None


async def read_records(connection: aiosqlite.Connection, state: State, most: int) -> list[Record]:
    """List deliveries in a state, those due first at the top."""
    rows = await connection.execute_fetchall(
        f"SELECT {_RECORD} FROM delivery AS d LEFT JOIN delivery AS other ON other.id = d.merged_into"
        " WHERE d.state = ? ORDER BY d.due_at, d.id LIMIT ?",
        (state.value, most),
    )
    return [_make_record(row) for row in rows]


async def count_states(
    connection: aiosqlite.Connection, kind: DeliveryKind = DeliveryKind.NEWS
) -> list[tuple[int, State, int]]:
    """Count the deliveries of a kind by release, the newest first, and state."""
    rows = await connection.execute_fetchall(
        "SELECT release, state, count(*) FROM delivery WHERE kind = ? GROUP BY 1, 2 ORDER BY 1 DESC, 2",
        (kind.value,),
    )
    return [(release, State(state), count) for release, state, count in rows]


def _make_record(row: aiosqlite.Row) -> Record:
    release, channel, state, reason, detail, attempts, due_at, settled_at, place, message, *rest = row
    published, published_detail, told_with, kind = rest
    return Record(
        release,
        channel,
        State(state),
        _read_reason(reason),
        detail,
        attempts,
        _moment(due_at),
        None if settled_at is None else _moment(settled_at),
        place,
        message,
        Publication(published) if published else None,
        published_detail,
        told_with,
        DeliveryKind(kind),
    )


def _read_reason(code: str) -> Reason | PauseReason:
    """Read why; a delivery that is held has the reason of its channel's pause."""
    return PauseReason(code) if code in set(PauseReason) else Reason(code)


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


@dataclass(frozen=True, slots=True)
class PausedChannel:
    """A channel of which a subscription rests, and the first reason for it."""

    channel: int
    server: int | None
    why: PauseReason
    detail: str
    since: datetime


async def read_paused(connection: aiosqlite.Connection) -> list[PausedChannel]:
    """List the channels that rest, the longest first."""
    rows = await connection.execute_fetchall(
        "SELECT channel, server, paused, paused_detail, min(paused_since) FROM subscription"
        " WHERE paused IS NOT NULL GROUP BY channel, paused ORDER BY 5, 1"
    )
    return [
        PausedChannel(channel, server, PauseReason(why), detail, _moment(since))
        for channel, server, why, detail, since in rows
    ]
