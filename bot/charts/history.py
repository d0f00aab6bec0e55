"""One figure as each release gave it: a row per release, oldest on top."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, starmap
from typing import ClassVar

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.boxes import Box
from bot.charts.colours import GRID, INK, MUTED
from bot.charts.heading import LegendEntry, draw_bar, write_heading, write_legend, write_nothing
from bot.charts.page import SMALL, WIDTH, Page
from bot.charts.subjects import Heading, Tone, require_drawable
from bot.languages import N_, _


@dataclass(frozen=True, slots=True)
class EditionBar:
    """One figure as a release of that day gave it; `hollow` marks a mid-year figure."""

    day: str
    label: str
    value: float | None
    text: str
    hollow: bool
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        require_drawable(self.value)


@dataclass(frozen=True, slots=True)
class HistoryChart:
    """One figure in up to twelve releases, oldest first; of more the newest are drawn, the rest counted."""

    PICTURE: ClassVar[str] = N_("A bar for each release")

    heading: Heading
    editions: tuple[EditionBar, ...]
    hollow_note: str = ""


MAX_EDITIONS = 12
UNCHANGED = N_("unchanged")
_LARGE = 29
_TWO_LINE_PITCH, _MAX_PITCH = 76.0, 116.0
_DAY_SHARE, _LABEL_SHARE, _TEXT_SHARE, _NOTE_SHARE = 0.15, 0.35, 0.4, 0.7
"""Of the page's width."""
_BETWEEN, _BEFORE_BARS, _AFTER_BARS = 16, 20, 12
_RISE = 18
"""Pixels that a day stands above the middle of its row, and its label below."""
_THICKNESS, _THICKEST = 0.62, 46
_PALE = 0.4
_MAX_SPOKEN = 7
"""Of more releases only paleness says which are unchanged: so many words would fill the page."""

_Rows = Sequence[tuple[EditionBar, bool]]
"""The releases that are drawn, and whether each only repeats the one before."""


def draw_history(page: Page, chart: HistoryChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    if all(edition.value is None for edition in chart.editions):
        write_nothing(page, room)
        return page.png()
    repeats = [False, *starmap(_repeats, pairwise(chart.editions))]
    rows = list(zip(chart.editions, repeats, strict=True))[-MAX_EDITIONS:]
    entries = _legend(page, chart.hollow_note, rows)
    if entries:
        room = write_legend(page, room, entries)
    earlier = len(chart.editions) - len(rows)
    pitch = min(room.height / (len(rows) + (earlier > 0)), _MAX_PITCH)
    if earlier:
        middle = room.top - pitch / 2
        page.text(
            room.left, middle, _("{earlier} earlier, not shown", earlier=earlier), SMALL, MUTED, middle=True
        )
        room = room._replace(top=room.top - pitch)
    room = room._replace(top=room.top - (room.height - pitch * len(rows)) / 3)
    size = _LARGE if pitch >= _TWO_LINE_PITCH else SMALL
    left = _name_rows(page, room, pitch, size, [edition for edition, _ in rows])
    _draw_bars(page, room._replace(left=left), pitch, size, rows)
    return page.png()


def _legend(page: Page, hollow_note: str, rows: _Rows) -> list[LegendEntry]:
    """What an outline means, and what a pale bar means where the rows do not say it themselves."""
    hollow = any(edition.hollow and edition.value is not None for edition, _ in rows)
    note = page.fit(hollow_note, WIDTH * _NOTE_SHARE, 1, SMALL) if hollow else []
    entries = [LegendEntry(words, "muted") for words in note]
    tones = [edition.tone for edition, repeated in rows if repeated and edition.value]
    if len(rows) > _MAX_SPOKEN and tones:
        entries.append(LegendEntry(_(UNCHANGED), tones[0], hollow=False, strength=_PALE))
    return entries


def _name_rows(page: Page, room: Box, pitch: float, size: int, editions: Sequence[EditionBar]) -> float:
    """Write each day with its label below, or beside it where rows are low; return where bars may begin."""
    below = pitch >= _TWO_LINE_PITCH
    share = _LABEL_SHARE if below else _DAY_SHARE
    days = [page.fit(edition.day, WIDTH * share, 1, size) for edition in editions]
    labels = [page.fit(edition.label, WIDTH * _LABEL_SHARE, 1, SMALL) for edition in editions]
    day_width, label_width = _widest(page, days, size), _widest(page, labels, SMALL)
    aside = 0 if below or not day_width else day_width + _BETWEEN
    for row, (day, label) in enumerate(zip(days, labels, strict=True)):
        middle = room.top - pitch * (row + 0.5)
        rise = _RISE if below and day and label else 0
        for words in day:
            page.text(room.left, middle + rise, words, size, middle=True)
        for words in label:
            page.text(room.left + aside, middle - rise, words, SMALL, MUTED, middle=True)
    return room.left + max(day_width, aside + label_width) + _BEFORE_BARS


def _draw_bars(page: Page, room: Box, pitch: float, size: int, rows: _Rows) -> None:
    """Draw the bars with their figures; one that only repeats the release before it is paler."""
    spoken = len(rows) <= _MAX_SPOKEN
    aside = page.width(_(UNCHANGED), size) + 2 * _AFTER_BARS if spoken else 0
    longest_text = min(WIDTH * _TEXT_SHARE, room.width - aside)
    texts = [page.fit(_say(edition), longest_text, 1, size) for edition, _ in rows]
    if spoken:
        texts = [[*text, _(UNCHANGED)] if row[1] else text for text, row in zip(texts, rows, strict=True)]
    widths = [sum(page.width(words, size) + _AFTER_BARS for words in text) for text in texts]
    longest = max(edition.value or 0 for edition, _ in rows) or 1
    full = room.width - max(widths)
    page.rect(Box(room.left - 2, room.top - pitch * len(rows), room.left, room.top), GRID)
    half = min(pitch * _THICKNESS, _THICKEST) / 2
    for row, ((edition, repeated), text) in enumerate(zip(rows, texts, strict=True)):
        middle = round(room.top - pitch * (row + 0.5))
        box = Box(room.left, round(middle - half), room.left, round(middle + half))
        if edition.value:
            box = box._replace(right=box.left + max(2, round(full * edition.value / longest)))
            strength = _PALE if repeated else 1
            draw_bar(page, box, edition.tone, hollow=edition.hollow, strength=strength)
        x = box.right
        for words in text:
            ink = MUTED if repeated or edition.value is None else INK
            x = page.text(x + _AFTER_BARS, middle, words, size, ink, middle=True).right


def _repeats(before: EditionBar, after: EditionBar) -> bool:
    """A mid-year figure that stands for the full year too is no repetition, nor are persons of cases."""
    return after.value is not None and (before.value, before.hollow, before.tone) == (
        after.value,
        after.hollow,
        after.tone,
    )


def _say(edition: EditionBar) -> str:
    return edition.text if edition.value is not None or edition.text else _(NOT_PUBLISHED)


def _widest(page: Page, rows: Iterable[list[str]], size: int) -> int:
    return max((page.width(words, size) for row in rows for words in row), default=0)
