"""Years and spans of years in a running text, those said by reference to today among them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from data.model import Period
from data.text import calendars as c
from data.text.mentions import Mention, keep_longest

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = 6000
PRE_PANDEMIC, PANDEMIC = 2019, (2020, 2021)
CENTURY = 100
DECADE = 10


@dataclass(frozen=True, slots=True)
class Span:
    """Years from `first` to `last`, both included; None is an open end.

    `period`: the text says mid-year or year-end; `day`: it names a day, whose year the span is;
    `newest`: it asks for the newest figures, whatever their year: then both ends are open.
    """

    first: int | None
    last: int | None
    period: Period | None = None
    day: date | None = None
    newest: bool = False

    @property
    def single(self) -> int | None:
        """The year, where the span is one year."""
        return self.first if self.first == self.last else None


def find_years(text: str, today: date, newest: int | None = None) -> tuple[Mention[Span], ...]:
    """Read the first 6,000 characters of a text.

    “Last year” and “three years ago” count from `today`, “the last five years” end with `newest`, the newest
    year that has figures: by default the year before today's. “Before COVID” is 2019.
    """
    text = text[:LONGEST]
    newest = today.year - 1 if newest is None else newest
    found = [
        *_find_spans(text),
        *_find_days(text),
        *_find_parts(text),
        *_find_said(text, today, newest),
    ]
    return keep_longest(each for each in found if _is_in_order(each.value))


def _find_spans(text: str) -> Iterator[Mention[Span]]:
    for pattern in (c.RANGE, c.BETWEEN):
        for match in pattern.finditer(text):
            first = _year(match["first"])
            yield _mention(match, Span(first, _last_year(match["last"], first)))
    for match in c.SINCE.finditer(text):
        yield _mention(match, Span(_year(match["first"]), None))
    for match in c.UNTIL.finditer(text):
        yield _mention(match, Span(None, _year(match["last"])))
    for match in c.BEFORE.finditer(text):
        yield _mention(match, Span(None, _year(match["last"]) - 1))
    for match in c.DECADE.finditer(text):
        first = int(match["decade"])
        yield _mention(match, Span(first, first + DECADE - 1))
    for match in c.YEAR.finditer(text):
        year = _year(match["year"])
        yield _mention(match, Span(year, year))


def _find_days(text: str) -> Iterator[Mention[Span]]:
    for match in c.DAY.finditer(text):
        numbers = (
            match["year"],
            c.MONTHS[(match["m1"] or match["m2"]).casefold().rstrip(".")],
            match["d1"] or match["d2"],
        )
        yield from _day(match, numbers)
    for match in c.ISO_DAY.finditer(text):
        yield from _day(match, match.group("y", "m", "d"))


def _day(match: re.Match[str], numbers: tuple[str | int, ...]) -> Iterator[Mention[Span]]:
    year, month, number = map(int, numbers)
    try:
        day = date(year, month, number)
    except ValueError:
        return
    periods = {(6, 30): Period.MID_YEAR, (12, 31): Period.YEAR_END}
    yield _mention(match, Span(year, year, periods.get((month, number)), day))


def _find_parts(text: str) -> Iterator[Mention[Span]]:
    for pattern, period in ((c.HALF, Period.MID_YEAR), (c.END, Period.YEAR_END)):
        for match in pattern.finditer(text):
            year = _year(match["year"] or match["after"])
            yield _mention(match, Span(year, year, period))


def _find_said(text: str, today: date, newest: int) -> Iterator[Mention[Span]]:
    for match in c.LAST_YEARS.finditer(text):
        yield _mention(match, Span(newest - c.count(match["count"]) + 1, newest))
    for match in c.LAST_DECADES.finditer(text):
        yield _mention(match, Span(newest - DECADE * c.count(match["count"] or "one") + 1, newest))
    for match in c.AGO.finditer(text):
        year = today.year - c.count(match["count"]) * (DECADE if match["unit"].startswith("d") else 1)
        yield _mention(match, Span(year, year))
    for pattern, shift in c.SAID:
        for match in pattern.finditer(text):
            yield _mention(match, Span(today.year + shift, today.year + shift))
    for match in c.NEWEST.finditer(text):
        yield _mention(match, Span(None, None, newest=True))
    for match in c.COVID.finditer(text):
        if match["ever"]:
            yield _mention(match, Span(PRE_PANDEMIC, None))
        elif match["since"]:
            yield _mention(match, Span(PANDEMIC[0], None))
        else:
            yield _mention(match, Span(*PANDEMIC) if match["during"] else Span(PRE_PANDEMIC, PRE_PANDEMIC))


def _mention(match: re.Match[str], span: Span) -> Mention[Span]:
    return Mention(match.start(), match.end(), span)


def _year(text: str) -> int:
    """Read a year as written: 2024, or ’24."""
    digits = text[-4:] if text[0].isdigit() else text[-2:]
    return int(digits) if len(digits) > 2 else 2000 + int(digits)  # noqa: PLR2004 - two digits


def _last_year(text: str, first: int) -> int:
    """Read the end of a range, which may be short: 2019–20, 2019/20."""
    return first - first % CENTURY + int(text) if len(text) == len("20") else _year(text)


def _is_in_order(span: Span) -> bool:
    return span.first is None or span.last is None or span.first <= span.last
