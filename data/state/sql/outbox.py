"""The outbox: which channel is still owed which announcement, and what became of the others."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.state.model import Delivery, DeliveryKind, DeliveryState, PauseReason, Publication, Reason
from data.state.protocol import DeliveryRecord
from data.state.sql.superseded import make_told

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from data.state.protocol import Settlement, Told
    from data.state.sql.statements import Statements


_CLAIMABLE = """
SELECT d.id, d.release, d.channel, d.kind, d.made_at, d.tried_at,
       -- A holder that died has failed at nothing: the next attempt is not put off for it.
       d.attempts + CASE WHEN d.holder IS NULL THEN 1 ELSE 0 END
  FROM delivery AS d
 WHERE d.state = 'waiting' AND d.due_at <= :now
   -- Never two messages in flight to one channel, whichever process sends them; and the newest first.
   AND NOT EXISTS (SELECT 1 FROM delivery AS flying
                    WHERE flying.channel = d.channel AND flying.leased_until > :now)
   AND NOT EXISTS (SELECT 1 FROM delivery AS newer WHERE newer.channel = d.channel AND newer.kind = d.kind
                      AND newer.state = 'waiting' AND newer.release > d.release)
   -- What was withdrawn is told before any news.
   AND NOT EXISTS (SELECT 1 FROM delivery AS first WHERE first.channel = d.channel AND d.kind = 'news'
                      AND first.kind = 'withdrawal' AND first.state = 'waiting' AND first.due_at <= :now)
 ORDER BY d.due_at, d.id LIMIT :most
"""

_MERGE = """
UPDATE delivery SET state = 'merged', reason = :reason, settled_at = :now, merged_into = :into
 WHERE (kind = 'news' AND state = 'waiting' AND channel = :channel AND release < :release
        AND tried_at IS NULL)
    OR merged_into IN (SELECT id FROM delivery WHERE kind = 'news' AND state = 'waiting'
                          AND channel = :channel AND release < :release AND tried_at IS NULL)
"""

_MISSED = f"kind = 'news' AND state = 'silent' AND reason = '{Reason.PAUSED.value}'"

_NEVER_TRIED = (
    "SELECT id FROM delivery WHERE kind = 'news' AND state IN ('waiting', 'held') AND tried_at IS NULL"
)
"""What surely left no message behind, and may be sent still."""

_UNMERGE = """
UPDATE delivery SET state = 'waiting', reason = :new, due_at = :now, merged_into = NULL, settled_at = NULL
 WHERE merged_into IN
"""

_TOLD = "told_release, told_measure, told_origin, told_asylum, told_year, told_unit, told_value"


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


_RECORD = """
d.release, d.channel, d.state, d.reason, d.detail, d.attempts, d.due_at,
coalesce(other.settled_at, d.settled_at), coalesce(other.place, d.place), coalesce(other.message, d.message),
coalesce(other.published, d.published), coalesce(other.published_detail, d.published_detail),
other.release, d.kind
"""


def _make_record(row: Sequence[Any]) -> DeliveryRecord:
    release, channel, state, reason, detail, attempts, due_at, settled_at, place, message, *rest = row
    published, published_detail, told_with, kind = rest
    return DeliveryRecord(
        release,
        channel,
        DeliveryState(state),
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


class Deliveries:
    """Deliveries: which channel is still owed which announcement, and what became of the others."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    async def enqueue(self, release: int, now: datetime, subscribed_before: datetime | None = None) -> int:
        rows = await self._connection.execute_fetchall(
            "INSERT INTO delivery (release, channel, reason, made_at, due_at)"
            " SELECT DISTINCT :release, channel, :reason, :now, :now FROM subscription"
            " WHERE made_at <= coalesce(:before, made_at)"
            " ON CONFLICT (release, channel, kind) DO NOTHING"
            " RETURNING EXISTS (SELECT * FROM subscription AS s"
            " WHERE s.channel = delivery.channel AND s.paused IS NULL)",
            {
                "release": release,
                "reason": Reason.NEW.value,
                "now": now.timestamp(),
                "before": subscribed_before and subscribed_before.timestamp(),
            },
        )
        return sum(hears for (hears,) in rows)

    async def read_missed(self, channel: int, since: datetime) -> list[int]:
        rows = await self._connection.execute_fetchall(
            f"SELECT release FROM delivery WHERE channel = ? AND made_at >= ? AND {_MISSED} ORDER BY release",
            (channel, since.timestamp()),
        )
        return [int(release) for (release,) in rows]

    async def owe_missed(self, channel: int, release: int, now: datetime) -> bool:
        # Made anew, so that it is not given up for its age.
        rows = await self._connection.execute_fetchall(
            "UPDATE delivery SET state = 'waiting', reason = :new, made_at = :now, due_at = :now,"
            " settled_at = NULL, attempts = 0"
            f" WHERE channel = :channel AND release = :release AND {_MISSED} RETURNING id",
            {"new": Reason.NEW.value, "now": now.timestamp(), "channel": channel, "release": release},
        )
        return bool(list(rows))

    async def read_announced(self) -> frozenset[int]:
        rows = await self._connection.execute_fetchall("SELECT DISTINCT release FROM delivery")
        return frozenset(int(number) for (number,) in rows)

    async def drop_stale(self, made_before: datetime, now: datetime) -> int:
        rows = await self._connection.execute_fetchall(
            "UPDATE delivery SET state = 'dropped', reason = ?, settled_at = ?"
            " WHERE state = 'waiting' AND made_at < ? AND coalesce(leased_until, 0) <= ? RETURNING id",
            (Reason.STALE.value, now.timestamp(), made_before.timestamp(), now.timestamp()),
        )
        return len(list(rows))

    async def claim(self, holder: str, now: datetime, until: datetime, most: int) -> tuple[Delivery, ...]:
        # Few statements, however many deliveries: while this writes nobody else does, and each may take long.
        at = {"now": now.timestamp()}
        found = list(await self._connection.execute_fetchall(_CLAIMABLE, {**at, "most": most}))
        if not found:
            return ()
        await self._connection.executemany(
            "UPDATE delivery SET holder = ?, leased_until = ?, attempts = ?,"
            " tried_at = coalesce(tried_at, ?) WHERE id = ?",
            [
                (holder, until.timestamp(), attempts, now.timestamp(), number)
                for number, *_, attempts in found
            ],
        )
        merging = {**at, "reason": Reason.MERGED.value}
        await self._connection.executemany(
            _MERGE,
            [
                {**merging, "into": number, "channel": channel, "release": release}
                for number, release, channel, kind, *_ in found
                if kind == DeliveryKind.NEWS
            ],
        )
        merged: dict[int, list[tuple[int, datetime]]] = {number: [] for number, *_ in found}
        for into, release, made_at in await self._connection.execute_fetchall(
            "SELECT merged_into, release, made_at FROM delivery"
            f" WHERE merged_into IN ({', '.join('?' * len(merged))}) ORDER BY release DESC",
            list(merged),
        ):
            merged[into].append((release, _moment(made_at)))
        return tuple(
            Delivery(
                number,
                release,
                channel,
                attempts,
                _moment(made_at),
                None if tried_at is None else _moment(tried_at),
                tuple(merged[number]),
                DeliveryKind(kind),
            )
            for number, release, channel, kind, made_at, tried_at, attempts in found
        )

    async def find_next_due(self, now: datetime) -> datetime | None:
        ((at,),) = await self._connection.execute_fetchall(
            "SELECT min(CASE WHEN leased_until > due_at THEN leased_until ELSE due_at END) FROM delivery"
            " WHERE state = 'waiting'"
        )
        return None if at is None else max(now, _moment(at))

    async def settle(self, number: int, holder: str, settled: Settlement, now: datetime) -> bool:
        final = settled.state not in (DeliveryState.WAITING, DeliveryState.HELD)
        rows = await self._connection.execute_fetchall(
            "UPDATE delivery SET state = ?, reason = ?, detail = ?, due_at = coalesce(?, due_at),"
            " tried_at = CASE WHEN ? THEN ? ELSE tried_at END,"
            " settled_at = ?, place = ?, message = ?, holder = NULL, leased_until = NULL"
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
                number,
                holder,
            ),
        )
        done = bool(list(rows))
        if done and settled.told_release is not None:
            await self._note_told("id = :number", number, settled.told_release, settled.told)
        return done

    async def note_missed(self, number: int, release: int, told: Told | None) -> None:
        await self._note_told("merged_into = :number AND release = :release", number, release, told)

    async def _note_told(self, which: str, number: int, release: int, told: Told | None) -> None:
        figure = told and (
            told.measure.value,
            told.origin,
            told.asylum,
            told.year,
            told.unit.value,
            told.value,
        )
        names = ("measure", "origin", "asylum", "year", "unit", "value")
        marks = ", ".join(f":{name}" for name in ("release", *names, "value"))
        await self._connection.execute(
            f"UPDATE delivery SET ({_TOLD}, shown_value) = ({marks}) WHERE kind = 'news' AND {which}",
            {"number": number, "release": release, **dict(zip(names, figure or (None,) * 6, strict=True))},
        )

    async def retract(self, release: int, now: datetime) -> tuple[int, int]:
        parameters = {"release": release, "reason": Reason.WITHDRAWN.value, "now": now.timestamp()}
        untold = f"{_NEVER_TRIED} AND release = :release"
        await self._connection.execute(f"{_UNMERGE} ({untold})", {**parameters, "new": Reason.NEW.value})
        rows = await self._connection.execute_fetchall(
            "UPDATE delivery SET state = 'dropped', reason = :reason, settled_at = :now, merged_into = NULL"
            f" WHERE release = :release AND (id IN ({untold}) OR merged_into IN ({_NEVER_TRIED}))"
            " RETURNING id",
            parameters,
        )
        return len(list(rows)), await self.owe_withdrawals(now)

    async def unmerge(self, number: int, now: datetime) -> None:
        await self._connection.execute(
            f"{_UNMERGE} (:number)", {"number": number, "new": Reason.NEW.value, "now": now.timestamp()}
        )

    async def drop_untold(self, number: int, now: datetime) -> None:
        await self._connection.execute(
            "UPDATE delivery SET state = 'dropped', reason = ?, settled_at = ?, merged_into = NULL"
            " WHERE merged_into = ? AND told_release IS NULL"
            " AND release IN (SELECT id FROM release WHERE state = 'withdrawn')",
            (Reason.WITHDRAWN.value, now.timestamp(), number),
        )

    async def owe_withdrawals(self, now: datetime, number: int | None = None) -> int:
        rows = await self._connection.execute_fetchall(
            f"INSERT INTO delivery (release, channel, kind, reason, made_at, due_at, {_TOLD})"
            f" SELECT told_release, channel, 'withdrawal', :reason, :now, :now, {_TOLD} FROM delivery AS d"
            "  WHERE told_release IN (SELECT id FROM release WHERE state = 'withdrawn') AND kind = 'news'"
            "    AND (state = 'sent' OR merged_into IN (SELECT id FROM delivery WHERE state = 'sent'))"
            "    AND coalesce(:number, id) IN (id, merged_into)"
            " ON CONFLICT (release, channel, kind) DO NOTHING RETURNING id",
            {"reason": Reason.NEW.value, "now": now.timestamp(), "number": number},
        )
        return len(list(rows))

    async def read_told(self, number: int) -> Told | None:
        ((_, *told),) = await self._connection.execute_fetchall(
            f"SELECT {_TOLD} FROM delivery WHERE id = ?", (number,)
        )
        return make_told(*told) if told[0] is not None else None

    async def renew(self, number: int, holder: str, tried_at: datetime, until: datetime) -> bool:
        rows = await self._connection.execute_fetchall(
            "UPDATE delivery SET tried_at = ?, leased_until = ? WHERE id = ? AND holder = ? RETURNING id",
            (tried_at.timestamp(), until.timestamp(), number, holder),
        )
        return bool(list(rows))

    async def release_held(self, channels: Collection[int], now: datetime) -> None:
        await self._connection.executemany(
            "UPDATE delivery SET state = 'waiting', reason = ?, detail = '', due_at = ?"
            " WHERE state = 'held' AND channel = ?",
            [(Reason.NEW.value, now.timestamp(), channel) for channel in channels],
        )

    async def note_publication(self, number: int, what: Publication, detail: str) -> None:
        await self._connection.execute(
            "UPDATE delivery SET published = ?, published_detail = ? WHERE id = ?",
            (what.value, detail, number),
        )

    async def read_record(self, release: int, channel: int) -> DeliveryRecord | None:
        rows = list(
            await self._connection.execute_fetchall(
                f"SELECT {_RECORD} FROM delivery AS d LEFT JOIN delivery AS other ON other.id = d.merged_into"
                " WHERE d.release = ? AND d.channel = ? AND d.kind = 'news'",
                (release, channel),
            )
        )
        return _make_record(rows[0]) if rows else None

    async def read_records(self, state: DeliveryState, most: int) -> list[DeliveryRecord]:
        rows = await self._connection.execute_fetchall(
            f"SELECT {_RECORD} FROM delivery AS d LEFT JOIN delivery AS other ON other.id = d.merged_into"
            " WHERE d.state = ? ORDER BY d.due_at, d.id LIMIT ?",
            (state.value, most),
        )
        return [_make_record(row) for row in rows]

    async def count_states(
        self, kind: DeliveryKind = DeliveryKind.NEWS
    ) -> list[tuple[int, DeliveryState, int]]:
        rows = await self._connection.execute_fetchall(
            "SELECT release, state, count(*) FROM delivery WHERE kind = ? GROUP BY 1, 2 ORDER BY 1 DESC, 2",
            (kind.value,),
        )
        return [(release, DeliveryState(state), count) for release, state, count in rows]

    async def find_longest_waiting(self) -> datetime | None:
        ((made,),) = await self._connection.execute_fetchall(
            "SELECT min(made_at) FROM delivery WHERE state = ?", (DeliveryState.WAITING.value,)
        )
        return None if made is None else datetime.fromtimestamp(made, UTC)
