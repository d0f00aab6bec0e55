"""Where charts are drawn: one thread, one page, and the pictures that were asked for lately."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Self, assert_never

from bot.charts.bars import BarChart, draw_bars
from bot.charts.before_after import BeforeAfterChart, draw_before_after
from bot.charts.columns import StackChart, draw_stack
from bot.charts.decisions import DecisionsChart, draw_decisions
from bot.charts.history import HistoryChart, draw_history
from bot.charts.lines import LineChart, draw_lines
from bot.charts.map import MapChart, draw_map
from bot.charts.overview import Overview, draw_overview
from bot.charts.page import Page
from bot.languages import Language, spoken, use

Chart = (
    LineChart | BarChart | Overview | BeforeAfterChart | HistoryChart | DecisionsChart | StackChart | MapChart
)
"""Every subject; its `PICTURE` says what kind of picture it is to those who hear it."""


def draw_chart(page: Page, chart: Chart) -> bytes:
    """Draw whatever it is; return it as a PNG."""
    match chart:
        case LineChart():
            return draw_lines(page, chart)
        case BarChart():
            return draw_bars(page, chart)
        case Overview():
            return draw_overview(page, chart)
        case BeforeAfterChart():
            return draw_before_after(page, chart)
        case HistoryChart():
            return draw_history(page, chart)
        case StackChart():
            return draw_stack(page, chart)
        case DecisionsChart():
            return draw_decisions(page, chart)
        case MapChart():
            return draw_map(page, chart)
        case _:
            assert_never(chart)


_Wanted = tuple[Language, Chart]
"""A subject has finished words, but the marks of its axes and what stands where nothing is do not."""

_KEPT_PICTURES = 96
"""About 30 KB each."""
_CLOSED = "The studio is closed: open it with `async with Studio()`."


class Studio:
    """Draws charts away from the event loop; `async with Studio() as studio` opens and closes it.

    A second thread would not draw faster, as drawing holds the interpreter's lock most of the time.
    `drawings`, `seconds` and `repeats` say how many were drawn, how long it took, how many were kept.
    """

    def __init__(self, kept: int = _KEPT_PICTURES) -> None:
        self._most = kept
        self._kept: OrderedDict[_Wanted, bytes] = OrderedDict()
        self._asked: dict[_Wanted, asyncio.Future[bytes]] = {}
        self._hand: ThreadPoolExecutor | None = None
        self._page: Page | None = None
        self.drawings = self.repeats = 0
        self.seconds = 0.0

    async def __aenter__(self) -> Self:
        """Take on the drawing thread and load the fonts."""
        self._hand = ThreadPoolExecutor(max_workers=1, thread_name_prefix="studio")
        self._page = await asyncio.get_running_loop().run_in_executor(self._hand, Page)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Let the picture at hand be finished; those still waiting are cancelled."""
        hand, self._hand = self._hand, None
        if hand is not None:
            await asyncio.to_thread(hand.shutdown, wait=True, cancel_futures=True)

    async def draw(self, chart: Chart) -> bytes:
        """The chart as a PNG of 1200 × 675 pixels, drawn once however many ask for it.

        What goes wrong in drawing reaches every asker as it was raised, and nothing of it is kept.
        """
        wanted = spoken(), chart
        picture = self._kept.get(wanted)
        if picture is not None:
            self._kept.move_to_end(wanted)
            self.repeats += 1
            return picture
        asked = self._asked.get(wanted)
        if asked is None:
            if self._hand is None:
                raise RuntimeError(_CLOSED)
            asked = asyncio.get_running_loop().run_in_executor(self._hand, self._picture, *wanted)
            self._asked[wanted] = asked
            asked.add_done_callback(lambda drawn: self._keep(wanted, drawn))
        # One asker who leaves must not take the picture from the others.
        return await asyncio.shield(asked)

    def _keep(self, wanted: _Wanted, drawn: asyncio.Future[bytes]) -> None:
        del self._asked[wanted]
        if drawn.cancelled() or drawn.exception() is not None:
            return
        self._kept[wanted] = drawn.result()
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def _picture(self, language: Language, chart: Chart) -> bytes:
        """On the drawing thread, which does not know what is spoken elsewhere."""
        began = time.perf_counter()
        try:
            if self._page is None:
                raise RuntimeError(_CLOSED)
            with use(language):
                return draw_chart(self._page, chart)
        finally:
            self.drawings += 1
            self.seconds += time.perf_counter() - began
