"""Questions about a word: which entries of the glossary they ask for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.errors import Unanswerable, quote
from data.reading.ask.outcome import Unfit

if TYPE_CHECKING:
    from data.glossary import Entry, Glossary

_ARTICLE = r"(?:(?:the|an?|your|unhcr['’]?s?) )*"
_TERM = r"[\"'“‘*`]{0,2}(?P<term>[^?!.\"”’*`]{1,60}?)[\"'”’*`]{0,2}"
_END = (
    r"(?: (?:here|exactly|in (?:asylum|these|unhcr['’]?s?) (?:figures|statistics|data)))?"
    r"\s{0,3}[?!.]{0,3}\s{0,3}$"
)
_ASKED = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\bwhat (?:does|do|did) {_ARTICLE}{_TERM} (?:mean|stand for|count){_END}",
        rf"\b(?:what(?:['’]?s| is| are)? (?:the )?)?(?:meaning|definition)s? of {_ARTICLE}{_TERM}{_END}",
        rf"\bwhat(?:['’]?s| is) meant by {_ARTICLE}{_TERM}{_END}",
        rf"\b(?:define|explain) {_ARTICLE}{_TERM}{_END}",
        rf"\bwh(?:at|o) (?:counts|qualifies) as {_ARTICLE}{_TERM}{_END}",
    )
)
_DIFFERENCE = re.compile(
    rf"\bdifference between {_ARTICLE}(?P<one>[^?!.]{{1,60}}?)"
    rf" and {_ARTICLE}(?P<other>[^?!.]{{1,60}}?){_END}",
    re.IGNORECASE,
)
_PEOPLE = re.compile(r" (?:persons?|people)$", re.IGNORECASE)
_PLAIN = re.compile(
    rf"^\W*(?:what(?:['’]?s| is| are)|who (?:is an?|are)) {_ARTICLE}{_TERM}{_END}", re.IGNORECASE
)


def find_definition(text: str, glossary: Glossary) -> tuple[Entry, ...]:
    """Return the entries that a question asks for, none where it asks for no word.

    Raises `Unfit` where it does and the glossary has not got it.
    """
    text = " ".join(text.split())
    if both := _DIFFERENCE.search(text):
        one, other = (_look_up(both[name], glossary) for name in ("one", "other"))
        return (*one, *other) if one and other else ()
    for pattern in _ASKED:
        if match := pattern.search(text):
            if not (found := _look_up(match["term"], glossary)):
                raise Unfit("no-entry", term=quote(match["term"]))
            return found
    plain = _PLAIN.search(text)
    return _look_up(plain["term"], glossary) if plain else ()


def _look_up(term: str, glossary: Glossary) -> tuple[Entry, ...]:
    """Return the entries of a word, also of its singular or without “asylum”; none where there are none."""
    kind = _PEOPLE.sub("", term)  # “stateless person”
    for form in dict.fromkeys((term, term.removesuffix("s"), kind, term.removeprefix("asylum ").strip())):
        try:
            return glossary.find(form)
        except Unanswerable:
            continue
    return ()
