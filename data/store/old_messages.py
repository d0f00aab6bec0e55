"""Old messages whose key figure a later release changed: which are to be marked, and which are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.delivery import MarkReason, MarkState
from data.model import Measure, Unit

if TYPE_CHECKING:
    import aiosqlite

_TOLD = "told_measure, told_origin, told_asylum, told_year, told_unit, told_value"


@dataclass(frozen=True, slots=True)
class Told:
    """A key figure that messages told; codes are UNHCR's or `ALL`."""

    measure: Measure
    origin: str
    asylum: str
    year: int
    unit: Unit
    value: int | None


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """A message to be marked: what it told of which release, and what `by` says (`value`)."""

    delivery: int
    channel: int
    message: int
    told_release: int
    told: Told
    by: int
    value: int | None
    attempts: int


async def read_told(connection: aiosqlite.Connection, before: int) -> list[Told]:
    """Return every key figure that messages on releases before this one told."""
    rows = await connection.execute_fetchall(
        f"SELECT DISTINCT {_TOLD} FROM delivery"
        " WHERE state = 'sent' AND release < ? AND told_measure IS NOT NULL ORDER BY 1, 2, 3, 4, 5, 6",
        (before,),
    )
    return [_make_told(*row) for row in rows]


async def add_ageing(
    connection: aiosqlite.Connection, release: int, told: Told, value: int | None, now: datetime
) -> None:
    """Have every message that told this marked with what `release` says, in place of what waits still."""
    parameters = {
        "release": release,
        "value": value,
        "now": now.timestamp(),
        "measure": told.measure.value,
        "origin": told.origin,
        "asylum": told.asylum,
        "year": told.year,
        "unit": told.unit.value,
        "told": told.value,
        "dropped": MarkReason.NEWER_RELEASE.value,
    }
    which = (
        "SELECT id FROM delivery WHERE state = 'sent' AND release < :release AND told_measure = :measure"
        " AND told_origin = :origin AND told_asylum = :asylum AND told_year = :year AND told_unit = :unit"
        " AND told_value IS :told"
    )
    await connection.execute(
        "UPDATE ageing SET state = 'dropped', reason = :dropped"
        f" WHERE state = 'waiting' AND release < :release AND delivery IN ({which})",
        parameters,
    )
    await connection.execute(
        "INSERT OR IGNORE INTO ageing (delivery, release, value, due_at)"
        f" SELECT id, :release, :value, :now FROM ({which})",
        parameters,
    )


async def claim_ageing(
    connection: aiosqlite.Connection, now: datetime, until: datetime, most: int
) -> list[AgeingRow]:
    """Claim messages to be marked; they come up again after `until` unless they are settled."""
    claimed = await connection.execute_fetchall(
        "UPDATE ageing SET due_at = :until, attempts = attempts + 1 WHERE (delivery, release) IN ("
        " SELECT delivery, release FROM ageing WHERE state = 'waiting' AND due_at <= :now"
        " ORDER BY due_at, delivery LIMIT :most) RETURNING delivery, release, value, attempts",
        {"now": now.timestamp(), "until": until.timestamp(), "most": most},
    )
    found = []
    for delivery, by, value, attempts in claimed:
        ((place, message, release, *told),) = await connection.execute_fetchall(
            f"SELECT place, message, release, {_TOLD} FROM delivery WHERE id = ?", (delivery,)
        )
        found.append(AgeingRow(delivery, place, message, release, _make_told(*told), by, value, attempts))
    return found


async def settle_ageing(
    connection: aiosqlite.Connection,
    row: tuple[int, int],
    state: MarkState,
    due_at: datetime,
    reason: MarkReason | None = None,
    detail: str = "",
) -> None:
    """Write down what became of marking a message: (delivery, release); a marked one says the new value."""
    delivery, by = row
    await connection.execute(
        "UPDATE ageing SET state = ?, reason = ?, detail = ?, due_at = ? WHERE delivery = ? AND release = ?",
        (state.value, reason.value if reason else "", detail, due_at.timestamp(), delivery, by),
    )
    if state is MarkState.MARKED:
        await connection.execute(
            "UPDATE delivery SET told_value ="
            " (SELECT value FROM ageing WHERE delivery = :id AND release = :by) WHERE id = :id",
            {"id": delivery, "by": by},
        )


async def find_next_ageing(connection: aiosqlite.Connection) -> datetime | None:
    """Return when the next message may be marked; None where none waits."""
    ((at,),) = await connection.execute_fetchall("SELECT min(due_at) FROM ageing WHERE state = 'waiting'")
    return None if at is None else datetime.fromtimestamp(at, UTC)


def _make_told(measure: str, origin: str, asylum: str, year: int, unit: str, value: int | None) -> Told:
    return Told(Measure(measure), origin, asylum, year, Unit(unit), value)
