"""A comparison shows where each figure stood and where it went, and what is missing on either side."""

from __future__ import annotations

import numpy as np
import pytest

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.before_after import MAX_MOVES, OWN_SCALES, BeforeAfterChart, BeforeAfterRow, draw_before_after
from bot.charts.boxes import Box
from bot.charts.colours import INK, MUTED, SERIES
from bot.charts.heading import NO_FIGURES
from bot.charts.page import HEIGHT, WIDTH, Page
from bot.charts.subjects import Heading
from tests.bot.charts.sketches import HEADING, SOURCE, colours, has, written

CANADA = (
    BeforeAfterRow("Decisions", 199_610, 96_789, "199,610 → 96,789"),
    BeforeAfterRow("Recognised", 107_690, 52_831, "107,690 → 52,831"),
    BeforeAfterRow("Rejected", 55_892, 26_166, "55,892 → 26,166"),
    BeforeAfterRow("Otherwise closed", 36_028, 17_792, "36,028 → 17,792"),
    BeforeAfterRow("Applications, all stages", 125_383, 133_910, "125,383 → 133,910"),
)
PALE = (178, 213, 235)
LONG = "United Kingdom of Great Britain and Northern Ireland · Complementary protection"


def compare(*moves: BeforeAfterRow) -> BeforeAfterChart:
    return BeforeAfterChart(HEADING, moves, "12 Jun 2026", "25 Jun 2026")


def box_of(page: Page, words: str) -> Box:
    return next(text.box for text in page.texts if text.words == words)


def strip_of(page: Page, picture: bytes, words: str) -> np.ndarray:
    """The pixels of the picture in the row of these words, without any letters."""
    box = box_of(page, words)
    row = HEIGHT - round((box.bottom + box.top) / 2)
    around = Box(0, box.bottom, WIDTH, box.top)
    names = [text.box for text in page.texts if text.box.touches(around)]
    left = max((name.right for name in names if name.right < WIDTH / 2), default=0)
    right = min((name.left for name in names if name.right > WIDTH / 2), default=WIDTH)
    return colours(picture)[row - 12 : row + 12, round(left) : round(right)]


def places(strip: np.ndarray, ink: str) -> np.ndarray:
    """The columns of a strip in which this ink is."""
    return np.flatnonzero((strip == tuple(bytes.fromhex(ink[1:]))).all(axis=-1).any(axis=0))


def centre(page: Page, picture: bytes, move: BeforeAfterRow) -> float:
    """Of the mark that says after."""
    box = box_of(page, move.label)
    found = places(strip_of(page, picture, move.label), SERIES[0])
    return float(box.right + (found[0] + found[-1]) / 2)


def test_each_row_has_its_name_on_the_left_and_its_words_on_the_right_edge(page: Page) -> None:
    draw_before_after(page, compare(*CANADA))
    assert written(page)[3:5] == ["12 Jun 2026", "25 Jun 2026"]
    names = [box_of(page, move.label) for move in CANADA]
    words = [box_of(page, move.text) for move in CANADA]
    assert len({box.right for box in names}) == 1
    assert len({box.right for box in words}) == 1
    assert words[0].right > WIDTH - 35
    assert [box.top for box in names] == sorted((box.top for box in names), reverse=True)


def test_the_filled_marks_stand_in_proportion_to_the_figures_of_after(page: Page) -> None:
    zero = BeforeAfterRow("Nothing", 0, 0, "0 → 0")
    alike = [move for move in CANADA if move.after and max(move.before or 0, move.after) > 50_000]
    picture = draw_before_after(page, compare(*alike, zero))
    start = centre(page, picture, zero)
    per_pixel = [move.after / (centre(page, picture, move) - start) for move in alike if move.after]
    assert len(per_pixel) > 2
    assert max(per_pixel) / min(per_pixel) < 1.03
    assert OWN_SCALES not in written(page)


def test_a_small_row_beside_a_large_one_shows_its_change_on_a_scale_of_its_own(page: Page) -> None:
    """On one scale, the fall of one by half would be two pixels."""
    zero = BeforeAfterRow("Nothing", 0, 0, "0 → 0")
    world = BeforeAfterRow("All", 2_500_000, 1_250_000, "2,500,000 → 1,250,000")
    small = BeforeAfterRow("Canada", 16_000, 8_000, "16,000 → 8,000")
    picture = draw_before_after(page, compare(world, small, zero))
    start = centre(page, picture, zero)
    assert centre(page, picture, world) == pytest.approx(centre(page, picture, small), abs=1)
    assert centre(page, picture, small) - start > 100
    assert OWN_SCALES in written(page)


def test_before_is_a_ring_and_after_a_disc_and_the_way_between_them_pale(page: Page) -> None:
    picture = draw_before_after(page, compare(BeforeAfterRow("Decisions", 100, 50, "")))
    strip = strip_of(page, picture, "Decisions")
    disc, ring = places(strip, SERIES[0]), places(strip, MUTED)
    ring = ring[ring > disc[-1]]
    between = strip[12, disc[-1] + 4 : ring[0] - 4]
    assert len(between) > 100
    assert (np.abs(between.astype(int) - PALE) < 12).all()
    assert (strip[12, (ring[0] + ring[-1]) // 2] == 255).all()


def test_a_rim_of_before_is_seen_around_an_equal_after(page: Page) -> None:
    picture = draw_before_after(
        page, compare(BeforeAfterRow("Decisions", 100, 100, ""), BeforeAfterRow("Rejected", 200, 100, ""))
    )
    strip = strip_of(page, picture, "Decisions")
    disc, ring = places(strip, SERIES[0]), places(strip, MUTED)
    assert ring[ring > disc[0] - 8][0] < disc[0] < disc[-1] < ring[-1]


@pytest.mark.parametrize(("before", "after", "ink"), [(None, 50, MUTED), (50, None, SERIES[0])])
def test_a_figure_that_was_not_published_has_no_mark(
    page: Page, before: float | None, after: float | None, ink: str
) -> None:
    whole = BeforeAfterRow("Decisions", 100, 100, "")
    half = BeforeAfterRow("Rejected", before, after, "half")
    picture = draw_before_after(page, compare(whole, half))
    strip = strip_of(page, picture, "Rejected")
    axis = 40
    assert has(strip_of(page, picture, "Decisions")[:, axis:], ink)
    assert not has(strip[:, axis:], ink)
    assert "half" in written(page)


def test_a_row_without_figures_says_so_and_has_no_marks(page: Page) -> None:
    picture = draw_before_after(page, compare(*CANADA, BeforeAfterRow("Chad", None, None, "")))
    assert NOT_PUBLISHED in written(page)
    strip = strip_of(page, picture, "Chad")
    assert not has(strip, SERIES[0])
    assert not has(strip, INK)


def test_a_zero_is_a_mark_on_the_axis(page: Page) -> None:
    picture = draw_before_after(
        page, compare(BeforeAfterRow("Decisions", 0, 100, "0 → 100"), BeforeAfterRow("Nothing", 0, 0, "0"))
    )
    strip = strip_of(page, picture, "Nothing")
    axis = box_of(page, "0")
    assert has(strip, SERIES[0])
    assert abs(centre(page, picture, BeforeAfterRow("Nothing", 0, 0, "0")) - (axis.left + axis.right) / 2) < 3


def test_cases_are_hatched_and_named_where_persons_are_too(page: Page) -> None:
    persons, cases = BeforeAfterRow("Egypt", 100, 50, ""), BeforeAfterRow("USA", 100, 50, "", "cases")
    picture = draw_before_after(page, compare(persons, cases))
    assert written(page)[3:7] == ["12 Jun 2026", "25 Jun 2026", "persons", "cases"]
    solid, hatched = (strip_of(page, picture, name)[12] for name in ("Egypt", "USA"))
    middle = slice(len(solid) // 2, len(solid) * 3 // 4)
    assert len(np.unique(solid[middle], axis=0)) < len(np.unique(hatched[middle], axis=0))
    for alone in (persons, cases):
        draw_before_after(page, compare(alone, BeforeAfterRow("Spain", None, None, "")))
        assert not {"persons", "cases"} & set(written(page))


@pytest.mark.parametrize("moves", [(), (BeforeAfterRow("Egypt", None, None, "none"),) * 3])
def test_without_figures_the_page_says_so(page: Page, moves: tuple[BeforeAfterRow, ...]) -> None:
    draw_before_after(page, compare(*moves))
    assert written(page)[3:] == [NO_FIGURES]


def test_rows_beyond_the_tenth_are_counted(page: Page) -> None:
    moves = tuple(BeforeAfterRow(f"Country {number}", 9, number, "") for number in range(13))
    draw_before_after(page, compare(*moves))
    assert sum(words.startswith("Country") for words in written(page)) == MAX_MOVES
    assert "and 3 more, not shown" in written(page)


@pytest.mark.parametrize("rows", [1, 10])
def test_a_long_name_takes_two_lines_or_ends_in_an_ellipsis(page: Page, rows: int) -> None:
    draw_before_after(page, compare(*(BeforeAfterRow(LONG, 9, 5, f"{number}") for number in range(rows))))
    beginnings = [words for words in written(page) if words.startswith("United Kingdom")]
    assert len(beginnings) == rows
    assert all(words.endswith("…") == (rows == 10) for words in beginnings)


def test_few_values_are_marked_on_the_axis_and_none_between_whole_ones(page: Page) -> None:
    draw_before_after(page, compare(BeforeAfterRow("Egypt", 2, 1, "2 → 1")))
    assert written(page)[5:8] == ["0", "1", "2"]
    draw_before_after(
        page, compare(BeforeAfterRow("Canada", 199_610, 96_789, ""), BeforeAfterRow("Chad", 60_000, 5, ""))
    )
    assert [words for words in written(page) if words.endswith("k")] == ["50k", "100k", "150k"]


def test_a_full_page_is_small(page: Page) -> None:
    heading = Heading("Canada’s decisions for 2025 were halved", "Figures for asylum Canada, 2025", SOURCE)
    moves = tuple(
        BeforeAfterRow(LONG, number, 10 + number, move.text) for number, move in enumerate(CANADA * 2)
    )
    assert (
        len(draw_before_after(page, BeforeAfterChart(heading, moves, "12 Jun 2026", "25 Jun 2026"))) < 40_000
    )
