"""Subscriptions as they are kept, and the servers that are away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.model import Measure, Place, RevisionKind
from data.state.model import (
    MAX_DETAIL,
    Destination,
    Draft,
    Filter,
    Pause,
    PauseReason,
    Scope,
    Subscription,
    Threshold,
)
from data.state.protocol import PausedChannel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.state.protocol import FindArea
    from data.state.sql.statements import Statements

_WANTED = "origin, asylum, measure, kinds, least, share, role, language, publish"
_COLUMNS = f"id, channel, server, {_WANTED}, made_at, paused, paused_since, paused_detail"


def _write(draft: Draft) -> tuple[object, ...]:
    wanted = draft.wanted
    return (
        wanted.place.origin.code if wanted.place.origin else None,
        wanted.place.asylum.code if wanted.place.asylum else None,
        wanted.measure.value if wanted.measure else None,
        ",".join(sorted(kind.value for kind in wanted.kinds)),
        wanted.at_least.count,
        wanted.at_least.share,
        draft.role,
        draft.language,
        int(draft.publish),
    )


def _make(row: Sequence[Any], find: FindArea) -> Subscription:
    number, channel, server, origin, asylum, measure, kinds, least, share, role, language, publish, *rest = (
        row
    )
    made_at, paused, since, detail = rest
    return Subscription(
        number,
        Destination(channel, server),
        Filter(
            Place(*(find(code) if code is not None else None for code in (origin, asylum))),
            Measure(measure) if measure is not None else None,
            frozenset(map(RevisionKind, filter(None, kinds.split(",")))),
            Threshold(least, share),
        ),
        role,
        language,
        bool(publish),
        datetime.fromtimestamp(made_at, UTC),
        Pause(PauseReason(paused), datetime.fromtimestamp(since, UTC), detail)
        if paused is not None
        else None,
    )


class Subscriptions:
    """Subscriptions, and the servers that are away."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    async def add_subscription(self, draft: Draft, made_at: datetime) -> int:
        wanted = _write(draft)
        rows = await self._connection.execute_fetchall(
            f"INSERT INTO subscription (channel, server, {_WANTED}, made_at)"
            f" VALUES (?, ?, {', '.join('?' * len(wanted))}, ?) RETURNING id",
            (draft.destination.channel, draft.destination.server, *wanted, made_at.timestamp()),
        )
        return int(next(iter(rows))[0])

    async def change_subscription(self, number: int, draft: Draft) -> None:
        columns = ", ".join(f"{column} = ?" for column in ("channel", "server", *_WANTED.split(", ")))
        await self._connection.execute(
            f"UPDATE subscription SET {columns} WHERE id = ?",
            (draft.destination.channel, draft.destination.server, *_write(draft), number),
        )

    async def remove_subscription(self, number: int) -> None:
        await self._connection.execute("DELETE FROM subscription WHERE id = ?", (number,))

    async def pause_channel(self, channel: int, pause: Pause) -> None:
        await self._pause("channel = ? AND paused IS NULL", channel, pause)

    async def pause_subscription(self, number: int, pause: Pause) -> None:
        await self._pause("id = ?", number, pause)

    async def _pause(self, which: str, number: int, pause: Pause) -> None:
        await self._connection.execute(
            f"UPDATE subscription SET paused = ?, paused_since = ?, paused_detail = ? WHERE {which}",
            (pause.why.value, pause.since.timestamp(), pause.detail[:MAX_DETAIL], number),
        )

    async def resume_subscription(self, number: int) -> None:
        await self._connection.execute(
            "UPDATE subscription SET paused = NULL, paused_since = NULL, paused_detail = '' WHERE id = ?",
            (number,),
        )

    async def leave_server(self, server: int, at: datetime) -> None:
        await self._connection.execute(
            "INSERT INTO absence (server, since) VALUES (?, ?) ON CONFLICT (server) DO NOTHING",
            (server, at.timestamp()),
        )
        await self._pause("server = ? AND paused IS NULL", server, Pause(PauseReason.SERVER_LEFT, at))

    async def return_to_server(self, server: int) -> list[int]:
        await self._connection.execute("DELETE FROM absence WHERE server = ?", (server,))
        rows = await self._connection.execute_fetchall(
            "UPDATE subscription SET paused = NULL, paused_since = NULL, paused_detail = ''"
            " WHERE server = ? AND paused = ? RETURNING channel",
            (server, PauseReason.SERVER_LEFT.value),
        )
        return sorted({int(channel) for (channel,) in rows})

    async def read_servers(self) -> dict[int, bool]:
        rows = await self._connection.execute_fetchall(
            "SELECT server,"
            " max(CASE WHEN paused = ? OR server IN (SELECT server FROM absence) THEN 1 ELSE 0 END)"
            " FROM subscription WHERE server IS NOT NULL GROUP BY server",
            (PauseReason.SERVER_LEFT.value,),
        )
        return {int(server): bool(away) for server, away in rows}

    async def forget_servers(self, left_before: datetime) -> int:
        at = (left_before.timestamp(),)
        rows = await self._connection.execute_fetchall(
            "DELETE FROM subscription WHERE server IN (SELECT server FROM absence WHERE since < ?)"
            " RETURNING id",
            at,
        )
        await self._connection.execute("DELETE FROM absence WHERE since < ?", at)
        return len(list(rows))

    async def read_scope(self, scope: Scope, find: FindArea) -> tuple[Subscription, ...]:
        if scope.server is not None:
            return await self._read("server = ?", scope.server, find)
        return await self._read("server IS NULL AND channel = ?", scope.channel, find)

    async def read_channel(self, channel: int, find: FindArea) -> tuple[Subscription, ...]:
        return await self._read("channel = ?", channel, find)

    async def _read(self, which: str, value: int | None, find: FindArea) -> tuple[Subscription, ...]:
        rows = await self._connection.execute_fetchall(
            f"SELECT {_COLUMNS} FROM subscription WHERE {which} ORDER BY id", (value,)
        )
        return tuple(_make(row, find) for row in rows)

    async def read_paused(self) -> list[PausedChannel]:
        rows = await self._connection.execute_fetchall(
            "SELECT channel, paused, server, paused_detail, paused_since FROM subscription"
            " WHERE paused IS NOT NULL ORDER BY paused_since, channel, id"
        )
        first: dict[tuple[int, str], tuple[int | None, str, float]] = {}
        for channel, why, *rest in rows:
            first.setdefault((channel, why), tuple(rest))
        return [
            PausedChannel(channel, server, PauseReason(why), detail, datetime.fromtimestamp(since, UTC))
            for (channel, why), (server, detail, since) in first.items()
        ]
