"""What a text means, or somebody may be about to type: codes before names, English first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import IntEnum, auto
from functools import cache
from itertools import chain, islice
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from data.countries.letters import MAX_LENGTH, code, fold, join
from data.countries.names import Names
from data.countries.table import CountryTable
from data.model import Area, Country

_APOSTROPHE = re.compile("['’]")
_BRACKETS = re.compile(r"^(.+?)\s*\(([^()]+)\)$")


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Lookup:
    """Countries by all their names and codes.

    `listed` are those of UNHCR by its codes; `known` are these and, by ISO3, the territories it
    does not list. `isos` leads from ISO codes to the keys of `known`; so do `called` from the names
    that this project uses and `english` from those and all aliases. `everywhere` leads from the names
    of all languages to ISO2.
    """

    listed: Mapping[str, Country]
    known: Mapping[str, Country]
    isos: Mapping[str, str]
    called: Names
    english: Names
    everywhere: Names

    @classmethod
    @cache
    def load(cls) -> Self:
        """Index the packaged table, once a process: an atlas that learns takes another."""
        table = CountryTable.load()
        return cls.build(table, {country.code: country for country in table.listed})

    @classmethod
    def build(cls, table: CountryTable, listed: Mapping[str, Country]) -> Self:
        """Index the listed countries, and those of the table's unlisted ones that they do not replace."""
        isos = _first(listed.values())
        unlisted = [country for country in table.unlisted if isos.keys().isdisjoint(_isos(country))]
        known = {country.code: country for country in unlisted} | dict(listed)
        isos = _first(known.values()) | isos
        own = [
            (fold(name), country.code) for country in known.values() for name in (country.name, country.text)
        ]
        taken = {join(name) for name, _ in own}
        aliases = (
            (name, code if code in known else isos.get(code, code))
            for name, code in table.aliases
            if join(name) not in taken
        )
        english = Names.gather([*own, *aliases])
        return cls(listed, known, isos, Names.gather(own), english, table.everywhere)

    def meant(self, text: str) -> tuple[Country, ...]:
        """All countries that a text may mean, listed or not; several if it is ambiguous, none if unknown."""
        readings = (*self._readings(text), self._read_brackets(text))
        return next(filter(None, readings), ())

    def _readings(self, text: str) -> Iterator[tuple[Country, ...]]:
        """As an ISO code, an English name, UNHCR's own code, and a name in any language."""
        letters, key = code(text), join(fold(text))
        yield self._countries([self.isos.get(letters, "")])
        yield self._countries(self.english.meaning(key))
        yield self._countries([letters])
        yield self._countries(self.codes_of(self.everywhere.meaning(key)))

    def _read_brackets(self, text: str) -> tuple[Country, ...]:
        """What a name and the name or code in brackets after it can agree on: "Allemagne (Germany)"."""
        if not (parts := _BRACKETS.match(text[: 2 * MAX_LENGTH].strip())):
            return ()
        outside, inside = (
            dict.fromkeys(chain.from_iterable(self._readings(part))) for part in parts.groups()
        )
        return tuple(country for country in outside if country in inside)

    def codes_of(self, iso2: Iterable[str]) -> Iterator[str]:
        """The keys of `known` for ISO2 codes."""
        return (self.isos[iso] for iso in iso2 if iso in self.isos)

    def _countries(self, codes: Iterable[str]) -> tuple[Country, ...]:
        return tuple(self.known[code] for code in codes if code in self.known)


def _first(countries: Iterable[Country]) -> dict[str, str]:
    """ISO codes and whose they are; of several, the first one's."""
    codes: dict[str, str] = {}
    for country in countries:
        for iso in _isos(country):
            codes.setdefault(iso, country.code)
    return codes


def _isos(country: Country) -> list[str]:
    return [iso for iso in (country.iso3, country.iso2) if iso]


ASKED_FIRST = (
    "CHI", "USA", "AFG", "GFR", "SYR", "GBR", "VEN", "FRA", "SUD", "SPA", "UKR", "ITA", "IRN",
    "CAN", "IRQ", "ARE", "TUR", "RUS", "IND", "COL", "CUB", "HAI", "SOM", "ERT", "COD",
)  # fmt: skip
"""UNHCR codes of the large origins and hosts, offered before anything is typed."""

_FEW = 5
_HITS = 300
_ALIKE_ENOUGH = 0.86
_TELLING = 4
_SHORT = 3
"""Letters that a slip in a short name leaves: “Cua”."""
_MAX_SLIPS = 2
"""With more, a republic is taken for another one."""
_ACRONYM = 5
"""What is typed in so few capitals is no slip of a name: BRICS are not Brits."""

_FOREIGN = 8
_PLAUSIBLE = 3
_BEGUN = 4
_MAX_PARTS = 8


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A country or group to choose, and what it reads like: 1 to 100 characters, unique in its list."""

    country: Area
    label: str


class CountryMatch(IntEnum):
    """How well a text fits a name, best first; elsewhere is in a language that is not the asker's."""

    CODE = auto()
    WHOLE = auto()
    BEGINNING = auto()
    BEGINNING_OF_ALIAS = auto()
    WHOLE_ELSEWHERE = auto()
    GUESSED = auto()
    WORD = auto()
    BEGINNING_ELSEWHERE = auto()
    WORD_ELSEWHERE = auto()
    PART = auto()
    PART_ELSEWHERE = auto()
    ALIKE = auto()


def match(text: str, lookup: Lookup, spoken: Names) -> dict[str, CountryMatch]:
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
    found = found or _best(lookup, _fits_in_part(words, lookup, spoken))
    if _is_telling(key) and not _is_begun(key, found, lookup, spoken):
        guessed = [(country.code, CountryMatch.GUESSED) for country in correct(text, lookup)]
        found = _best(lookup, [*found.items(), *guessed, *_is_alike(key, lookup, spoken)])
    elif len(key) == _SHORT and not _is_begun(key, found, lookup, spoken):
        slips = ((code_, CountryMatch.ALIKE) for code_ in _misspelt(key, lookup.called, slice(None), slips=1))
        found = _best(lookup, [*found.items(), *slips])
    return found


def _is_begun(key: str, found: Mapping[str, CountryMatch], lookup: Lookup, spoken: Names) -> bool:
    """Say whether a name that is shown begins so, or a name is just this; of “Boliva” only an alias is."""
    whole = not {CountryMatch.CODE, CountryMatch.WHOLE}.isdisjoint(found.values())
    return whole or bool(lookup.called.beginning(key) or spoken.beginning(key))


def correct(text: str, lookup: Lookup) -> list[Country]:
    """The countries, at most three, that were plausibly meant by a text that no country is called."""
    words = fold(_APOSTROPHE.sub(" ", text))  # “République d'Arménie”
    key = join(words)
    if not _is_telling(key) or (text.isupper() and len(key) <= _ACRONYM):
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


def _best(lookup: Lookup, hits: Iterable[tuple[str, CountryMatch]]) -> dict[str, CountryMatch]:
    """The best match of each listed country; a code without a name is nothing to choose."""
    found: dict[str, CountryMatch] = {}
    for code_, fit in hits:
        country = lookup.listed.get(code_)
        if country and (country.is_country or country.name != code_):
            found[code_] = min(fit, found.get(code_, fit))
    return found


def _fits_own(text: str, words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, CountryMatch]]:
    """What English and the asker's language have, and whatever goes by exactly this name or code."""
    key, letters = join(words), code(text)
    for code_ in (*lookup.english.meaning(key), *lookup.codes_of(spoken.meaning(key))):
        yield code_, CountryMatch.WHOLE
    for country in lookup.meant(text):
        by_code = letters and letters in (country.iso3, country.code)
        yield country.code, CountryMatch.WHOLE if by_code else CountryMatch.WHOLE_ELSEWHERE
        if letters and letters == country.iso2:
            yield country.code, CountryMatch.CODE
    for code_ in (*lookup.called.beginning(key), *lookup.codes_of(spoken.beginning(key))):
        yield code_, CountryMatch.BEGINNING
    for code_ in lookup.english.beginning(key):
        likely = code_ in ASKED_FIRST and _is_telling(key)
        yield code_, CountryMatch.BEGINNING if likely else CountryMatch.BEGINNING_OF_ALIAS
    for code_, first_of_word in _containing(words, lookup, spoken):
        if first_of_word or not key.isascii():
            yield code_, CountryMatch.WORD


def _fits_elsewhere(words: str, lookup: Lookup) -> Iterator[tuple[str, CountryMatch]]:
    for code_ in lookup.codes_of(lookup.everywhere.beginning(join(words))):
        yield code_, CountryMatch.BEGINNING_ELSEWHERE
    for iso2, first_of_word in islice(lookup.everywhere.containing(words), _HITS):
        if first_of_word:
            yield from ((code_, CountryMatch.WORD_ELSEWHERE) for code_ in lookup.codes_of([iso2]))


def _fits_in_part(words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, CountryMatch]]:
    for code_, _ in _containing(words, lookup, spoken):
        yield code_, CountryMatch.PART
    for iso2, _ in islice(lookup.everywhere.containing(words), _HITS):
        yield from ((code_, CountryMatch.PART_ELSEWHERE) for code_ in lookup.codes_of([iso2]))


def _containing(words: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, bool]]:
    yield from lookup.english.containing(words)
    for iso2, first_of_word in spoken.containing(words):
        yield from ((code_, first_of_word) for code_ in lookup.codes_of([iso2]))


def _is_alike(key: str, lookup: Lookup, spoken: Names) -> Iterator[tuple[str, CountryMatch]]:
    """What looks alike so far: the beginning weighs most, as most is typed from there."""
    for names, to_codes in ((lookup.english, iter), (spoken, lookup.codes_of)):
        alike = process.extract(
            key, names.keys, scorer=JaroWinkler.similarity, score_cutoff=_ALIKE_ENOUGH, limit=_FEW
        )
        for _, _, place in alike:
            for code_ in to_codes(names.meanings[place].split()):
                yield code_, CountryMatch.ALIKE


def _guesses(words: str, lookup: Lookup) -> Iterator[Iterable[str]]:
    """Codes of what may have been meant, the likeliest first: a word of a name, a slip, one abroad."""
    key = join(words)
    yield [code_ for code_, first_of_word in lookup.called.containing(words) if first_of_word]
    near = _misspelt(key, lookup.english, slice(None), slips=min(len(key) // _TELLING, _MAX_SLIPS))
    yield dict.fromkeys((*near, *_named_within(words, lookup)))
    if len(key) >= _FOREIGN or not key.isascii():
        the_same_first_letter = lookup.everywhere.span(key[0])
        yield lookup.codes_of(_misspelt(key, lookup.everywhere, the_same_first_letter, slips=1))
    yield _begun_alike(words, lookup)
    yield _nearly(key, lookup.called)


def _named_within(words: str, lookup: Lookup) -> Iterator[str]:
    """The codes of the longest names that a longer one has in it: “Fédération de Russie”, “俄罗斯联邦”."""
    parts, joiner = (words.split(), " ") if words.isascii() or " " in words else (list(words), "")
    for count in range(min(len(parts), _MAX_PARTS), 0, -1):
        found = [
            code_
            for place in range(len(parts) - count + 1)
            if len(name := join(joiner.join(parts[place : place + count])))
            >= (2 if joiner == "" else _TELLING if name.isascii() else _TELLING - 1)
            for code_ in (*lookup.english.meaning(name), *lookup.codes_of(lookup.everywhere.meaning(name)))
        ]
        if found:
            yield from found
            return


def _begun_alike(words: str, lookup: Lookup) -> Iterator[str]:
    """The codes of names that begin as a word of several does: “République arabe syrienne” as “Syrie”."""
    for word in (each.removeprefix("ال") for each in words.split() if " " in words):
        if len(word) < _BEGUN + 1:
            continue
        start = word[: max(_BEGUN, len(word) - _BEGUN)]
        for names, to_codes in ((lookup.called, iter), (lookup.everywhere, lookup.codes_of)):
            begun = [code_ for code_, first_of_word in names.containing(start) if first_of_word]
            if len(codes := set(to_codes(begun))) == 1:
                yield from codes
                break


def _misspelt(key: str, names: Names, where: slice, slips: int) -> Iterator[str]:
    """The codes of the names that are the fewest slips of a finger away."""
    alike = process.extract(key, names.keys[where], scorer=OSA.distance, score_cutoff=slips, limit=None)
    fewest = min((distance for _, distance, _ in alike), default=0)
    for _, distance, place in alike:
        if distance == fewest:
            yield from names.meanings[where][place].split()


def _nearly(key: str, names: Names) -> Iterator[str]:
    """The codes of names that begin so and are two slips away, in short ones by letters of the same word."""
    where = names.span(key[0])
    for name, _, place in process.extract(
        key, names.keys[where], scorer=OSA.distance, score_cutoff=_MAX_SLIPS, limit=None
    ):
        if len(key) > _FEW or sorted(name) == sorted(key):
            yield from names.meanings[where][place].split()
