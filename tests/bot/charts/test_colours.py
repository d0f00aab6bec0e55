"""Every pixel gets the colour nearest to its own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.charts.colours import INK, PAPER, SERIES, Palette, channels, tint

INKS = (INK, *SERIES)
PALETTE = Palette(INKS, 9)


def pixel(colour: tuple[int, int, int], opacity: int = 255) -> np.ndarray:
    red, green, blue = colour
    return np.array([opacity << 24 | blue << 16 | green << 8 | red], np.uint32)


@pytest.mark.parametrize("ink", INKS)
def test_an_ink_is_itself(ink: str) -> None:
    assert PALETTE.colours[PALETTE.nearest(pixel(channels(ink)))[0]] == channels(ink)
    assert PALETTE.colours[PALETTE.shades_of(ink)[255]] == channels(ink)


def test_no_ink_is_the_paper() -> None:
    assert PALETTE.colours[0] == channels(PAPER)
    for ink in (*INKS, PAPER):
        assert PALETTE.shades_of(ink)[0] == 0
    assert PALETTE.nearest(pixel(channels(INK), 0))[0] == 0


@given(ink=st.sampled_from(INKS), opacity=st.integers(0, 255))
def test_half_covered_pixels_are_thinned_inks(ink: str, opacity: int) -> None:
    """Letters and lines come to nearly the same shade, by their two ways."""
    wanted = np.array(channels(tint(ink, opacity / 255)))
    for entry in (PALETTE.shades_of(ink)[opacity], PALETTE.nearest(pixel(channels(ink), opacity))[0]):
        assert np.abs(np.array(PALETTE.colours[entry]) - wanted).max() <= 255 / 9


@given(st.tuples(*[st.integers(0, 255)] * 3))
@example((232, 248, 248))
def test_any_colour_comes_to_about_the_nearest_of_all(colour: tuple[int, int, int]) -> None:
    """A colour lies at most 7 a channel from that of its cell; it is that far there, and that far back."""
    distances = np.linalg.norm(np.array(PALETTE.colours) - np.array(colour), axis=1)
    assert distances[PALETTE.nearest(pixel(colour))[0]] <= distances.min() + 2 * 7 * 3**0.5


@pytest.mark.parametrize("ink", INKS)
def test_coarser_shades_are_fewer_and_of_the_same_ink(ink: str) -> None:
    shades = PALETTE.shades_of(ink)
    coarse = PALETTE.coarser[shades]
    assert set(coarse) < set(shades)
    assert len(set(coarse)) == 6
    assert (coarse[0], coarse[255]) == (0, shades[255])
    assert np.abs(coarse.astype(int) - shades).max() == 1


def test_a_palette_of_more_than_a_byte_is_refused() -> None:
    with pytest.raises(ValueError, match="255 colours"):
        Palette(INKS, 40)
