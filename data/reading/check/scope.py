"""Of which places and years a number in a text is said. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.model import Country, Place, ReferencePeriod, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from data.reading.places import Naming
    from data.reading.words import Mention
    from data.reading.years import YearSpan

MAX_PLACES = 6
MAX_NAMES = 4
_LINK = re.compile(
    r" ?\(?|(?: [\w-]+){0,4}? \(?(?:in|to|by|from|of|for|at|on)(?: the| mid-?)? ?", re.IGNORECASE
)
"""What links a number to what follows it: “6,435 of them in Canada”, “7,732 (2010)”."""


_AND_OTHERS = re.compile(r",? (?:and|or) (?:all |many |some )?(?:others?|elsewhere)\b", re.IGNORECASE)
_MAX_LINK = 60
_SINCE = re.compile(r"\b(?:ever )?since\b[^,;.\d]*$", re.IGNORECASE)
"""“Since Xi Jinping took office in 2013”."""


_JUNE_OF = re.compile(r"\bjune(?: of)?,? ?$", re.IGNORECASE)
_JUNE_DAY = re.compile(
    r"\b(?:30(?:th)?(?: of)? june|june 30(?:th)?|(?:the )?(?:end of|late) june|mid-?year)\b"
    r"(?!,? ?(?:19|20)\d\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedCountries:
    """The countries of a sentence by the side of a claim they seem to be on, nearest to the number first."""

    origins: tuple[Country, ...]
    asylum: tuple[Country, ...]
    unclear: tuple[Country, ...] = ()
    """Those among `asylum` whose side no word tells."""
    linked: bool = False
    """The first origin is said of the number itself: “113,216 applications from Syrians”."""


def sort_names(
    text: str,
    number: tuple[int, int],
    namings: Sequence[Mention[Naming]],
    numbers: Sequence[tuple[int, int]],
) -> NamedCountries:
    """Sort the countries named in the number's sentence; a name without a role is a country of asylum."""
    near = sorted(namings, key=lambda naming: _distance(text, number, naming, numbers))
    origins = [
        n.value for n in near if n.value.role is Role.ORIGIN or (n.value.people and n.value.role is None)
    ]
    asylum = [n.value for n in near if n.value not in origins]
    unclear = _first(each for each in asylum if each.role is None)
    first = next((n for n in near if n.value in origins), None)
    linked = first is not None and _is_linked(text, number, first, numbers)
    linked = linked and first is not None and not _AND_OTHERS.match(text, first.end)
    return NamedCountries(_first(origins), _first(asylum), unclear, linked)


def list_places(
    names: NamedCountries, topic: Sequence[Country], setting: Sequence[Country], *, worldwide: bool
) -> tuple[Place, ...]:
    """List the places that may be meant, the likeliest first.

    `topic` are the origins, `setting` the countries of asylum that the text spoke of last.
    """
    origins = names.origins or tuple(topic[:1])
    origin = origins[0] if origins else None
    asylum = [each for each in names.asylum if each != origin]
    found: list[Place] = []
    if setting and not (topic or asylum or worldwide):  # the text is about that country
        found.append(Place(origin, setting[0]))
    if worldwide and not names.origins and not asylum:
        found.append(Place())
    if asylum and not worldwide:
        found.append(Place(origin, asylum[0]))
        if not names.origins:
            found.append(Place(None, asylum[0]))
    found.append(Place(origin, None))
    if worldwide and asylum:
        found.append(Place(origin, asylum[0]))
    found += [Place(each, None) for each in origins[1:MAX_NAMES]]
    found += [Place(origin, each) for each in asylum[1:MAX_NAMES]]
    if asylum:
        found.append(Place(None, asylum[0]))
    elif setting and setting[0] != origin:
        found.append(Place(origin, setting[0]))
        found += [] if names.origins else [Place(None, setting[0])]
    if origin is None:
        found += [Place(each, None) for each in names.unclear[:1]]
    return tuple(dict.fromkeys(found))[:MAX_PLACES]


def swap(place: Place) -> Place:
    """Return the place with its sides exchanged."""
    return Place(place.asylum, place.origin)


@dataclass(frozen=True, slots=True)
class Time:
    """The years a number is said of: single ones, nearest first, or all of a span."""

    years: tuple[int, ...] = ()
    span: tuple[int, int] | None = None
    half: bool = False
    end: bool = False
    june: tuple[int, ...] = ()
    beside: bool = False
    """No other number stands between them."""


def tell_time(
    text: str,
    number: tuple[int, int],
    years: Sequence[Mention[YearSpan]],
    newest: int,
    numbers: Sequence[tuple[int, int]],
) -> Time:
    """Tell the years of a number from those that its sentence names."""
    dated = [year for year in years if year.value.day is None or year.value.period is not None]
    near = sorted(dated or years, key=lambda year: _distance(text, number, year, numbers))
    singles, spans = [], []
    half = end = False
    for place, mention in enumerate(near):
        span = mention.value
        if span.newest:
            singles.append(newest)
        elif span.single is not None and _SINCE.search(
            text, max(0, mention.start - _MAX_LINK), mention.start
        ):
            spans.append((place, (span.single, newest)))
        elif span.single is not None:
            singles.append(span.single)
        elif span.first is not None:
            spans.append((place, (span.first, min(span.last or newest, newest))))
        if place == 0 or (singles and span.single == singles[0]):
            half = half or span.period is ReferencePeriod.MID_YEAR
            end = end or span.period is ReferencePeriod.YEAR_END
    nearest_is_span = bool(spans) and (spans[0][0] == 0 or not singles)
    return Time(
        tuple(dict.fromkeys(singles))[:MAX_NAMES],
        spans[0][1] if nearest_is_span and spans[0][1][0] < spans[0][1][1] else None,
        half,
        end,
        tuple(_find_june(text, near)),
        bool(near) and _distance(text, number, near[0], numbers) < (1, 0),
    )


def _find_june(text: str, years: Sequence[Mention[YearSpan]]) -> Iterator[int]:
    for year in years:
        before = max(0, year.start - _MAX_LINK)
        if year.value.single is not None and _JUNE_OF.search(text, before, year.start):
            yield year.value.single


def names_june(
    text: str, number: tuple[int, int], sentence: tuple[int, int], others: Sequence[tuple[int, int]]
) -> bool:
    """Say whether the last day of June is said of a number, the year apart: “on 30 June”, “at mid-year”."""
    for hit in _JUNE_DAY.finditer(text, *sentence):
        first, last = min(number[1], hit.end()), max(number[0], hit.start())
        if not any(first <= start < last for start, _ in others if not hit.start() <= start < hit.end()):
            return True
    return False


def _first(namings: Iterable[Naming]) -> tuple[Country, ...]:
    listed = [area for naming in namings for area in naming.countries[:1] if isinstance(area, Country)]
    return tuple(dict.fromkeys(listed))


def _distance(
    text: str, number: tuple[int, int], mention: Mention[object], numbers: Sequence[tuple[int, int]]
) -> tuple[int, int]:
    """Order by what no other number stands between, what is linked first, then by characters."""
    start, end = number
    if mention.start >= end:
        between = sum(end <= other < mention.start for other, _ in numbers)
        return (between * 2 - _is_linked(text, number, mention, numbers), mention.start - end)
    between = sum(mention.end <= other < start for other, _ in numbers)
    return (between * 2, start - mention.end)


def _is_linked(
    text: str, number: tuple[int, int], mention: Mention[object], numbers: Sequence[tuple[int, int]]
) -> bool:
    """Say whether what is mentioned follows the number, and no other words than such as link the two."""
    _, end = number
    if not 0 <= mention.start - end < _MAX_LINK or any(end <= other < mention.start for other, _ in numbers):
        return False
    return _LINK.fullmatch(text, end, mention.start) is not None
