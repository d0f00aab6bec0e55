"""What somebody may be about to type, or meant to type."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import IntEnum, auto
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from data.countries.letters import code, fold, join
from data.countries.lookup import Lookup
from data.countries.names import Names
from data.model import Country

ASKED_FIRST = (
    "CHI", "USA", "AFG", "GFR", "SYR", "GBR", "VEN", "FRA", "SUD", "SPA", "UKR", "ITA", "IRN",
    "CAN", "IRQ", "ARE", "TUR", "RUS", "IND", "COL", "CUB", "HAI", "SOM", "ERT", "COD",
)  # fmt: skip
"""UNHCR codes of the large origins and hosts, offered before anything is typed."""

_FEW = 5
_HITS = 300
_ALIKE_ENOUGH = 0.86
_TELLING = 4
_FOREIGN = 8
_PLAUSIBLE = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A country to choose, and what the choice reads like: 1 to 100 characters, unique in its list."""

    country: Country
    label: str


class Match(IntEnum):
    """How well a text fits a name, best first; elsewhere is in a language that is not the asker's."""

    WHOLE = auto()
    BEGINNING = auto()
    BEGINNING_OF_ALIAS = auto()
    WHOLE_ELSEWHERE = auto()
    WORD = auto()
    BEGINNING_ELSEWHERE = auto()
    WORD_ELSEWHERE = auto()
    PART = auto()
    PART_ELSEWHERE = auto()
    ALIKE = auto()


def match(text: str, lookup: Lookup, spoken: Names) -> dict[str, Match]:
    """The codes of the listed countries that somebody who types this may be after, and how well each fits.

    `spoken` are the names in the asker's language. Other languages are searched when these and
    English have little to offer; parts of words, and names that are merely alike, when nothing has.
    """
    words = fold(text)
    if not words:
        return {}
    key = join(words)
    found = _best(lookup, _fits_own(text, words, lookup, spoken))
    if not found or (len(found) < _FEW and _is_telling(key)):
        found = _best(lookup, [*found.items(), *_fits_elsewhere(words, lookup)])
    return (
        found
        or _best(lookup, _fits_in_part(words, lookup, spoken))
        or _best(lookup, _is_alike(key, lookup, spoken))
    )


def correct(text: str, lookup: Lookup) -> list[Country]:
    """The countries, at most three, that were plausibly meant by a text that no country is called."""
    words = fold(text)
    key = join(words)
    if not _is_telling(key):
        return []
    for codes in _guesses(words, lookup):
        countries = {code_: lookup.listed[code_] for code_ in codes if code_ in lookup.listed}
        if 0 < len(countries) <= _PLAUSIBLE:
            return sorted(countries.values(), key=by_weight)
    return []


def by_weight(country: Country) -> tuple[int, str]:
    """An order of countries: those asked for most, then by name."""
    code_ = country.code
    return ASKED_FIRST.index(code_) if code_ in ASKED_FIRST else len(ASKED_FIRST), country.name


def _is_telling(key: str) -> bool:
    """Whether a text is long enough to mean something; other scripts say more with less."""
    return len(key) >= _TELLING or (bool(key) and not key.isascii())


def _best(lookup: Lookup, hits: Iterable[tuple[str, Match]]) -> dict[str, Match]:
    """The best match of each listed country; a code without a name is nothing to choose."""
    found: dict[str, Match] = {}
    for code_, fit in hits:
        country = lookup.listed.get(code_)
        if country and (country.is_country or country.name != code_):
            found[code_] = min(fit, found.get(code_, fit))
    return found


def _fits_own(text: str, words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, Match]]:
    """What English and the asker's language have, and whatever goes by exactly this name or code."""
    key, letters = join(words), code(text)
    for code_ in (*lookup.english.meaning(key), *lookup.codes_of(spoken.meaning(key))):
        yield code_, Match.WHOLE
    for country in lookup.meant(text):
        by_code = letters and letters in (country.iso3, country.code)
        yield country.code, Match.WHOLE if by_code else Match.WHOLE_ELSEWHERE
        if letters and letters == country.iso2:
            yield country.code, Match.BEGINNING
    for code_ in (*lookup.called.beginning(key), *lookup.codes_of(spoken.beginning(key))):
        yield code_, Match.BEGINNING
    for code_ in lookup.english.beginning(key):
        likely = code_ in ASKED_FIRST and _is_telling(key)
        yield code_, Match.BEGINNING if likely else Match.BEGINNING_OF_ALIAS
    for code_, first_of_word in _containing(words, lookup, spoken):
        if first_of_word or not key.isascii():
            yield code_, Match.WORD


def _fits_elsewhere(words: str, lookup: Lookup) -> Iterator[tuple[str, Match]]:
    for code_ in lookup.codes_of(lookup.everywhere.beginning(join(words))):
        yield code_, Match.BEGINNING_ELSEWHERE
    for iso2, first_of_word in islice(lookup.everywhere.containing(words), _HITS):
        if first_of_word:
            yield from ((code_, Match.WORD_ELSEWHERE) for code_ in lookup.codes_of([iso2]))


def _fits_in_part(words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, Match]]:
    for code_, _ in _containing(words, lookup, spoken):
        yield code_, Match.PART
    for iso2, _ in islice(lookup.everywhere.containing(words), _HITS):
        yield from ((code_, Match.PART_ELSEWHERE) for code_ in lookup.codes_of([iso2]))


def _containing(words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, bool]]:
    yield from lookup.english.containing(words)
    for iso2, first_of_word in spoken.containing(words):
        yield from ((code_, first_of_word) for code_ in lookup.codes_of([iso2]))


def _is_alike(key: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, Match]]:
    """What looks alike so far: the beginning weighs most, as most is typed from there."""
    for names, to_codes in ((lookup.english, iter), (spoken, lookup.codes_of)):
        alike = process.extract(
            key, names.keys, scorer=JaroWinkler.similarity, score_cutoff=_ALIKE_ENOUGH, limit=_FEW
        )
        for _, _, place in alike:
            for code_ in to_codes(names.meanings[place].split()):
                yield code_, Match.ALIKE


def _guesses(words: str, lookup: Lookup) -> Iterator[Iterable[str]]:
    """Codes of what may have been meant, the likeliest first: a word of a name, a slip, one abroad."""
    key = join(words)
    yield [code_ for code_, first_of_word in lookup.called.containing(words) if first_of_word]
    yield _misspelt(key, lookup.english, slice(None), slips=len(key) // _TELLING)
    if len(key) >= _FOREIGN or not key.isascii():
        the_same_first_letter = lookup.everywhere.span(key[0])
        yield lookup.codes_of(_misspelt(key, lookup.everywhere, the_same_first_letter, slips=1))


def _misspelt(key: str, names: Names, where: slice, slips: int) -> Iterator[str]:
    """The codes of the names that are the fewest slips of a finger away."""
    alike = process.extract(key, names.keys[where], scorer=OSA.distance, score_cutoff=slips, limit=None)
    fewest = min((distance for _, distance, _ in alike), default=0)
    for _, distance, place in alike:
        if distance == fewest:
            yield from names.meanings[where][place].split()
