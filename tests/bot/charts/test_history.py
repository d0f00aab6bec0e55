"""Every release has its row, in the order of time; only what changed is drawn in full strength."""

from __future__ import annotations

import numpy as np
import pytest

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.boxes import Box
from bot.charts.colours import SERIES
from bot.charts.heading import NO_FIGURES
from bot.charts.history import MAX_EDITIONS, UNCHANGED, EditionBar, HistoryChart, draw_history
from bot.charts.page import HEIGHT, Page
from tests.bot.charts.sketches import HEADING, colours, has, written

BLUE = SERIES[0]
CHINA = (
    EditionBar("10 Nov 2025", "Mid-Year Trends 2025", 178_725, "178,725", hollow=True),
    EditionBar("30 Mar 2026", "Mid-Year Trends 2025, again", 178_725, "178,725 again", hollow=True),
    EditionBar("12 Jun 2026", "Global Trends 2025", 99_716, "99,716", hollow=False),
    EditionBar("25 Jun 2026", "Global Trends 2025, corrected", 99_716, "99,716 again", hollow=False),
)


def edition(number: int, value: float | None, *, hollow: bool = False) -> EditionBar:
    return EditionBar(f"{number} Jun", f"Release {number}", value, f"figure {number}", hollow)


def box_of(page: Page, words: str) -> Box:
    return next(text.box for text in page.texts if text.words == words)


def bar_of(page: Page, picture: bytes, text: str) -> np.ndarray:
    """The pixels of the bar at whose end this text stands, from its first to its last."""
    box = box_of(page, text)
    row = HEIGHT - round((box.bottom + box.top) / 2)
    begins = min(text.box.right for text in page.texts if text.words.startswith(("10 Nov", "1 Jun")))
    pixels = colours(picture)[row, round(begins) + 40 : round(box.left)]
    inked = np.flatnonzero((pixels < 200).any(axis=-1))
    return pixels[inked[0] : inked[-1] + 1] if len(inked) else pixels[:0]


def test_rows_are_in_the_order_of_time_with_the_label_below_the_day(page: Page) -> None:
    draw_history(page, HistoryChart(HEADING, CHINA))
    tops = [box_of(page, words).top for each in CHINA for words in (each.day, each.label)]
    assert tops == sorted(tops, reverse=True)
    for each in CHINA:
        assert abs(box_of(page, each.day).left - box_of(page, each.label).left) < 4


def test_the_label_stands_beside_the_day_where_rows_are_low(page: Page) -> None:
    draw_history(page, HistoryChart(HEADING, tuple(edition(number, number) for number in range(1, 13))))
    for number in range(1, 13):
        day, label = box_of(page, f"{number} Jun"), box_of(page, f"Release {number}")
        assert label.left > day.right
        assert label.bottom < day.top


def test_bars_are_in_proportion(page: Page) -> None:
    picture = draw_history(page, HistoryChart(HEADING, CHINA))
    lengths = {each.value: len(bar_of(page, picture, each.text)) for each in CHINA}
    assert lengths[178_725] / lengths[99_716] == pytest.approx(178_725 / 99_716, rel=0.02)


def test_a_mid_year_figure_is_an_outline(page: Page) -> None:
    chart = HistoryChart(HEADING, CHINA, "30 June 2025")
    picture = draw_history(page, chart)
    assert written(page)[3] == "30 June 2025"
    for each in CHINA:
        assert (bar_of(page, picture, each.text) == 255).all(axis=-1).any() == each.hollow
    draw_history(page, HistoryChart(HEADING, CHINA[2:], "30 June 2025"))
    assert "30 June 2025" not in written(page)


def test_a_repeated_figure_is_paler_and_says_unchanged(page: Page) -> None:
    picture = draw_history(page, HistoryChart(HEADING, CHINA))
    assert [has(bar_of(page, picture, each.text), BLUE) for each in CHINA] == [True, False, True, False]
    assert written(page).count(UNCHANGED) == 2


def test_many_repeated_figures_are_explained_once(page: Page) -> None:
    some = tuple(edition(number, 9) for number in range(1, 12))
    draw_history(page, HistoryChart(HEADING, some))
    assert written(page).count(UNCHANGED) == 1


@pytest.mark.parametrize(
    "second",
    [edition(2, 5), edition(2, 9, hollow=True), EditionBar("2 Jun", "", 9, "figure 2", False, "cases")],
)
def test_another_value_or_period_or_unit_is_no_repetition(page: Page, second: EditionBar) -> None:
    picture = draw_history(page, HistoryChart(HEADING, (edition(1, 9), second)))
    assert UNCHANGED not in written(page)
    assert has(bar_of(page, picture, "figure 2"), BLUE)


def test_a_figure_that_comes_back_after_a_gap_is_no_repetition(page: Page) -> None:
    chart = HistoryChart(HEADING, (edition(1, 9), EditionBar("2 Jun", "", None, "", False), edition(3, 9)))
    picture = draw_history(page, chart)
    assert UNCHANGED not in written(page)
    assert NOT_PUBLISHED in written(page)
    assert len(bar_of(page, picture, NOT_PUBLISHED)) == 0


def test_two_releases_that_published_nothing_are_not_called_unchanged(page: Page) -> None:
    draw_history(page, HistoryChart(HEADING, (edition(1, 9), edition(2, None), edition(3, None))))
    assert UNCHANGED not in written(page)


def test_a_zero_is_no_bar_but_its_words(page: Page) -> None:
    picture = draw_history(page, HistoryChart(HEADING, (edition(1, 9), edition(2, 0))))
    assert len(bar_of(page, picture, "figure 2")) == 0
    assert NOT_PUBLISHED not in written(page)


def test_of_more_releases_than_rows_the_newest_are_drawn(page: Page) -> None:
    some = tuple(edition(number, 9) for number in range(1, 16))
    picture = draw_history(page, HistoryChart(HEADING, some))
    assert sum(words.startswith("Release") for words in written(page)) == MAX_EDITIONS
    assert "3 earlier, not shown" in written(page)
    assert "Release 15" in written(page)
    assert not has(colours(picture), BLUE), "the first row repeats one that is not shown"


@pytest.mark.parametrize("some", [(), (edition(1, None),) * 3])
def test_without_figures_the_page_says_so(page: Page, some: tuple[EditionBar, ...]) -> None:
    draw_history(page, HistoryChart(HEADING, some))
    assert written(page)[3:] == [NO_FIGURES]


def test_twelve_releases_make_a_small_file(page: Page) -> None:
    some = tuple(
        EditionBar(
            f"{10 + number} Nov 2025", "Global Trends 2025, corrected", 99_716 + number % 5, "99,716", False
        )
        for number in range(12)
    )
    assert len(draw_history(page, HistoryChart(HEADING, some))) < 40_000


def test_persons_and_cases_of_a_large_country_are_not_cut_short(page: Page) -> None:
    both = "2,505,045 persons and 291,558 cases"
    rows = tuple(
        EditionBar(f"{day} Jun 2026", "Global Trends 2025", 2_505_045, both, hollow=False) for day in (12, 25)
    )
    draw_history(page, HistoryChart(HEADING, rows))
    assert [text.words for text in page.texts].count(both) == 2
