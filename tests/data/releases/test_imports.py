"""A release comes in whole or not at all, and readers never see half of one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest

from bot.sentences import say
from data.errors import BadRelease, DatabaseUnusable
from data.model import Dataset, ReferencePeriod, Row
from data.releases.imports import import_release
from data.releases.publication import describe_release
from data.store import rollups
from data.store.countries import read_countries
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.full_disk import full_disk
from tests.data.made_up import PLACES, REQUIRED, MadeUp, day, large_release, release
from tests.data.sentences import says_what_to_do
from tests.data.store.states import dump, read_rollups
from tests.refusals import refuses
from tests.releases import MID, NOW, YEAR_END, at


@pytest.fixture
async def first(database: Database) -> Database:
    """A database with one release."""
    await import_release(database, release(pending=10), day(0))
    return database


@pytest.mark.parametrize(
    "again",
    [lambda made: made, lambda made: MadeUp({d: dict(reversed(t.items())) for d, t in made.tables.items()})],
)
async def test_a_release_equal_to_the_one_before_is_refused(
    database: Database, again: Callable[[MadeUp], MadeUp]
) -> None:
    """Also when its rows stand in another order: they say the same."""
    made = large_release(30, pending=10)
    await import_release(database, made, day(0))
    before = dump(database.path)
    with refuses(BadRelease, r"those of Mid-Year Trends 2025, unchanged; nothing was imported\.$"):
        await import_release(database, again(made), day(1))
    assert dump(database.path) == before


async def test_a_release_that_goes_back_to_older_figures_is_none_of_these(first: Database) -> None:
    await import_release(first, release(pending=11), day(1))
    assert (await import_release(first, release(pending=10), day(2))).changed == 1


async def test_a_moment_is_imported_once(first: Database) -> None:
    with refuses(BadRelease, r"A release of 10 November 2025 is kept already; nothing was imported\.$"):
        await import_release(first, release(pending=11), day(0))


@pytest.mark.parametrize("empty", REQUIRED)
async def test_a_release_without_rows_in_a_dataset_is_refused(first: Database, empty: Dataset) -> None:
    """It would withdraw every figure of that dataset."""
    before = dump(first.path)
    with refuses(BadRelease, "no rows at all; nothing was imported"):
        await import_release(first, MadeUp({**release(pending=11).tables, empty: {}}), day(1))
    assert dump(first.path) == before


class Interrupted(MadeUp):
    """Breaks off in the middle of a table."""

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        yield from super().rows(dataset, last_year)
        if dataset is Dataset.DECISIONS:
            raise BadRelease("asylum-decisions.csv, line 2: it ends in the middle.")


class Nameless(MadeUp):
    """Fails after all figures have come in."""

    def places(self) -> Iterator[tuple[str, str | None, str]]:
        yield PLACES[0]
        raise BadRelease("countries.csv, line 3: a country without a code.")


@pytest.mark.parametrize("broken", [Interrupted, Nameless])
async def test_a_failure_in_the_middle_leaves_everything_as_it_was(
    first: Database, broken: type[MadeUp]
) -> None:
    before = dump(first.path)
    with pytest.raises(BadRelease):
        await import_release(first, broken(release(pending=11).tables), day(1))
    assert dump(first.path) == before
    assert (await import_release(first, release(pending=11), day(1))).changed == 1


async def test_a_failure_at_the_very_end_leaves_everything_as_it_was(
    first: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: object) -> None:
        raise OSError("the disk is gone")

    before = dump(first.path)
    with monkeypatch.context() as patch:
        patch.setattr(rollups, "sum_release", fail)
        with pytest.raises(OSError, match="the disk is gone"):
            await import_release(first, release(pending=11), day(1))
    assert dump(first.path) == before
    assert (await import_release(first, release(pending=11), day(1))).changed == 1


class Calling(MadeUp):
    """Calls `back` when a table is half read, which happens in another thread than the loop's."""

    def __init__(self, made: MadeUp, half: Dataset, back: Callable[[], object]) -> None:
        super().__init__(made.tables)
        self.__dict__.update(half=half, back=back)

    def rows(self, dataset: Dataset, last_year: int) -> Iterator[Row]:
        for number, row in enumerate(super().rows(dataset, last_year)):
            if dataset is self.half and number == 500:
                self.back()
            yield row


@pytest.mark.parametrize("dataset", REQUIRED)
async def test_a_cancelled_import_leaves_everything_as_it_was(first: Database, dataset: Dataset) -> None:
    before = dump(first.path)
    loop = asyncio.get_running_loop()
    source = Calling(
        large_release(1000, pending=5), dataset, lambda: loop.call_soon_threadsafe(importing.cancel)
    )
    importing = asyncio.create_task(import_release(first, source, day(1)))
    with pytest.raises(asyncio.CancelledError):
        await importing
    assert dump(first.path) == before
    assert (await import_release(first, release(pending=11), day(1))).changed == 1


async def test_a_full_disk_is_told_in_a_sentence_and_leaves_everything_as_it_was(first: Database) -> None:
    before = dump(first.path)
    with full_disk(at=200_000), pytest.raises(DatabaseUnusable) as told:
        await import_release(first, large_release(3000, pending=5), day(1))
    assert says_what_to_do(say(told.value))
    assert dump(first.path) == before
    assert (await import_release(first, large_release(3000, pending=5), day(1))).rows == 9000


async def test_readers_see_the_release_before_or_the_new_one_and_nothing_between(first: Database) -> None:
    """Asked without pause while a release comes in: a sum is that of the old figures or of the new ones."""
    new = large_release(3000, pending=5)
    states: list[object] = []

    async def read() -> None:
        async with first.reading() as connection:
            known = await read_releases(connection)
            await asyncio.sleep(0)
            states.append((len(known), (await read_rollups(connection, known[-1].id))["*", "*", 2025, "P"]))

    importing = asyncio.create_task(import_release(first, new, day(1)))
    while not importing.done():
        await read()
    await read()
    seen = list(dict.fromkeys(states))
    assert seen == [
        (1, release(pending=10).rollups()["*", "*", 2025, "P"]),
        (2, new.rollups()["*", "*", 2025, "P"]),
    ]


async def test_the_countries_of_a_release_are_kept_as_it_names_them_last(first: Database) -> None:
    class Renamed(MadeUp):
        def places(self) -> Iterator[tuple[str, str | None, str]]:
            yield "CHI", "CHN", "China, renamed"

    await import_release(first, Renamed(release(pending=11).tables), day(1))
    async with first.reading() as connection:
        assert await read_countries(connection) == (("CHI", "CHN", "China, renamed"), *PLACES[1:])


@pytest.mark.parametrize(
    ("retrieved", "newest_year", "period", "label"),
    [
        ((2025, 11, 10), 2025, ReferencePeriod.MID_YEAR, "Mid-Year Trends 2025"),
        ((2026, 5, 31), 2025, ReferencePeriod.MID_YEAR, "Mid-Year Trends 2025"),
        ((2026, 6, 1), 2025, ReferencePeriod.YEAR_END, "Global Trends 2025"),
        ((2026, 6, 12), 2025, ReferencePeriod.YEAR_END, "Global Trends 2025"),
        ((2026, 10, 1), 2025, ReferencePeriod.YEAR_END, "Global Trends 2025"),
        ((2026, 10, 30), 2026, ReferencePeriod.MID_YEAR, "Mid-Year Trends 2026"),
    ],
)
def test_a_newest_year_retrieved_before_june_of_the_next_is_mid_year(
    retrieved: tuple[int, int, int], newest_year: int, period: ReferencePeriod, label: str
) -> None:
    found = describe_release(datetime(*retrieved, tzinfo=UTC), newest_year, [])
    assert (found.period, found.label, found.newest_year) == (period, label, newest_year)


def test_a_second_release_of_the_same_period_is_a_corrected_one() -> None:
    mid = describe_release(at(MID), 2025, [])
    end = describe_release(at(YEAR_END), 2025, [mid])
    corrected = describe_release(at(NOW), 2025, [mid, end])
    assert [r.label for r in (mid, end, corrected)] == [
        "Mid-Year Trends 2025",
        "Global Trends 2025",
        "Global Trends 2025, corrected",
    ]
