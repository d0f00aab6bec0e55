"""What has to be said beside an answer of how its question was taken: codes, with what each is about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.errors import quote
from data.model import Measure, Nature
from data.questions.refinement import measure_of
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.answer_forms import is_of_arrivals
from data.reading.ask.vocabulary import Slot, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from data.questions.registry import Question
    from data.reading.ask.clues import Clues

_OF_ALL = re.compile(
    r"\b(?:all|every|total) (?:of )?(?:the )?(?:asylum )?(?:decisions?|claims|cases)\b", re.IGNORECASE
)
_MOVED = re.compile(
    r"\b(?:arriv(?:e|ed|ing|als?)|came|c[oa]me to|enter(?:ed|ing)?|inflows?|influx|left|leave|departed)\b",
    re.IGNORECASE,
)
_LEFT = re.compile(
    r"(?:(?:has|have|had) )?(?:left|leav|depart|went from|gone from|go from|mov|cross|travel|head)",
    re.IGNORECASE,
)
_NEAREST = {
    "stock": (_MOVED, Measure.REFUGEES),
    "withdrawn": (re.compile(r"\bwithdr[ae]w", re.IGNORECASE), Measure.CLOSED),
    "subsidiary": (re.compile(r"\bsubsidiary\b", re.IGNORECASE), Measure.COMPLEMENTARY),
}
"""What UNHCR does not count by itself, and in which of its figures it is."""
UNDATED = "undated"
_ADDED_UP = re.compile(
    r"\b(?:sum|altogether|in total|in all|added up|combined|cumulative(?:ly)?)\b", re.IGNORECASE
)


def find_remarks(clues: Clues, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield what has to be said of how a sentence was taken."""
    dated = {UNDATED} if clues.years else set()
    for topic in (
        each for each in clues.topics if each.value.way is Way.NOTE and each.value.code not in dated
    ):
        yield topic.value.code, quote(clues.text[topic.start : topic.end])
    for place in clues.places:
        if place.value.misspelt:
            yield "misspelt", quote(clues.text[place.start : place.end])
    counted = [of for each in questions if (of := measure_of(each))]
    yield from _remark_measures(clues, counted)
    if any(is_of_arrivals(clues, each) for each in questions):
        yield "stock", ""
    rejected = Measure.REJECTION_RATE in counted
    if rejected or (clues.says(_OF_ALL) and any(of.nature is Nature.RATE for of in counted)):
        yield "merits", ""
    over_years = any(isinstance(each, AskTrend) and each.first != each.last for each in questions)
    if over_years and clues.says(_ADDED_UP) and any(of.nature is Nature.STOCK for of in counted):
        yield "summed", ""
    yield from _remark_years(clues, questions)
    if clues.claims:
        yield "claimed", clues.claims[0]
    for month in clues.months:
        yield "month", quote(month)
    if passed := dict.fromkeys(stray.value for stray in clues.strays):
        yield "passed-over", ", ".join(passed)


def _remark_years(clues: Clues, questions: Sequence[Question]) -> Iterator[tuple[str, str]]:
    """Yield which of the years named have no figures, or are not told each by itself."""
    counted = [of for each in questions if (of := measure_of(each))]
    firsts = [each.value.first for each in clues.years if each.value.single is None and each.value.first]
    if begins := [of.row.first_year for of in counted if firsts and min(firsts) < of.row.first_year]:
        yield "begins", f"{max(begins)}"
    apart = clues.has(Slot.EACH_YEAR, Slot.TREND)
    if apart and any(isinstance(each, AskTop) and each.since and not each.of_change for each in questions):
        yield "years-together", ""


def _remark_measures(clues: Clues, counted: Sequence[Measure]) -> Iterator[tuple[str, str]]:
    """Yield what is not quite what was asked for: those who live there of those who came, all of a part."""
    returns = (each for each in clues.measures if each.value.measures == (Measure.RETURNED_REFUGEES,))
    if Measure.RETURNED_REFUGEES in counted and any(_LEFT.match(clues.text, each.start) for each in returns):
        yield "went-home", ""
    for code, (words, of) in _NEAREST.items():
        if of in counted and clues.says(words) and (clues.years or code != "stock"):
            yield code, ""
