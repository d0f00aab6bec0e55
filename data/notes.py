"""UNHCR's footnotes: whom, when and what each is about, and which of them touch an answer. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.errors import Phrase

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from data.model import Place

ASYLUM_SEEKERS = "ASY"
"""UNHCR's code for asylum-seekers; notes on their claims and on decisions stand under it as well."""

_SPAN = re.compile(r"(\d{4})(?:\s*[-–]\s*(\d{4}))?")
_YEARS = re.compile(rf"{_SPAN.pattern}(?:[\s,;]+{_SPAN.pattern})*")
_FIRST, _LAST = 1900, 2100


@dataclass(frozen=True, slots=True)
class Note:
    """One footnote in UNHCR's words. Countries are UNHCR's codes, None: any; `years` ascend.

    `populations` are UNHCR's codes; none at all: every one.
    """

    origin: str | None
    asylum: str | None
    years: tuple[int, ...]
    populations: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Notes:
    """The notes that came with a release. `fault` says why some or all of them are missing."""

    listed: tuple[Note, ...] = ()
    fault: Phrase | None = None

    def found_at(self, where: str) -> Notes:
        """The same, with a fault that says where it was found."""
        return replace(self, fault=Phrase("at", where=where, fault=self.fault)) if self.fault else self


@dataclass(frozen=True, slots=True)
class Touching:
    """The notes that touch an answer, the most telling first, as they stood on a day."""

    notes: tuple[Note, ...]
    day: date


@dataclass(frozen=True, slots=True)
class Subjects:
    """What an answer is about: `places`, the most important first, in the `years` that it tells.

    The first `named` of them stand in the question, the others are listed in the answer. `since` is the
    first year that it shows, in a line or as a record.
    """

    places: tuple[Place, ...]
    named: int
    years: frozenset[int]
    since: int


def read_years(text: str) -> tuple[int, ...]:
    """Read “2015”, “2019 - 2022” or “2021, 2023 - 2025”; raises `ValueError` for anything else."""
    if not _YEARS.fullmatch(text.strip()):
        raise ValueError(text)
    years: set[int] = set()
    for first, last in _SPAN.findall(text):
        begin, end = int(first), int(last or first)
        if not _FIRST <= begin <= end <= _LAST:
            raise ValueError(text)
        years.update(range(begin, end + 1))
    return tuple(sorted(years))


def touches(note: Note, place: Place, years: frozenset[int], population: str = ASYLUM_SEEKERS) -> bool:
    """Say whether a note is on a place's figures of these years.

    A note on a country touches the places that name it, not every sum that it is part of; one on a
    pair touches that pair and both of its countries; one on no country touches every place.
    """
    return _is_of(note, years, population) and (is_general(note) or _is_on(note, place))


def is_general(note: Note) -> bool:
    """Say whether a note names no country."""
    return note.origin is None and note.asylum is None


def find_touching(
    notes: Iterable[Note], subjects: Subjects, population: str = ASYLUM_SEEKERS
) -> tuple[Note, ...]:
    """Return the notes that touch an answer: by its places, newest first, and general ones last."""
    of_then = [note for note in notes if _is_of(note, subjects.years, population)]
    newest_first = sorted(of_then, key=lambda note: -note.years[-1])
    return tuple(dict.fromkeys((*_order(newest_first, subjects.places), *filter(is_general, newest_first))))


def find_note_on(notes: Iterable[Note], place: Place, year: int) -> Note | None:
    """Return the note on a place's figure of a year that says most of it: on both countries before on one."""
    codes = [each.code if each else None for each in (place.origin, place.asylum)]
    on = [
        note
        for note in notes
        if _is_of(note, frozenset({year}), ASYLUM_SEEKERS)
        and not is_general(note)
        and all(named in (None, code) for named, code in zip((note.origin, note.asylum), codes, strict=True))
    ]
    return min(on, key=lambda note: (note.origin, note.asylum).count(None), default=None)


def _order(notes: list[Note], places: Iterable[Place]) -> Iterator[Note]:
    """Yield the notes on each place in turn: a map has some 200, so they are looked up by country."""
    on: dict[str, list[Note]] = {}
    for note in notes:
        for code in {note.origin, note.asylum} - {None}:
            on.setdefault(str(code), []).append(note)
    for place in places:
        named = [country.code for country in (place.origin, place.asylum) if country]
        found = [note for code in named for note in on.get(code, ()) if _is_on(note, place)]
        yield from sorted(found, key=lambda note: -note.years[-1])


def _is_of(note: Note, years: frozenset[int], population: str) -> bool:
    return not years.isdisjoint(note.years) and (not note.populations or population in note.populations)


def _is_on(note: Note, place: Place) -> bool:
    """Say whether a note names a country that the place names, on the same side, and no other one there."""
    sides = ((note.origin, place.origin), (note.asylum, place.asylum))
    both = [(code, country.code) for code, country in sides if code and country]
    return bool(both) and all(code == its for code, its in both)
