"""Figures before and after: two marks on each row, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.boxes import Box
from bot.charts.colours import GRID, INK, MUTED, PAPER, SERIES
from bot.charts.heading import LegendEntry, draw_bar, write_heading, write_legend, write_nothing
from bot.charts.page import SMALL, Page
from bot.charts.scale import Scale, compact, fit_scale
from bot.charts.subjects import Heading, Tone, require_drawable
from bot.languages import N_, _


@dataclass(frozen=True, slots=True)
class BeforeAfterRow:
    """One row: a figure before and after, and the words that say both ("199,610 → 96,789")."""

    label: str
    before: float | None
    after: float | None
    text: str
    tone: Tone = "persons"

    def __post_init__(self) -> None:
        require_drawable(self.before)
        require_drawable(self.after)


@dataclass(frozen=True, slots=True)
class BeforeAfterChart:
    """Up to ten figures at two times; rows beyond are counted but not drawn.

    They share one scale as long as the changes of the smallest can be seen on it; else each row has its own.
    """

    PICTURE: ClassVar[str] = N_("Figures before and after")

    heading: Heading
    moves: tuple[BeforeAfterRow, ...]
    before_label: str
    after_label: str


MAX_MOVES = 10
_LARGE = 29
_LARGE_PITCH, _TWO_LINE_PITCH, _MAX_PITCH = 52.0, 72.0, 110.0
_LINE_HEIGHT = 34
_NAME_SHARE, _TEXT_SHARE, _LEGEND_SHARE = 0.41, 0.38, 0.28
"""Of the room's width."""
_BESIDE = 24
"""Pixels between the picture and the words on either side, which the marks stay clear of."""
_BELOW_AXIS, _AXIS_HEIGHT, _MORE_HEIGHT = 34, 44, 42
_TICK_PITCH, _MAX_STEPS = 100.0, 6
_BEFORE, _AFTER = 22.0, 17.0
"""The mark of before is the larger, so that a rim of it is seen around an equal one of after."""
_EDGE = 3.5
_BETWEEN = 12
_PALE = 0.3
_MAX_SPREAD = 5
"""Of rows on one scale: so many times the figures of the smallest are those of the largest."""
OWN_SCALES = N_("each row on a scale of its own")


class _Frame(NamedTuple):
    """The scale of each row, all the same or each its own, and the rows above the axis's line."""

    scales: Sequence[Scale]
    top: float
    pitch: float
    axis: float

    def middle(self, row: int) -> float:
        return round(self.top - self.pitch * (row + 0.5))


def draw_before_after(page: Page, chart: BeforeAfterChart) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    tones = {move.tone for move in chart.moves if _published(move)}
    if not tones:
        write_nothing(page, room)
        return page.png()
    entries = _legend(page, room, chart, tones)
    if entries:
        room = write_legend(page, room, entries)
    more = len(chart.moves) - MAX_MOVES
    if more > 0:
        page.text(
            room.left,
            room.bottom + _MORE_HEIGHT / 2,
            _("and {more} more, not shown", more=more),
            SMALL,
            MUTED,
            middle=True,
        )
        room = room._replace(bottom=room.bottom + _MORE_HEIGHT)
    _draw_moves(page, room._replace(bottom=room.bottom + _AXIS_HEIGHT), chart.moves[:MAX_MOVES])
    return page.png()


def _draw_moves(page: Page, room: Box, moves: Sequence[BeforeAfterRow]) -> None:
    """Draw the rows with their names and words into the room, and the axis below it."""
    pitch = min(room.height / len(moves), _MAX_PITCH)
    top = room.top - (room.height - pitch * len(moves)) / 3
    size = _LARGE if pitch >= _LARGE_PITCH else SMALL
    most = 2 if pitch >= _TWO_LINE_PITCH else 1
    names = [page.fit(move.label, room.width * _NAME_SHARE, most, size) for move in moves]
    words = [page.fit(_say(move), room.width * _TEXT_SHARE, 1, size) for move in moves]
    left = room.left + _widest(page, names, size) + _BESIDE
    # Without words the axis needs room for half its last number.
    right = room.right - max(_widest(page, words, size) + _BESIDE, _TICK_PITCH / 2)
    frame = _Frame(_fit_scales(moves, left, right), top, pitch, round(top - pitch * len(moves)))
    _draw_axis(page, frame)
    for draw in (_draw_way, _draw_marks):
        for row, move in enumerate(moves):
            draw(page, frame.scales[row], frame.middle(row), move)
    for row, (move, name, text) in enumerate(zip(moves, names, words, strict=True)):
        middle = frame.middle(row)
        for place, line in enumerate(name):
            y = middle + ((len(name) - 1) / 2 - place) * _LINE_HEIGHT
            page.text(left - _BESIDE, y, line, size, align="right", middle=True)
        for line in text:
            ink = INK if _published(move) else MUTED
            page.text(room.right, middle, line, size, ink, align="right", middle=True)


def _fit_scales(moves: Sequence[BeforeAfterRow], left: float, right: float) -> Sequence[Scale]:
    rows = [[value for value in (move.before, move.after) if value is not None] for move in moves]
    largest = [max(values) for values in rows if any(values)]
    if largest and max(largest) > _MAX_SPREAD * min(largest):
        return [fit_scale("linear", values, (left, right), right - left) for values in rows]
    every = [value for values in rows for value in values]
    whole = all(float(value).is_integer() for value in every)
    pitch = max(_TICK_PITCH, (right - left) / _MAX_STEPS)
    return [fit_scale("linear", every, (left, right), pitch, whole=whole)] * len(rows)


def _published(move: BeforeAfterRow) -> bool:
    return move.before is not None or move.after is not None


def _say(move: BeforeAfterRow) -> str:
    return move.text if _published(move) or move.text else _(NOT_PUBLISHED)


def _widest(page: Page, texts: Sequence[Sequence[str]], size: int) -> int:
    return max((page.width(line, size) for lines in texts for line in lines), default=0)


def _legend(page: Page, room: Box, chart: BeforeAfterChart, tones: set[Tone]) -> list[LegendEntry]:
    """The marks of before and after; the tones too when persons and cases meet."""
    only_cases = tones == {"cases"}
    marks: tuple[tuple[str, Tone, bool], ...] = (
        (chart.before_label, "muted", True),
        (chart.after_label, "cases", False),
    )
    entries = [
        LegendEntry(line, tone if only_cases else None, hollow=hollow)
        for words, tone, hollow in marks
        for line in page.fit(words, room.width * _LEGEND_SHARE, 1, SMALL)
    ]
    if {"persons", "cases"} <= tones:
        entries += [
            LegendEntry(_("persons"), "persons", hollow=False),
            LegendEntry(_("cases"), "cases", hollow=False),
        ]
    return entries


def _draw_axis(page: Page, frame: _Frame) -> None:
    """Vertical grid with its values below, or what the scales end in; zero has the stronger line."""
    scale, *others = frame.scales
    ticks = scale.ticks
    if any(other != scale for other in others):
        ticks = (0.0,)
        page.rect(Box(round(scale.end), frame.axis, round(scale.end) + 1, frame.top), GRID)
        for words in page.fit(_(OWN_SCALES), scale.end - scale.start - _BESIDE, 1, SMALL):
            page.text(scale.end, frame.axis - _BELOW_AXIS, words, SMALL, MUTED, align="right")
    for tick in ticks:
        x = round(scale.at(tick))
        page.rect(Box(x - 1 if tick == 0 else x, frame.axis, x + 1, frame.top), GRID if tick else MUTED)
        page.text(x, frame.axis - _BELOW_AXIS, compact(tick), SMALL, MUTED, align="centre")


def _draw_way(page: Page, scale: Scale, y: float, move: BeforeAfterRow) -> None:
    if move.before is None or move.after is None:
        return
    ends = sorted((scale.at(move.before), scale.at(move.after)))
    way = Box(ends[0], y - _BETWEEN / 2, ends[1], y + _BETWEEN / 2)
    if move.tone == "cases":
        page.hatch(way, SERIES[0], _PALE)
    else:
        page.rect(way, SERIES[0], _PALE)


def _draw_marks(page: Page, scale: Scale, y: float, move: BeforeAfterRow) -> None:
    """Discs for persons, hatched squares for cases: told apart in grey too."""
    for value, size, hollow in ((move.before, _BEFORE, True), (move.after, _AFTER, False)):
        if value is None:
            continue
        x = scale.at(value)
        if move.tone == "cases":
            mark = Box(round(x), y, round(x), y).grown(round(size / 2))
            draw_bar(page, mark, "muted" if hollow else "cases", hollow=hollow)
        elif hollow:
            page.dot(x, y, size - _EDGE, PAPER, edge=MUTED, thick=_EDGE)
        else:
            page.dot(x, y, size, SERIES[0])
