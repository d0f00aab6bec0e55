"""Tables in a text: rows of numbers below a line that says what each column is. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from data.reading.words import Mention

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.reading.check.lists import Span

Value = TypeVar("Value")

_CELL = r"(?:\d[\d.,]{0,12}%?|n/?a\b|[-–—.]{1,3})"
_PART = r"[ \t]{0,8}[ \t|/;][ \t]{0,8}"
_LABEL = r"(?:(?:19|20)\d\d\*?|[^\W\d_][^\d\n|\t;:]{0,48}?)"
_LABEL_PART = r"[ ]{0,8}[|\t;][ ]{0,8}"
_ROW = re.compile(
    rf"^[ \t|>*]{{0,8}}(?P<labels>{_LABEL}(?:{_LABEL_PART}(?:{_LABEL}|[-–—])){{0,3}})(?P<first>{_PART})"
    rf"(?P<cells>{_CELL}(?:{_PART}{_CELL}){{1,11}})[ \t|]{{0,8}}$",
    re.IGNORECASE | re.MULTILINE,
)
_IN_ROW = re.compile(_CELL, re.IGNORECASE)
_IN_LABELS = re.compile(r"[^\s|;](?:[^|\t;\n]*[^\s|;])?")
_YEARS = re.compile(rf"(?:19|20)\d\d(?:{_PART}(?:19|20)\d\d)+")
_RULE = re.compile(r"[-|:+=\s]*")
_LINE = re.compile(r"[^\n]+")
_HEAD = re.compile(r"[^\s|/;](?:[^\n\t|/;]{0,60}?[^\s|/;])?(?=\s*(?:[|\t/;\n]|$)|[ ]{2})")
_OPEN = re.compile(r"[|;\t][ ]*$")
"""A line of a single head, that another one follows."""
_MIN_ROWS = 2
_PARTING = ";"
"""What stands between the cells of a row once it is read: nothing reads two numbers as one over it."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """Where the cell of a row stands, and the head of its column."""

    cell: Span
    head: Span


def read_tables(text: str) -> tuple[str, tuple[TableCell, ...]]:
    """Return a text with the cells of its tables parted, each character where it was, and their columns.

    A table is a line of heads, or one line each, and below it two rows or more that have as many cells:
    behind one label or several, a number each. Below a rule one row is enough. Without heads there is none.
    """
    columns: list[TableCell] = []
    parts: set[int] = set()
    for heads, rows in _find_tables(text):
        for row in rows:
            cells = [*_list_labels(row), *_list_cells(row)]
            parts |= {end for _, end in cells[:-1]}
            columns += map(TableCell, reversed(cells), reversed(heads))
    made = "".join(_PARTING if place in parts else each for place, each in enumerate(text)) if parts else text
    return made, tuple(columns)


def _list_labels(row: re.Match[str]) -> list[Span]:
    return [each.span() for each in _IN_LABELS.finditer(row.string, *row.span("labels"))]


def _list_cells(row: re.Match[str]) -> list[Span]:
    return [each.span() for each in _IN_ROW.finditer(row.string, *row.span("cells"))]


def _find_tables(text: str) -> Iterator[tuple[list[Span], list[re.Match[str]]]]:
    """Find lines of heads with the rows below them."""
    rows: list[re.Match[str]] = []
    for row in [*_ROW.finditer(text), None]:
        if row and rows and _goes_on(rows[-1], row):
            rows.append(row)
            continue
        if rows:
            headed = _YEARS.fullmatch(rows[0]["cells"]) is not None
            heads = _list_cells(rows[0]) if headed else _find_heads(text, rows[0])
            enough = _MIN_ROWS if headed or not _is_ruled(text, rows[0].start()) else 1
            if heads and len(rows) - headed >= enough:
                yield heads, rows[headed:]
        rows = [row] if row else []


def _goes_on(before: re.Match[str], row: re.Match[str]) -> bool:
    """Say whether a row stands right below another, and is as wide."""
    below = _RULE.fullmatch(row.string, before.end(), row.start())
    return below is not None and len(_list_cells(before)) == len(_list_cells(row))


def _is_ruled(text: str, end: int) -> bool:
    """Say whether a rule stands right above: “|---|---|”."""
    above = text[:end].rstrip().rpartition("\n")[2]
    return "-" in above and _RULE.fullmatch(above) is not None


def _find_heads(text: str, row: re.Match[str]) -> list[Span]:
    """Find the heads of the cells of a row in the line above, or in a line each; those of labels may lack."""
    width, labels = len(_list_cells(row)), len(_list_labels(row))
    lines = [each for each in _LINE.finditer(text, 0, row.start()) if not _RULE.fullmatch(each[0])]
    spans: list[Span] = []
    for line in reversed(lines):
        found = [each.span() for each in _HEAD.finditer(text, *line.span())]
        if spans and not (len(found) == 1 and _OPEN.search(line[0])):
            break
        spans = found + spans
        if len(spans) >= width + labels or not _OPEN.search(line[0]):
            break
    return spans if width <= len(spans) <= width + labels else []


def spread_heads(
    mentions: Sequence[Mention[Value]], columns: Iterable[TableCell]
) -> tuple[Mention[Value], ...]:
    """Let what the heads of columns name stand right before each cell below them, beside all mentions."""
    spread = [
        replace(each, start=column.cell[0], end=column.cell[0])
        for column in columns
        for each in mentions
        if column.head[0] <= each.start < column.head[1]
    ]
    return tuple(sorted([*mentions, *spread], key=lambda each: each.start)) if spread else tuple(mentions)
