"""Which number of a list each of its countries and years belongs to. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from data.reading.abroad import say_abroad

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence

    from data.reading.words import Mention

Span = tuple[int, int]

PARTS = re.compile(
    r"\b(?:most(?:ly)?(?: [\w-]+){0,2} (?:of|from|by|were|are|was|in|coming)|all of|majority|bulk of|half"
    r"|(?:nearly|almost|virtually|practically) all"
    r"|entirely"
    r"|predominantly|overwhelmingly|largely|en su mayoría|mayoritariamente|principal(?:mente|ement)"
    r"|sobre todo"
    r"|la mayoría|surtout|majoritairement|la plupart|notamment|vor allem|überwiegend|größtenteils"
    r"|die meisten"
    rf"|darunter|davon|soprattutto|in maggioranza|{say_abroad('parts')}"
    r"|chiefly|primarily|mainly|mostly|particularly|especially"
    r"|includ(?:ing|ed)|notably|largest|top"
    r"|followed|led|ahead|compared|among|many of|than|third of|half of|per ?cent of|unlike)\b",
    re.IGNORECASE,
)
"""What follows is a part of the number, or beside it: “79,974, most of them Venezuelans”."""

_ITEM = re.compile(
    r"(?:,| and| und| et| y| e|, and) ?"
    rf"(?:the |in |im |en |au |aux |(?:{say_abroad('item')})(?:(?<=['’])| ))*",
    re.IGNORECASE,
)
"""What stands between the countries of a list, or its numbers."""

_HAVING = re.compile(
    r"(?:,? \(?(?:with|had|has|have|received|recorded|registered|saw|hosted?|hosts|got|counted|took in"
    rf"|sheltered|avec|mit|con|com|met|{say_abroad('having')}))"
    rf"(?: (?:about|around|some|nearly|over|{say_abroad('leads before')}))? ",
    re.IGNORECASE,
)
_EACH = re.compile(r" each(?: \w+){0,2}?(?: (?:about|around|some|nearly|over|more than))? ", re.IGNORECASE)
_EACH_IN = re.compile(r" \((?:each|je(?:weils)?|cada un[oa]|chacune?|ciascun[oa]) ", re.IGNORECASE)
_EACH_AFTER = re.compile(r"(?: \w+)? each\b", re.IGNORECASE)
_MIN_LISTED = 2
FAR = 400
"""Letters beyond which nothing in a sentence is told of a number."""


def find_items(
    text: str, mentions: Sequence[Mention[object]], kinds: Sequence[Hashable], numbers: Sequence[Span]
) -> dict[int, Span]:
    """Return which mentions, by where they start, belong to which number of a list; `kinds` are theirs.

    Which side of a number its country or its year stands on, lists tell by themselves: it is the side on
    which most of their numbers have one, with the least between the two.
    """
    places = [
        _Place(each.start, each.end, kind)
        for each, kind in zip(mentions, kinds, strict=True)
        if each.end > each.start
    ]
    listed = [place for place in places if _is_item(place, places, numbers)]
    alone = {
        place.start: numbers[_find_gap(place, numbers) - 1]
        for place in places
        if not _has_peers(place, places) and _is_left_behind(text, place, numbers)
    }
    return alone | _find_listed(text, [place for place in listed if place.start not in alone], numbers)


def _find_listed(text: str, listed: Sequence[_Place], numbers: Sequence[Span]) -> dict[int, Span]:
    if len(listed) < _MIN_LISTED or len(numbers) < _MIN_LISTED:
        return {}
    tried = [_assign(text, listed, numbers, before=before) for before in (True, False)]
    best = min(tried, key=lambda each: (-len(each), sum(cost for cost, _ in each.values())))
    if len(best) < _MIN_LISTED:
        return {}
    return {place.start: number for (number, _), (_, place) in best.items()}


def _is_left_behind(text: str, place: _Place, numbers: Sequence[Span]) -> bool:
    """Say whether nothing parts one that is alone from the number before it, but something from the next."""
    gap = _find_gap(place, numbers)
    if not 0 < gap < len(numbers) or PARTS.search(text, numbers[gap - 1][1], place.start):
        return False
    left = _part(text[numbers[gap - 1][1] : place.start], leading=False)
    return left < _PARTED <= _part(text[place.end : numbers[gap][0]], leading=True)


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    kind: Hashable


_Assigned = dict[tuple[Span, "Hashable"], tuple[float, _Place]]
"""By the number and the kind of what is said of it, how far that is, and where."""


def _is_item(place: _Place, places: Sequence[_Place], numbers: Sequence[Span]) -> bool:
    """Say whether a mention is one of several of its kind; one alone of which all is said heads the list."""
    if _has_peers(place, places):
        return True
    gap = _find_gap(place, numbers)
    return not any(_find_gap(each, numbers) == gap for each in places if each is not place)


def _has_peers(place: _Place, places: Sequence[_Place]) -> bool:
    return any(each.kind == place.kind and each is not place for each in places)


def _find_gap(place: _Place, numbers: Sequence[Span]) -> int:
    return sum(end <= place.start for _, end in numbers)


def _assign(text: str, places: Sequence[_Place], numbers: Sequence[Span], *, before: bool) -> _Assigned:
    """Give each mention to the number beside it that has less between, if its kind is not said of it yet.

    Where as much stands on both sides, all stand `before` their numbers, or all behind.
    """
    offers: list[tuple[float, _Place, Span]] = []
    for place in places:
        gap = _find_gap(place, numbers)
        left, right = numbers[gap - 1] if gap else None, numbers[gap] if gap < len(numbers) else None
        if left and place.start - left[1] <= FAR and not PARTS.search(text, left[1], place.start):
            offers.append((_part(text[left[1] : place.start], leading=False) + _SIDE * before, place, left))
        if right and right[0] - place.end <= FAR:
            offers.append(
                (_part(text[place.end : right[0]], leading=True) + _SIDE * (not before), place, right)
            )
    found: _Assigned = {}
    done: set[int] = set()
    for cost, place, number in sorted(offers, key=lambda each: (each[0], each[1].start)):
        if cost <= _FARTHEST and place.start not in done and (number, place.kind) not in found:
            found[number, place.kind] = cost, place
            done.add(place.start)
    return found


_SIDE = 1.5
_PARTED, _WORD, _MAX_WORDS = 3.0, 0.3, 3.0
_FARTHEST = 8.0
_STOPS = re.compile(r"[;\n]")
_COMMAS = re.compile(r",(?!\d)|[–—]| - |\)")
_ANOTHER = re.compile(
    r"\b(?:and|but|while|whereas|then|ahead of|behind|followed|und|sowie|aber|während|gefolgt|vor|et|mais"
    r"|tandis"
    r"|suivi\w*|devant|y|e|pero|mientras|seguid\w*|siguen|seguono|ma|mentre|mas|enquanto|maar|gevolgd)\b",
    re.IGNORECASE,
)
"""What stands between one item of a list and the next."""


def _part(between: str, *, leading: bool) -> float:
    """Say how much parts a number from what is named beside it; `leading`: which is named before it."""
    cost = min(_WORD * len(between.split()), _MAX_WORDS)
    opened = re.search(r"\([^()]*$", between)
    if leading and opened:  # “Italy (3,857)”
        between = between[: opened.start()]
    cost += 2 * _PARTED * len(_STOPS.findall(between))
    cost += _PARTED * (len(_COMMAS.findall(between)) + len(_ANOTHER.findall(between)))
    return cost


def share_out(
    text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]
) -> Iterator[tuple[int, Span]]:
    """Give a number to each country of a list: “Iran and Türkiye each hosted 3.4 million”."""
    for row in list_rows(text, [(each.start, each.end) for each in mentions]):
        for number in numbers:
            led = _HAVING.fullmatch(text, row[-1][1], number[0]) and _EACH_AFTER.match(text, number[1])
            if (
                led
                or _EACH_IN.fullmatch(text, row[-1][1], number[0])
                or _EACH.fullmatch(text, row[-1][1], number[0])
            ):
                yield from ((start, number) for start, _ in row)


def pair_lists(
    text: str, mentions: Sequence[Mention[object]], numbers: Sequence[Span]
) -> Iterator[tuple[int, Span]]:
    """Pair countries and numbers of two lists one by one: “Kenya and Uganda had 475,000 and 241,000”."""
    places = [(each.start, each.end) for each in mentions]
    for row in list_rows(text, places):
        behind = [n for n in list_rows(text, numbers) if _HAVING.fullmatch(text, row[-1][1], n[0][0])]
        if behind and len(behind[0]) == len(row):
            yield from ((place[0], number) for place, number in zip(row, behind[0], strict=True))
    for one, other in pairwise(mentions):
        pair = [n for n in numbers if n[0] >= other.end][:2]
        if len(pair) == _MIN_LISTED and _THAN.fullmatch(text, one.end, other.start):
            (_, first), (second, _) = pair
            if _TOLD.fullmatch(text, other.end, pair[0][0]) and _AGAINST.fullmatch(text, first, second):
                yield from ((each.start, number) for each, number in zip((one, other), pair, strict=True))


_THAN = re.compile(r"[^.;:()\d]{0,80}\bthan(?: in| from| the)*(?: the)? ", re.IGNORECASE)
_TOLD = re.compile(r"(?: (?:in (?:19|20)\d\d|last year|did))?(?: ?[:(–—-]|,)(?: with)? ?", re.IGNORECASE)
_AGAINST = re.compile(r",? (?:against|versus|vs\.?|compared (?:with|to)|to|and|as against) ", re.IGNORECASE)
"""“More than Ireland: 5,453 against 18,542”: the first number is of whom is named first."""

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
    for row in list_rows(text, [(each.start, each.end) for each in mentions]):
        first, last = min(number[1], row[-1][1]), max(number[0], row[0][0])
        if number[1] <= row[0][0] and PARTS.search(text, number[1], row[0][0]):
            continue  # “more than Spain and Italy combined”
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


def list_rows(text: str, spans: Sequence[Span]) -> Iterator[list[Span]]:
    """Gather what is listed with nothing but commas and “and” between."""
    row: list[Span] = list(spans[:1])
    for before, span in pairwise(spans):
        if not _ITEM.fullmatch(text, before[1], span[0]):
            if len(row) >= _MIN_LISTED:
                yield row
            row = []
        row = [*row, span]
    if len(row) >= _MIN_LISTED:
        yield row
