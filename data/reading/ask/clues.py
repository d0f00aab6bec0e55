"""What a question says, word by word, before it is decided what it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.errors import quote
from data.reading.ask.vocabulary import (
    MAX_LENGTH,
    Slot,
    Topic,
    Way,
    correct,
    find_parts,
    find_slots,
    find_topics,
    is_free,
)
from data.reading.measures import find_measures
from data.reading.numbers import Bound, Form, find_numbers
from data.reading.places import find_places
from data.reading.words import Mention, keep_longest, split
from data.reading.years import MONTHS, find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.reading.measures import Wording
    from data.reading.numbers import Quantity
    from data.reading.places import Naming
    from data.reading.words import Word
    from data.reading.years import YearSpan

_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,40}:|t:|/[^<>\n]{1,40}:)[^<>\s]{0,40}>|https?://\S{1,300}|[*_`~|>]{1,3}"
)
_ADDRESSED = re.compile(
    r"^to ask (?:the )?[^,?.]{3,80}?(?:,|(?=\s(?:how|what|which|whether|(?:for )?the number)\b)) *(?:for )?",
    re.IGNORECASE,
)
_FORMAL = re.compile(
    r"[,;]? (?:and )?(?:if|whether) (?:he|she|they|the minister) (?:will|can|could|would)"
    r" (?:make a statement|publish|provide|set out|outline|detail)[^.?]{0,60}|[,;]? in (?:a )?tabular form\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"\b(?:as of|as at|as they stood on|as it stood on|according to the|in the|releases? (?:of|from)"
    r"|published (?:on|in|by)|figures of|data of)(?: the)?\s{0,3}$",
    re.IGNORECASE,
)
_MONTH_OF_SPAN = re.compile(
    r"\b(since|after|from|until|before)(?: (?:the )?(?:start|beginning|end) of)?"
    rf" ({'|'.join(MONTHS)})\.?,? ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_FROM_THERE = re.compile(r"\b(com(?:e|es|ing)|came|are|were) from (?=(?:19|20)\d\d\b)", re.IGNORECASE)
_BEGINS = re.compile(r"(?:^|[,;:.?!(]|\b(?:and|but|me|know|say|show|list|see))\W*$", re.IGNORECASE)
_PLACING = frozenset({"in", "to", "into", "from", "within", "at", "near", "inside", "leaving", "reached"})
_NARROWING = frozenset({"with", "who", "whose", "aged", "are", "were", "by", "called", "named"})
_COUNTED = re.compile(
    r"refugees?|people|persons|applicants?|seekers?|claimants?|nationals?|asylum|migrants?"
    r"|countr(?:y|ies)|nations?|states?|regions?"
)

_HEAD = re.compile(r"\b(?:how (?:many|much)|numbers? of|amount of)\W+(?:\w+\W+)?$", re.IGNORECASE)
"""What stands before that which is counted: an unknown word there is the point."""
_ASKED = re.compile(r"\s*(?:what|how|which|who|where)\b", re.IGNORECASE)
_FIGURED = re.compile(
    r"\bhow (?:many|much|large|big|high|low)\b|\bnumber|\bfigure|\brates?\b|percent|%|\bshare"
    r"|\bproportion|\bcountr|\bnationalit|\borigin|\bmost\b|\bwhere\b|\bwho\b|\btotal\b|\bchange|\bcompare|\bstatistic|\bwhich\b",
    re.IGNORECASE,
)
"""Words with which a question asks for a figure or a ranking; of others an unknown word may be the point."""

MIN_CLAIM = 100

PLACE, NARROWING, NAME, OTHER = 10.0, 4.0, 4.0, 1.0
"""What an unknown word costs: after “in” or “from”; beside what is counted; with a capital; anywhere else."""


@dataclass(frozen=True, slots=True)
class Stray:
    """A word that fills no slot and is not free, and how much it may change the figure."""

    said: str
    start: int
    cost: float


@dataclass(frozen=True, slots=True)
class Clues:
    """A question's text as it was read, and what was found in it.

    `days` are the days as of which figures are asked for; `floors` numbers after “more than”; `months`
    those that were left out of a span of years; `claims` are numbers that are said to be so.
    """

    text: str
    places: tuple[Mention[Naming], ...]
    years: tuple[Mention[YearSpan], ...]
    days: tuple[date, ...]
    measures: tuple[Mention[Wording], ...]
    slots: tuple[Mention[Slot], ...]
    topics: tuple[Mention[Topic], ...]
    parts: tuple[Mention[str], ...]
    floors: tuple[Mention[Quantity], ...]
    strays: tuple[Stray, ...]
    months: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()

    def has(self, *slots: Slot) -> bool:
        """Say whether any of these was found."""
        return any(each.value in slots for each in self.slots)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Say whether the text has this."""
        return pattern.search(self.text) is not None

    def within(self, start: int, end: int) -> Clues:
        """Keep what stands in a part of the text."""

        def inside(each: Mention[object] | Stray) -> bool:
            return start <= each.start < end

        return replace(
            self,
            text=" " * start + self.text[start:end],
            places=tuple(filter(inside, self.places)),
            years=tuple(filter(inside, self.years)),
            measures=tuple(filter(inside, self.measures)),
            slots=tuple(filter(inside, self.slots)),
            topics=tuple(filter(inside, self.topics)),
            parts=tuple(filter(inside, self.parts)),
            floors=tuple(filter(inside, self.floors)),
            strays=tuple(filter(inside, self.strays)),
        )


def clean(text: str) -> str:
    """Take Discord's marks and links out of a message, and what parliaments write around a question."""
    text = " ".join(_MARKS.sub(" ", text[:MAX_LENGTH]).split())
    return _ADDRESSED.sub(_say_whose, _FORMAL.sub("", text))


def _say_whose(asked: re.Match[str]) -> str:
    """Put the country of the minister who is asked in his place, where the office has it in its name."""
    return "in the UK, " if "Home " in asked[0] else ""


def gather(text: str, atlas: Atlas, today: date, newest: int) -> Clues:
    """Read the first thousand characters of a question."""
    text = _FROM_THERE.sub(r"\1 from, in ", clean(text))
    months = tuple(match[2] for match in _MONTH_OF_SPAN.finditer(text))
    text = _MONTH_OF_SPAN.sub(r"\1 \3", text)
    measures, slots, topics = find_measures(text), find_slots(text), find_topics(text)
    parts = find_parts(text)
    taken = (*find_places(text, atlas, near=False, groups=True), *measures, *slots, *topics, *parts)
    mended = correct(text, taken)
    if mended != text:
        text = mended
        measures, slots, topics, parts = (
            find_measures(text),
            find_slots(text),
            find_topics(text),
            find_parts(text),
        )
    named = find_places(text, atlas, groups=True)
    places = tuple(
        each
        for each in named
        if not _covered(each, (*parts, *(note for note in topics if note.value.way is Way.NOTE)))
        and not (each.value.misspelt and _covered(each, (*measures, *slots)))
    )
    found = find_years(text, today, newest)
    as_of = [each for each in found if each.value.day and _AS_OF.search(text[: each.start])]
    outside = tuple(each for each in keep_longest(topics) if not _covered(each, (*places, *found, *measures)))
    floors = tuple(_find_floors(text, (*places, *found)))
    known = (*places, *found, *measures, *slots, *outside, *parts, *floors)
    return Clues(
        text=text,
        places=places,
        years=tuple(each for each in found if each not in as_of),
        days=tuple(each.value.day for each in as_of if each.value.day),
        measures=measures,
        slots=tuple(
            each for each in slots if not _covered(each, parts) and _asks(text, each, measures, places)
        ),
        topics=outside,
        parts=parts,
        floors=floors,
        strays=tuple(_weigh(text, known)),
        months=months,
        claims=tuple(quote(text[each.start : each.end]) for each in _find_claims(text, known)),
    )


def _asks(
    text: str,
    each: Mention[Slot],
    measures: Sequence[Mention[Wording]],
    places: Sequence[Mention[Naming]],
) -> bool:
    """Say whether a word fills its slot here: not “who” in “people who”, nor “fell” in “were declined”."""
    if each.value is Slot.LEAST and any(each.overlaps(place) for place in places):  # “least developed”
        return False
    if each.value is Slot.DOWN:
        return not _covered(each, measures)
    return each.value is not Slot.WHO or _BEGINS.search(text[: each.start]) is not None


def _covered(each: Mention[object], others: Iterable[Mention[object]]) -> bool:
    return any(other.start <= each.start and each.end <= other.end for other in others)


def _find_floors(text: str, taken: Sequence[Mention[object]]) -> list[Mention[Quantity]]:
    """Find the numbers that are thresholds: “more than 100,000”, “at least 500”."""
    return [
        each
        for each in find_numbers(text)
        if each.value.form is Form.COUNT
        and each.value.bound in (Bound.OVER, Bound.UNDER)
        and not _covered(each, taken)
    ]


def _find_claims(text: str, known: Sequence[Mention[object]]) -> list[Mention[Quantity]]:
    """Find figures that a question states instead of asking for them: “Did 178,725 Chinese apply?”."""
    return [
        each
        for each in find_numbers(text)
        if (
            (each.value.form is Form.PERCENT and not _ASKED.match(text))
            or (each.value.form is Form.COUNT and each.value.low >= MIN_CLAIM)
        )
        and not _covered(each, known)
    ]


def _weigh(text: str, known: Sequence[Mention[object]]) -> Iterator[Stray]:
    """Yield the words that are in nothing known, with what they cost."""
    words = split(text)
    figured = _FIGURED.search(text) or not _ASKED.match(text)
    for place, word in enumerate(words):
        if is_free(word.key) or any(each.start <= word.start and word.end <= each.end for each in known):
            continue
        cost = _cost(text, words, place)
        yield Stray(quote(text[word.start : word.end]), word.start, cost if figured else max(cost, NARROWING))


def _cost(text: str, words: Sequence[Word], place: int) -> float:
    """Weigh an unknown word by where it stands."""
    word = words[place]
    raw = text[word.start : word.end]
    before = [each.key for each in words[max(0, place - 2) : place] if each.key not in ("the", "a", "an")]
    after = words[place + 1].key if place + 1 < len(words) else ""
    shouted = text.isupper()
    if before and before[-1] in _PLACING and raw.isalpha():
        return PLACE
    if _HEAD.search(text[: word.start]) and not raw.endswith("ly"):
        return NARROWING
    if raw.endswith("ly") and raw.islower():
        return OTHER
    if raw.endswith(("ed", "ing")) and raw.islower():  # what people did, or what was done to them
        return NARROWING
    if raw[0].isupper() and place and not shouted:
        return NAME
    if _COUNTED.fullmatch(after) or (before and (before[-1] in _NARROWING or _COUNTED.fullmatch(before[-1]))):
        return NARROWING
    return NARROWING if any(map(str.isdigit, raw)) else OTHER
