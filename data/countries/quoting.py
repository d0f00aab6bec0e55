"""What a user typed, made fit to be repeated in a sentence that others may read.

Nothing in it can mention anybody, format anything, break the line or turn its direction.
"""

from __future__ import annotations

import unicodedata

LONGEST = 40

# Look-alikes rather than backslashes: they read the same in a message, an embed, a log and a file.
_LOOK_ALIKES = str.maketrans(
    {
        "@": "＠", "<": "‹", ">": "›", "`": "ʹ", "*": "∗", "_": "＿", "~": "∼", "|": "∣", "#": "＃",
        "[": "［", "]": "］", "\\": "＼", '"': "”",
    }
)  # fmt: skip


def quote(text: str) -> str:
    """The text between quotation marks, on one line, at most 40 characters of it."""
    line = " ".join("".join(map(_harmless, text[: LONGEST * 25])).split())
    line = line.replace("://", ":／／")  # an address must not become a link  # noqa: RUF003
    if len(line) > LONGEST:
        line = line[: LONGEST - 1].rstrip() + "…"
    return f"'{line.translate(_LOOK_ALIKES)}'"


def _harmless(character: str) -> str:
    category = unicodedata.category(character)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    return "" if category[0] == "C" else character
