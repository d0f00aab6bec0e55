"""What a text means: codes before names, English before other languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import Self

from data.countries.letters import LONGEST, code, fold, join
from data.countries.names import Names
from data.countries.table import Table
from data.model import Country

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
    def build(cls, table: Table, listed: Mapping[str, Country]) -> Self:
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
        if not (parts := _BRACKETS.match(text[: 2 * LONGEST].strip())):
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
