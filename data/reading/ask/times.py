"""Which years a question is about, and as of which release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.model import ReferencePeriod
from data.reading.ask.outcome import Unfit
from data.reading.ask.vocabulary import Slot

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.model import Release
    from data.reading.ask.clues import Clues
    from data.reading.years import YearSpan

_BASE = re.compile(
    r"\b(?:than|versus|vs\.?|against|times|(?:compar(?:ed?|ison)|relative) (?:to|with)|as(?! (?:of|at)\b))"
    r" (?:(?:in|with|to|at|the|year|what|it|there|was|they|were|had|been|of|that|levels?|back|for|end) )*$",
    re.IGNORECASE,
)
"""What stands before the year that others are compared with: “than in”, “twice as many as it had been in”."""
_TO_NOW = re.compile(
    r"\b(?:compared (?:to|with)|versus|vs\.?|than|until|to) (?:it is |there are )?(?:now|today)\b",
    re.IGNORECASE,
)
_BESIDE = re.compile(r"\b(?:vs\.?|versus) (?:in )?(?:19|20)\d\d\b", re.IGNORECASE)
"""Two years set beside each other, neither before the other: “2016 vs 2017, was that a drop?”."""
_TWO = 2


@dataclass(frozen=True, slots=True)
class Times:
    """Years from `first` to `last`, None where left open; `spans`: several are asked for.

    `years` are those that were named one by one. `against` is another span to set beside them.
    `back`: the last is what the first is compared with, as in “more in 2016 than in 2019”.
    """

    first: int | None = None
    last: int | None = None
    as_of: date | None = None
    spans: bool = False
    years: tuple[int, ...] = ()
    against: tuple[int | None, int | None] | None = None
    back: bool = False


def choose_times(clues: Clues, releases: Sequence[Release]) -> Times:
    """Read the years of a question; raises `Unfit` for years without figures."""
    newest = releases[-1]
    spans = list(dict.fromkeys(mention.value for mention in clues.years if not mention.value.newest))
    for span in spans:
        _check(span, newest)
    as_of = clues.days[0] if clues.days else _find_release(spans, releases)
    singles = list(dict.fromkeys(span.single for span in spans))
    if not spans:
        return Times(as_of=as_of)
    if len(singles) == 1 and singles[0] is not None:
        since = (_find_base(clues) is not None or clues.says(_TO_NOW)) and not clues.has(Slot.MOST)
        return Times(singles[0], None if since else singles[0], as_of, spans=since)
    if len(spans) == _TWO and singles == [None]:  # two spans side by side
        one, other = spans
        first, last = one.first or other.first, one.last or other.last
        open_ends = {one.first, other.first} > {None} and {one.last, other.last} > {None}
        if open_ends and first and last and first <= last:  # “since 2015 … before 2020”
            return Times(first, last, as_of, spans=True)
        return Times(one.first, one.last, as_of, spans=True, against=(other.first, other.last))
    named = tuple(sorted(year for year in singles if year is not None))
    firsts = [span.first for span in spans]
    lasts = [span.last for span in spans]
    first = None if None in firsts and len(spans) == 1 else min(year for year in firsts if year)
    to_date = any(span.last is None and span.first == max(filter(None, firsts)) for span in spans)
    last = None if to_date else max((year for year in lasts if year), default=None)
    listed = named if len(named) == len(singles) else ()
    back = len(listed) == _TWO and _find_base(clues) == last and not clues.says(_BESIDE)
    return Times(first, last, as_of, spans=True, years=listed, back=back)


def _find_base(clues: Clues) -> int | None:
    """Return the year that figures are compared with: “than in 2019”, “compared with 2019”."""
    dated = (each for each in clues.years if not each.value.newest)
    return next((each.value.single for each in dated if _BASE.search(clues.text[: each.start])), None)


def _check(span: YearSpan, newest: Release) -> None:
    for year in (span.first, span.last):
        if year is not None and year > newest.newest_year:
            raise Unfit("year-to-come", year=year, newest=newest.newest_year, release=newest.label)
    if span.day and (span.day.month, span.day.day) not in ((6, 30), (12, 31)):
        raise Unfit("day", day=span.day)


def _find_release(spans: Sequence[YearSpan], releases: Sequence[Release]) -> date | None:
    """Return the day of the release that has the half-year asked for; None where the newest will do."""
    halves = {span.first for span in spans if span.period is ReferencePeriod.MID_YEAR}
    if len(halves) > 1 or (halves and len(spans) > 1):  # nor a half beside a whole year
        raise Unfit("two-halves")
    for span in spans:
        if span.period is ReferencePeriod.MID_YEAR:
            kept = [
                each
                for each in releases
                if each.newest_year == span.first and each.period is ReferencePeriod.MID_YEAR
            ]
            if not kept:
                raise Unfit("no-mid-year", year=span.first)
            return None if kept[-1] == releases[-1] else kept[-1].day
        newest = releases[-1]
        if (
            span.period is ReferencePeriod.YEAR_END
            and newest.period_of(span.first or 0) is ReferencePeriod.MID_YEAR
        ):
            raise Unfit("no-year-end", year=span.first)
    return None
