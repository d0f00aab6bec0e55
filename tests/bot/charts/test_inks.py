"""The inks of the lines are told apart by every reader, on white."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from colorspacious import cspace_convert, deltaE

from bot.charts.colours import GHOST, MUTED, PAPER, SERIES, channels, tint
from bot.charts.subjects import MAX_LINES

CLEARLY = 20
"""In CAM02-UCS, where a difference of 1 is just seen between patches side by side."""
EYES = {
    "normal": None,
    "deuteranopia": {"name": "sRGB1+CVD", "cvd_type": "deuteranomaly", "severity": 100},
    "protanopia": {"name": "sRGB1+CVD", "cvd_type": "protanomaly", "severity": 100},
}


def seen(ink: str, eyes: str) -> np.ndarray:
    colour = np.array(channels(ink)) / 255
    return colour if EYES[eyes] is None else np.clip(cspace_convert(colour, EYES[eyes], "sRGB1"), 0, 1)


def luminance(ink: str) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in np.array(channels(ink)) / 255
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str) -> float:
    return (luminance(PAPER) + 0.05) / (luminance(ink) + 0.05)


@pytest.mark.parametrize("eyes", EYES)
@pytest.mark.parametrize(("one", "other"), list(combinations(SERIES, 2)))
def test_any_two_lines_differ_clearly(one: str, other: str, eyes: str) -> None:
    assert deltaE(seen(one, eyes), seen(other, eyes), input_space="sRGB1") >= CLEARLY


def test_there_is_an_ink_for_every_line() -> None:
    assert len(SERIES) == MAX_LINES


@pytest.mark.parametrize("ink", SERIES)
def test_large_letters_in_every_ink_are_readable(ink: str) -> None:
    assert contrast(ink) >= 3


def test_small_letters_are_readable() -> None:
    assert contrast(MUTED) >= 4.5


def test_persons_and_the_muted_tone_differ_in_grey() -> None:
    assert luminance(GHOST) - luminance(SERIES[0]) > 0.1


def test_a_tint_lies_between_the_ink_and_the_paper() -> None:
    assert tint("#0072BC", 1) == "#0072BC"
    assert tint("#0072BC", 0) == PAPER
    assert tint("#000000", 0.5) == "#808080"
