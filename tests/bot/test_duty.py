"""Of two processes on one state one is at work; when it stops, sleeps or is cut off, the other takes over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias

import pytest

from bot.discord.running import Worker
from bot.duty import Standby
from bot.upkeep import keep_synced
from data.errors import DatabaseUnusable
from data.state.duty import OnDuty
from data.state.opening import cluster_of, open_state
from data.state.postgresql import PostgresqlState
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from tests.data.state.implementations import empty_server
from tests.data.syncing import BEGIN, Keeper
from tests.double import until
from tests.unhcr_double import UnhcrDouble
from tests.unhcr_tables import make_up

MakeWorkers: TypeAlias = Callable[[OnDuty], list[Worker]]


class Work:
    """Counts its terms, which on a busy machine may be many, and knows whether it is at work."""

    def __init__(self, others: Sequence[Work] = ()) -> None:
        self.terms = 0
        self.at_work = False
        self.others = others

    def make(self, _: OnDuty) -> list[Worker]:
        async def work() -> None:
            assert not any(each.at_work for each in self.others)
            self.terms, self.at_work = self.terms + 1, True
            try:
                await asyncio.Event().wait()
            finally:
                self.at_work = False

        return [work]


@asynccontextmanager
async def standing_by(
    path: Path, address: str, make: Callable[[Database], MakeWorkers]
) -> AsyncIterator[PostgresqlState]:
    async with Database(path, readers=1) as database, open_state(database, address):
        await migrate(database, list_migrations())
        cluster = cluster_of(database)
        assert isinstance(cluster, PostgresqlState)
        task = asyncio.create_task(Standby(database, cluster, "0/1", make(database), lambda: True).run())
        try:
            yield cluster
        finally:
            task.cancel()
            await asyncio.wait({task})
            assert task.cancelled()


async def test_one_works_and_the_other_takes_over(tmp_path: Path, postgresql_address: str) -> None:
    await empty_server(postgresql_address)
    first = Work()
    second = Work([first])
    first.others = [second]
    async with standing_by(tmp_path / "2", postgresql_address, lambda _: second.make):
        async with standing_by(tmp_path / "1", postgresql_address, lambda _: first.make):
            await until(lambda: first.at_work or second.at_work)
        await until(lambda: second.at_work)
    assert [first.at_work, second.at_work] == [False, False]


async def test_whoever_cannot_renew_stops_before_its_lease_ends(
    tmp_path: Path, postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await empty_server(postgresql_address)
    work = Work()
    async with standing_by(tmp_path / "1", postgresql_address, lambda _: work.make) as cluster:
        await until(lambda: work.at_work)

        async def fail() -> None:
            raise DatabaseUnusable("state-away")

        monkeypatch.setattr(cluster, "set_clock", fail)
        await until(lambda: not work.at_work)
        before = work.terms
        monkeypatch.undo()
        await until(lambda: work.at_work)
    assert work.terms > before


async def test_work_that_shared_state_interrupts_begins_anew(tmp_path: Path, postgresql_address: str) -> None:
    await empty_server(postgresql_address)

    class Interrupted(Work):
        def make(self, on: OnDuty) -> list[Worker]:
            async def stumble() -> None:
                if self.terms < 3:
                    raise DatabaseUnusable("state-away")

            return [*super().make(on), stumble]

    work = Interrupted()
    async with standing_by(tmp_path / "1", postgresql_address, lambda _: work.make):
        await until(lambda: work.terms >= 3 and work.at_work)


@dataclass
class Days:
    """What day it is for all hosts, which of them has the duty, and how long it waits before it asks UNHCR."""

    unhcr: UnhcrDouble
    today: datetime = BEGIN
    host: int = -1
    waits: list[float] = field(default_factory=list)

    def make(self, host: int) -> Callable[[Database], MakeWorkers]:
        def make_workers(database: Database) -> MakeWorkers:
            def work(_: OnDuty) -> list[Worker]:
                self.host = host
                sync = Keeper(database, self.unhcr, {}, self.today).make()
                return [lambda: keep_synced(sync, self.sleep, shared=True)]

            return work

        return make_workers

    async def sleep(self, seconds: float) -> None:
        self.waits.append(seconds)
        if seconds:
            await asyncio.Event().wait()


async def test_unhcr_is_asked_once_a_day_by_whoever_has_the_duty_then(
    tmp_path: Path, postgresql_address: str
) -> None:
    await empty_server(postgresql_address)
    day = timedelta(days=1).total_seconds()
    async with UnhcrDouble(make_up(share=0.9)) as unhcr, AsyncExitStack() as all_hosts:
        days, hosts = Days(unhcr), [AsyncExitStack() for _ in range(3)]
        for number, host in enumerate(hosts):
            await all_hosts.enter_async_context(host)
            where = tmp_path / str(number)
            await host.enter_async_context(standing_by(where, postgresql_address, days.make(number)))
        await until(lambda: days.waits[-1:] == [day])
        assert days.waits[0] == 0
        asked, first = len(unhcr.asked), days.host

        await hosts[first].aclose()
        await until(lambda: days.host != first and days.waits[-1:] == [day])
        assert set(days.waits[1:]) == {day}
        assert len(unhcr.asked) == asked

        days.today += timedelta(days=1)
        days.waits.clear()
        await hosts[days.host].aclose()
        await until(lambda: days.waits[-1:] == [day])
        assert days.waits[0] == 0
        assert len(unhcr.asked) > asked
