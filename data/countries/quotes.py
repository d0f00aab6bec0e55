"""What a user typed, made fit to be repeated in a sentence that others may read.

Nothing in it can mention anybody, link anywhere, format anything, break the line or turn its direction.
"""

from __future__ import annotations

import unicodedata

LONGEST = 40

_READ = 25 * LONGEST

# Look-alikes rather than backslashes: they read the same in a message, a log and a file.
_LOOK_ALIKES = str.maketrans("@<>`*_~|#[]/\\", "＠‹›ʹ∗＿∼∣＃［］∕＼")


def quote(text: str) -> str:
    """The text between quotation marks, on one line, at most 40 characters of it."""
    return f"'{calm(text, LONGEST)}'"


def calm(text: str, longest: int) -> str:
    """The text on one line, at most so many characters of it, and nothing in it that Discord acts on."""
    read = text.strip()[:_READ]
    if not read.isprintable():  # what is has nothing to tame, and nearly every text is
        read = "".join(map(_tame, read))
    line = " ".join(read.split()).translate(_LOOK_ALIKES)
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _tame(character: str) -> str:
    """A blank for what breaks a line; nothing for what is invisible, turns the text, or is no character."""
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category[0] == "C" else character
