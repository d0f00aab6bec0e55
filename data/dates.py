"""Days as people type them. Pure."""

from __future__ import annotations

import calendar
import re
from datetime import date, datetime
from typing import TYPE_CHECKING

from data.countries.quotes import quote
from data.errors import UnknownRelease

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.model import Release

_FORMATS = ("%Y-%m-%d", "%d.%m.%Y", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%Y/%m/%d")
_LONGEST = 40
_MONTH = re.compile(r"(\d{4})-(\d\d?)")
_YEAR = re.compile(r"\d{4}")


def parse_as_of(text: str, releases: Iterable[Release]) -> date:
    """Read a day, a month or year (their last day), or the label of a release: of two, the newer.

    Raises `UnknownRelease` with a sentence that shows how a day is written.
    """
    wanted = " ".join(text.split())
    for release in sorted(releases, key=lambda each: -each.id):
        if wanted.casefold() == release.label.casefold():
            return release.day
    found = _parse_day(wanted) if wanted.isascii() and len(wanted) < _LONGEST else None
    if found is None:
        raise UnknownRelease(
            f"I cannot read {quote(text)} as a day;"
            " write it like 2025-11-10, or pick a release from the list."
        )
    return found


def _parse_day(text: str) -> date | None:
    if _YEAR.fullmatch(text) and int(text):
        return date(int(text), 12, 31)
    if (month := _MONTH.fullmatch(text)) and int(month[1]) and 1 <= int(month[2]) <= 12:  # noqa: PLR2004 - months
        return date(int(month[1]), int(month[2]), calendar.monthrange(int(month[1]), int(month[2]))[1])
    for form in _FORMATS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    return None
