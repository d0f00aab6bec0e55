"""The outbox: which channel is still owed which announcement, and what became of the others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.delivery import Delivery, Reason, State

if TYPE_CHECKING:
    from collections.abc import Collection

    import aiosqlite

    from data.delivery import Publication

_CLAIMABLE = """
SELECT d.id FROM delivery AS d
 WHERE d.state = 'waiting' AND d.due_at <= :now
   -- Never two messages in flight to one channel, whichever process sends them; and the newest first.
   AND NOT EXISTS (SELECT 1 FROM delivery AS flying
                    WHERE flying.channel = d.channel AND flying.leased_until > :now)
   AND NOT EXISTS (SELECT 1 FROM delivery AS newer WHERE newer.channel = d.channel
                      AND newer.state = 'waiting' AND newer.release > d.release)
 ORDER BY d.due_at, d.id LIMIT :most
"""

_MERGE = """
UPDATE delivery SET state = 'merged', reason = :reason, settled_at = :now, merged_into = :into
 WHERE (state = 'waiting' AND channel = :channel AND release < :release AND tried_at IS NULL)
    OR merged_into IN (SELECT id FROM delivery WHERE state = 'waiting' AND channel = :channel
                          AND release < :release AND tried_at IS NULL)
"""


async def enqueue(connection: aiosqlite.Connection, release: int, now: datetime) -> int:
    """Owe a release to every channel that is subscribed, once; return how many they are."""
    rows = await connection.execute_fetchall(
        "INSERT INTO delivery (release, channel, reason, made_at, due_at)"
        " SELECT DISTINCT :release, channel, :reason, :now, :now FROM subscription WHERE TRUE"
        " ON CONFLICT (release, channel) DO NOTHING RETURNING id",
        {"release": release, "reason": Reason.NEW.value, "now": now.timestamp()},
    )
    return len(list(rows))


async def drop_stale(connection: aiosqlite.Connection, made_before: datetime, now: datetime) -> int:
    """Give up what has been owed since before then."""
    rows = await connection.execute_fetchall(
        "UPDATE delivery SET state = 'dropped', reason = ?, settled_at = ?"
        " WHERE state = 'waiting' AND made_at < ? AND coalesce(leased_until, 0) <= ? RETURNING id",
        (Reason.STALE.value, now.timestamp(), made_before.timestamp(), now.timestamp()),
    )
    return len(list(rows))


async def claim(
    connection: aiosqlite.Connection, holder: str, now: datetime, until: datetime, most: int
) -> tuple[Delivery, ...]:
    """Claim what is due, one delivery for each channel; nobody else gets it before `until`.

    Older deliveries that were never tried are merged into the newest one of their channel.
    """
    at = {"now": now.timestamp()}
    found = await connection.execute_fetchall(_CLAIMABLE, {**at, "most": most})
    claimed = []
    for number in [row[0] for row in found]:
        ((release, channel, attempts, made_at, tried_at),) = await connection.execute_fetchall(
            "SELECT release, channel, attempts, made_at, tried_at FROM delivery WHERE id = ?", (number,)
        )
        await connection.execute(
            "UPDATE delivery SET holder = ?, leased_until = ?, attempts = attempts + 1,"
            " tried_at = coalesce(tried_at, ?) WHERE id = ?",
            (holder, until.timestamp(), now.timestamp(), number),
        )
        await connection.execute(
            _MERGE,
            {**at, "reason": Reason.MERGED.value, "into": number, "channel": channel, "release": release},
        )
        merged = await connection.execute_fetchall(
            "SELECT release, made_at FROM delivery WHERE merged_into = ? ORDER BY release DESC", (number,)
        )
        claimed.append(
            Delivery(
                number,
                release,
                channel,
                attempts + 1,
                _moment(made_at),
                None if tried_at is None else _moment(tried_at),
                tuple((older, _moment(at)) for older, at in merged),
            )
        )
    return tuple(claimed)


async def find_next_due(connection: aiosqlite.Connection, now: datetime) -> datetime | None:
    """Return when the next delivery may be claimed; None where nothing waits."""
    ((at,),) = await connection.execute_fetchall(
        "SELECT min(max(due_at, coalesce(leased_until, 0), :now)) FROM delivery WHERE state = 'waiting'",
        {"now": now.timestamp()},
    )
    return None if at is None else _moment(at)


@dataclass(frozen=True, slots=True)
class Settlement:
    """What becomes of a claimed delivery.

    `untried`: this attempt left nothing behind, so that `tried_at` is again what it was before.
    """

    state: State
    reason: str = ""
    detail: str = ""
    due_at: datetime | None = None
    tried_at: datetime | None = None
    untried: bool = False
    place: int | None = None
    message: int | None = None
    told: tuple[str, str, str, int, str, int | None] | None = None


async def settle(
    connection: aiosqlite.Connection, number: int, holder: str, settled: Settlement, now: datetime
) -> bool:
    """Write down what became of an attempt; say False where the lease is another process's by now."""
    final = settled.state not in (State.WAITING, State.HELD)
    rows = await connection.execute_fetchall(
        "UPDATE delivery SET state = ?, reason = ?, detail = ?, due_at = coalesce(?, due_at),"
        " tried_at = CASE WHEN ? THEN ? ELSE tried_at END,"
        " settled_at = ?, place = ?, message = ?, holder = NULL, leased_until = NULL,"
        " told_measure = ?, told_origin = ?, told_asylum = ?, told_year = ?, told_unit = ?, told_value = ?"
        " WHERE id = ? AND holder = ? AND state = 'waiting' RETURNING id",
        (
            settled.state.value,
            settled.reason,
            settled.detail,
            settled.due_at.timestamp() if settled.due_at else None,
            settled.untried,
            settled.tried_at.timestamp() if settled.tried_at else None,
            now.timestamp() if final else None,
            settled.place,
            settled.message,
            *(settled.told or (None,) * 6),
            number,
            holder,
        ),
    )
    return bool(list(rows))


async def renew(
    connection: aiosqlite.Connection, number: int, holder: str, tried_at: datetime, until: datetime
) -> bool:
    """Note that the channel was looked through, and hold on; say False where another process has it."""
    rows = await connection.execute_fetchall(
        "UPDATE delivery SET tried_at = ?, leased_until = ? WHERE id = ? AND holder = ? RETURNING id",
        (tried_at.timestamp(), until.timestamp(), number, holder),
    )
    return bool(list(rows))


async def release_held(connection: aiosqlite.Connection, channels: Collection[int], now: datetime) -> None:
    """Let what was held for these channels be sent."""
    await connection.executemany(
        "UPDATE delivery SET state = 'waiting', reason = ?, detail = '', due_at = ?"
        " WHERE state = 'held' AND channel = ?",
        [(Reason.NEW.value, now.timestamp(), channel) for channel in channels],
    )


async def note_publication(
    connection: aiosqlite.Connection, number: int, what: Publication, detail: str
) -> None:
    """Write down what became of sending a message on from its announcement channel."""
    await connection.execute(
        "UPDATE delivery SET published = ?, published_detail = ? WHERE id = ?", (what.value, detail, number)
    )


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
