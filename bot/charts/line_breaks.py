"""Making words fit their room; how wide they are is the caller's to say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

Measure = Callable[[str], float]

_MONTH = re.compile(
    r"(?:\w+–)?(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:tember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A month, or several: “June”, “January–June”."""

_DAY = re.compile(r"[^\w]*\d{1,2}")
_YEAR = re.compile(r"(?:19|20)\d\d\b.*")
_NUMBER = re.compile(r"[^\w]*\d[\d,.]*%?")
_NO_NOUNS = frozenset({"and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "than", "to", "with"})


def wrap(text: str, room: float, most: int, measure: Measure) -> list[str] | None:
    """Break the text at its spaces into lines no wider than the room; not within a date if that can be.

    None when it would take more than `most` lines, or when one word alone is too wide.
    """
    if measure(text) <= room:
        return [text] if text else []
    if most == 1:
        return None
    words = text.split()
    pieces = list(_join(words))
    lines = _break(pieces, room, most, measure)
    return lines or _break(words, room, most, measure) if len(pieces) < len(words) else lines


def _break(pieces: Sequence[str], room: float, most: int, measure: Measure) -> list[str] | None:
    # Words come again in other texts, and measuring them is cheap; whole lines are new each time.
    space = measure("n n") - 2 * measure("n")
    lines, free = [""], room
    for piece in pieces:
        needed = sum(measure(word) + space for word in piece.split())
        if needed <= free or lines == [""]:
            lines[-1] = f"{lines[-1]} {piece}".lstrip()
            free -= needed
        else:
            lines.append(piece)
            free = room - needed
    fits = len(lines) <= most and all(measure(line) <= room for line in lines)
    return lines if fits else None


def _join(words: Sequence[str]) -> Iterator[str]:
    """Put together what is read as one: a date, and a number with what it counts."""
    piece, last = "", ""
    for word in words:
        if piece and not _belong_together(last, word):
            yield piece
            piece = ""
        piece, last = f"{piece} {word}".lstrip(), word
    if piece:
        yield piece


def _belong_together(before: str, after: str) -> bool:
    if _MONTH.fullmatch(before) and _YEAR.fullmatch(after):
        return True
    if _DAY.fullmatch(before) and _MONTH.match(after):
        return True
    counts = _NUMBER.fullmatch(before) and not _YEAR.fullmatch(before)
    return bool(counts) and after[:1].isalpha() and after not in _NO_NOUNS


def fit(text: str, room: float, most: int, measure: Measure, tail: str = "") -> list[str]:
    """As `wrap`, but shortened with an ellipsis where the text does not fit.

    `tail` is the end of the text that must stay; it goes too when there is no room even for it.
    """
    lines = wrap(text, room, most, measure)
    if lines is not None:
        return lines
    head, best = text.removesuffix(tail), []
    fits, too_many = 0, len(head)
    while too_many - fits > 1:
        kept = (fits + too_many) // 2
        lines = wrap(f"{head[:kept].rstrip()}…{tail}", room, most, measure)
        if lines is None:
            too_many = kept
        else:
            best, fits = lines, kept
    if best or tail.strip() in ("", text):
        return best
    return fit(tail.strip(), room, most, measure)
