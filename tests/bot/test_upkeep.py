"""A bot that runs keeps up with UNHCR, and goes on when that fails."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.upkeep import keep_synced
from data.doubt import Doubt, Why
from data.errors import BadRelease, Phrase, SourceUnavailable
from data.model import Dataset, ReferencePeriod, Release, RowFault, Unread
from data.releases.imports import Imported
from data.releases.sync import Synced
from data.store.database import Database
from tests.data.syncing import keeping_up
from tests.releases import build_empty
from tests.unhcr_tables import make_up

AT = datetime(2026, 6, 25, tzinfo=UTC)
RELEASE = Release(1, AT, "Global Trends 2025", 2025, ReferencePeriod.YEAR_END)
NOTHING = Synced(AT, None, Phrase("totals-of-last-sync"))
NEWS = Synced(AT, Imported(RELEASE, 3, 3))
DOUBT = Synced(AT, Imported(RELEASE, 0, 0, Doubt(Why.ROWS, 1000, 500, Dataset.APPLICATIONS)))
DOWN = SourceUnavailable("api-refused", status=500, address="x")
MINUTE, DAY = 60, 86_400


class Scripted:
    """A sync that ends as it is told, and a sleep that ends the test when the script does."""

    def __init__(self, script: Iterable[Synced | Exception]) -> None:
        self.script = list(script)
        self.slept: list[float] = []

    async def run(self) -> Synced:
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return step

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        if not self.script:
            raise asyncio.CancelledError


async def play(*script: Synced | Exception) -> tuple[list[float], list[tuple[str, str]]]:
    scripted = Scripted(script)
    with capture_logs() as events, pytest.raises(asyncio.CancelledError):
        await keep_synced(scripted, scripted.sleep)  # type: ignore[arg-type] # it only runs
    return scripted.slept, [(event["log_level"], event["event"]) for event in events]


async def test_missing_notes_are_one_warning_beside_the_release() -> None:
    _, told = await play(Synced(AT, NEWS.imported, notes_fault=Phrase("api-answered", status=404)))
    assert told == [
        ("warning", "UNHCR's notes were not all taken; those kept before stay"),
        ("info", "a release was published"),
    ]


async def test_it_syncs_at_the_start_and_then_daily() -> None:
    slept, told = await play(NEWS, NOTHING, NOTHING)
    assert slept == [DAY, DAY, DAY]
    assert told == [
        ("info", "a release was published"),
        ("info", "UNHCR has nothing new"),
        ("info", "UNHCR has nothing new"),
    ]


async def test_after_a_failure_it_waits_longer_each_time_and_at_most_six_hours() -> None:
    slept, told = await play(*[DOWN] * 9)
    assert slept == [MINUTE * each for each in (5, 10, 20, 40, 80, 160, 320, 360, 360)]
    assert {*told} == {("warning", "the sync failed")}


async def test_after_a_success_it_is_patient_anew() -> None:
    slept, _ = await play(DOWN, DOWN, NOTHING, DOWN)
    assert slept == [5 * MINUTE, 10 * MINUTE, DAY, 5 * MINUTE]


async def test_a_bug_is_logged_with_its_traceback_and_the_bot_goes_on() -> None:
    slept, told = await play(RuntimeError("a bug"), NEWS)
    assert slept == [5 * MINUTE, DAY]
    assert told[0] == ("error", "the sync broke, which is a fault of the program")


async def test_a_release_in_quarantine_is_an_error_that_says_why() -> None:
    scripted = Scripted([DOUBT])
    with capture_logs() as events, pytest.raises(asyncio.CancelledError):
        await keep_synced(scripted, scripted.sleep)  # type: ignore[arg-type] # it only runs
    assert events == [
        {
            "event": "a release is in quarantine",
            "why": ("of 1,000 applications rows in the release next to it, this one has only 500"),
            "act": (
                "check it against UNHCR's own page, then “python -m bot publish 2026-06-25”"
                " or “python -m bot reject 2026-06-25”"
            ),
            "log_level": "error",
        }
    ]


async def test_what_is_refused_for_its_content_is_told_once_and_hardly_ever_fetched(tmp_path: Path) -> None:
    """A month with a table that has a row twice: five downloads where there were 126, and one error."""
    path = tmp_path / "asylum.sqlite3"
    build_empty(path)
    tables = make_up(share=0.9)
    rows = tables.rows[Dataset.APPLICATIONS]
    async with (
        Database(path) as database,
        keeping_up(database, tables.changed(Dataset.APPLICATIONS, [*rows, rows[-1]])) as keeper,
    ):
        keeper.now = AT + timedelta(days=10)
        end = keeper.now + timedelta(days=30)

        async def sleep(seconds: float) -> None:
            keeper.now += timedelta(seconds=seconds)
            if keeper.now > end:
                raise asyncio.CancelledError

        with capture_logs() as events, pytest.raises(asyncio.CancelledError):
            await keep_synced(keeper.make(), sleep)
        counts = [
            a for a in keeper.double.asked if a.endpoint == "population" and a.query.get("limit") == "1"
        ]
    assert len(counts) == 5
    (told,) = [event for event in events if event["log_level"] != "info"]
    assert (told["log_level"], told["event"]) == ("error", "UNHCR's figures were refused")
    assert "this row came before" in told["why"]
    assert "python -m bot sync --whole" in told["act"]


async def test_the_same_refusal_is_an_error_once_and_waits_a_day() -> None:
    slept, told = await play(
        *[BadRelease("rows-twice", dataset="x")] * 3, BadRelease("rows-twice", dataset="y")
    )
    assert slept == [DAY] * 4
    assert [level for level, _ in told] == ["error", "info", "info", "error"]


async def test_odd_rows_and_new_fields_are_named() -> None:
    odd = Unread(106080, RowFault.CODE, "0", "2023,Türkiye,TUR,TUR,Canada,CAN,CAN,G,R,0,P,5")
    imported = Imported(RELEASE, 3, 3, None, {Dataset.APPLICATIONS: [odd]})
    scripted = Scripted([Synced(AT, imported, unknown=["population: demographics"])])
    with capture_logs() as events, pytest.raises(asyncio.CancelledError):
        await keep_synced(scripted, scripted.sleep)  # type: ignore[arg-type] # it only runs
    row = "2023,Türkiye,TUR,TUR,Canada,CAN,CAN,G,R,0,P,5"
    why = f"asylum-applications, line 106080: “0” is not a code that UNHCR uses: {row}"
    assert [(e["log_level"], e.get("row", e.get("field"))) for e in events] == [
        ("warning", "population: demographics"),
        ("warning", why),
        ("info", None),
    ]
