"""What a question says, word by word, before it is decided what it asks."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.errors import quote
from data.reading.ask.vocabulary import MAX_LENGTH, correct, find_intents, find_topics, is_harmless
from data.reading.measures import find_measures
from data.reading.places import find_places
from data.reading.words import split
from data.reading.years import find_years

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from data.countries import Atlas
    from data.reading.ask.vocabulary import Intent
    from data.reading.measures import Wording
    from data.reading.places import Naming
    from data.reading.words import Mention
    from data.reading.years import YearSpan

_MARKS = re.compile(
    r"<(?:@[!&]?|#|a?:\w{1,40}:|t:|/[^<>\n]{1,40}:)[^<>\s]{0,40}>|https?://\S{1,300}|[*_`~|>]{1,3}"
)
_AS_OF = re.compile(
    r"\b(?:as of|as at|as they stood on|as it stood on|according to the|in the|releases? (?:of|from)"
    r"|published (?:on|in|by)|figures of|data of)(?: the)?\s{0,3}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Clues:
    """A question's text as it was read, and what was found in it.

    `days` are the days as of which figures are asked for; `stray` the words that nothing accounts for.
    """

    text: str
    places: tuple[Mention[Naming], ...]
    years: tuple[Mention[YearSpan], ...]
    days: tuple[date, ...]
    measures: tuple[Mention[Wording], ...]
    intents: frozenset[Intent]
    asking: tuple[Mention[Intent], ...]
    topics: tuple[Mention[str], ...]
    stray: tuple[str, ...]

    def has(self, *intents: Intent) -> bool:
        """Say whether any of these was found."""
        return not self.intents.isdisjoint(intents)


def gather(text: str, atlas: Atlas, today: date, newest: int) -> Clues:
    """Read the first thousand characters of a question."""
    text = " ".join(_MARKS.sub(" ", text[:MAX_LENGTH]).split())
    measures, asking, topics = find_measures(text), find_intents(text), find_topics(text)
    mended = correct(text, (*find_places(text, atlas, near=False), *measures, *asking, *topics))
    if mended != text:
        text = mended
        measures, asking, topics = find_measures(text), find_intents(text), find_topics(text)
    places = find_places(text, atlas)
    found = find_years(text, today, newest)
    as_of = [each for each in found if each.value.day and _AS_OF.search(text[: each.start])]
    years = tuple(each for each in found if each not in as_of)
    outside = tuple(
        each
        for each in topics
        if not any(
            other.start <= each.start and each.end <= other.end for other in (*places, *found, *measures)
        )
    )
    return Clues(
        text=text,
        places=places,
        years=years,
        days=tuple(each.value.day for each in as_of if each.value.day),
        measures=measures,
        intents=frozenset(each.value for each in asking),
        asking=asking,
        topics=outside,
        stray=_find_stray(text, (*places, *found, *measures, *asking)),
    )


def _find_stray(text: str, known: Sequence[Mention[object]]) -> tuple[str, ...]:
    """Return the words that are in nothing known and are not harmless either."""
    return tuple(
        quote(text[word.start : word.end])
        for word in split(text)
        if not is_harmless(word.key)
        and not any(each.start <= word.start and word.end <= each.end for each in known)
    )
