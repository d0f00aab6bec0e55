"""A sentence in plain English, understood: gather its clues, choose what is open, decide what is asked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from data.countries.territories import find_former
from data.errors import Phrase, Unanswerable, quote
from data.model import Measure, Role
from data.questions.refinement import measure_of
from data.reading.ask import clues as reading
from data.reading.ask.cases import Case, ask, ask_ranking, choose_ranked, is_ranking
from data.reading.ask.counts import REFUGEES, Together, choose_counted
from data.reading.ask.sides import take_sides
from data.reading.ask.times import choose_times
from data.reading.ask.vocabulary import MAX_LENGTH, MAX_WORDS, Intent
from data.reading.words import split

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.glossary import Entry, Glossary
    from data.model import Release
    from data.questions.registry import Question
    from data.reading.ask.clues import Clues
    from data.reading.ask.sides import Sides
    from data.reading.ask.times import Times


ABOUT = re.compile(r"\b(?:asylum|refugees?)\b", re.IGNORECASE)
RANKS = re.compile(r"\b(?:origins?|nationalit(?:y|ies)|host countr(?:y|ies))\b", re.IGNORECASE)
UNRELATED = "I do not see how these countries belong together: write a list, or “from” one and “in” another."
NOTHING = "I find no question on asylum figures in that."
LABELS = {
    Measure.PENDING: "still pending",
    Measure.APPLICATIONS: "new applications",
    Measure.ALL_STAGES: "applications, all stages",
    Measure.RECOGNISED: "recognised as refugees",
    Measure.COMPLEMENTARY: "complementary protection",
    Measure.REJECTED: "rejected",
    Measure.RECOGNITION_RATE: "Refugee Recognition Rate",
    Measure.PROTECTION_RATE: "Total Protection Rate",
    Together.OUTCOMES: "all outcomes",
    Together.EVERYTHING: "everything",
}
RANKED = {Role.ASYLUM: "countries of asylum", Role.ORIGIN: "origins"}


def understand(
    text: str, atlas: Atlas, glossary: Glossary, releases: Sequence[Release], today: date
) -> Outcome:
    """Say what a question means: one reading, several likely ones, or none and why.

    `releases` are those kept, oldest first, at least one; `today` is what “last year” counts from.
    """
    if len(text) > MAX_LENGTH or len(split(text)) > MAX_WORDS:
        return NotUnderstood("That is long for a question; /asylum check reads whole texts.")
    found = reading.gather(text, atlas, today, releases[-1].newest_year)
    try:
        if entries := find_definition(found.text, glossary):
            return Explained(entries)
        if refusal := _refuse(found, atlas):
            return NotUnderstood(refusal)
        times = choose_times(found, releases)
        sides = take_sides([mention.value for mention in found.places])
        readings = tuple(_read(found, sides, times))
    except Unanswerable as error:
        return NotUnderstood(error)
    different = {each.question: each for each in reversed(readings)}
    if len(different) == 1:
        return Understood(readings[0].question)
    if len(different) > MAX_READINGS:
        return NotUnderstood("That can mean too many things: name one country and one measure.")
    return Doubtful(_ask_back(found, sides, readings), tuple(reversed(different.values())))


def _refuse(found: Clues, atlas: Atlas) -> str | Phrase | None:
    """Return why a question cannot be answered whatever it means, if so."""
    if found.topics:
        return found.topics[0].value
    for mention in found.places:
        for country in mention.value.countries:
            if atlas.by_code(country.code) is None:
                return f"UNHCR's statistics do not list {country.text}."
    if found.stray and (former := find_former(" ".join(word.key for word in split(found.text)), within=True)):
        return atlas.refuse_former(former)
    if _are_unrelated(found):
        return UNRELATED
    if not _has_a_subject(found):
        return NOTHING
    if found.stray:
        words = ", ".join(dict.fromkeys(found.stray[:3]))
        return f"I do not know what {words} means here; name a country, a year and what to count."
    return None


def _are_unrelated(found: Clues) -> bool:
    """Say whether two countries are on one side without a list or a comparison: “in Turkey … in Germany”."""
    named = [mention.value for mention in found.places]
    twice = any(
        not naming.listed and naming.role and naming.role in {before.role for before in named[:place]}
        for place, naming in enumerate(named)
    )
    return twice and not found.has(Intent.COMPARE)


def _has_a_subject(found: Clues) -> bool:
    """Say whether a sentence is about asylum at all."""
    ranks = found.has(Intent.TOP) and RANKS.search(found.text)
    named = found.places or found.measures or ABOUT.search(found.text)
    return bool(named or ranks or found.has(Intent.CHANGES))


def _read(found: Clues, ways: Sequence[Sides], times: Times) -> Iterator[Reading]:
    """Yield a reading for every way to take the places, what is counted, and what is ranked."""
    for sides in ways:
        ranking = is_ranking(found, len(sides.origins) + len(sides.asylums))
        several = ranking or len(sides.places) > 1
        counted = choose_counted(found, several=several)
        roles: tuple[Role | None, ...] = choose_ranked(found, sides) if ranking else (None,)
        for count, role in product(counted, roles):
            case = Case(found, sides, count, times)
            question = ask(case) if role is None else ask_ranking(case, role)
            parts = (
                sides.choice,
                _say_ranked(found, sides, role) if role and len(roles) > 1 else "",
                LABELS[count] if len(counted) > 1 else "",
            )
            yield Reading(" · ".join(part for part in parts if part), question)


def _say_ranked(found: Clues, sides: Sides, role: Role) -> str:
    """Tell what is ranked; of a share, what it is one of."""
    if not found.has(Intent.SHARE):
        return RANKED[role]
    side, word = (sides.origins, "from") if role is Role.ASYLUM else (sides.asylums, "in")
    return f"share of those {word} {' and '.join(country.text for country in side)}"


def _ask_back(found: Clues, ways: Sequence[Sides], readings: Sequence[Reading]) -> str:
    """Ask what is left open, the places first."""
    for mention in found.places:
        if len(mention.value.countries) > 1:
            said = quote(found.text[mention.start : mention.end])
            names = " or ".join(country.text for country in mention.value.countries)
            return f"{said} can mean {names}. Which do you mean?"
    if len(ways) > 1:
        return "People from there, or people who asked for asylum there: which do you mean?"
    if REFUGEES.search(found.text):
        return (
            "I have figures on asylum claims, not on all refugees who live in a country. Which do you mean?"
        )
    counted = {measure_of(reading.question) for reading in readings}
    if counted == {Measure.PENDING, Measure.APPLICATIONS}:
        return "Claims that are still pending (a stock on a day), or new applications (during a year)?"
    return "That can be counted in several ways. Which do you mean?"


EXAMPLES = (
    "How many Chinese applied for asylum in Canada last year?",
    "Which countries had the most pending claims in 2024?",
)
"""Two questions that work, for whoever asked one that does not."""

MAX_READINGS = 10


@dataclass(frozen=True, slots=True)
class Understood:
    """The one question that a sentence puts."""

    question: Question


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to understand a sentence; `label` is what tells it from the others."""

    label: str
    question: Question


@dataclass(frozen=True, slots=True)
class Doubtful:
    """Several ways to understand a sentence, the likeliest first, and what to ask back."""

    asked: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """A sentence that is no question the figures can answer, and why."""

    why: str | Phrase


@dataclass(frozen=True, slots=True)
class Explained:
    """A question about a word, and the entries of the glossary that answer it."""

    entries: tuple[Entry, ...]


Outcome = Understood | Explained | Doubtful | NotUnderstood


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
        rf"\bwhat (?:counts|qualifies) as {_ARTICLE}{_TERM}{_END}",
    )
)
_DIFFERENCE = re.compile(
    rf"\bdifference between {_ARTICLE}(?P<one>[^?!.]{{1,60}}?)"
    rf" and {_ARTICLE}(?P<other>[^?!.]{{1,60}}?){_END}",
    re.IGNORECASE,
)
_PLAIN = re.compile(rf"^\W*what(?:['’]?s| is| are) {_ARTICLE}{_TERM}{_END}", re.IGNORECASE)


def find_definition(text: str, glossary: Glossary) -> tuple[Entry, ...]:
    """Return the entries that a question asks for, none where it asks for no word.

    Raises `Unanswerable` where it does and the glossary has not got it.
    """
    text = " ".join(text.split())
    if both := _DIFFERENCE.search(text):
        one, other = (_look_up(both[name], glossary) for name in ("one", "other"))
        return (*one, *other) if one and other else ()
    for pattern in _ASKED:
        if match := pattern.search(text):
            if not (found := _look_up(match["term"], glossary)):
                raise Unanswerable(
                    f"The glossary has no entry {quote(match['term'])}; /asylum define lists all."
                )
            return found
    plain = _PLAIN.search(text)
    return _look_up(plain["term"], glossary) if plain else ()


def _look_up(term: str, glossary: Glossary) -> tuple[Entry, ...]:
    """Return the entries of a word, also of its singular or without “asylum”; none where there are none."""
    for form in dict.fromkeys((term, term.removesuffix("s"), term.removeprefix("asylum ").strip())):
        try:
            return glossary.find(form)
        except Unanswerable:
            continue
    return ()
