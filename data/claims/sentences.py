"""A text in sentences, and what each of them names. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeVar

from data.claims.comparisons import find_comparisons
from data.claims.prose import split_sentences
from data.claims.sayings import find_sayings
from data.claims.subjects import find_phones
from data.text.mentions import Mention, keep_longest
from data.text.numbers import find_numbers
from data.text.places import find_places
from data.text.years import Span, find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from data.claims.claim import Comparison, Saying
    from data.countries import Atlas
    from data.text.numbers import Quantity
    from data.text.places import Naming

Value = TypeVar("Value")

MOST_NUMBERS = 60
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
    years: tuple[Mention[Span], ...]
    sayings: tuple[Mention[Saying], ...]
    comparisons: tuple[Comparison, ...]


def take_apart(text: str, atlas: Atlas, written: date, newest: int) -> tuple[Sentence, ...]:
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
    sayings, comparisons = find_sayings(text), find_comparisons(text, numbers)
    return tuple(
        Sentence(
            start,
            end,
            _within(numbers, start, end)[:MOST_NUMBERS],
            _within(namings, start, end),
            _within(years, start, end),
            _within(sayings, start, end),
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


def _find_years(text: str, written: date, newest: int) -> tuple[Mention[Span], ...]:
    """Count “last year” from the newest day that the text itself names, where that is of an earlier year."""
    years = find_years(text, written, newest)
    days = [year.value.day for year in years if year.value.day and year.value.day <= written]
    if days and max(days).year < written.year:
        years = find_years(text, max(days), newest)
    return tuple(_count_back(text, years))


def _count_back(text: str, years: Sequence[Mention[Span]]) -> Iterator[Mention[Span]]:
    """Let “a year earlier” be the one before the year that was named last."""
    named: int | None = None
    earlier = {hit.start(): hit.end() for hit in _EARLIER.finditer(text)}
    spans = [Mention(start, end, Span(None, None)) for start, end in earlier.items()]
    for year in keep_longest([*spans, *years]):
        if earlier.get(year.start) == year.end:
            if named is not None:
                yield Mention(year.start, year.end, Span(named - 1, named - 1))
        else:
            named = year.value.single or named
            yield year


def _within(mentions: Iterable[Mention[Value]], start: int, end: int) -> tuple[Mention[Value], ...]:
    return tuple(mention for mention in mentions if start <= mention.start < end)
