"""Of which time a number in a text is said: a span, a year's middle or end, a time in office. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from data.model import ReferencePeriod
from data.reading.abroad import say_abroad
from data.reading.check.nearness import is_linked
from data.reading.words import Mention
from data.reading.years import DECADE, YearSpan

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.reading.check.lists import Span

MAX_NAMES = 4
_MAX_LINK = 60
_SINCE = re.compile(r"\b(?:(?:ever )?since|seit|depuis|desde|dal|sinds)\b[^,;.\d]*$", re.IGNORECASE)
"""“Since Xi Jinping took office in 2013”."""


_JUNE_OF = re.compile(
    rf"\b(?:june|{say_abroad('june')})(?: of| des jahres| del?| del año)?,? ?$", re.IGNORECASE
)
_JUNE_DAY = re.compile(
    r"\b(?:30(?:th)?(?: of)? june|june 30(?:th)?|(?:the )?(?:end of|late) june|mid-?year"
    rf"|{say_abroad('june day')})\b"
    r"(?!,? ?(?:19|20)\d\d)",
    re.IGNORECASE,
)

_TOOK = (
    r"(?:took (?:over|office|power|charge|the helm)|assumed (?:leadership|power|office|the leadership)"
    r"|came to (?:power|office)|became (?:president|leader|prime minister|chancellor|premier)"
    r"|was (?:elected|sworn in|inaugurated))"
)
_IN_YEAR = r"(?: [\w-]+){0,4}? (?:in|on|at the end of) (?:\w+ )?(?P<year>(?:19|20)\d\d)\b"
_ENTERED = re.compile(rf"(?P<who>\b[A-Z][\w'’-]+) {_TOOK}{_IN_YEAR}")
_SINCE_THEN = re.compile(
    rf"\b[Ss]ince (?:[A-Z]?[\w.'’-]+ ){{0,3}}?(?P<who>[A-Z][\w'’-]+) {_TOOK}(?!{_IN_YEAR})"
)
_DECADE = re.compile(
    r"\b(?:(?:in|during|over|throughout) )?(?:the |his |her )?(?:ten years|decade(?:-long)?)"
    r"(?= (?:when|under|of|in which|that|tenure|rule|term|reign|presidency|leadership|before)\b)"
    r"(?! of (?:\d|the ))",
    re.IGNORECASE,
)
"""“Since Xi took over”, “the decade under Hu”: years named by who was in office."""


@dataclass(frozen=True, slots=True)
class Time:
    """The years a number is said of: single ones, nearest first, or all of a span."""

    years: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    half: bool = False
    end: bool = False
    june: tuple[int, ...] = ()
    beside: bool = False
    """No other number stands between them."""


def tell_time(
    text: str,
    number: Span,
    years: Sequence[Mention[YearSpan]],
    newest: int,
    numbers: Sequence[Span],
    now: int,
) -> Time:
    """Tell the years of a number from those that its sentence names; `now` is the newest one on its day."""
    dated = [year for year in years if year.value.day is None or year.value.period is not None]
    near = sorted(dated or years, key=lambda year: _distance(text, number, year, numbers))
    singles, spans = [], []
    half = end = False
    ends = [year.value.last for year in near if year.value.first is None and year.value.last]
    newest = min(newest, *ends) if ends else newest  # “since 2014 … (to the end of 2024)”
    for place, mention in enumerate(near):
        span = mention.value
        if span.newest:
            singles.append(now)
        elif span.single is not None and _SINCE.search(
            text, max(0, mention.start - _MAX_LINK), mention.start
        ):
            spans.append((place, (span.single, newest)))
        elif span.single is not None:
            singles.append(span.single)
        elif span.first is not None:
            spans.append((place, (span.first, min(span.last or newest, newest))))
        if place == 0 or (singles and span.single == singles[0]):
            half = half or span.period is ReferencePeriod.MID_YEAR
            end = end or span.period is ReferencePeriod.YEAR_END
    nearest_is_span = bool(spans) and (spans[0][0] == 0 or not singles)
    return Time(
        tuple(dict.fromkeys(singles))[:MAX_NAMES],
        spans[0][1] if nearest_is_span and spans[0][1][0] < spans[0][1][1] else None,
        half,
        end,
        tuple(_find_june(text, near)),
        bool(near) and _distance(text, number, near[0], numbers) < (1, 0),
    )


def _find_june(text: str, years: Sequence[Mention[YearSpan]]) -> Iterator[int]:
    for year in years:
        before = max(0, year.start - _MAX_LINK)
        if year.value.single is not None and _JUNE_OF.search(text, before, year.start):
            yield year.value.single


def names_june(text: str, number: Span, sentence: Span, others: Sequence[Span], *, alone: bool) -> bool:
    """Say whether the last day of June is said of a number, the year apart: “on 30 June”, “at mid-year”.

    Where a sentence names no other time (`alone`), it is said of all its numbers.
    """
    for begin, end in _list_june_days(text, sentence):
        first, last = min(number[1], end), max(number[0], begin)
        if alone or not any(first <= start < last for start, _ in others if not begin <= start < end):
            return True
    return False


@lru_cache(maxsize=64)
def _list_june_days(text: str, sentence: Span) -> tuple[Span, ...]:
    return tuple(hit.span() for hit in _JUNE_DAY.finditer(text, *sentence))


def _distance(text: str, number: Span, mention: Mention[object], numbers: Sequence[Span]) -> tuple[int, int]:
    """Order by what no other number stands between, what is linked first, then by characters."""
    start, end = number
    if mention.start >= end:
        between = bisect_left(numbers, (mention.start, 0)) - bisect_left(numbers, (end, 0))
        return (between * 2 - is_linked(text, number, mention, numbers), mention.start - end)
    between = bisect_left(numbers, (start, 0)) - bisect_left(numbers, (mention.end, 0))
    return (between * 2, start - mention.end)


def find_terms_of_office(text: str) -> Iterator[Mention[YearSpan]]:
    """Read them where the text says elsewhere in which year somebody took office; the decade ends there."""
    entered = {hit["who"]: int(hit["year"]) for hit in _ENTERED.finditer(text)}
    for hit in _SINCE_THEN.finditer(text):
        year = entered.get(hit["who"]) or _find_other_name(text, hit["who"], entered)
        if year is not None:
            yield Mention(hit.start(), hit.end(), YearSpan(year, None))
    for hit in _DECADE.finditer(text) if entered else ():
        year = min(entered.values())
        yield Mention(hit.start(), hit.end(), YearSpan(year - DECADE + 1, year))


def _find_other_name(text: str, who: str, entered: dict[str, int]) -> int | None:
    """Say when somebody took office whom the text names in full elsewhere: Xi is Xi Jinping."""
    return next((year for name, year in entered.items() if f"{who} {name}" in text), None)
