"""What a question names and none of its answers has: a country, a year, a share, an average."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, TypeGuard

from data.countries.groups import members
from data.errors import quote
from data.model import STATELESS, Group, Level, Measure, Nature, Order, Per, RankBy
from data.questions.decisions import AskDecisions
from data.questions.map import AskMap
from data.questions.period import AskPeriod
from data.questions.refinement import measure_of
from data.questions.top import AskTop
from data.questions.trend import AskTrend
from data.reading.ask.counts import find_joined
from data.reading.ask.outcome import AimKind
from data.reading.ask.vocabulary import Slot
from data.reading.words import Mention

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from data.model import Area
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues, Floor
    from data.reading.ask.outcome import Answer
    from data.reading.places import Naming
    from data.reading.years import YearSpan


_THAN = re.compile(
    r"\bthan(?: (?:the|those|who|people|are|were|do|did))*\b(?! (?:ever|before|any|all))", re.IGNORECASE
)
_EVER = re.compile(r"\bever\b", re.IGNORECASE)
_EVER_MORE = re.compile(r"\bever\b.{1,60}\bthan (?:in )?(?:19|20)\d\d\b", re.IGNORECASE)
_MULTIPLE = re.compile(
    r"\b(?:double|twice|half|triple|quadruple|\w+ times)(?: that of| the)? $", re.IGNORECASE
)
_MOST_COUNTRY = re.compile(r"^\W*most (?:[a-z-]+ ){1,4}(?:by |per )?countr(?:y|ies)\b", re.IGNORECASE)
"""No majority, but an order, as it is typed into a search box: “most asylum seekers country 2022”."""
_TOP = re.compile(r"\btop (?:\d{1,2}|three|four|five|six|ten|twenty)\b(?: [a-z]+)?", re.IGNORECASE)
_OR = re.compile(r"\bor\b", re.IGNORECASE)
_FAR = 30
_BESIDE = re.compile(
    r"\b(?:below|above|behind|ahead of|after|next to|right before) (?:the )?$", re.IGNORECASE
)


def find_omitted(clues: Clues, answers: Sequence[Answer]) -> tuple[str, ...]:
    """Return what was named for nothing, in the order of the text, as it was typed."""
    spans = sorted((each.start, each.end) for each in _find(clues, answers))
    return tuple(dict.fromkeys(quote(clues.text[start:end]) for start, end in spans))


def _find(clues: Clues, answers: Sequence[Answer]) -> Iterator[Mention[object]]:
    questions = [each.question for each in answers]
    areas = {area.code for question in questions for area in _list_areas(question)}
    if Measure.STATELESS in map(measure_of, questions):
        areas.add(STATELESS)
    years = {None, *(year for question in questions for year in _list_years(question))}
    for place in clues.places:
        named = place.value.countries
        part = not clues.has(Slot.SHARE) and _has_members(named[0], areas)
        if areas.isdisjoint(area.code for area in named) and not part:
            yield place
    begin = max((of.row.first_year for each in questions if (of := measure_of(each))), default=0)
    lines = [(each.first or begin, each.last) for each in questions if _is_line(each)]
    for span in clues.years:
        early = (
            {span.value.first} if span.value.single is None and (span.value.first or begin) < begin else set()
        )
        if not {span.value.first, span.value.last} - early <= years and not _lies_in(span.value, lines):
            yield span
    yield from _find_untold_years(clues, questions)
    yield from _find_compared(clues)
    yield from _find_unadded(clues, answers)
    yield from _find_neighbours(clues)
    for slot in clues.slots:
        met = _MET.get(slot.value)
        if met and not any(map(met, answers)) and not _is_an_order(slot, clues):
            yield slot
    yield from _find_further(clues, questions)
    for floor in clues.floors:
        if not any(_is_bound(answer, floor.value) for answer in answers):
            yield floor


def _find_untold_years(clues: Clues, questions: Sequence[Question]) -> Iterator[Mention[YearSpan]]:
    """Yield the earlier year where rates of several places are told of the last alone."""
    named = [each for each in clues.years if each.value.single]
    rates = (each for each in questions if isinstance(each, AskTrend) and each.measure.nature is Nature.RATE)
    if len(named) > 1 and any(len(each.places) > 1 and not each.years for each in rates):
        yield min(named, key=lambda each: each.value.single or 0)


def _is_line(question: Question) -> TypeGuard[AskTrend | AskDecisions]:
    """Say whether all years of a span are shown, each by itself."""
    return isinstance(question, AskTrend | AskDecisions) and not getattr(question, "years", ())


def _lies_in(span: YearSpan, lines: Iterable[tuple[int, int | None]]) -> bool:
    """Say whether some years asked for are among those of a longer line: “2000 to 2016, and 2017”."""
    last = span.last or date.max.year
    return any(begin <= (span.first or begin) and last <= (end or date.max.year) for begin, end in lines)


def _find_further(clues: Clues, questions: Sequence[Question]) -> Iterator[Mention[object]]:
    """Yield the further places and rankings of several, “second and third”; and “ever”, of decisions."""
    yield from [each for each in clues.slots if each.value is Slot.NTH][1:]
    rankings = sum(isinstance(each, AskTop) for each in questions)
    for top in [*_TOP.finditer(clues.text)][max(rankings, 1) :]:
        yield Mention(top.start(), top.end(), None)
    if any(isinstance(each, AskDecisions) for each in questions):  # of one year: nobody knows of all
        yield from (Mention(each.start(), each.end(), None) for each in _EVER.finditer(clues.text))


def _find_compared(clues: Clues) -> Iterator[Mention[object]]:
    """Yield what figures are to be held against where it is no place, year or number: “than flee”."""
    if find_joined(clues):  # two kinds of people, each told
        return
    if clues.has(Slot.COMPARE) and len(clues.places) > 2:  # noqa: PLR2004 - one against others together
        yield from (each for each in clues.slots if each.value is Slot.TOGETHER)
    held = len(clues.places) > 1 and clues.has(Slot.COMPARE)
    if ever := (_EVER if held else _EVER_MORE).search(
        clues.text
    ):  # years held against one, or against others'
        yield Mention(ever.start(), ever.end(), None)
    told = (*clues.places, *clues.years, *clues.floors, *clues.included)
    if clues.has(Slot.COUNTRIES, Slot.WHO):  # “double Germany's”: countries are held against one
        yield from (each for place in clues.places if (each := _find_multiple(clues, place)))
    for than in _THAN.finditer(clues.text):
        near = [each for each in told if than.start() <= each.end and each.start <= than.end() + _FAR]
        others = [
            each
            for each in (*clues.measures, *clues.slots)
            if than.end() <= each.start <= than.end() + 1 and each.value is not Slot.FACTOR
        ]
        if others and not any(each.start < others[0].start for each in near):
            yield Mention(than.start(), others[0].end, None)


def _find_multiple(clues: Clues, place: Mention[Naming]) -> Mention[object] | None:
    before = _MULTIPLE.search(clues.text[: place.start])
    return Mention(before.start(), place.end, None) if before else None


def _find_unadded(clues: Clues, answers: Sequence[Answer]) -> Iterator[Mention[object]]:
    """Yield what asks for a sum that no answer is: of single years, or of some of several places."""
    lines = [each.question for each in answers if isinstance(each.question, AskTrend)]
    flows = [each for each in lines if each.measure.nature is not Nature.STOCK]  # of stocks that is said
    years = any(len(each.years) > 1 for each in flows)
    listed = years and len(clues.places) < 2 and not clues.has(Slot.COMPARE)  # noqa: PLR2004 - years alone
    some = any(each.aim and each.aim.point is AimKind.TOGETHER for each in answers) and _is_of_some(clues)
    if listed or some:
        yield from (each for each in clues.slots if each.value is Slot.TOGETHER)


def _is_of_some(clues: Clues) -> bool:
    """Say whether two of several are to be added: “in Germany or in France and Spain together”."""
    between = [clues.text[one.end : other.start] for one, other in pairwise(clues.places)]
    return any(map(_OR.search, between)) and not all(map(_OR.search, between))


def _find_neighbours(clues: Clues) -> Iterator[Mention[object]]:
    """Yield what asks for a place in the order beside another's: “just below Germany”, “after Turkey”."""
    for place in clues.places:
        if beside := _BESIDE.search(clues.text[: place.start]):
            yield Mention(beside.start(), place.end, None)


def _is_an_order(slot: Mention[Slot], clues: Clues) -> bool:
    """Say whether a share is only how much there is: “the largest share of refugees”.

    So is a majority of which it is asked who they are.
    """
    if slot.value is Slot.MAJORITY:
        return clues.has(Slot.COUNTRIES, Slot.WHO, Slot.WHERE) or clues.says(_MOST_COUNTRY)
    ordered = (each for each in clues.slots if each.value in (Slot.MOST, Slot.LEAST))
    return slot.value is Slot.SHARE and any(0 <= slot.start - each.end <= 1 for each in ordered)


def _has_members(group: Area, codes: set[str]) -> bool:
    """Say whether all that is told are members of a group: “European country: France or Italy?”."""
    several = isinstance(group, Group) and len(codes) > 1
    return several and codes <= members(group.code, date.max.year)


def _list_areas(question: Question) -> Iterator[Area]:
    for place in question.places if isinstance(question, AskTrend) else (question.place,):
        yield from filter(None, (place.origin, place.asylum, getattr(question, "of", None)))


def _list_years(question: Question) -> Iterator[int]:
    for name in ("year", "first", "last", "since", "years", "against"):
        value = getattr(question, name, None)
        yield from value if isinstance(value, tuple) else (value,)
    if question.as_of:
        yield question.as_of.year


_OF_LEAST = (AimKind.RECORD, AimKind.WHICH)
_SHARES = (AimKind.SHARE, AimKind.TOP_SHARE, AimKind.PERCENT, AimKind.WITHOUT)


def _is_share(answer: Answer) -> bool:
    measure = measure_of(answer.question)
    rate = measure is not None and measure.nature is Nature.RATE and not _has_part(answer.question)
    aimed = answer.aim is not None and answer.aim.point in _SHARES
    return aimed or rate or isinstance(answer.question, AskDecisions) or _is_per_head(answer)


def _has_part(question: Question) -> bool:
    """Say whether one place is in another: of two rates none is the share of the other."""
    asylums = [each.asylum for each in question.places] if isinstance(question, AskTrend) else []
    groups = [members(each.code, date.max.year) for each in asylums if isinstance(each, Group)]
    return any(each and each.code in group for group in groups for each in asylums)


def _is_per_head(answer: Answer) -> bool:
    found = (getattr(answer.question, name, None) for name in ("per", "by"))
    return any(each in (Per.INHABITANTS, RankBy.INHABITANTS) for each in found)


def _is_ranking(answer: Answer) -> bool:
    return isinstance(answer.question, AskTop | AskMap)


def _tells_a_rank(answer: Answer) -> bool:
    asked = answer.aim is not None and answer.aim.point is AimKind.FIRST
    return asked or getattr(answer.question, "rank", None) is not None


def _sets_in_order(answer: Answer) -> bool:
    return _is_ranking(answer) or len(getattr(answer.question, "places", ())) > 1


def _is_bound(answer: Answer, floor: Floor) -> bool:
    """Say whether an answer keeps to a threshold, on its side of it."""
    bound = getattr(answer.question, "above" if floor.sign > 0 else "below", None)
    aim = answer.aim
    held = aim is not None and aim.point in (AimKind.ABOVE, AimKind.PASSED) and aim.sign == floor.sign
    shared = aim is not None and aim.point in (AimKind.SHARE, AimKind.TOP_SHARE) and aim.value is not None
    return bound is not None or held or (floor.percent and shared)


_MET: Mapping[Slot, Callable[[Answer], bool]] = {
    Slot.SHARE: _is_share,
    Slot.HEAD: _is_per_head,
    Slot.COUNTRIES: _sets_in_order,
    Slot.WHO: _sets_in_order,
    Slot.RANK: _is_ranking,
    Slot.NTH: _tells_a_rank,
    Slot.LEAST: lambda answer: (
        (answer.aim is not None and answer.aim.point is AimKind.RANGE)
        or (answer.aim is not None and answer.aim.point in _OF_LEAST and answer.aim.sign < 0)
        or getattr(answer.question, "order", None) is Order.SMALLEST
    ),
    Slot.FACTOR: lambda answer: getattr(answer.question, "by", RankBy.PERCENT) is RankBy.PERCENT,
    Slot.MAJORITY: lambda answer: (
        answer.aim is not None and answer.aim.point in (AimKind.SHARE, AimKind.ABOVE, AimKind.TOP_SHARE)
    ),
    Slot.FIRST_INSTANCE: lambda answer: (
        measure_of(answer.question) is Measure.APPLICATIONS
        or getattr(answer.question, "level", None) is Level.FIRST
    ),
    Slot.INCLUDED: lambda answer: (
        answer.aim is not None and answer.aim.point in (AimKind.INCLUDING, AimKind.TOGETHER)
    ),
    Slot.WHICH_YEAR: lambda answer: answer.aim is not None or len(getattr(answer.question, "places", ())) < 2,  # noqa: PLR2004
    Slot.EACH_DAY: lambda answer: answer.aim is not None and answer.aim.point is AimKind.EACH_DAY,
    Slot.PERIOD: lambda answer: isinstance(answer.question, AskPeriod),
}
"""What an answer must have for a word that asks for it; other words are for the answer to weigh."""
