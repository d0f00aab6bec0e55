"""A list of names that can be looked up whole, by their beginning, by a word, or by any part."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Self

from data.countries.letters import join

_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Names:
    """Folded names in order of their letters, and beside each the codes of what it means.

    `keys` are the names without blanks, `meanings` codes with blanks between them.
    `text` has all names with their words apart, each after a line break, for finding parts;
    `starts` says where each of them begins.
    """

    keys: tuple[str, ...]
    meanings: tuple[str, ...]
    text: str
    starts: array[int]

    @classmethod
    def read(cls, lines: Iterable[str]) -> Self:
        """Take lines of a folded name, a tab and its codes, sorted by the name without blanks."""
        keys: list[str] = []
        meanings: list[str] = []
        words: list[str] = []
        for line in lines:
            word, _, codes = line.partition("\t")
            words.append(word)
            keys.append(join(word))
            meanings.append(codes)
        starts = array("I", accumulate((len(word) + 1 for word in words), initial=1))
        return cls(tuple(keys), tuple(meanings), "\n" + "\n".join(words) + "\n", starts)

    @classmethod
    def gather(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Take folded names and a code each; a name that comes again has several."""
        return cls.read(write(pairs))

    def meaning(self, key: str) -> list[str]:
        """The codes of exactly this name, given without blanks."""
        place = bisect_left(self.keys, key)
        if place < len(self.keys) and self.keys[place] == key:
            return self.meanings[place].split()
        return []

    def beginning(self, key: str) -> set[str]:
        """The codes of all names that begin like this, given without blanks."""
        return {code for codes in set(self.meanings[self.span(key)]) for code in codes.split()}

    def span(self, key: str) -> slice:
        """Where in the list the names are that begin like this."""
        return slice(bisect_left(self.keys, key), bisect_right(self.keys, key + _LAST))

    def containing(self, words: str) -> Iterator[tuple[str, bool]]:
        """The codes of names with this in them, and whether a word begins there; in no special order."""
        place = self.text.find(words)
        while place >= 0:
            first_of_word = self.text[place - 1] in " \n"
            for code in self.meanings[bisect_right(self.starts, place) - 1].split():
                yield code, first_of_word
            place = self.text.find(words, place + 1)


def write(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """The lines that `Names.read` takes, one for each name, in the order it needs."""
    meanings: dict[str, set[str]] = {}
    words: dict[str, str] = {}
    for name, code in pairs:
        key = join(name)
        if key:
            meanings.setdefault(key, set()).add(code)
            words[key] = max(words.get(key, ""), name, key=lambda form: (form.count(" "), form))
    return [f"{words[key]}\t{' '.join(sorted(meanings[key]))}" for key in sorted(meanings)]
