"""While the bot runs, damage is found at the start and weekly, told once, and named under every answer."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.replies.about import about_embed
from bot.upkeep import EVERY, VERIFIED_AFTER, keep_verified
from bot.words import DAMAGED, say_source
from data.answers import Answers
from data.countries import Atlas
from data.errors import DatabaseUnusable
from data.releases.imports import import_release
from data.releases.verification import verify
from data.store.database import Database
from tests.data.made_up import day, large_release
from tests.releases import build_empty


class Weeks:
    """A sleep in which things happen, one after the other; after the last the bot is stopped."""

    def __init__(self, *happen: str) -> None:
        self.happen = list(happen)
        self.slept: list[float] = []

    async def __call__(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.happen:
            raise asyncio.CancelledError
        statement = self.happen.pop(0)
        if statement:
            async with self.database.writing() as connection:
                await connection.execute(statement)

    database: Database


async def run(database: Database, *happen: str) -> tuple[list[float], list[dict[str, object]]]:
    weeks = Weeks(*happen)
    weeks.database = database
    with capture_logs() as events, pytest.raises(asyncio.CancelledError):
        await keep_verified(database, weeks)
    return weeks.slept, [dict(event) for event in events]


DAMAGE = "UPDATE rollup SET pending = pending + 1 WHERE origin = '*'"
MORE = "DELETE FROM change"


async def test_damage_is_told_once_at_error_with_what_to_do_and_more_of_it_again(
    path: Path, atlas: Atlas
) -> None:
    async with Database(path) as database:
        for number in range(2):
            await import_release(database, large_release(300, 1 + number), day(number))
        slept, events = await run(database, "", DAMAGE, "", MORE, "")
        assert slept == [VERIFIED_AFTER.total_seconds(), *[EVERY.total_seconds()] * 5]
        assert [event["log_level"] for event in events] == ["error", "error"]
        assert "python -m bot verify" in str(events[0]["act"])
        assert "rollups" in str(events[0]["damaged"])

        answers = Answers(database, atlas)
        holdings = await answers.holdings()
        told = about_embed(holdings).description or ""
        (damaged,) = [line for line in told.splitlines() if line.startswith("**⚠️ Damaged**: ")]
        affected = [each for each in holdings.releases if each.damaged]
        assert [each.retrieved_at for each in affected] == [day(0), day(1)]
        for each in affected:
            assert each.label in damaged
            assert say_source(each).endswith(DAMAGED)

        assert (await verify(database, lambda release: None)).sound
        assert not any(each.damaged for each in (await answers.holdings()).releases)
        assert await run(database, "") == ([VERIFIED_AFTER.total_seconds(), EVERY.total_seconds()], [])


async def test_a_verification_that_fails_is_told_and_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Database(path) as database:

        def fail() -> None:
            raise DatabaseUnusable("database-in-use", path="asylum.sqlite3")

        monkeypatch.setattr(database, "reading_aside", fail)
        slept, events = await run(database, "", "")
    assert len(slept) == 3
    assert {(event["log_level"], event["why"]) for event in events} == {
        ("error", "asylum.sqlite3 is in use by another process; try again when it is done.")
    }


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database without any release."""
    path = tmp_path / "asylum.sqlite3"
    build_empty(path)
    return path


@pytest.fixture(scope="module")
def atlas() -> Atlas:
    return Atlas.load()
