"""The packed table that groups are summed from, and what is kept of it beside the rollups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.model import ALL
from data.store import releases, rollups
from data.store.database import Database
from data.store.groups import Sums
from data.store.packed_rollups import keep_packed, read_pairs

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from data.store.database import Connection
    from data.store.figures import YearCounts

PLACES = [(ALL, "oecd"), ("africa", ALL), ("western-asia", "g7"), ("ldc", "CAN"), ("oecd", "g7")]


async def sum_groups(connection: Connection) -> list[YearCounts]:
    pairs = await read_pairs(connection)
    kept = await releases.read_releases(connection)
    return [Sums(pairs, each.id).read_series(*place) for each in kept for place in PLACES]


async def read_bytes(connection: Connection) -> bytes | None:
    rows = await connection.execute_fetchall("SELECT bytes FROM packed")
    return next((bytes(each) for (each,) in rows), None)


@pytest.fixture
async def packed(canada_copy: Path) -> AsyncIterator[Database]:
    async with Database(canada_copy) as database:
        await keep_packed(database)
        yield database


async def test_what_was_packed_adds_up_to_what_the_rollups_do(packed: Database) -> None:
    async with packed.writing() as connection:
        kept = await read_bytes(connection)
        told = await sum_groups(connection)
        await connection.execute("DELETE FROM packed")
        again = await sum_groups(connection)
    await keep_packed(packed)
    async with packed.reading() as connection:
        assert kept is not None
        assert await read_bytes(connection) == kept

    assert all(told)
    assert told == again


async def test_what_is_packed_does_not_outlive_the_rollups_it_is_made_of(packed: Database) -> None:
    async with packed.writing() as connection:
        newest = (await releases.read_releases(connection))[-1]
        assert await read_bytes(connection)

        await rollups.sum_release(connection, newest.id)

        assert await read_bytes(connection) is None


async def test_damaged_bytes_are_not_believed(packed: Database) -> None:
    async with packed.writing() as connection:
        told = await sum_groups(connection)
        kept = bytearray(await read_bytes(connection) or b"")
        kept[len(kept) // 2] ^= 1
        await connection.execute("UPDATE packed SET bytes = ?", (bytes(kept),))

        assert await sum_groups(connection) == told
