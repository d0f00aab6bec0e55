"""The studio draws each picture once, in its own thread, for all who ask."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest

from bot.charts.bars import Bar, BarChart
from bot.charts.before_after import BeforeAfterChart, BeforeAfterRow
from bot.charts.history import EditionBar, HistoryChart
from bot.charts.lines import LineChart
from bot.charts.overview import Overview
from bot.charts.page import Page
from bot.charts.studio import Chart, Studio, draw_chart
from bot.languages import Language
from tests.bot.charts.sketches import CHINA, HEADING, line

CHINESE = LineChart(HEADING, (line("China", dict(CHINA)),))


def chart(number: int) -> BarChart:
    return BarChart(HEADING, (Bar("Egypt", number, str(number)),))


class WatchedStudio(Studio):
    """Notes what is drawn and where, and waits with every picture until it may go on."""

    def __init__(self, kept: int = 256) -> None:
        super().__init__(kept)
        self.drawn: list[Chart] = []
        self.begun = threading.Semaphore(0)
        self.threads: set[str] = set()
        self.may_go_on = threading.Event()
        self.may_go_on.set()

    def _picture(self, language: Language, chart: Chart) -> bytes:
        self.drawn.append(chart)
        self.begun.release()
        self.threads.add(threading.current_thread().name)
        assert self.may_go_on.wait(20)
        return super()._picture(language, chart)


class BurningStudio(Studio):
    """Fails with the same error every time."""

    error = ZeroDivisionError("the ink has dried")
    attempts = 0

    def _picture(self, language: Language, chart: Chart) -> bytes:
        self.attempts += 1
        raise self.error


@pytest.fixture
async def studio() -> AsyncIterator[WatchedStudio]:
    async with WatchedStudio() as opened:
        yield opened
        opened.may_go_on.set()


async def begun(studio: WatchedStudio) -> None:
    """Wait until the next picture is begun."""
    assert await asyncio.to_thread(studio.begun.acquire, timeout=300)


async def test_every_kind_of_chart_is_drawn(studio: WatchedStudio, page: Page) -> None:
    subjects = (
        CHINESE,
        chart(1),
        Overview(HEADING, "", CHINESE.lines, "", chart(1).bars),
        BeforeAfterChart(HEADING, (BeforeAfterRow("Decisions", 2, 1, "2 → 1"),), "before", "after"),
        HistoryChart(HEADING, (EditionBar("25 Jun 2026", "", 1, "1", hollow=False),)),
    )
    for subject in subjects:
        assert await studio.draw(subject) == draw_chart(page, subject)


async def test_an_equal_chart_is_not_drawn_again(studio: WatchedStudio) -> None:
    first = await studio.draw(chart(1))
    assert await studio.draw(chart(1)) is first
    assert await studio.draw(chart(2)) != first
    assert studio.drawn == [chart(1), chart(2)]


async def test_askers_at_the_same_time_get_one_picture(studio: WatchedStudio) -> None:
    studio.may_go_on.clear()
    askers = [asyncio.create_task(studio.draw(chart(1))) for _ in range(20)]
    await begun(studio)
    studio.may_go_on.set()
    assert len(set(await asyncio.gather(*askers))) == 1
    assert studio.drawn == [chart(1)]


async def test_only_one_thread_draws_and_it_is_not_the_loop_s(studio: WatchedStudio) -> None:
    await asyncio.gather(*(studio.draw(chart(number)) for number in range(8)))
    assert len(studio.threads) == 1
    assert threading.current_thread().name not in studio.threads


async def test_the_loop_goes_on_while_a_picture_is_drawn(studio: WatchedStudio) -> None:
    studio.may_go_on.clear()
    asker = asyncio.create_task(studio.draw(chart(1)))
    await begun(studio)
    assert not asker.done()
    studio.may_go_on.set()
    assert (await asker).startswith(b"\x89PNG")


async def test_an_asker_who_leaves_takes_nothing_from_the_others(studio: WatchedStudio) -> None:
    studio.may_go_on.clear()
    leaves, stays = (asyncio.create_task(studio.draw(chart(1))) for _ in range(2))
    await begun(studio)
    leaves.cancel()
    with pytest.raises(asyncio.CancelledError):
        await leaves
    studio.may_go_on.set()
    assert (await stays).startswith(b"\x89PNG")


async def test_a_picture_nobody_waits_for_any_more_is_kept_all_the_same(studio: WatchedStudio) -> None:
    studio.may_go_on.clear()
    asker = asyncio.create_task(studio.draw(chart(1)))
    await begun(studio)
    asker.cancel()
    await asyncio.wait([asker])
    studio.may_go_on.set()
    assert (await studio.draw(chart(1))).startswith(b"\x89PNG")
    assert studio.drawn == [chart(1)]


async def test_the_picture_asked_for_longest_ago_is_given_up_first() -> None:
    async with WatchedStudio(kept=2) as studio:
        for number in (1, 2, 1, 3, 1, 2):
            await studio.draw(chart(number))
        assert studio.drawn == [chart(1), chart(2), chart(3), chart(2)]


async def test_an_error_reaches_every_asker_as_it_was_and_is_not_kept(unheard: list[object]) -> None:
    async with BurningStudio() as studio:
        failures = await asyncio.gather(studio.draw(chart(1)), studio.draw(chart(1)), return_exceptions=True)
        assert failures == [studio.error, studio.error]
        assert studio.attempts == 1
        with pytest.raises(ZeroDivisionError, match="the ink has dried"):
            await studio.draw(chart(1))
        assert studio.attempts == 2
    assert unheard == []


async def test_a_failure_leaves_the_page_ready_for_the_next_picture(studio: WatchedStudio) -> None:
    broken = BarChart(HEADING, ("no bar",))  # type: ignore[arg-type]
    with pytest.raises(AttributeError):
        await studio.draw(broken)
    assert await studio.draw(chart(1)) == await studio.draw(chart(1))


async def test_closing_finishes_the_picture_at_hand_and_cancels_those_waiting() -> None:
    studio = WatchedStudio()
    await studio.__aenter__()
    studio.may_go_on.clear()
    at_hand, waiting = (asyncio.create_task(studio.draw(chart(number))) for number in (1, 2))
    await begun(studio)
    closing = asyncio.create_task(studio.__aexit__(None, None, None))
    await asyncio.sleep(0.01)
    studio.may_go_on.set()
    await closing
    assert (await at_hand).startswith(b"\x89PNG")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert studio.drawn == [chart(1)]


async def test_a_closed_studio_draws_nothing_and_says_how_to_open_it() -> None:
    studio = Studio()
    with pytest.raises(RuntimeError, match="async with Studio"):
        await studio.draw(chart(1))
    async with studio:
        kept = await studio.draw(chart(1))
    with pytest.raises(RuntimeError, match="async with Studio"):
        await studio.draw(chart(2))
    assert await studio.draw(chart(1)) == kept
