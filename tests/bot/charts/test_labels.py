"""Remarks stand near their points, hide nothing, and the important ones go first."""

from __future__ import annotations

import numpy as np

from bot.charts.colours import GRID, SERIES
from bot.charts.lines import LineChart, draw_lines
from bot.charts.page import HEIGHT, Page
from bot.charts.subjects import Callout
from tests.bot.charts.sketches import CHINA, HEADING, colours, has, line, written


def chart(*callouts: Callout, values: dict[int, float | None] | None = None) -> LineChart:
    return LineChart(HEADING, (line("China", values or dict(CHINA)),), callouts=callouts)


def test_a_remark_stands_over_its_point(page: Page) -> None:
    draw_lines(page, chart(Callout(0, 2022, "peak"), values={2020: 1, 2021: 2, 2022: 9, 2023: 2, 2024: 1}))
    boxes = {text.words: text.box for text in page.texts}
    year, remark = boxes["2022"], boxes["peak"]
    assert remark.left < (year.left + year.right) / 2 < remark.right
    assert remark.bottom > boxes["China"].top


def test_at_one_point_the_first_remark_has_the_nearest_place(page: Page) -> None:
    draw_lines(page, chart(*(Callout(0, 2021, f"remark {number}") for number in range(9))))
    assert written(page)[-1] != "remark 8"
    placed = [text for text in written(page) if text.startswith("remark")]
    assert placed[0] == "remark 0"
    assert placed == sorted(placed)
    assert 0 < len(placed) < 9


def test_remarks_on_years_without_a_figure_are_left_out(page: Page) -> None:
    values = {2020: 5, 2021: None, 2022: 7}
    draw_lines(page, chart(Callout(0, 2021, "missing"), Callout(0, 1999, "unknown"), values=values))
    assert not {"missing", "unknown"} & set(written(page))


def under(page: Page, pixels: np.ndarray) -> list[np.ndarray]:
    """The pixels of this picture where the page has remarks."""
    boxes = [text.box for text in page.texts if text.words.startswith("in the year")]
    return [pixels[HEIGHT - int(b.top) : HEIGHT - int(b.bottom), int(b.left) : int(b.right)] for b in boxes]


def test_no_remark_lies_on_a_line(page: Page) -> None:
    zigzag = {year: float(year % 2 * 100) for year in range(1990, 2025)}
    bare = colours(draw_lines(page, chart(Callout(0, 1800, "nothing to remark"), values=zigzag)))
    draw_lines(page, chart(*(Callout(0, year, f"in the year {year}") for year in zigzag), values=zigzag))
    assert under(page, bare)
    assert not any(has(pixels, SERIES[0]) for pixels in under(page, bare))


def test_the_grid_gives_way_to_a_remark(page: Page) -> None:
    peak = {2019: 5.0, 2020: 5.0, 2021: 75.0, 2022: 5.0, 2023: 100.0}
    bare = colours(draw_lines(page, chart(Callout(0, 1800, "nothing to remark"), values=peak)))
    remarked = colours(draw_lines(page, chart(Callout(0, 2021, "in the year 2021"), values=peak)))
    assert [has(pixels, GRID) for pixels in under(page, bare)] == [True]
    assert [has(pixels, GRID) for pixels in under(page, remarked)] == [False]
