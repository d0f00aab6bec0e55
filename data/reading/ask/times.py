"""Which years a question is about, and as of which release."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import Unanswerable
from data.model import ReferencePeriod
from data.reading.ask.vocabulary import Intent

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.model import Release
    from data.reading.ask.clues import Clues
    from data.reading.years import YearSpan

FIRST_YEAR = 2000
_NEXT_TO = re.compile(
    r"\s*(?:(?:in|with|to|the|year|it|was|they|were|of|that|levels?|back)\s+)*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Times:
    """Years from `first` to `last`, None where left open; `spans`: several are asked for.

    `listed`: they were named one by one. `against` is another span to set beside them.
    """

    first: int | None
    last: int | None
    as_of: date | None
    spans: bool
    listed: bool = False
    against: tuple[int | None, int | None] | None = None


def choose_times(clues: Clues, releases: Sequence[Release]) -> Times:
    """Read the years of a question; raises `Unanswerable` for years without figures."""
    newest = releases[-1]
    spans = [mention.value for mention in clues.years if not mention.value.newest]
    for span in spans:
        _check(span, newest)
    as_of = clues.days[0] if clues.days else _find_release(spans, releases)
    singles = [span.single for span in spans]
    if not spans:
        return Times(None, None, as_of, spans=False)
    if len(spans) == 1 and singles[0] is not None:
        since = clues.has(Intent.COMPARE) and not clues.has(Intent.TOP) and _is_compared(clues)
        return Times(singles[0], None if since else singles[0], as_of, spans=since)
    if len(spans) == 2 and singles == [None, None]:  # noqa: PLR2004 - two spans side by side
        one, other = spans
        return Times(one.first, one.last, as_of, spans=True, against=(other.first, other.last))
    firsts = [span.first for span in spans]
    lasts = [span.last for span in spans]
    first = None if None in firsts and len(spans) == 1 else min(year for year in firsts if year)
    last = None if None in lasts and len(spans) == 1 else max((year for year in lasts if year), default=None)
    return Times(first, last, as_of, spans=True, listed=len(spans) > 1)


def _is_compared(clues: Clues) -> bool:
    """Say whether the year is what figures are compared with: “than in 2019”, “compared with 2019”."""
    year = clues.years[0]
    before = [each for each in clues.asking if each.value is Intent.COMPARE and each.end <= year.start]
    return any(_NEXT_TO.fullmatch(clues.text[each.end : year.start]) for each in before)


def _check(span: YearSpan, newest: Release) -> None:
    for year in (span.first, span.last):
        if year is not None and year < FIRST_YEAR:
            raise Unanswerable(
                f"UNHCR's asylum figures by country begin in {FIRST_YEAR}, so there are none for {year}."
            )
        if year is not None and year > newest.newest_year:
            raise Unanswerable(
                f"There are no figures for {year} yet: the newest are of {newest.newest_year}"
                f" (release “{newest.label}”)."
            )
    if span.day and (span.day.month, span.day.day) not in ((6, 30), (12, 31)):
        raise Unanswerable(
            "UNHCR counts pending claims on 30 June and 31 December, and applications per year:"
            f" there are no figures for {span.day.day} {span.day:%B %Y}."
        )


def _find_release(spans: Sequence[YearSpan], releases: Sequence[Release]) -> date | None:
    """Return the day of the release that has the half-year asked for; None where the newest will do."""
    halves = {span.first for span in spans if span.period is ReferencePeriod.MID_YEAR}
    if len(halves) > 1:
        raise Unanswerable("Ask about one half-year at a time: mid-year figures stand in different releases.")
    for span in spans:
        if span.period is ReferencePeriod.MID_YEAR:
            kept = [
                each
                for each in releases
                if each.newest_year == span.first and each.period is ReferencePeriod.MID_YEAR
            ]
            if not kept:
                raise Unanswerable(f"I keep no mid-year release of {span.first}; ask for the whole year.")
            return None if kept[-1] == releases[-1] else kept[-1].day
        newest = releases[-1]
        if (
            span.period is ReferencePeriod.YEAR_END
            and newest.period_of(span.first or 0) is ReferencePeriod.MID_YEAR
        ):
            raise Unanswerable(f"There is no year-end figure of {span.first} yet; ask for mid-{span.first}.")
    return None
