"""Numbers as people write them: 178,725 · 178 725 · 1.33 million · 1,33 Mio · 147k · 7,000 to 21,000.

A number knows how exactly it was written. Years, ordinals, times, dates, and digits within a word
(COVID-19, 2025-06-30, 10:30) are none. Every pattern is bounded, so that no text takes long to read.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import islice
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.words import Mention

if TYPE_CHECKING:
    from collections.abc import Iterator


class NumberForm(StrEnum):
    """What kind of statement a number makes."""

    COUNT = "count"
    PERCENT = "percent"
    DOZENS = "dozens"
    SINGLE = "single digits"


class Bound(StrEnum):
    """What the words before a number say of it."""

    PLAIN = "plain"
    ABOUT = "about"
    OVER = "over"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a text. `low` and `high` differ for a range only; a percentage is 42.0, not 0.42.

    `step` is what it seems rounded to: 1 for 178,725, 1,000 for 147k, 10,000 for 1.33 million.
    """

    low: float
    high: float
    step: float = 1
    form: NumberForm = NumberForm.COUNT
    bound: Bound = Bound.PLAIN

    @property
    def is_range(self) -> bool:
        """Whether it names two ends."""
        return self.low != self.high

    @property
    def digits(self) -> int:
        """How many digits of it say something: 6 of 178,725, 3 of 1.33 million, 1 of 7,000."""
        return len(str(round(self.high / self.step)))


DIGITS = {zero + digit: str(digit) for zero in (0x660, 0x6F0, 0x966, 0xFF10) for digit in range(10)}
"""Arabic, Persian, Devanagari and wide digits; each is one character, so that positions stay."""

_BLANKS = "\u00a0\u202f\u2009 "
_LEFT = r"(?<![\w#])(?<![\w%][-.,:/–])(?<![^\WdD]['’])"  # “plus d’1,2 million”
_RIGHT = r"(?![\w])(?![.,:/\-–][0-9])"
_SCALES = {
    "one": 1.0, "hundred": 1e2, "k": 1e3, "thousand": 1e3, "tausend": 1e3, "tsd": 1e3, "mille": 1e3,
    "mila": 1e3,
    "lakh": 1e5, "lakhs": 1e5, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
    "millionen": 1e6, "millones": 1e6, "millón": 1e6, "miljoen": 1e6, "milioni": 1e6, "milhões": 1e6,
    "mil": 1e3, "mil millones": 1e9, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9, "milliard": 1e9,
    "milliards": 1e9,
    "crore": 1e7, "crores": 1e7, "bn": 1e9, "billion": 1e9, "billions": 1e9,
}  # fmt: skip
_ATTACHED = "km"
_SCALE_WORDS = "|".join(
    sorted((word for word in _SCALES if len(word) > 1 and word != "one"), key=len, reverse=True)
)
_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
    "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
_LARGE = {"hundred": 1e2, "thousand": 1e3, "lakh": 1e5, "million": 1e6, "crore": 1e7, "billion": 1e9}
_PART = {
    "half a": 0.5, "half-a": 0.5, "half": 0.5, "a quarter of a": 0.25, "quarter of a": 0.25,
    "three quarters of a": 0.75, "three-quarters of a": 0.75,
}  # fmt: skip
_SPELLED = "|".join(_WORDS)
_TOKEN = rf"(?:{_SPELLED}|{'|'.join(_LARGE)})"
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75}


def _number(tag: str) -> str:
    """Write the pattern of a number with its scale, whose groups end on `tag`."""
    grouped = (
        rf"[0-9]{{1,3}}(?P<separator{tag}>[,.'’{_BLANKS}])[0-9]{{3}}(?:(?P=separator{tag})[0-9]{{3}}){{0,2}}"
    )
    plain = r"[0-9]{1,12}(?:[.,][0-9]{1,3})?"
    scale = rf"(?:(?P<letter{tag}>[{_ATTACHED}])|[-{_BLANKS}]?(?P<scale{tag}>{_SCALE_WORDS})(?![a-zé])\.?)"
    noughts = rf"(?(separator{tag})(?:(?!(?P=separator{tag}))[.,]0{{1,3}}(?![0-9]))?)"  # 118,913.000
    return f"(?P<number{tag}>{grouped}|{plain}){noughts}{scale}?"


_SOFTENED = "(?:well |far |slightly |just )?"
_BOUNDS = {
    Bound.OVER: (
        (
            "(?<!no )(?<!not )(?:more|greater|higher) than|over|at least|above|exceeding|upwards? of"
            f"|(?:no|not) (?:fewer|less|lower) than|a minimum of|{say_abroad('over')}"
        ),
        _SOFTENED,
    ),
    Bound.UNDER: (
        (
            "(?<!no )(?<!not )(?:fewer|less|lower|smaller) than|under|below|beneath|up to|at most|as many as"
            f"|(?:no|not) (?:more|greater|higher) than|a maximum of|{say_abroad('under')}"
        ),
        _SOFTENED,
    ),
    Bound.ABOUT: (
        (
            "about|around|approximately|roughly|some|nearly|almost|close to|estimated|circa|~|≈"
            f"|{say_abroad('about')}"
        ),
        "(?:an )?",
    ),
}
_BEFORE = {
    bound: re.compile(rf"(?:^|[^\w])(?P<said>{softened}(?:{words})) ?$", re.IGNORECASE)
    for bound, (words, softened) in _BOUNDS.items()
}
_MAX_BOUND = 24

_RANGE = re.compile(
    rf"{_LEFT}(?:(?:between|zwischen|entre) {_number('A')} (?:and|und|et|y) {_number('B')}"
    rf"|{_number('C')} ?(?:–|—|-|to|bis) ?{_number('D')})"
    rf"{_RIGHT}",
    re.IGNORECASE,
)
_ENDS_APART = re.compile(r"\b(?:from|by) $", re.IGNORECASE)
_PERCENT = re.compile(
    rf"{_LEFT}(?P<number>[0-9]{{1,5}}(?:[.,][0-9]{{1,2}})?|[0-9],[0-9]{{3}})[{_BLANKS}]?"
    r"(?:%|per ?cent\b|prozent\b|procent\b|pour[- ]cent\b|p\. ?100\b"
    r"|por[- ]?ciento\b|por[- ]cento\b|per cento\b)",
    re.IGNORECASE,
)
_COUNT = re.compile(rf"{_LEFT}{_number('')}{_RIGHT}", re.IGNORECASE)
_FROM_LESS = re.compile(r"\b(?:von|de) $", re.IGNORECASE)
_TO_MORE = re.compile(
    rf" (?:auf|à|a) [0-9]{{1,4}}(?:[.,][0-9]{{1,2}})?[{_BLANKS}](?P<scale>{_SCALE_WORDS})\b", re.IGNORECASE
)
"""“Von 40 auf 39,7 Millionen”: both are of millions."""
_OF_COUNTRIES = r"(?:\w+ )?(?:countries|nations|states)\b"
_WORDED = re.compile(
    rf"\b(?:(?P<part>{'|'.join(sorted(_PART, key=len, reverse=True))})"
    r"[- ](?P<of>hundred|thousand|million|billion)"
    rf"|(?P<words>(?:a |an )?{_TOKEN}(?:(?:[ -]|,? and ){_TOKEN}){{0,11}})(?P<half> and a half)?"
    r"(?: (?P<scale>thousand|million|billion))?(?P<later> and a half)?)\b(?![-\w])",
    re.IGNORECASE,
)
"""Numbers in words, whole: “twenty-five thousand two hundred and ten”, “a quarter of a million”."""

UNITS_ABROAD = {
    word: value
    for value, words in enumerate(
        (
            "ein eine einer un une", "zwei deux dos", "drei trois tres", "vier quatre cuatro",
            "fünf cinq cinco", "sechs six seis", "sieben sept siete", "acht huit ocho", "neun neuf nueve",
            "zehn dix diez",
        ),
        1,
    )
    for word in words.split()
}  # fmt: skip
_MILLIONS_ABROAD = {
    "eine halbe Million": 5e5, "einer halben Million": 5e5, "un demi-million": 5e5, "medio millón": 5e5,
    "eine Viertelmillion": 2.5e5, "un quart de million": 2.5e5, "un cuarto de millón": 2.5e5,
    "eineinhalb Millionen": 1.5e6, "anderthalb Millionen": 1.5e6, "zweieinhalb Millionen": 2.5e6,
}  # fmt: skip
_WORDED_ABROAD = re.compile(
    rf"\b(?:(?P<whole>{'|'.join(_MILLIONS_ABROAD)})"
    rf"|(?P<unit>{'|'.join(UNITS_ABROAD)}) (?:million(?:en|s)?|mill(?:ones|ón))(?P<half> y medio| et demi)?)"
    r"\b(?![-\w])",
    re.IGNORECASE,
)
"""Millions in words of other languages: “eine halbe Million”, “un million et demi”."""

_JOINED = re.compile(
    rf"{_LEFT}(?:(?P<millions>[0-9]{{1,4}}) mill(?:ones|ón)(?: y)? )?(?:(?P<thousands>[0-9]{{1,3}}) )?mil\b"
    r"(?: (?P<ones>[0-9]{1,3})(?![\w.,]*[0-9%]))?",
    re.IGNORECASE,
)
"""“2 millones 300 mil”, “24 mil 932”."""

_COUNTED_AFTER = re.compile(
    rf" (?:{_OF_COUNTRIES}|(?:people|persons|refugees|asylum[- ]seekers|applicants|applications|claims)\b)",
    re.IGNORECASE,
)
_FRACTION = re.compile(
    rf"{_LEFT}(?P<whole>[0-9]{{0,3}}) ?(?P<part>[½¼¾]) ?(?P<scale>{_SCALE_WORDS})\b", re.IGNORECASE
)
_SINGLE = re.compile(r"\bsingle[- ]digits?(?: (?:figures|numbers))?\b", re.IGNORECASE)
_DOZENS = re.compile(rf"\b(?P<word>dozens|scores) of {_OF_COUNTRIES}", re.IGNORECASE)
_MIN_COUNT = {"dozens": 24.0, "scores": 40.0}
_YEARS = range(1900, 2101)
_EARLIER_YEARS = re.compile(r"\b(?:in|since|of|from|until|before|after|by) 1[0-8][0-9]{2}$", re.IGNORECASE)
MAX_COUNT = 300
"""Numbers that are read of each kind; a text with more is no article."""


def find_numbers(text: str) -> tuple[Mention[Quantity], ...]:
    """Find every number in a text, in order, none within another."""
    plain = text.translate(DIGITS)
    found: list[Mention[Quantity]] = []
    taken = bytearray(len(plain))
    for reader in (_read_ranges, _read_percents, _read_abroad, _read_counts, _read_words):
        for each in islice(reader(plain), MAX_COUNT):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\x01" * (each.end - each.start)
                found.append(each)
    return tuple(sorted(found, key=lambda each: each.start))


def _read_ranges(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _RANGE.finditer(text):
        tags = "AB" if hit["numberA"] else "CD"
        if hit["numberC"] and _ENDS_APART.search(text, max(0, hit.start() - 5), hit.start()):
            continue  # “rose from 7,000 to 21,000” and “by 14,000 to 21,000” name two figures
        high = _value(hit, tags[1])
        low = _value(hit, tags[0], shared=hit[f"scale{tags[1]}"] or hit[f"letter{tags[1]}"] or "one")
        if low is None or high is None or any(_is_year(hit[f"number{tag}"]) for tag in tags):
            continue
        (first, first_step), (last, step) = low, high
        if first < last:
            yield Mention(hit.start(), hit.end(), Quantity(first, last, max(first_step, step)))


def _read_percents(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _PERCENT.finditer(text):
        written = re.sub(r",(?=[0-9]{3})", "", hit["number"]).replace(",", ".")
        step = 10.0 ** -len(written.partition(".")[2])
        value = float(written)
        yield _bounded(text, hit.start(), hit.end(), Quantity(value, value, step, NumberForm.PERCENT))


def _read_abroad(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _JOINED.finditer(text):
        if hit["millions"] or hit["ones"]:
            value = int(hit["millions"] or 0) * 1e6 + int(hit["thousands"] or 1) * 1e3 + int(hit["ones"] or 0)
            step = _find_step(value) if hit["ones"] else max(1e3, _find_step(value))
            yield _bounded(text, hit.start(), hit.end(), Quantity(value, value, step))
    wholes = {words.lower(): value for words, value in _MILLIONS_ABROAD.items()}
    for hit in _WORDED_ABROAD.finditer(text):
        whole = wholes.get((hit["whole"] or "").lower())
        value = whole or (UNITS_ABROAD[hit["unit"].lower()] + 0.5 * bool(hit["half"])) * 1e6
        yield _bounded(text, hit.start(), hit.end(), Quantity(value, value, _find_step(value)))


def _read_counts(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _COUNT.finditer(text):
        to = _TO_MORE.match(text, hit.end()) if hit["scale"] is None and hit["separator"] is None else None
        read = _value(
            hit, "", shared=to["scale"] if to and _FROM_LESS.search(text, 0, hit.start()) else "one"
        )
        if _EARLIER_YEARS.search(text, max(0, hit.start() - 8), hit.end()):
            continue
        if read is not None and not _is_year(hit["number"] + (hit["letter"] or hit["scale"] or "")):
            yield _bounded(text, hit.start(), hit.end(), Quantity(read[0], read[0], read[1]))


def _read_words(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _FRACTION.finditer(text):
        value = (int(hit["whole"] or 0) + _FRACTIONS[hit["part"]]) * _SCALES[hit["scale"].lower()]
        yield _bounded(text, hit.start(), hit.end(), Quantity(value, value, _find_step(value)))
    for hit in _WORDED.finditer(text):
        value = _read_worded(hit)
        told = hit["words"] is None or any(word in hit["words"].lower() for word in _LARGE)
        if told or value > 12 or _COUNTED_AFTER.match(text, hit.end()):  # noqa: PLR2004 - “twelve” is of months
            step = _find_step(value) if told else 1.0
            yield _bounded(text, hit.start(), hit.end(), Quantity(value, value, step))
    for hit in _SINGLE.finditer(text):
        yield Mention(hit.start(), hit.end(), Quantity(1, 9, form=NumberForm.SINGLE))
    for hit in _DOZENS.finditer(text):
        least = _MIN_COUNT[hit["word"].lower()]
        yield Mention(hit.start(), hit.end(), Quantity(least, least, 1, NumberForm.DOZENS, Bound.OVER))


def _read_worded(hit: re.Match[str]) -> float:
    """Read a number in words by all of them: each scale counts what stands before it."""
    if hit["part"]:
        return _PART[hit["part"].lower()] * _LARGE[hit["of"].lower()]
    total, current, scale = 0.0, 0.0, 1.0
    for word in re.split(r"[ ,-]+", hit["words"].lower()):
        if word in _WORDS:
            current += _WORDS[word]
        elif word == "hundred":
            current, scale = max(current, 1) * 100, 100.0
        elif word in _LARGE:
            scale = _LARGE[word]
            total, current = total + max(current, 1) * scale, 0.0
    value = total + current
    if hit["scale"]:
        return (value + 0.5 * bool(hit["half"])) * _LARGE[hit["scale"].lower()]
    return value + scale / 2 if hit["half"] or hit["later"] else value


def _value(hit: re.Match[str], tag: str, shared: str = "one") -> tuple[float, float] | None:
    """Read a number and what it seems rounded to; None for what is no count of people.

    `shared` is the scale behind the other end of a range: “7–21 thousand”; not of “1,200 to 2 million”.
    """
    written, separator = hit[f"number{tag}"], hit[f"separator{tag}"]
    own = hit[f"letter{tag}"] or hit[f"scale{tag}"] or ("one" if separator else shared)
    scale = _SCALES[own.lower()]
    grouped = written.count(separator) > 1 if separator else False  # “2.655.191 Mio.”
    if separator and (grouped or not (scale > 1 and separator in ".,")):
        value = float(written.replace(separator, "")) * scale
        return value, max(scale, _find_step(value))
    whole, _, rest = written.replace(",", ".").partition(".")
    if scale > 1:
        value = float(round(float(f"{whole}.{rest or 0}") * scale))
        return value, max(1.0, scale / 10 ** len(rest) if rest else max(scale, _find_step(value)))
    return None if rest else (float(whole), _find_step(float(whole)))


def _find_step(value: float) -> float:
    """Return the power of ten that a written number ends on: 10,000 of 180,000."""
    step = 1.0
    while value and value % (step * 10) == 0:
        step *= 10
    return step


def _bounded(text: str, start: int, end: int, quantity: Quantity) -> Mention[Quantity]:
    bound, _ = find_bound(text, start)
    return Mention(start, end, replace(quantity, bound=bound))


def find_bound(text: str, start: int) -> tuple[Bound, int]:
    """Read what is said before a number that begins at `start`, and return where that begins."""
    begin = max(0, start - _MAX_BOUND)
    for bound, words in _BEFORE.items():
        if said := words.search(text[begin:start]):
            return bound, begin + said.start("said")
    return Bound.PLAIN, start


def _is_year(written: str) -> bool:
    return len(written) == 4 and written.isdigit() and int(written) in _YEARS  # noqa: PLR2004 - digits of a year
