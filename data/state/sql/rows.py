"""Everything that is kept, as rows: so that shared state can be moved from one database to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from data.state.sql.statements import Statements

Rows: TypeAlias = "Mapping[str, Sequence[tuple[Any, ...]]]"

TABLES = {
    "memory": "key, value",
    "subscription": (
        "id, channel, server, origin, asylum, measure, kinds, least, share, role, language, publish, made_at,"
        " paused, paused_since, paused_detail"
    ),
    "absence": "server, since",
    "delivery": (
        "id, release, channel, kind, state, reason, detail, made_at, due_at, attempts, holder, leased_until,"
        " tried_at, settled_at, place, message, published, published_detail, told_release, told_measure,"
        " told_origin, told_asylum, told_year, told_unit, told_value, shown_value, merged_into"
    ),
    "ageing": "delivery, release, value, state, reason, detail, due_at, attempts",
}
"""Every table and its columns, in an order in which no row refers to one that is not there yet,"""

_ORDER = {"delivery": "coalesce(merged_into, 0), id"}
"""if they are in this order in it."""


class KeptRows:
    """All rows, but for what is remembered of a file of figures itself."""

    def __init__(self, connection: Statements) -> None:
        self._connection = connection

    async def read_rows(self, own: Sequence[str]) -> Rows:
        found = {
            table: [
                tuple(row)
                for row in await self._connection.execute_fetchall(
                    f"SELECT {columns} FROM {table} ORDER BY {_ORDER.get(table, '1, 2')}"
                )
            ]
            for table, columns in TABLES.items()
        }
        return {**found, "memory": [row for row in found["memory"] if row[0] not in own]}

    async def add_rows(self, rows: Rows) -> None:
        for table, columns in TABLES.items():
            marks = ", ".join("?" * (columns.count(",") + 1))
            await self._connection.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})", rows[table]
            )

    async def remove_rows(self, own: Sequence[str]) -> None:
        for table in reversed([*TABLES][1:]):
            await self._connection.execute(f"DELETE FROM {table}")
        marks = ", ".join("?" * len(own))
        await self._connection.execute(f"DELETE FROM memory WHERE key NOT IN ({marks})", tuple(own))
