"""UNHCR's notes come with each release, and never cost one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.sentences import say
from data.store import notes as note_lists
from data.store.database import Database
from tests.data.syncing import DAY, NEW_ROW, Keeper, corrected, keeping_up
from tests.unhcr_double import Answer, cut, edited, half_a_page, html, status
from tests.unhcr_tables import MADE_UP_NOTES, made_up_note


async def _notes(keeper: Keeper) -> tuple[str, ...]:
    """The texts of the notes that are in force now."""
    async with keeper.database.reading() as connection:
        known = await note_lists.find_in_force(connection, (await keeper.releases())[-1].id)
        listed = await note_lists.read_list(connection, known.digest) if known else ()
    return tuple(note.text for note in listed)


MADE_UP = tuple(each["footnote"] for each in MADE_UP_NOTES)
LATER = (*MADE_UP_NOTES, made_up_note("Somebody counted again.", "2025", asylum="AUS"))


async def test_a_release_comes_with_its_notes_and_the_one_before_keeps_its_own(keeper: Keeper) -> None:
    assert await _notes(keeper) == MADE_UP
    keeper.double.serve(replace(corrected(keeper.double.tables, NEW_ROW), notes=LATER))
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.notes_fault is None
    assert await _notes(keeper) == (*MADE_UP, "Somebody counted again.")
    first, _ = await keeper.releases()
    async with keeper.database.reading() as connection:
        before = await note_lists.find_in_force(connection, first.id)
    assert before
    assert before.notes == len(MADE_UP)


@pytest.mark.parametrize(
    "answer",
    [
        status(404),
        status(503),
        html(),
        cut(),
        half_a_page(),
        edited(lambda envelope: envelope.pop("items")),
        edited(lambda envelope: envelope.update(items=[])),
        edited(lambda envelope: envelope.update(items=["no note", 7])),
    ],
)
async def test_a_release_whose_notes_fail_is_published_and_the_notes_before_stay(
    keeper: Keeper, answer: Answer
) -> None:
    keeper.double.serve(corrected(keeper.double.tables, NEW_ROW))
    keeper.double.fail(answer, lambda asked: asked.endpoint == "footnotes", times=99)
    synced = await keeper.sync(DAY)
    assert synced.imported
    assert synced.imported.doubt is None
    assert synced.notes_fault
    assert len(await keeper.releases()) == 2
    assert await _notes(keeper) == MADE_UP


async def test_notes_that_failed_come_with_the_next_whole_sync(database: Database) -> None:
    async with keeping_up(database) as keeper:
        keeper.double.fail(status(404), lambda asked: asked.endpoint == "footnotes")
        assert (await keeper.sync()).notes_fault
        assert await _notes(keeper) == ()
        synced = await keeper.sync(DAY, whole=True)
        assert synced.imported is None
        assert synced.why
        assert say(synced.why).endswith("nothing was imported. Its notes are new and kept (4).")
        assert await _notes(keeper) == MADE_UP
