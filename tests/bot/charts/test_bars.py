"""Bars are as long as their values, and persons are never taken for cases."""

from __future__ import annotations

import numpy as np
import pytest

from bot.charts.bars import NOT_PUBLISHED, Bar, BarChart, draw_bars
from bot.charts.colours import SERIES
from bot.charts.heading import NO_FIGURES
from bot.charts.page import HEIGHT, Page
from tests.bot.charts.sketches import HEADING, colours, has, written

BLUE = tuple(bytes.fromhex(SERIES[0][1:]))
LEGEND = (("persons", "counted in persons"), ("cases", "counted in cases"), ("muted", "all others"))


def row_of(page: Page, picture: bytes, words: str) -> np.ndarray:
    """The pixels of the row in which these words stand."""
    box = next(text.box for text in page.texts if text.words == words)
    return colours(picture)[HEIGHT - round((box.bottom + box.top) / 2)]


def blue(row: np.ndarray) -> int:
    return int((row == BLUE).all(axis=-1).sum())


def test_bars_are_in_proportion_and_say_their_values(page: Page) -> None:
    values = {"USA": 729_105, "Egypt": 433_926, "Germany": 229_740, "Greece": 69_000}
    bars = tuple(Bar(name, value, f"{value:,}") for name, value in values.items())
    picture = draw_bars(page, BarChart(HEADING, bars))
    per_pixel = {value / blue(row_of(page, picture, name)) for name, value in values.items()}
    assert max(per_pixel) / min(per_pixel) < 1.02
    assert written(page)[3:] == [words for bar in bars for words in (bar.label, bar.text)]


def test_a_bar_that_is_not_published_is_words_and_no_bar(page: Page) -> None:
    picture = draw_bars(page, BarChart(HEADING, (Bar("Egypt", 5, "5"), Bar("Türkiye", None, ""))))
    assert NOT_PUBLISHED in written(page)
    assert blue(row_of(page, picture, "Türkiye")) == 0


def test_a_zero_is_no_bar_but_its_words(page: Page) -> None:
    picture = draw_bars(page, BarChart(HEADING, (Bar("Egypt", 5, "5"), Bar("Nauru", 0, "0 claims"))))
    assert "0 claims" in written(page)
    assert NOT_PUBLISHED not in written(page)
    assert blue(row_of(page, picture, "Nauru")) == 0


def test_the_smallest_figure_is_still_seen(page: Page) -> None:
    picture = draw_bars(page, BarChart(HEADING, (Bar("USA", 1e7, "10M"), Bar("Nauru", 1, "1"))))
    assert blue(row_of(page, picture, "Nauru")) >= 2


def test_persons_and_cases_differ_even_in_grey(page: Page) -> None:
    bars = (Bar("Egypt", 100, "100"), Bar("USA", 100, "100 cases", "cases"))
    picture = draw_bars(page, BarChart(HEADING, bars))
    persons, cases = (row_of(page, picture, name) for name in ("Egypt", "USA"))
    places = np.flatnonzero((persons == BLUE).all(axis=-1))[8:-8]
    assert cases[places].mean() - persons[places].mean() > 60
    assert blue(cases[places]) > 20, "cases are hatched, not empty"


def test_the_legend_comes_with_both_persons_and_cases(page: Page) -> None:
    persons, cases = Bar("Egypt", 5, "5"), Bar("USA", 3, "3 cases", "cases")
    draw_bars(page, BarChart(HEADING, (persons, cases), LEGEND))
    assert written(page)[3:5] == ["counted in persons", "counted in cases"]
    for alone in (persons, cases):
        draw_bars(page, BarChart(HEADING, (alone, Bar("Spain", None, "", "cases")), LEGEND))
        assert "counted in persons" not in written(page)


@pytest.mark.parametrize("hollow", [True, False])
def test_a_mid_year_bar_is_an_outline(page: Page, hollow: bool) -> None:
    bars = (Bar("Egypt", 100, "100", hollow=hollow),)
    picture = draw_bars(page, BarChart(HEADING, bars, hollow_note="Jan–Jun 2025"))
    row = row_of(page, picture, "Egypt")
    places = np.flatnonzero((row == BLUE).all(axis=-1))
    assert (row[places[0] : places[-1]] == 255).all(axis=-1).any() == hollow
    assert ("Jan–Jun 2025" in written(page)) == hollow


@pytest.mark.parametrize("bars", [(), (Bar("Egypt", None, ""),) * 3])
def test_without_figures_the_page_says_so(page: Page, bars: tuple[Bar, ...]) -> None:
    draw_bars(page, BarChart(HEADING, bars))
    assert written(page)[3:] == [NO_FIGURES]


def test_more_bars_than_the_page_has_room_for_are_counted(page: Page) -> None:
    bars = tuple(Bar(f"Country {number}", 100 - number, str(100 - number)) for number in range(60))
    draw_bars(page, BarChart(HEADING, bars))
    shown = sum(words.startswith("Country") for words in written(page))
    assert 12 <= shown < 60
    assert written(page)[-1] == f"and {60 - shown} more, not shown"


def test_all_names_are_whole_where_few_bars_leave_room_above_them(page: Page) -> None:
    name = "United Kingdom of Great Britain and Northern Ireland"
    few = tuple(Bar(name, number, "") for number in range(1, 8))
    draw_bars(page, BarChart(HEADING, few))
    assert written(page).count(name) == 7


def test_a_long_name_among_many_ends_in_an_ellipsis(page: Page) -> None:
    name = "United Kingdom of Great Britain and Northern Ireland"
    draw_bars(page, BarChart(HEADING, tuple(Bar(name, number, "") for number in range(1, 15))))
    assert all(words.endswith("…") and words[:-1] in name for words in written(page)[3:])


def test_only_the_muted_tone_is_grey(page: Page) -> None:
    bars = (Bar("Egypt", 5, "5"), Bar("Others", 9, "9", "muted"))
    picture = draw_bars(page, BarChart(HEADING, bars))
    assert blue(row_of(page, picture, "Others")) == 0
    assert has(row_of(page, picture, "Others"), "#9A9A9A")


def test_falls_go_to_the_left_of_zero_and_rises_to_the_right(page: Page) -> None:
    values = {"Sudan": -134_367, "Syria": -113_144, "Cuba": 69_589}
    bars = tuple(Bar(name, value, f"{value:+,}") for name, value in values.items())
    picture = draw_bars(page, BarChart(HEADING, bars))
    rows = {name: row_of(page, picture, name) for name in values}
    per_pixel = {abs(value) / blue(rows[name]) for name, value in values.items()}
    assert max(per_pixel) / min(per_pixel) < 1.02
    ends = {name: np.flatnonzero((row == BLUE).all(axis=-1)) for name, row in rows.items()}
    assert ends["Sudan"][-1] == ends["Syria"][-1] == ends["Cuba"][0] - 1
    words = {text.words: text.box for text in page.texts}
    assert words["-134,367"].left > ends["Sudan"][-1]
    assert words["+69,589"].left > ends["Cuba"][-1]
