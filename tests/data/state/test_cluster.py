"""What hosts that share one state know of each other, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

import pytest

from data.errors import NotNow
from data.state import postgresql
from data.state.cluster import Deed, Process, Step
from data.state.duty import OnDuty
from data.state.postgresql import PostgresqlState
from tests.data.state.implementations import empty_server
from tests.refusals import refuses

LONG, OVER = timedelta(hours=1), timedelta(0)
ONE = Process("one", "alpha", "0/2", "1.0", 0, "Mid-Year Trends 2025", "abc")


@pytest.fixture
async def state(postgresql_address: str) -> AsyncIterator[PostgresqlState]:
    await empty_server(postgresql_address)
    async with PostgresqlState(postgresql_address) as opened:
        yield opened


async def take(state: PostgresqlState, who: str, lease: timedelta = LONG) -> tuple[str, int]:
    async with state.writing() as transaction:
        duty = await transaction.take_duty(who, lease)
    return duty.holder, duty.term


async def test_one_has_the_duty_until_its_lease_is_over_or_it_gives_it_up(state: PostgresqlState) -> None:
    assert await take(state, "one") == ("one", 1)
    assert await take(state, "two") == ("one", 1)
    assert await take(state, "one", OVER) == ("one", 1)
    assert await take(state, "two") == ("two", 2)
    async with state.writing() as transaction:
        await transaction.forget_process("two")
    assert await take(state, "one") == ("one", 3)


async def test_whoever_slept_through_its_lease_has_a_new_term(state: PostgresqlState) -> None:
    await take(state, "one", OVER)

    assert await take(state, "one") == ("one", 2)


async def test_nothing_is_written_in_a_term_that_is_over(state: PostgresqlState) -> None:
    async def read_taken() -> int:
        return 0

    async with state.writing() as transaction:
        duty = await transaction.take_duty("one", LONG)
    first = OnDuty(state, duty, read_taken)
    await first.remember("key", "of the first")
    await take(state, "one", OVER)
    await take(state, "two")

    with refuses(NotNow, "Another process has the duty"):
        await first.remember("key", "of a sleeper")
    assert await state.recall("key") == "of the first"


async def test_nothing_is_claimed_where_a_step_is_missing(state: PostgresqlState) -> None:
    taken = 0

    async def read_taken() -> int:
        return taken

    async with state.writing() as transaction:
        duty = await transaction.take_duty("one", LONG)
        last = await transaction.share_step(Step(1_000, Deed.PUBLISHED), 0)
        await transaction._connection.execute(
            "INSERT INTO delivery (release, channel, made_at, due_at) VALUES (1000, 1, 0, 0)"
        )
    now = datetime.now(UTC)
    for expected in (0, 1):
        async with OnDuty(state, duty, read_taken).writing() as transaction:
            assert len(await transaction.claim("one", now, now + LONG, 9)) == expected
        taken = last


async def test_a_step_is_taken_only_by_who_took_all_before_it(state: PostgresqlState) -> None:
    async with state.writing() as transaction:
        first = await transaction.share_step(Step(1_000, Deed.PUBLISHED, '{"a": 1}', b"file"), 0)
    with refuses(NotNow, "try again"):
        async with state.writing() as transaction:
            await transaction.share_step(Step(1_000, Deed.WITHDRAWN), 0)
    async with state.writing() as transaction:
        second = await transaction.share_step(Step(1_000, Deed.WITHDRAWN), first)

    async with state.reading() as transaction:
        assert await transaction.read_step(0) == Step(1_000, Deed.PUBLISHED, '{"a": 1}', b"file", first)
        assert await transaction.read_step(first) == Step(1_000, Deed.WITHDRAWN, number=second)
        assert await transaction.read_step(second) is None
        assert await transaction.count_steps() == second
        assert await transaction.read_release_states() == {1_000: "withdrawn"}


async def test_processes_are_known_until_they_say_goodbye(state: PostgresqlState) -> None:
    for process in (ONE, replace(ONE, name="two"), replace(ONE, steps=7)):
        async with state.writing() as transaction:
            await transaction.note_process(process)
    async with state.reading() as transaction:
        found = await transaction.read_processes()
        now = await transaction.read_clock()
    assert [(each.name, each.steps) for each in found] == [("one", 7), ("two", 0)]
    assert all(each.since and each.seen and each.since <= each.seen <= now for each in found)

    async with state.writing() as transaction:
        await transaction.forget_process("one")
        assert [each.name for each in await transaction.read_processes()] == ["two"]


async def test_sessions_that_must_not_begin_together_have_their_turns(state: PostgresqlState) -> None:
    async with state.writing() as transaction:
        waits = [await transaction.take_turn(key, LONG) for key in (0, 0, 0, 1)]

    assert [round(wait / LONG.total_seconds()) for wait in waits] == [0, 1, 2, 0]


async def test_what_time_it_is_does_not_depend_on_this_machine(
    state: PostgresqlState, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Ahead(datetime):
        @classmethod
        def now(cls, zone: tzinfo | None = None) -> Self:
            return super().now(zone) + LONG

    monkeypatch.setattr(postgresql, "datetime", Ahead)
    await state.set_clock()

    async with state.reading() as transaction:
        before, told, after = await transaction.read_clock(), state.clock(), await transaction.read_clock()
    assert before - timedelta(seconds=1) < told < after + timedelta(seconds=1)
