"""What a page is told to draw stands where it was told to."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from bot.charts.boxes import Box
from bot.charts.colours import INK, SERIES
from bot.charts.page import HEIGHT, WIDTH, Page
from tests.bot.charts.sketches import colours, has

BLUE, ORANGE = SERIES[:2]


def inked(page: Page) -> Box:
    """The box of everything that is not white."""
    marked = (colours(page.png()) != 255).any(axis=-1)
    rows, columns = np.flatnonzero(marked.any(axis=1)), np.flatnonzero(marked.any(axis=0))
    return Box(columns[0], HEIGHT - rows[-1] - 1, columns[-1] + 1, HEIGHT - rows[0])


@pytest.mark.parametrize("align", ["left", "centre", "right"])
@pytest.mark.parametrize("words", ["Pending", "1qyÅ", "12,345", "مرحبا"])
def test_the_box_of_words_is_where_their_ink_is(page: Page, words: str, align: str) -> None:
    page.clear()
    box = page.text(600, 300, words, 22, align=align)
    assert inked(page) == box == page.place(600, 300, words, 22, align=align)
    edge = {"left": box.left, "centre": (box.left + box.right) / 2, "right": box.right}[align]
    assert edge == pytest.approx(600, abs=1)


def test_words_in_the_middle_have_their_capitals_centred(page: Page) -> None:
    page.clear()
    box = page.text(600, 300, "H", 22, middle=True)
    assert (box.bottom + box.top) / 2 == pytest.approx(300, abs=1)


def test_words_beyond_the_edge_are_cut_off(page: Page) -> None:
    for x, y in (
        (-20, 300),
        (WIDTH - 20, 300),
        (600, -4),
        (600, HEIGHT - 4),
        (3 * WIDTH, 0),
        (0, 3 * HEIGHT),
    ):
        page.clear()
        page.text(x, y, "Pending", 32)
        assert colours(page.png()).shape == (HEIGHT, WIDTH, 3)


def test_nothing_is_written_for_no_words(page: Page) -> None:
    page.clear()
    page.text(600, 300, "\x00\n", 22)
    assert page.texts == []
    assert (colours(page.png()) == 255).all()


def test_a_rectangle_fills_its_pixels_and_no_others(page: Page) -> None:
    page.clear()
    page.rect(Box(100, 200, 150, 210), BLUE)
    pixels = colours(page.png())[HEIGHT - 210 : HEIGHT - 200, 100:150]
    assert (pixels == (0x00, 0x72, 0xBC)).all()
    assert inked(page) == Box(100, 200, 150, 210)


def test_a_hatched_area_is_partly_white(page: Page) -> None:
    page.clear()
    page.hatch(Box(100, 200, 200, 300), BLUE)
    pixels = colours(page.png())[HEIGHT - 300 : HEIGHT - 200, 100:200]
    assert 0.2 < (pixels == 255).all(axis=-1).mean() < 0.8
    assert has(pixels, BLUE)


def test_what_is_drawn_later_stands_above(page: Page) -> None:
    page.clear()
    page.rect(Box(0, 295, WIDTH, 306), ORANGE)
    page.line((100, 500), (300, 300), BLUE, 5)
    page.rect(Box(290, 290, 310, 310), INK)
    pixels = colours(page.png())
    row = pixels[HEIGHT - 300]
    assert has(row[50:60], ORANGE)
    assert has(row[200:210], BLUE)
    assert not has(row[110:490], ORANGE)
    assert has(row[295:305], INK)


def test_a_line_that_runs_into_an_axis_leaves_no_gap_in_it(page: Page) -> None:
    page.clear()
    page.rect(Box(100, 300, 1100, 302), INK)
    page.line([100, 600, 1100], [301, 301.5, 310], BLUE, 4)
    axis = colours(page.png())[HEIGHT - 302 : HEIGHT - 300, 100:1100]
    assert axis.min(axis=-1).max() < 145


def test_the_middle_of_a_hollow_dot_hides_the_line_below(page: Page) -> None:
    page.clear()
    page.line((100, 500), (300, 300), BLUE, 5)
    page.dot(300, 300, 14, "#FFFFFF", edge=BLUE, thick=3)
    pixels = colours(page.png())
    assert (pixels[HEIGHT - 300, 300] == 255).all()
    assert has(pixels[HEIGHT - 300, 290:297], BLUE)


def test_a_dashed_line_has_gaps(page: Page) -> None:
    page.clear()
    page.line((100, 500), (300.5, 300.5), BLUE, 5, (8, 6))
    row = colours(page.png())[HEIGHT - 301, 100:500]
    changes = np.abs(np.diff((row == 255).all(axis=-1).astype(int))).sum()
    assert changes > 40


def test_strokes_beyond_the_edge_do_no_harm(page: Page) -> None:
    page.clear()
    page.line((-500, 3 * WIDTH), (-500, 3 * HEIGHT), BLUE, 5)
    page.dot(WIDTH, HEIGHT, 40, BLUE)
    page.dot(-500, -500, 40, BLUE)
    assert has(colours(page.png()), BLUE)


def test_clearing_leaves_nothing(page: Page) -> None:
    page.clear()
    blank = page.png()
    page.text(600, 300, "Pending", 22)
    page.line((100, 500), (300, 300), BLUE, 5)
    page.clear()
    assert page.texts == []
    assert page.png() == blank


def test_only_the_thread_that_made_a_page_draws_on_it(page: Page) -> None:
    with ThreadPoolExecutor(1) as other, pytest.raises(RuntimeError, match="ask the studio"):
        other.submit(page.clear).result()
