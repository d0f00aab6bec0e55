"""What a question says, word by word, before it is decided what it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.errors import quote
from data.model import Measure, Role
from data.reading.ask.preamble import asks_a_minister, clean
from data.reading.ask.shares import Share, find_shares
from data.reading.ask.usual_sides import is_usual_home
from data.reading.ask.vocabulary import (
    MAX_LENGTH,
    WHETHER,
    Slot,
    Topic,
    Way,
    correct,
    find_parts,
    find_slots,
    find_topics,
    is_free,
)
from data.reading.measures import Wording, find_measures
from data.reading.numbers import Bound, NumberForm, find_bound, find_numbers
from data.reading.places import find_places
from data.reading.words import Mention, keep_longest, split
from data.reading.years import MONTHS, count, find_years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from data.countries import Atlas
    from data.reading.numbers import Quantity
    from data.reading.places import Naming
    from data.reading.years import YearSpan

_AS_OF = re.compile(
    r"\b(?:as of|as at|as they stood on|as it stood on|according to the|in the|releases? (?:of|from)"
    r"|published (?:on|in|by)|figures of|data of)(?: the)?\s{0,3}$",
    re.IGNORECASE,
)
_AS_OF_DAY = re.compile(r"as (?:of|at)\b", re.IGNORECASE)
COUNTED_ON = ((6, 30), (12, 31))
"""Month and day on which UNHCR counts who is there."""
_MOVED_WITHIN = re.compile(
    r"(\b(?:doubl|tripl|quadrupl|halv|f[ae]ll|ris|rose|drop|grow|grew|increas|decreas|declin|shr[aiu]nk)[^.?!]{0,40}?)"
    r"\b(?:in|within) (?:just |only |about |less than )?"
    r"(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten) years\b",
    re.IGNORECASE,
)
"""The years that a figure took to move: “doubled in two years”."""
_MONTH_OF_SPAN = re.compile(
    r"\b(since|after|from|until|before)(?: (?:the )?(?:start|beginning|end) of)?"
    rf" ({'|'.join(MONTHS)})\.?,? ((?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_YEAR_BEFORE = re.compile(
    r"(?<!\bin )\b(?:the )?(?:previous|preceding|prior) year\b|\bthe year (?:before|earlier)\b(?! last)",
    re.IGNORECASE,
)
_YEARS = re.compile(r"\b(?:19|20)\d\d\b")
_HALF_OF = re.compile(
    r"(\b(?:which|what|how many) (?:\w+ )?(?:countr|nation|state)\w* .*\b(?:than|over|under|least))"
    r" (?:a |one )?half\b",
    re.IGNORECASE,
)
"""A threshold that countries are chosen by: “which countries recognise more than half of …”."""
_HELD_AGAINST = (Slot.TREND, Slot.UP, Slot.DOWN, Slot.CHANGE, Slot.FACTOR, Slot.COMPARE, Slot.DIFFERENCE)
_FROM_THERE = re.compile(r"\b(com(?:e|es|ing)|came|are|were) from (?=(?:19|20)\d\d\b)", re.IGNORECASE)
_PASSING = re.compile(
    r"\b(?:pass|exceed|reach|cross|topp|surpass|hit|break|broke)(?:ed|es|s|ing)? (?:the )?(?:mark of )?$",
    re.IGNORECASE,
)
_LEAVING_OUT = re.compile(
    r"\b(?:(?:every|any|all)[a-z]*(?: countr(?:y|ies)| nations?)? (?:but|bar|save)"
    r"|excluding|excl\.?|except(?: for)?|without|other than|apart from|aside from|minus|leaving out"
    r"|(?:if (?:you|we) )?(?:exclude|leave out)|not (?:counting|including)|besides|not|non-?|outside(?: of)?)"
    r"(?: (?:the|those|people|refugees|applicants|claims|applications|nationals|from|in|of|by))*\s*$",
    re.IGNORECASE,
)
_OWNING = re.compile(r"['’]s?$")
_LEAVING = re.compile(
    r"\b(?:(?:has|have|had) )?(?:left|leave[sd]?|leaving|depart(?:ed|s|ing)?)(?: from)?\b"
    r"|\b(?:went|gone|go|moved?|crossed|travel+ed|headed)(?: back)?(?: over)? from\b",
    re.IGNORECASE,
)
_GOING = re.compile(
    r",? (?:(?:and|to|went|go|back|return|for|into|home) )*(?:for|to|into)(?: the)? ", re.IGNORECASE
)
_OUTSIDE = re.compile(r"\b(?:outside(?: of)?|non)[ -]*(?:the )?$", re.IGNORECASE)
_FROM_OUTSIDE = re.compile(r"\bfrom (?:[a-z]+ )?(?:outside(?: of)?|non)[ -]*(?:the )?$", re.IGNORECASE)
_PEOPLE = re.compile(
    r"[ -](?:citizens?|nationals?|people|persons|applicants?|refugees?|asylum|claimants?|origin)\b",
    re.IGNORECASE,
)
_OR_MORE = re.compile(r" or (?:more|over|above|(?P<less>fewer|less|under|below))\b", re.IGNORECASE)
_BETWEEN = re.compile(r"between\b", re.IGNORECASE)
_AS_MANY = re.compile(r"as many", re.IGNORECASE)
_INCLUSIVE = re.compile(r"\bat |\bas many|\bup to|\bno[t]? |(?:min|max)imum", re.IGNORECASE)
"""What a number is meant to be among: “at least 100”, “no more than 100”."""
_YEAR_COUNTED = re.compile(
    r"\b((?:than|most|least|over|under|above|below|up to) )?([12])(000|[09]50|900)"
    r"(?(1)(?= (?:(?!for|in|of|by|from|to)[a-z-]+ ){0,2}?"
    r"(?:applica|claim|refugee|people|person|asylum|decision))"
    r"|(?= or (?:more|over|fewer|less)\b))",
    re.IGNORECASE,
)
"""Numbers of people that look like years: “fewer than 2000 applications”."""
_INCLUDING = re.compile(
    r"\b(?:including|incl\.?|include|counting|inclusive of|among them)"
    r"(?: (?:the|those|people|refugees|applicants|nationals|from|in|of|by|also|even))*\s*$",
    re.IGNORECASE,
)
_PART_OF = re.compile(r" of\b", re.IGNORECASE)
"""After an ordinal that is a share: “a third of them”."""
_BEGINS = re.compile(r"(?:^|[,;:.?!(]|\b(?:and|but|me|know|say|show|list|see))\W*$", re.IGNORECASE)
_ASKED = re.compile(r"\s*(?:what|how|which|who|where)\b", re.IGNORECASE)

_TOLD_BEFORE = re.compile(
    r"[.!,:;]\s+(?=(?:(?:so|and|but),? )?(?:how (?:many|much|high|big|large)|which|what|who|where"
    r"|(?:did|does|do|has|have|is|are|was|were) (?!not\b))\b[^?.!]{10,200}\?\s*$)",
    re.IGNORECASE,
)
"""Where a question begins after something else was said: “Good evening. How many …?”."""
_SPEAKING = re.compile(r"\b(?:i|my|me|sir|madam|speaker|everyone|everybody|folks|guys)\b", re.IGNORECASE)
"""Words of somebody who speaks for himself, or to somebody."""
_IDLE = frozenset(
    {Slot.NOW, Slot.GOT, Slot.CAME, Slot.TOOK, Slot.LIVING, Slot.FLED, Slot.WHO, Slot.WHERE, Slot.TREND}
)
MIN_PREAMBLE = 4
_OF_COUNTRIES = re.compile(
    r"applicants|asylum|biggest|broken|claimants|countr(?:y|ies)|destinations?|divided|each|european|every"
    r"|host(?:s|ing)?|largest|leading|list|main|members?|nation(?:s|alities)?|origins?|per|producing|rank(?:ing)?|receiving"
    r"|refugees|sending|single|source|split|states?|top|two|three|four|five|six|seven|eight|nine|ten|twenty|\d+"
)
"""What may stand in the words for countries that are set in order and does not choose among them."""

MIN_CLAIM = 100
FAR, NEXT = 40, 5
"""So many characters may stand between “excluding” and the first place, or the next one; and after “left”."""
PEOPLES, EXCLUDED, NEGATED, ONWARD = "groups", "exclude", "negated", "onward"
"""A people is refused even where it is found under its country: the Rohingya."""


@dataclass(frozen=True, slots=True)
class Floor:
    """A threshold: what is asked for is more than `value`, where `sign` is 1, or less, where it is −1.

    Of a whole number “at least 100” is more than 99.
    """

    value: float
    sign: int
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Clues:
    """A question's text as it was read, and what was found in it.

    `days` are the days as of which figures are asked for; `floors` numbers after “more than” or “at most”;
    `months` those that were left out of a span of years; `claims` are numbers that are said to be so.
    `strays` are words that fill no slot and are not free: each may change the figure. `unplaced`: a minister
    is asked, and no country is named. `left_out` are the places after “excluding”, and `included` those after
    “including”, which are not among the others. `shares` are parts of a whole of which it is asked whether
    they are so; `stated` are the numbers of `claims`.
    """

    text: str
    places: tuple[Mention[Naming], ...]
    years: tuple[Mention[YearSpan], ...]
    days: tuple[date, ...]
    measures: tuple[Mention[Wording], ...]
    slots: tuple[Mention[Slot], ...]
    topics: tuple[Mention[Topic], ...]
    parts: tuple[Mention[str], ...]
    floors: tuple[Mention[Floor], ...]
    strays: tuple[Mention[str], ...]
    months: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    unplaced: bool = False
    left_out: tuple[Mention[Naming], ...] = ()
    included: tuple[Mention[Naming], ...] = ()
    shares: tuple[Mention[Share], ...] = ()
    stated: tuple[Quantity, ...] = ()

    def has(self, *slots: Slot) -> bool:
        """Say whether any of these was found."""
        return any(each.value in slots for each in self.slots)

    def says(self, pattern: re.Pattern[str]) -> bool:
        """Say whether the text has this."""
        return pattern.search(self.text) is not None

    def within(self, start: int, end: int) -> Clues:
        """Keep what stands in a part of the text."""
        kept: dict[str, Any] = {
            name: tuple(each for each in getattr(self, name) if start <= each.start < end) for name in _FOUND
        }
        return replace(self, text=" " * start + self.text[start:end], **kept)


_FOUND = ("places", "years", "measures", "slots", "topics", "parts", "floors", "strays", "shares")


def gather(text: str, atlas: Atlas, today: date, newest: int) -> Clues:
    """Read the first thousand characters of a question."""
    unplaced = asks_a_minister(text)
    text = _leave_preamble(clean(text[:MAX_LENGTH]), atlas, today, newest)
    text = _HALF_OF.sub(r"\1 50%", _FROM_THERE.sub(r"\1 from, in ", text))
    if len(years := set(_YEARS.findall(text))) == 1:  # “in 2024 against the previous year”
        text = _YEAR_BEFORE.sub(f"{int(years.pop()) - 1}", text)
    text = _MOVED_WITHIN.sub(lambda moved: f"{moved[1]}since {newest - count(moved[2])}", text)
    months = tuple(match[2] for match in _MONTH_OF_SPAN.finditer(text))
    text = _MONTH_OF_SPAN.sub(_leave_month, text)
    text = _YEAR_COUNTED.sub(r"\1\2,\3", text)
    mended: str | None = None
    while text != mended:
        text = text if mended is None else mended
        measures, slots, topics, parts = (
            find_measures(text),
            find_slots(text),
            find_topics(text),
            find_parts(text),
        )
        named = find_places(text, atlas, near=False, groups=True)
        mended = correct(text, (*named, *measures, *slots, *topics, *parts))
    parts = tuple(each for each in parts if not any(_holds(topic, each) for topic in topics))
    named = find_places(text, atlas, groups=True)
    places = tuple(
        each
        for each in named
        if not _covered(each, (*parts, *(note for note in topics if note.value.way is Way.NOTE)))
        and not (each.value.misspelt and _covered(each, (*measures, *slots)))
    )
    returns = tuple(_find_returns(text, places))
    measures = (*measures, *returns)
    topics = tuple(each for each in topics if not (returns and each.value.code == ONWARD))
    left_out = tuple(_find_left_out(text, places))
    included = tuple(_find_after(_INCLUDING, text, places)) if len(places) > 1 else ()
    apart = [*_find_after(_LEAVING_OUT, text, places), *included]
    places = tuple(each for each in places if each not in apart)
    topics = tuple(
        each for each in topics if each.value.code not in (EXCLUDED, NEGATED) or not _leads_to(each, apart)
    )
    found = find_years(text, today, newest)
    as_of = [each for each in found if each.value.day and _is_of_release(text, each)]
    factors = tuple(each for each in slots if each.value is Slot.FACTOR)
    floors = tuple(_find_floors(text, (*places, *found, *factors)))
    outside = tuple(
        each
        for each in keep_longest(topics)
        if (each.value.code == PEOPLES or not _covered(each, (*places, *found, *measures)))
        and not (each.value.code == NEGATED and _covered(each, floors))
    )
    amounts = (*floors, *factors)
    slots = tuple(s for s in slots if s.value is not Slot.NTH or not _PART_OF.match(text, s.end))
    slots = tuple(s for s in slots if s in factors or not _covered(s, amounts))  # “by at least a third”
    shares = tuple(find_shares(text)) if WHETHER.match(text) else ()
    shares = tuple(each for each in shares if not any(each.overlaps(factor) for factor in factors))
    if WHETHER.match(text) and not shares:  # “do low-income countries host most refugees?”
        most = (each for each in slots if each.value is Slot.MAJORITY)
        shares = tuple(Mention(each.start, each.end, Share(1 / 2, Bound.OVER)) for each in most)[:1]
    slots = (*slots, *map(_fill_share, shares))
    known = (*places, *apart, *found, *measures, *slots, *outside, *parts, *floors)
    stated = _find_claims(text, known)
    return Clues(
        text=text,
        places=places,
        years=tuple(_begin(each, slots) for each in found if each not in as_of),
        days=tuple(each.value.day for each in as_of if each.value.day),
        measures=measures,
        slots=tuple(
            each for each in slots if not _covered(each, parts) and _asks(text, each, measures, places)
        ),
        topics=outside,
        parts=parts,
        floors=floors,
        strays=tuple(_find_strays(text, (*known, *stated))),
        months=months,
        unplaced=unplaced and not places,
        left_out=left_out,
        included=included,
        shares=shares,
        claims=tuple(quote(text[each.start : each.end]) for each in stated),
        stated=tuple(each.value for each in stated),
    )


def _is_of_release(text: str, day: Mention[YearSpan]) -> bool:
    """Say whether figures are asked for as they stood on a day; “as of 31 December” counts people on it."""
    said = _AS_OF.search(text[: day.start])
    counted = day.value.day is not None and (day.value.day.month, day.value.day.day) in COUNTED_ON
    return said is not None and not (counted and _AS_OF_DAY.match(said[0]))


def _fill_share(each: Mention[Share]) -> Mention[Slot]:
    return Mention(each.start, each.end, Slot.HEAD if each.value.inhabitants else Slot.SHARE)


def is_told_otherwise(clues: Clues, code: str) -> bool:
    """Say whether a topic is none here: a year says when, a number how many, countries which."""
    counted = code == "time" and clues.floors and clues.has(Slot.WHICH_YEAR)  # “how many years above …”
    return bool(
        counted or (clues.years and code == "future") or (len(clues.places) > 1 and code == "classed")
    )


def _leave_preamble(text: str, atlas: Atlas, today: date, newest: int) -> str:
    """Leave out what is told before a question, where nothing in it could change what is asked."""
    begins = [match.end() for match in _TOLD_BEFORE.finditer(text)]
    head, tail = (text[: begins[-1]], text[begins[-1] :]) if begins else ("", text)
    if len(split(head)) < MIN_PREAMBLE or not find_measures(tail):
        return text
    if head.rstrip().endswith(",") and not _SPEAKING.search(head):  # it may say of whom it is asked
        return text
    places, years = find_places(head, atlas, near=False, groups=True), find_years(head, today, newest)
    strong = any(not each.value.weak for each in find_measures(head))
    asks = any(each.value not in _IDLE for each in find_slots(head))
    return text if places or years or strong or asks or find_numbers(head) else tail


def _leave_month(span: re.Match[str]) -> str:
    """Leave the year alone: “after March 2022” has most of it, “after December 2022” nothing."""
    after = span[1].casefold() == "after" and not span[2].casefold().startswith("dec")
    return f"{'since' if after else span[1]} {span[3]}"


def _begin(span: Mention[YearSpan], slots: Sequence[Mention[Slot]]) -> Mention[YearSpan]:
    """Begin with the year after the one named in “after 2022”, unless others are held against that."""
    first = span.value.first
    if not span.value.past or first is None or any(each.value in _HELD_AGAINST for each in slots):
        return span
    return replace(span, value=replace(span.value, first=first + 1))


def _leads_to(topic: Mention[Topic], places: Sequence[Mention[Naming]]) -> bool:
    """Say whether a word for leaving out stands before what is left out."""
    return any(0 <= each.start - topic.end <= FAR for each in places)


def _find_after(
    words: re.Pattern[str], text: str, places: Sequence[Mention[Naming]]
) -> Iterator[Mention[Naming]]:
    """Yield the places that stand after some words, and what is listed with them: “excluding Ukrainians”."""
    after = False
    for each in places:
        owning = _OWNING.search(
            text, each.start, each.end
        )  # “is not Africa's largest host” leaves out nothing
        after = (words.search(text[: each.start]) is not None and not owning) or (after and each.value.listed)
        if after:
            yield each


def _find_left_out(text: str, places: Sequence[Mention[Naming]]) -> Iterator[Mention[Naming]]:
    """Yield the places that are left out; of the whole world, where nothing else is named, on their side.

    Who is outside the country that he comes from is anywhere else: that leaves out nothing.
    """
    homes = {area.code for each in places if each.value.people for area in each.value.countries}
    for each in _find_after(_LEAVING_OUT, text, places):
        begin = text[: each.start]
        area = each.value.countries[0]
        if _OUTSIDE.search(begin) and not each.value.people and area.code not in homes:
            come = _FROM_OUTSIDE.search(begin) or _PEOPLE.match(text, each.end)
            role = Role.ORIGIN if come else Role.ASYLUM
            yield replace(each, value=replace(each.value, role=role))
        elif area.code not in homes or each.value.people:
            yield each


def _asks(
    text: str,
    each: Mention[Slot],
    measures: Sequence[Mention[Wording]],
    places: Sequence[Mention[Naming]],
) -> bool:
    """Say whether a word fills its slot here: not “who” in “people who”, nor “fell” in “were declined”."""
    inside = each.value in (Slot.LEAST, Slot.INCLUDED)  # “least developed”, “EU including the UK”
    if inside and any(each.overlaps(place) for place in places):
        return False
    if each.value is Slot.DOWN:
        return not _covered(each, measures)
    return each.value is not Slot.WHO or _BEGINS.search(text[: each.start]) is not None


def _find_returns(text: str, places: Sequence[Mention[Naming]]) -> Iterator[Mention[Wording]]:
    """Yield where those are meant who go home: “Syrians who left Turkey”, “left Turkey for Syria”."""
    for left in _LEAVING.finditer(text):
        there = next((each for each in places if 0 <= each.start - left.end() <= NEXT), None)
        if there is None or there.value.people:
            continue
        after = [
            each
            for each in places
            if each.start > there.end and _GOING.fullmatch(text[there.end : each.start])
        ]
        people = {area.code for each in places if each.value.people for area in each.value.countries}
        homes = {area.code for each in after for area in each.value.countries}
        here = {area.code for area in there.value.countries}
        abroad = not here & people and (not homes or homes & people)
        back = not people and after and is_usual_home(after[0].value) and not is_usual_home(there.value)
        if (people and abroad) or back:
            yield Mention(left.start(), left.end(), Wording((Measure.RETURNED_REFUGEES,)))
            return


def _covered(each: Mention[object], others: Iterable[Mention[object]]) -> bool:
    return any(other.start <= each.start and each.end <= other.end for other in others)


def _holds(topic: Mention[Topic], part: Mention[str]) -> bool:
    """Say whether a city's name is in a longer term: “Dublin transfers”."""
    return topic.start <= part.start and part.end < topic.end


def _find_floors(text: str, taken: Sequence[Mention[object]]) -> Iterator[Mention[Floor]]:
    """Find the numbers that are thresholds: “more than 100,000”, “at most 500”, “did it pass a million”."""
    for each in find_numbers(text):
        if each.value.form not in (NumberForm.COUNT, NumberForm.PERCENT) or _covered(each, taken):
            continue
        bound, start = find_bound(text, each.start)
        after = _OR_MORE.match(text, each.end)
        end, percent = after.end() if after else each.end, each.value.form is NumberForm.PERCENT
        if each.value.is_range and _BETWEEN.match(text, each.start):
            yield Mention(each.start, end, Floor(each.value.low - 1, 1))
            yield Mention(each.start, end, Floor(each.value.high + 1, -1))
        elif after or bound in (Bound.OVER, Bound.UNDER) or _PASSING.search(text[: each.start]):
            reached = _AS_MANY.match(text, start)  # “did it get as many as 60,000?”
            under = bound is Bound.UNDER and not reached
            sign = -1 if under or (after and after["less"]) else 1
            within = 0 if percent or not (after or _INCLUSIVE.search(text[start : each.start])) else sign
            yield Mention(start, end, Floor(each.value.low - within, sign, percent))


def _find_claims(text: str, known: Sequence[Mention[object]]) -> list[Mention[Quantity]]:
    """Find figures that a question states instead of asking for them: “Did 178,725 Chinese apply?”."""
    return [
        each
        for each in find_numbers(text)
        if (
            each.value.form is NumberForm.PERCENT
            or (each.value.form is NumberForm.COUNT and each.value.low >= MIN_CLAIM)
        )
        and not _covered(each, known)
    ]


def _find_strays(text: str, known: Sequence[Mention[object]]) -> Iterator[Mention[str]]:
    """Yield the words that are in nothing known: any may change the figure.

    So may those between “which” and “countries”, where any may stand.
    """
    for word in split(text):
        within = [each for each in known if each.start <= word.start and word.end <= each.end]
        if is_free(word.key) or any(each.value is not Slot.COUNTRIES for each in within):
            continue
        if not (within and _OF_COUNTRIES.fullmatch(word.key)):
            yield Mention(word.start, word.end, quote(text[word.start : word.end]))
