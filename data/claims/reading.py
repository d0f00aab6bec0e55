"""From a text to its claims: each number with the places, years and words that it is said of. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from data.claims.claim import Claim, Comparison, Course, Saying, Subject
from data.claims.cleaning import clean, split_sentences
from data.claims.comparisons import find_comparisons
from data.claims.sayings import choose_saying, find_sayings, is_about_asylum
from data.claims.scope import list_places, sort_names, tell_time
from data.claims.subjects import find_phones, find_subject
from data.text.numbers import Form, find_numbers
from data.text.places import find_places
from data.text.years import find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from data.claims.scope import Time
    from data.countries import Atlas
    from data.model import Country
    from data.text.mentions import Mention
    from data.text.numbers import Quantity
    from data.text.places import Naming
    from data.text.years import Span

_V = TypeVar("_V")

MOST_CLAIMS = 60
_BEFORE_NUMBER, _AFTER_NUMBER = 70, 70
_WORLDWIDE = re.compile(
    r"\b(?:worldwide|world-wide|globally|global|around the world|across the world|the world)\b", re.IGNORECASE
)
_YEARLY = re.compile(r"\b(?:a year|per year|each year|every year|annually|yearly|annual)\b", re.IGNORECASE)
_CASES = re.compile(r"(?: [\w-]+){0,3}? (?:cases|families|households|files)\b", re.IGNORECASE)
_FIRST_TIME = re.compile(r"\b(?:new|newly|first[- ]time|initial|first)\b", re.IGNORECASE)
_BASE = re.compile(
    r"\b(?:from|than|compared|relative|levels?|before|since|over|on|previous|prior|earlier|highs?|peaks?|years?|reported|recorded"
    r"|seen|set|reached)\b",
    re.IGNORECASE,
)
_BASE_ITSELF = re.compile(r"^(?:from|pre|before|previous|the previous|since)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Memory:
    """What the text spoke of last: a later sentence may leave it out."""

    topic: list[Country]
    setting: list[Country]
    time: Time | None
    saying: Saying


@dataclass(frozen=True, slots=True)
class _Sentence:
    start: int
    end: int
    numbers: tuple[Mention[Quantity], ...]
    namings: tuple[Mention[Naming], ...]
    years: tuple[Mention[Span], ...]
    sayings: tuple[Mention[Saying], ...]
    comparisons: tuple[Comparison, ...]


def read_claims(text: str, atlas: Atlas, written: date, newest: int) -> tuple[Claim, ...]:
    """Read what a text of that day claims about asylum, in its order; nothing of a text on other things.

    `newest` is the newest year with figures. At most 60 claims are read, of the first 6,000 characters.
    """
    text = clean(text)
    if not is_about_asylum(text):
        return ()
    sentences = _take_apart(text, atlas, written, newest)
    memory = _Memory(_find_topic(sentences), [], None, _find_main_saying(sentences))
    claims: list[Claim] = []
    for sentence in sentences:
        claims += _read_sentence(text, sentence, memory, newest)
        if len(claims) >= MOST_CLAIMS:
            break
    return tuple(claims[:MOST_CLAIMS])


def _take_apart(text: str, atlas: Atlas, written: date, newest: int) -> list[_Sentence]:
    years = find_years(text, written, newest)
    days = [year.value.day for year in years if year.value.day and year.value.day <= written]
    if days and max(days).year < written.year:  # “last year” is the one before the text's own
        years = find_years(text, max(days), newest)
    phones = find_phones(text)
    numbers = [
        number
        for number in find_numbers(text)
        if not any(number.overlaps(year) for year in years)
        and not any(start < number.end and number.start < end for start, end in phones)
    ]
    namings = [
        each for each in find_places(text, atlas, near=False) if atlas.by_code(each.value.countries[0].code)
    ]
    sayings, comparisons = find_sayings(text), find_comparisons(text, numbers)
    return [
        _Sentence(
            start,
            end,
            _within(numbers, start, end),
            _within(namings, start, end),
            _within(years, start, end),
            _within(sayings, start, end),
            tuple(each for each in comparisons if start <= each.start < end),
        )
        for start, end in split_sentences(text)
    ]


def _within(mentions: Iterable[Mention[_V]], start: int, end: int) -> tuple[Mention[_V], ...]:
    return tuple(mention for mention in mentions if start <= mention.start < end)


def _find_topic(sentences: Sequence[_Sentence]) -> list[Country]:
    """Return the first origin that the text names, which it is probably about."""
    for sentence in sentences:
        names = sort_names("", (sentence.start, sentence.start), sentence.namings, ())
        if names.origins:
            return list(names.origins[:1])
    return []


def _find_main_saying(sentences: Sequence[_Sentence]) -> Saying:
    return next((s.value for sentence in sentences for s in sentence.sayings), Saying.NOTHING)


def _read_sentence(text: str, sentence: _Sentence, memory: _Memory, newest: int) -> list[Claim]:
    spans = [(number.start, number.end) for number in sentence.numbers]
    owners: dict[int, list[Comparison]] = {}
    bases, loose = _settle_comparisons(text, sentence, owners, newest)
    own_years = [year for year in sentence.years if year.start not in bases]
    claims = []
    for place, number in enumerate(sentence.numbers):
        subject = _find_subject(text, number, sentence)
        if subject in (Subject.OTHER, Subject.CHANGE):
            continue
        around = [span for span in spans if span != spans[place]]
        claim = _make_claim(text, sentence, (number.start, number.end), own_years, around, memory, newest)
        comparisons = tuple(_shift(each, claim) for each in owners.get(number.start, ()))
        claims.append(replace(claim, quantity=number.value, subject=subject, comparisons=comparisons))
    for comparison in loose:
        claim = _make_claim(
            text, sentence, (comparison.start, comparison.end), own_years, spans, memory, newest
        )
        number = next((n for n in sentence.numbers if n.value is comparison.percent), None)
        claim = replace(claim, number=text[number.start : number.end]) if number else claim
        claims.append(replace(claim, subject=Subject.CHANGE, comparisons=(_shift(comparison, claim),)))
    _remember(sentence, own_years, spans, memory, newest)
    return claims


def _find_subject(text: str, number: Mention[Quantity], sentence: _Sentence) -> Subject:
    if number.value.form is Form.PERCENT and any(c.percent == number.value for c in sentence.comparisons):
        return Subject.CHANGE
    if any(c.start <= number.start < c.end for c in sentence.comparisons):
        return Subject.CHANGE
    return find_subject(text, number, [(naming.start, naming.end) for naming in sentence.namings])


def _settle_comparisons(
    text: str, sentence: _Sentence, owners: dict[int, list[Comparison]], newest: int
) -> tuple[set[int], list[Comparison]]:
    """Give each comparison its base years and the count before it in the sentence, if there is one.

    Returns where the base years stand, which are not the counts' own, and the comparisons without a count.
    """
    counts = [
        n
        for n in sentence.numbers
        if n.value.form is Form.COUNT and _find_subject(text, n, sentence) is not Subject.OTHER
    ]
    bases: set[int] = set()
    loose: list[Comparison] = []
    for place, comparison in enumerate(sentence.comparisons):
        until = (
            sentence.comparisons[place + 1].start if place + 1 < len(sentence.comparisons) else sentence.end
        )
        until = min([until, *(n.start for n in counts if n.start > comparison.end)])
        found: list[int] = []
        for year in sentence.years:
            if comparison.start <= year.start < until and _is_base(text, comparison, year):
                bases.add(year.start)
                found += _list_years(year.value, newest)
        settled = replace(comparison, bases=tuple(found))
        before = [n for n in counts if n.start < comparison.start]
        if before:
            owners.setdefault(before[-1].start, []).append(settled)
        else:
            loose.append(settled)
    return bases, loose


def _shift(comparison: Comparison, claim: Claim) -> Comparison:
    """Let “the previous two years” end before the year that is compared with them."""
    if len(comparison.bases) < 2 or not claim.years or claim.years[0] not in comparison.bases:  # noqa: PLR2004 - a span
        return comparison
    shift = comparison.bases[-1] - claim.years[0] + 1
    return replace(comparison, bases=tuple(base - shift for base in comparison.bases))


def _is_base(text: str, comparison: Comparison, year: Mention[Span]) -> bool:
    if comparison.course is Course.RECORD:
        return True
    between = text[comparison.end : year.start]
    covid = year.value.single is not None and not any(c.isdigit() for c in text[year.start : year.end][:6])
    plain = comparison.times is None and comparison.percent is None
    return (
        plain
        or covid
        or _BASE.search(between) is not None
        or _BASE_ITSELF.match(text[year.start : year.end]) is not None
    )


def _list_years(span: Span, newest: int) -> list[int]:
    first = span.first if span.first is not None else span.last
    last = span.last if span.last is not None else newest
    return [] if first is None else list(range(first, min(last, newest) + 1))[:30]


def _make_claim(
    text: str,
    sentence: _Sentence,
    where: tuple[int, int],
    years: Sequence[Mention[Span]],
    others: Sequence[tuple[int, int]],
    memory: _Memory,
    newest: int,
) -> Claim:
    words = text[sentence.start : sentence.end]
    names = sort_names(text, where, sentence.namings, others)
    time = tell_time(text, where, years, newest, others)
    named = bool(time.years or time.span)
    if not named and memory.time is not None:
        time = replace(memory.time, half=time.half or memory.time.half)
    saying = choose_saying(text, where, sentence.sayings, others)
    worldwide = _WORLDWIDE.search(words) is not None
    return Claim(
        start=where[0],
        end=where[1],
        number=text[where[0] : where[1]].strip(),
        quote=_quote(text, sentence, where),
        quantity=None,
        subject=Subject.PEOPLE,
        places=list_places(names, memory.topic, memory.setting, worldwide=worldwide),
        years=time.years or (() if time.span else (newest, newest - 1)),
        span=time.span,
        half=time.half,
        saying=saying or memory.saying,
        first_time=_FIRST_TIME.search(text, where[1], min(where[1] + 24, sentence.end)) is not None,
        cases=_CASES.match(text, where[1]) is not None,
        yearly=_YEARLY.search(words) is not None,
        years_named=named or memory.time is not None,
        places_named=bool(names.origins or names.asylum or worldwide),
        saying_named=saying is not None,
    )


def _remember(
    sentence: _Sentence,
    years: Sequence[Mention[Span]],
    numbers: Sequence[tuple[int, int]],
    memory: _Memory,
    newest: int,
) -> None:
    names = sort_names("", (sentence.start, sentence.start), sentence.namings, ())
    if names.origins:
        memory.topic = list(names.origins)
    memory.setting = list(names.asylum)
    time = tell_time("", (sentence.start, sentence.start), years, newest, numbers)
    if time.years:
        memory.time = time
    if sentence.sayings:
        memory.saying = sentence.sayings[-1].value


def _quote(text: str, sentence: _Sentence, where: tuple[int, int]) -> str:
    """Cut out how the text puts it: at most 70 characters to each side, at words."""
    start = max(sentence.start, where[0] - _BEFORE_NUMBER)
    end = min(sentence.end, where[1] + _AFTER_NUMBER)
    if start > sentence.start:
        blank = text.find(" ", start, where[0])
        start = blank + 1 if blank >= 0 else where[0]
    if end < sentence.end:
        blank = text.rfind(" ", where[1], end)
        end = blank if blank >= 0 else where[1]
    cut = " ".join(text[start:end].split())
    return f"{'…' if start > sentence.start else ''}{cut}{'…' if end < sentence.end else ''}"
