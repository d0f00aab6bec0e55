"""A PNG holds exactly the pixels that were written."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from bot.charts.page import Scanlines
from tests.bot.charts.sketches import colours

COLOURS = [(255, 255, 255), (0, 114, 188), (26, 26, 26)]
ITSELF = np.arange(256, dtype=np.uint8)
MAX_COUNT = 1_000_000
HALVED, BITS_HALVED = 24, 4
"""Where a PNG says how many bits a pixel has."""
PIXELS = st.tuples(st.integers(1, 30), st.integers(1, 30)).flatmap(
    lambda shape: arrays.arrays(np.uint8, shape, elements=st.integers(0, 2))
)


@given(PIXELS)
def test_what_is_written_is_read_again(pixels: np.ndarray) -> None:
    height, width = pixels.shape
    page = Scanlines(width, height, COLOURS, ITSELF)
    page.pixels[:] = pixels
    assert (colours(page.png(MAX_COUNT)) == np.array(COLOURS)[pixels]).all()
    page.clear()
    assert (colours(page.png(MAX_COUNT)) == 255).all()


def test_only_a_busy_page_gets_coarser() -> None:
    noise = np.random.default_rng(2025).integers(0, 3, (400, 600), np.uint8)
    page = Scanlines(600, 400, COLOURS, np.minimum(ITSELF, 1))
    page.pixels[:] = noise
    exact, coarse = np.array(COLOURS)[noise], np.array(COLOURS)[np.minimum(noise, 1)]
    least = len(page.png(MAX_COUNT))
    assert (colours(page.png(least)) == exact).all()
    assert (colours(page.png(least // 2)) == coarse).all()
    page.pixels[:] = 2
    assert (colours(page.png(least // 2)) == COLOURS[2]).all()


def test_a_page_that_is_slightly_too_large_keeps_its_picture_with_coarser_edges() -> None:
    slopes = np.fromfunction(lambda y, x: (x // 3 + y * y // 97) % 3, (400, 600), dtype=int)
    page = Scanlines(600, 400, COLOURS, np.minimum(ITSELF, 1))
    page.pixels[:] = slopes
    quick = page.png(MAX_COUNT)
    tight = page.png(len(quick) - 200)
    assert len(tight) < len(quick)
    assert (colours(tight) == np.array(COLOURS)[np.minimum(slopes, 1)]).all()


@given(PIXELS)
def test_a_busy_page_of_few_colours_is_the_same_picture(pixels: np.ndarray) -> None:
    height, width = pixels.shape
    page = Scanlines(width, height, COLOURS, ITSELF)
    page.pixels[:] = pixels
    for picture in (page.png(0), page.png(MAX_COUNT, busy=True)):
        assert (colours(picture) == np.array(COLOURS)[pixels]).all()


def test_two_pixels_of_a_busy_page_of_few_colours_share_a_byte() -> None:
    page = Scanlines(31, 20, COLOURS, ITSELF)
    page.pixels[:] = np.arange(31 * 20).reshape(20, 31) % 3
    assert page.png(0)[HALVED] == BITS_HALVED


def test_a_busy_page_of_many_colours_keeps_them() -> None:
    many = [(each, each, each) for each in range(20)]
    page = Scanlines(200, 100, many, ITSELF)
    page.pixels[:] = np.arange(200 * 100).reshape(100, 200) % 20
    picture = colours(page.png(0))
    assert (picture == page.pixels[:, :, None]).all()
    page.pixels[:] = 0
    page.pixels[1, :20] = np.arange(20)  # between the rows that tell
    assert (colours(page.png(0)) == page.pixels[:, :, None]).all()
