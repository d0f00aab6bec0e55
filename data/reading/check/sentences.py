"""A text in sentences, cleaned of markup, and what each of them names or implies. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from data.reading.check.comparisons import find_comparisons
from data.reading.check.subjects import find_phones
from data.reading.check.terms import find_terms
from data.reading.numbers import find_numbers
from data.reading.places import find_places
from data.reading.words import Mention, keep_longest
from data.reading.years import YearSpan, find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.reading.check.claim import Comparison, Term
    from data.reading.numbers import Quantity
    from data.reading.places import Naming


Value = TypeVar("Value")

MAX_NUMBERS = 60
"""Numbers that are read in one sentence; one with more is no prose."""

_LISTED = re.compile(r"[\s(),;.\d]{1,30}(?:and |or |& )?(?:the )?")
_EARLIER = re.compile(
    r"(?:a|one|the) year (?:earlier|before)|(?:the )?(?:previous|prior|preceding) year", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The text from `start` to `end`, and its numbers, countries, years, sayings and comparisons in order."""

    start: int
    end: int
    numbers: tuple[Mention[Quantity], ...]
    namings: tuple[Mention[Naming], ...]
    years: tuple[Mention[YearSpan], ...]
    terms: tuple[Mention[Term], ...]
    comparisons: tuple[Comparison, ...]


def read_sentences(text: str, atlas: Atlas, written: date, newest: int) -> tuple[Sentence, ...]:
    """Take a cleaned text of that day apart; `newest` is the newest year with figures."""
    years = _find_years(text, written, newest)
    phones = find_phones(text)
    numbers = [
        number
        for number in find_numbers(text)
        if not any(number.overlaps(year) for year in years)
        and not any(start < number.end and number.start < end for start, end in phones)
    ]
    namings = [
        naming
        for naming in _carry_roles(text, find_places(text, atlas, near=False))
        if atlas.by_code(naming.value.countries[0].code)  # UNHCR has no figures on others
    ]
    terms, comparisons = find_terms(text), find_comparisons(text, numbers)
    return tuple(
        Sentence(
            start,
            end,
            _within(numbers, start, end)[:MAX_NUMBERS],
            _within(namings, start, end),
            _within(years, start, end),
            _within(terms, start, end),
            tuple(each for each in comparisons if start <= each.start < end),
        )
        for start, end in split_sentences(text)
    )


def _carry_roles(text: str, namings: Iterable[Mention[Naming]]) -> Iterator[Mention[Naming]]:
    """Let a list have one role, also with figures in it: “from Afghanistan (23,972) and Syria (23,256)”."""
    before: Mention[Naming] | None = None
    for naming in namings:
        listed = before is not None and _LISTED.fullmatch(text, before.end, naming.start) is not None
        carried = listed and naming.value.role is None and not naming.value.people
        role = before.value.role if before is not None and carried else naming.value.role
        before = replace(naming, value=replace(naming.value, role=role))
        yield before


def _find_years(text: str, written: date, newest: int) -> tuple[Mention[YearSpan], ...]:
    """Count “last year” from the newest day that the text itself names, where that is of an earlier year."""
    years = find_years(text, written, newest)
    days = [year.value.day for year in years if year.value.day and year.value.day <= written]
    if days and max(days).year < written.year:
        years = find_years(text, max(days), newest)
    return tuple(_count_back(text, years))


def _count_back(text: str, years: Sequence[Mention[YearSpan]]) -> Iterator[Mention[YearSpan]]:
    """Let “a year earlier” be the one before the year that was named last."""
    named: int | None = None
    earlier = {hit.start(): hit.end() for hit in _EARLIER.finditer(text)}
    spans = [Mention(start, end, YearSpan(None, None)) for start, end in earlier.items()]
    for year in keep_longest([*spans, *years]):
        if earlier.get(year.start) == year.end:
            if named is not None:
                yield Mention(year.start, year.end, YearSpan(named - 1, named - 1))
        else:
            named = year.value.single or named
            yield year


def _within(mentions: Iterable[Mention[Value]], start: int, end: int) -> tuple[Mention[Value], ...]:
    return tuple(mention for mention in mentions if start <= mention.start < end)


MAX_LENGTH = 6000
"""Characters of a text that are read: as many as Discord takes in an option."""

_FOREIGN = re.compile(
    r"https?://[^\s<>]{1,2000}"
    r"|\bwww\.[^\s<>]{1,2000}"
    r"|[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{1,63}"
    r"|<(?:[@#][!&]?|a?:\w{1,32}:|t:|/[^:>]{1,100}:|id:)[^>\n]{0,80}>"
    r"|(?<!\w)@\w{1,32}"
    r"|(?<!\w)#\w{1,100}"
)
_MARKUP = re.compile(r"[*_~`|>\\]|[\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\u00ad\x00-\x08\x0b-\x1f]")
_SPACES = re.compile(r"[\t\r]")
_END = re.compile(
    r"(?<![A-Z])(?<!\b[a-z])(?<!\bno)(?<!\bca)(?<!\bapprox)(?<!\bMio)(?<!\bSt)[.!?]+[\"”’)\]]{0,2}(?=\s|$)|\n\s*\n|\n(?=\s*[-•*#])|\n"
)
_SOFT = re.compile(r"(?<=[\w,;])\n(?=[a-z0-9])")


def clean(text: str) -> str:
    """Blank out what is no prose; the result is at most 6,000 characters, each where it was."""
    text = text[:MAX_LENGTH]
    text = _FOREIGN.sub(lambda hit: " " * len(hit[0]), text)
    text = _SOFT.sub(" ", text)
    return _SPACES.sub(" ", _MARKUP.sub(" ", text))


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Return where each sentence begins and ends."""
    spans: list[tuple[int, int]] = []
    begin = 0
    for hit in _END.finditer(text):
        if text[begin : hit.end()].strip():
            spans.append((begin, hit.end()))
        begin = hit.end()
    if text[begin:].strip():
        spans.append((begin, len(text)))
    return tuple(spans)


_APPLIED = re.compile(
    r"\b(?:people|persons|individuals|nationals|men|women) (?:have |had )?applied in (?:the )?", re.IGNORECASE
)
_FOR = re.compile(r"\b(?:for|as|online)\b", re.IGNORECASE)
_DECIDED = re.compile(
    r" (?:has |had )?(?:rejected|refused|denied|accepted|approved|recogni[sz]ed)"
    r" (?:about |around |nearly |almost |over |some |more than )?[0-9][0-9.,]{0,12}"
    r"(?:%| per ?cent| million| thousand)?(?: of)?(?: all| the| its)? claims\b"
    r"(?! (?:of|for|from|by|that|to|about|against|on)\b)",
    re.IGNORECASE,
)
_BEGINNING = re.compile(r"(?:^|[,:;])[\s“\"]*(?:the )?$", re.IGNORECASE)


def may_imply_asylum(text: str) -> bool:
    """Say whether a sentence of this text might, so that it is worth a closer look."""
    return _APPLIED.search(text) is not None or _DECIDED.search(text) is not None


def implies_asylum(text: str, sentence: Sentence) -> bool:
    """Say whether a sentence tells what a country did with claims, or how many people applied in one."""
    starts = {naming.start for naming in sentence.namings}
    applied = [hit for hit in _APPLIED.finditer(text, sentence.start, sentence.end) if hit.end() in starts]
    if applied and not _FOR.search(text, applied[0].end(), sentence.end):
        return True
    return any(
        _DECIDED.match(text, naming.end, sentence.end)
        and _BEGINNING.search(text[sentence.start : naming.start])
        for naming in sentence.namings
    )
