"""The words of the field and UNHCR's codes, each in two sentences with its source."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Self

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

from data.countries.groups import list_names, list_of, read_groups
from data.countries.letters import fold
from data.errors import Unanswerable

GROUP = "group"
"""The kind of entries that are generated, one for each group of countries."""

_NEAR = 3
_ALIKE_ENOUGH = 0.8
_TYPOS = 2
ASKED_FIRST = (
    "pending", "new applications", "stock", "flow", "mid-year", "recognised", "complementary protection",
    "Refugee Recognition Rate", "Total Protection Rate", "substantive decisions", "cases", "release",
)  # fmt: skip
"""Offered before anything is typed."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A word or code: what kind it is, what else it is called, two sentences, and the key of their source.

    Of a group of countries its code stands in place of the sentences.
    """

    name: str
    kind: str
    also: tuple[str, ...]
    text: str
    source: str


class Glossary:
    """Every entry by its name and by what else it is called. A code may mean two things, and has two."""

    def __init__(self, entries: tuple[Entry, ...]) -> None:
        self.entries = entries
        self._named: dict[str, list[Entry]] = {}
        for entry in entries:
            self._named.setdefault(_key(entry.name), []).append(entry)
        self._called: dict[str, list[Entry]] = {}
        for entry in entries:
            for name in entry.also:
                self._called.setdefault(_key(name), []).append(entry)

    @classmethod
    def load(cls) -> Self:
        """Read the packaged table."""
        return cls(tuple(_read()))

    def find(self, text: str) -> tuple[Entry, ...]:
        """Return what goes by this name, whatever its case; raises `Unanswerable` with near ones."""
        key = _key(text)
        found = dict.fromkeys((*self._named.get(key, ()), *self._called.get(key, ())))
        if found:
            return tuple(found)
        near = [entry.name for entry in self.suggest(text, _NEAR)]
        if near:
            raise Unanswerable("word-misspelled", typed=text, near=near)
        raise Unanswerable("word-unknown", typed=text)

    def suggest(self, text: str, most: int) -> list[Entry]:
        """Return entries, each name once: those that begin so, then those that hold it, then those alike."""
        key = _key(text)
        if not key:
            first = [self._named[_key(name)][0] for name in ASKED_FIRST]
            return _once([*first, *self.entries])[:most]
        names = {**self._called, **self._named}
        begin = [entry for name, found in names.items() if name.startswith(key) for entry in found]
        hold = [entry for name, found in names.items() if key in name for entry in found]
        begin.sort(key=lambda entry: (not _key(entry.name).startswith(key), len(entry.name), entry.name))
        return _once([*begin, *hold, *(() if begin or hold else self._alike(key, names))])[:most]

    def _alike(self, key: str, names: dict[str, list[Entry]]) -> Iterator[Entry]:
        """Those that differ by a slip or two, or sound alike."""
        typos = process.extract(
            key, list(names), scorer=OSA.distance, score_cutoff=min(_TYPOS, len(key) // 3)
        )
        alike = process.extract(key, list(names), scorer=JaroWinkler.similarity, score_cutoff=_ALIKE_ENOUGH)
        for name, _, _ in (*typos, *alike):
            yield from names[name]


def _key(text: str) -> str:
    """Fold a name; a sign of no letters stays as it is."""
    return fold(text.replace("+", " plus ")) or text.strip()[:1]


def _once(entries: list[Entry]) -> list[Entry]:
    first: dict[str, Entry] = {}
    for entry in entries:
        first.setdefault(entry.name.casefold(), entry)
    return list(first.values())


def _read() -> Iterator[Entry]:
    table = files(__package__).joinpath("glossary.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(table):
        also = tuple(name.strip() for name in row["also"].split(";") if name.strip())
        yield Entry(row["entry"], row["kind"], also, row["text"], row["source"])
    for code, group in read_groups().items():
        yield Entry(group.name, GROUP, list_names(group), code, list_of(group))
