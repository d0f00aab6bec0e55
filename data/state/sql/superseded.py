"""Superseded alerts: sent messages whose key figure a later release gives otherwise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.model import Measure, Unit
from data.state.model import MarkReason, MarkState
from data.state.protocol import Marked, SupersededRow, Told

if TYPE_CHECKING:
    from data.state.sql.statements import Statements

_TOLD = "told_measure, told_origin, told_asylum, told_year, told_unit"

_MESSAGES = """
SELECT id FROM delivery WHERE state = 'sent' AND kind = 'news' AND told_release < :release
   AND told_release IN (SELECT id FROM release WHERE state = 'published')
   AND told_measure = :measure AND told_origin = :origin AND told_asylum = :asylum AND told_year = :year
   AND told_unit = :unit AND shown_value IS NOT DISTINCT FROM CAST(:shown AS BIGINT)
"""


def make_told(measure: str, origin: str, asylum: str, year: int, unit: str, value: int | None) -> Told:
    """Read a key figure as it is written down."""
    return Told(Measure(measure), origin, asylum, year, Unit(unit), value)


class Marks:
    """Marks on sent alerts."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    async def read_told_before(self, before: int) -> list[Told]:
        rows = await self._connection.execute_fetchall(
            f"SELECT DISTINCT {_TOLD}, shown_value FROM delivery WHERE state = 'sent' AND kind = 'news'"
            " AND told_release < ? AND told_release IN (SELECT id FROM release WHERE state = 'published')"
            " AND told_measure IS NOT NULL ORDER BY 1, 2, 3, 4, 5, 6 NULLS FIRST",
            (before,),
        )
        return [make_told(*row) for row in rows]

    async def add_superseded(self, release: int, told: Told, value: int | None, now: datetime) -> None:
        parameters = {
            "release": release,
            "value": value,
            "now": now.timestamp(),
            "measure": told.measure.value,
            "origin": told.origin,
            "asylum": told.asylum,
            "year": told.year,
            "unit": told.unit.value,
            "shown": told.value,
            "dropped": MarkReason.NEWER_RELEASE.value,
        }
        await self._connection.execute(
            "UPDATE ageing SET state = 'dropped', reason = :dropped"
            f" WHERE state = 'waiting' AND release < :release AND delivery IN ({_MESSAGES})",
            parameters,
        )
        await self._connection.execute(
            "INSERT INTO ageing (delivery, release, value, due_at)"
            f" SELECT id, :release, CAST(:value AS BIGINT), :now FROM ({_MESSAGES}) AS messages WHERE true"
            " ON CONFLICT (delivery, release) DO NOTHING",
            parameters,
        )

    async def claim_superseded(self, now: datetime, until: datetime, most: int) -> list[SupersededRow]:
        claimed = await self._connection.execute_fetchall(
            "UPDATE ageing SET due_at = :until, attempts = attempts + 1 WHERE (delivery, release) IN ("
            " SELECT delivery, release FROM ageing WHERE state = 'waiting' AND due_at <= :now"
            " ORDER BY due_at, delivery LIMIT :most) RETURNING delivery, release, value, attempts",
            {"now": now.timestamp(), "until": until.timestamp(), "most": most},
        )
        found = []
        for delivery, by, value, attempts in claimed:
            ((place, message, release, *told),) = await self._connection.execute_fetchall(
                f"SELECT place, message, told_release, {_TOLD}, shown_value FROM delivery WHERE id = ?",
                (delivery,),
            )
            found.append(
                SupersededRow(delivery, place, message, release, make_told(*told), by, value, attempts)
            )
        return found

    async def settle_superseded(
        self,
        row: tuple[int, int, int],
        state: MarkState,
        due_at: datetime,
        reason: MarkReason | None = None,
        detail: str = "",
    ) -> None:
        delivery, by, attempts = row
        settled = await self._connection.execute_fetchall(
            "UPDATE ageing SET state = ?, reason = ?, detail = ?, due_at = ?"
            " WHERE delivery = ? AND release = ? AND attempts = ? AND state = 'waiting' RETURNING state",
            (state.value, reason.value if reason else "", detail, due_at.timestamp(), delivery, by, attempts),
        )
        if [each for (each,) in settled] == [MarkState.MARKED.value]:
            await self._connection.execute(
                "UPDATE delivery SET shown_value ="
                " (SELECT value FROM ageing WHERE delivery = :id AND release = :by) WHERE id = :id",
                {"id": delivery, "by": by},
            )

    async def withdraw_marks(self, release: int) -> list[Marked]:
        rows = await self._connection.execute_fetchall(
            f"SELECT id, told_release, {_TOLD}, told_value,"
            "       CASE ageing.state WHEN 'waiting' THEN ageing.due_at ELSE 0 END"
            "  FROM ageing JOIN delivery ON id = delivery WHERE ageing.release = ?"
            "   AND (ageing.state = 'marked' OR ageing.state = 'waiting' AND ageing.attempts > 0)",
            (release,),
        )
        found = [
            Marked(number, told_release, make_told(*told), datetime.fromtimestamp(done_at, UTC))
            for number, told_release, *told, done_at in rows
        ]
        await self._connection.execute(
            "UPDATE ageing SET state = 'dropped', reason = :why WHERE release = :release"
            " OR state = 'waiting' AND delivery IN (SELECT id FROM delivery WHERE told_release = :release)",
            {"why": MarkReason.WITHDRAWN.value, "release": release},
        )
        await self._connection.executemany(
            "UPDATE delivery SET shown_value = told_value WHERE id = ?", [(each.delivery,) for each in found]
        )
        return found

    async def mark_again(self, delivery: int, by: int, value: int | None, due_at: datetime) -> None:
        ((busy_until,),) = await self._connection.execute_fetchall(
            "SELECT max(due_at) FROM ageing WHERE delivery = ? AND state = 'waiting' AND attempts > 0",
            (delivery,),
        )
        await self._connection.execute(
            "UPDATE ageing SET state = 'dropped', reason = ? WHERE delivery = ? AND state = 'waiting'",
            (MarkReason.WITHDRAWN.value, delivery),
        )
        await self._connection.execute(
            "INSERT INTO ageing (delivery, release, value, due_at) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (delivery, release) DO UPDATE SET value = excluded.value, due_at = excluded.due_at,"
            # With another number of attempts, what settles an older one finds nothing to settle.
            " state = 'waiting', reason = '', attempts = ageing.attempts + 1",
            (delivery, by, value, max(due_at.timestamp(), busy_until or 0.0)),
        )

    async def find_next_superseded(self) -> datetime | None:
        ((at,),) = await self._connection.execute_fetchall(
            "SELECT min(due_at) FROM ageing WHERE state = 'waiting'"
        )
        return None if at is None else datetime.fromtimestamp(at, UTC)
