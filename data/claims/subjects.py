"""What a number counts, by the words beside it: people and claims, countries, or something else. Pure.

A number is a claim about asylum only where the words say so. Behind it there stands a noun of asylum
(“claims”, “Chinese nationals”), a word that such figures are told with (“in”, “were”, “filed”), or nothing.
An unknown noun (“1,442 employees”, “29 lives”) makes it somebody else's number.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.claims.claim import Subject
from data.claims.nouns import COUNTRIES, PEOPLE, QUALIFYING, TELLING
from data.text.numbers import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.text.mentions import Mention
    from data.text.numbers import Quantity

_MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\.?"
)
_PARTS = (
    r"pages?|pp?\.|chapter|article|section|paragraph|figure|fig\.|table|nos?\.|number|resolution|aged?|age of"
    "|flight|route|room|act|law|rule|phone|call|fax|version|issue|volume|step|level|rank(?:ed)?|part|episode"
    "|season|top|form|grade|class|channel|unit|building|apartment|floor|gate|terminal|exit|highway|interstate"
    "|bus|line|platform"
)
_CURRENCIES = r"[$€£¥₹]|\b(?:US\$|USD|EUR|GBP|CHF|RMB|CAD)"
_FOREIGN_BEFORE = re.compile(rf"(?:{_CURRENCIES}|\b(?:{_PARTS}|{_MONTHS})) ?$", re.IGNORECASE)
_FOREIGN_AFTER = re.compile(
    r"(?:[ -]?[°€$£]|[- ]year[- ]old"
    r"|[- ](?:day|week|month|year|hour|minute|page|seat|member|person|mile|point)s?\b"
    rf"|(?: of)? (?:{_MONTHS})(?!\w)|[ ](?:am|pm|a\.m\.|p\.m\.|o'clock|uhr)(?!\w))",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?:\+|\b00)[0-9 ()/-]{6,24}|\([0-9]{2,5}\) ?[0-9]"
    r"|\b[0-9]{2,5}[ /-][0-9]{2,5}[ /-][0-9]{2,6}(?:[ /-][0-9]{2,6})?\b"
)
_GAP = re.compile(r"[ \u00a0-]{0,2}")
_WORD = re.compile(r"[^\W\d_][\w'’-]{0,30}")
_REACH = 16
_GROUP = 3
MOST_WORDS = 4


def find_phones(text: str) -> tuple[tuple[int, int], ...]:
    """Return where telephone numbers stand; groups of three digits as in “178 725 400” are none."""
    found = []
    for hit in _PHONE.finditer(text):
        groups = re.split(r"[ ()/-]+", hit[0].strip(" ()/-"))
        grouped = len(groups[0]) <= _GROUP and all(len(group) == _GROUP for group in groups[1:])
        if hit[0].startswith(("+", "00", "(")) or not grouped:
            found.append((hit.start(), hit.end()))
    return tuple(found)


def find_subject(text: str, number: Mention[Quantity], names: Sequence[tuple[int, int]]) -> Subject:
    """Tell what a number counts; `names` is where nationalities and countries stand."""
    if _FOREIGN_BEFORE.search(text, max(0, number.start - _REACH), number.start):
        return Subject.OTHER
    if number.value.form is Form.PERCENT:
        return Subject.RATE
    if number.value.form in (Form.DOZENS, Form.SINGLE):
        return Subject.COUNTRIES
    return Subject.OTHER if _FOREIGN_AFTER.match(text, number.end) else _read_noun(text, number.end, names)


def _read_noun(text: str, place: int, names: Sequence[tuple[int, int]]) -> Subject:
    named = False
    for _ in range(MOST_WORDS):
        gap = _GAP.match(text, place)
        place = gap.end() if gap else place
        name = next((end for start, end in names if start == place), None)
        if name is not None:
            place, named = name, True
            continue
        hit = _WORD.match(text, place)
        word = hit[0].lower() if hit else ""
        if word in COUNTRIES:
            return Subject.COUNTRIES
        if hit is None or word in PEOPLE or word in TELLING:
            return Subject.PEOPLE
        if word not in QUALIFYING:  # an unknown noun, unless it might be what they did: “Chinese flocked”
            return Subject.UNCLEAR if named and word.endswith("ed") else Subject.OTHER
        place = hit.end()
    return Subject.PEOPLE
