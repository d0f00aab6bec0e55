"""The names of countries in the languages that people chat in, as CLDR writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Self

from data.countries.letters import fold
from data.countries.names import Names


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
