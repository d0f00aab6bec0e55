"""UNHCR's footnotes, from its API or from a table beside a release, to notes. Pure."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from data.errors import Phrase
from data.notes import Note, Notes, read_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIELDS = {
    "text": ("footnote",),
    "years": ("year", "years"),
    "origin": ("coo_iso", "origin_iso", "country_of_origin_iso"),
    "asylum": ("coa_iso", "asylum_iso", "country_of_asylum_iso"),
    "populations": ("population_type", "population_types"),
}
"""What a note's fields are called, in small letters: by the API first, and in tables made of it."""

MAX_NOTES = 5000
"""UNHCR had 658 in 2026, and adds some 50 a year."""

MAX_LENGTH = 4000
"""The longest of UNHCR's has 1,252 characters."""

MAX_NAMED = 5

_ANY = ("", "-")
_NO_LETTERS = re.compile(r"[^a-z]+")
_POPULATION = re.compile(r"[A-Z]{2,5}")
_BREAKS = ("Cc", "Zl", "Zp")


def read_notes(items: Iterable[object], codes: Mapping[str, str]) -> Notes:
    """Read the items of a list, each once; `codes` leads from ISO codes to UNHCR's.

    A note that cannot be read is left out, and named in `fault`: it must not cost the others.
    """
    read: dict[Note, None] = {}
    refused: list[int] = []
    count = 0
    for count, item in enumerate(items, start=1):
        try:
            read[_read(item, codes)] = None
        except (KeyError, ValueError, TypeError):
            refused.append(count)
        if len(read) >= MAX_NOTES:
            return Notes((), Phrase("too-many-notes", most=MAX_NOTES))
    return Notes(tuple(read), _tell(refused, count))


def _tell(refused: list[int], count: int) -> Phrase | None:
    if not refused:
        return None
    named = ", ".join(map(str, refused[:MAX_NAMED])) + (" …" if len(refused) > MAX_NAMED else "")
    return Phrase("notes-unreadable", refused=len(refused), count=count, numbers=named)


def _read(item: object, codes: Mapping[str, str]) -> Note:
    if not isinstance(item, dict):
        raise TypeError(item)
    plain = {_NO_LETTERS.sub("_", str(name).lower()).strip("_"): value for name, value in item.items()}
    fields = {name: _find(plain, called) for name, called in FIELDS.items()}
    text = _clean(fields["text"])
    if not text:
        raise ValueError(text)
    return Note(
        origin=_read_country(fields["origin"], codes),
        asylum=_read_country(fields["asylum"], codes),
        years=read_years(fields["years"]),
        populations=_read_populations(fields["populations"]),
        text=text if len(text) <= MAX_LENGTH else text[: MAX_LENGTH - 1] + "…",
    )


def _find(item: Mapping[str, object], called: Iterable[str]) -> str:
    """Return the field under the first of its names, as text; raises `KeyError` where it has none."""
    present = [name for name in called if name in item]
    if not present:
        raise KeyError(*called)
    value = item[present[0]]
    if not isinstance(value, (str, int, type(None))):
        raise TypeError(value)
    return "" if value is None else str(value)


def _read_country(iso: str, codes: Mapping[str, str]) -> str | None:
    """Return UNHCR's code, None for any country; raises `KeyError` for one that it does not list."""
    return None if iso.strip() in _ANY else codes[iso.strip().upper()]


def _read_populations(text: str) -> tuple[str, ...]:
    found = sorted({part.strip().upper() for part in text.split(",") if part.strip() not in _ANY})
    if not all(map(_POPULATION.fullmatch, found)):
        raise ValueError(text)
    return tuple(found)


def _clean(text: str) -> str:
    """Put a text on one line, without anything that is no sign."""
    kinds = zip(text, map(unicodedata.category, text), strict=True)
    signs = (" " if kind in _BREAKS else "" if kind[0] == "C" else sign for sign, kind in kinds)
    return " ".join("".join(signs).split())
