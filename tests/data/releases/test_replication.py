"""Two hosts on one shared state: whatever one of them does with a release, both have the same figures."""

from __future__ import annotations

import random
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from data.alerts import Alerts
from data.errors import BadRelease, DatabaseUnusable, NotNow, UnknownRelease
from data.model import ReferencePeriod
from data.notes import Note, Notes
from data.releases.imports import import_release, publish_kept, reject_kept, relabel, withdraw
from data.releases.replication import follow
from data.state.cluster import Deed
from data.state.model import DeliveryState, Destination, Draft, Filter
from data.state.opening import open_state, state_of
from data.store.checksums import digest_figures
from data.store.database import Database
from data.store.releases import read_doubted, read_releases
from tests.data.made_up import Anywhere, day, release
from tests.data.state.implementations import empty_server
from tests.refusals import refuses

LATER = datetime(2026, 12, 1, tzinfo=UTC)
DOUBTFUL = release(pending=9_000_000, applied=9_000_000)


def name(number: int) -> str:
    return str(day(number).date())


@pytest.fixture
async def two(empty_path: Path, tmp_path: Path, postgresql_address: str) -> AsyncIterator[list[Database]]:
    await empty_server(postgresql_address)
    async with AsyncExitStack() as opened:
        hosts = []
        for host in ("alpha", "beta"):
            path = Path(shutil.copy(empty_path, tmp_path / f"{host}.sqlite3"))
            hosts.append(await opened.enter_async_context(Database(path, readers=1)))
            await opened.enter_async_context(open_state(hosts[-1], postgresql_address))
        yield hosts


async def figures(database: Database) -> str:
    async with database.reading() as connection:
        return await digest_figures(connection)


async def labels(database: Database) -> list[str]:
    async with database.reading() as connection:
        kept = [each.label for each in await read_releases(connection)]
        return [*kept, *(f"{each.label}: {state}" for each, state, _ in await read_doubted(connection))]


async def test_a_host_that_comes_later_does_all_that_was_done(two: list[Database]) -> None:
    alpha, beta = two
    for number in range(3):
        await import_release(alpha, release(pending=1_000 + number), day(number), Notes((NOTE,)))
    await withdraw(alpha, name(1), LATER)
    await relabel(alpha, name(2), "As we call it", ReferencePeriod.YEAR_END)

    assert [step.deed for step in await follow(beta)] == [
        *[Deed.PUBLISHED] * 3,
        Deed.WITHDRAWN,
        Deed.RENAMED,
    ]
    assert await labels(beta) == await labels(alpha)
    assert await figures(beta) == await figures(alpha)
    assert await follow(beta) == []


NOTE = Note("CHI", None, (2025,), (), "Rounded.")


async def test_a_host_that_does_not_know_what_another_did_does_nothing(two: list[Database]) -> None:
    alpha, beta = two
    await import_release(alpha, release(pending=10), day(0))

    with refuses(NotNow, "try again"):
        await import_release(beta, release(pending=11), day(1))
    assert await labels(beta) == []
    await follow(beta)
    await import_release(beta, release(pending=11), day(1))
    await follow(alpha)
    assert await figures(alpha) == await figures(beta)


async def test_a_release_is_owed_once_whoever_takes_it(two: list[Database]) -> None:
    alpha, beta = two
    await import_release(alpha, release(pending=10), day(0))
    await Alerts(beta, Anywhere()).subscribe(Draft(Destination(1, 9), Filter()))
    await import_release(alpha, release(pending=11), day(1))
    await follow(beta)

    async with state_of(beta).reading() as state:
        assert [
            (each.channel, each.release) for each in await state.read_records(DeliveryState.WAITING, 9)
        ] == [(1, int(day(1).timestamp()))]


async def test_what_only_one_host_has_is_withdrawn_there(two: list[Database]) -> None:
    alpha, beta = two
    await import_release(alpha, release(pending=10), day(0))
    shared, beta.shared = beta.shared, None
    for number in (3, 4):
        await import_release(beta, release(pending=10 + number), day(number))
    beta.shared = shared

    await follow(beta)

    assert (await labels(beta))[:1] == await labels(alpha)
    async with beta.reading() as connection:
        assert [each.id for each in await read_releases(connection)] == [int(day(0).timestamp())]


async def test_the_first_host_brings_the_releases_that_it_has(two: list[Database]) -> None:
    alpha, beta = two
    shared, alpha.shared = alpha.shared, None
    for number in range(1, 4):  # the day before comes with the program
        await import_release(alpha, release(pending=1_000 + number), day(number))
    await withdraw(alpha, name(2), LATER)
    alpha.shared = shared

    await follow(alpha)
    await follow(beta)

    assert await labels(alpha) == await labels(beta)
    assert await figures(alpha) == await figures(beta)


async def test_a_file_of_another_state_is_not_taken_on(two: list[Database], postgresql_address: str) -> None:
    alpha, beta = two
    for number in range(2):
        await import_release(alpha, release(pending=10 + number), day(number))
    await empty_server(postgresql_address)
    async with AsyncExitStack() as opened:
        beta.shared = None
        await opened.enter_async_context(open_state(beta, postgresql_address))
        await import_release(beta, release(pending=10), day(0))
        with refuses(DatabaseUnusable, "belongs to another one"):
            await follow(alpha)


DEEDS: dict[str, Callable[[Database, int, random.Random], Awaitable[object]]] = {
    "import": lambda host, number, chance: import_release(
        host, release(pending=1_000 + chance.randrange(5)), day(number)
    ),
    "doubt": lambda host, number, _: import_release(host, DOUBTFUL, day(number)),
    "notes": lambda host, number, chance: import_release(
        host, release(pending=1_000), day(number), Notes((NOTE,) * chance.randrange(3))
    ),
    "publish": lambda host, number, _: publish_kept(host, name(number)),
    "reject": lambda host, number, _: reject_kept(host, name(number)),
    "withdraw": lambda host, number, _: withdraw(host, name(number), LATER),
    "label": lambda host, number, chance: relabel(
        host, name(number), chance.choice(["Mine", "Yours"]), chance.choice(list(ReferencePeriod))
    ),
}


@pytest.mark.parametrize("seed", range(3))
async def test_hosts_agree_whatever_is_done_where(two: list[Database], seed: int) -> None:
    chance = random.Random(seed)
    done = 0
    for number in range(30):
        host = chance.choice(two)
        await follow(host)
        try:
            deed = chance.choice(["import", *DEEDS])
            new = deed in ("import", "doubt", "notes")
            await DEEDS[deed](host, number if new else chance.randrange(number + 1), chance)
            done += 1
        except (BadRelease, UnknownRelease):
            continue
    for host in two:
        await follow(host)

    assert done > 5
    assert await labels(two[0]) == await labels(two[1])
    assert await figures(two[0]) == await figures(two[1])
