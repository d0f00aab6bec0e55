"""Which number a comparison is about, and which years it compares with. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.claim import TrendClaim
from data.reading.check.comparisons import is_compared_with
from data.reading.check.denials import find_denial

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from data.reading.check.claim import Claim, Comparison
    from data.reading.check.sentences import Sentence
    from data.reading.words import Mention
    from data.reading.years import YearSpan

_LEADING = re.compile(
    r"\b(?:from|than|compared|relative|levels?|before|since|over|on|previous|prior|earlier|highs?|peaks?|reported"
    rf"|recorded|seen|set|reached|(?:many|much|high|large|big)(?: [a-z]+)? as|{say_abroad('base years')})\b",
    re.IGNORECASE,
)
_COMPARING = re.compile(r"(?:from|pre|before|previous|the previous|since)\b", re.IGNORECASE)
_OWN_TIME = re.compile(r"(?:last|this) (?:calendar )?year\b", re.IGNORECASE)
"""“Fell by 20% last year” says when it fell, “more than last year” what it is compared with."""

_DIRECT = re.compile(
    r" (?:(?:the|that of|those of)? ?|the (?:number|figure|level|total) (?:of|in|for) |as (?:in|during) )",
    re.IGNORECASE,
)
"""“Double the 2019 level”, “half as many as in 2019”."""

_SOFTENED = re.compile(
    r" ?(?:(?:about|around|some|nearly|almost|over|more|than|just|a|record) ){0,3}", re.IGNORECASE
)
_TO = re.compile(
    r"\bto (?:(?:about|around|some|nearly|almost|over|more|than|just|a|record) ){0,3}$", re.IGNORECASE
)
_BOTH = 2
"""Numbers that “from … to …” stands between."""

MAX_YEARS = 30
MAX_SAID = 40
"""Characters behind a comparison within which its year is quoted with it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """Comparisons with their base years: by the start of the number before them, or without one (`loose`).

    `bases` is where the base years stand, which are not the numbers' own; `passing` those of them that later
    sentences do not speak of either: the year of a record is what a sentence is about.
    """

    owned: dict[int, list[Comparison]]
    loose: list[Comparison]
    bases: frozenset[int]
    passing: frozenset[int]


def settle_comparisons(text: str, sentence: Sentence, counts: Collection[int], newest: int) -> Settled:
    """Give each comparison of a sentence its base years and the number before it.

    `counts` is where the sentence's numbers of people begin.
    """
    owned: dict[int, list[Comparison]] = {}
    loose: list[Comparison] = []
    bases: set[int] = set()
    passing: set[int] = set()
    for place, comparison in enumerate(sentence.comparisons):
        if comparison.leads is not None and comparison.leads not in counts:
            continue
        later = [each.start for each in sentence.comparisons[place + 1 :]]
        beyond = (start for start in counts if start > comparison.end)
        until = min([sentence.end, *later, *(each for each in beyond if not _is_led(text, comparison, each))])
        years = [
            year
            for year in sentence.years
            if comparison.start <= year.start < until and _is_base(text, comparison, year)
        ]
        years = _choose_years(text, sentence, comparison, years)
        bases.update(year.start for year in years)
        ends_of_bases = {year.end for year in sentence.years if year.start in bases}
        passing.update(year.start for year in years if not comparison.of_record or _is_since(year.value))
        settled = _settle(comparison, [year.value for year in years], newest)
        ends = [comparison.end, *(year.end for year in years if year.end < comparison.end + MAX_SAID)]
        said = comparison.said or " ".join(text[comparison.start : max(ends)].split()).strip(" ,")
        denied = find_denial(text, sentence, comparison.start, comparison.end) != -1
        settled = replace(settled, said=said, denied=denied)
        earlier = (start for start in counts if start < comparison.start)
        before = max(
            (
                start
                for start in earlier
                if not (_is_of_a_base(text, start, ends_of_bases) or _is_set_beside(text, start))
            ),
            default=None,
        )
        if comparison.leads is not None:
            first = tuple(year.value.first or year.value.last or 0 for year in years)
            owned.setdefault(comparison.leads, []).append(replace(settled, bases=first[:1]))
        elif led := _find_led(text, sentence, comparison, counts):
            leads_to, from_years = led
            owned.setdefault(leads_to, []).append(replace(settled, bases=tuple(from_years)))
        elif _is_bare(settled):
            continue  # “fewer than in France”
        elif own := _find_record(text, comparison, counts):
            owned.setdefault(own, []).append(settled)
        elif before is None:
            loose.append(settled)
        else:
            owned.setdefault(before, []).append(settled)
    return Settled(owned, loose, frozenset(bases), frozenset(passing))


def _choose_years(
    text: str, sentence: Sentence, comparison: Comparison, years: Sequence[Mention[YearSpan]]
) -> list[Mention[YearSpan]]:
    """Choose the years that a comparison is with, of those that stand behind it."""
    if comparison.leads is not None:
        return [
            year
            for year in sentence.years
            if year.value.single is None or _FROM_YEAR.search(text, sentence.start, year.start)
        ]
    if comparison.percent is not None or comparison.times is not None:
        first, *others = years or (None,)
        parted = [each for each in others if first and not _PARTED.search(text, first.end, each.start)]
        return [first, *parted] if first else []
    if comparison.of_record:
        return list(years)
    # “Fewer in 2024 than in 2023” compares with the second alone.
    return [each for each in years if is_compared_with(text, each.start, bare=True)] or list(years)


def _find_record(text: str, comparison: Comparison, counts: Collection[int]) -> int | None:
    """Find the number that is said to be one: “a record 3.05 million”."""
    if not comparison.of_record:
        return None
    return next(
        (
            start
            for start in counts
            if start >= comparison.end and _OF_NUMBER.fullmatch(text, comparison.end, start)
        ),
        None,
    )


_OF_NUMBER = re.compile(
    r"\s*(?:(?:high|low|level|number|figure|total)s? )?(?:(?:of|at|with|de|di|von|mit|avec|con|van) )?"
    rf"(?:(?:about|around|some|nearly|almost|over|more than|just|roughly|{say_abroad('leads before')}) ?)?",
    re.IGNORECASE,
)
_FROM_YEAR = re.compile(
    r"\b(?:(?:from|since|than|compared (?:with|to)|against|over)(?: the (?:year|level|number|figure))?"
    rf"(?: (?:of|in))? |(?:{say_abroad('base years')})(?:(?<=['’])| )"
    r"(?:dem |jahr |im |en |el año |l['’]année |à |a )*)$",
    re.IGNORECASE,
)
"""What stands before a year that a number is said to have gone from."""


def _find_led(
    text: str, sentence: Sentence, comparison: Comparison, counts: Collection[int]
) -> tuple[int, list[int]] | None:
    """Find the number that “fell from 7,000 in 2023 to 5,000” leads to, and the year it comes from."""
    following = sorted(start for start in counts if start >= comparison.end)[:2]
    named = comparison.trend_claim in (TrendClaim.UP, TrendClaim.DOWN)
    if comparison.times is not None or comparison.percent is not None or not named or len(following) < _BOTH:
        return None
    first, second = following
    near = text[comparison.start : comparison.end].lower().endswith("from")
    if not (near and _SOFTENED.fullmatch(text, comparison.end, first) and _TO.search(text, first, second)):
        return None
    years = [
        each.value.single for each in sentence.years if each.value.single and first < each.start < second
    ]
    return (second, years) if len(years) == 1 else None


def _is_bare(comparison: Comparison) -> bool:
    """Say whether it is not said with which year a figure is compared, nor by how much."""
    counted = comparison.percent is not None or comparison.times is not None
    plain = comparison.trend_claim in (TrendClaim.UP, TrendClaim.DOWN)
    return plain and not counted and not comparison.bases


def _is_of_a_base(text: str, number: int, bases: Collection[int]) -> bool:
    """Say whether a number is that of a year compared with: “20% more than in 2014 (32,344) and 30% …”."""
    return any(text[end:number].strip() == "(" for end in bases if end < number)


def _is_set_beside(text: str, number: int) -> bool:
    """Say whether a number is what another is compared with: “229,740, against 329,104 in 2023, a fall”."""
    return _BESIDE.search(text, max(0, number - MAX_SAID), number) is not None


_BESIDE = re.compile(
    r"\b(?:against|versus|compared (?:with|to)|up from|down from|after|"
    rf"{say_abroad('compared with')}|nach(?: noch)?|tras|dopo|tegen(?:over)?)"
    r"(?:(?<=['’])| )(?:(?:the|only|just|about|around|some|nearly|almost|over|more than|noch|los|las|le|les|i"
    rf"|{say_abroad('leads before')}) )*$",
    re.IGNORECASE,
)

_PARTED = re.compile(r"[,;:(](?!\d)")
"""“Up 27% on 2021, close to the level of 2019”: of the second year nothing is said by how much."""

_BY_FROM = re.compile(r",? from (?:just |only |some |about |around )?", re.IGNORECASE)


def _is_led(text: str, comparison: Comparison, number: int) -> bool:
    """Say whether a number is only what it comes from: “surged by 40%, from 12,300 in 2012, to …”."""
    counted = comparison.percent is not None or comparison.times is not None
    return counted and _BY_FROM.fullmatch(text, comparison.end, number) is not None


def _is_since(span: YearSpan) -> bool:
    return span.first is not None and span.last is None


def _settle(comparison: Comparison, spans: Sequence[YearSpan], newest: int) -> Comparison:
    if comparison.of_record:
        years = tuple(each for span in spans if not _is_since(span) for each in _list_years(span, newest))
        begin = next((span.first for span in spans if _is_since(span)), None)
        return replace(comparison, since=begin, bases=() if begin or comparison.over else years)
    ends = [(span.first, span.last) for span in spans if span.single is None and span.first and span.last]
    if ends and (comparison.times is not None or comparison.percent is not None):
        first, last = ends[0]
        return replace(comparison, bases=(first,), until=min(last, newest))
    since = [span.first for span in spans if span.first and span.last is None]
    if since and (comparison.times is not None or comparison.percent is not None):
        return replace(comparison, bases=(since[0],))  # “15% below 2020” is no comparison with 2021
    return replace(comparison, bases=tuple(each for span in spans for each in _list_years(span, newest)))


def shift_bases(comparison: Comparison, claim: Claim) -> Comparison:
    """Let “the previous two years” end before the year that is compared with them."""
    year = claim.nearest_year
    if len(comparison.bases) == 1 or year is None or year not in comparison.bases:
        return comparison
    shift = comparison.bases[-1] - year + 1
    return replace(comparison, bases=tuple(base - shift for base in comparison.bases))


def _is_base(text: str, comparison: Comparison, year: Mention[YearSpan]) -> bool:
    """Tell “fell 27% in 2025” from “fell 27% from 2024” and “before COVID-19”."""
    if comparison.of_record:
        return comparison.over is None or _is_since(year.value)
    if comparison.times is None and comparison.percent is None:
        return True
    written = text[year.start : year.end]
    named = year.value.single is not None and not any(map(str.isdigit, written[:6]))
    by_name = named and _OWN_TIME.match(written) is None
    leading = _LEADING.search(text, comparison.end, year.start) is not None
    direct = _DIRECT.fullmatch(text, comparison.end, year.start) is not None
    return by_name or leading or direct or _COMPARING.match(written) is not None


def _list_years(span: YearSpan, newest: int) -> list[int]:
    first = span.first if span.first is not None else span.last
    last = span.last if span.last is not None else newest
    return [] if first is None else list(range(first, min(last, newest) + 1))[:MAX_YEARS]
