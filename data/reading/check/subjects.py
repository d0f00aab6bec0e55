"""What a number counts, by the words beside it: people and claims, countries, or something else. Pure."""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad
from data.reading.check.claim import Subject
from data.reading.numbers import NumberForm

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from data.reading.check.lists import Span
    from data.reading.numbers import Quantity
    from data.reading.words import Mention


_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_PARTS = (
    r"items?|pages?|pp?\.|chapter|article|section|paragraph|figure|fig\.|table|nos?\.|resolution|aged?|age of"
    "|flight|route|room|act|law|rule|phone|call|fax|version|issue|volume|step|level|rank(?:ed)?|part|episode"
    "|season|top|form|grade|class|channel|unit|building|apartment|floor|gate|terminal|exit|highway|interstate"
    "|rescued|deported|arrested|detained|intercepted|killed|evacuated|bus|line|platform|employs?"
    "|employ(?:ed|ing)|hires?|hired|population(?: of)?|surveyed|interviewed|polled|survey asked"
)
_CURRENCIES = r"[$€£¥₹]|\b(?:US\$|USD|EUR|GBP|CHF|RMB|CAD)"
_FOREIGN_BEFORE = re.compile(
    rf"(?:{_CURRENCIES}|\b(?:{_PARTS}|(?P<small>{_MONTHS}|number))) ?$", re.IGNORECASE
)
_FOREIGN_AFTER = re.compile(
    r"(?: of \d{1,3}\b(?![,.]\d)|[ -]?[°€$£]"
    r"|[- ]year[- ]old| (?:d[ei] |d['’])?(?:euros?|dollars?|dólares|pesos|francs?)\b"
    r"|,?(?: of (?:them|these|those|whom))? (?:were |was |are |have been |had been )?(?:asked|polled|surveyed"
    r"|interviewed|rescued|deported|killed|died|drowned|arrested|detained)\b"
    r"| (?:people|persons|men|women|citizens|residents|spectators)"
    r" (?:voted|signed|attended|marched|protested|demonstrated|watched|visited|gathered)\b"
    r"|[- ](?:day|week|month|year|hour|minute|page|mile|point)s?\b|-(?:seat|member|person)s?\b"
    rf"|(?: of)? (?:{_MONTHS})(?!\w)|[ ](?:am|pm|a\.m\.|p\.m\.|o'clock|uhr)(?!\w))",
    re.IGNORECASE,
)
_CHANGED_BY = re.compile(
    r"\b(?:grew|grown|grows?|rose|risen|rises?|increase[ds]?|fell|fallen|falls?|drop(?:ped|s)?|declined?|shrank"
    r"|decrease[ds]?|up|down|exceed\w*[^,.;]{0,24}|surpass\w*[^,.;]{0,24}) by"
    r"(?: (?:about|around|some|nearly|almost|over|roughly|only|just|more than))? $"
    r"|\b(?:stieg\w*|gestiegen|sank\w*|gesunken|fiel\w*|nahm|zugenommen|abgenommen|wuchs)[^,.;\d]{0,60}? um"
    r"(?: (?:rund|etwa|fast|über|mehr als|gut|knapp))? $|\b(?:plus|minus) von $"
    r"|\b(?:augment\w+|diminu\w+|baiss\w+|aument\w+|disminu\w+|creci\w+|cal[oò]\w*|hausse|baisse|aumento)"
    r"[^,.;\d]{0,30}? (?:de|en|di)(?: (?:près de|unos|casi|quasi|circa))? $"
    r"|\b(?:an increase|a decrease|a rise|a fall|a drop|a decline) of $"
    rf"|{say_abroad('change by')}",
    re.IGNORECASE,
)
_FROM_ON = re.compile(
    r"(?: [\w-]+){0,3}? (?:a|à|hasta|jusqu['’]à) (?:casi |près de |quasi )?\d", re.IGNORECASE
)
"""“Aumentó de 798.300 a 3,4 millones” is no change by the first."""
_MORE_THAN = re.compile(
    r" (?:more|fewer|less|higher|lower)(?: [\w-]+){0,2}? than"
    r" (?:in|a year|last year|the (?:year|previous))\b"
    r"|(?: [\w-]+){0,2}? (?:mehr|weniger) als (?:im|in|ein|noch|20\d\d)\b"
    r"|(?: [\w-]+){1,2}? de (?:plus|moins) qu(?:['’]en|e l['’]an)"
    r"|(?: [\w-]+){1,2}? (?:más|menos) que (?:en|el)\b| de (?:plus|moins)\b(?! de\b)"
    r"| (?:más|menos)(?: que (?:en|el)\b|(?=[,.;)]))"
    r"| (?:more|fewer|mehr|weniger|additional)(?=[,.;)])| (?:in più|in meno|a mais|a menos)\b",
    re.IGNORECASE,
)
"""“Grew by 400,000” and “7,400 more than in 2011” are differences, and no figures."""
_WHEN = re.compile(
    r" (?:an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|\d{1,2})"
    r" (?:years?|months?) (?:ago|before|earlier|later)\b"
    r"|(?: in)? (?:the|that) (?:(?:following|next|previous|preceding|same) year"
    r"|year (?:before|after|earlier))\b",
    re.IGNORECASE,
)
"""“10,617 five years earlier” counts what the sentence does."""
_PHONE = re.compile(
    r"(?:\+|\b00)[0-9 ()/-]{6,24}|\([0-9]{2,5}\) ?[0-9]"
    r"|\b[0-9]{2,5}[ /-][0-9]{2,5}[ /-][0-9]{2,6}(?:[ /-][0-9]{2,6})?\b"
)
_GAP = re.compile(r"[ \u00a0-]{0,2}")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,30}")
_REACH = 16
_CHANGE_REACH = 32
_OF_CLAIMS = re.compile(
    r" of (?:all |the |its |their |these )?(?:asylum )?"
    r"(?:claims|applications|applicants|claimants|decisions|asylum[- ]seekers)\b"
    r"|,? (?:was|were|is|are|got|received|being) (?:given|granted|accepted|recogni[sz]ed|protected|rejected"
    r"|refused|denied|turned down|approved|successful|positive|negative)",
    re.IGNORECASE,
)
_RATE_OF = re.compile(
    r"\b(?:(?:rejection|refusal|recognition|protection|acceptance|approval|grant|success) rates?|a rate of"
    r"|(?:the|its|their) (?:share|proportion|rate) (?:was|is|stood at)"
    r"|(?:anerkennungs|schutz|ablehnungs)quote|taux (?:de|d['’])(?: ?\w+)|tasso di \w+|tasa de \w+)\b"
    r"[^,;:()]{0,50}$",
    re.IGNORECASE,
)
_OF_MILLIONS = re.compile(
    r"(?:(?<=millions)|(?<=million)|(?<=millones)|(?<=millón)) d(?:e |['’])", re.IGNORECASE
)
"""“1,2 million de spectateurs” are as many spectators."""
_GROUP = 3
MAX_WORDS = 4
MAX_NUMBERED = 3000


def find_phones(text: str) -> tuple[tuple[int, int], ...]:
    """Return where telephone numbers stand; groups of three digits as in “178 725 400” are none."""
    found = []
    for hit in _PHONE.finditer(text):
        groups = re.split(r"[ ()/-]+", hit[0].strip(" ()/-"))
        grouped = len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])
        if hit[0].startswith(("+", "00", "(")) or not grouped:
            found.append((hit.start(), hit.end()))
    return tuple(found)


def find_subject(
    text: str, number: Mention[Quantity], names: Mapping[int, int], telling: Collection[int]
) -> Subject:
    """Tell what a number counts.

    `names` is where nationalities and countries begin and end, `telling` where people are named.
    """
    foreign = _FOREIGN_BEFORE.search(text, max(0, number.start - _REACH), number.start)
    # “By the end of June 6.5 million”, “stateless people number 3.2 million”
    if foreign and not (foreign["small"] and number.value.high > MAX_NUMBERED):
        return Subject.OTHER
    if number.value.form is NumberForm.PERCENT:
        return Subject.RATE
    before = max(0, number.start - _CHANGE_REACH)
    changed = _CHANGED_BY.search(text, before, number.start) and not _FROM_ON.match(text, number.end)
    if changed or _MORE_THAN.match(text, number.end):
        return Subject.CHANGE
    if number.value.form in (NumberForm.DOZENS, NumberForm.SINGLE):
        return Subject.COUNTRIES
    if _FOREIGN_AFTER.match(text, number.end):
        return Subject.OTHER
    if _WHEN.match(text, number.end):
        return Subject.PEOPLE
    ended = text[number.end - 1] == "."  # “1.33 million.” ends its sentence
    begin = of.end() if (of := _OF_MILLIONS.match(text, number.end)) else number.end
    return Subject.PEOPLE if ended else _read_noun(text, begin, names, telling)


def is_of_claims(text: str, number: Span, begin: int) -> bool:
    """Say whether a percentage is said to be one of claims: “90% of claims”, “a rejection rate of 90%”."""
    return (
        _OF_CLAIMS.match(text, number[1]) is not None or _RATE_OF.search(text[begin : number[0]]) is not None
    )


def _read_noun(text: str, place: int, names: Mapping[int, int], telling: Collection[int]) -> Subject:
    nouns, unknown = _read_nouns(), 0
    for _ in range(MAX_WORDS):
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        if place in telling:
            return Subject.PEOPLE
        if place in names:
            place = names[place]
            continue
        hit = _WORD.match(text, place)
        if hit and any(place < each < hit.end() for each in telling):
            return Subject.PEOPLE  # “Asyl-Erstanträge”
        kind = nouns.get(hit[0].lower(), "") if hit else "telling"
        if hit is None or kind == "telling":
            break
        if kind in _SUBJECTS:
            return _SUBJECTS[kind]
        unknown, place = unknown + (kind != "qualifying"), hit.end()
        if unknown > 1:  # of one, as in “13,650 international protection claims”, the next may tell
            break
    return Subject.UNCLEAR if unknown else Subject.PEOPLE


_SUBJECTS = {
    "people": Subject.PEOPLE,
    "countries": Subject.COUNTRIES,
    "other": Subject.OTHER,
}


@cache
def _read_nouns() -> Mapping[str, str]:
    """Read the table that lies beside this module: which words behind a number are of what kind."""
    table = files(__package__).joinpath("nouns.csv").read_text(encoding="utf-8")
    return {row["noun"]: row["kind"] for row in csv.DictReader(table.splitlines())}
