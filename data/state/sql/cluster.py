"""What hosts that share one state know of each other; all moments are by the clock of the database."""

from __future__ import annotations

from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from data.errors import NotNow
from data.state.cluster import Deed, Duty, Process, Step

if TYPE_CHECKING:
    from data.state.sql.statements import Statements

_NOW = "CAST(extract(epoch FROM clock_timestamp()) AS double precision)"
_PROCESS = "name, host, shards, version, steps, newest, figures"

GONE_AFTER = timedelta(days=1)
"""So long after it was last seen, a process that did not say that it stops is forgotten."""


class Cluster:
    """Processes, the duty, and the steps that every host takes with releases."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection
        self._taken: int | None = None

    async def read_clock(self) -> datetime:
        ((now,),) = await self._connection.execute_fetchall(f"SELECT {_NOW}")
        return datetime.fromtimestamp(now, UTC)

    async def note_process(self, process: Process) -> None:
        known = astuple(process)[: _PROCESS.count(",") + 1]
        columns = ", ".join(f"{name} = excluded.{name}" for name in _PROCESS.split(", ")[1:])
        await self._connection.execute(
            f"INSERT INTO process ({_PROCESS}, since, seen)"
            f" VALUES ({', '.join('?' * len(known))}, {_NOW}, {_NOW})"
            f" ON CONFLICT (name) DO UPDATE SET {columns}, seen = excluded.seen",
            known,
        )
        await self._connection.execute(
            f"DELETE FROM process WHERE seen < {_NOW} - ?", (GONE_AFTER.total_seconds(),)
        )

    async def forget_process(self, name: str) -> None:
        await self._connection.execute("DELETE FROM process WHERE name = ?", (name,))
        await self._connection.execute("UPDATE duty SET until = 0 WHERE holder = ?", (name,))

    async def read_processes(self) -> list[Process]:
        rows = await self._connection.execute_fetchall(
            f"SELECT {_PROCESS}, since, seen FROM process ORDER BY since, name"
        )
        return [
            replace(
                Process(*known),
                since=datetime.fromtimestamp(since, UTC),
                seen=datetime.fromtimestamp(seen, UTC),
            )
            for *known, since, seen in rows
        ]

    async def take_duty(self, holder: str, lease: timedelta) -> Duty:
        await self._connection.execute(
            f"INSERT INTO duty (name, holder, until, term) VALUES ('duty', :holder, {_NOW} + :lease, 1)"
            " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until,"
            f" term = duty.term + CASE WHEN duty.holder = :holder AND duty.until > {_NOW} THEN 0 ELSE 1 END"
            f" WHERE duty.holder = :holder OR duty.until <= {_NOW}",
            {"holder": holder, "lease": lease.total_seconds()},
        )
        (found,) = await self.read_duty()
        return found

    async def take_turn(self, key: int, every: timedelta) -> float:
        ((wait,),) = await self._connection.execute_fetchall(
            f"INSERT INTO session_turn (key, free_at) VALUES (:key, {_NOW} + :every)"
            f" ON CONFLICT (key) DO UPDATE SET free_at = greatest(session_turn.free_at, {_NOW}) + :every"
            f" RETURNING free_at - :every - {_NOW}",
            {"key": key, "every": every.total_seconds()},
        )
        return max(0.0, float(wait))

    async def read_duty(self) -> list[Duty]:
        rows = await self._connection.execute_fetchall("SELECT holder, term, until FROM duty")
        return [Duty(holder, term, datetime.fromtimestamp(until, UTC)) for holder, term, until in rows]

    async def insist_on_duty(self, duty: Duty, steps: int) -> None:
        rows = await self._connection.execute_fetchall(
            f"SELECT 1 FROM duty WHERE holder = ? AND term = ? AND until > {_NOW}", (duty.holder, duty.term)
        )
        if not list(rows):
            raise NotNow("duty-lost")
        self._taken = steps

    async def _knows_all(self) -> bool:
        """Say whether whoever writes took every step: a release is owed before all hosts have its figures."""
        return self._taken is None or self._taken == await self.count_steps()

    async def count_steps(self) -> int:
        ((last,),) = await self._connection.execute_fetchall(
            "SELECT coalesce(max(number), 0) FROM release_step"
        )
        return int(last)

    async def share_step(self, step: Step, known: int) -> int:
        if await self.count_steps() != known:
            raise NotNow("releases-behind")
        ((number,),) = await self._connection.execute_fetchall(
            "INSERT INTO release_step (release, deed, told, file, made_at)"
            f" VALUES (?, ?, ?, ?, {_NOW}) RETURNING number",
            (step.release, step.deed.value, step.told, step.file),
        )
        if step.deed in (Deed.PUBLISHED, Deed.WITHDRAWN):
            await self.note_release(step.release, withdrawn=step.deed is Deed.WITHDRAWN)
        return int(number)

    async def note_release(self, number: int, *, withdrawn: bool = False) -> None:
        await self._connection.execute(
            "INSERT INTO release (id, state) VALUES (?, ?)"
            " ON CONFLICT (id) DO UPDATE SET state = excluded.state",
            (number, "withdrawn" if withdrawn else "published"),
        )

    async def read_release_states(self) -> dict[int, str]:
        rows = await self._connection.execute_fetchall("SELECT id, state FROM release ORDER BY id")
        return {int(number): str(state) for number, state in rows}

    async def read_step(self, after: int) -> Step | None:
        rows = await self._connection.execute_fetchall(
            "SELECT release, deed, told, file, number FROM release_step WHERE number > ?"
            " ORDER BY number LIMIT 1",
            (after,),
        )
        return next(
            (
                Step(release, Deed(deed), told, bytes(file), number)
                for release, deed, told, file, number in rows
            ),
            None,
        )
