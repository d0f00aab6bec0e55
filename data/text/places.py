"""Countries and nationalities in a running text, and which side of a claim each seems to be on."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import OSA

from data.text import roles
from data.text.homonyms import (
    IN_CAPITALS,
    IN_SMALL_LETTERS,
    NO_CODES,
    NO_COUNTRIES,
    NO_COUNTRIES_TOGETHER,
    NOT_ABROAD,
    NOT_MISSPELT,
)
from data.text.mentions import Mention
from data.text.words import split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from data.countries import Atlas
    from data.countries.names import Names
    from data.findings import Role
    from data.model import Country
    from data.text.words import Word

MOST_WORDS = 9
CODE = 3
SHORTEST_ABROAD = 4
SHORTEST_PART = 4
SHORTEST_MISSPELT, TWO_SLIPS = 5, 9
MOST_CORRECTED = 60
MOST_TOGETHER = 3
_FLAGS = range(0x1F1E6, 0x1F200)


@dataclass(frozen=True, slots=True)
class Naming:
    """A country as a text names it; several `countries` where the name is theirs alike.

    `people`: by a nationality. `role`: what the words around it say of its side, if they do.
    `listed`: it continues a list that began with the place before.
    A country that UNHCR does not list (Taiwan) is named too; `Atlas.by_code` does not know it.
    """

    countries: tuple[Country, ...]
    people: bool
    role: Role | None = None
    listed: bool = False
    misspelt: bool = False


def find_places(text: str, atlas: Atlas, *, near: bool = True) -> tuple[Mention[Naming], ...]:
    """Read the first 6,000 characters of a text.

    `near`: among its first 60 words, also take a long one for the name that it nearly is.
    """
    words = split(text)
    shouted = not any(map(str.islower, text[:200]))
    found: list[Mention[Naming]] = []
    spans: list[tuple[int, int]] = []
    place = 0
    while place < len(words):
        near = near and place < MOST_CORRECTED
        count, naming = _read_at(text, words, place, atlas, shouted=shouted, near=near)
        if naming is not None and naming.countries:
            found.append(Mention(words[place].start, words[place + count - 1].end, naming))
            spans.append((place, place + count))
        place += max(count, 1)
    hints = roles.hint(text, words, spans, [mention.value.people for mention in found])
    return tuple(
        replace(mention, value=replace(mention.value, role=role, listed=listed))
        for mention, (role, listed) in zip(found, hints, strict=True)
    )


def _read_at(
    text: str, words: Sequence[Word], place: int, atlas: Atlas, *, shouted: bool, near: bool
) -> tuple[int, Naming | None]:
    """Return how many words from `place` on name a country, and which; 0 and None where none do."""
    word = words[place]
    for count in range(MOST_TOGETHER, 1, -1):
        if " ".join(each.key for each in words[place : place + count]) in NO_COUNTRIES_TOGETHER:
            return count, None
    raw = text[word.start : word.end]
    if len(word.key) <= CODE and (short := _read_code(raw, words, place, atlas, shouted=shouted)):
        return 1, Naming(short, people=False)
    for names, meanings in ((atlas.lookup.english, list), (atlas.lookup.everywhere, atlas.lookup.codes_of)):
        count, key, codes = _reach(names, words, place)
        abroad = names is atlas.lookup.everywhere
        if not count or not _is_meant(text[word.start :], key, count, abroad=abroad):
            continue
        people = key in atlas.table.nationalities
        if people and _is_language(text, words, place, count):
            return count, None
        return count, Naming(_countries(atlas, meanings(codes)), people)
    if near and (keys := _correct(word.key, atlas.lookup.english)):
        meant = [code for key in keys for code in atlas.lookup.english.meaning(key)]
        people = all(key in atlas.table.nationalities for key in keys)
        return 1, Naming(_countries(atlas, meant), people, misspelt=True)
    return 0, None


def _countries(atlas: Atlas, codes: Iterable[str]) -> tuple[Country, ...]:
    known = atlas.lookup.known
    return tuple(known[code] for code in dict.fromkeys(codes) if code in known)


def _read_code(
    raw: str, words: Sequence[Word], place: int, atlas: Atlas, *, shouted: bool
) -> tuple[Country, ...]:
    """Read a short name or code; one that could be a word counts in capitals only, and in no shouted text."""
    key = words[place].key
    lookup = atlas.lookup
    if key in NO_CODES:
        return ()
    before = words[place - 1].key if place else ""
    capitals = raw.replace(".", "").isupper() and (not shouted or before in ("the", "in", "to", "from"))
    is_flag = not raw.isascii() and key.isascii() and raw.strip() == raw and ord(raw[0]) in _FLAGS
    named = [lookup.known[code] for code in lookup.english.meaning(key) if code in lookup.known]
    if named and (capitals or key in IN_SMALL_LETTERS or (key == "us" and before == "the")):
        return tuple(named)
    if is_flag or (capitals and not shouted and len(key) == CODE):
        code = lookup.isos.get(key.upper())
        return (lookup.known[code],) if code else ()
    return ()


def _reach(names: Names, words: Sequence[Word], place: int) -> tuple[int, str, list[str]]:
    """Return how many words from `place` on make the longest name, its key and the codes it means."""
    best: tuple[int, str, list[str]] = (0, "", [])
    key = ""
    for count, word in enumerate(words[place : place + MOST_WORDS], 1):
        if count > 1 and not word.runs_on:
            break
        key += word.key
        where = bisect_left(names.keys, key)
        if where == len(names.keys) or not names.keys[where].startswith(key):
            break
        if names.keys[where] == key and (count == 1 or _is_apart(names, where, words[place : place + count])):
            best = count, key, names.meanings[where].split()
    return best


def _is_apart(names: Names, where: int, words: Sequence[Word]) -> bool:
    """Say whether a name is written in these words: “to go” is not Togo, “I ran” is not Iran."""
    start = names.starts[where]
    written = names.text[start : names.text.index("\n", start)]
    return written == " ".join(word.key for word in words) or all(
        len(word.key) >= SHORTEST_PART for word in words
    )


def _is_meant(raw: str, key: str, count: int, *, abroad: bool) -> bool:
    """Say whether a text means the country by a name that is also a word, or might be one."""
    if count > 1 or not key.isascii():
        return True
    if abroad:
        return len(key) >= SHORTEST_ABROAD and key not in NOT_ABROAD
    return len(key) > CODE and key not in NO_COUNTRIES and (key not in IN_CAPITALS or raw[:1].isupper())


def _is_language(text: str, words: Sequence[Word], place: int, count: int) -> bool:
    """Say whether a nationality is a language: “in Chinese”, at the end of a sentence."""
    if not place or words[place - 1].key not in ("in", "speak", "speaks", "plain"):
        return False
    after = place + count
    return after == len(words) or any(
        mark in ".?!,;:" for mark in text[words[after - 1].end : words[after].start]
    )


def _correct(key: str, names: Names) -> list[str]:
    """Return the names that a long word nearly is: one slip away, from nine letters on two."""
    if len(key) < SHORTEST_MISSPELT or not key.isascii() or not key.isalpha() or key in NOT_MISSPELT:
        return []
    if names.meaning(key):  # a name that was not meant as one: “polish”, “unknown”
        return []
    slips = 2 if len(key) >= TWO_SLIPS else 1
    alike = process.extract(key, names.keys, scorer=OSA.distance, score_cutoff=slips, limit=None)
    near = [(distance, name) for name, distance, _ in alike if name[0] == key[0] and len(name) > CODE]
    fewest = min(near, default=(0, ""))[0]
    return [name for distance, name in near if distance == fewest]
