"""What part of a whole is said to be so: “more than 40% of refugees”, “a third of them”, “one in five”."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.reading.numbers import Bound
from data.reading.words import Mention
from data.reading.years import count

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data.reading.ask.outcome import Aim

_BOUNDS = {
    Bound.OVER: "more than|over|above|at least|well over|upwards of",
    Bound.UNDER: "less than|fewer than|under|below|at most|not even|no more than",
    Bound.ABOUT: "nearly|almost|about|around|roughly|approximately|some|close to|just over|just under",
}
_BOUND = "|".join(words for words in _BOUNDS.values())
_PARTS = {"half": 1 / 2, "third": 1 / 3, "quarter": 1 / 4, "fifth": 1 / 5, "tenth": 1 / 10}
_NUMBER = r"\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|twenty"
_SHARE = re.compile(
    rf"(?<!\w)(?<!by )(?:(?P<bound>{_BOUND}) )?(?:"
    r"(?P<percent>\d{1,3}(?:\.\d+)?) ?(?:%|per ?cent\b)(?= of\b)"
    r"|(?P<many>an?|one|two|three|four)?[ -]?(?P<part>half|third|quarter|fifth|tenth)s?\b"
    r"(?= (?:of|the|all)\b)"
    r"|(?P<most>(?:a |the )?(?:great |vast |large )?majority(?= of\b)"
    r"|than all (?:of )?(?:the )?(?:others?|rest)[^.?!]{0,40} (?:combined|(?:put |taken )?together))"
    rf"|(?:one|1) (?:in|out of) (?:every )?(?P<among>{_NUMBER})\b"
    r")(?: of\b)?",
    re.IGNORECASE,
)
_OF_INHABITANTS = re.compile(
    r" (?:the |its |their )?(?:[\w.'’-]{1,20} ){0,3}?(?:populations?|inhabitants|residents|citizens)\b"
    r"| (?:people|inhabitants|persons|residents)\b",
    re.IGNORECASE,
)
_COMPARED = re.compile(r"[^.?!]{0,60} \b(?:as many|what|that) (?:in|as|of)\b", re.IGNORECASE)
"""No share of a whole: “half the applications that France has”."""
EXACT, ROUND, OF_ITSELF = 0.01, 0.03, 0.1
"""How far a share may be from what it is called, and from a round part; and no more than a tenth of that."""


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, and what is said of it: more than that, less, about or just that.

    `inhabitants`: the whole are those who live there.
    """

    value: float
    bound: Bound
    inhabitants: bool = False


def find_shares(text: str) -> Iterator[Mention[Share]]:
    """Yield what part is said to be so."""
    for said in _SHARE.finditer(text):
        if said["part"] and _COMPARED.match(text, said.end()):
            continue
        yield Mention(said.start(), said.end(), _read(text, said))


def _read(text: str, said: re.Match[str]) -> Share:
    words = (said["bound"] or "").casefold()
    if said["most"]:
        return Share(1 / 2, Bound.OVER)
    plain = Bound.PLAIN if said["percent"] else Bound.ABOUT  # who says “a third” does not mean 33.3%
    bound = next((bound for bound, form in _BOUNDS.items() if words in form.split("|")), plain)
    return Share(_read_value(said), bound, _OF_INHABITANTS.match(text, said.end()) is not None)


def _read_value(said: re.Match[str]) -> float:
    if said["percent"]:
        return float(said["percent"]) / 100
    if said["among"]:
        return 1 / count(said["among"])
    many = (said["many"] or "a").casefold()
    return _PARTS[said["part"].casefold()] * {"two": 2, "three": 3, "four": 4}.get(many, 1)


def is_share(aim: Aim, found: float) -> bool:
    """Say whether a share that was found is what is said; a majority where nothing is."""
    said = 1 / 2 if aim.value is None else aim.value
    if aim.sign:
        return found > said if aim.sign > 0 else found < said
    far = EXACT if aim.bound is Bound.PLAIN else min(ROUND, OF_ITSELF * said)
    return abs(found - said) <= far
