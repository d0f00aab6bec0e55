"""Keeping up with UNHCR: when everything is fetched, what becomes of it, and what may go wrong."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.sentences import say
from data.doubt import Why
from data.errors import BadRelease, NotNow, SourceUnavailable
from data.model import Dataset, ReferencePeriod
from data.releases.imports import publish_kept, reject_kept, relabel
from data.state.model import CHECKED
from data.state.opening import state_of
from data.store.database import Database
from data.store.releases import read_releases
from tests.data.sentences import is_one_sentence, says_what_to_do
from tests.data.store.states import dump
from tests.data.syncing import BEGIN, DAY, NEW_ROW, OLD_ROW, Keeper, corrected, halved, keeping_up
from tests.unhcr_double import html


async def test_the_first_sync_fetches_everything_and_publishes_it(database: Database) -> None:
    async with keeping_up(database) as keeper:
        synced = await keeper.sync()
        assert synced.imported
        assert synced.imported.rows == sum(map(len, keeper.double.tables.rows.values()))
        assert synced.imported.release in await keeper.releases()
        assert (synced.at, synced.imported.release.retrieved_at) == (BEGIN, BEGIN)


async def test_nothing_is_fetched_while_the_probe_says_the_same(keeper: Keeper) -> None:
    before = dump(keeper.database.path)
    for _ in range(6):
        assert (await keeper.sync(DAY)).imported is None
        assert not keeper.fetched
        assert len(keeper.double.asked) == 2 * len(Dataset)
    after = dump(keeper.database.path)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"memory"}


async def test_everything_is_fetched_when_the_probe_differs(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert (synced.imported.changed, synced.imported.release.label) == (1, "Mid-Year Trends 2025, corrected")
    assert [each.day.day for each in await keeper.releases()] == [10, 11]


async def test_an_old_year_is_compared_once_a_week(keeper: Keeper) -> None:
    """No probe sees it, so that a correction of 2020 comes with the next week."""
    keeper.double.serve(corrected(keeper.double.tables, OLD_ROW))
    assert (await keeper.sync(timedelta(days=6, hours=23))).imported is None
    assert not keeper.fetched
    synced = await keeper.sync(timedelta(hours=1))
    assert synced.imported
    assert synced.imported.changed == 1


async def test_a_week_begins_anew_when_all_was_compared_though_nothing_was_new(keeper: Keeper) -> None:
    assert (await keeper.sync(timedelta(days=8))).imported is None
    assert keeper.fetched
    assert (await keeper.sync(DAY)).imported is None
    assert not keeper.fetched
    assert len(await keeper.releases()) == 1


async def test_the_operator_may_ask_for_everything_at_once(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, OLD_ROW))
    assert (await keeper.sync(DAY, whole=True)).imported


async def test_identical_figures_make_no_release(keeper: Keeper) -> None:
    before = await keeper.releases()
    synced = await keeper.sync(DAY, whole=True)
    assert synced.imported is None
    assert await keeper.releases() == before
    assert synced.why
    assert (
        say(synced.why) == "The figures are those of Mid-Year Trends 2025, unchanged; nothing was imported."
    )


async def test_when_unhcr_was_asked_last_is_known(keeper: Keeper) -> None:
    await keeper.sync(DAY)
    assert await state_of(keeper.database).recall(CHECKED) == (BEGIN + DAY).isoformat()


async def test_without_a_network_one_sentence_is_said_and_the_release_stays(database: Database) -> None:
    async with keeping_up(database) as keeper:
        await keeper.sync()
        before = dump(database.path)
        keeper.settings["base"] = "http://127.0.0.1:9/population/v1"
        with pytest.raises(SourceUnavailable) as told:
            await keeper.sync(DAY)
    assert says_what_to_do(say(told.value))
    assert "the kept figures stay" in say(told.value)
    assert dump(database.path) == before


async def test_a_failure_in_the_middle_leaves_the_release_and_the_next_sync_completes(keeper: Keeper) -> None:
    new = corrected(keeper.double.tables, NEW_ROW)
    keeper.double.serve(new)
    before = dump(keeper.database.path)
    keeper.double.fail(html(), lambda asked: asked.is_rows and asked.endpoint == Dataset.DECISIONS, times=3)
    with pytest.raises(SourceUnavailable) as told:
        await keeper.sync(DAY)
    assert says_what_to_do(say(told.value))
    assert dump(keeper.database.path) == before
    assert (await keeper.sync(DAY)).imported


async def test_figures_that_change_while_they_are_fetched_are_refused(keeper: Keeper) -> None:
    first, second = (corrected(keeper.double.tables, NEW_ROW, value) for value in ("77", "78"))
    keeper.double.serve(first)
    before = figures_in(keeper.database)
    keeper.double.fail(
        keeper.double.becomes(second),
        lambda asked: asked.is_rows and asked.endpoint == Dataset.DECISIONS,
    )
    with pytest.raises(BadRelease) as told:
        await keeper.sync(DAY)
    assert is_one_sentence(say(told.value))
    assert figures_in(keeper.database) == before
    assert (await keeper.sync(DAY)).imported


async def test_a_second_sync_at_once_is_turned_away_and_the_first_completes(keeper: Keeper) -> None:
    begun = asyncio.Event()
    keeper.settings["patience"] = None
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    keeper.double.fail(keeper.double.hang(begun))
    keeper.now += DAY
    first = asyncio.create_task(keeper.make().run())
    await begun.wait()
    with pytest.raises(NotNow) as told:
        await keeper.make().run()
    assert say(told.value) == "Another process is syncing with UNHCR already; wait until it is done."
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    assert (await keeper.sync(DAY)).imported


async def test_a_clock_that_is_set_back_makes_no_release(keeper: Keeper) -> None:
    """A release dated before one that is kept would seem to have been replaced by it."""
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    before = dump(keeper.database.path)
    with pytest.raises(NotNow) as told:
        await keeper.sync(-400 * DAY)
    assert say(told.value) == (
        "This machine's clock says 06 October 2024, 00:00 UTC, which is before the newest release that is kept"
        " (10 November 2025, 00:00 UTC); set the clock and sync again."
    )
    assert dump(keeper.database.path) == before
    assert (await keeper.sync(401 * DAY)).imported


async def test_a_clock_that_jumps_years_ahead_makes_no_release(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    before = figures_in(keeper.database)
    with pytest.raises(BadRelease) as told:
        await keeper.sync(3 * 365 * DAY)
    assert is_one_sentence(say(told.value))
    assert say(told.value).endswith("check that day, or this machine's clock.")
    assert figures_in(keeper.database) == before
    assert (await keeper.sync(-3 * 365 * DAY + DAY)).imported


async def test_a_clock_that_was_ahead_while_nothing_was_new_is_not_trusted_afterwards(keeper: Keeper) -> None:
    """Else nothing would be compared as a whole until that day comes."""
    assert (await keeper.sync(300 * DAY, whole=True)).imported is None
    keeper.double.serve(corrected(keeper.double.tables, OLD_ROW))
    synced = await keeper.sync(-299 * DAY)
    assert synced.imported
    assert synced.imported.release.day == (BEGIN + DAY).date()


async def test_an_implausible_release_is_kept_apart_until_it_is_published(keeper: Keeper) -> None:
    keeper.double.serve(halved(keeper.double.tables))
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.imported.doubt
    assert synced.imported.doubt.why is Why.ROWS
    assert len(await keeper.releases()) == 1

    again = await keeper.sync(DAY, whole=True)
    assert again.imported is None
    assert again.why
    assert say(again.why).startswith("These figures are already in quarantine, as the release of 2025-11-11:")

    published = await publish_kept(keeper.database, "2025-11-11")
    assert (published.release.day, published.doubt) == ((BEGIN + DAY).date(), None)
    assert [each.day.day for each in await keeper.releases()] == [10, 11]
    assert (await keeper.sync(DAY, whole=True)).imported is None


async def test_a_rejected_release_is_not_taken_in_again_and_a_better_one_is(keeper: Keeper) -> None:
    whole = keeper.double.tables
    keeper.double.serve(halved(whole))
    await keeper.sync(DAY)
    await reject_kept(keeper.database, "2025-11-11")
    again = await keeper.sync(DAY, whole=True)
    assert again.imported is None
    assert again.why
    assert say(again.why).startswith("These figures were rejected, as the release of 2025-11-11;")

    keeper.double.serve(corrected(whole, NEW_ROW))
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.imported.doubt is None
    assert [each.day.day for each in await keeper.releases()] == [10, 13]


async def test_what_was_inferred_of_a_release_may_be_overruled(keeper: Keeper) -> None:
    """And what the next one changed is told anew: the end of a year completes nothing any more."""
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    await keeper.sync(220 * DAY)
    kinds = "SELECT DISTINCT kind FROM change WHERE release = (SELECT max(release) FROM change)"
    assert await _read(keeper.database, kinds) == [("completed",)]
    changed = await relabel(keeper.database, "2025-11-10", None, ReferencePeriod.YEAR_END)
    assert (changed.period, changed.label) == (ReferencePeriod.YEAR_END, "Global Trends 2025")
    assert await _read(keeper.database, kinds) == [("corrected",)]
    assert [each.label for each in await keeper.releases()] == [
        "Global Trends 2025",
        "Global Trends 2025, corrected",
    ]


async def test_two_releases_of_one_day_are_two(keeper: Keeper) -> None:
    """As of that day, the later one answers."""
    for hours, value in ((8, "77"), (3, "78")):
        keeper.double.serve(corrected(keeper.double.tables, NEW_ROW, value))
        assert (await keeper.sync(timedelta(hours=hours))).imported
    async with keeper.database.reading() as connection:
        kept = await read_releases(connection)
    assert [each.retrieved_at for each in kept] == [
        datetime(2025, 11, 10, hour, tzinfo=UTC) for hour in (0, 8, 11)
    ]


def figures_in(database: Database) -> dict[str, object]:
    """All that is kept but what is remembered of the last run."""
    return {name: rows for name, rows in dump(database.path).items() if name != "memory"}


async def _read(database: Database, sql: str) -> list[tuple[object, ...]]:
    async with database.reading() as connection:
        return [tuple(row) for row in await connection.execute_fetchall(sql)]
