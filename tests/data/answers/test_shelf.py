"""What is read once and kept, and when it is read again."""

from __future__ import annotations

from datetime import UTC, datetime

from data.answers import Answers
from data.answers.shelf import Shelf, Shelves
from data.countries import Atlas
from data.findings import Role
from data.imports import import_release
from data.model import Measure, Period, Place, Release
from data.store.database import Database
from data.store.figures import PartnerCounts
from tests.data import made_up


def release(number: int) -> Release:
    at = datetime.fromtimestamp(number, UTC)
    return Release(number, at, f"Release {number}", 2025, Period.YEAR_END, starter=False)


async def test_a_shelf_reads_once_and_forgets_what_was_not_asked_for_lately() -> None:
    shelf, reads = Shelf((), most=2), []

    async def read(key: str) -> PartnerCounts:
        async def once() -> PartnerCounts:
            reads.append(key)
            return {}

        return await shelf.fetch((key,), once)

    for key in ("a", "b", "a", "c", "a", "b"):
        await read(key)

    assert reads == ["a", "b", "c", "b"]


def test_other_releases_have_a_shelf_of_their_own() -> None:
    shelves = Shelves()
    first = shelves.lend((release(2),))

    assert shelves.lend((release(2),)) is first
    assert shelves.lend((release(1), release(2))) is not first


async def test_an_answer_is_never_older_than_the_release_that_it_names(
    database: Database, atlas: Atlas
) -> None:
    answers = Answers(database, atlas)

    async def ranked(day: int | None) -> float | None:
        as_of = None if day is None else made_up.day(day).date()
        found = await answers.ranking(Measure.PENDING, Role.ORIGIN, Place(), 2025, as_of)
        return found.rows[0].value

    await import_release(database, made_up.release(pending=20), made_up.day(10))
    assert await ranked(None) == 20
    await import_release(database, made_up.release(pending=30), made_up.day(20))
    assert [await ranked(None), await ranked(10)] == [30, 20]
    await import_release(database, made_up.release(pending=10), made_up.day(0))
    assert [await ranked(None), await ranked(10), await ranked(0)] == [30, 20, 10]
