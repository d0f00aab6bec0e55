"""What is read once and kept, and when it is read again."""

from __future__ import annotations

from datetime import UTC, datetime

from data.answers import Answers
from data.countries import Atlas
from data.model import Country, Measure, Place, ReferencePeriod, Release, Role
from data.questions.cache import AnswerCaches, LastUsed
from data.questions.figures import AskFigures
from data.questions.top import AskTop
from data.releases.imports import import_release
from data.store.database import Database
from tests.data import made_up
from tests.releases import MID, NOW


def release(number: int) -> Release:
    at = datetime.fromtimestamp(number, UTC)
    return Release(number, at, f"Release {number}", 2025, ReferencePeriod.YEAR_END)


async def test_what_was_not_asked_for_lately_is_found_again() -> None:
    kept, found = LastUsed(most=2), []

    async def fetch(key: str) -> str:
        async def find() -> str:
            found.append(key)
            return key.upper()

        return await kept.fetch(key, find)

    assert [await fetch(key) for key in ("a", "b", "a", "c", "a", "b")] == ["A", "B", "A", "C", "A", "B"]
    assert found == ["a", "b", "c", "b"]


def test_another_state_has_a_shelf_of_its_own() -> None:
    caches = AnswerCaches()
    first = caches.lend((release(2),))

    assert caches.lend((release(2),)) is first
    assert caches.lend((release(1), release(2))) is not first


async def test_who_asks_again_is_given_what_was_found(answers: Answers, atlas: Atlas) -> None:
    china, syria = (Place(atlas.find(name)) for name in ("China", "Syria"))
    first = await answers.answer(AskFigures(china))

    assert await answers.answer(AskFigures(china)) is first
    assert await answers.answer(AskFigures(china, as_of=NOW)) is first
    assert (await answers.answer(AskFigures(syria))).place == syria
    assert (await answers.answer(AskFigures(china, 2024))).year == 2024
    assert (await answers.answer(AskFigures(china, as_of=MID))).release.day == MID


async def test_a_country_goes_by_its_name_as_soon_as_that_is_known(database: Database) -> None:
    atlas = Atlas.load()
    answers = Answers(database, atlas)
    await import_release(database, made_up.large_release(1, 20), made_up.day(10))

    async def named() -> set[str]:
        ranked = await answers.answer(AskTop(Measure.PENDING, Role.ORIGIN, Place(), 2025))
        return {row.country.name for row in ranked.rows}

    assert await named() == {"AA"}
    atlas.learn([Country("AA", None, None, "Newland", "Newland")])
    assert await named() == {"Newland"}


async def test_an_answer_is_never_older_than_the_release_that_it_names(
    database: Database, atlas: Atlas
) -> None:
    answers = Answers(database, atlas)

    async def ranked(day: int | None) -> float | None:
        as_of = None if day is None else made_up.day(day).date()
        found = await answers.answer(AskTop(Measure.PENDING, Role.ORIGIN, Place(), 2025, as_of=as_of))
        return found.rows[0].value

    await import_release(database, made_up.release(pending=20), made_up.day(10))
    assert await ranked(None) == 20
    await import_release(database, made_up.release(pending=30), made_up.day(20))
    assert [await ranked(None), await ranked(10)] == [30, 20]
    await import_release(database, made_up.release(pending=10), made_up.day(0))
    assert [await ranked(None), await ranked(10), await ranked(0)] == [30, 20, 10]
