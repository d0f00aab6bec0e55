"""Figures before and after: two marks on each row, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.charts.bars import NOT_PUBLISHED
from bot.charts.boxes import Box
from bot.charts.heading import write_heading, write_nothing
from bot.charts.inks import GRID, INK, MUTED, PAPER, SERIES
from bot.charts.legend import Entry, draw_bar, write_legend
from bot.charts.page import Page
from bot.charts.scale import Scale, compact, fit_scale
from bot.charts.subjects import Comparison, Move, Tone

MOST_MOVES = 10
_SIZE, _LARGE = 22, 24
_LARGE_PITCH, _TWO_LINE_PITCH, _MOST_PITCH = 38.0, 62.0, 88.0
_LINE_HEIGHT = 28
_NAME_SHARE, _TEXT_SHARE, _LEGEND_SHARE = 0.32, 0.38, 0.28
"""Of the room's width."""
_BESIDE = 24
"""Pixels between the picture and the words on either side, which the marks stay clear of."""
_AXIS_HEIGHT, _TICK_PITCH = 40, 110.0
_BEFORE, _AFTER = 19.0, 15.0
"""The mark of before is the larger, so that a rim of it is seen around an equal one of after."""
_EDGE = 3.5
_BETWEEN = 12
_PALE = 0.3


class _Frame(NamedTuple):
    """The axis of values, and the rows above its line."""

    scale: Scale
    top: float
    pitch: float
    axis: float

    def middle(self, row: int) -> float:
        return round(self.top - self.pitch * (row + 0.5))


def draw_comparison(page: Page, chart: Comparison) -> bytes:
    """Draw the chart; return it as a PNG."""
    page.clear()
    room = write_heading(page, chart.heading)
    moves = chart.moves[:MOST_MOVES]
    values = [value for move in moves for value in (move.before, move.after) if value is not None]
    if not values:
        write_nothing(page, room)
        return page.png()
    entries = _legend(page, room, chart, {move.tone for move in moves if _published(move)})
    if entries:
        room = write_legend(page, room, entries)
    rows = min(len(chart.moves), MOST_MOVES + 1)
    pitch = min((room.height - _AXIS_HEIGHT) / rows, _MOST_PITCH)
    size = _LARGE if pitch >= _LARGE_PITCH else _SIZE
    most = 2 if pitch >= _TWO_LINE_PITCH else 1
    names = [page.fit(move.label, room.width * _NAME_SHARE, most, size) for move in moves]
    words = [page.fit(_say(move), room.width * _TEXT_SHARE, 1, size) for move in moves]
    left = room.left + _BESIDE + max(page.width(line, size) for lines in (*names, [""]) for line in lines)
    right = room.right - _BESIDE - max(page.width(line, size) for lines in (*words, [""]) for line in lines)
    whole = all(float(value).is_integer() for value in values)
    scale = fit_scale(
        "linear", values, (left, min(right, room.right - _TICK_PITCH / 2)), _TICK_PITCH, whole=whole
    )
    frame = _Frame(scale, room.top, pitch, round(room.top - pitch * rows))
    _draw_axis(page, frame)
    for row, move in enumerate(moves):
        _draw_way(page, frame, frame.middle(row), move)
    for row, move in enumerate(moves):
        _draw_marks(page, frame, frame.middle(row), move)
    for row, (move, name, text) in enumerate(zip(moves, names, words, strict=True)):
        for line, y in zip(name, _baselines(frame.middle(row), len(name)), strict=True):
            page.text(left - _BESIDE, y, line, size, align="right", middle=True)
        for line in text:
            ink = INK if _published(move) else MUTED
            page.text(room.right, frame.middle(row), line, size, ink, align="right", middle=True)
    if len(moves) < len(chart.moves):
        left_out = f"and {len(chart.moves) - len(moves)} more, not shown"
        page.text(room.left, frame.middle(rows - 1), left_out, size, MUTED, middle=True)
    return page.png()


def _published(move: Move) -> bool:
    return move.before is not None or move.after is not None


def _say(move: Move) -> str:
    return move.text if _published(move) or move.text else NOT_PUBLISHED


def _baselines(middle: float, lines: int) -> Sequence[float]:
    return [middle + ((lines - 1) / 2 - line) * _LINE_HEIGHT for line in range(lines)]


def _legend(page: Page, room: Box, chart: Comparison, tones: set[Tone]) -> list[Entry]:
    """The marks of before and after; the tones too when persons and cases meet."""
    only_cases = tones == {"cases"}
    marks: tuple[tuple[str, Tone, bool], ...] = (
        (chart.before_label, "muted", True),
        (chart.after_label, "cases", False),
    )
    entries = [
        Entry(line, tone if only_cases else None, hollow=hollow)
        for words, tone, hollow in marks
        for line in page.fit(words, room.width * _LEGEND_SHARE, 1, _SIZE)
    ]
    if {"persons", "cases"} <= tones:
        entries += [Entry("persons", "persons", hollow=False), Entry("cases", "cases", hollow=False)]
    return entries


def _draw_axis(page: Page, frame: _Frame) -> None:
    """Vertical grid with its values below; zero has a stronger line than the grid."""
    for tick in frame.scale.ticks:
        x = round(frame.scale.at(tick))
        page.rect(Box(x - 1 if tick == 0 else x, frame.axis, x + 1, frame.top), GRID if tick else MUTED)
        page.text(x, frame.axis - _LINE_HEIGHT, compact(tick), _SIZE, MUTED, align="centre")


def _draw_way(page: Page, frame: _Frame, y: float, move: Move) -> None:
    if move.before is None or move.after is None:
        return
    ends = sorted((frame.scale.at(move.before), frame.scale.at(move.after)))
    way = Box(ends[0], y - _BETWEEN / 2, ends[1], y + _BETWEEN / 2)
    if move.tone == "cases":
        page.hatch(way, SERIES[0], _PALE)
    else:
        page.rect(way, SERIES[0], _PALE)


def _draw_marks(page: Page, frame: _Frame, y: float, move: Move) -> None:
    """Discs for persons, hatched squares for cases: told apart in grey too."""
    for value, size, hollow in ((move.before, _BEFORE, True), (move.after, _AFTER, False)):
        if value is None:
            continue
        x = frame.scale.at(value)
        if move.tone == "cases":
            mark = Box(round(x), y, round(x), y).grown(round(size / 2))
            draw_bar(page, mark, "muted" if hollow else "cases", hollow=hollow)
        elif hollow:
            page.dot(x, y, size - _EDGE, PAPER, edge=MUTED, thick=_EDGE)
        else:
            page.dot(x, y, size, SERIES[0])
