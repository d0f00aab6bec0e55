"""How near a text puts what it names to a number. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from data.reading.abroad import say_abroad
from data.reading.check.claim import Near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from data.reading.words import Mention

Span = tuple[int, int]
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
    r" ?(?:[(\[:–—-]|,? (?:with|at|avec|mit|con)|(?: (?!and\b|or\b|und\b|oder\b|et\b|ou\b|y\b)[\w'’-]+){0,3})"
    r"(?: by [\w.,]+ ?(?:per ?cent|%))?(?: to)?"
    r"(?: (?:about|around|some|nearly|almost|over|roughly|only|just|more than|a total of|approximately"
    rf"|an estimated|{say_abroad('leads before')}))?"
    r" ?",
    re.IGNORECASE,
)
"""What links a number to what stands before it: “Italy (3,857)”, “Cubans with 18,386”."""

_PARTS = re.compile(
    r"\b(?:most(?:ly)? (?:of|from|by|were|are|was)|all of|majority|bulk of"
    rf"|chiefly|primarily|mainly|mostly|particularly|especially|{say_abroad('parts')}"
    r"|includ(?:ing|ed)|notably|largest|top"
    r"|followed|led|ahead|compared|among|many of|than|third of|half of|per ?cent of|unlike)\b",
    re.IGNORECASE,
)
"""What follows is a part of the number, or beside it: “79,974, most of them Venezuelans”."""

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
        parts = _PARTS.search(text, first, last) or _AND_OTHERS.match(text, mention.end)
        return _AFTER.fullmatch(text, first, last) is not None and not parts
    return _BEFORE.fullmatch(text, first, last) is not None


def find_taken(text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]) -> dict[int, Span]:
    """Return which mentions, by where they start, are linked to which number; to the nearest of several."""
    taken: dict[int, Span] = {}
    for mention in mentions:
        for number in numbers:
            others = [each for each in numbers if each != number]
            if is_linked(text, number, mention, others):
                before = taken.get(mention.start)
                if before is None or _gap(number, mention) < _gap(before, mention):
                    taken[mention.start] = number
    return taken | dict(pair_lists(text, mentions, numbers)) | dict(_share(text, mentions, numbers))


_EACH = re.compile(r" each(?: \w+){0,2}?(?: (?:about|around|some|nearly|over|more than))? ", re.IGNORECASE)
_EACH_AFTER = re.compile(r"(?: \w+)? each\b", re.IGNORECASE)


def _share(
    text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]
) -> Iterator[tuple[int, Span]]:
    """Give a number to each country of a list: “Iran and Türkiye each hosted 3.4 million”."""
    for row in _list_rows(text, [(each.start, each.end) for each in mentions]):
        for number in numbers:
            led = _HAVING.fullmatch(text, row[-1][1], number[0]) and _EACH_AFTER.match(text, number[1])
            if led or _EACH.fullmatch(text, row[-1][1], number[0]):
                yield from ((start, number) for start, _ in row)


_ITEM = re.compile(
    rf"(?:,| and| und| et| y| e|, and) ?(?:the |in |(?:{say_abroad('item')})(?:(?<=['’])| ))*", re.IGNORECASE
)
"""What stands between the countries of a list, or its numbers."""

_HAVING = re.compile(
    r"(?:,? \(?(?:with|had|has|have|received|recorded|registered|saw|hosted?|hosts|got|counted|took in"
    rf"|sheltered|avec|mit|con|com|met|{say_abroad('having')}))"
    rf"(?: (?:about|around|some|nearly|over|{say_abroad('leads before')}))? ",
    re.IGNORECASE,
)
_MIN_LISTED = 2


def pair_lists(
    text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]
) -> Iterator[tuple[int, Span]]:
    """Pair countries and numbers of two lists one by one: “Kenya and Uganda had 475,000 and 241,000”."""
    places = [(each.start, each.end) for each in mentions]
    for row in _list_rows(text, places):
        behind = [n for n in _list_rows(text, numbers) if _HAVING.fullmatch(text, row[-1][1], n[0][0])]
        if behind and len(behind[0]) == len(row):
            yield from ((place[0], number) for place, number in zip(row, behind[0], strict=True))


_TOGETHER = re.compile(
    rf"\b(?:together|combined|jointly|between them|in total|altogether|{say_abroad('together')})\b",
    re.IGNORECASE,
)
_JOINTLY = re.compile(r",? (?:taken )?(?:together|combined)\b", re.IGNORECASE)
_MAX_JOINT = 70


def find_joint(
    text: str, mentions: Sequence[Mention[object]], number: Span, others: Sequence[Span], end: int
) -> tuple[int, ...]:
    """Return where the countries begin that a number is said of together: “Italy and Spain together had”."""
    for row in _list_rows(text, [(each.start, each.end) for each in mentions]):
        first, last = min(number[1], row[-1][1]), max(number[0], row[0][0])
        if last - first > _MAX_JOINT or any(row[0][0] <= n < last or first <= n < last for n, _ in others):
            continue
        if row[-1][1] <= number[0]:
            behind = re.split(r"[,;.](?!\d)", text[number[1] : min(end, number[1] + _MAX_JOINT)])[0]
            said = _TOGETHER.search(text, row[-1][1], number[0]) or _TOGETHER.search(behind)
        else:
            said = _JOINTLY.match(text, row[-1][1])
        if said:
            return tuple(start for start, _ in row)
    return ()


def _list_rows(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Gather what is listed with nothing but commas and “and” between."""
    row: list[Span] = []
    for span in spans:
        if row and not _ITEM.fullmatch(text, row[-1][1], span[0]):
            if len(row) >= _MIN_LISTED:
                yield row
            row = []
        row = [*row, span]
    if len(row) >= _MIN_LISTED:
        yield row


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
    parted = mention.start >= number[1] and _PARTS.search(text, first, last) is not None
    if own is not None or (parted and parts):
        return Near.TAKEN
    if parted or any(first <= start < last for start, _ in others):
        return Near.SENTENCE
    return Near.BESIDE if _BREAK.search(text, first, last) else Near.CLAUSE


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
