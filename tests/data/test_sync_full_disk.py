"""A disk that is full in the middle of a sync, or while a release is published: one sentence, nothing lost."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.exits import Exit, exit_for
from bot.sentences import say
from data.errors import AsylumBotError, DatabaseUnusable
from data.releases.imports import publish_kept
from data.store.database import Database
from tests.data.full_disk import full_disk
from tests.data.sentences import says_what_to_do
from tests.data.store.states import dump
from tests.data.syncing import DAY, NEW_ROW, Keeper, corrected, halved, keeping_up
from tests.unhcr_tables import make_up


@pytest.fixture
async def keeper(database: Database) -> AsyncIterator[Keeper]:
    """A database that was synced once, whose log has grown by it."""
    async with keeping_up(database) as found:
        await found.sync()
        yield found


def left_of_pages(keeper: Keeper) -> list[Path]:
    """What has come and now takes the room that is lacking."""
    return [*keeper.database.path.parent.glob("unhcr-download*")]


async def test_a_disk_that_is_full_for_the_pages_is_said_in_a_sentence(keeper: Keeper) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    before = dump(keeper.database.path)
    with full_disk(at=3000), pytest.raises(AsylumBotError) as told:
        await keeper.sync(DAY)
    assert says_what_to_do(say(told.value))
    assert exit_for(told.value) is Exit.AGAIN
    assert dump(keeper.database.path) == before
    assert not left_of_pages(keeper)
    assert (await keeper.sync(DAY)).imported


async def test_a_disk_that_is_full_while_pages_come_leaves_nothing_unheard(
    keeper: Keeper, unheard: list[object]
) -> None:
    """Two pages are written at once: the failure of the second has nobody who waits for it."""
    keeper.settings["page_size"] = 50
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    for _ in range(5):
        with full_disk(at=3000), pytest.raises(AsylumBotError) as told:
            await keeper.sync(DAY)
        assert says_what_to_do(say(told.value))
        await asyncio.sleep(0.05)
        gc.collect()
    assert unheard == []
    assert not left_of_pages(keeper)


async def test_a_disk_that_is_full_for_the_database_is_said_in_a_sentence(keeper: Keeper) -> None:
    """The pages fit, but not what they add to the database's log."""
    sown = make_up(seed=2, share=0.95)
    keeper.double.serve(sown)
    before = dump(keeper.database.path)
    with full_disk(at=100_000), pytest.raises(DatabaseUnusable) as told:
        await keeper.sync(DAY)
    assert says_what_to_do(say(told.value))
    assert dump(keeper.database.path) == before
    assert not left_of_pages(keeper)
    assert (await keeper.sync(DAY)).imported


async def test_a_disk_that_is_full_while_a_release_is_published_loses_nothing(keeper: Keeper) -> None:
    keeper.double.serve(halved(keeper.double.tables))
    await keeper.sync(DAY)
    before = dump(keeper.database.path)
    with full_disk(at=40_000), pytest.raises(DatabaseUnusable) as told:
        await publish_kept(keeper.database, "2025-11-11")
    assert says_what_to_do(say(told.value))
    assert dump(keeper.database.path) == before
    assert (await publish_kept(keeper.database, "2025-11-11")).release.day.day == 11
