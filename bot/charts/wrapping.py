"""Making words fit their room; how wide they are is the caller's to say."""

from __future__ import annotations

from collections.abc import Callable

Measure = Callable[[str], float]


def wrap(text: str, room: float, most: int, measure: Measure) -> list[str] | None:
    """Break the text at its spaces into lines no wider than the room.

    None when it would take more than `most` lines, or when one word alone is too wide.
    """
    if measure(text) <= room:
        return [text] if text else []
    if most == 1:
        return None
    # Words come again in other texts, and measuring them is cheap; whole lines are new each time.
    space = measure("n n") - 2 * measure("n")
    lines, free = [""], room
    for word in text.split():
        needed = measure(word) + space
        if needed <= free:
            lines[-1] = f"{lines[-1]} {word}".lstrip()
            free -= needed
        else:
            lines.append(word)
            free = room - needed
    fits = len(lines) <= most and all(measure(line) <= room for line in lines)
    return lines if fits else None


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
