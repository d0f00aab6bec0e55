"""Several countries in one text, separated by commas. Pure."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Protocol

from data.errors import Unanswerable, quote

if TYPE_CHECKING:
    from data.model import Area

MAX_COMPARED = 5
MAX_PARTS = 3
"""A name of a country holds at most two commas."""
TOO_MANY = f"At most {MAX_COMPARED} countries can be compared at once; name fewer."


class Finder(Protocol):
    """Finds countries by what people call them."""

    def find(self, text: str) -> Area:
        """Return the one country or group of this name or code; raises `Unanswerable` with a sentence."""
        ...


def read_countries(text: str, atlas: Finder) -> tuple[Area, ...]:
    """Read a list of countries, each once, though a name may hold a comma: “Korea, Republic of, China”.

    Raises `Unanswerable` for what cannot be read.
    """
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise Unanswerable(f"I find no country in {quote(text)}; name some, separated by commas.")
    if len(parts) > MAX_COMPARED * MAX_PARTS:
        raise Unanswerable(TOO_MANY)

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


def _find(text: str, atlas: Finder) -> Area | None:
    try:
        return atlas.find(text)
    except Unanswerable:
        return None
