"""The colours of all charts, told apart by everybody.

`SERIES` holds for readers with deuteranopia and protanopia too, and each of its inks has a
contrast of at least 3 : 1 on white, which is what bold labels of this size need.
"""

from __future__ import annotations

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
