"""Subscriptions as they are kept, and the servers that are away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

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

if TYPE_CHECKING:
    from collections.abc import Callable

    import aiosqlite

    from data.model import Area

    FindCountry = Callable[[str], Area]
    """Finds the country or group of a code."""

_WANTED = "origin, asylum, measure, kinds, least, share, role, language, publish"
_COLUMNS = f"id, channel, server, {_WANTED}, made_at, paused, paused_since, paused_detail"


async def add_subscription(connection: aiosqlite.Connection, draft: Draft, made_at: datetime) -> int:
    """Keep a subscription and return its number."""
    wanted = _write(draft)
    rows = await connection.execute_fetchall(
        f"INSERT INTO subscription (channel, server, {_WANTED}, made_at)"
        f" VALUES (?, ?, {', '.join('?' * len(wanted))}, ?) RETURNING id",
        (draft.destination.channel, draft.destination.server, *wanted, made_at.timestamp()),
    )
    return int(next(iter(rows))[0])


async def change_subscription(connection: aiosqlite.Connection, number: int, draft: Draft) -> None:
    """Put a draft in the place of what the subscription asked for; it stays paused or not."""
    columns = ", ".join(f"{column} = ?" for column in ("channel", "server", *_WANTED.split(", ")))
    await connection.execute(
        f"UPDATE subscription SET {columns} WHERE id = ?",
        (draft.destination.channel, draft.destination.server, *_write(draft), number),
    )


async def remove_subscription(connection: aiosqlite.Connection, number: int) -> None:
    """Forget a subscription."""
    await connection.execute("DELETE FROM subscription WHERE id = ?", (number,))


async def pause_channel(connection: aiosqlite.Connection, channel: int, pause: Pause) -> None:
    """Pause a channel's subscriptions; those that are paused already keep their reason."""
    await _pause(connection, "channel = ? AND paused IS NULL", channel, pause)


async def pause_subscription(connection: aiosqlite.Connection, number: int, pause: Pause) -> None:
    """Pause one subscription, for this reason from now on."""
    await _pause(connection, "id = ?", number, pause)


async def _pause(connection: aiosqlite.Connection, which: str, number: int, pause: Pause) -> None:
    await connection.execute(
        f"UPDATE subscription SET paused = ?, paused_since = ?, paused_detail = ? WHERE {which}",
        (pause.why.value, pause.since.timestamp(), pause.detail[:MAX_DETAIL], number),
    )


async def resume_subscription(connection: aiosqlite.Connection, number: int) -> None:
    """Resume one subscription."""
    await connection.execute(
        "UPDATE subscription SET paused = NULL, paused_since = NULL, paused_detail = '' WHERE id = ?",
        (number,),
    )


async def leave_server(connection: aiosqlite.Connection, server: int, at: datetime) -> None:
    """Note that the bot was removed, and pause the server's subscriptions."""
    await connection.execute(
        "INSERT OR IGNORE INTO absence (server, since) VALUES (?, ?)", (server, at.timestamp())
    )
    await _pause(connection, "server = ? AND paused IS NULL", server, Pause(PauseReason.SERVER_LEFT, at))


async def return_to_server(connection: aiosqlite.Connection, server: int) -> list[int]:
    """Resume what was paused because the bot was removed; return the channels of it."""
    await connection.execute("DELETE FROM absence WHERE server = ?", (server,))
    rows = await connection.execute_fetchall(
        "UPDATE subscription SET paused = NULL, paused_since = NULL, paused_detail = ''"
        " WHERE server = ? AND paused = ? RETURNING channel",
        (server, PauseReason.SERVER_LEFT.value),
    )
    return sorted({int(channel) for (channel,) in rows})


async def read_servers(connection: aiosqlite.Connection) -> dict[int, bool]:
    """Return every server with subscriptions, and whether it, or any of them, is kept as one the bot left."""
    rows = await connection.execute_fetchall(
        "SELECT server, max(coalesce(paused = ?, 0) OR server IN (SELECT server FROM absence))"
        " FROM subscription WHERE server IS NOT NULL GROUP BY server",
        (PauseReason.SERVER_LEFT.value,),
    )
    return {int(server): bool(away) for server, away in rows}


async def forget_servers(connection: aiosqlite.Connection, left_before: datetime) -> int:
    """Remove the subscriptions of servers that the bot left before then; return how many there were."""
    at = (left_before.timestamp(),)
    rows = await connection.execute_fetchall(
        "DELETE FROM subscription WHERE server IN (SELECT server FROM absence WHERE since < ?) RETURNING id",
        at,
    )
    await connection.execute("DELETE FROM absence WHERE since < ?", at)
    return len(list(rows))


async def read_scope(
    connection: aiosqlite.Connection, scope: Scope, country: FindCountry
) -> tuple[Subscription, ...]:
    """List a server's subscriptions, or those of one direct message."""
    if scope.server is not None:
        return await _read(connection, "server = ?", scope.server, country)
    return await _read(connection, "server IS NULL AND channel = ?", scope.channel, country)


async def read_channel(
    connection: aiosqlite.Connection, channel: int, country: FindCountry
) -> tuple[Subscription, ...]:
    """List the subscriptions of one channel."""
    return await _read(connection, "channel = ?", channel, country)


async def _read(
    connection: aiosqlite.Connection, which: str, value: int | None, country: FindCountry
) -> tuple[Subscription, ...]:
    rows = await connection.execute_fetchall(
        f"SELECT {_COLUMNS} FROM subscription WHERE {which} ORDER BY id", (value,)
    )
    return tuple(_make(row, country) for row in rows)


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


def _make(row: aiosqlite.Row, country: FindCountry) -> Subscription:
    number, channel, server, origin, asylum, measure, kinds, least, share, role, language, publish, *rest = (
        row
    )
    made_at, paused, since, detail = rest
    return Subscription(
        number,
        Destination(channel, server),
        Filter(
            Place(*(country(code) if code is not None else None for code in (origin, asylum))),
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
