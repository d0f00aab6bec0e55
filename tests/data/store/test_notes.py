"""Notes are kept with the release that brought them, each list once, and answer for every day since."""

from __future__ import annotations

from data.errors import BadRelease
from data.notes import Note, Notes
from data.releases.imports import import_release, publish_kept, reject_kept
from data.store import notes as note_lists
from data.store.database import Database
from tests.data.made_up import MadeUp, day, large_release, release
from tests.data.store.states import dump
from tests.refusals import refuses

OLD = Notes((Note(None, "USA", (2024,), ("ASY",), "Older."), Note("CHI", None, (2020, 2021), (), "Both.")))
NEW = Notes((Note("CHI", "USA", (2025,), ("ASY", "REF"), "Newer 'quoted; --"),))


def number(of: int) -> int:
    return int(day(of).timestamp())


async def in_force(database: Database, of: int) -> tuple[Note, ...]:
    """The notes that answer as of the release of that day."""
    async with database.reading() as connection:
        known = await note_lists.find_in_force(connection, number(of))
        return await note_lists.read_list(connection, known.digest) if known else ()


async def test_notes_answer_from_their_release_on(database: Database) -> None:
    for of, notes in ((0, None), (1, OLD), (2, None), (3, NEW)):
        await import_release(database, release(pending=10 + of), day(of), notes)
    assert [await in_force(database, of) for of in range(5)] == [
        (),
        OLD.listed,
        OLD.listed,
        NEW.listed,
        NEW.listed,
    ]


async def test_the_order_of_imports_makes_no_difference(database: Database) -> None:
    for of, notes in ((3, OLD), (2, NEW), (1, OLD)):
        await import_release(database, release(pending=10 + of), day(of), notes)
    assert [await in_force(database, of) for of in range(4)] == [(), OLD.listed, NEW.listed, OLD.listed]
    assert len(dump(database.path)["note"]) == len(OLD.listed) + len(NEW.listed)


async def test_a_list_goes_with_the_last_release_that_has_it(database: Database) -> None:
    for of in (1, 2):
        await import_release(database, release(pending=10 + of), day(of), OLD)
    for of, left in ((1, len(OLD.listed)), (2, 0)):
        async with database.writing() as connection:
            await connection.execute("DELETE FROM note_list WHERE release = ?", (number(of),))
        assert len(dump(database.path)["note"]) == left


async def test_figures_that_did_not_change_bring_their_new_notes_all_the_same(database: Database) -> None:
    """UNHCR adds notes between releases; and the releases that come with the program have none."""
    made = release(pending=10)
    await import_release(database, made, day(0))
    with refuses(BadRelease, r"unchanged; nothing was imported\. Its notes are new and kept \(2\)\.$"):
        await import_release(database, made, day(1), OLD)
    assert await in_force(database, 0) == OLD.listed
    before = dump(database.path)
    for again in (day(0), day(2)):
        with refuses(BadRelease, r"nothing was imported\.$"):
            await import_release(database, made, again, OLD)
    assert dump(database.path) == before
    with refuses(BadRelease, r"Its notes are new and kept \(1\)"):
        await import_release(database, made, day(2), NEW)
    assert await in_force(database, 0) == NEW.listed
    assert len(dump(database.path)["note"]) == len(NEW.listed)


async def test_a_doubtful_release_s_notes_wait_with_it(database: Database) -> None:
    await import_release(database, large_release(300, pending=10), day(0), OLD)
    few = MadeUp(
        {dataset: dict(list(rows.items())[:20]) for dataset, rows in large_release(300, 10).tables.items()}
    )
    assert (await import_release(database, few, day(1), NEW)).doubt
    assert await in_force(database, 1) == OLD.listed
    await reject_kept(database, day(1).date().isoformat())
    assert await in_force(database, 1) == OLD.listed
    await publish_kept(database, day(1).date().isoformat())
    assert await in_force(database, 1) == NEW.listed
