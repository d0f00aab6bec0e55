"""Shared state moved from a file to PostgreSQL and back: every row is there, and no number is given twice."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

import pytest

from data.errors import NotNow
from data.model import Measure, Unit
from data.state.model import DeliveryState, Destination, Draft, Filter, Pause, PauseReason, Publication
from data.state.opening import facts_of, move
from data.state.postgresql import PostgresqlState
from data.state.protocol import Settlement, SharedState, Told
from data.state.sqlite import SqliteState
from data.store.database import Database
from tests.data.state.implementations import empty_server
from tests.refusals import refuses

NOW = datetime(2026, 6, 26, 4, tzinfo=UTC)
OWN = ("of the file",)
TOLD = Told(Measure.PENDING, "CHI", "ALL", 2025, Unit.PERSONS, 178_725)


@pytest.fixture
async def server(postgresql_address: str) -> AsyncIterator[PostgresqlState]:
    await empty_server(postgresql_address)
    async with PostgresqlState(postgresql_address) as opened:
        yield opened


async def live(state: SharedState, chance: random.Random) -> None:
    """Do anything that servers and deliveries do."""
    for step in range(60):
        at = NOW + timedelta(seconds=step)
        channel = chance.randrange(1, 9)
        async with state.writing() as transaction:
            match chance.randrange(10):
                case 0 | 1 | 2:
                    server = chance.choice([None, channel % 3])
                    await transaction.add_subscription(
                        Draft(Destination(channel, server), Filter(), role=chance.choice([None, 5])), at
                    )
                case 3:
                    await transaction.remove_subscription(chance.randrange(1, 20))
                case 4:
                    await transaction.pause_channel(channel, Pause(PauseReason.NO_PERMISSION, at, "why"))
                case 5:
                    await transaction.leave_server(channel % 3, at)
                case 6:
                    await transaction.remember(f"mentions in {channel}", chance.choice(["on", "off"]))
                case 7:
                    await transaction.enqueue(1_000 + step, at)
                    await transaction.add_superseded(1_000 + step, TOLD, chance.choice([None, 7]), at)
                case _:
                    for each in await transaction.claim("me", at, at + timedelta(seconds=5), 4):
                        told = Settlement(
                            DeliveryState.SENT, place=1, message=step, told_release=1, told=TOLD
                        )
                        waits = Settlement(DeliveryState.WAITING, "trouble", "502", at)
                        if chance.random() < 0.8:
                            await transaction.settle(each.id, "me", chance.choice([told, waits]), at)
                            await transaction.note_publication(each.id, Publication.PUBLISHED, "")


@pytest.mark.parametrize("seed", range(6))
async def test_nothing_is_lost_on_the_way_there_and_back(
    database: Database, server: PostgresqlState, seed: int
) -> None:
    file, chance = SqliteState(database), random.Random(seed)
    async with database.writing() as connection:
        await facts_of(connection).remember(OWN[0], "stays")
    await live(file, chance)
    async with file.reading() as state:
        rows, last = await state.read_rows(OWN), await state.read_last_number()
    assert all(rows[table] for table in ("memory", "subscription", "delivery"))

    for source, target in ((file, server), (server, file)):
        moved = await move(source, target, OWN)
        assert moved == {table: len(found) for table, found in rows.items()}
        async with target.reading() as state:
            assert await state.read_rows(OWN) == rows
            assert await state.read_last_number() == last
        async with source.reading() as state:
            assert not any((await state.read_rows(OWN)).values())
    assert await file.recall(OWN[0]) == "stays"
    async with file.writing() as state:
        assert await state.add_subscription(Draft(Destination(1, 9), Filter()), NOW) == last + 1
    await live(file, chance)


async def test_the_next_numbers_are_new_in_postgresql(database: Database, server: PostgresqlState) -> None:
    file = SqliteState(database)
    async with file.writing() as state:
        first = await state.add_subscription(Draft(Destination(1, 9), Filter()), NOW)
        await state.remove_subscription(first)
    await move(file, server, OWN)

    async with server.writing() as state:
        assert await state.add_subscription(Draft(Destination(1, 9), Filter()), NOW) == first + 1
        assert await state.enqueue(1_000, NOW) == 1


async def test_what_is_there_already_is_not_written_over(database: Database, server: PostgresqlState) -> None:
    file = SqliteState(database)
    await file.remember("key", "of the file")
    await server.remember("key", "of the server")

    with refuses(NotNow, "Empty that database first"):
        await move(file, server, OWN)
    assert [await file.recall("key"), await server.recall("key")] == ["of the file", "of the server"]


async def test_a_move_that_was_cut_off_is_gone_on_with(database: Database, server: PostgresqlState) -> None:
    file = SqliteState(database)
    for each in (file, server):
        await each.remember("key", "value")

    await move(file, server, OWN)

    assert [await file.recall("key"), await server.recall("key")] == [None, "value"]
