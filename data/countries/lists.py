"""Several countries in one text, separated by commas. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from data.errors import Unanswerable

if TYPE_CHECKING:
    from data.model import Area

MAX_COMPARED = 5
MAX_PARTS = 3
"""A name of a country holds at most two commas."""


class Finder(Protocol):
    """Finds countries by what people call them."""

    def find(self, text: str) -> Area:
        """Return the one country or group of this name or code; raises `Unanswerable` where there is none."""
        ...


def read_countries(text: str, atlas: Finder) -> tuple[Area, ...]:
    """Read a list of countries, each once, though a name may hold a comma: “Korea, Republic of, China”.

    Raises `Unanswerable` for what cannot be read.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise Unanswerable("countries-not-named", typed=text)
    if len(parts) > MAX_COMPARED * MAX_PARTS:
        raise refuse_so_many()

    @cache
    def read(begin: int) -> tuple[Area, ...] | None:
        """Read from one part on, names without a comma first."""
        if begin >= len(parts):
            return ()
        for end in range(begin + 1, min(begin + MAX_PARTS, len(parts)) + 1):
            country = _find(", ".join(parts[begin:end]), atlas)
            if country and (after := read(end)) is not None:
                return (country, *after)
        return None

    found = read(0)
    if found is None:
        found = tuple(map(atlas.find, parts))  # which says what is wrong
    return tuple(dict.fromkeys(found))


def refuse_so_many() -> Unanswerable:
    """Tell how many countries can be set beside each other."""
    return Unanswerable("countries-too-many", most=MAX_COMPARED)


def _find(text: str, atlas: Finder) -> Area | None:
    try:
        return atlas.find(text)
    except Unanswerable:
        return None
