"""From a text to its claims: each number with the places, years and words that it is said of. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.reading.check.base_years import settle_comparisons, shift_bases
from data.reading.check.claim import Claim, Subject, Term
from data.reading.check.rates import is_of_claims
from data.reading.check.scope import list_places, names_june, sort_names, tell_time
from data.reading.check.sentences import clean, implies_asylum, may_imply_asylum, read_sentences
from data.reading.check.subjects import find_subject
from data.reading.check.terms import (
    choose_levels,
    choose_term,
    is_about_asylum,
    is_in_clause,
    speaks_of_first_instance,
)
from data.reading.numbers import Form

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.countries import Atlas
    from data.model import Country
    from data.reading.check.claim import Comparison
    from data.reading.check.scope import Time
    from data.reading.check.sentences import Sentence
    from data.reading.numbers import Quantity
    from data.reading.words import Mention

MAX_CLAIMS = 60
_AROUND = 70
"""Characters that are quoted to each side of a number."""

_NEAR = 24
_WORLDWIDE = re.compile(
    r"\b(?:world-?wide|globally|global|(?:around|across|all over) the world|in the world|weltweit)\b",
    re.IGNORECASE,
)
_CASES = re.compile(r"(?: [\w-]+){0,3}? (?:cases|families|households|files)\b", re.IGNORECASE)
_FIRST_TIME = re.compile(
    r"\b(?:new|newly|first[- ]time|initial|first(?![- ](?:instance|level)))\b", re.IGNORECASE
)


_YEAR_END = re.compile(r"\b(?:end of (?:the|that) year|year-?end|december)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Memory:
    """What the text spoke of last: a later sentence may leave it out."""

    topic: tuple[Country, ...]
    term: Term
    setting: tuple[Country, ...] = ()
    time: Time | None = None
    first_instance: bool = False


def read_claims(text: str, atlas: Atlas, written: date, newest: int) -> tuple[Claim, ...]:
    """Read what a text of that day claims about asylum, in its order; nothing of a text on other things.

    `newest` is the newest year with figures. At most 60 claims are read, of the first 6,000 characters.
    """
    text = clean(text)
    about = is_about_asylum(text)
    if not (about or may_imply_asylum(text)):
        return ()
    sentences = read_sentences(text, atlas, written, newest)
    if not about:
        sentences = tuple(each for each in sentences if implies_asylum(text, each))
    first = next((s.value for sentence in sentences for s in sentence.terms), Term.NOTHING)
    memory = _Memory(_find_topic(sentences), first, first_instance=speaks_of_first_instance(text))
    claims: list[Claim] = []
    for sentence in sentences:
        claims += _read_sentence(text, sentence, memory, newest)
        if len(claims) >= MAX_CLAIMS:
            break
    return tuple(claims[:MAX_CLAIMS])


def _find_topic(sentences: Sequence[Sentence]) -> tuple[Country, ...]:
    """Return the origin that the text is about: one in the first sentence that names any country."""
    named = next((s for s in sentences if s.namings), None)
    return sort_names("", (named.start, named.start), named.namings, ()).origins[:1] if named else ()


def _read_sentence(text: str, sentence: Sentence, memory: _Memory, newest: int) -> list[Claim]:
    subjects = {number.start: _find_subject(text, number, sentence) for number in sentence.numbers}
    counts = [
        number.start
        for number in sentence.numbers
        if number.value.form is Form.COUNT and subjects[number.start] not in (Subject.OTHER, Subject.CHANGE)
    ]
    settled = settle_comparisons(text, sentence, counts, newest)
    claims = []
    for number in sentence.numbers:
        subject = subjects[number.start]
        if subject not in (Subject.OTHER, Subject.CHANGE):
            own = _leave_out(sentence, settled.bases, number.start)
            claim = _make_claim(text, own, (number.start, number.end), memory, newest)
            owned = tuple(shift_bases(each, claim) for each in settled.owned.get(number.start, ()))
            claims.append(replace(claim, quantity=number.value, subject=subject, comparisons=owned))
    for comparison in settled.loose:
        own = _leave_out(sentence, settled.bases, comparison.start)
        claim = _make_claim(text, own, (comparison.start, comparison.end), memory, newest)
        if number_in_it := _find_percent(sentence, comparison):
            claim = replace(claim, number=text[number_in_it.start : number_in_it.end])
        claims.append(replace(claim, subject=Subject.CHANGE, comparisons=(shift_bases(comparison, claim),)))
    _remember(text, _leave_out(sentence, settled.bases, sentence.start), memory, newest)
    return claims


def _leave_out(sentence: Sentence, bases: frozenset[int], place: int) -> Sentence:
    """Leave out the years that something before them is compared with: they are not those of this place."""
    years = (year for year in sentence.years if year.start not in bases or year.start < place)
    return replace(sentence, years=tuple(years))


def _find_subject(text: str, number: Mention[Quantity], sentence: Sentence) -> Subject:
    if any(c.start <= number.start < c.end or c.percent is number.value for c in sentence.comparisons):
        return Subject.CHANGE
    return find_subject(text, number, [(naming.start, naming.end) for naming in sentence.namings])


def _find_percent(sentence: Sentence, comparison: Comparison) -> Mention[Quantity] | None:
    return next((number for number in sentence.numbers if number.value is comparison.percent), None)


def _make_claim(text: str, sentence: Sentence, where: tuple[int, int], memory: _Memory, newest: int) -> Claim:
    others = [(n.start, n.end) for n in sentence.numbers if (n.start, n.end) != where]
    names = sort_names(text, where, sentence.namings, others)
    time = tell_time(text, where, sentence.years, newest, others)
    own = bool(time.years or time.span)
    if not own and memory.time is not None:
        time = replace(memory.time, half=time.half or memory.time.half, june=memory.time.june)
    term = choose_term(text, where, sentence.terms, others)
    years = time.years or (() if time.span else (newest, newest - 1))
    worldwide = _WORLDWIDE.search(text, sentence.start, sentence.end) is not None
    return Claim(
        start=where[0],
        end=where[1],
        number=text[where[0] : where[1]].strip(),
        quote=_quote(text, sentence, where),
        quantity=None,
        subject=Subject.PEOPLE,
        places=list_places(names, memory.topic, memory.setting, worldwide=worldwide),
        years=years,
        span=time.span,
        half=time.half,
        time_beside=own and time.beside and not _YEAR_END.search(text, where[1], sentence.end),
        june=(
            *time.june,
            *(years if names_june(text, where, (sentence.start, sentence.end), others) else ()),
        ),
        term=term or memory.term,
        first_time=_FIRST_TIME.search(text, where[1], min(where[1] + _NEAR, sentence.end)) is not None,
        of_claims=is_of_claims(text, where, sentence.start),
        cases=_CASES.match(text, where[1]) is not None,
        levels=choose_levels(
            text, where, (sentence.start, sentence.end), others, spoken=memory.first_instance
        ),
        years_named=own or memory.time is not None,
        places_named=bool(names.origins or names.asylum or worldwide),
        origin_linked=names.linked,
        year_end=own and time.end,
        saying_named=any(is_in_clause(text, where, each, others) for each in sentence.terms),
    )


def _remember(text: str, sentence: Sentence, memory: _Memory, newest: int) -> None:
    names = sort_names(text, (sentence.start, sentence.start), sentence.namings, ())
    if memory.topic or not memory.setting:  # a text about Germany stays one, whoever comes there
        memory.topic = names.origins or memory.topic
    memory.setting = names.asylum or memory.setting
    time = tell_time(text, (sentence.start, sentence.start), sentence.years, newest, ())
    memory.time = time if time.years else memory.time
    memory.term = sentence.terms[-1].value if sentence.terms else memory.term


def _quote(text: str, sentence: Sentence, where: tuple[int, int]) -> str:
    """Cut out how the text puts it: at most 70 characters to each side, at words."""
    start, end = max(sentence.start, where[0] - _AROUND), min(sentence.end, where[1] + _AROUND)
    if start > sentence.start:
        blank = text.find(" ", start, where[0])
        start = blank + 1 if blank >= 0 else where[0]
    if end < sentence.end:
        blank = text.rfind(" ", where[1], end)
        end = blank if blank >= 0 else where[1]
    cut = " ".join(text[start:end].split())
    return f"{'…' if start > sentence.start else ''}{cut}{'…' if end < sentence.end else ''}"
