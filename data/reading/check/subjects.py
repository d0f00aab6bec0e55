"""What a number counts, by the words beside it: people and claims, countries, or something else. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from data.reading.check.claim import Subject
from data.reading.numbers import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.reading.numbers import Quantity
    from data.reading.words import Mention


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
MAX_WORDS = 4


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
    for _ in range(MAX_WORDS):
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


PEOPLE = frozenset(
    {
        "anträge", "appeals", "applicant", "applicants", "application", "applications", "arrivals",
        "asylanträge", "asylbewerber", "asylum", "asylum-seekers", "backlog", "case", "cases", "children",
        "citizens", "claim", "claimants", "claims", "decision", "decisions", "demandes", "demandeurs",
        "families", "files", "grants", "individuals", "men", "menschen", "migrants", "nationals", "people",
        "personas", "personen", "personnes", "persons", "petitions", "protection", "recognitions",
        "refugee", "refugees", "rejections", "requests", "seeker", "seekers", "solicitantes", "solicitudes",
        "women",
    }
)  # fmt: skip
"""Nouns of those whom asylum figures count."""

COUNTRIES = frozenset(
    {
        "countries", "destinations", "nations", "states",
    }
)  # fmt: skip
"""Nouns of places."""

QUALIFYING = frozenset(
    {
        "all", "asylum", "fewer", "first", "first-time", "formal", "fresh", "further", "humanitarian",
        "initial", "more", "negative",
        "new", "of", "open", "other", "outstanding", "pending", "positive", "repeat", "substantive", "such",
        "the", "undecided", "unresolved",
    }
)  # fmt: skip
"""Words between such a number and its noun."""

TELLING = frozenset(
    {
        "a", "accepted", "according", "additional", "after", "against", "also", "although", "and",
        "annually", "applied", "applying", "are", "arrived", "as", "asked", "asking", "asylum-related",
        "at", "awaiting", "because", "been", "before", "between", "but", "by", "came", "compared", "could",
        "denied", "did", "do", "does", "down", "during", "each", "every", "favourable", "fell", "filed",
        "fled", "for", "from", "globally", "granted", "had", "has", "have", "however", "if", "in", "is",
        "it", "last", "lodged", "made", "may", "might", "not", "now", "on", "only", "or", "over",
        "per", "received", "recognised", "recognized", "recorded", "registered", "rejected", "remain",
        "remained", "requested", "respectively", "rose", "sat", "seeking", "since", "so", "sought", "still",
        "stood", "submitted", "successful", "than", "that", "their", "then", "there", "they", "this",
        "though", "through", "to", "total", "under", "until", "up", "versus", "vs", "waiting", "was",
        "were", "when", "where", "which", "while", "who", "will", "with", "worldwide", "would", "year",
        "years", "yet",
    }
)  # fmt: skip
"""Words that may follow such a number without naming what it counts."""
