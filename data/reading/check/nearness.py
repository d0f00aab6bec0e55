"""How near a text puts what it names to a number. Pure."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from data.model import Role
from data.reading.abroad import say_abroad
from data.reading.check.claim import Near
from data.reading.check.comparisons import is_compared_with
from data.reading.check.lists import FAR, PARTS, find_items, pair_lists, share_out
from data.reading.places import Naming

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from data.reading.check.lists import Span
    from data.reading.words import Mention
    from data.reading.years import YearSpan

Value = TypeVar("Value")

MAX_LINK = 60
_AFTER = re.compile(
    rf" ?\(?|(?: [\w'’-]+){{0,5}}? \(?(?:{say_abroad('leads after')})(?:(?<=['’])| )"
    r"|(?: [\w'’-]+){0,5}? \(?(?:in|to|by|from|of|for|at|on|were|was|who were|being|came from)"
    r"(?: the| mid-?| end-?| late| early)? ?",
    re.IGNORECASE,
)
"""What links a number to what follows it: “6,435 of them in Canada”, “7,732 (2010)”."""

_BEFORE = re.compile(
    r"(?: nationals?| citizens| people| applicants| asylum[- ]seekers)?"
    r" ?(?:[(\[:–—-]|,? (?:with|at|avec|mit|con)|(?: (?!(?:and|or|und|oder|et|ou|y|e|o)\b)[\w'’-]+){0,3})"
    r"(?: by [\w.,]+ ?(?:per ?cent|%))?(?: to)?"
    r"(?: (?:about|around|some|nearly|almost|over|roughly|only|just|more than|a total of|approximately"
    rf"|an estimated|{say_abroad('leads before')}))?"
    r" ?",
    re.IGNORECASE,
)
"""What links a number to what stands before it: “Italy (3,857)”, “Cubans with 18,386”."""

_AND_OTHERS = re.compile(
    r"(?:,? (?:and )?[A-Z][\w'’ -]{2,24}?){0,4},? (?:and|or) (?:all |many |some )?(?:others?|elsewhere)\b"
)
"""“In Syria, Jordan and other countries”."""
_BREAK = re.compile(
    rf"[,;:()–—]|\b(?:and|while|whereas|but|never|not|without|{say_abroad('parting')}|{say_abroad('denying')})\b",
    re.IGNORECASE,
)


def is_linked(text: str, number: Span, mention: Mention[object], others: Sequence[Span]) -> bool:
    """Say whether no other words stand between the two than such as link them."""
    first, last = min(number[1], mention.end), max(number[0], mention.start)
    if last - first > MAX_LINK or any(first <= start < last for start, _ in others):
        return False
    if mention.start >= number[1]:
        parts = PARTS.search(text, first, last) or _AND_OTHERS.match(text, mention.end)
        return _AFTER.fullmatch(text, first, last) is not None and not parts
    return _BEFORE.fullmatch(text, first, last) is not None


class Links:
    """Which mentions of a text are linked to which number: of a sentence alike for most of its claims."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._found: dict[tuple[Span, ...], dict[int, Span]] = {}

    def find(self, mentions: Sequence[Mention[object]], numbers: Sequence[Span]) -> dict[int, Span]:
        """Return what `find_taken` does, found once for the same mentions and numbers."""
        key = (*((each.start, each.end) for each in mentions), (-1, -1), *numbers)
        if key not in self._found:
            self._found[key] = find_taken(self._text, mentions, numbers)
        return self._found[key]


def find_taken(text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]) -> dict[int, Span]:
    """Return which mentions, by where they start, are linked to which number; to the nearest of several."""
    taken: dict[int, Span] = {}
    reach = MAX_LINK + max((end - start for start, end in numbers), default=0)
    for mention in mentions:
        begin = bisect_left(numbers, (mention.start - reach, 0))
        finish = bisect_left(numbers, (mention.end + MAX_LINK + 1, 0))
        for number in (each for each in numbers[begin:finish] if _is_beside(each, mention)):
            others = [each for each in numbers if each != number]
            if _is_of_a_part(text, number, mention, others):
                continue
            if is_linked(text, number, mention, others):
                before = taken.get(mention.start)
                if before is None or _gap(number, mention) < _gap(before, mention):
                    taken[mention.start] = number
    listed = find_items(text, mentions, list(map(_kind_of, mentions)), numbers)
    paired = dict(pair_lists(text, mentions, numbers)) | dict(share_out(text, mentions, numbers))
    return taken | listed | paired


def _is_beside(number: Span, mention: Mention[object]) -> bool:
    return max(number[0], mention.start) - min(number[1], mention.end) <= MAX_LINK


_MAX_WHOLE = 60


def _is_of_a_part(text: str, number: Span, mention: Mention[object], others: Sequence[Span]) -> bool:
    """Say whether of a whole a part is told next: “most of the 11.7 million fled to Iran (1 million)”."""
    behind = any(start >= mention.end for start, _ in others) and mention.start > number[1] + _ADJACENT
    return behind and tells_whole(text, max(0, number[0] - _MAX_WHOLE), number[0])


def _kind_of(mention: Mention[object]) -> bool:
    """Tell who is counted from where: a list has one of each beside its numbers."""
    naming = mention.value
    return isinstance(naming, Naming) and (naming.people or naming.role is Role.ORIGIN)


def _gap(number: Span, mention: Mention[object]) -> int:
    """Characters between the two; of “… 500 in 2022 and 700” the one before is meant."""
    return mention.start - number[1] if mention.start >= number[1] else (number[0] - mention.end) * 2 + 1


def find_near(
    text: str,
    number: Span,
    mention: Mention[object],
    others: Sequence[Span],
    taken: dict[int, Span],
    *,
    parts: bool = True,
) -> Near:
    """Say how near a mention in the number's own sentence is; `parts`: it may be of a part of the number."""
    own = taken.get(mention.start)
    if own == number:
        return Near.LINKED
    first, last = min(number[1], mention.end), max(number[0], mention.start)
    if own is not None:
        return Near.TAKEN
    parted = mention.start >= number[1] and _has_parts(text, first, last)
    if parted and parts:
        return Near.TAKEN
    following = bisect_left(others, (first, 0))
    if parted or (following < len(others) and others[following][0] < last):
        return Near.SENTENCE
    return Near.BESIDE if last - first > FAR or _BREAK.search(text, first, last) else Near.CLAUSE


def _has_parts(text: str, first: int, last: int) -> bool:
    """Say whether between the two, and not far behind the first, a part of what is counted is told."""
    found = _find_parts(text, first)
    if found is None or found[0] >= last:
        return False
    return found[1] <= last or PARTS.search(text, first, last) is not None


@lru_cache(maxsize=256)
def _find_parts(text: str, first: int) -> Span | None:
    """Find the nearest words that tell parts behind a number: the same for all that is named after it."""
    found = PARTS.search(text, first, first + FAR)
    return found.span() if found else None


def find_year_near(
    text: str,
    number: Span,
    year: Mention[YearSpan],
    years: Sequence[Mention[YearSpan]],
    others: Sequence[Span],
    taken: dict[int, Span],
) -> Near | None:
    """Say how near a year of the number's sentence is; None where only another number is set beside it."""
    near = find_near(text, number, year, others, taken, parts=False)
    if near is Near.TAKEN and is_compared_with(text, year.start):
        return None  # “715,300, up from 691,000 in 2017, 34,600 of them Iraqis”
    if near is Near.TAKEN and leads(year, number, years):
        return Near.SENTENCE
    if near is Near.LINKED and not any(map(str.isdigit, text[year.start : year.end])):
        return Near.BESIDE  # which year “a year earlier” is, is less sure
    return near


def leads(mention: Mention[object], where: Span, alike: Sequence[Mention[object]]) -> bool:
    """Say whether a mention is the last of its kind before a number, though another number is beside it.

    “From Russia there were 590 applicants, after 205 a year earlier”.
    """
    return mention.end <= where[0] and not any(mention.end <= each.start < where[0] for each in alike)


_ADJACENT = 2
_WHOLE = re.compile(
    r"(?:%|\b(?:per ?cent|prozent|por ciento|most|half|thirds?|quarters?|majority|bulk|part|share|nationality"
    r"|group|none|few|many|meisten|mayoría|plupart|hälfte|mitad|moitié)),?"
    r" (?:of|out of|from|der|von|de|des|del|sur) (?:(?:the|all|these|those|its|los|las|les|den)\b ?)*"
    r"(?:(?:about|around|some|nearly|almost|over|more than|roughly|total|rund|etwa) ?)*$",
    re.IGNORECASE,
)
"""What leads to a number of which only a part is told before it."""


def tells_whole(text: str, begin: int, number: int) -> bool:
    """Say whether a sentence tells a part of the number that begins there: “most of the 18,838”."""
    return _WHOLE.search(text, begin, number) is not None


def is_adjacent(number: Span, mention: Mention[object]) -> bool:
    """Say whether a mention stands right behind a number: “of the 4,200 Syrian applicants”."""
    return 0 <= mention.start - number[1] <= _ADJACENT


def list_elsewhere(
    told: Mapping[Value, list[int]], place: int, before: Sequence[int], carried: Collection[Value]
) -> Iterator[tuple[Value, Near]]:
    """Yield what other sentences than the one at this place tell, each once, and how near that is.

    `carried` is what the last of those `before` it goes on with; what the first tells, the text began with.
    """
    begun = before[:1] if len(before) > 1 else ()
    for value, numbers in told.items():
        if value in carried:
            yield value, Near.CARRIED
        elif numbers[0] in begun:
            yield value, Near.TOPIC
        elif numbers[0] < place:
            yield value, Near.EARLIER
        elif numbers[-1] > place:
            yield value, Near.LATER


def gather_mentions(told: Iterable[tuple[Value, int]]) -> dict[Value, list[int]]:
    """Gather in which sentences each thing is told, in the order of the text."""
    found: dict[Value, list[int]] = {}
    for value, number in dict.fromkeys(told):
        found.setdefault(value, []).append(number)
    return found
