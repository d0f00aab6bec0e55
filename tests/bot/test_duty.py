"""Of two processes on one state one is at work; when it stops, sleeps or is cut off, the other takes over."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from bot import duty
from bot.duty import Standby
from data.errors import DatabaseUnusable
from data.state.duty import OnDuty
from data.state.opening import cluster_of, open_state
from data.state.postgresql import PostgresqlState
from data.store.database import Database
from data.store.migrations import list_migrations, migrate
from tests.data.state.implementations import empty_server
from tests.double import until


@pytest.fixture(autouse=True)
def short_leases(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(duty, "LEASE", timedelta(seconds=1))
    monkeypatch.setattr(duty, "EVERY", timedelta(seconds=0.1))
    monkeypatch.setattr(duty, "MARGIN", timedelta(seconds=0.3))


class Worker:
    """Counts its terms, and knows whether it is at work."""

    def __init__(self) -> None:
        self.terms = 0
        self.at_work = False

    def make(self, on: OnDuty) -> list[duty.Worker]:
        async def work() -> None:
            self.terms, self.at_work = self.terms + 1, True
            try:
                await asyncio.Event().wait()
            finally:
                self.at_work = False

        return [work]


@asynccontextmanager
async def standing_by(path: Path, address: str, worker: Worker) -> AsyncIterator[PostgresqlState]:
    async with Database(path, readers=1) as database, open_state(database, address):
        await migrate(database, list_migrations())
        cluster = cluster_of(database)
        assert isinstance(cluster, PostgresqlState)
        task = asyncio.create_task(Standby(database, cluster, "0/1", worker.make, lambda: True).run())
        try:
            yield cluster
        finally:
            task.cancel()
            await asyncio.wait({task})
            assert task.cancelled()


async def test_one_works_and_the_other_takes_over(tmp_path: Path, postgresql_address: str) -> None:
    await empty_server(postgresql_address)
    first, second = Worker(), Worker()
    async with standing_by(tmp_path / "2", postgresql_address, second):
        async with standing_by(tmp_path / "1", postgresql_address, first):
            await until(lambda: first.at_work or second.at_work)
            await until(lambda: first.terms + second.terms == 1)
            assert first.at_work != second.at_work
        await until(lambda: second.at_work)
    assert [first.at_work, second.at_work] == [False, False]


async def test_whoever_cannot_renew_stops_before_its_lease_ends(
    tmp_path: Path, postgresql_address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await empty_server(postgresql_address)
    worker = Worker()
    async with standing_by(tmp_path / "1", postgresql_address, worker) as cluster:
        await until(lambda: worker.at_work)

        async def fail() -> None:
            raise DatabaseUnusable("state-away")

        monkeypatch.setattr(cluster, "set_clock", fail)
        await until(lambda: not worker.at_work)
        monkeypatch.undo()
        await until(lambda: worker.at_work)
    assert worker.terms == 2
