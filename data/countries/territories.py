"""Territories that split, joined or are counted apart, and what states that are gone are counted under."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING

from data.caveats import CountedApart, Dissolved, Independent, OwnOrigin, SplitOff, UnrwaApart
from data.countries.letters import fold
from data.countries.rows import read_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.caveats import Caveat
    from data.model import Country, Place
    from data.notes import Subjects


_TELLING = 4
"""So many letters are enough to say whose name is being typed."""


class TerritoryKind(StrEnum):
    """How a territory's figures are to be read; the value is the word in the table."""

    SPLIT_OFF = "split off"
    INDEPENDENT = "independent"
    DISSOLVED = "dissolved"
    COUNTED_APART = "counted apart"


@dataclass(frozen=True, slots=True)
class Territory:
    """A line of the table: UNHCR's codes, and the first `year` in which the parts are counted apart."""

    kind: TerritoryKind
    whole: str | None
    parts: tuple[str, ...]
    year: int | None
    former: str


@dataclass(frozen=True, slots=True)
class Former:
    """A state that is gone, as it reads in a sentence, its folded names, and the codes that count it now."""

    text: str
    names: tuple[str, ...]
    codes: tuple[str, ...]


@cache
def read_territories() -> tuple[Territory, ...]:
    """Read the packaged table, once a process."""
    return tuple(
        Territory(
            TerritoryKind(row["kind"]),
            row["whole"] or None,
            tuple(row["parts"].split()),
            int(row["year"]) if row["year"] else None,
            row["former"],
        )
        for row in read_rows("territories.csv")
    )


@cache
def read_former() -> tuple[Former, ...]:
    """Read the packaged table of states that are gone, once a process."""
    return tuple(
        Former(
            row["text"],
            tuple(dict.fromkeys(map(fold, row["names"].split("|")))),
            tuple(row["codes"].split()),
        )
        for row in read_rows("former.csv")
    )


def find_former(words: str, *, within: bool = False) -> Former | None:
    """Return the state that is gone by this name, in folded words; `within`: by a name among them."""
    named = [
        (len(name), former)
        for former in read_former()
        for name in former.names
        if name == words or (within and f" {name} " in f" {words} ")
    ]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def begin_former(words: str) -> tuple[str, ...]:
    """Return the codes that count now a state whose name may be about to be typed."""
    if whole := find_former(words):
        return whole.codes
    begun = (former.codes for former in read_former() if any(name.startswith(words) for name in former.names))
    return next(begun, ()) if len(words) >= _TELLING else ()


def find_split(part: str) -> Territory | None:
    """Return what a country (its code) was split off from, if its earlier figures stand there."""
    return next(
        (each for each in read_territories() if each.kind is TerritoryKind.SPLIT_OFF and part in each.parts),
        None,
    )


def find_remarks(subjects: Subjects, name: Callable[[str], Country]) -> tuple[Caveat, ...]:
    """Return what has to be said of an answer's territories; `name` gives the country of a code."""
    return tuple(dict.fromkeys((*_find_own_origins(subjects), *_find_changed(subjects, name))))


PALESTINE = "GAZ"
_UNRWA = (PALESTINE, "JOR", "LEB", "SYR")
"""Where UNRWA works, by UNHCR's codes: Gaza and the West Bank, Jordan, Lebanon, Syria."""


def find_unrwa(subjects: Subjects, *, tells_refugees: bool) -> tuple[Caveat, ...]:
    """Say that UNRWA's refugees are left out of an answer on refugees from Palestine, or in their hosts."""
    if not tells_refugees:
        return ()
    for place in subjects.places[: subjects.named]:
        origin, asylum = (country and country.code for country in (place.origin, place.asylum))
        if origin == PALESTINE or (origin is None and asylum in _UNRWA):
            return (UnrwaApart(),)
    return ()


def list_splits(place: Place, name: Callable[[str], Country]) -> tuple[SplitOff | Independent, ...]:
    """List since when figures of a place are of less than before, as a part of it is counted on its own."""
    named = {country.code for country in (place.origin, place.asylum) if country}
    if _list_split_codes().isdisjoint(named):
        return ()
    found: list[SplitOff | Independent] = []
    for each in read_territories():
        match each:
            case Territory(TerritoryKind.SPLIT_OFF, whole=str(whole), parts=(part,), year=int(year)):
                if {whole, part} & named:
                    found.append(SplitOff(name(whole), name(part), year))
            case Territory(TerritoryKind.INDEPENDENT, whole=str(whole), parts=(part,), year=int(year)):
                if {whole, part} & named:
                    found.append(Independent(name(whole), name(part), year))
    return tuple(found)


@cache
def _list_split_codes() -> frozenset[str]:
    """List the countries that split: most of the world's did not."""
    kinds = (TerritoryKind.SPLIT_OFF, TerritoryKind.INDEPENDENT)
    split = (each for each in read_territories() if each.kind in kinds)
    return frozenset(code for each in split for code in (each.whole, *each.parts) if code)


def _find_own_origins(subjects: Subjects) -> Iterator[Caveat]:
    for place in subjects.places:
        if place.host and place.origin == place.host:
            yield OwnOrigin(place.host)


def _find_changed(subjects: Subjects, name: Callable[[str], Country]) -> Iterator[Caveat]:
    named, listed = (
        {country.code for place in places for country in (place.origin, place.asylum) if country}
        for places in (subjects.places[: subjects.named], subjects.places[subjects.named :])
    )
    told = min(subjects.years, default=subjects.since)
    for each in read_territories():
        match each:
            case Territory(TerritoryKind.SPLIT_OFF, whole=str(whole), parts=(part,), year=int(year)):
                asked = {whole, part} & named and subjects.since < year
                if asked or (whole in listed and told < year):
                    yield SplitOff(name(whole), name(part), year)
            case Territory(TerritoryKind.INDEPENDENT, whole=str(whole), parts=(part,), year=int(year)):
                if {whole, part} & named and told < year:
                    yield Independent(name(whole), name(part), year)
            case Territory(TerritoryKind.DISSOLVED, parts=parts, year=int(year)):
                asked_parts = tuple(name(part) for part in parts if part in named)
                if asked_parts and subjects.since < year:
                    yield Dissolved(each.former, asked_parts, year)
            case Territory(TerritoryKind.COUNTED_APART, whole=str(whole), parts=parts):
                if whole in named:
                    yield CountedApart(name(whole), tuple(map(name, parts)))
