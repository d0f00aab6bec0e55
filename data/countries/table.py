"""The tables that come with the program: countries, and what else they are called, in which languages."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Self

from data.countries.letters import fold, join
from data.countries.names import Names
from data.countries.rows import read_rows
from data.model import Country

NAMES = "names.txt.gz"
LANGUAGES = "languages.txt.gz"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class CountryTable:
    """All that is known of countries before any release is read.

    `listed` are UNHCR's, `unlisted` the territories it has no code for. `aliases` are folded names and
    the code each stands for, the unlisted ones' being ISO3; a name that comes twice is ambiguous.
    `nationalities` are those of the aliases that name people, in one word without blanks.
    `everywhere` has the names of all languages and their ISO2 codes.
    """

    listed: tuple[Country, ...]
    unlisted: tuple[Country, ...]
    aliases: tuple[tuple[str, str], ...]
    nationalities: frozenset[str]
    everywhere: Names
    languages: Languages

    @classmethod
    @cache
    def load(cls) -> Self:
        """Read the packaged tables, once a process: they never change."""
        return cls(
            listed=tuple(read_listed()),
            unlisted=tuple(read_unlisted()),
            aliases=tuple(_read_aliases("aliases.csv", "demonyms.csv")),
            nationalities=frozenset(join(name) for name, _ in _read_aliases("demonyms.csv")),
            everywhere=Names.read(unpack(NAMES)),
            languages=Languages.read(unpack(LANGUAGES)),
        )


def read_listed() -> Iterator[Country]:
    """The countries and other codes of UNHCR."""
    for row in read_rows("countries.csv"):
        yield Country(
            code=row["code"],
            iso3=row["iso3"] or None,
            iso2=row["iso2"] or None,
            name=row["name"],
            text=row["text"],
            is_country=row["is_country"] == "yes",
        )


def read_unlisted() -> Iterator[Country]:
    """Territories with an ISO code that UNHCR's statistics do not list, under their ISO3 code."""
    for row in read_rows("unlisted.csv"):
        yield Country(row["iso3"], row["iso3"], row["iso2"], row["name"], row["text"])


def unpack(file: str) -> list[str]:
    """The lines of a packed table."""
    packed = files(__package__).joinpath(file).read_bytes()
    return gzip.decompress(packed).decode().splitlines()


def _read_aliases(*tables: str) -> Iterator[tuple[str, str]]:
    for row in chain.from_iterable(map(read_rows, tables)):
        for name in {fold(row[column]) for column in row if column != "codes"}:
            for code in row["codes"].split():
                yield name, code


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Languages:
    """One line of names per language: "AD Andorra", "AE …" with tabs between them.

    The key is the language's tag ("pt-BR"); English is not among them, its names are our own.
    """

    lines: Mapping[str, str]

    @classmethod
    def read(cls, lines: list[str]) -> Self:
        """Take lines that begin with a tag and a tab."""
        return cls({tag: names for tag, _, names in (line.partition("\t") for line in lines)})

    def names(self, locale: str) -> Mapping[str, str]:
        """ISO2 codes and names in a language, none where it is English or unknown."""
        return _split(self._line(locale))

    def index(self, locale: str) -> Names:
        """The same, folded, to search in."""
        return _index(self._line(locale))

    def prepare(self) -> None:
        """Fold the names of every language, which takes some milliseconds each, before somebody types."""
        for line in self.lines.values():
            _index(line)

    def _line(self, locale: str) -> str:
        """The language itself, or else one that differs in its region only: "de-AT", "es-MX"."""
        if locale in self.lines:
            return self.lines[locale]
        language, *_ = locale.split("-")
        kin = (names for tag, names in self.lines.items() if tag.split("-")[0] == language)
        return next(kin, "")


@lru_cache(maxsize=64)
def _split(line: str) -> Mapping[str, str]:
    return {entry[:2]: entry[3:] for entry in line.split("\t") if entry}


@lru_cache(maxsize=64)
def _index(line: str) -> Names:
    return Names.gather((fold(name), iso2) for iso2, name in _split(line).items())
