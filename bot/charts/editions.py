"""One figure as each release gave it: a row per release, oldest on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.boxes import Box
from bot.charts.heading import write_heading, write_nothing
from bot.charts.inks import INK, MUTED
from bot.charts.legend import Entry, draw_bar, write_legend
from bot.charts.page import WIDTH, Page
from bot.charts.subjects import EditionBar, EditionChart

MOST_EDITIONS = 12
UNCHANGED = "unchanged"
_SIZE, _LARGE = 22, 24
_LARGE_PITCH, _TWO_LINE_PITCH, _MOST_PITCH = 64.0, 64.0, 116.0
_DAY_SHARE, _LABEL_SHARE, _TEXT_SHARE = 0.16, 0.3, 0.26
"""Of the room's width."""
_BETWEEN, _BEFORE_BARS, _AFTER_BARS = 16, 20, 12
_RISE = 14
"""Pixels that a day stands above the middle of its row, and its label below."""
_THICKNESS, _THICKEST = 0.62, 46
_PALE = 0.4


def draw_editions(page: Page, chart: EditionChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    editions = chart.editions[-MOST_EDITIONS:]
    published = [edition for edition in editions if edition.value is not None]
    if not published:
        write_nothing(page, room)
        return page.png()
    if chart.hollow_note and any(edition.hollow for edition in published):
        room = write_legend(page, room, [Entry(chart.hollow_note, "muted")])
    earlier = len(chart.editions) - len(editions)
    pitch = min(room.height / (len(editions) + (earlier > 0)), _MOST_PITCH)
    if earlier:
        middle = room.top - pitch / 2
        page.text(room.left, middle, f"{earlier} earlier, not shown", _SIZE, MUTED, middle=True)
        room = room._replace(top=room.top - pitch)
    size = _LARGE if pitch >= _LARGE_PITCH else _SIZE
    _draw_bars(page, room._replace(left=_name_rows(page, room, pitch, size, editions)), pitch, size, editions)
    return page.png()


def _name_rows(page: Page, room: Box, pitch: float, size: int, editions: Sequence[EditionBar]) -> float:
    """Write each day with its label below, or beside it where rows are low; return where bars may begin."""
    below = pitch >= _TWO_LINE_PITCH
    share = _DAY_SHARE + _LABEL_SHARE if below else _DAY_SHARE
    days = [page.fit(edition.day, room.width * share, 1, size) for edition in editions]
    labels = [page.fit(edition.label, room.width * _LABEL_SHARE, 1, _SIZE) for edition in editions]
    day_width, label_width = _widest(page, days, size), _widest(page, labels, _SIZE)
    aside = 0 if below or not day_width else day_width + _BETWEEN
    for row, (day, label) in enumerate(zip(days, labels, strict=True)):
        middle = room.top - pitch * (row + 0.5)
        rise = _RISE if below and day and label else 0
        for words in day:
            page.text(room.left, middle + rise, words, size, middle=True)
        for words in label:
            page.text(room.left + aside, middle - rise, words, _SIZE, MUTED, middle=True)
    return room.left + max(day_width, aside + label_width) + _BEFORE_BARS


def _draw_bars(page: Page, room: Box, pitch: float, size: int, editions: Sequence[EditionBar]) -> None:
    """Draw the bars with their figures; one that only repeats the release before it is paler."""
    repeats = [False, *(_repeats(before, after) for before, after in pairwise(editions))]
    texts = [page.fit(_say(edition), WIDTH * _TEXT_SHARE, 1, size) for edition in editions]
    widths = [
        _widest(page, [text], size) + (_AFTER_BARS + page.width(UNCHANGED, size) if repeated else 0)
        for text, repeated in zip(texts, repeats, strict=True)
    ]
    longest = max(edition.value or 0 for edition in editions) or 1
    full = room.width - _AFTER_BARS - max(widths)
    half = min(pitch * _THICKNESS, _THICKEST) / 2
    for row, (edition, text, repeated) in enumerate(zip(editions, texts, repeats, strict=True)):
        middle = round(room.top - pitch * (row + 0.5))
        box = Box(room.left, round(middle - half), room.left, round(middle + half))
        if edition.value:
            box = box._replace(right=box.left + max(2, round(full * edition.value / longest)))
            strength = _PALE if repeated else 1
            draw_bar(page, box, edition.tone, hollow=edition.hollow, strength=strength)
        x = box.right + (_AFTER_BARS if edition.value is not None else 0)
        ink = MUTED if repeated or edition.value is None else INK
        for words in (*text, UNCHANGED) if repeated else text:
            x = page.text(x, middle, words, size, ink, middle=True).right + _AFTER_BARS


def _repeats(before: EditionBar, after: EditionBar) -> bool:
    """A mid-year figure that stands for the full year too is no repetition, nor are persons of cases."""
    return after.value is not None and (before.value, before.hollow, before.tone) == (
        after.value,
        after.hollow,
        after.tone,
    )


def _say(edition: EditionBar) -> str:
    return edition.text if edition.value is not None or edition.text else NOT_PUBLISHED


def _widest(page: Page, rows: Iterable[list[str]], size: int) -> int:
    return max((page.width(words, size) for row in rows for words in row), default=0)
