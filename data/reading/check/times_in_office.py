"""Years that a text names by who was in office: “since Xi took over”, “the decade under Hu”. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.reading.words import Mention
from data.reading.years import DECADE, YearSpan

if TYPE_CHECKING:
    from collections.abc import Iterator

_TOOK = (
    r"(?:took (?:over|office|power|charge|the helm)|assumed (?:leadership|power|office|the leadership)"
    r"|came to (?:power|office)|became (?:president|leader|prime minister|chancellor|premier)"
    r"|was (?:elected|sworn in|inaugurated))"
)
_IN_YEAR = r"(?: [\w-]+){0,4}? (?:in|on|at the end of) (?:\w+ )?(?P<year>(?:19|20)\d\d)\b"
_ENTERED = re.compile(rf"(?P<who>\b[A-Z][\w'’-]+) {_TOOK}{_IN_YEAR}")
_SINCE_THEN = re.compile(
    rf"\b[Ss]ince (?:[A-Z]?[\w.'’-]+ ){{0,3}}?(?P<who>[A-Z][\w'’-]+) {_TOOK}(?!{_IN_YEAR})"
)
_DECADE = re.compile(
    r"\b(?:(?:in|during|over|throughout) )?(?:the |his |her )?(?:ten years|decade(?:-long)?)"
    r"(?= (?:when|under|of|in which|that|tenure|rule|term|reign|presidency|leadership|before)\b)"
    r"(?! of (?:\d|the ))",
    re.IGNORECASE,
)


def find_terms_of_office(text: str) -> Iterator[Mention[YearSpan]]:
    """Read them where the text says elsewhere in which year somebody took office; the decade ends there."""
    entered = {hit["who"]: int(hit["year"]) for hit in _ENTERED.finditer(text)}
    for hit in _SINCE_THEN.finditer(text):
        year = entered.get(hit["who"]) or _find_other_name(text, hit["who"], entered)
        if year is not None:
            yield Mention(hit.start(), hit.end(), YearSpan(year, None))
    for hit in _DECADE.finditer(text) if entered else ():
        year = min(entered.values())
        yield Mention(hit.start(), hit.end(), YearSpan(year - DECADE + 1, year))


def _find_other_name(text: str, who: str, entered: dict[str, int]) -> int | None:
    """Say when somebody took office whom the text names in full elsewhere: Xi is Xi Jinping."""
    return next((year for name, year in entered.items() if f"{who} {name}" in text), None)
