"""Shares that a text gives of refugees or of claims: in words, and what they are a share of. Pure."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from data.model import ALL, Country, Level, Measure, Nature, Unit
from data.reading.check.claim import Agreement, Near, Term
from data.reading.check.evidence import BY_NAME, Hit, Variant
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import ShareOf
from data.reading.numbers import Bound, NumberForm, Quantity
from data.reading.words import Mention
from data.statistics import MIN_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.reading.check.claim import Claim, Named
    from data.reading.check.evidence import Evidence, Fact

_COUNTS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10,
    "half": 1, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fifth": 5, "fifths": 5, "tenth": 10,
    "a": 1, "an": 1, "every": 1,
}  # fmt: skip
_COUNT = r"(?:\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)"
_WHO = (
    r"(?: (?:of|among) (?:all |the |its |these |those |them\b|whom\b)*)?"
    r"(?: ?(?:all|the|new|world['’]s|global|asylum|refugee|country['’]s|registered))*"
    r" ?(?:refugees?|asylum[- ]seekers?|applicants?|applications?|claims?|claimants?|displaced)\b"
)
_FRACTION = re.compile(
    rf"\b(?:(?P<least>more than|over|at least)|(?P<most>less than|fewer than|under)"
    rf"|(?P<about>about|around|nearly|almost|some|roughly|close to))? ?\b"
    rf"(?:(?P<part>{_COUNT}) (?:in|out of) (?:every )?(?P<whole>{_COUNT})"
    r"|(?P<times>a|an|one|two|three)[ -](?P<nth>thirds?|quarters?|fifths?|tenth)|(?P<half>half))"
    rf"(?={_WHO})",
    re.IGNORECASE,
)

POINT, LOOSE, MAX_OVER = 1.0, 4.0, 15.0
"""How far a share may be from the percentage; from “about a third”; above “more than half”."""

SMALL, FIFTIETH = 5.0, 0.02
"""Of small ones, and of those with decimals, hardly at all."""


def find_fractions(text: str) -> Iterator[Mention[Quantity]]:
    """Find shares in words: “nearly nine out of ten refugees”, “a third of the applications”."""
    for hit in _FRACTION.finditer(text):
        if hit["half"]:
            value = 50.0
        elif hit["nth"]:
            value = 100.0 * _read_count(hit["times"]) / _COUNTS[hit["nth"].lower()]
        else:
            value = 100.0 * _read_count(hit["part"]) / max(_read_count(hit["whole"]), 1)
        bound = Bound.OVER if hit["least"] else Bound.UNDER if hit["most"] else Bound.ABOUT
        start = next(hit.start(name) for name in ("part", "times", "half") if hit[name])
        yield Mention(start, hit.end(), Quantity(value, value, 1, NumberForm.PERCENT, bound))


def _read_count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def share_holds(said: Quantity, share: float) -> bool:
    """Say whether a share, in percent, is what people mean by one."""
    if said.bound is Bound.OVER:
        return said.low - POINT <= share <= max(said.high, said.low + MAX_OVER)
    if said.bound is Bound.UNDER:
        return said.low - MAX_OVER <= share <= said.low + POINT
    if said.step < 1 or said.low < SMALL:  # “6.7%”, “3%”
        return abs(share - said.low) <= max(said.step, said.low * FIFTIETH)
    return abs(share - said.low) <= (LOOSE if said.bound is Bound.ABOUT else POINT)


def find_parts(claim: Claim, evidence: Evidence, year: int) -> Iterator[ShareOf]:
    """List what a percentage may be a share of, the likeliest first, among whom the sentence names."""
    measures = [each for each in MEANT[claim.term] if each.nature is not Nature.RATE]
    if claim.term in _DECIDED or not claim.says_term:
        return
    origins = _list_near(claim.origins.items())
    asylums = _list_near(claim.asylums.items())
    pairs = [((o, a), (ALL, a)) for o, a in product(origins, asylums) if o != a]
    pairs += [((o, a), (o, ALL)) for o, a in product(origins, asylums) if o != a]
    pairs += [((o, ALL), (ALL, ALL)) for o in origins] + [((ALL, a), (ALL, ALL)) for a in asylums]
    for measure, (part, whole) in product(measures, pairs):
        some, every = (_find_newest(codes, year, measure, evidence) for codes in (part, whole))
        if some and every and some.value and MIN_BASE <= every.value >= some.value:
            yield ShareOf(some, every)


MAX_NAMED = 2
_DECIDED = frozenset({Term.NOTHING, Term.RECOGNISED, Term.PROTECTED, Term.REJECTED})
"""Their percentages are rates."""


def _list_near(named: Iterable[tuple[str, Named]]) -> list[str]:
    """List the countries that a sentence puts on a side, or that the text goes on with, the nearest first."""
    near = [
        (each.near.rank + (each.agreement is not Agreement.SAID), code)
        for code, each in named
        if isinstance(each.area, Country)
        and each.agreement is not Agreement.AGAINST
        and (each.near.in_sentence or each.near is Near.CARRIED)
    ]
    return [code for _, code in sorted(near)[:MAX_NAMED]]


def _find_newest(codes: tuple[str, str], year: int, measure: Measure, evidence: Evidence) -> Fact | None:
    if codes not in evidence.known:
        return None
    said = evidence.lay_out(Hit(codes, year, Unit.PERSONS, BY_NAME[measure, Variant.PLAIN, Level.ALL]))
    return next((fact for fact in said if fact.replaced_by is None), None)
