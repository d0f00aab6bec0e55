"""The colours of all charts, told apart by everybody, and the few shades of each that a page can have."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

PAPER = "#FFFFFF"
INK = "#1A1A1A"
MUTED = "#595959"
GRID = "#DADADA"
GHOST = "#9A9A9A"
SERIES = ("#0072BC", "#E8620A", "#1AA298", "#B4104D", "#1B1B70", "#4A2A05")


def channels(ink: str) -> tuple[int, int, int]:
    """Red, green and blue of "#RRGGBB", 0 to 255 each."""
    red, green, blue = bytes.fromhex(ink.removeprefix("#"))
    return red, green, blue


def tint(ink: str, strength: float) -> str:
    """The ink thinned towards white: 1 is the ink itself, 0 is the paper."""
    return "#" + "".join(f"{round(255 + (part - 255) * strength):02X}" for part in channels(ink))


MAX_COLOURS = 256


class Palette:
    """Entry 0 is the paper; the others are so many shades of each ink, from faint to full."""

    def __init__(self, inks: Sequence[str], shades: int) -> None:
        if len(inks) * shades >= MAX_COLOURS:
            raise ValueError(f"{len(inks)} inks in {shades} shades are more than {MAX_COLOURS - 1} colours.")
        steps = (tint(ink, step / shades) for ink in inks for step in range(1, shades + 1))
        self.colours = [channels(colour) for colour in (PAPER, *steps)]
        # From how much of a pixel is inked, 0 to 255, to the entry.
        shade = np.rint(np.arange(256) * shades / 255).astype(np.uint8)
        self._shades = {
            ink: np.where(shade > 0, shade + np.uint8(place * shades), 0).astype(np.uint8)
            for place, ink in enumerate(inks)
        } | {PAPER: np.zeros(256, np.uint8)}
        self._nearest = _nearest_entries(tuple(self.colours))
        # Every second shade from the full ink down is kept; the others go to the next fuller one.
        place, step = np.divmod(np.arange(MAX_COLOURS) - 1, shades)
        kept = shades - 2 * ((shades - 1 - step) // 2)
        self.coarser = np.where(np.arange(MAX_COLOURS) > 0, place * shades + kept, 0).astype(np.uint8)

    def shades_of(self, ink: str) -> NDArray[np.uint8]:
        """The 256 entries for this ink covering a pixel not at all to wholly; KeyError for no ink of ours."""
        return self._shades[ink]

    def nearest(self, pixels: NDArray[np.uint32]) -> NDArray[np.uint8]:
        """The entries for these pixels on paper: red in the lowest byte, then green, blue, opacity."""
        opacity = pixels >> 24
        opacity += opacity >> 7  # 256 is wholly opaque, so that shifting divides
        # What each channel lacks of white; red and blue are far enough apart to be thinned at once.
        green = ~pixels
        red_blue = green & 0xFF00FF
        red_blue *= opacity
        red_blue >>= 8
        green >>= 8
        green &= 0xFF
        green *= opacity
        green >>= 8
        # Five bits of each, one after the other.
        entry = (red_blue & 0xF8) << 7
        entry |= (green & 0xF8) << 2
        entry |= red_blue >> 19 & 0x1F
        entries: NDArray[np.uint8] = self._nearest.take(entry)
        return entries


@cache
def _nearest_entries(own_colours: tuple[tuple[int, ...], ...]) -> NDArray[np.uint8]:
    """The entry nearest to each colour, given by how much it lacks of white in five bits a channel.

    The palette's own colours map to themselves. Made once for the same colours, as it takes long.
    """
    colours = np.array(own_colours, np.uint8)
    palette = colours.astype(np.float32)
    levels = 255 - np.arange(32, dtype=np.float32) * 255 / 31
    grid = np.stack(np.meshgrid(levels, levels, levels, indexing="ij"), -1).reshape(-1, 3)
    # |c - g|² without |g|², which is the same for every entry.
    distances: NDArray[np.float32] = (palette**2).sum(1) - 2 * grid @ palette.T
    nearest: NDArray[np.uint8] = distances.argmin(1).astype(np.uint8)
    bits = (255 - colours.astype(np.intp)) >> 3
    own = bits[:, 0] << 10 | bits[:, 1] << 5 | bits[:, 2]
    nearest[own[::-1]] = np.arange(len(colours), dtype=np.uint8)[::-1]
    nearest.flags.writeable = False
    return nearest
