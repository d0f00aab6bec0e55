"""Shares that a text gives of refugees or of claims: in words, and what they are a share of. Pure."""

from __future__ import annotations

import re
from itertools import product
from typing import TYPE_CHECKING

from data.countries.groups import members, read_groups
from data.model import ALL, Country, Level, Measure, Nature, Role, Unit
from data.reading.abroad import say_abroad
from data.reading.check.claim import Agreement, Near, ShareClaim, Term
from data.reading.check.evidence import BY_NAME, Hit, Variant
from data.reading.check.terms import MEANT
from data.reading.check.verdicts import ShareOf
from data.reading.numbers import UNITS_ABROAD, Bound, NumberForm, Quantity
from data.reading.words import Mention
from data.statistics import MIN_BASE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.reading.check.claim import Claim, Named
    from data.reading.check.evidence import Evidence, Fact
    from data.store.value_index import Codes

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
    r"(?: ?(?-i:[A-Z])[\w'’-]+){0,2}"
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

FRACTIONS_ABROAD = {
    "half": 50.0, "third of them": 100 / 3, "two thirds": 200 / 3, "quarter": 25.0, "three quarters": 75.0,
    "fifth of them": 20.0,
}  # fmt: skip
"""Uses in `abroad.csv`, and what each says in percent."""

_COUNT_ABROAD = rf"(?:\d{{1,2}}|{'|'.join(UNITS_ABROAD)})"
_FRACTION_ABROAD = re.compile(
    rf"(?<!\w)(?:(?:(?P<least>{say_abroad('over')})|(?P<most>{say_abroad('under')})|{say_abroad('about')})"
    r"(?:(?<=['’])| ))?"
    rf"(?:(?P<share>{'|'.join(map(say_abroad, FRACTIONS_ABROAD))})"
    rf"|(?P<part>{_COUNT_ABROAD}) (?:von|de cada|sur|su|van de|op de|em cada|auf) (?P<whole>{_COUNT_ABROAD})"
    rf"|jede[rs]? (?P<nth>zweite|dritte|vierte|fünfte|zehnte)[rn]?"
    rf")(?= (?:{say_abroad('of whom')}))",
    re.IGNORECASE,
)
_NTH_ABROAD = {"zweite": 2, "dritte": 3, "vierte": 4, "fünfte": 5, "zehnte": 10}


POINT, LOOSE, MAX_OVER, SLACK = 1.0, 4.0, 15.0, 0.1
"""How far a share may be from the percentage; from “about a third”; above “more than half”, and below it."""

NEAR_PLAIN, NEAR_ABOUT = 2.0, 6.0
"""So far it may be and still be close: 28.4% to “30%”; 44.2% to “nearly half”."""

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
    yield from _find_abroad(text)


def _find_abroad(text: str) -> Iterator[Mention[Quantity]]:
    for hit in _FRACTION_ABROAD.finditer(text):
        if hit["share"]:
            value = read_fraction(hit["share"])
        elif hit["nth"]:
            value = 100.0 / _NTH_ABROAD[hit["nth"].lower()]
        else:
            part, whole = (
                int(each) if each.isdecimal() else UNITS_ABROAD[each.lower()]
                for each in (hit["part"], hit["whole"])
            )
            value = 100.0 * part / max(whole, 1)
        bound = Bound.OVER if hit["least"] else Bound.UNDER if hit["most"] else Bound.ABOUT
        start = (
            next(hit.start(name) for name in ("share", "part") if hit[name])
            if not hit["nth"]
            else hit.start()
        )
        yield Mention(start, hit.end(), Quantity(value, value, 1, NumberForm.PERCENT, bound))


def read_fraction(words: str) -> float:
    """Read what is said in another language: “ein Drittel” is 33.3."""
    said = (
        value
        for use, value in FRACTIONS_ABROAD.items()
        if re.fullmatch(say_abroad(use), words, re.IGNORECASE)
    )
    return next(said)


def _read_count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def share_holds(said: Quantity, share: float) -> bool:
    """Say whether a share, in percent, is what people mean by one."""
    if said.bound is Bound.OVER:
        return said.low - SLACK <= share <= max(said.high, said.low + MAX_OVER)
    if said.bound is Bound.UNDER:
        return said.low - MAX_OVER <= share <= said.low + SLACK
    if said.step < 1 or said.low < SMALL:  # “6.7%”, “3%”
        return abs(share - said.low) <= max(said.step, said.low * FIFTIETH)
    return abs(share - said.low) <= (LOOSE if said.bound is Bound.ABOUT else POINT)


def is_near(said: Quantity, share: float) -> bool:
    """Say whether a share, in percent, is close to one that does not hold."""
    if said.bound in (Bound.OVER, Bound.UNDER) or said.step < 1 or said.low < 2 * SMALL:
        return False
    return abs(share - said.low) <= (NEAR_ABOUT if said.bound is Bound.ABOUT else NEAR_PLAIN)


def find_parts(claim: Claim, evidence: Evidence, year: int) -> Iterator[ShareOf]:
    """List what a percentage may be a share of, the likeliest first, among whom the sentence names."""
    measures = [each for each in MEANT[claim.term] if each.nature is not Nature.RATE]
    if claim.term in _DECIDED or not claim.says_term:
        return
    near = (_list_near(side.items()) for side in (claim.origins, claim.asylums))
    said = claim.share or ShareClaim()
    pairs = [*_list_pairs(said, *near)]
    if said.part and said.whole in read_groups() and said.part in members(said.whole, year):
        pairs = [((ALL, said.part), (ALL, said.whole))]  # Germany has a share of what the EU has
    for measure, (part, whole) in product(measures, pairs):
        some, every = (_find_newest(codes, year, measure, evidence) for codes in (part, whole))
        if some and every and some.value and MIN_BASE <= every.value >= some.value:
            yield ShareOf(some, every)


def _list_pairs(
    said: ShareClaim, origins: Sequence[str], asylums: Sequence[str]
) -> Iterator[tuple[Codes, Codes]]:
    """List the parts and wholes, each of an origin and a country of asylum, that a percentage may be of."""
    if said.told:
        yield from _list_told(said)
        return
    both = [(o, a) for o in origins for a in asylums if o != a]
    if said.part and said.by_part is Role.ASYLUM:
        both = [(o, a) for o, a in both if a == said.part]
        yield from (((o, a), (o, ALL)) for o, a in both)
        yield from () if both else [((ALL, said.part), (ALL, ALL))]
        return
    yield from (((o, a), (ALL, a)) for o, a in both if said.part in (None, o))
    if not both:
        yield from (((o, ALL), (ALL, ALL)) for o in origins)
        yield from (((ALL, a), (ALL, ALL)) for a in asylums)


def _list_told(said: ShareClaim) -> Iterator[tuple[Codes, Codes]]:
    part, whole = said.part, said.whole
    if part is None:
        return
    if said.world:
        if said.by_part is not Role.ASYLUM:
            yield (part, ALL), (ALL, ALL)
        if said.by_part is not Role.ORIGIN:
            yield (ALL, part), (ALL, ALL)
    elif whole is not None:
        if said.by_whole is not Role.ORIGIN and said.by_part is not Role.ASYLUM:
            yield (part, whole), (ALL, whole)
        if said.by_whole is not Role.ASYLUM and said.by_part is not Role.ORIGIN:
            yield (whole, part), (whole, ALL)


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
