"""Which years a number is not said of: those of another one, or that it is only compared with. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.comparisons import is_compared_with

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.reading.check.lists import Span
    from data.reading.check.sentences import Sentence

NEAR = 24

_THEN = re.compile(
    rf"[^;.()\d]{{0,12}}?[, ](?:when|in which|{say_abroad('in that year')})\b",
    re.IGNORECASE,
)
"""“Compared with 2021, when 65,482 applied”."""
_FROM_THEN = re.compile(r"\b(?:from|than|over|on) (?:the |in )?$", re.IGNORECASE)
"""“An increase from a year earlier”."""
_BACK = re.compile(r"(?: [\w-]+){0,3}? ")
"""“From 998,900 a year earlier”: of that number alone."""
_IN_BRACKETS = re.compile(r"\([^()\n]{1,60}\)")


def find_asides(text: str, sentence: Sentence) -> dict[int, Span]:
    """Return which years are said of one number alone, which begins between the two places.

    It is set beside another: “up from 387,900 in 2017”, or stands in brackets with it: “(2017: 25.8%)”.
    """
    found: dict[int, Span] = {}
    for year in sentence.years:
        worded = not any(map(str.isdigit, text[year.start : year.end]))
        if worded and _FROM_THEN.search(text, sentence.start, year.start):
            found[year.start] = (year.start, year.start)
        elif is_compared_with(text, year.start) and not _THEN.match(text, year.end):
            before = [number.start for number in sentence.numbers if number.end <= year.start]
            found[year.start] = (before[-1], year.start) if before else (year.start, year.start)
        elif worded and (led := [n for n in sentence.numbers if _BACK.fullmatch(text, n.end, year.start)]):
            found[year.start] = (led[-1].start, year.start)
    for hit in _IN_BRACKETS.finditer(text, sentence.start, sentence.end):
        if any(hit.start() < number.start < hit.end() for number in sentence.numbers):
            found |= {
                year.start: hit.span() for year in sentence.years if hit.start() < year.start < hit.end()
            }
    return found


_IN = re.compile(r" (?:in|of|for) (?:the whole of )?", re.IGNORECASE)
_WHEN = re.compile(
    rf"[^;.()\d]{{0,12}}\b(?:when|in which|{say_abroad('in that year')})\b"
    r"|[^;.()]{0,3}\b(?:when|where|with|from|to)\b|[^,;.()]{0,30}\(?$",
    re.IGNORECASE,
)


def leave_out(
    text: str, sentence: Sentence, bases: frozenset[int], place: int, end: int | None = None
) -> Sentence:
    """Leave out the years that something is compared with: they are not those of this place.

    But for one that leads to it: “compared with 2011, when 45,700 applied”, and one right behind its `end`.
    """
    years = (
        year
        for year in sentence.years
        if year.start not in bases
        or (year.end <= place and _WHEN.match(text[year.end : place]) and not _leads_a_pair(text, end))
        or (year.end <= place and _OF_A_PAIR.fullmatch(text, year.end, place))
        or (end is not None and _IN.fullmatch(text, end, year.start))
    )
    return replace(sentence, years=tuple(years))


_AGAINST = (
    rf"(?:against|versus|vs\.?|compared (?:with|to)|{say_abroad('compared with')}|nach|tras|dopo|tegen)"
)
_PAIR = re.compile(rf" ?(?:%|per ?cent)? {_AGAINST} \d", re.IGNORECASE)
_OF_A_PAIR = re.compile(rf" ?\(\d[\d.,]* ?(?:%|per ?cent)? {_AGAINST} ", re.IGNORECASE)
"""“As high as the year before (43% against 43.5%)”: the second is of the year before."""


def _leads_a_pair(text: str, end: int | None) -> bool:
    return end is not None and _PAIR.match(text, end) is not None


_WAS = re.compile(
    r"(?:\((?:was|up from|down from|from|gegenüber|contre|frente a)|\b(?:up|down) from)"
    r"(?: (?:about|around|some|nearly|almost|over|only|just))? $",
    re.IGNORECASE,
)
"""“3,778, up from 502”: from the year before, where none is named."""

_FROM = re.compile(r"\b(?:from|von|de|da|van) (?:[^\W\d_]+ )?$", re.IGNORECASE)
_TO = re.compile(r"(?: [^\W\d_]+)? (?:to|auf|à|a|naar) (?:[^\W\d_]+ ){0,2}", re.IGNORECASE)


def find_end(text: str, where: Span, others: Sequence[Span]) -> bool | None:
    """Say whether a number is the first (True) or the last (False) of “from 10,000 to 65,000”, or neither.

    “3,778, up from 502” is like the first of them.
    """
    for first, last in ((where, each) for each in others if each[0] > where[1]):
        if _is_pair(text, first, last):
            return True
    if any(each[1] < where[0] and _is_pair(text, each, where) for each in others):
        return False
    return True if _WAS.search(text, max(0, where[0] - NEAR), where[0]) else None


def _is_pair(text: str, first: Span, last: Span) -> bool:
    led = _FROM.search(text, max(0, first[0] - NEAR), first[0])
    return led is not None and _TO.fullmatch(text, first[1], last[0]) is not None
